//! People in the database.

use std::collections::{BTreeSet, HashMap};

use onrecord_base::{
    Conn, Error, Result, Row, Time, args,
    db::{
        Value,
        sql::{beginning, like},
    },
};

use crate::person::{Person, folded};

const COLUMNS: &str = "id, slug, name, description, aliases, same_as";

/// All people, by name; `search` narrows by any part of a name.
///
/// # Errors
/// As [`Conn::query`].
pub fn all(conn: &mut Conn<'_>, search: &str, limit: usize) -> Result<Vec<Person>> {
    page(conn, search, 0, limit)
}

/// As [`all`], from some place on.
///
/// # Errors
/// As [`Conn::query`].
pub fn page(conn: &mut Conn<'_>, search: &str, offset: usize, limit: usize) -> Result<Vec<Person>> {
    conn.query(
        &format!(
            "SELECT {COLUMNS} FROM people p WHERE $1 = '%%' OR EXISTS
                 (SELECT 1 FROM person_names n WHERE n.person_id = p.id AND n.name LIKE $1 ESCAPE '\\')
             ORDER BY name, id LIMIT $2 OFFSET $3"
        ),
        args![like(&folded(search)), limit, offset],
    )?
    .iter()
    .map(read)
    .collect()
}

/// How many records and how many published quotations name a person.
///
/// # Errors
/// As [`Conn::query`].
pub fn counts(conn: &mut Conn<'_>, person: &str) -> Result<(i64, i64)> {
    let row = conn.one(
        "SELECT (SELECT count(*) FROM quotations WHERE person_id = $1) AS records,
             (SELECT count(*) FROM published_quotations WHERE person_id = $1) AS published",
        args![person],
    )?;
    row.map_or(Ok((0, 0)), |row| Ok((row.get("records")?, row.get("published")?)))
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
    Ok(by_names(conn, [name])?.remove(&folded(name)))
}

/// The people who answer to names, by the folded name, as [`by_name`] finds them.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_names<'n>(conn: &mut Conn<'_>, names: impl IntoIterator<Item = &'n str>) -> Result<HashMap<String, Person>> {
    let names: BTreeSet<String> = names.into_iter().map(folded).filter(|name| !name.is_empty()).collect();
    let each: Vec<Vec<Value>> = names.iter().map(|name| args![name].to_vec()).collect();
    let sql = format!(
        "SELECT {COLUMNS} FROM people WHERE id IN (SELECT person_id FROM person_names WHERE name = $1) LIMIT 2"
    );
    let mut known = HashMap::new();
    for (name, fitting) in names.into_iter().zip(conn.query_each(&sql, &each)?) {
        if let [one] = fitting.as_slice() {
            known.insert(name, read(one)?);
        }
    }
    Ok(known)
}

/// The people with these ids.
///
/// # Errors
/// As [`Conn::query`].
pub fn with_ids<'i>(conn: &mut Conn<'_>, ids: impl IntoIterator<Item = &'i str>) -> Result<HashMap<String, Person>> {
    let ids: BTreeSet<&str> = ids.into_iter().collect();
    let each: Vec<Vec<Value>> = ids.into_iter().map(|id| args![id].to_vec()).collect();
    let found = conn.query_each(&format!("SELECT {COLUMNS} FROM people WHERE id = $1"), &each)?;
    found.iter().flatten().map(|row| read(row).map(|person| (person.id.clone(), person))).collect()
}

/// Where the person is whose page was at this address before: renamed, or joined with another.
///
/// # Errors
/// As [`Conn::query`].
pub fn moved(conn: &mut Conn<'_>, slug: &str) -> Result<Option<Person>> {
    let sql =
        format!("SELECT {COLUMNS} FROM people WHERE id = (SELECT person_id FROM person_addresses WHERE slug = $1)");
    conn.one(&sql, args![slug])?.as_ref().map(read).transpose()
}

