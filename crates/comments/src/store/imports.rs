//! What came from where, so that a second import adds nothing.

use onrecord_base::{Conn, Result, Time, args};

/// The comment that a key of a source became.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, source: &str, key: &str) -> Result<Option<String>> {
    let sql = "SELECT comment_id FROM comment_imports WHERE source = $1 AND key = $2";
    conn.one(sql, args![source, key])?.map(|row| row.get("comment_id")).transpose()
}

/// Remembers what a key became.
///
/// # Errors
/// As [`Conn::query`].
pub fn keep(conn: &mut Conn<'_>, source: &str, key: &str, comment: &str, now: Time) -> Result<()> {
    conn.execute(
        "INSERT INTO comment_imports (source, key, comment_id, at) VALUES ($1, $2, $3, $4)",
        args![source, key, comment, now],
    )
    .map(drop)
}

/// Gives an imported comment the respect it had elsewhere.
///
/// # Errors
/// As [`Conn::query`].
pub fn respect(conn: &mut Conn<'_>, comment: &str, respect: i64) -> Result<()> {
    conn.execute("UPDATE comments SET respect = $1 WHERE id = $2", args![respect, comment]).map(drop)
}
