//! Links that open a door once. As with sessions, only the hash of a link's token is kept.

use onrecord_base::{Conn, Result, Time, args, token_hash};

use super::staff;
use crate::{
    link::{Link, Purpose},
    staff::Staff,
};

/// Makes a link; an older one of the person for the same purpose no longer works.
///
/// # Errors
/// As [`Conn::query`].
pub fn make(conn: &mut Conn<'_>, id: &str, staff_id: &str, link: &Link, now: Time) -> Result<()> {
    conn.execute("DELETE FROM staff_links WHERE expires_at <= $1", args![now])?;
    conn.execute("DELETE FROM staff_links WHERE staff_id = $1 AND purpose = $2", args![staff_id, link.purpose.name()])?;
    conn.execute(
        "INSERT INTO staff_links (id, staff_id, purpose, token_hash, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![id, staff_id, link.purpose.name(), token_hash(&link.token), now, now.plus(link.purpose.life())],
    )
    .map(drop)
}

/// Whom a link that still works is for, without using it.
///
/// # Errors
/// As [`Conn::query`].
pub fn peek(conn: &mut Conn<'_>, purpose: Purpose, token: &str, now: Time) -> Result<Option<Staff>> {
    let row = conn.one(
        "SELECT staff_id FROM staff_links WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3",
        args![token_hash(token), purpose.name(), now],
    )?;
    let Some(row) = row else { return Ok(None) };
    Ok(staff::find(conn, &row.get::<String>("staff_id")?)?.filter(Staff::active))
}

/// Uses a link up; `None` if it does not work, or does not any more.
///
/// # Errors
/// As [`Conn::query`].
pub fn take(conn: &mut Conn<'_>, purpose: Purpose, token: &str, now: Time) -> Result<Option<Staff>> {
    let row = conn.one(
        "DELETE FROM staff_links WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3 RETURNING staff_id",
        args![token_hash(token), purpose.name(), now],
    )?;
    let Some(row) = row else { return Ok(None) };
    Ok(staff::find(conn, &row.get::<String>("staff_id")?)?.filter(Staff::active))
}

/// All links of a person stop working.
///
/// # Errors
/// As [`Conn::query`].
pub fn end_all(conn: &mut Conn<'_>, staff_id: &str) -> Result<()> {
    conn.execute("DELETE FROM staff_links WHERE staff_id = $1", args![staff_id]).map(drop)
}
