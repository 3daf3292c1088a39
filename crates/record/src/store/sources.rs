//! Sources in the database. Their bytes lie in the data folder, by hash, where no public route reaches.

use onrecord_accounts::{Action, Actor};
use onrecord_base::{
    Conn, Error, Result, Row, Time, args,
    db::{Value, sql::like},
};

use super::public;
use crate::source::{Confidence, Recording, Source, SourceKind};

const COLUMNS: &str =
    "s.id, s.kind, s.title, s.url, s.final_url, s.headers, s.media_type, s.file_name, s.sha256, s.bytes,
    s.extracted, s.notes, s.captured_at, s.captured_by, c.source_id AS confidential";
const LINE: &str =
    "s.id, s.kind, s.title, s.url, s.file_name, s.captured_at, s.captured_by, c.source_id AS confidential,
    (SELECT count(*) FROM quotations q WHERE q.source_id = s.id) AS uses";
const FROM: &str = "sources s LEFT JOIN source_confidences c ON c.source_id = s.id";

/// The source with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Source>> {
    conn.one(&format!("SELECT {COLUMNS} FROM {FROM} WHERE s.id = $1"), args![id])?.as_ref().map(read).transpose()
}

/// A source without its text: a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    /// Its id.
    pub id: String,
    /// How we came by it.
    pub kind: SourceKind,
    /// What the desk calls it.
    pub title: String,
    /// The address as it was given.
    pub url: String,
    /// Name of the uploaded file.
    pub file_name: String,
    /// When we took it.
    pub captured_at: Time,
    /// Staff id of who took it.
    pub captured_by: String,
    /// Whether it must not be named.
    pub confidential: bool,
    /// How many quotations rest on it.
    pub uses: i64,
}

/// What a list of sources is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    /// Words in title, address, file name or notes.
    pub words: String,
    /// Of one kind.
    pub kind: Option<SourceKind>,
    /// Staff id of somebody who sees of the confidential ones only their own; all are seen without.
    pub seen_by: Option<String>,
}

impl Narrow {
    /// What somebody at the desk may see.
    pub fn seen_by(actor: &Actor) -> Narrow {
        let own = (!actor.can(Action::SeeConfidential)).then(|| actor.staff_id.clone());
        Narrow { seen_by: own, ..Narrow::default() }
    }
}

/// The sources of a narrowed list, the newest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn list(conn: &mut Conn<'_>, narrow: &Narrow, offset: usize, limit: usize) -> Result<Vec<SourceLine>> {
    let mut conditions = vec!["1 = 1".to_owned()];
    let mut args: Vec<Value> = Vec::new();
    for word in narrow.words.split_whitespace().take(8) {
        args.push(like(word).into());
        let at = args.len();
        let columns = ["title", "url", "final_url", "file_name", "notes"];
        let any: Vec<String> =
            columns.iter().map(|column| format!("lower(s.{column}) LIKE ${at} ESCAPE '\\'")).collect();
        conditions.push(format!("({})", any.join(" OR ")));
    }
    if let Some(kind) = narrow.kind {
        args.push(kind.as_str().into());
        conditions.push(format!("s.kind = ${}", args.len()));
    }
    if let Some(staff) = &narrow.seen_by {
        args.push(staff.into());
        conditions.push(format!("(c.source_id IS NULL OR s.captured_by = ${})", args.len()));
    }
    args.push(limit.into());
    args.push(offset.into());
    let sql = format!(
        "SELECT {LINE} FROM {FROM} WHERE {} ORDER BY s.captured_at DESC, s.id DESC LIMIT ${} OFFSET ${}",
        conditions.join(" AND "),
        args.len() - 1,
        args.len()
    );
    conn.query(&sql, &args)?.iter().map(read_line).collect()
}

/// The source with this id, without its text.
///
/// # Errors
/// As [`Conn::query`].
pub fn line(conn: &mut Conn<'_>, id: &str) -> Result<Option<SourceLine>> {
    conn.one(&format!("SELECT {LINE} FROM {FROM} WHERE s.id = $1"), args![id])?.as_ref().map(read_line).transpose()
}

