//! Writing the publication tables: the only place that puts something before readers, or takes it away.

use std::collections::BTreeSet;

use onrecord_base::{Conn, Error, Result, Time, args};

use super::addresses;
use crate::{Draft, Kind, NewTag, Tag};

/// What is published, of what, where and when.
pub(crate) struct New<'a> {
    /// The draft; its `version` is the revision that is published.
    pub draft: &'a Draft,
    pub path: &'a str,
    pub published_at: Time,
    pub updated_at: Option<Time>,
    pub by: Option<&'a str>,
    pub tags: &'a [Tag],
}

/// The lists a publication stands in, as subjects of the log.
type Lists = BTreeSet<String>;

/// Publishes, or replaces what is published, and says so in the log.
pub(crate) fn put(conn: &mut Conn<'_>, new: &New<'_>, now: Time) -> Result<()> {
    let id = &new.draft.id;
    let before = current(conn, id)?;
    let lists_before = lists(conn, id, before.as_ref())?;
    clear(conn, id)?;
    insert(conn, new, before.is_some())?;
    conn.execute(
        "UPDATE stories SET path = $2, path_of = $3, first_published_at = coalesce(first_published_at, $4)
         WHERE id = $1",
        args![id, new.path, addresses::made_of(&new.draft.content), new.published_at],
    )?;
    if let Some(before) = &before
        && before.path != new.path
    {
        addresses::remember(conn, &before.path, id)?;
    }
    addresses::forget(conn, new.path)?;
    let after = current(conn, id)?;
    let lists_after = lists(conn, id, after.as_ref())?;
    log(conn, new.draft.kind, id, now)?;
    let moved = before.as_ref().is_none_or(|before| before.published_at != new.published_at);
    let changed: Vec<&String> = match moved {
        true => lists_before.union(&lists_after).collect(),
        false => lists_before.symmetric_difference(&lists_after).collect(),
    };
    for list in changed {
        conn.changed("list", list, now)?;
    }
    if before.is_some() {
        conn.changed("list", "modified", now)?;
    }
    for original in [before.and_then(|b| b.original), new.draft.content.translation_of.clone()].into_iter().flatten() {
        log_translations(conn, id, Some(&original), now)?;
    }
    log_translations(conn, id, None, now)
}

/// Takes a publication away; its address stays its own. False if there is none.
pub(crate) fn remove(conn: &mut Conn<'_>, kind: Kind, id: &str, now: Time) -> Result<bool> {
    let Some(before) = current(conn, id)? else { return Ok(false) };
    let lists = lists(conn, id, Some(&before))?;
    log_translations(conn, id, before.original.as_deref(), now)?;
    clear(conn, id)?;
    conn.execute("DELETE FROM publications WHERE story_id = $1", args![id])?;
    addresses::remember(conn, &before.path, id)?;
    if conn.execute("DELETE FROM front_pins WHERE story_id = $1", args![id])? > 0 {
        conn.changed("front", "pins", now)?;
    }
    log(conn, kind, id, now)?;
    for list in lists {
        conn.changed("list", &list, now)?;
    }
    Ok(true)
}

struct Current {
    path: String,
    published_at: Time,
    section: Option<String>,
    original: Option<String>,
    kind: Kind,
}

fn current(conn: &mut Conn<'_>, id: &str) -> Result<Option<Current>> {
    let row = conn.one(
        "SELECT path, published_at, section_id, translation_of, kind FROM publications WHERE story_id = $1",
        args![id],
    )?;
    row.map(|row| {
        Ok(Current {
            path: row.get("path")?,
            published_at: row.get("published_at")?,
            section: row.get("section_id")?,
            original: row.get("translation_of")?,
            kind: Kind::read(&row.get::<String>("kind")?)?,
        })
    })
    .transpose()
}

fn lists(conn: &mut Conn<'_>, id: &str, current: Option<&Current>) -> Result<Lists> {
    let mut lists = Lists::new();
    let Some(current) = current.filter(|current| current.kind == Kind::Story) else { return Ok(lists) };
    lists.insert("all".into());
    lists.extend(current.section.iter().map(|section| format!("section/{section}")));
    for row in conn.query("SELECT author_id FROM publication_bylines WHERE story_id = $1", args![id])? {
        lists.extend(row.get::<Option<String>>("author_id")?.map(|author| format!("author/{author}")));
    }
    for row in conn.query("SELECT tag_id FROM publication_tags WHERE story_id = $1", args![id])? {
        lists.insert(format!("tag/{}", row.get::<String>("tag_id")?));
    }
    Ok(lists)
}

