//! The one reaction: respect.

use onrecord_base::{Conn, Result, Time, args};

/// Counts one for a shown comment, once for each `by`; true if it was the first. Returns the count.
///
/// # Errors
/// As [`Conn::query`].
pub fn add(conn: &mut Conn<'_>, comment: &str, story: &str, by: &str, now: Time) -> Result<(bool, i64)> {
    let added = conn.execute(
        "INSERT INTO comment_respects (comment_id, by_key, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        args![comment, by, now],
    )?;
    if added > 0 {
        conn.execute("UPDATE comments SET respect = respect + 1 WHERE id = $1", args![comment])?;
        conn.changed("comments", story, now)?;
    }
    Ok((added > 0, count(conn, comment)?))
}

/// Takes it back.
///
/// # Errors
/// As [`Conn::query`].
pub fn take_back(conn: &mut Conn<'_>, comment: &str, story: &str, by: &str, now: Time) -> Result<i64> {
    let gone =
        conn.execute("DELETE FROM comment_respects WHERE comment_id = $1 AND by_key = $2", args![comment, by])?;
    if gone > 0 {
        conn.execute("UPDATE comments SET respect = respect - 1 WHERE id = $1", args![comment])?;
        conn.changed("comments", story, now)?;
    }
    count(conn, comment)
}

/// Which of a story's comments somebody respects.
///
/// # Errors
/// As [`Conn::query`].
pub fn of(conn: &mut Conn<'_>, by: &str, story: &str) -> Result<Vec<String>> {
    let sql = "SELECT r.comment_id FROM comment_respects r JOIN comments c ON c.id = r.comment_id
         WHERE r.by_key = $1 AND c.story_id = $2 LIMIT 1000";
    conn.query(sql, args![by, story])?.iter().map(|row| row.get("comment_id")).collect()
}

/// All comments that somebody respects.
///
/// # Errors
/// As [`Conn::query`].
pub fn by(conn: &mut Conn<'_>, by: &str, limit: i64) -> Result<Vec<String>> {
    let sql = "SELECT comment_id FROM comment_respects WHERE by_key = $1 ORDER BY at, comment_id LIMIT $2";
    conn.query(sql, args![by, limit])?.iter().map(|row| row.get("comment_id")).collect()
}

/// Forgets who, of those known by their address alone; the counts stay.
///
/// # Errors
/// As [`Conn::query`].
pub fn forget(conn: &mut Conn<'_>, until: Time) -> Result<u64> {
    conn.execute("DELETE FROM comment_respects WHERE at < $1 AND by_key LIKE 'address:%'", args![until])
}

fn count(conn: &mut Conn<'_>, comment: &str) -> Result<i64> {
    let row = conn.one("SELECT respect FROM comments WHERE id = $1", args![comment])?;
    row.map_or(Ok(0), |row| row.get("respect"))
}