fn read_line(row: &Row) -> Result<SourceLine> {
    Ok(SourceLine {
        id: row.get("id")?,
        kind: kind(row)?,
        title: row.get("title")?,
        url: row.get("url")?,
        file_name: row.get("file_name")?,
        captured_at: row.get("captured_at")?,
        captured_by: row.get("captured_by")?,
        confidential: row.get::<Option<String>>("confidential")?.is_some(),
        uses: row.get("uses")?,
    })
}

/// The recording beside a transcript.
///
/// # Errors
/// As [`Conn::query`].
pub fn recording(conn: &mut Conn<'_>, source: &str) -> Result<Option<Recording>> {
    let row = conn.one("SELECT * FROM source_recordings WHERE source_id = $1", args![source])?;
    row.map(|row| {
        Ok(Recording { file_name: row.get("file_name")?, sha256: row.get("sha256")?, bytes: row.get("bytes")? })
    })
    .transpose()
}

/// Since when and by whose word a source is confidential.
///
/// # Errors
/// As [`Conn::query`].
pub fn confidence(conn: &mut Conn<'_>, source: &str) -> Result<Option<Confidence>> {
    let row = conn.one("SELECT * FROM source_confidences WHERE source_id = $1", args![source])?;
    row.map(|row| Ok(Confidence { marked_at: row.get("marked_at")?, marked_by: row.get("marked_by")? })).transpose()
}

/// Whether a source names these bytes.
///
/// # Errors
/// As [`Conn::query`].
pub fn holds(conn: &mut Conn<'_>, sha256: &str) -> Result<bool> {
    let sql = "SELECT 1 AS held FROM sources WHERE sha256 = $1
        UNION ALL SELECT 1 FROM source_recordings WHERE sha256 = $1 LIMIT 1";
    Ok(conn.one(sql, args![sha256])?.is_some())
}

/// The hashes of all bytes that sources name, for whoever looks whether they are there.
///
/// # Errors
/// As [`Conn::query`].
pub fn all_files(conn: &mut Conn<'_>) -> Result<Vec<String>> {
    conn.query("SELECT sha256 FROM sources UNION SELECT sha256 FROM source_recordings ORDER BY sha256", &[])?
        .iter()
        .map(|row| row.get("sha256"))
        .collect()
}

/// The sources that a draft's quotations rest on, the newest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_draft(conn: &mut Conn<'_>, story: &str) -> Result<Vec<SourceLine>> {
    let sql = format!(
        "SELECT {LINE} FROM {FROM} WHERE s.id IN (SELECT q.source_id FROM quotations q
             JOIN draft_quotations d ON d.quotation_id = q.id WHERE d.story_id = $1 AND q.source_id IS NOT NULL)
         ORDER BY s.captured_at DESC, s.id DESC"
    );
    conn.query(&sql, args![story])?.iter().map(read_line).collect()
}

/// Whether somebody may see a source: all do but of the confidential ones.
///
/// # Errors
/// As [`Conn::query`].
pub fn is_seen(conn: &mut Conn<'_>, id: &str, narrow: &Narrow) -> Result<bool> {
    let sql = format!("SELECT s.captured_by, c.source_id AS confidential FROM {FROM} WHERE s.id = $1");
    let Some(row) = conn.one(&sql, args![id])? else { return Ok(false) };
    let hidden = row.get::<Option<String>>("confidential")?.is_some();
    let by: String = row.get("captured_by")?;
    Ok(!hidden || narrow.seen_by.as_ref().is_none_or(|staff| *staff == by))
}

fn kind(row: &Row) -> Result<SourceKind> {
    let kind: String = row.get("kind")?;
    SourceKind::parse(&kind).ok_or_else(|| Error::internal(format!("no such kind of source: {kind}")))
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

/// Keeps the recording beside a transcript.
///
/// # Errors
/// As [`Conn::query`].
pub fn insert_recording(conn: &mut Conn<'_>, source: &str, recording: &Recording) -> Result<()> {
    conn.execute(
        "INSERT INTO source_recordings (source_id, file_name, sha256, bytes) VALUES ($1, $2, $3, $4)",
        args![source, &recording.file_name, &recording.sha256, recording.bytes],
    )?;
    Ok(())
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
    Ok(Source {
        id: row.get("id")?,
        kind: kind(row)?,
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
