//! How far those outside have been told.

use onrecord_base::{Conn, Result, args};

/// The last line of the log that `name` has been told of; 0 for none.
///
/// # Errors
/// As [`Conn::query`].
pub fn told(conn: &mut Conn<'_>, name: &str) -> Result<i64> {
    let row = conn.one("SELECT seq FROM site_told WHERE name = $1", args![name])?;
    row.map_or(Ok(0), |row| row.get("seq"))
}

/// `name` has been told up to this line; never less far than before.
///
/// # Errors
/// As [`Conn::query`].
pub fn tell(conn: &mut Conn<'_>, name: &str, seq: i64) -> Result<()> {
    conn.execute(
        "INSERT INTO site_told (name, seq) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET seq = excluded.seq WHERE site_told.seq < excluded.seq",
        args![name, seq],
    )
    .map(drop)
}
