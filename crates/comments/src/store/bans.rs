//! Bans and shadows.

use onrecord_base::{Conn, Result, Row, Time, args};
use serde::Serialize;

/// A ban, or a shadow: what they write is held without telling them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ban {
    /// Its id.
    pub id: String,
    /// A reader's id, or a keyed hash.
    pub who: String,
    /// ban or shadow.
    pub kind: String,
    /// When.
    pub at: Time,
    /// Until when; none for good.
    pub until: Option<Time>,
    /// By whom.
    pub by_id: String,
    /// Why.
    pub reason: String,
    /// When it was lifted.
    pub lifted_at: Option<Time>,
}

const COLUMNS: &str = "id, who, kind, at, until, by_id, reason, lifted_at";

/// Keeps a ban.
///
/// # Errors
/// As [`Conn::query`].
pub fn add(conn: &mut Conn<'_>, ban: &Ban) -> Result<()> {
    conn.execute(
        "INSERT INTO comment_bans (id, who, kind, at, until, by_id, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![&ban.id, &ban.who, &ban.kind, ban.at, ban.until, &ban.by_id, &ban.reason],
    )
    .map(drop)
}

/// Lifts a ban; true if it held.
///
/// # Errors
/// As [`Conn::query`].
pub fn lift(conn: &mut Conn<'_>, id: &str, by: &str, now: Time) -> Result<bool> {
    let lifted = conn.execute(
        "UPDATE comment_bans SET lifted_at = $1, lifted_by = $2 WHERE id = $3 AND lifted_at IS NULL",
        args![now, by, id],
    )?;
    Ok(lifted > 0)
}

/// The ban with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Ban>> {
    conn.one(&format!("SELECT {COLUMNS} FROM comment_bans WHERE id = $1"), args![id])?.as_ref().map(read).transpose()
}

/// What holds against a reader's id and the keyed hash of an address, each empty where it is not known: a ban, and a
/// shadow.
///
/// # Errors
/// As [`Conn::query`].
pub fn against(conn: &mut Conn<'_>, keys: [&str; 2], now: Time) -> Result<(bool, bool)> {
    let rows = conn.query(
        "SELECT kind FROM comment_bans WHERE (who = $1 OR who = $2) AND lifted_at IS NULL
            AND (until IS NULL OR until > $3)",
        args![keys[0], keys[1], now],
    )?;
    let mut holds = (false, false);
    for row in rows {
        match row.get::<String>("kind")?.as_str() {
            "shadow" => holds.1 = true,
            _ => holds.0 = true,
        }
    }
    Ok(holds)
}

/// Forgets the hashes of network addresses whose bans are over, or which were known before `until`.
///
/// # Errors
/// As [`Conn::query`].
pub fn forget(conn: &mut Conn<'_>, now: Time, until: Time) -> Result<u64> {
    conn.execute(
        "UPDATE comment_bans SET who = 'forgotten:' || id WHERE who LIKE 'address:%'
            AND (until <= $1 OR lifted_at IS NOT NULL OR at < $2)",
        args![now, until],
    )
}

/// The bans that hold, newest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn holding(conn: &mut Conn<'_>, now: Time, limit: i64) -> Result<Vec<Ban>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM comment_bans WHERE lifted_at IS NULL AND (until IS NULL OR until > $1)
         ORDER BY at DESC LIMIT $2"
    );
    conn.query(&sql, args![now, limit])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Ban> {
    Ok(Ban {
        id: row.get("id")?,
        who: row.get("who")?,
        kind: row.get("kind")?,
        at: row.get("at")?,
        until: row.get("until")?,
        by_id: row.get("by_id")?,
        reason: row.get("reason")?,
        lifted_at: row.get("lifted_at")?,
    })
}
