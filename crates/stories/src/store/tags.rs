//! Tags. Drafts keep tags by name; a tag comes to be when a story that names it is published.

use onrecord_base::{Conn, Error, Result, Row, Time, args, db::sql::like};

use super::{fold, sections::moved};
use crate::{NewTag, Tag, address, slug};

/// The most tags listed at once: imported sites bring thousands.
pub const MOST: usize = 10_000;

/// All tags by name.
///
/// # Errors
/// As [`Conn::query`].
pub fn all(conn: &mut Conn<'_>) -> Result<Vec<Tag>> {
    conn.query("SELECT id, slug, name FROM tags ORDER BY folded, id LIMIT $1", args![MOST])?.iter().map(read).collect()
}

/// Tags by name, with how many published stories carry each.
///
/// # Errors
/// As [`Conn::query`].
pub fn all_with_use(conn: &mut Conn<'_>, words: &str, offset: usize, limit: usize) -> Result<Vec<(Tag, i64)>> {
    conn.query(
        "SELECT t.id, t.slug, t.name, (SELECT count(*) FROM publication_tags x WHERE x.tag_id = t.id) AS published
         FROM tags t WHERE $1 = '' OR t.folded LIKE $2 ESCAPE '\\'
         ORDER BY t.folded, t.id LIMIT $3 OFFSET $4",
        args![words, like(words), limit, offset],
    )?
    .iter()
    .map(|row| Ok((read(row)?, row.get("published")?)))
    .collect()
}

/// The tag with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Tag>> {
    conn.one("SELECT id, slug, name FROM tags WHERE id = $1", args![id])?.as_ref().map(read).transpose()
}

/// The tag at `/tags/SLUG`.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_slug(conn: &mut Conn<'_>, slug: &str) -> Result<Option<Tag>> {
    conn.one("SELECT id, slug, name FROM tags WHERE slug = $1", args![slug])?.as_ref().map(read).transpose()
}

/// Makes a tag.
///
/// # Errors
/// `Error::Invalid` if a field is wrong or the slug is taken.
pub fn create(conn: &mut Conn<'_>, id: &str, new: NewTag, now: Time) -> Result<Tag> {
    let new = new.checked()?;
    conn.execute(
        "INSERT INTO tags (id, slug, name, folded) VALUES ($1, $2, $3, $4)",
        args![id, &new.slug, &new.name, fold(&new.name)],
    )
    .map_err(|e| e.on_unique("tags_slug", "slug", "stories-slug-taken"))?;
    conn.execute("DELETE FROM redirects WHERE path = $1", args![path_of(&new.slug)])?;
    conn.changed("tag", id, now)?;
    Ok(Tag { id: id.to_owned(), slug: new.slug, name: new.name })
}

/// The tag that a name means: by name, by slug, or by what a renamed or merged tag was called before.
///
/// # Errors
/// As [`Conn::query`].
pub fn named(conn: &mut Conn<'_>, name: &str) -> Result<Option<Tag>> {
    let row = conn.one("SELECT id, slug, name FROM tags WHERE folded = $1 ORDER BY id LIMIT 1", args![fold(name)])?;
    match row {
        Some(row) => read(&row).map(Some),
        None => at(conn, &slug::from_text(name)),
    }
}

fn at(conn: &mut Conn<'_>, slug: &str) -> Result<Option<Tag>> {
    if let Some(found) = by_slug(conn, slug)? {
        return Ok(Some(found));
    }
    let renamed = conn.one(
        "SELECT t.id, t.slug, t.name FROM tag_aliases a JOIN tags t ON t.id = a.tag_id WHERE a.slug = $1",
        args![slug],
    )?;
    renamed.as_ref().map(read).transpose()
}