fn log(conn: &mut Conn<'_>, kind: Kind, id: &str, now: Time) -> Result<()> {
    conn.changed("story", id, now)?;
    match kind {
        Kind::Page => conn.changed("page", id, now),
        Kind::Story => Ok(()),
    }
}

/// The stories that name this one as a translation show something else now.
fn log_translations(conn: &mut Conn<'_>, id: &str, original: Option<&str>, now: Time) -> Result<()> {
    for translation in super::published::translations(conn, id, original)? {
        conn.changed("story", &translation.id, now)?;
    }
    Ok(())
}

fn clear(conn: &mut Conn<'_>, id: &str) -> Result<()> {
    conn.execute("DELETE FROM publication_bylines WHERE story_id = $1", args![id])?;
    conn.execute("DELETE FROM publication_tags WHERE story_id = $1", args![id])?;
    conn.execute("DELETE FROM publication_pictures WHERE story_id = $1", args![id])?;
    Ok(())
}

/// Writes the rows of a publication, without the log and without remembering the address.
pub(crate) fn insert(conn: &mut Conn<'_>, new: &New<'_>, replace: bool) -> Result<()> {
    let (draft, content) = (new.draft, &new.draft.content);
    let section = content.section.as_deref().filter(|_| draft.kind == Kind::Story);
    if replace {
        conn.execute("DELETE FROM publications WHERE story_id = $1", args![&draft.id])?;
    }
    conn.execute(
        "INSERT INTO publications (story_id, kind, path, revision, section_id, published_at, updated_at, language,
            translation_of, slug, kicker, headline, dek, dateline, lead_picture, canonical, word_count, published_by,
            body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        args![
            &draft.id,
            draft.kind.as_str(),
            new.path,
            draft.version,
            section,
            new.published_at,
            new.updated_at,
            &content.language,
            content.translation_of.as_deref(),
            content.effective_slug(),
            &content.kicker,
            &content.headline,
            &content.dek,
            &content.dateline,
            content.lead_picture.as_deref(),
            content.canonical.as_deref(),
            content.body.words(),
            new.by,
            content.body.to_json()
        ],
    )
    .map_err(|e| e.on_unique("publications_path", "slug", "stories-address-taken"))?;
    insert_names(conn, new)
}

fn insert_names(conn: &mut Conn<'_>, new: &New<'_>) -> Result<()> {
    let id = &new.draft.id;
    if new.draft.kind == Kind::Story {
        for (position, byline) in new.draft.content.bylines.iter().enumerate() {
            conn.execute(
                "INSERT INTO publication_bylines (story_id, position, author_id, name, published_at)
                 VALUES ($1, $2, $3, $4, $5)",
                args![id, position, byline.author.as_deref(), &byline.name, new.published_at],
            )?;
        }
        for (position, tag) in new.tags.iter().enumerate() {
            conn.execute(
                "INSERT INTO publication_tags (story_id, position, tag_id, published_at)
                 VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                args![id, position, &tag.id, new.published_at],
            )?;
        }
    }
    for picture in new.draft.content.body.pictures().filter_map(|picture| picture.picture.as_deref()) {
        conn.execute(
            "INSERT INTO publication_pictures (story_id, picture) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            args![id, picture],
        )?;
    }
    Ok(())
}

/// The tags that a story's names mean; those that are not there are made. Names without letters and digits are none.
pub(crate) fn tags(conn: &mut Conn<'_>, names: &[String], ids: &dyn Fn() -> String, now: Time) -> Result<Vec<Tag>> {
    let mut tags: Vec<Tag> = Vec::new();
    for name in names {
        let new = NewTag { name: name.clone(), slug: String::new() };
        match super::tags::find_or_create(conn, &ids(), new, now) {
            Ok(tag) if tags.iter().any(|other| other.id == tag.id) => {}
            Ok(tag) => tags.push(tag),
            Err(Error::Invalid(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(tags)
}
