//! How people prove who they are. Passwords for now; the table takes passkeys and others beside them.

use onrecord_base::{Conn, Result, Time, args};

const PASSWORD: &str = "password";

/// What is kept of a person's password, if they have one.
///
/// # Errors
/// As [`Conn::query`].
pub fn password(conn: &mut Conn<'_>, staff_id: &str) -> Result<Option<String>> {
    conn.one("SELECT data FROM credentials WHERE kind = $1 AND handle = $2", args![PASSWORD, staff_id])?
        .map(|row| row.get("data"))
        .transpose()
}

/// Keeps a person's password, already hashed, in place of the one before.
///
/// # Errors
/// As [`Conn::query`].
pub fn set_password(conn: &mut Conn<'_>, id: &str, staff_id: &str, hash: &str, now: Time) -> Result<()> {
    conn.execute(
        "INSERT INTO credentials (id, staff_id, kind, handle, data, created_at) VALUES ($1, $2, $3, $2, $4, $5)
         ON CONFLICT (kind, handle) DO UPDATE SET data = excluded.data, created_at = excluded.created_at",
        args![id, staff_id, PASSWORD, hash, now],
    )
    .map(drop)
}

/// The same password, hashed anew because the parameters grew; nothing if it was changed meanwhile.
///
/// # Errors
/// As [`Conn::query`].
pub fn rehash(conn: &mut Conn<'_>, staff_id: &str, old: &str, new: &str) -> Result<()> {
    conn.execute(
        "UPDATE credentials SET data = $4 WHERE kind = $1 AND handle = $2 AND data = $3",
        args![PASSWORD, staff_id, old, new],
    )
    .map(drop)
}
