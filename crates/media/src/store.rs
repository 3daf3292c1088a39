//! The tables of pictures and renditions.

use std::collections::HashMap;

use onrecord_base::{
    Conn, Error, Result, Row, Time, args,
    db::sql::{like, places, values},
};

use crate::{Credits, Format, Kept, NewPicture, Picture, Rendition};

/// Pictures on one page of the library.
pub const PAGE: usize = 48;
/// Ids in one statement; PostgreSQL takes 65,535 arguments, SQLite 32,766.
const MANY: usize = 500;

const COLUMNS: &str = "id, sha256, format, bytes, width, height, alt, caption, agency, photographer, licence, terms, \
                       file_name, uploaded_by, created_at";

/// The picture with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Picture>> {
    Ok(find_many(conn, &[id])?.into_values().next())
}

/// The pictures with these ids, by id; those that are not there are left out.
///
/// # Errors
/// As [`Conn::query`].
pub fn find_many(conn: &mut Conn<'_>, ids: &[impl AsRef<str>]) -> Result<HashMap<String, Picture>> {
    let mut found = HashMap::new();
    for ids in ids.chunks(MANY) {
        let args = values(ids.iter().map(AsRef::as_ref));
        let places = places(1, args.len());
        let rows = conn.query(&format!("SELECT {COLUMNS} FROM pictures WHERE id IN ({places})"), &args)?;
        for picture in read_all(conn, &rows)? {
            found.insert(picture.id.clone(), picture);
        }
    }
    Ok(found)
}

/// The picture made of these bytes.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_hash(conn: &mut Conn<'_>, sha256: &str) -> Result<Option<Picture>> {
    let rows = conn.query(&format!("SELECT {COLUMNS} FROM pictures WHERE sha256 = $1"), args![sha256])?;
    Ok(read_all(conn, &rows)?.pop())
}

/// Pictures whose texts or file name hold `words`, newest first, older than the picture `before`: at most [`PAGE`],
/// and whether there are more.
///
/// # Errors
/// As [`Conn::query`].
pub fn list(conn: &mut Conn<'_>, words: &str, before: Option<&str>) -> Result<(Vec<Picture>, bool)> {
    let mut rows = conn.query(
        &format!(
            "SELECT {COLUMNS} FROM pictures
             WHERE lower(alt || ' ' || caption || ' ' || agency || ' ' || photographer || ' ' || file_name)
                 LIKE $1 ESCAPE '\\' AND ($2 = '' OR id < $2)
             ORDER BY id DESC LIMIT $3"
        ),
        args![like(words), before.unwrap_or_default(), PAGE + 1],
    )?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    Ok((read_all(conn, &rows)?, more))
}

/// The files that must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllFiles {
    /// Hashes and formats of the originals.
    pub originals: Vec<(String, String)>,
    /// Hashes and formats of the renditions.
    pub renditions: Vec<(String, Format)>,
}

/// All files that pictures need.
///
/// # Errors
/// As [`Conn::query`].
pub fn all_files(conn: &mut Conn<'_>) -> Result<AllFiles> {
    let originals = conn
        .query("SELECT sha256, format FROM pictures ORDER BY sha256", &[])?
        .iter()
        .map(|row| Ok((row.get("sha256")?, row.get("format")?)))
        .collect::<Result<_>>()?;
    let renditions = conn
        .query("SELECT DISTINCT sha256, format FROM renditions ORDER BY sha256", &[])?
        .iter()
        .map(|row| Ok((row.get("sha256")?, format(row)?)))
        .collect::<Result<_>>()?;
    Ok(AllFiles { originals, renditions })
}

/// Adds a picture whose files are on disk; if somebody was faster with the same bytes, gives theirs.
///
/// # Errors
/// `Error::Invalid` for texts that are too long.
pub fn add(conn: &mut Conn<'_>, id: &str, kept: &Kept, new: &NewPicture, now: Time) -> Result<Picture> {
    let new = new.clone().tidied()?;
    let added = conn.execute(
        "INSERT INTO pictures (id, sha256, format, bytes, width, height, alt, caption, agency, photographer, licence, terms,
             file_name, uploaded_by, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)
         ON CONFLICT (sha256) DO NOTHING",
        args![
            id,
            &kept.sha256,
            kept.format,
            kept.bytes,
            kept.width,
            kept.height,
            &new.alt,
            &new.caption,
            &new.agency,
            &new.photographer,
            &new.licence,
            &new.terms,
            &new.file_name,
            new.uploaded_by.as_ref(),
            now,
        ],
    )?;
    if added == 1 {
        add_renditions(conn, id, kept)?;
        conn.changed("picture", id, now)?;
    }
    let picture = by_hash(conn, &kept.sha256)?.ok_or_else(|| Error::internal("a picture vanished as it was added"))?;
    if added == 1 { Ok(picture) } else { fill_in(conn, picture, &new.credits(), now) }
}

