//! Reports of readers.

use onrecord_base::{Conn, Result, Row, Time, args};
use serde::Serialize;

/// A report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Its id.
    pub id: String,
    /// Of which comment.
    pub comment_id: String,
    /// When.
    pub at: Time,
    /// abuse, spam, other or illegal.
    pub reason: String,
    /// What the reader says.
    pub text: String,
    /// Who gives notice, where the law wants that.
    pub name: String,
    /// Where they are told what became of it.
    pub email: String,
    /// A reader's id or the keyed hash of an address.
    #[serde(skip)]
    pub by_key: String,
    /// When it was decided on.
    pub settled_at: Option<Time>,
    /// How: kept or removed.
    pub outcome: Option<String>,
}

/// Stands behind the key of whoever gave a notice of something illegal.
const NOTICE: &str = "/illegal";

/// The key of somebody's notices, beside that of their reports.
pub fn notice_key(by: &str) -> String {
    format!("{by}{NOTICE}")
}

const COLUMNS: &str = "id, comment_id, at, reason, text, name, email, by_key, settled_at, outcome";

/// Keeps a report; the same reader's second one of a comment changes nothing. True if it is new.
///
/// # Errors
/// As [`Conn::query`].
pub fn add(conn: &mut Conn<'_>, report: &Report) -> Result<bool> {
    let added = conn.execute(
        "INSERT INTO comment_reports (id, comment_id, at, reason, text, name, email, by_key)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
        args![
            &report.id,
            &report.comment_id,
            report.at,
            &report.reason,
            &report.text,
            &report.name,
            &report.email,
            &report.by_key
        ],
    )?;
    if added > 0 {
        conn.execute(
            "UPDATE comments SET reports = reports + 1,
                queue = CASE WHEN state IN ('shown', 'held') THEN 'reported' ELSE queue END WHERE id = $1",
            args![&report.comment_id],
        )?;
    }
    Ok(added > 0)
}

/// The reports of a comment, oldest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn of(conn: &mut Conn<'_>, comment: &str) -> Result<Vec<Report>> {
    let sql = format!("SELECT {COLUMNS} FROM comment_reports WHERE comment_id = $1 ORDER BY at, id LIMIT 50");
    conn.query(&sql, args![comment])?.iter().map(read).collect()
}

/// The report with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Report>> {
    let sql = format!("SELECT {COLUMNS} FROM comment_reports WHERE id = $1");
    conn.one(&sql, args![id])?.as_ref().map(read).transpose()
}

/// What a reader reported.
///
/// # Errors
/// As [`Conn::query`].
pub fn by(conn: &mut Conn<'_>, by: &str) -> Result<Vec<Report>> {
    let sql = format!("SELECT {COLUMNS} FROM comment_reports WHERE by_key IN ($1, $2) ORDER BY at, id LIMIT 1000");
    conn.query(&sql, args![by, notice_key(by)])?.iter().map(read).collect()
}

/// Settles the open reports of a comment. Returns the ids of those who are to be told.
///
/// # Errors
/// As [`Conn::query`].
pub fn settle(conn: &mut Conn<'_>, comment: &str, outcome: &str, by: &str, now: Time) -> Result<Vec<String>> {
    let rows = conn.query(
        "UPDATE comment_reports SET settled_at = $1, settled_by = $2, outcome = $3
         WHERE comment_id = $4 AND settled_at IS NULL RETURNING id, email",
        args![now, by, outcome, comment],
    )?;
    conn.execute("UPDATE comments SET reports = 0 WHERE id = $1", args![comment])?;
    let mut told = Vec::new();
    for row in rows {
        if !row.get::<String>("email")?.is_empty() {
            told.push(row.get("id")?);
        }
    }
    Ok(told)
}

/// Opens again what was settled by a decision that is taken back.
///
/// # Errors
/// As [`Conn::query`].
pub fn unsettle(conn: &mut Conn<'_>, comment: &str, settled_at: Time) -> Result<()> {
    let opened = conn.execute(
        "UPDATE comment_reports SET settled_at = NULL, settled_by = NULL, outcome = NULL
         WHERE comment_id = $1 AND settled_at = $2",
        args![comment, settled_at],
    )?;
    let opened = i64::try_from(opened).unwrap_or(i64::MAX);
    conn.execute("UPDATE comments SET reports = reports + $1 WHERE id = $2", args![opened, comment]).map(drop)
}

/// Forgets the addresses behind settled reports, and who gave notice a year after it was settled.
///
/// # Errors
/// As [`Conn::query`].
pub fn forget(conn: &mut Conn<'_>, until: Time, year_ago: Time) -> Result<()> {
    conn.execute(
        "UPDATE comment_reports SET by_key = 'forgotten:' || id WHERE at < $1 AND by_key LIKE 'address:%'",
        args![until],
    )?;
    conn.execute("UPDATE comment_reports SET name = '', email = '' WHERE settled_at < $1", args![year_ago]).map(drop)
}

fn read(row: &Row) -> Result<Report> {
    Ok(Report {
        id: row.get("id")?,
        comment_id: row.get("comment_id")?,
        at: row.get("at")?,
        reason: row.get("reason")?,
        text: row.get("text")?,
        name: row.get("name")?,
        email: row.get("email")?,
        by_key: row.get("by_key")?,
        settled_at: row.get("settled_at")?,
        outcome: row.get("outcome")?,
    })
}
