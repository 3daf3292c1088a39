//! Published stories with their texts, many at once: for whoever reads all of them. The one place where [`Text`] is made.

use std::collections::HashMap;

use onrecord_base::{
    Conn, Result, args,
    db::sql::{places, values},
};
use onrecord_prose::Document;

use super::{cards, tags};
use crate::{
    Kind, Tag,
    published::{Cursor, Standing, Text},
};

/// The most texts one call returns: some megabytes.
pub const MOST: usize = 500;

/// The published stories and pages with these ids, in no order, those left out that are not published; at most [`MOST`].
///
/// # Errors
/// As [`Conn::query`].
pub fn texts(conn: &mut Conn<'_>, ids: &[&str]) -> Result<Vec<Text>> {
    let ids = &ids[..ids.len().min(MOST)];
    let cards = cards::of(conn, ids)?;
    if cards.is_empty() {
        return Ok(Vec::new());
    }
    let list = places(1, ids.len());
    let args = values(ids.iter().copied());
    let mut bodies = HashMap::new();
    let sql = format!("SELECT story_id, revision, body FROM publications WHERE story_id IN ({list})");
    for row in conn.query(&sql, &args)? {
        let body = Document::from_json(&row.get::<String>("body")?).document;
        bodies.insert(row.get::<String>("story_id")?, (row.get::<i64>("revision")?, body));
    }
    let mut named: HashMap<String, Vec<Tag>> = HashMap::new();
    let sql = format!(
        "SELECT x.story_id, t.id, t.slug, t.name FROM publication_tags x JOIN tags t ON t.id = x.tag_id
         WHERE x.story_id IN ({list}) ORDER BY x.story_id, x.position"
    );
    for row in conn.query(&sql, &args)? {
        named.entry(row.get("story_id")?).or_default().push(tags::read(&row)?);
    }
    Ok(cards
        .into_iter()
        .filter_map(|card| {
            let (revision, body) = bodies.remove(&card.id)?;
            Some(Text { tags: named.remove(&card.id).unwrap_or_default(), revision, body, card })
        })
        .collect())
}

/// Where published stories of one kind stand in time, and in which state: those older than `before`, newest first, at most
/// `limit`.
///
/// # Errors
/// As [`Conn::query`].
pub fn walk(conn: &mut Conn<'_>, kind: Kind, before: Option<&Cursor>, limit: usize) -> Result<Vec<Standing>> {
    const COLUMNS: &str = "SELECT story_id, published_at, updated_at, revision FROM publications WHERE kind = $1";
    const ORDER: &str = "ORDER BY published_at DESC, story_id DESC LIMIT $2";
    let rows = match before {
        Some(cursor) => conn.query(
            &format!("{COLUMNS} AND (published_at, story_id) < ($3, $4) {ORDER}"),
            args![kind.as_str(), limit, cursor.at, &cursor.id],
        )?,
        None => conn.query(&format!("{COLUMNS} {ORDER}"), args![kind.as_str(), limit])?,
    };
    rows.iter()
        .map(|row| {
            Ok(Standing {
                cursor: Cursor { at: row.get("published_at")?, id: row.get("story_id")? },
                updated_at: row.get("updated_at")?,
                revision: row.get("revision")?,
            })
        })
        .collect()
}

/// How many stories and pages are published.
///
/// # Errors
/// As [`Conn::query`].
pub fn how_many(conn: &mut Conn<'_>) -> Result<i64> {
    conn.one("SELECT count(*) AS n FROM publications", &[])?.map_or(Ok(0), |row| row.get("n"))
}