/// Replaces the renditions of a picture. Files of the old ones stay: what was published elsewhere names them.
///
/// # Errors
/// As [`Conn::query`].
pub fn renew(conn: &mut Conn<'_>, id: &str, kept: &Kept, now: Time) -> Result<()> {
    conn.execute("DELETE FROM renditions WHERE picture_id = $1", args![id])?;
    add_renditions(conn, id, kept)?;
    conn.changed("picture", id, now)
}

fn add_renditions(conn: &mut Conn<'_>, id: &str, kept: &Kept) -> Result<()> {
    for Rendition { format, width, height, sha256 } in &kept.renditions {
        conn.execute(
            "INSERT INTO renditions (picture_id, format, width, height, sha256) VALUES ($1, $2, $3, $4, $5)",
            args![id, format.name(), *width, *height, sha256],
        )?;
    }
    Ok(())
}

/// At most `most` pictures that have no WebP, by id, from behind the picture `after`.
///
/// # Errors
/// As [`Conn::query`].
pub fn without_webps(conn: &mut Conn<'_>, after: &str, most: usize) -> Result<Vec<Picture>> {
    let rows = conn.query(
        &format!(
            "SELECT {COLUMNS} FROM pictures
             WHERE id > $1 AND NOT EXISTS (SELECT 1 FROM renditions WHERE picture_id = pictures.id AND format = $2)
             ORDER BY id LIMIT $3"
        ),
        args![after, Format::WebP.name(), most],
    )?;
    read_all(conn, &rows)
}

/// Puts `credits` where the picture has none.
///
/// # Errors
/// As [`Conn::query`].
pub fn fill_in(conn: &mut Conn<'_>, picture: Picture, credits: &Credits, now: Time) -> Result<Picture> {
    let filled = picture.credits().or(credits);
    if filled == picture.credits() {
        return Ok(picture);
    }
    describe(conn, &picture.id, &filled, now)?;
    let Credits { alt, caption, agency, photographer, licence, terms } = filled;
    Ok(Picture { alt, caption, agency, photographer, licence, terms, ..picture })
}

/// Replaces what the newsroom says about a picture.
///
/// # Errors
/// `Error::NotFound` if there is no such picture.
pub fn describe(conn: &mut Conn<'_>, id: &str, credits: &Credits, now: Time) -> Result<()> {
    let changed = conn.execute(
        "UPDATE pictures SET alt = $1, caption = $2, agency = $3, photographer = $4, licence = $5, terms = $6,
             updated_at = $7 WHERE id = $8",
        args![
            &credits.alt,
            &credits.caption,
            &credits.agency,
            &credits.photographer,
            &credits.licence,
            &credits.terms,
            now,
            id
        ],
    )?;
    match changed {
        0 => Err(Error::NotFound),
        _ => conn.changed("picture", id, now),
    }
}

fn read_all(conn: &mut Conn<'_>, rows: &[Row]) -> Result<Vec<Picture>> {
    let mut pictures = rows.iter().map(read).collect::<Result<Vec<Picture>>>()?;
    let args = values(pictures.iter().map(|picture| picture.id.as_str()));
    if args.is_empty() {
        return Ok(pictures);
    }
    let sql = format!(
        "SELECT picture_id, format, width, height, sha256 FROM renditions WHERE picture_id IN ({}) ORDER BY width",
        places(1, args.len())
    );
    let mut renditions: HashMap<String, Vec<Rendition>> = HashMap::new();
    for row in conn.query(&sql, &args)? {
        renditions.entry(row.get("picture_id")?).or_default().push(Rendition {
            format: format(&row)?,
            width: number(&row, "width")?,
            height: number(&row, "height")?,
            sha256: row.get("sha256")?,
        });
    }
    for picture in &mut pictures {
        picture.renditions = renditions.remove(&picture.id).unwrap_or_default();
    }
    Ok(pictures)
}

fn read(row: &Row) -> Result<Picture> {
    Ok(Picture {
        id: row.get("id")?,
        sha256: row.get("sha256")?,
        format: row.get("format")?,
        bytes: u64::try_from(row.get::<i64>("bytes")?).unwrap_or(0),
        width: number(row, "width")?,
        height: number(row, "height")?,
        alt: row.get("alt")?,
        caption: row.get("caption")?,
        agency: row.get("agency")?,
        photographer: row.get("photographer")?,
        licence: row.get("licence")?,
        terms: row.get("terms")?,
        file_name: row.get("file_name")?,
        uploaded_by: row.get("uploaded_by")?,
        created_at: row.get("created_at")?,
        renditions: Vec::new(),
    })
}

fn format(row: &Row) -> Result<Format> {
    let name: String = row.get("format")?;
    let known = Format::ALL.into_iter().find(|format| format.name() == name);
    known.ok_or_else(|| Error::internal(format!("no rendition is written as {name}")))
}

fn number(row: &Row, column: &str) -> Result<u32> {
    Ok(u32::try_from(row.get::<i64>(column)?).unwrap_or(0))
}
