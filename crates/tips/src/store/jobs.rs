//! What this area has put in the line of jobs.

use onrecord_base::{Conn, Result, args};

/// What jobs of a kind are to do, those that were given up among them.
///
/// # Errors
/// As [`Conn::query`].
pub fn payloads(conn: &mut Conn<'_>, kind: &str) -> Result<Vec<String>> {
    conn.query("SELECT payload FROM jobs WHERE kind = $1 ORDER BY id", args![kind])?
        .iter()
        .map(|row| row.get("payload"))
        .collect()
}

/// Takes all jobs of a kind out of the line.
///
/// # Errors
/// As [`Conn::query`].
pub fn remove(conn: &mut Conn<'_>, kind: &str) -> Result<()> {
    conn.execute("DELETE FROM jobs WHERE kind = $1", args![kind]).map(drop)
}