/// A slug that nobody has or had: `wanted`, or `wanted-2` and so on.
///
/// # Errors
/// As [`Conn::query`].
pub fn free_slug(conn: &mut Conn<'_>, wanted: &str) -> Result<String> {
    let sql = "SELECT slug FROM people WHERE slug = $1 OR slug LIKE $2 ESCAPE '\\'
        UNION SELECT slug FROM person_addresses WHERE slug = $1 OR slug LIKE $2 ESCAPE '\\'";
    let tail = beginning(&format!("{wanted}-"));
    let taken = conn.query(sql, args![wanted, tail])?;
    let taken = taken.iter().map(|row| row.get("slug")).collect::<Result<BTreeSet<String>>>()?;
    let mut candidates = std::iter::once(wanted.to_owned()).chain((2..).map(|number| format!("{wanted}-{number}")));
    candidates.find(|slug| !taken.contains(slug)).ok_or_else(|| Error::internal("the numbers have run out"))
}

/// Joins two people who are one: `person` goes, `into` gets the quotations, the names and the addresses.
///
/// # Errors
/// `Error::NotFound`, or `Error::Invalid` if the names together are too many.
pub fn merge(conn: &mut Conn<'_>, person: &str, into: &str, now: Time) -> Result<()> {
    if person == into {
        return Err(Error::field("into", "record-person-merge-self"));
    }
    let gone = find(conn, person)?.ok_or(Error::NotFound)?;
    let joined = find(conn, into)?.ok_or_else(|| Error::field("into", "record-person-merge-unknown"))?.joined(&gone);
    joined.check().map_err(|_| Error::field("into", "record-person-merge-many"))?;
    let mut quotations = BTreeSet::new();
    for table in [("quotations", "id"), ("published_quotations", "quotation_id")] {
        let (table, id) = table;
        for row in conn.query(&format!("SELECT {id} AS id FROM {table} WHERE person_id = $1"), args![person])? {
            quotations.insert(row.get::<String>("id")?);
        }
        conn.execute(&format!("UPDATE {table} SET person_id = $2 WHERE person_id = $1"), args![person, into])?;
    }
    conn.execute("UPDATE person_addresses SET person_id = $2 WHERE person_id = $1", args![person, into])?;
    conn.execute("DELETE FROM people WHERE id = $1", args![person])?;
    conn.execute("INSERT INTO person_addresses (slug, person_id) VALUES ($1, $2)", args![&gone.slug, into])?;
    for quotation in quotations {
        conn.changed("quotation", &quotation, now)?;
    }
    conn.changed("person", person, now)?;
    save(conn, &joined, now)
}

/// Keeps a person, new or changed. A person who gets another address is found at the old one too.
///
/// # Errors
/// `Error::Invalid` for what a form got wrong or a slug that is taken.
pub fn save(conn: &mut Conn<'_>, person: &Person, now: Time) -> Result<()> {
    person.check()?;
    conn.execute("DELETE FROM person_addresses WHERE slug = $1 AND person_id = $2", args![&person.slug, &person.id])?;
    if conn.one("SELECT 1 AS taken FROM person_addresses WHERE slug = $1", args![&person.slug])?.is_some() {
        return Err(Error::field("slug", "record-person-slug-taken"));
    }
    let before = find(conn, &person.id)?.map(|before| before.slug).filter(|slug| *slug != person.slug);
    conn.execute(
        "INSERT INTO people (id, slug, name, description, aliases, same_as, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name, description = excluded.description,
             aliases = excluded.aliases, same_as = excluded.same_as",
        args![&person.id, &person.slug, &person.name, &person.description, json(&person.aliases)?, json(&person.same_as)?, now],
    )
    .map_err(|e| e.on_unique("people_slug", "slug", "record-person-slug-taken"))?;
    if let Some(slug) = before {
        conn.execute("INSERT INTO person_addresses (slug, person_id) VALUES ($1, $2)", args![slug, &person.id])?;
    }
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
