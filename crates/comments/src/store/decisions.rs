//! The audit log: what moderators did, and taking it back. Rows are added and marked as undone, never removed.

use onrecord_base::{Conn, Result, Row, Time, args};
use serde::Serialize;

/// One decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    /// Its id.
    pub id: String,
    /// When.
    pub at: Time,
    /// By whom of the staff.
    pub by_id: String,
    /// What: approve, reject, hold, feature, unfeature, reply, ban, shadow, lift, rules.
    pub action: String,
    /// About which comment.
    pub comment_id: Option<String>,
    /// Which ban it made or lifted.
    pub ban_id: Option<String>,
    /// Whose rules it changed.
    pub scope: Option<String>,
    /// How the comment stood before, as JSON.
    pub before: String,
    /// When it was taken back.
    pub undone_at: Option<Time>,
}

const COLUMNS: &str = "id, at, by_id, action, comment_id, ban_id, scope, before, undone_at";

/// Writes a decision down.
///
/// # Errors
/// As [`Conn::query`].
pub fn add(conn: &mut Conn<'_>, decision: &Decision) -> Result<()> {
    conn.execute(
        "INSERT INTO comment_decisions (id, at, by_id, action, comment_id, ban_id, scope, before)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            &decision.id,
            decision.at,
            &decision.by_id,
            &decision.action,
            decision.comment_id.as_deref(),
            decision.ban_id.as_deref(),
            decision.scope.as_deref(),
            &decision.before
        ],
    )
    .map(drop)
}

/// The decision with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Decision>> {
    let sql = format!("SELECT {COLUMNS} FROM comment_decisions WHERE id = $1");
    conn.one(&sql, args![id])?.as_ref().map(read).transpose()
}

/// The last decision of a person about a comment or ban that is not taken back.
///
/// # Errors
/// As [`Conn::query`].
pub fn last_of(conn: &mut Conn<'_>, by: &str) -> Result<Option<Decision>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM comment_decisions WHERE by_id = $1 AND undone_at IS NULL
            AND action IN ('approve', 'reject', 'hold', 'feature', 'unfeature', 'ban', 'shadow')
         ORDER BY at DESC, id DESC LIMIT 1"
    );
    conn.one(&sql, args![by])?.as_ref().map(read).transpose()
}

/// True if nothing was decided about the comment since.
///
/// # Errors
/// As [`Conn::query`].
pub fn is_latest(conn: &mut Conn<'_>, decision: &Decision) -> Result<bool> {
    let Some(comment) = &decision.comment_id else { return Ok(true) };
    let row = conn.one(
        "SELECT 1 AS one FROM comment_decisions WHERE comment_id = $1 AND undone_at IS NULL AND action <> 'reply'
            AND (at, id) > ($2, $3) LIMIT 1",
        args![comment, decision.at, &decision.id],
    )?;
    Ok(row.is_none())
}

/// Marks a decision as taken back; false if it was already.
///
/// # Errors
/// As [`Conn::query`].
pub fn undo(conn: &mut Conn<'_>, id: &str, by: &str, now: Time) -> Result<bool> {
    let undone = conn.execute(
        "UPDATE comment_decisions SET undone_at = $1, undone_by = $2 WHERE id = $3 AND undone_at IS NULL",
        args![now, by, id],
    )?;
    Ok(undone > 0)
}

/// The log, newest first, from before `(at, id)`.
///
/// # Errors
/// As [`Conn::query`].
pub fn before(conn: &mut Conn<'_>, place: Option<(Time, &str)>, limit: i64) -> Result<Vec<Decision>> {
    let head = format!("SELECT {COLUMNS} FROM comment_decisions");
    let tail = "ORDER BY at DESC, id DESC LIMIT $1";
    let rows = match place {
        None => conn.query(&format!("{head} {tail}"), args![limit])?,
        Some((at, id)) => conn.query(&format!("{head} WHERE (at, id) < ($2, $3) {tail}"), args![limit, at, id])?,
    };
    rows.iter().map(read).collect()
}

/// The decisions about a comment, oldest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_comment(conn: &mut Conn<'_>, comment: &str) -> Result<Vec<Decision>> {
    let sql = format!("SELECT {COLUMNS} FROM comment_decisions WHERE comment_id = $1 ORDER BY at, id LIMIT 50");
    conn.query(&sql, args![comment])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Decision> {
    Ok(Decision {
        id: row.get("id")?,
        at: row.get("at")?,
        by_id: row.get("by_id")?,
        action: row.get("action")?,
        comment_id: row.get("comment_id")?,
        ban_id: row.get("ban_id")?,
        scope: row.get("scope")?,
        before: row.get("before")?,
        undone_at: row.get("undone_at")?,
    })
}
