//! Authors.

use onrecord_base::{
    Conn, Error, Result, Row, Time, args,
    db::{
        Value,
        sql::{beginning_after, name_words},
    },
};

use super::{fold, published::resolve, sections::moved};
use crate::{Author, NewAuthor, address, published::Resolved, slug};

/// All authors by name.
///
/// # Errors
/// As [`Conn::query`].
pub fn all(conn: &mut Conn<'_>) -> Result<Vec<Author>> {
    conn.query("SELECT * FROM authors ORDER BY folded, id", &[])?.iter().map(read).collect()
}

/// All authors by name, with how many published stories each signed.
///
/// # Errors
/// As [`Conn::query`].
pub fn all_with_use(conn: &mut Conn<'_>) -> Result<Vec<(Author, i64)>> {
    conn.query(
        "SELECT a.*, (SELECT count(*) FROM publication_bylines b WHERE b.author_id = a.id) AS published
         FROM authors a ORDER BY a.folded, a.id",
        &[],
    )?
    .iter()
    .map(|row| Ok((read(row)?, row.get("published")?)))
    .collect()
}

/// The author with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Author>> {
    conn.one("SELECT * FROM authors WHERE id = $1", args![id])?.as_ref().map(read).transpose()
}

/// The author at `/by/SLUG`.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_slug(conn: &mut Conn<'_>, slug: &str) -> Result<Option<Author>> {
    conn.one("SELECT * FROM authors WHERE slug = $1", args![slug])?.as_ref().map(read).transpose()
}

/// The author whose page stood at `/by/SLUG` before their slug changed.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_old_slug(conn: &mut Conn<'_>, slug: &str) -> Result<Option<Author>> {
    let Some(Resolved::Redirect(to)) = resolve(conn, &format!("/by/{slug}"))? else { return Ok(None) };
    match to.strip_prefix("/by/") {
        Some(now) => by_slug(conn, &address::readable(now)),
        None => Ok(None),
    }
}

/// The author whose account this is.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_staff(conn: &mut Conn<'_>, staff: &str) -> Result<Option<Author>> {
    let row = conn.one("SELECT * FROM authors WHERE staff_id = $1 ORDER BY id LIMIT 1", args![staff])?;
    row.as_ref().map(read).transpose()
}

/// The author whose name is written so, whatever the case; the slug counts as a name too.
///
/// # Errors
/// As [`Conn::query`].
pub fn named(conn: &mut Conn<'_>, name: &str) -> Result<Option<Author>> {
    let row = conn.one("SELECT * FROM authors WHERE folded = $1 ORDER BY id LIMIT 1", args![fold(name)])?;
    match row {
        Some(row) => read(&row).map(Some),
        None => by_slug(conn, &slug::from_text(name)),
    }
}

/// Authors of published stories in whose name, or slug, words begin with each of these: at most `most`, by name.
///
/// # Errors
/// As [`Conn::query`].
pub fn called(conn: &mut Conn<'_>, words: &str, most: usize) -> Result<Vec<Author>> {
    let folded = fold(words);
    let words = name_words(&folded);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let (mut fits, mut args) = (String::new(), args![most].to_vec());
    for word in words {
        args.extend([beginning_after(' ', word), beginning_after('-', &slug::from_text(word))].map(Value::from));
        let (name, slug) = (args.len() - 1, args.len());
        let one =
            format!(" AND ((' ' || a.folded) LIKE ${name} ESCAPE '\\' OR ('-' || a.slug) LIKE ${slug} ESCAPE '\\')");
        fits.push_str(&one);
    }
    let sql = format!(
        "SELECT a.* FROM authors a WHERE EXISTS (SELECT 1 FROM publication_bylines b WHERE b.author_id = a.id){fits}
         ORDER BY a.folded, a.id LIMIT $1"
    );
    conn.query(&sql, &args)?.iter().map(read).collect()
}

