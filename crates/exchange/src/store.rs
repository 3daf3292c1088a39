//! The tables of what was imported and of comments kept for later.

pub(crate) mod isso;

use std::collections::HashMap;

use onrecord_base::{Conn, Result, Time, args};

use crate::wxr::Comment;

/// Something that was imported before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The story or picture it became.
    pub subject: String,
    /// What it said then, in short.
    pub hash: String,
}

/// A comment kept until there is a place for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptComment {
    /// Its number in the source.
    pub number: String,
    /// The number of the one it answers; `0` or empty for none.
    pub parent: String,
    /// Who wrote it.
    pub author: String,
    /// The writer's address, never public.
    pub email: String,
    /// The writer's site.
    pub url: String,
    /// When.
    pub at: Time,
    /// `1` approved, `0` waiting, and what else the source says.
    pub standing: String,
    /// Its text as HTML of the source: not cleaned yet.
    pub content: String,
}

/// All that was imported from a source, by key.
///
/// # Errors
/// As [`Conn::query`].
pub fn known(conn: &mut Conn<'_>, source: &str) -> Result<HashMap<String, Known>> {
    conn.query("SELECT key, subject, hash FROM imported WHERE source = $1", args![source])?
        .iter()
        .map(|row| Ok((row.get("key")?, Known { subject: row.get("subject")?, hash: row.get("hash")? })))
        .collect()
}

/// Remembers that something was imported; in the transaction that imports it.
///
/// # Errors
/// `Error::Unique` if it was already.
pub fn remember(conn: &mut Conn<'_>, source: &str, key: &str, kind: &str, known: &Known, now: Time) -> Result<()> {
    conn.execute(
        "INSERT INTO imported (source, key, kind, subject, hash, at) VALUES ($1, $2, $3, $4, $5, $6)",
        args![source, key, kind, &known.subject, &known.hash, now],
    )
    .map(drop)
}

/// Keeps a comment of a story.
///
/// # Errors
/// As [`Conn::query`].
pub fn keep_comment(conn: &mut Conn<'_>, id: &str, story: &str, comment: &Comment, at: Time) -> Result<()> {
    conn.execute(
        "INSERT INTO kept_comments (id, story_id, number, parent, author, email, url, at, standing, content)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args![
            id,
            story,
            &comment.id,
            &comment.parent,
            &comment.author,
            &comment.email,
            &comment.url,
            at,
            &comment.approved,
            &comment.content
        ],
    )
    .map(drop)
}

/// The comments kept for a story, oldest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn kept_comments(conn: &mut Conn<'_>, story: &str) -> Result<Vec<KeptComment>> {
    let sql = "SELECT number, parent, author, email, url, at, standing, content FROM kept_comments
               WHERE story_id = $1 ORDER BY at, id";
    conn.query(sql, args![story])?
        .iter()
        .map(|row| {
            Ok(KeptComment {
                number: row.get("number")?,
                parent: row.get("parent")?,
                author: row.get("author")?,
                email: row.get("email")?,
                url: row.get("url")?,
                at: row.get("at")?,
                standing: row.get("standing")?,
                content: row.get("content")?,
            })
        })
        .collect()
}

/// The stories with kept comments.
///
/// # Errors
/// As [`Conn::query`].
pub fn with_kept_comments(conn: &mut Conn<'_>) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT story_id FROM kept_comments ORDER BY story_id";
    conn.query(sql, &[])?.iter().map(|row| row.get("story_id")).collect()
}

/// Drops the kept comments of a story, now that they stand in its thread.
///
/// # Errors
/// As [`Conn::query`].
pub fn drop_kept_comments(conn: &mut Conn<'_>, story: &str) -> Result<()> {
    conn.execute("DELETE FROM kept_comments WHERE story_id = $1", args![story]).map(drop)
}
