//! The channels' settings: one row beside the line's own. Secrets in it leave the database for checks alone.

use onrecord_base::{Conn, Error, Result, args};

use super::line;
use crate::channels::{Channels, errand};

/// The channels as they are set.
///
/// # Errors
/// As [`Conn::query`].
pub fn load(conn: &mut Conn<'_>) -> Result<Channels> {
    let Some(value) = line::value(conn, "channels")? else { return Ok(Channels::default()) };
    // Without the cause: it may quote a secret.
    serde_json::from_str(&value).map_err(|_| Error::internal("the channels' settings cannot be read"))
}

/// Keeps the channels.
///
/// # Errors
/// As [`Conn::query`].
pub fn save(conn: &mut Conn<'_>, channels: &Channels) -> Result<()> {
    let value = serde_json::to_string(channels).map_err(|_| Error::internal("the channels' settings"))?;
    conn.execute(
        "INSERT INTO tip_settings (name, value) VALUES ('channels', $1)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        args![value],
    )
    .map(drop)
}

/// How many errands wait to be tried again, and how many were given up.
///
/// # Errors
/// As [`Conn::query`].
pub fn errands(conn: &mut Conn<'_>) -> Result<(i64, i64)> {
    let sql = "SELECT coalesce(sum(CASE WHEN dead_at IS NULL THEN 1 ELSE 0 END), 0) AS waiting,
                      coalesce(sum(CASE WHEN dead_at IS NULL THEN 0 ELSE 1 END), 0) AS dead
               FROM jobs WHERE kind = $1";
    let row = conn.one(sql, args![errand::KIND])?.ok_or_else(|| Error::internal("a sum without a row"))?;
    Ok((row.get("waiting")?, row.get("dead")?))
}

/// Ids of the errands that were given up.
///
/// # Errors
/// As [`Conn::query`].
pub fn given_up(conn: &mut Conn<'_>) -> Result<Vec<String>> {
    let sql = "SELECT id FROM jobs WHERE kind = $1 AND dead_at IS NOT NULL ORDER BY id LIMIT 1000";
    conn.query(sql, args![errand::KIND])?.iter().map(|row| row.get("id")).collect()
}
