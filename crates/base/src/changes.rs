//! Reading the log of changes to public state; [`Conn::changed`](crate::Conn::changed) writes it.

use crate::{Conn, Result, Time, args};

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number; numbers grow in the order of commits.
    pub seq: i64,
    /// When.
    pub at: Time,
    /// What kind of thing changed: `story`, `section`, `settings`, ...
    pub kind: String,
    /// The id of what changed.
    pub subject: String,
}

/// At most this many lines at once: a follower that is further behind asks again.
pub const BATCH: i64 = 1000;

/// The lines after number `seq`, oldest first, at most [`BATCH`].
///
/// # Errors
/// As [`Conn::query`].
pub fn since(conn: &mut Conn<'_>, seq: i64) -> Result<Vec<Change>> {
    conn.query("SELECT seq, at, kind, subject FROM changes WHERE seq > $1 ORDER BY seq LIMIT $2", args![seq, BATCH])?
        .iter()
        .map(|row| {
            Ok(Change {
                seq: row.get("seq")?,
                at: row.get("at")?,
                kind: row.get("kind")?,
                subject: row.get("subject")?,
            })
        })
        .collect()
}

/// The number of the last line, 0 if there is none.
///
/// # Errors
/// As [`Conn::query`].
pub fn last(conn: &mut Conn<'_>) -> Result<i64> {
    let row = conn.one("SELECT coalesce(max(seq), 0) AS seq FROM changes", &[])?;
    row.map_or(Ok(0), |row| row.get("seq"))
}
