//! Giving a story its address, and remembering those it had.

use jiff::tz::TimeZone;
use onrecord_base::{Conn, Error, Result, Settings, Time, args};

use crate::{Content, Draft, Kind, address};

/// Where a story will stand when it is published at `published_at`, checked: not one of ours, not somebody else's.
///
/// # Errors
/// `Error::Invalid` with a message at `slug`.
pub fn choose(conn: &mut Conn<'_>, settings: &Settings, draft: &Draft, published_at: Time) -> Result<String> {
    if let Some(path) = kept(conn, draft)?
        && !is_taken(conn, &path, &draft.id)?
    {
        return Ok(path);
    }
    let path = build(conn, settings, draft, published_at)?;
    if address::is_reserved(&path) {
        return Err(Error::field("slug", "stories-address-reserved"));
    }
    match is_taken(conn, &path, &draft.id)? {
        true => Err(Error::field("slug", "stories-address-taken")),
        false => Ok(path),
    }
}

/// Where a story stands or would stand, unchecked: for showing it while it is written. None while there is nothing to
/// make an address of.
///
/// # Errors
/// As [`Conn::query`].
pub fn shown(conn: &mut Conn<'_>, settings: &Settings, draft: &Draft, published_at: Time) -> Result<Option<String>> {
    if let Some(path) = kept(conn, draft)? {
        return Ok(Some(path));
    }
    match build(conn, settings, draft, published_at) {
        Ok(path) => Ok(Some(path)),
        Err(Error::Invalid(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The address it got when it was published, as long as what that was made of is the same: a section's new slug or
/// another pattern move no story.
fn kept(conn: &mut Conn<'_>, draft: &Draft) -> Result<Option<String>> {
    let had = conn.one("SELECT path, path_of FROM stories WHERE id = $1", args![&draft.id])?;
    let Some(row) = had else { return Ok(None) };
    let same = row.get::<Option<String>>("path_of")?.is_some_and(|of| of == made_of(&draft.content));
    if same { row.get("path") } else { Ok(None) }
}

/// Where it would stand if it had no address yet, unchecked.
///
/// # Errors
/// `Error::Invalid` if there is nothing to make an address of.
pub(crate) fn build(conn: &mut Conn<'_>, settings: &Settings, draft: &Draft, published_at: Time) -> Result<String> {
    let slug = draft.content.effective_slug();
    if slug.is_empty() {
        return Err(Error::field("slug", "stories-slug-empty"));
    }
    let section = match &draft.content.section {
        Some(id) => super::sections::find(conn, id)?,
        None => None,
    };
    let pattern = match draft.kind {
        Kind::Story => settings.url_pattern.as_str(),
        Kind::Page => "/{slug}",
    };
    let parts = address::Parts {
        section: section.as_ref().map(|section| section.slug.as_str()),
        slug: &slug,
        id: &draft.id,
        published_at,
    };
    let zone: TimeZone = settings.zone();
    address::build(pattern, parts, &zone).ok_or_else(|| Error::field("slug", "stories-slug-empty"))
}

/// What an address was made of: as long as this stays, the address stays, whatever the pattern is by then.
pub(crate) fn made_of(content: &Content) -> String {
    format!("{}/{}", content.section.as_deref().unwrap_or_default(), content.effective_slug())
}

/// True if another story stands there, or stood there once, or a section does.
pub(crate) fn is_taken(conn: &mut Conn<'_>, path: &str, story: &str) -> Result<bool> {
    let other = address::other_slash(path).unwrap_or_default();
    let taken = conn.one(
        "SELECT 1 AS n FROM publications WHERE path IN ($1, $2) AND story_id <> $3
         UNION ALL SELECT 1 FROM redirects WHERE path IN ($1, $2) AND (story_id IS NULL OR story_id <> $3) LIMIT 1",
        args![path, &other, story],
    )?;
    if taken.is_some() {
        return Ok(true);
    }
    match path.trim_matches('/') {
        one if one.contains('/') => Ok(false),
        one => Ok(super::sections::by_slug(conn, &address::readable(one))?.is_some()),
    }
}

/// Leads an address to a story, wherever it stands: an address of before an import, or one it had here.
///
/// # Errors
/// `Error::Invalid` if it is none, is one of ours, or belongs to something else.
pub fn lead(conn: &mut Conn<'_>, path: &str, story: &str) -> Result<()> {
    let path = address::normal(path).ok_or_else(|| Error::field("path", "stories-address-wrong"))?;
    if address::is_reserved(&path) {
        return Err(Error::field("path", "stories-address-reserved"));
    }
    if is_taken(conn, &path, story)? {
        return Err(Error::field("path", "stories-address-taken"));
    }
    remember(conn, &path, story)
}

/// Leads an address of before an import to a list or feed of ours. Does nothing where something stands already, and for
/// addresses that are none or our own.
///
/// # Errors
/// As [`Conn::query`].
pub fn lead_to(conn: &mut Conn<'_>, path: &str, target: &str) -> Result<()> {
    let Some(path) = address::normal(path) else { return Ok(()) };
    if address::is_reserved(&path) || path == target || is_taken(conn, &path, "")? {
        return Ok(());
    }
    conn.execute(
        "INSERT INTO redirects (path, target) VALUES ($1, $2) ON CONFLICT (path) DO NOTHING",
        args![path, target],
    )?;
    Ok(())
}

pub(crate) fn remember(conn: &mut Conn<'_>, path: &str, story: &str) -> Result<()> {
    conn.execute(
        "INSERT INTO redirects (path, story_id) VALUES ($1, $2)
         ON CONFLICT (path) DO UPDATE SET story_id = excluded.story_id, target = NULL",
        args![path, story],
    )?;
    Ok(())
}

pub(crate) fn forget(conn: &mut Conn<'_>, path: &str) -> Result<()> {
    conn.execute("DELETE FROM redirects WHERE path = $1", args![path])?;
    Ok(())
}
