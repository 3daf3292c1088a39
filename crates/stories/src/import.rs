//! Bringing stories in from elsewhere, thousands in a transaction.
//!
//! Dates, addresses and what is published come from the import; the checks before publication are not asked, since what
//! was public elsewhere already is. The log of changes gets one line for a whole batch: call [`done`] in each
//! transaction that wrote.

use onrecord_base::{Conn, Error, Result, Settings, Time};

use crate::{
    Content, Draft, Kind, Tag, address, slug,
    store::{
        addresses, drafts,
        publications::{self, New},
        revisions::Mark,
    },
};

/// A story from elsewhere.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Its id here: a fresh one.
    pub id: String,
    /// Story or page.
    pub kind: Kind,
    /// What it says. Section, authors and lead picture are ids from here; the tags' names are taken from `tags`.
    pub content: Content,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// When it was begun there.
    pub created_at: Time,
    /// When it was last changed there.
    pub changed_at: Time,
    /// What becomes of it here.
    pub standing: Standing,
}

/// What becomes of an imported story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It stays a draft.
    Draft,
    /// It is published.
    Published {
        /// Its address there, to be kept; none to make one by the newsroom's pattern.
        path: Option<String>,
        /// When it was published there.
        at: Time,
    },
}

/// What an import got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where the story stands, if it is published.
    pub path: Option<String>,
    /// True if the address it had could not be kept, because it is one of ours or another story stands there.
    pub moved: bool,
}

/// Keeps one story. Fast enough for thousands in one transaction.
///
/// # Errors
/// `Error::Invalid` if a field does not fit (see [`Content::checked`]); `Error::Unique` if the id is taken.
pub fn keep(conn: &mut Conn<'_>, settings: &Settings, imported: Imported) -> Result<Kept> {
    let Imported { id, kind, mut content, tags, created_at, changed_at, standing } = imported;
    content.tags = tags.iter().map(|tag| tag.name.clone()).collect();
    if content.slug.is_empty() {
        content.slug = slug::from_text(&content.headline);
    }
    if content.slug.is_empty() {
        content.slug = format!("story-{}", id.rsplit('-').next().unwrap_or(&id));
    }
    let mut draft = Draft {
        id,
        kind,
        created_at,
        created_by: None,
        version: 1,
        saved_at: changed_at.max(created_at),
        saved_by: None,
        content: content.checked(settings.language())?,
    };
    let place = match &standing {
        Standing::Draft => None,
        Standing::Published { path, at } => Some((place(conn, settings, &mut draft, path.as_deref(), *at)?, *at)),
    };
    let new = drafts::New {
        id: &draft.id,
        kind,
        content: &draft.content,
        by: None,
        created_at,
        saved_at: draft.saved_at,
        mark: Some(Mark::Imported),
        place: place.as_ref().map(|((path, _), at)| (path.as_str(), *at)),
    };
    drafts::insert(conn, &new)?;
    let Some(((path, moved), at)) = place else { return Ok(Kept { path: None, moved: false }) };
    let updated_at = Some(changed_at).filter(|changed| *changed > at);
    let new = New { draft: &draft, path: &path, published_at: at, updated_at, by: None, tags: &tags };
    publications::insert(conn, &new, false)?;
    Ok(Kept { path: Some(path), moved })
}

/// The event after an import, for areas that read what was published in their own time.
pub const IMPORTED: &str = "stories.imported";

/// Says in the log that everything may have changed, and tells the areas ahead; once in each transaction that called
/// [`keep`].
///
/// # Errors
/// As [`Conn::query`].
pub fn done(conn: &mut Conn<'_>, now: Time) -> Result<()> {
    conn.emit(IMPORTED, &(), now)?;
    conn.changed("all", "import", now)
}

/// The address it had, if it is free; else one of ours, with a number where another stands already.
fn place(
    conn: &mut Conn<'_>,
    settings: &Settings,
    draft: &mut Draft,
    had: Option<&str>,
    at: Time,
) -> Result<(String, bool)> {
    if let Some(path) = had.and_then(address::normal)
        && !address::is_reserved(&path)
        && !addresses::is_taken(conn, &path, &draft.id)?
    {
        return Ok((path, false));
    }
    let wanted = draft.content.slug.clone();
    let mut built = String::new();
    slug::free(&wanted, |slug| -> Result<bool> {
        draft.content.slug = slug.to_owned();
        built = addresses::build(conn, settings, draft, at)?;
        Ok(address::is_reserved(&built) || addresses::is_taken(conn, &built, &draft.id)?)
    })?;
    match built.is_empty() {
        true => Err(Error::internal("an imported story got no address")),
        false => Ok((built, had.is_some())),
    }
}
