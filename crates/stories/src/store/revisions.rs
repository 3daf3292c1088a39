//! Revisions: every version of a draft that is worth keeping.

use onrecord_base::{Conn, Error, Result, Row, Time, args};

use super::drafts::{self, Saved};
use crate::Content;

/// Autosaves of one person within this time become one revision: an hour of writing is six, not two thousand.
pub const SPAN: i64 = 10 * 60_000;
/// Revisions listed at once.
pub const LISTED: usize = 200;

/// Why a revision is kept as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Somebody asked for the save.
    Saved,
    /// It was published.
    Published,
    /// It was set to be published later.
    Scheduled,
    /// It is an older one again.
    Restored,
    /// It came with an import.
    Imported,
}

impl Mark {
    /// As the store keeps it, and the end of its text's key.
    pub fn name(self) -> &'static str {
        match self {
            Mark::Saved => "saved",
            Mark::Published => "published",
            Mark::Scheduled => "scheduled",
            Mark::Restored => "restored",
            Mark::Imported => "imported",
        }
    }

    fn read(name: &str) -> Option<Mark> {
        [Mark::Saved, Mark::Published, Mark::Scheduled, Mark::Restored, Mark::Imported]
            .into_iter()
            .find(|mark| mark.name() == name)
    }
}

/// A revision without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its number: the draft's version when it was saved.
    pub number: i64,
    /// When the first save in it was made.
    pub began_at: Time,
    /// When the last was made.
    pub at: Time,
    /// Staff id of who made it.
    pub by: Option<String>,
    /// Why it is kept.
    pub mark: Option<Mark>,
}

/// The revisions of a story, newest first, at most [`LISTED`] before `before`.
///
/// # Errors
/// As [`Conn::query`].
pub fn list(conn: &mut Conn<'_>, story: &str, before: Option<i64>) -> Result<Vec<Revision>> {
    conn.query(
        "SELECT number, began_at, at, by_id, mark FROM story_revisions WHERE story_id = $1 AND number < $2
         ORDER BY number DESC LIMIT $3",
        args![story, before.unwrap_or(i64::MAX), LISTED],
    )?
    .iter()
    .map(read)
    .collect()
}

/// One revision and what it says.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, story: &str, number: i64) -> Result<Option<(Revision, Content)>> {
    let row = conn.one("SELECT * FROM story_revisions WHERE story_id = $1 AND number = $2", args![story, number])?;
    row.map(|row| Ok((read(&row)?, Content::from_json(&row.get::<String>("content")?)?))).transpose()
}

/// The newest revision older than `number`, to compare it with.
///
/// # Errors
/// As [`Conn::query`].
pub fn before(conn: &mut Conn<'_>, story: &str, number: i64) -> Result<Option<i64>> {
    let row = conn.one(
        "SELECT number FROM story_revisions WHERE story_id = $1 AND number < $2 ORDER BY number DESC LIMIT 1",
        args![story, number],
    )?;
    row.map(|row| row.get("number")).transpose()
}

/// Makes an older revision the draft again; what stood until now stays as a revision of its own.
///
/// # Errors
/// `Error::NotFound`.
pub fn restore(conn: &mut Conn<'_>, story: &str, number: i64, base: i64, by: Option<&str>, now: Time) -> Result<Saved> {
    super::lock(conn, story)?;
    let current = drafts::get(conn, story)?;
    if current.version != base {
        return Ok(Saved::Stale(Box::new(current)));
    }
    let (_, mut content) = find(conn, story, number)?.ok_or(Error::NotFound)?;
    drafts::link_names(conn, &mut content)?;
    drafts::write(conn, story, base, &content, Some(Mark::Restored), by, now).map(Saved::Kept)
}

pub(crate) fn insert(
    conn: &mut Conn<'_>,
    story: &str,
    number: i64,
    now: Time,
    by: Option<&str>,
    mark: Option<Mark>,
    content: &str,
) -> Result<()> {
    conn.execute(
        "INSERT INTO story_revisions (story_id, number, began_at, at, by_id, mark, content)
         VALUES ($1, $2, $3, $3, $4, $5, $6)",
        args![story, number, now, by, mark.map(Mark::name), content],
    )?;
    Ok(())
}

/// Lets revision `from` grow into `number`, if it is the same person's, without a mark, and young enough.
pub(crate) fn extend(
    conn: &mut Conn<'_>,
    story: &str,
    from: i64,
    number: i64,
    by: Option<&str>,
    now: Time,
    content: &str,
) -> Result<bool> {
    let Some(by) = by else { return Ok(false) };
    let grown = conn.execute(
        "UPDATE story_revisions SET number = $3, at = $4, content = $5
         WHERE story_id = $1 AND number = $2 AND by_id = $6 AND mark IS NULL AND began_at > $7",
        args![story, from, number, now, content, by, now.plus(-SPAN)],
    )?;
    Ok(grown > 0)
}

/// Keeps a revision as it is, and says why.
pub(crate) fn mark(conn: &mut Conn<'_>, story: &str, number: i64, mark: Mark) -> Result<()> {
    conn.execute(
        "UPDATE story_revisions SET mark = $3 WHERE story_id = $1 AND number = $2",
        args![story, number, mark.name()],
    )?;
    Ok(())
}

fn read(row: &Row) -> Result<Revision> {
    Ok(Revision {
        number: row.get("number")?,
        began_at: row.get("began_at")?,
        at: row.get("at")?,
        by: row.get("by_id")?,
        mark: row.get::<Option<String>>("mark")?.as_deref().and_then(Mark::read),
    })
}
