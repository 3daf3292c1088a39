//! What came before: channels that may deliver twice ask here. Only hashes of their ids are kept.

use onrecord_base::{Conn, Result, args};
use sha2::{Digest, Sha256};

use crate::{Channel, Day};

/// How long the hash of a delivery is kept: providers try again for days, not for weeks.
pub const KEPT_DAYS: i64 = 30;

/// Notes a delivery; false if it was noted before.
///
/// # Errors
/// As [`Conn::query`].
pub fn first(conn: &mut Conn<'_>, channel: Channel, key: &str, today: Day) -> Result<bool> {
    let count = conn.execute(
        "INSERT INTO tip_arrivals (channel, key_hash, day) VALUES ($1, $2, $3) ON CONFLICT (channel, key_hash) DO NOTHING",
        args![channel.name(), hash(channel, key), today],
    )?;
    Ok(count > 0)
}

/// Whether a delivery was noted before.
///
/// # Errors
/// As [`Conn::query`].
pub fn known(conn: &mut Conn<'_>, channel: Channel, key: &str) -> Result<bool> {
    let sql = "SELECT 1 AS found FROM tip_arrivals WHERE channel = $1 AND key_hash = $2";
    Ok(conn.one(sql, args![channel.name(), hash(channel, key)])?.is_some())
}

/// Takes a note back, so that a delivery that failed is taken the next time.
///
/// # Errors
/// As [`Conn::query`].
pub fn forget(conn: &mut Conn<'_>, channel: Channel, key: &str) -> Result<()> {
    let sql = "DELETE FROM tip_arrivals WHERE channel = $1 AND key_hash = $2";
    conn.execute(sql, args![channel.name(), hash(channel, key)]).map(drop)
}

/// Forgets what is old.
///
/// # Errors
/// As [`Conn::query`].
pub fn trim(conn: &mut Conn<'_>, today: Day) -> Result<()> {
    conn.execute("DELETE FROM tip_arrivals WHERE day < $1", args![today.plus(-KEPT_DAYS)]).map(drop)
}

fn hash(channel: Channel, key: &str) -> String {
    hex::encode(Sha256::new().chain_update(channel.name()).chain_update(b"\0").chain_update(key).finalize())
}
