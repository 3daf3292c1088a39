//! People in the database.

use onrecord_base::{Conn, Error, Result, Row, Time, args};

use crate::person::{Person, folded};

const COLUMNS: &str = "id, slug, name, description, aliases, same_as";

/// All people, by name; `search` narrows by any part of a name.
///
/// # Errors
/// As [`Conn::query`].
pub fn all(conn: &mut Conn<'_>, search: &str, limit: usize) -> Result<Vec<Person>> {
    let like = format!("%{}%", search.to_lowercase().replace(['%', '_', '\\'], ""));
    conn.query(
        &format!(
            "SELECT {COLUMNS} FROM people WHERE lower(name) LIKE $1 OR lower(aliases) LIKE $1 ORDER BY name, id LIMIT $2"
        ),
        args![like, limit],
    )?
    .iter()
    .map(read)
    .collect()
}

/// The person with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Person>> {
    conn.one(&format!("SELECT {COLUMNS} FROM people WHERE id = $1"), args![id])?.as_ref().map(read).transpose()
}

/// The person with this slug.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_slug(conn: &mut Conn<'_>, slug: &str) -> Result<Option<Person>> {
    conn.one(&format!("SELECT {COLUMNS} FROM people WHERE slug = $1"), args![slug])?.as_ref().map(read).transpose()
}

/// The person who answers to a name as it stands in a text; none if nobody does, or more than one.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_name(conn: &mut Conn<'_>, name: &str) -> Result<Option<Person>> {
    if folded(name).is_empty() {
        return Ok(None);
    }
    let fitting = conn.query(
        &format!(
            "SELECT {COLUMNS} FROM people WHERE id IN (SELECT person_id FROM person_names WHERE name = $1) LIMIT 2"
        ),
        args![folded(name)],
    )?;
    match fitting.as_slice() {
        [one] => read(one).map(Some),
        _ => Ok(None),
    }
}

/// Keeps a person, new or changed.
///
/// # Errors
/// `Error::Invalid` for what a form got wrong or a slug that is taken.
pub fn save(conn: &mut Conn<'_>, person: &Person, now: Time) -> Result<()> {
    person.check()?;
    conn.execute(
        "INSERT INTO people (id, slug, name, description, aliases, same_as, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name, description = excluded.description,
             aliases = excluded.aliases, same_as = excluded.same_as",
        args![&person.id, &person.slug, &person.name, &person.description, json(&person.aliases)?, json(&person.same_as)?, now],
    )
    .map_err(|e| e.on_unique("people_slug", "slug", "record-person-slug-taken"))?;
    conn.execute("DELETE FROM person_names WHERE person_id = $1", args![&person.id])?;
    for name in person.names() {
        conn.execute("INSERT INTO person_names (person_id, name) VALUES ($1, $2)", args![&person.id, name])?;
    }
    conn.changed("person", &person.id, now)
}

/// Removes a person whom nothing uses.
///
/// # Errors
/// `Error::Refused` while quotations are theirs: see [`crate::store::quotations::of_person`] for the list.
pub fn remove(conn: &mut Conn<'_>, id: &str, now: Time) -> Result<()> {
    let used = "SELECT 1 AS used FROM quotations WHERE person_id = $1
        UNION ALL SELECT 1 FROM published_quotations WHERE person_id = $1 LIMIT 1";
    if conn.one(used, args![id])?.is_some() {
        return Err(Error::refused("record-person-in-use"));
    }
    conn.execute("DELETE FROM people WHERE id = $1", args![id])?;
    conn.changed("person", id, now)
}

fn json(list: &[String]) -> Result<String> {
    serde_json::to_string(list).map_err(|e| Error::internal(e.to_string()))
}

fn read(row: &Row) -> Result<Person> {
    let list = |column: &str| -> Result<Vec<String>> {
        serde_json::from_str(&row.get::<String>(column)?).map_err(|e| Error::internal(e.to_string()))
    };
    Ok(Person {
        id: row.get("id")?,
        slug: row.get("slug")?,
        name: row.get("name")?,
        description: row.get("description")?,
        aliases: list("aliases")?,
        same_as: list("same_as")?,
    })
}
