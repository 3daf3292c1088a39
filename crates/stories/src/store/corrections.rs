//! Corrections.

use onrecord_base::{Conn, Result, Row, Time, args};

use crate::published::Correction;

/// The corrections of a story, newest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_story(conn: &mut Conn<'_>, story: &str) -> Result<Vec<Correction>> {
    conn.query(
        "SELECT id, story_id, at, text FROM corrections WHERE story_id = $1 ORDER BY at DESC, id DESC",
        args![story],
    )?
    .iter()
    .map(read)
    .collect()
}

/// The newest corrections of published stories, for the page that lists them.
///
/// # Errors
/// As [`Conn::query`].
pub fn recent(conn: &mut Conn<'_>, before: Option<(Time, &str)>, limit: usize) -> Result<Vec<Correction>> {
    let (at, id) = before.unwrap_or((Time::from_millis(i64::MAX), ""));
    conn.query(
        "SELECT c.id, c.story_id, c.at, c.text FROM corrections c JOIN publications p ON p.story_id = c.story_id
         WHERE (c.at, c.id) < ($1, $2) ORDER BY c.at DESC, c.id DESC LIMIT $3",
        args![at, id, limit],
    )?
    .iter()
    .map(read)
    .collect()
}

fn read(row: &Row) -> Result<Correction> {
    Ok(Correction { id: row.get("id")?, story: row.get("story_id")?, at: row.get("at")?, text: row.get("text")? })
}
