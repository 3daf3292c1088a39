//! Reading one published story, and finding it by its path. The one place where [`PublishedStory`] is made.

use onrecord_base::{Conn, Result, args};
use onrecord_prose::Document;

use super::cards;
use crate::{
    Kind, Tag, address,
    published::{Article, PublishedStory, Resolved, Translation, Whereabouts},
};

/// Redirects followed before we give up: sections renamed one after the other leave chains.
const HOPS: usize = 8;

/// What stands at `path` (as the browser sent it, without query). None if nothing ever did.
///
/// # Errors
/// As [`Conn::query`].
pub fn resolve(conn: &mut Conn<'_>, path: &str) -> Result<Option<Resolved>> {
    let Some(asked) = address::normal(path) else { return Ok(None) };
    if let Some(id) = at(conn, &asked)? {
        return Ok(Some(if asked == path { Resolved::Story(id) } else { Resolved::Redirect(asked) }));
    }
    let other = address::other_slash(&asked);
    if let Some(other) = &other
        && at(conn, other)?.is_some()
    {
        return Ok(Some(Resolved::Redirect(other.clone())));
    }
    match moved(conn, &asked)? {
        Some(found) => Ok(Some(found)),
        None => other.map_or(Ok(None), |other| moved(conn, &other)),
    }
}

/// Where a published story stands, without its text: for what is asked often. None for pages.
///
/// # Errors
/// As [`Conn::query`].
pub fn whereabouts(conn: &mut Conn<'_>, id: &str) -> Result<Option<Whereabouts>> {
    let row = conn.one(
        "SELECT path, headline, section_id, language, published_at FROM publications WHERE story_id = $1 AND kind = $2",
        args![id, Kind::Story.as_str()],
    )?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Whereabouts {
        id: id.to_owned(),
        path: row.get("path")?,
        headline: row.get("headline")?,
        section_id: row.get("section_id")?,
        language: row.get("language")?,
        published_at: row.get("published_at")?,
    }))
}

/// The id of the story published at exactly this path.
fn at(conn: &mut Conn<'_>, path: &str) -> Result<Option<String>> {
    let row = conn.one("SELECT story_id FROM publications WHERE path = $1", args![path])?;
    row.map(|row| row.get("story_id")).transpose()
}

fn moved(conn: &mut Conn<'_>, path: &str) -> Result<Option<Resolved>> {
    let mut path = path.to_owned();
    for hop in 0..HOPS {
        let row = conn.one(
            "SELECT r.story_id, r.target, p.path FROM redirects r
             LEFT JOIN publications p ON p.story_id = r.story_id WHERE r.path = $1",
            args![&path],
        )?;
        let Some(row) = row else { return Ok((hop > 0).then_some(Resolved::Redirect(path))) };
        if let Some(now) = row.get::<Option<String>>("path")? {
            return Ok(Some(Resolved::Redirect(now)));
        }
        match row.get::<Option<String>>("target")? {
            Some(target) if row.get::<Option<String>>("story_id")?.is_none() => path = target,
            _ => return Ok(Some(Resolved::Gone)),
        }
    }
    Ok(None)
}

/// The published story or page with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn story(conn: &mut Conn<'_>, id: &str) -> Result<Option<PublishedStory>> {
    let row = conn.one(
        "SELECT p.*, s.slug AS section_slug, s.name AS section_name
         FROM publications p LEFT JOIN sections s ON s.id = p.section_id WHERE p.story_id = $1",
        args![id],
    )?;
    let Some(row) = row else { return Ok(None) };
    let original = row.get::<Option<String>>("translation_of")?;
    Ok(Some(PublishedStory {
        path: row.get("path")?,
        revision: row.get("revision")?,
        published_at: row.get("published_at")?,
        updated_at: row.get("updated_at")?,
        article: Article {
            id: id.to_owned(),
            kind: Kind::read(&row.get::<String>("kind")?)?,
            kicker: row.get("kicker")?,
            headline: row.get("headline")?,
            dek: row.get("dek")?,
            section: cards::section_name(&row)?,
            bylines: cards::bylines(conn, &[id])?.remove(id).unwrap_or_default(),
            dateline: row.get("dateline")?,
            tags: tags_of(conn, id)?,
            language: row.get("language")?,
            canonical: row.get("canonical")?,
            lead_picture: row.get("lead_picture")?,
            word_count: row.get("word_count")?,
            body: Document::from_json(&row.get::<String>("body")?).document,
            translations: translations(conn, id, original.as_deref())?,
            corrections: super::corrections::of_story(conn, id)?,
        },
    }))
}

fn tags_of(conn: &mut Conn<'_>, id: &str) -> Result<Vec<Tag>> {
    conn.query(
        "SELECT t.id, t.slug, t.name FROM publication_tags x JOIN tags t ON t.id = x.tag_id
         WHERE x.story_id = $1 ORDER BY x.position",
        args![id],
    )?
    .iter()
    .map(super::tags::read)
    .collect()
}

/// The published stories that say the same as `id` in other languages; `original` is what `id` itself translates.
///
/// # Errors
/// As [`Conn::query`].
pub fn translations(conn: &mut Conn<'_>, id: &str, original: Option<&str>) -> Result<Vec<Translation>> {
    conn.query(
        "SELECT story_id, language, headline, path FROM publications
         WHERE (story_id = $2 OR translation_of = $2) AND story_id <> $1 ORDER BY language, story_id",
        args![id, original.unwrap_or(id)],
    )?
    .iter()
    .map(|row| {
        Ok(Translation {
            id: row.get("story_id")?,
            language: row.get("language")?,
            headline: row.get("headline")?,
            path: row.get("path")?,
        })
    })
    .collect()
}
