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

/// How long lines are kept. A node follows within seconds; one that slept longer starts anew (see [`trimmed_to`]).
pub const KEPT: i64 = 7 * 24 * 3_600_000;

/// The number up to which lines were removed: who has not seen it has missed something and must read all state anew.
///
/// # Errors
/// As [`Conn::query`].
pub fn trimmed_to(conn: &mut Conn<'_>) -> Result<i64> {
    let row = conn.one("SELECT value FROM settings WHERE name = 'changes-trimmed-to'", &[])?;
    row.map_or(Ok(0), |row| Ok(row.get::<String>("value")?.parse().unwrap_or(0)))
}

/// Removes lines older than [`KEPT`], but never the last, whose number [`last`] needs.
///
/// # Errors
/// As [`Conn::query`].
pub fn trim(conn: &mut Conn<'_>, now: Time) -> Result<()> {
    let sql = "SELECT max(seq) AS seq FROM changes WHERE at < $1 AND seq < (SELECT max(seq) FROM changes)";
    let Some(to) =
        conn.one(sql, args![now.plus(-KEPT)])?.map(|row| row.get::<Option<i64>>("seq")).transpose()?.flatten()
    else {
        return Ok(());
    };
    conn.execute("DELETE FROM changes WHERE seq <= $1", args![to])?;
    conn.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('changes-trimmed-to', $1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
        args![to.to_string(), now],
    )
    .map(drop)
}
