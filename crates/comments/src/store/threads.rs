//! What readers see: pages of a thread, each read through one index, whatever the thread's length.

use onrecord_base::{Conn, Result, Row, Time, args};
use onrecord_stories::published::Cursor;

use crate::{
    comment::{Entry, Shown},
    thread::{ANSWERS, Branch, FEATURED, Focus, PAGE, Sort, Thread},
};

const COLUMNS: &str = "c.id, c.root_id, c.parent_id, c.at, c.edited_at, c.state, c.name, c.staff_id, c.respect, \
     c.replies, c.featured_at, c.text, p.id AS p_id, p.name AS p_name, p.state AS p_state";
const FROM: &str = "comments c LEFT JOIN comments p ON p.id = c.parent_id";

/// How many comments are shown below a story.
///
/// # Errors
/// As [`Conn::query`].
pub fn count(conn: &mut Conn<'_>, story: &str) -> Result<i64> {
    let row = conn.one("SELECT shown FROM comment_counts WHERE story_id = $1", args![story])?;
    row.map_or(Ok(0), |row| row.get("shown"))
}

/// A page of a thread, beginning behind `after`.
///
/// # Errors
/// As [`Conn::query`].
pub fn page(conn: &mut Conn<'_>, story: &str, sort: Sort, after: Option<&Cursor>) -> Result<Thread> {
    let roots = rows(conn, "c.story_id", story, 1, sort, after)?;
    let mut branches: Vec<Branch> = Vec::new();
    let mut room = PAGE;
    let mut next = None;
    for (cursor, root) in roots {
        if room == 0 {
            next = branches.last().map(|branch: &Branch| branch.cursor.clone());
            break;
        }
        let answers = match root.replies {
            0 => Vec::new(),
            _ => rows(conn, "c.root_id", &root.id, 2, Sort::Oldest, None)?,
        };
        let answers: Vec<Entry> = answers.into_iter().take(ANSWERS.min(room - 1)).map(|(_, entry)| entry).collect();
        room -= 1 + answers.len();
        branches.push(Branch { cursor, root, answers });
    }
    let featured = if after.is_none() { featured(conn, story)? } else { Vec::new() };
    Ok(Thread { shown: count(conn, story)?, branches, next, featured })
}

/// A comment with what answers it.
///
/// # Errors
/// As [`Conn::query`].
pub fn focus(conn: &mut Conn<'_>, story: &str, id: &str, after: Option<&Cursor>) -> Result<Option<Focus>> {
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE c.id = $1 AND c.story_id = $2 AND c.listed > 0");
    let Some(entry) = conn.one(&sql, args![id, story])?.as_ref().map(read).transpose()? else { return Ok(None) };
    let column = if entry.id == entry.root_id { "c.root_id" } else { "c.parent_id" };
    let mut answers = rows(conn, column, id, 2, Sort::Oldest, after)?;
    let next = (answers.len() > PAGE).then(|| answers[PAGE - 1].0.clone());
    answers.truncate(PAGE);
    let answers = answers.into_iter().map(|(_, entry)| entry).collect();
    Ok(Some(Focus { entry, answers, next, shown: count(conn, story)? }))
}

fn featured(conn: &mut Conn<'_>, story: &str) -> Result<Vec<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM {FROM} WHERE c.story_id = $1 AND c.featured_at IS NOT NULL AND c.listed > 0
            AND c.state = 'shown' ORDER BY c.featured_at DESC LIMIT $2"
    );
    conn.query(&sql, args![story, FEATURED])?.iter().map(read).collect()
}

/// One more than a page of entries with their places.
fn rows(
    conn: &mut Conn<'_>,
    column: &str,
    value: &str,
    listed: i64,
    sort: Sort,
    after: Option<&Cursor>,
) -> Result<Vec<(Cursor, Entry)>> {
    let (key, order, sign) = match sort {
        Sort::Newest => ("c.at", "DESC", "<"),
        Sort::Oldest => ("c.at", "ASC", ">"),
        Sort::Respect => ("c.respect", "DESC", "<"),
    };
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let head = format!("SELECT {COLUMNS}, {key} AS place FROM {FROM} WHERE {column} = $1 AND c.listed = $2");
    let tail = format!("ORDER BY {key} {order}, c.id {order} LIMIT $3");
    let rows = match after {
        None => conn.query(&format!("{head} {tail}"), args![value, listed, most])?,
        Some(cursor) => {
            let sql = format!("{head} AND ({key}, c.id) {sign} ($4, $5) {tail}");
            conn.query(&sql, args![value, listed, most, cursor.at, &cursor.id])?
        }
    };
    rows.iter()
        .map(|row| {
            let entry = read(row)?;
            Ok((Cursor { at: Time::from_millis(row.get("place")?), id: entry.id.clone() }, entry))
        })
        .collect()
}

fn read(row: &Row) -> Result<Entry> {
    let state: String = row.get("state")?;
    let parent: Option<String> = row.get("p_id")?;
    let answers = match parent {
        None => None,
        Some(parent) => {
            let shown = row.get::<Option<String>>("p_state")?.as_deref() == Some("shown");
            Some((parent, row.get::<Option<String>>("p_name")?.filter(|_| shown)))
        }
    };
    let shown = match state.as_str() {
        "shown" => Some(Shown {
            name: row.get("name")?,
            staff: row.get::<Option<String>>("staff_id")?.is_some(),
            featured: row.get::<Option<Time>>("featured_at")?.is_some(),
            text: row.get("text")?,
        }),
        _ => None,
    };
    Ok(Entry {
        id: row.get("id")?,
        root_id: row.get("root_id")?,
        answers,
        at: row.get("at")?,
        edited_at: row.get("edited_at")?,
        shown,
        respect: row.get("respect")?,
        replies: row.get("replies")?,
        by_writer: matches!(state.as_str(), "removed" | "erased"),
    })
}
