//! Drafts: the desk's side of a story. Every save is optimistic: it names the version it was made from.

use onrecord_base::{Conn, Error, Result, Row, Time, args};

use super::revisions::{self, Mark};
use crate::{Content, Draft, Kind};

/// A save that came to its end.
#[derive(Debug, Clone, PartialEq)]
pub enum Saved {
    /// Kept as this version (the old one if nothing was different).
    Kept(i64),
    /// Somebody else saved meanwhile: what stands now. Nothing was written.
    Stale(Box<Draft>),
}

/// How a save came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By itself while somebody writes: revisions of one person within a few minutes become one.
    Auto,
    /// Somebody asked for it.
    Asked,
}

/// Begins a story.
///
/// # Errors
/// As [`Conn::query`].
pub fn create(conn: &mut Conn<'_>, id: &str, kind: Kind, content: &Content, by: Option<&str>, now: Time) -> Result<()> {
    insert(conn, &New { id, kind, content, by, created_at: now, saved_at: now, mark: None, place: None })
}

pub(crate) struct New<'a> {
    pub id: &'a str,
    pub kind: Kind,
    pub content: &'a Content,
    pub by: Option<&'a str>,
    pub created_at: Time,
    pub saved_at: Time,
    pub mark: Option<Mark>,
    /// Where it is published in the same transaction, and since when.
    pub place: Option<(&'a str, Time)>,
}

pub(crate) fn insert(conn: &mut Conn<'_>, new: &New<'_>) -> Result<()> {
    let content = new.content;
    conn.execute(
        "INSERT INTO stories (id, kind, created_at, created_by, version, saved_at, saved_by, headline, section_id,
            language, words, path, path_of, first_published_at)
         VALUES ($1, $2, $3, $4, 1, $5, $4, $6, $7, $8, $9, $10, $11, $12)",
        args![
            new.id,
            new.kind.as_str(),
            new.created_at,
            new.by,
            new.saved_at,
            &content.headline,
            content.section.as_deref(),
            &content.language,
            content.search_words(),
            new.place.map(|(path, _)| path),
            new.place.map(|_| super::addresses::made_of(content)),
            new.place.map(|(_, since)| since)
        ],
    )?;
    insert_bylines(conn, new.id, content)?;
    revisions::insert(conn, new.id, 1, new.saved_at, new.by, new.mark, &content.to_json()?)
}

/// The draft of a story.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Draft>> {
    let row = conn.one(
        "SELECT s.*, r.content FROM stories s
         JOIN story_revisions r ON r.story_id = s.id AND r.number = s.version WHERE s.id = $1",
        args![id],
    )?;
    let Some(row) = row else { return Ok(None) };
    let mut draft = read(&row)?;
    refresh_names(conn, &mut draft.content)?;
    Ok(Some(draft))
}

/// As [`find`], for what must be there.
///
/// # Errors
/// `Error::NotFound`.
pub fn get(conn: &mut Conn<'_>, id: &str) -> Result<Draft> {
    find(conn, id)?.ok_or(Error::NotFound)
}

/// Saves a draft that was made from version `base`.
///
/// # Errors
/// `Error::NotFound`; `Error::TooLarge`.
pub fn save(
    conn: &mut Conn<'_>,
    id: &str,
    base: i64,
    mut content: Content,
    how: How,
    by: Option<&str>,
    now: Time,
) -> Result<Saved> {
    super::lock(conn, id)?;
    let current = get(conn, id)?;
    if current.version != base {
        return Ok(Saved::Stale(Box::new(current)));
    }
    link_names(conn, &mut content)?;
    if content == current.content {
        return Ok(Saved::Kept(base));
    }
    let mark = (how == How::Asked).then_some(Mark::Saved);
    write(conn, id, base, &content, mark, by, now).map(Saved::Kept)
}

/// Writes the next version over `base`; the caller holds the story's lock and knows that `base` is current.
pub(crate) fn write(
    conn: &mut Conn<'_>,
    id: &str,
    base: i64,
    content: &Content,
    mark: Option<Mark>,
    by: Option<&str>,
    now: Time,
) -> Result<i64> {
    let json = content.to_json()?;
    let version = base + 1;
    conn.execute(
        "UPDATE stories SET version = $2, saved_at = $3, saved_by = $4, headline = $5, section_id = $6,
            language = $7, words = $8 WHERE id = $1",
        args![
            id,
            version,
            now,
            by,
            &content.headline,
            content.section.as_deref(),
            &content.language,
            content.search_words()
        ],
    )?;
    write_bylines(conn, id, content)?;
    if mark.is_none() && revisions::extend(conn, id, base, version, by, now, &json)? {
        return Ok(version);
    }
    revisions::insert(conn, id, version, now, by, mark, &json)?;
    Ok(version)
}

/// Says who wrote it, as far as those are authors: by this the desk's list finds a person's stories.
fn write_bylines(conn: &mut Conn<'_>, id: &str, content: &Content) -> Result<()> {
    conn.execute("DELETE FROM story_bylines WHERE story_id = $1", args![id])?;
    insert_bylines(conn, id, content)
}

fn insert_bylines(conn: &mut Conn<'_>, id: &str, content: &Content) -> Result<()> {
    for author in content.bylines.iter().filter_map(|byline| byline.author.as_deref()) {
        conn.execute(
            "INSERT INTO story_bylines (story_id, author_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            args![id, author],
        )?;
    }
    Ok(())
}

/// Finds the author of each byline, and drops sections and originals that are not there.
pub(crate) fn link_names(conn: &mut Conn<'_>, content: &mut Content) -> Result<()> {
    for byline in &mut content.bylines {
        let author = super::authors::named(conn, &byline.name)?;
        byline.author = author.as_ref().map(|author| author.id.clone());
        byline.name = author.map_or_else(|| std::mem::take(&mut byline.name), |author| author.name);
    }
    if let Some(section) = &content.section
        && super::sections::find(conn, section)?.is_none()
    {
        content.section = None;
    }
    Ok(())
}

/// Authors may have been renamed since; their own name is shown and saved.
fn refresh_names(conn: &mut Conn<'_>, content: &mut Content) -> Result<()> {
    for byline in &mut content.bylines {
        let Some(id) = &byline.author else { continue };
        match super::authors::find(conn, id)? {
            Some(author) => byline.name = author.name,
            None => byline.author = None,
        }
    }
    Ok(())
}

fn read(row: &Row) -> Result<Draft> {
    Ok(Draft {
        id: row.get("id")?,
        kind: Kind::read(&row.get::<String>("kind")?)?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
        version: row.get("version")?,
        saved_at: row.get("saved_at")?,
        saved_by: row.get("saved_by")?,
        content: Content::from_json(&row.get::<String>("content")?)?,
    })
}

/// When a story was published for the first time, if it ever was.
pub(crate) fn first_published_at(conn: &mut Conn<'_>, id: &str) -> Result<Option<Time>> {
    let row = conn.one("SELECT first_published_at FROM stories WHERE id = $1", args![id])?;
    row.ok_or(Error::NotFound)?.get("first_published_at")
}
