//! Sections.

use onrecord_base::{Conn, Error, Result, Row, Time, args};

use crate::{NewSection, Section, SectionUse, address, section, slug};

/// All sections in the navigation's order.
///
/// # Errors
/// As [`Conn::query`].
pub fn all(conn: &mut Conn<'_>) -> Result<Vec<Section>> {
    conn.query("SELECT * FROM sections ORDER BY position, id", &[])?.iter().map(read).collect()
}

/// All sections with how much stands in each.
///
/// # Errors
/// As [`Conn::query`].
pub fn all_with_use(conn: &mut Conn<'_>) -> Result<Vec<SectionUse>> {
    conn.query(
        "SELECT s.*, (SELECT count(*) FROM publications p WHERE p.section_id = s.id) AS published,
            (SELECT max(published_at) FROM publications p WHERE p.section_id = s.id) AS newest
         FROM sections s ORDER BY s.position, s.id",
        &[],
    )?
    .iter()
    .map(|row| Ok(SectionUse { section: read(row)?, published: row.get("published")?, newest: row.get("newest")? }))
    .collect()
}

/// The section with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Section>> {
    conn.one("SELECT * FROM sections WHERE id = $1", args![id])?.as_ref().map(read).transpose()
}

/// The section at `/SLUG`.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_slug(conn: &mut Conn<'_>, slug: &str) -> Result<Option<Section>> {
    conn.one("SELECT * FROM sections WHERE slug = $1", args![slug])?.as_ref().map(read).transpose()
}

/// Makes a section, the last in the navigation.
///
/// # Errors
/// `Error::Invalid` if a field is wrong or the address is taken.
pub fn create(conn: &mut Conn<'_>, id: &str, new: NewSection, now: Time) -> Result<Section> {
    let new = new.checked()?;
    free_address(conn, &new.slug)?;
    insert(conn, id, &new)?;
    conn.execute("DELETE FROM redirects WHERE path = $1", args![path_of(&new.slug)])?;
    conn.changed("section", id, now)?;
    find(conn, id)?.ok_or_else(|| Error::internal("a section that was just made is not there"))
}

fn insert(conn: &mut Conn<'_>, id: &str, new: &NewSection) -> Result<()> {
    conn.execute(
        "INSERT INTO sections (id, slug, name, description, position)
         VALUES ($1, $2, $3, $4, (SELECT coalesce(max(position), -1) + 1 FROM sections))",
        args![id, &new.slug, &new.name, &new.description],
    )
    .map_err(|e| e.on_unique("sections_slug", "slug", "stories-slug-taken"))?;
    Ok(())
}

/// Changes a section. A new slug leaves a redirect; stories keep the addresses they have.
///
/// # Errors
/// As [`create`]; `Error::NotFound`.
pub fn update(conn: &mut Conn<'_>, id: &str, new: NewSection, now: Time) -> Result<()> {
    let new = new.checked()?;
    let old = find(conn, id)?.ok_or(Error::NotFound)?;
    if old.slug != new.slug {
        free_address(conn, &new.slug)?;
    }
    conn.execute(
        "UPDATE sections SET slug = $2, name = $3, description = $4 WHERE id = $1",
        args![id, &new.slug, &new.name, &new.description],
    )
    .map_err(|e| e.on_unique("sections_slug", "slug", "stories-slug-taken"))?;
    if old.slug != new.slug {
        moved(conn, &path_of(&old.slug), &path_of(&new.slug))?;
    }
    conn.changed("section", id, now)
}

/// Removes a section that no story stands in.
///
/// # Errors
/// `Error::Refused` while stories stand in it.
pub fn remove(conn: &mut Conn<'_>, id: &str, now: Time) -> Result<()> {
    let used = conn.one(
        "SELECT (SELECT count(*) FROM stories WHERE section_id = $1)
            + (SELECT count(*) FROM publications WHERE section_id = $1) AS n",
        args![id],
    )?;
    if used.map_or(Ok(0), |row| row.get::<i64>("n"))? > 0 {
        return Err(Error::refused("stories-section-in-use"));
    }
    if conn.execute("DELETE FROM sections WHERE id = $1", args![id])? == 0 {
        return Err(Error::NotFound);
    }
    conn.changed("section", id, now)
}

/// Moves a section one place in the navigation.
///
/// # Errors
/// `Error::NotFound`.
pub fn shift(conn: &mut Conn<'_>, id: &str, up: bool, now: Time) -> Result<()> {
    let mut order: Vec<String> = all(conn)?.into_iter().map(|s| s.id).collect();
    let at = order.iter().position(|other| other == id).ok_or(Error::NotFound)?;
    if !super::swap(&mut order, at, up) {
        return Ok(());
    }
    for (position, id) in order.iter().enumerate() {
        conn.execute("UPDATE sections SET position = $2 WHERE id = $1", args![id, position])?;
    }
    conn.changed("section", id, now)
}

/// The section called `name` (found by slug), made if it is not there. A slug that is reserved or is a story's address
/// gets a number.
///
/// # Errors
/// `Error::Invalid` if the name holds neither letter nor digit.
pub fn find_or_create(conn: &mut Conn<'_>, id: &str, new: NewSection, now: Time) -> Result<Section> {
    let wanted = if new.slug.trim().is_empty() { slug::from_text(&new.name) } else { slug::from_text(&new.slug) };
    if let Some(found) = by_slug(conn, &wanted)? {
        return Ok(found);
    }
    let name = new.name.clone();
    let slug = slug::free(&wanted, |slug| -> Result<bool> {
        // A section made for "Tags" before stands at `tags-2` under the same name.
        let same = by_slug(conn, slug)?.is_some_and(|s| s.name == name);
        Ok(!same && (section::is_refused(slug) || free_address(conn, slug).is_err()))
    })?;
    match by_slug(conn, &slug)? {
        Some(found) => Ok(found),
        None => create(conn, id, NewSection { slug, ..new }, now),
    }
}

/// Where a section stands.
pub(super) fn path_of(slug: &str) -> String {
    address::normal(&format!("/{slug}")).unwrap_or_default()
}

/// Leads `old` to `new`, and everything that led to `old` too.
pub(super) fn moved(conn: &mut Conn<'_>, old: &str, new: &str) -> Result<()> {
    conn.execute("DELETE FROM redirects WHERE path = $1 AND story_id IS NULL", args![new])?;
    conn.execute("UPDATE redirects SET target = $2 WHERE target = $1", args![old, new])?;
    conn.execute(
        "INSERT INTO redirects (path, target) VALUES ($1, $2)
         ON CONFLICT (path) DO UPDATE SET target = excluded.target, story_id = NULL",
        args![old, new],
    )?;
    Ok(())
}

/// A story or page may stand at `/SLUG` already, or have stood there.
fn free_address(conn: &mut Conn<'_>, slug: &str) -> Result<()> {
    let path = path_of(slug);
    let taken = conn.one(
        "SELECT path FROM publications WHERE path = $1 OR path = $2
         UNION ALL SELECT path FROM redirects WHERE (path = $1 OR path = $2) AND story_id IS NOT NULL
         UNION ALL SELECT slug FROM sections WHERE slug = $3",
        args![&path, format!("{path}/"), slug],
    )?;
    match taken {
        None => Ok(()),
        Some(_) => Err(Error::field("slug", "stories-slug-taken")),
    }
}

fn read(row: &Row) -> Result<Section> {
    Ok(Section {
        id: row.get("id")?,
        slug: row.get("slug")?,
        name: row.get("name")?,
        description: row.get("description")?,
        position: row.get("position")?,
    })
}
