//! The moderators' queue: what is reported, what is held, what is new.

use onrecord_base::{Conn, Result, Time, args};

use super::comments;
use crate::comment::{Comment, Queue};

/// Rows counted of each queue: more than this and the desk says "more than".
pub const COUNTED: i64 = 10_000;

/// In which order a queue is worked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// What waits longest first.
    Oldest,
    /// What the scorer thinks most likely toxic first.
    Score,
}

/// A place in a queue: behind the comment with this key and id.
#[derive(Debug, Clone, PartialEq)]
pub struct Behind {
    /// When it was written, or its score.
    pub key: f64,
    /// Its id.
    pub id: String,
}

/// A queue's comments from behind a place.
///
/// # Errors
/// As [`Conn::query`].
pub fn list(
    conn: &mut Conn<'_>,
    queue: Queue,
    order: Order,
    behind: Option<&Behind>,
    limit: i64,
) -> Result<Vec<Comment>> {
    let name = queue.name();
    let rows = match (order, behind) {
        (Order::Oldest, None) => {
            conn.query("SELECT id FROM comments WHERE queue = $1 ORDER BY at, id LIMIT $2", args![name, limit])?
        }
        (Order::Oldest, Some(Behind { key, id })) => conn.query(
            "SELECT id FROM comments WHERE queue = $1 AND (at, id) > ($3, $4) ORDER BY at, id LIMIT $2",
            args![name, limit, Time::from_millis(*key as i64), id],
        )?,
        (Order::Score, None) => conn.query(
            "SELECT id FROM comments WHERE queue = $1 ORDER BY score DESC, id DESC LIMIT $2",
            args![name, limit],
        )?,
        (Order::Score, Some(Behind { key, id })) => conn.query(
            "SELECT id FROM comments WHERE queue = $1 AND (score, id) < ($3, $4) ORDER BY score DESC, id DESC LIMIT $2",
            args![name, limit, *key, id],
        )?,
    };
    let mut found = Vec::new();
    for row in rows {
        found.extend(comments::find(conn, &row.get::<String>("id")?)?);
    }
    Ok(found)
}

/// How many wait in a queue, counted up to [`COUNTED`].
///
/// # Errors
/// As [`Conn::query`].
pub fn waiting(conn: &mut Conn<'_>, queue: Queue) -> Result<i64> {
    let sql = "SELECT count(*) AS n FROM (SELECT 1 AS one FROM comments WHERE queue = $1 LIMIT $2) AS few";
    conn.one(sql, args![queue.name(), COUNTED])?.map_or(Ok(0), |row| row.get("n"))
}

/// What a name without an address wrote from the same network in the last days.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_address(conn: &mut Conn<'_>, comment: &str, limit: i64) -> Result<Vec<Comment>> {
    let rows = conn.query(
        "SELECT o.id FROM comments c JOIN comments o ON o.address_key = c.address_key AND o.id <> c.id
         WHERE c.id = $1 AND c.address_key IS NOT NULL ORDER BY o.at DESC LIMIT $2",
        args![comment, limit],
    )?;
    let mut found = Vec::new();
    for row in rows {
        found.extend(comments::find(conn, &row.get::<String>("id")?)?);
    }
    Ok(found)
}

/// The keyed hash of the address a comment came from, while it is kept.
///
/// # Errors
/// As [`Conn::query`].
pub fn address_key(conn: &mut Conn<'_>, comment: &str) -> Result<Option<String>> {
    let row = conn.one("SELECT address_key FROM comments WHERE id = $1", args![comment])?;
    row.map_or(Ok(None), |row| row.get("address_key"))
}
