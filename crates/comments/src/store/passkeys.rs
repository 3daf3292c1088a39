//! Passkeys of readers, and the challenges that were given out.

use onrecord_base::{Conn, Error, Result, Row, Time, args, token_hash};
use serde::Serialize;

use crate::passkey::{ANSWER, Made};

/// Passkeys of one reader: one on each device, and a few in drawers.
pub const MOST: i64 = 20;

/// A passkey as its reader sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passkey {
    /// The credential's name.
    pub id: String,
    /// When it was made.
    pub created_at: Time,
    /// When it last signed its reader in.
    pub used_at: Option<Time>,
}

/// What a challenge was for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Signing in.
    In,
    /// A new passkey of this reader, who may be about to be made with it.
    New(String),
}

/// Keeps a challenge that is given out now.
///
/// # Errors
/// As [`Conn::query`].
pub fn give(conn: &mut Conn<'_>, challenge: &str, purpose: &Purpose, now: Time) -> Result<()> {
    conn.execute("DELETE FROM reader_challenges WHERE expires_at <= $1", args![now])?;
    let (name, reader) = match purpose {
        Purpose::In => ("in", None),
        Purpose::New(reader) => ("new", Some(reader.as_str())),
    };
    conn.execute(
        "INSERT INTO reader_challenges (token_hash, purpose, reader_id, expires_at) VALUES ($1, $2, $3, $4)",
        args![token_hash(challenge), name, reader, now.plus(ANSWER)],
    )
    .map(drop)
}

/// Uses a challenge up; none if it is not one of ours, is late, or was used.
///
/// # Errors
/// As [`Conn::query`].
pub fn take(conn: &mut Conn<'_>, challenge: &str, now: Time) -> Result<Option<Purpose>> {
    let row = conn.one(
        "DELETE FROM reader_challenges WHERE token_hash = $1 AND expires_at > $2 RETURNING reader_id",
        args![token_hash(challenge), now],
    )?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(row.get::<Option<String>>("reader_id")?.map_or(Purpose::In, Purpose::New)))
}

/// Keeps a new passkey.
///
/// # Errors
/// `Error::Refused` if somebody has it already, or its reader has too many.
pub fn add(conn: &mut Conn<'_>, reader: &str, made: &Made, now: Time) -> Result<()> {
    if of(conn, reader)?.len() as i64 >= MOST {
        return Err(Error::refused("site-comments-passkey-many"));
    }
    let added = conn.execute(
        "INSERT INTO reader_passkeys (id, reader_id, public_key, signatures, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO NOTHING",
        args![&made.id, reader, &made.public_key, i64::from(made.signatures), now],
    )?;
    if added == 0 { Err(Error::refused("site-comments-passkey-failed")) } else { Ok(()) }
}

/// A passkey by its name, with its reader's id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<(Made, String)>> {
    let sql = "SELECT id, reader_id, public_key, signatures FROM reader_passkeys WHERE id = $1";
    let Some(row) = conn.one(sql, args![id])? else { return Ok(None) };
    let made = Made {
        id: row.get("id")?,
        public_key: row.get("public_key")?,
        signatures: u32::try_from(row.get::<i64>("signatures")?).unwrap_or(u32::MAX),
    };
    Ok(Some((made, row.get("reader_id")?)))
}

/// Writes down that a passkey signed its reader in; false if another signature with the same counter came first.
///
/// # Errors
/// As [`Conn::query`].
pub fn used(conn: &mut Conn<'_>, before: &Made, signatures: u32, now: Time) -> Result<bool> {
    let changed = conn.execute(
        "UPDATE reader_passkeys SET signatures = $1, used_at = $2 WHERE id = $3 AND signatures = $4",
        args![i64::from(signatures), now, &before.id, i64::from(before.signatures)],
    )?;
    Ok(changed > 0)
}

/// A reader's passkeys, oldest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn of(conn: &mut Conn<'_>, reader: &str) -> Result<Vec<Passkey>> {
    let sql = "SELECT id, created_at, used_at FROM reader_passkeys WHERE reader_id = $1 ORDER BY created_at, id";
    conn.query(sql, args![reader])?.iter().map(read).collect()
}

/// Whether a reader has one.
///
/// # Errors
/// As [`Conn::query`].
pub fn any(conn: &mut Conn<'_>, reader: &str) -> Result<bool> {
    Ok(conn.one("SELECT 1 AS one FROM reader_passkeys WHERE reader_id = $1 LIMIT 1", args![reader])?.is_some())
}

/// Takes a passkey away.
///
/// # Errors
/// As [`Conn::query`].
pub fn remove(conn: &mut Conn<'_>, reader: &str, id: &str) -> Result<()> {
    conn.execute("DELETE FROM reader_passkeys WHERE reader_id = $1 AND id = $2", args![reader, id]).map(drop)
}

fn read(row: &Row) -> Result<Passkey> {
    Ok(Passkey { id: row.get("id")?, created_at: row.get("created_at")?, used_at: row.get("used_at")? })
}
