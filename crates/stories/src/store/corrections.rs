//! Corrections.

use onrecord_base::{Conn, Error, FieldError, Result, Row, Time, args};

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

/// Longest correction.
pub const LONGEST: usize = 4000;

/// Adds a correction; readers of a published story see it at once.
///
/// # Errors
/// `Error::NotFound`; `Error::Invalid` without text.
pub fn add(conn: &mut Conn<'_>, id: &str, story: &str, text: &str, by: Option<&str>, now: Time) -> Result<()> {
    let text = crate::text::paragraph(text);
    if text.is_empty() {
        return Err(Error::field("correction", "stories-correction-empty"));
    }
    if text.len() > LONGEST {
        let wrong = FieldError::new("correction", "stories-text-too-long").arg("limit", LONGEST);
        return Err(Error::Invalid(vec![wrong]));
    }
    super::lock(conn, story)?;
    conn.execute(
        "INSERT INTO corrections (id, story_id, at, by_id, text) VALUES ($1, $2, $3, $4, $5)",
        args![id, story, now, by, &text],
    )?;
    told(conn, story, now)
}

/// The story shows it, and so does the list of all; and the story is dated anew.
fn told(conn: &mut Conn<'_>, story: &str, now: Time) -> Result<()> {
    conn.changed("story", story, now)?;
    conn.changed("list", "corrections", now)?;
    conn.changed("list", "modified", now)
}

/// Takes a correction back that was made by mistake.
///
/// # Errors
/// `Error::NotFound`.
pub fn remove(conn: &mut Conn<'_>, story: &str, id: &str, now: Time) -> Result<()> {
    match conn.execute("DELETE FROM corrections WHERE story_id = $1 AND id = $2", args![story, id])? {
        0 => Err(Error::NotFound),
        _ => told(conn, story, now),
    }
}
