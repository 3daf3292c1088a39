//! Sources in the database. Their bytes lie in the data folder, by hash, where no public route reaches.

use onrecord_base::{Conn, Error, Result, Row, Time, args};

use super::public;
use crate::source::{Source, SourceKind};

const COLUMNS: &str =
    "s.id, s.kind, s.title, s.url, s.final_url, s.headers, s.media_type, s.file_name, s.sha256, s.bytes,
    s.extracted, s.notes, s.captured_at, s.captured_by, c.source_id AS confidential";
const FROM: &str = "sources s LEFT JOIN source_confidences c ON c.source_id = s.id";

/// The source with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Source>> {
    conn.one(&format!("SELECT {COLUMNS} FROM {FROM} WHERE s.id = $1"), args![id])?.as_ref().map(read).transpose()
}

/// The newest sources; `search` narrows by title or address.
///
/// # Errors
/// As [`Conn::query`].
pub fn all(conn: &mut Conn<'_>, search: &str, limit: usize) -> Result<Vec<Source>> {
    let like = format!("%{}%", search.to_lowercase().replace(['%', '_', '\\'], ""));
    conn.query(
        &format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE lower(s.title) LIKE $1 OR lower(s.url) LIKE $1
             ORDER BY s.captured_at DESC, s.id LIMIT $2"
        ),
        args![like, limit],
    )?
    .iter()
    .map(read)
    .collect()
}

/// Keeps a new source. What was captured is never changed afterwards; only its title, notes and confidence are.
///
/// # Errors
/// As [`Conn::query`].
pub fn insert(conn: &mut Conn<'_>, source: &Source) -> Result<()> {
    conn.execute(
        "INSERT INTO sources (id, kind, title, url, final_url, headers, media_type, file_name, sha256, bytes, extracted,
             notes, captured_at, captured_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        args![
            &source.id, source.kind.as_str(), &source.title, &source.url, &source.final_url, &source.headers,
            &source.media_type, &source.file_name, &source.sha256, source.bytes, &source.extracted, &source.notes,
            source.captured_at, &source.captured_by,
        ],
    )?;
    if source.confidential {
        set_confidential(conn, &source.id, &source.captured_by, true, source.captured_at)?;
    }
    Ok(())
}

/// Changes what the desk calls it and notes about it.
///
/// # Errors
/// As [`Conn::query`].
pub fn describe(conn: &mut Conn<'_>, id: &str, title: &str, notes: &str, now: Time) -> Result<()> {
    conn.execute("UPDATE sources SET title = $2, notes = $3 WHERE id = $1", args![id, title, notes])?;
    public::rests_on(conn, id, now)?;
    conn.changed("source", id, now)
}

/// Marks a source confidential, or takes the mark away.
///
/// # Errors
/// As [`Conn::query`].
pub fn set_confidential(conn: &mut Conn<'_>, id: &str, by: &str, confidential: bool, now: Time) -> Result<()> {
    conn.execute("DELETE FROM source_confidences WHERE source_id = $1", args![id])?;
    if confidential {
        conn.execute(
            "INSERT INTO source_confidences (source_id, marked_at, marked_by) VALUES ($1, $2, $3)",
            args![id, now, by],
        )?;
    }
    public::rests_on(conn, id, now)?;
    conn.changed("source", id, now)
}

/// Removes a source that nothing uses.
///
/// # Errors
/// `Error::Refused` while quotations rest on it: see [`crate::store::quotations::of_source`] for the list.
pub fn remove(conn: &mut Conn<'_>, id: &str, now: Time) -> Result<()> {
    let used = "SELECT 1 AS used FROM quotations WHERE source_id = $1
        UNION ALL SELECT 1 FROM published_quotations WHERE source_id = $1 LIMIT 1";
    if conn.one(used, args![id])?.is_some() {
        return Err(Error::refused("record-source-in-use"));
    }
    conn.execute("DELETE FROM sources WHERE id = $1", args![id])?;
    conn.changed("source", id, now)
}

fn read(row: &Row) -> Result<Source> {
    let kind: String = row.get("kind")?;
    Ok(Source {
        id: row.get("id")?,
        kind: SourceKind::parse(&kind).ok_or_else(|| Error::internal(format!("no such kind of source: {kind}")))?,
        title: row.get("title")?,
        url: row.get("url")?,
        final_url: row.get("final_url")?,
        headers: row.get("headers")?,
        media_type: row.get("media_type")?,
        file_name: row.get("file_name")?,
        sha256: row.get("sha256")?,
        bytes: row.get("bytes")?,
        extracted: row.get("extracted")?,
        notes: row.get("notes")?,
        captured_at: row.get("captured_at")?,
        captured_by: row.get("captured_by")?,
        confidential: row.get::<Option<String>>("confidential")?.is_some(),
    })
}
