//! The desk's list of stories and pages.

use std::collections::HashMap;

use onrecord_base::{
    Conn, Result, Row, Time, args,
    db::{
        Value,
        sql::{like, places, values},
    },
};

use super::states;
use crate::{Kind, State};

/// What the list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrow {
    /// A state's name; see [`State::name`].
    pub state: Option<String>,
    /// Id of a section.
    pub section: Option<String>,
    /// Id of an author.
    pub author: Option<String>,
    /// Words that stand in headline, kicker, dek, slug, bylines or tags.
    pub words: String,
    /// Staff id of a person who sees only what they began or sign.
    pub own: Option<String>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The story's id.
    pub id: String,
    /// Its headline; may be empty.
    pub headline: String,
    /// Its section's name.
    pub section: Option<String>,
    /// Its bylines that are authors.
    pub bylines: Vec<String>,
    /// Its language.
    pub language: String,
    /// When it was last saved.
    pub saved_at: Time,
    /// Staff id of who saved it.
    pub saved_by: Option<String>,
    /// Where it stands.
    pub state: State,
}

/// How many stories stand where; a story that waits for an update counts as published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub all: i64,
    /// Drafts, the withdrawn among them.
    pub drafts: i64,
    /// With a time set.
    pub scheduled: i64,
    /// Published.
    pub published: i64,
    /// Of these, with changes that readers do not see yet.
    pub changed: i64,
    /// Killed.
    pub killed: i64,
}

/// The lines of a page of the list, last saved first.
///
/// # Errors
/// As [`Conn::query`].
pub fn list(conn: &mut Conn<'_>, kind: Kind, narrow: &Narrow, offset: usize, limit: usize) -> Result<Vec<Line>> {
    let (conditions, mut args) = conditions(kind, narrow);
    let (at, columns, joins) = (args.len(), states::COLUMNS, states::JOINS);
    args.push(limit.into());
    args.push(offset.into());
    let rows = conn.query(
        &format!(
            "SELECT st.id, st.headline, st.language, st.saved_at, st.saved_by, s.name AS section_name, {columns}
             FROM stories st LEFT JOIN sections s ON s.id = st.section_id {joins} WHERE {conditions}
             ORDER BY st.saved_at DESC, st.id DESC LIMIT ${} OFFSET ${}",
            at + 1,
            at + 2
        ),
        &args,
    )?;
    let mut names = bylines(conn, &rows)?;
    rows.iter()
        .map(|row| {
            let id: String = row.get("id")?;
            Ok(Line {
                bylines: names.remove(&id).unwrap_or_default(),
                id,
                headline: row.get("headline")?,
                section: row.get("section_name")?,
                language: row.get("language")?,
                saved_at: row.get("saved_at")?,
                saved_by: row.get("saved_by")?,
                state: states::read(row)?,
            })
        })
        .collect()
}

/// How many lines the whole list has.
///
/// # Errors
/// As [`Conn::query`].
pub fn count(conn: &mut Conn<'_>, kind: Kind, narrow: &Narrow) -> Result<i64> {
    let (conditions, args) = conditions(kind, narrow);
    let sql = format!("SELECT count(*) AS n FROM stories st {} WHERE {conditions}", states::JOINS);
    conn.one(&sql, &args)?.map_or(Ok(0), |row| row.get("n"))
}

/// How many stand where, of those a person may see.
///
/// # Errors
/// As [`Conn::query`].
pub fn counts(conn: &mut Conn<'_>, kind: Kind, own: Option<&str>) -> Result<Counts> {
    let row = match own {
        None => count_all(conn, kind)?,
        Some(_) => count_own(conn, kind, own)?,
    };
    let Some(row) = row else { return Ok(Counts::default()) };
    Ok(Counts {
        all: row.get("n")?,
        drafts: row.get("n_draft")?,
        scheduled: row.get("n_scheduled")?,
        published: row.get("n_published")?,
        changed: row.get("n_changed")?,
        killed: row.get("n_killed")?,
    })
}

/// Counts in indexes and small tables alone: joining everything takes fifty times as long with ten thousand stories.
fn count_all(conn: &mut Conn<'_>, kind: Kind) -> Result<Option<Row>> {
    conn.one(
        "SELECT c.*, c.n - c.n_published - c.n_killed - c.n_waiting AS n_draft FROM (SELECT
            (SELECT count(*) FROM stories WHERE kind = $1) AS n,
            (SELECT count(*) FROM publications WHERE kind = $1) AS n_published,
            (SELECT count(*) FROM kills k JOIN stories st ON st.id = k.story_id WHERE st.kind = $1) AS n_killed,
            (SELECT count(*) FROM schedules sc JOIN stories st ON st.id = sc.story_id WHERE st.kind = $1)
                AS n_scheduled,
            (SELECT count(*) FROM schedules sc JOIN stories st ON st.id = sc.story_id
                LEFT JOIN publications p ON p.story_id = st.id WHERE st.kind = $1 AND p.story_id IS NULL) AS n_waiting,
            (SELECT count(*) FROM publications p JOIN stories st ON st.id = p.story_id AND st.version <> p.revision
                WHERE p.kind = $1) AS n_changed) AS c",
        args![kind.as_str()],
    )
}