/// Names that published stories are signed with, of authors we have a page of: the first `most` by name.
///
/// # Errors
/// As [`Conn::query`].
pub fn signing(conn: &mut Conn<'_>, most: usize) -> Result<Vec<String>> {
    conn.query(
        "SELECT a.name FROM authors a WHERE EXISTS (SELECT 1 FROM publication_bylines b WHERE b.author_id = a.id)
         ORDER BY a.folded, a.id LIMIT $1",
        args![most],
    )?
    .iter()
    .map(|row| row.get("name"))
    .collect()
}

/// Makes an author.
///
/// # Errors
/// `Error::Invalid` if a field is wrong or the slug is taken.
pub fn create(conn: &mut Conn<'_>, id: &str, new: NewAuthor, now: Time) -> Result<Author> {
    let new = new.checked()?;
    conn.execute(
        "INSERT INTO authors (id, slug, name, role, bio, portrait, staff_id, folded)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            id,
            &new.slug,
            &new.name,
            &new.role,
            &new.bio,
            filled(&new.portrait),
            filled(&new.staff_id),
            fold(&new.name)
        ],
    )
    .map_err(|e| e.on_unique("authors_slug", "slug", "stories-slug-taken"))?;
    conn.execute("DELETE FROM redirects WHERE path = $1", args![path_of(&new.slug)])?;
    conn.changed("author", id, now)?;
    find(conn, id)?.ok_or_else(|| Error::internal("an author who was just made is not there"))
}

/// Changes an author. A new slug leaves a redirect.
///
/// # Errors
/// As [`create`]; `Error::NotFound`.
pub fn update(conn: &mut Conn<'_>, id: &str, new: NewAuthor, now: Time) -> Result<()> {
    let new = new.checked()?;
    let old = find(conn, id)?.ok_or(Error::NotFound)?;
    conn.execute(
        "UPDATE authors SET slug = $2, name = $3, role = $4, bio = $5, portrait = $6, staff_id = $7, folded = $8
         WHERE id = $1",
        args![
            id,
            &new.slug,
            &new.name,
            &new.role,
            &new.bio,
            filled(&new.portrait),
            filled(&new.staff_id),
            fold(&new.name)
        ],
    )
    .map_err(|e| e.on_unique("authors_slug", "slug", "stories-slug-taken"))?;
    if old.slug != new.slug {
        moved(conn, &path_of(&old.slug), &path_of(&new.slug))?;
    }
    conn.changed("author", id, now)
}

/// Removes an author whom no story names.
///
/// # Errors
/// `Error::Refused` while a story, published or not, names them.
pub fn remove(conn: &mut Conn<'_>, id: &str, now: Time) -> Result<()> {
    let used = conn.one(
        "SELECT (SELECT count(*) FROM story_bylines WHERE author_id = $1)
            + (SELECT count(*) FROM publication_bylines WHERE author_id = $1) AS n",
        args![id],
    )?;
    if used.map_or(Ok(0), |row| row.get::<i64>("n"))? > 0 {
        return Err(Error::refused("stories-author-in-use"));
    }
    if conn.execute("DELETE FROM authors WHERE id = $1", args![id])? == 0 {
        return Err(Error::NotFound);
    }
    conn.changed("author", id, now)
}

/// The author with this slug (or, without one, this name), made if not there.
///
/// # Errors
/// `Error::Invalid` if the name holds neither letter nor digit.
pub fn find_or_create(conn: &mut Conn<'_>, id: &str, new: NewAuthor, now: Time) -> Result<Author> {
    let wanted = if new.slug.trim().is_empty() { slug::from_text(&new.name) } else { slug::from_text(&new.slug) };
    match by_slug(conn, &wanted)? {
        Some(found) => Ok(found),
        None => create(conn, id, NewAuthor { slug: wanted, ..new }, now),
    }
}

fn path_of(slug: &str) -> String {
    address::normal(&format!("/by/{slug}")).unwrap_or_default()
}

fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn read(row: &Row) -> Result<Author> {
    Ok(Author {
        id: row.get("id")?,
        slug: row.get("slug")?,
        name: row.get("name")?,
        role: row.get("role")?,
        bio: row.get("bio")?,
        portrait: row.get("portrait")?,
        staff_id: row.get("staff_id")?,
    })
}
