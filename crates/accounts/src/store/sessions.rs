//! Sessions in the database. Only the hash of a token is kept: it is looked up by that hash, so neither a copy of the
//! database nor the time a comparison takes gives a session away.

use onrecord_base::{Conn, Result, Row, Time, args, token_hash};

use super::staff;
use crate::{
    session::{ABSOLUTE, AT_MOST, IDLE, Session},
    staff::Staff,
};

/// A living session and its person.
#[derive(Debug, Clone)]
pub struct Found {
    /// The session.
    pub session: Session,
    /// Whose it is.
    pub staff: Staff,
}

/// Begins a session; the caller holds the token, we keep its hash. Everybody's dead sessions, and the person's oldest
/// beyond the number allowed, go.
///
/// # Errors
/// As [`Conn::query`].
pub fn begin(conn: &mut Conn<'_>, id: &str, staff_id: &str, token: &str, agent: &str, now: Time) -> Result<()> {
    conn.execute("DELETE FROM sessions WHERE expires_at <= $1 OR last_seen_at <= $2", args![now, now.plus(-IDLE)])?;
    conn.execute(
        "DELETE FROM sessions WHERE staff_id = $1 AND id NOT IN (
             SELECT id FROM sessions WHERE staff_id = $1 ORDER BY last_seen_at DESC, id DESC LIMIT $2)",
        args![staff_id, AT_MOST - 1],
    )?;
    conn.execute(
        "INSERT INTO sessions (id, staff_id, token_hash, created_at, last_seen_at, expires_at, agent)
         VALUES ($1, $2, $3, $4, $4, $5, $6)",
        args![id, staff_id, token_hash(token), now, now.plus(ABSOLUTE), agent],
    )?;
    Ok(())
}

/// The living session of a token, if its person is not locked out.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_token(conn: &mut Conn<'_>, token: &str, now: Time) -> Result<Option<Found>> {
    let row = conn.one(
        "SELECT id, staff_id, created_at, last_seen_at, expires_at, agent FROM sessions WHERE token_hash = $1",
        args![token_hash(token)],
    )?;
    let Some(row) = row else { return Ok(None) };
    let session = read(&row)?;
    if !session.alive(now) {
        return Ok(None);
    }
    let staff = staff::find(conn, &session.staff_id)?.filter(Staff::active);
    Ok(staff.map(|staff| Found { session, staff }))
}

/// A person's living sessions, the last seen first.
///
/// # Errors
/// As [`Conn::query`].
pub fn of(conn: &mut Conn<'_>, staff_id: &str, now: Time) -> Result<Vec<Session>> {
    conn.query(
        "SELECT id, staff_id, created_at, last_seen_at, expires_at, agent FROM sessions
         WHERE staff_id = $1 AND expires_at > $2 AND last_seen_at > $3 ORDER BY last_seen_at DESC, id DESC",
        args![staff_id, now, now.plus(-IDLE)],
    )?
    .iter()
    .map(read)
    .collect()
}

/// Writes down that a session was seen.
///
/// # Errors
/// As [`Conn::query`].
pub fn seen(conn: &mut Conn<'_>, id: &str, now: Time) -> Result<()> {
    conn.execute("UPDATE sessions SET last_seen_at = $2 WHERE id = $1", args![id, now]).map(drop)
}

/// Gives a session another token, the old one no longer opens it.
///
/// # Errors
/// As [`Conn::query`].
pub fn renew(conn: &mut Conn<'_>, id: &str, token: &str) -> Result<()> {
    conn.execute("UPDATE sessions SET token_hash = $2 WHERE id = $1", args![id, token_hash(token)]).map(drop)
}

/// Ends one session of a person; false if they have no such session.
///
/// # Errors
/// As [`Conn::query`].
pub fn end(conn: &mut Conn<'_>, staff_id: &str, id: &str) -> Result<bool> {
    Ok(conn.execute("DELETE FROM sessions WHERE staff_id = $1 AND id = $2", args![staff_id, id])? > 0)
}

/// Ends the session whose token has this hash, if there is one.
///
/// # Errors
/// As [`Conn::query`].
pub fn end_by_hash(conn: &mut Conn<'_>, hash: &str) -> Result<()> {
    conn.execute("DELETE FROM sessions WHERE token_hash = $1", args![hash]).map(drop)
}

/// Ends a person's sessions, all but `keep` if one is named.
///
/// # Errors
/// As [`Conn::query`].
pub fn end_all(conn: &mut Conn<'_>, staff_id: &str, keep: Option<&str>) -> Result<()> {
    conn.execute("DELETE FROM sessions WHERE staff_id = $1 AND id <> $2", args![staff_id, keep.unwrap_or_default()])
        .map(drop)
}

fn read(row: &Row) -> Result<Session> {
    Ok(Session {
        id: row.get("id")?,
        staff_id: row.get("staff_id")?,
        created_at: row.get("created_at")?,
        last_seen_at: row.get("last_seen_at")?,
        expires_at: row.get("expires_at")?,
        agent: row.get("agent")?,
    })
}