/// The tag with this slug (or, without one, this name), under its new name if it was renamed or merged; made if it is
/// not there.
///
/// # Errors
/// `Error::Invalid` if the name holds neither letter nor digit.
pub fn find_or_create(conn: &mut Conn<'_>, id: &str, new: NewTag, now: Time) -> Result<Tag> {
    let found = match new.slug.trim() {
        "" => named(conn, &crate::text::line(&new.name))?,
        slug => at(conn, &slug::from_text(slug))?,
    };
    match found {
        Some(found) => Ok(found),
        None => create(conn, id, new, now),
    }
}

/// Renames a tag. The slug it had leads to the new one, for readers and for drafts that still say it.
///
/// # Errors
/// As [`create`]; `Error::NotFound`.
pub fn update(conn: &mut Conn<'_>, id: &str, new: NewTag, now: Time) -> Result<()> {
    let new = new.checked()?;
    let old = find(conn, id)?.ok_or(Error::NotFound)?;
    conn.execute(
        "UPDATE tags SET slug = $2, name = $3, folded = $4 WHERE id = $1",
        args![id, &new.slug, &new.name, fold(&new.name)],
    )
    .map_err(|e| e.on_unique("tags_slug", "slug", "stories-slug-taken"))?;
    if old.slug != new.slug {
        alias(conn, &old.slug, id, &new.slug)?;
    }
    conn.changed("tag", id, now)
}

/// Merges a tag into another one: its stories carry the other, its address leads there.
///
/// # Errors
/// `Error::NotFound`; `Error::Refused` for a tag and itself.
pub fn merge(conn: &mut Conn<'_>, id: &str, into: &str, now: Time) -> Result<()> {
    if id == into {
        return Err(Error::refused("stories-tag-merge-itself"));
    }
    let old = find(conn, id)?.ok_or(Error::NotFound)?;
    let new = find(conn, into)?.ok_or(Error::NotFound)?;
    conn.execute(
        "UPDATE publication_tags SET tag_id = $2 WHERE tag_id = $1 AND story_id NOT IN
            (SELECT story_id FROM publication_tags WHERE tag_id = $2)",
        args![id, into],
    )?;
    let gone = old.slug;
    conn.execute("DELETE FROM publication_tags WHERE tag_id = $1", args![id])?;
    conn.execute("UPDATE tag_aliases SET tag_id = $2 WHERE tag_id = $1", args![id, into])?;
    conn.execute("DELETE FROM tags WHERE id = $1", args![id])?;
    alias(conn, &gone, into, &new.slug)?;
    conn.changed("tag", id, now)?;
    conn.changed("tag", into, now)?;
    conn.changed("list", &format!("tag/{into}"), now)
}

/// Removes a tag that no published story carries.
///
/// # Errors
/// `Error::Refused` while one does.
pub fn remove(conn: &mut Conn<'_>, id: &str, now: Time) -> Result<()> {
    let used = conn.one("SELECT 1 AS n FROM publication_tags WHERE tag_id = $1 LIMIT 1", args![id])?;
    if used.is_some() {
        return Err(Error::refused("stories-tag-in-use"));
    }
    conn.execute("DELETE FROM tag_aliases WHERE tag_id = $1", args![id])?;
    if conn.execute("DELETE FROM tags WHERE id = $1", args![id])? == 0 {
        return Err(Error::NotFound);
    }
    conn.changed("tag", id, now)
}

fn alias(conn: &mut Conn<'_>, old: &str, id: &str, new: &str) -> Result<()> {
    conn.execute("DELETE FROM tag_aliases WHERE slug = $1", args![new])?;
    conn.execute(
        "INSERT INTO tag_aliases (slug, tag_id) VALUES ($1, $2)
         ON CONFLICT (slug) DO UPDATE SET tag_id = excluded.tag_id",
        args![old, id],
    )?;
    moved(conn, &path_of(old), &path_of(new))
}

fn path_of(slug: &str) -> String {
    address::normal(&format!("/tags/{slug}")).unwrap_or_default()
}

pub(super) fn read(row: &Row) -> Result<Tag> {
    Ok(Tag { id: row.get("id")?, slug: row.get("slug")?, name: row.get("name")? })
}
