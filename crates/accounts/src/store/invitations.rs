//! Invitations in the database; only the hash of a link's token is kept.

use onrecord_base::{Conn, Error, Result, Row, Time, args, token_hash};

use super::staff;
use crate::{Role, invitation::Invitation, staff::fold_email};

const SELECT: &str = "SELECT i.id, i.email, i.role, i.invited_by, i.invited_at, i.expires_at FROM invitations i";

/// Invites; an older invitation of the same address no longer works.
///
/// # Errors
/// `Error::Invalid` if somebody with the address is here already.
pub fn invite(conn: &mut Conn<'_>, invitation: &Invitation, token: &str) -> Result<()> {
    if staff::by_email(conn, &invitation.email)?.is_some() {
        return Err(Error::field("email", "accounts-email-taken"));
    }
    conn.execute(
        "INSERT INTO invitations (id, email, email_folded, role, token_hash, invited_by, invited_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (email_folded) DO UPDATE SET id = excluded.id, email = excluded.email, role = excluded.role,
             token_hash = excluded.token_hash, invited_by = excluded.invited_by, invited_at = excluded.invited_at,
             expires_at = excluded.expires_at",
        args![
            &invitation.id,
            &invitation.email,
            fold_email(&invitation.email),
            invitation.role.name(),
            token_hash(token),
            invitation.invited_by.clone(),
            invitation.invited_at,
            invitation.expires_at,
        ],
    )
    .map(drop)
}

/// Those that stand, the newest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn list(conn: &mut Conn<'_>, now: Time) -> Result<Vec<Invitation>> {
    conn.query(&format!("{SELECT} WHERE i.expires_at > $1 ORDER BY i.invited_at DESC, i.id DESC"), args![now])?
        .iter()
        .map(read)
        .collect()
}

/// One that stands.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str, now: Time) -> Result<Option<Invitation>> {
    conn.one(&format!("{SELECT} WHERE i.id = $1 AND i.expires_at > $2"), args![id, now])?.as_ref().map(read).transpose()
}

/// The invitation of a link, without using it.
///
/// # Errors
/// As [`Conn::query`].
pub fn peek(conn: &mut Conn<'_>, token: &str, now: Time) -> Result<Option<Invitation>> {
    conn.one(&format!("{SELECT} WHERE i.token_hash = $1 AND i.expires_at > $2"), args![token_hash(token), now])?
        .as_ref()
        .map(read)
        .transpose()
}

/// Uses an invitation up; `None` if it no longer stands.
///
/// # Errors
/// As [`Conn::query`].
pub fn take(conn: &mut Conn<'_>, token: &str, now: Time) -> Result<Option<Invitation>> {
    let Some(invitation) = peek(conn, token, now)? else { return Ok(None) };
    Ok(withdraw(conn, &invitation.id)?.then_some(invitation))
}

/// Takes an invitation back; false if it was gone.
///
/// # Errors
/// As [`Conn::query`].
pub fn withdraw(conn: &mut Conn<'_>, id: &str) -> Result<bool> {
    Ok(conn.execute("DELETE FROM invitations WHERE id = $1", args![id])? > 0)
}

/// Takes back what a person had sent out: whoever loses a right does not keep it in a drawer.
///
/// # Errors
/// As [`Conn::query`].
pub fn withdraw_of(conn: &mut Conn<'_>, staff_id: &str) -> Result<()> {
    conn.execute("DELETE FROM invitations WHERE invited_by = $1", args![staff_id]).map(drop)
}

fn read(row: &Row) -> Result<Invitation> {
    let role: String = row.get("role")?;
    Ok(Invitation {
        id: row.get("id")?,
        email: row.get("email")?,
        role: Role::parse(&role).ok_or_else(|| Error::internal(format!("unknown role {role}")))?,
        invited_by: row.get("invited_by")?,
        invited_at: row.get("invited_at")?,
        expires_at: row.get("expires_at")?,
    })
}