fn count_own(conn: &mut Conn<'_>, kind: Kind, own: Option<&str>) -> Result<Option<Row>> {
    let (conditions, args) = conditions(kind, &Narrow { own: own.map(str::to_owned), ..Narrow::default() });
    let sums: Vec<String> = ["draft", "scheduled", "published", "changed", "killed"]
        .into_iter()
        .filter_map(|name| Some(format!("count(*) FILTER (WHERE {}) AS n_{name}", states::condition(name)?)))
        .collect();
    let sums = sums.join(", ");
    conn.one(&format!("SELECT count(*) AS n, {sums} FROM stories st {} WHERE {conditions}", states::JOINS), &args)
}

/// True if a person began this story or signs it.
///
/// # Errors
/// As [`Conn::query`].
pub fn is_own(conn: &mut Conn<'_>, story: &str, staff: &str) -> Result<bool> {
    let row =
        conn.one(&format!("SELECT 1 AS n FROM stories st WHERE st.id = $1 AND {}", own(2)), args![story, staff])?;
    Ok(row.is_some())
}

/// What other rooms say of a story: its headline, and where readers find it, if they do.
///
/// # Errors
/// As [`Conn::query`].
pub fn glance(conn: &mut Conn<'_>, story: &str) -> Result<Option<(String, Option<String>)>> {
    let sql = "SELECT st.headline, p.path FROM stories st LEFT JOIN publications p ON p.story_id = st.id
        WHERE st.id = $1";
    conn.one(sql, args![story])?.map(|row| Ok((row.get("headline")?, row.get("path")?))).transpose()
}

/// The newest stories in other languages, as originals that a translation may name: id, language, headline.
///
/// # Errors
/// As [`Conn::query`].
pub fn originals(
    conn: &mut Conn<'_>,
    story: &str,
    named: Option<&str>,
    limit: usize,
) -> Result<Vec<(String, String, String)>> {
    conn.query(
        "SELECT id, language, headline FROM
            (SELECT st.id, st.language, st.headline, st.saved_at FROM stories st
             JOIN stories self ON self.id = $1 AND self.language <> st.language AND self.kind = st.kind
             WHERE st.id <> $1 AND st.headline <> '' ORDER BY st.saved_at DESC, st.id DESC LIMIT $3) AS newest
         UNION SELECT id, language, headline FROM stories WHERE id = $2 ORDER BY headline, id",
        args![story, named.unwrap_or_default(), limit],
    )?
    .iter()
    .map(|row| Ok((row.get("id")?, row.get("language")?, row.get("headline")?)))
    .collect()
}

fn own(place: usize) -> String {
    format!(
        "(st.created_by = ${place} OR EXISTS (SELECT 1 FROM story_bylines sb JOIN authors a ON a.id = sb.author_id
          WHERE sb.story_id = st.id AND a.staff_id = ${place}))"
    )
}

fn conditions(kind: Kind, narrow: &Narrow) -> (String, Vec<Value>) {
    let mut conditions = vec!["st.kind = $1".to_owned()];
    let mut args: Vec<Value> = vec![kind.as_str().into()];
    if let Some(condition) = narrow.state.as_deref().and_then(states::condition) {
        conditions.push(condition.to_owned());
    }
    if let Some(section) = &narrow.section {
        args.push(section.into());
        conditions.push(format!("st.section_id = ${}", args.len()));
    }
    if let Some(author) = &narrow.author {
        args.push(author.into());
        conditions.push(format!(
            "EXISTS (SELECT 1 FROM story_bylines sb WHERE sb.story_id = st.id AND sb.author_id = ${})",
            args.len()
        ));
    }
    for word in narrow.words.split_whitespace().take(8) {
        args.push(like(word).into());
        conditions.push(format!("st.words LIKE ${} ESCAPE '\\'", args.len()));
    }
    if let Some(staff) = &narrow.own {
        args.push(staff.into());
        conditions.push(own(args.len()));
    }
    (conditions.join(" AND "), args)
}

fn bylines(conn: &mut Conn<'_>, rows: &[Row]) -> Result<HashMap<String, Vec<String>>> {
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    if rows.is_empty() {
        return Ok(found);
    }
    let ids = rows.iter().map(|row| row.get("id")).collect::<Result<Vec<String>>>()?;
    let sql = format!(
        "SELECT b.story_id, a.name FROM story_bylines b JOIN authors a ON a.id = b.author_id
         WHERE b.story_id IN ({}) ORDER BY a.folded, a.id",
        places(1, ids.len())
    );
    for row in conn.query(&sql, &values(ids.iter().map(String::as_str)))? {
        found.entry(row.get("story_id")?).or_default().push(row.get("name")?);
    }
    Ok(found)
}
