//! Publications in spite of findings. There is no function that removes one.

use onrecord_base::{Conn, Error, Result, Row, args};

use crate::Override;

pub(crate) fn insert(conn: &mut Conn<'_>, id: &str, story: &str, kept: &Override) -> Result<()> {
    let findings = serde_json::to_string(&kept.findings).map_err(|e| Error::internal(e.to_string()))?;
    conn.execute(
        "INSERT INTO publication_overrides (id, story_id, version, overridden_at, overridden_by, reason, findings)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![id, story, kept.version, kept.at, kept.by.as_deref(), &kept.reason, findings],
    )?;
    Ok(())
}

/// All of a story, newest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn of(conn: &mut Conn<'_>, story: &str) -> Result<Vec<Override>> {
    conn.query(
        "SELECT * FROM publication_overrides WHERE story_id = $1 ORDER BY overridden_at DESC, id DESC",
        args![story],
    )?
    .iter()
    .map(read)
    .collect()
}

pub(crate) fn of_version(conn: &mut Conn<'_>, story: &str, version: i64) -> Result<Vec<Override>> {
    conn.query("SELECT * FROM publication_overrides WHERE story_id = $1 AND version = $2", args![story, version])?
        .iter()
        .map(read)
        .collect()
}

fn read(row: &Row) -> Result<Override> {
    let findings: String = row.get("findings")?;
    Ok(Override {
        version: row.get("version")?,
        at: row.get("overridden_at")?,
        by: row.get("overridden_by")?,
        reason: row.get("reason")?,
        findings: serde_json::from_str(&findings).map_err(|e| Error::internal(e.to_string()))?,
    })
}
