//! The reading side for readers: only what stands in a published story, joined with its publication.
//!
//! A confidential source's title and address do not leave the database: the SQL blanks them, and what is made of the row
//! has no place for them.

use onrecord_base::{
    Conn, Error, Result, Row, Time, args,
    db::{
        Value,
        sql::{beginning_after, name_words, places, values},
    },
};

use super::sources;
use crate::{
    person::folded,
    public::{PersonName, Placed, PublicPerson, PublicQuotation, Saying, Use},
    quotation::State,
    source::{PublicSource, SourceKind},
};

/// The most that one person is quoted with; beyond it the oldest are left out of lists. A head of state has a tenth.
pub const MOST_SAYINGS: usize = 20_000;
/// Other wordings that one page names.
const MOST_WORDINGS: usize = 10;
/// The most people of the index.
pub const MOST_PEOPLE: usize = 5_000;

const COLUMNS: &str = "x.*, h.slug AS person_slug, h.name AS person_name,
    h.description AS person_description, s.kind AS source_kind,
    c.source_id AS confidential, CASE WHEN c.source_id IS NULL THEN s.title END AS source_title,
    CASE WHEN c.source_id IS NULL THEN s.url END AS source_url,
    CASE WHEN c.source_id IS NULL THEN s.final_url END AS source_final_url,
    p.path, p.headline, p.language, p.published_at";
const PUBLIC: &str = "published_quotations x JOIN publications p ON p.story_id = x.story_id";

const NEWEST_SOURCE: &str = "SELECT x.source_id FROM published_quotations x
    JOIN publications p ON p.story_id = x.story_id WHERE x.quotation_id = $1
    ORDER BY p.published_at DESC, x.story_id, x.position LIMIT 1";

fn select(condition: &str) -> String {
    format!(
        "SELECT {COLUMNS} FROM {PUBLIC} LEFT JOIN people h ON h.id = x.person_id
         LEFT JOIN sources s ON s.id = x.source_id LEFT JOIN source_confidences c ON c.source_id = s.id
         WHERE {condition}"
    )
}

/// The quotation with this id, its source linked at the very words; none if it stands in no published story.
///
/// # Errors
/// As [`Conn::query`].
pub fn quotation(conn: &mut Conn<'_>, id: &str) -> Result<Option<PublicQuotation>> {
    let Some(mut quotation) = quotations(conn, &[id])?.pop() else { return Ok(None) };
    if let Some(PublicSource::Page { .. }) = quotation.how
        && let Some(row) = conn.one(NEWEST_SOURCE, args![id])?
        && let Some(id) = row.get::<Option<String>>("source_id")?
        && let Some(source) = sources::find(conn, &id)?
    {
        quotation.how = Some(source.public(&quotation.words));
    }
    Ok(Some(quotation))
}

/// The quotations with these ids, in this order, those left out that stand in no published story.
///
/// # Errors
/// As [`Conn::query`].
pub fn quotations(conn: &mut Conn<'_>, ids: &[&str]) -> Result<Vec<PublicQuotation>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "{} ORDER BY x.quotation_id, p.published_at DESC, x.story_id, x.position",
        select(&format!("x.quotation_id IN ({})", places(1, ids.len())))
    );
    let mut found: Vec<PublicQuotation> = Vec::new();
    for row in conn.query(&sql, &values(ids.iter().copied()))? {
        let mut one = read(&row)?;
        match found.last_mut().filter(|last| last.id == one.id) {
            // The same words twice in one story are one use of it.
            Some(last) => {
                one.uses.retain(|new| last.uses.iter().all(|old| (&old.story, &old.words) != (&new.story, &new.words)));
                last.uses.append(&mut one.uses);
            }
            None => found.push(one),
        }
    }
    found.sort_by_key(|one| ids.iter().position(|id| *id == one.id));
    Ok(found)
}

/// The quotations of a published story, in the order of its text.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_story(conn: &mut Conn<'_>, story: &str) -> Result<Vec<Placed>> {
    let sql = format!("{} ORDER BY x.position", select("x.story_id = $1"));
    conn.query(&sql, args![story])?
        .iter()
        .map(|row| {
            Ok(Placed {
                quotation: read(row)?,
                prefix: row.get("prefix")?,
                suffix: row.get("suffix")?,
                block: row.get::<String>("kind")? == "block",
            })
        })
        .collect()
}

/// The published quotations whose words were made of this one's, or that this one was made of.
///
/// # Errors
/// As [`Conn::query`].
pub fn variants(conn: &mut Conn<'_>, id: &str) -> Result<Vec<PublicQuotation>> {
    let ids = wordings(conn, &[id])?;
    quotations(conn, &ids.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The ids of the published quotations whose words were made of one of these, or that one of these was made of.
pub(crate) fn wordings(conn: &mut Conn<'_>, ids: &[&str]) -> Result<Vec<String>> {
    let each: Vec<Vec<Value>> = ids.iter().map(|id| args![*id, MOST_WORDINGS].to_vec()).collect();
    let found = conn.query_each(
        // Three looks by an index each: one join with OR reads all quotations on some days.
        "SELECT DISTINCT x.quotation_id AS id FROM published_quotations x WHERE x.quotation_id IN (
             SELECT id FROM quotations WHERE variant_of = $1
             UNION SELECT variant_of FROM quotations WHERE id = $1 AND variant_of IS NOT NULL
             UNION SELECT v.id FROM quotations q JOIN quotations v ON v.variant_of = q.variant_of WHERE q.id = $1)
         AND x.quotation_id <> $1 ORDER BY x.quotation_id LIMIT $2",
        &each,
    )?;
    found.iter().flatten().map(|row| row.get("id")).collect()
}

/// The person at `/people/SLUG`; none if nothing they said stands in a published story.
///
/// # Errors
/// As [`Conn::query`].
pub fn person(conn: &mut Conn<'_>, slug: &str) -> Result<Option<PublicPerson>> {
    let rows = conn.query(&people_where("h.slug = $1", "LIMIT 1"), args![slug])?;
    rows.first().map(read_person).transpose()
}

/// The people who are quoted in published stories, by name.
///
/// # Errors
/// As [`Conn::query`].
pub fn people(conn: &mut Conn<'_>) -> Result<Vec<PublicPerson>> {
    let sql = people_where("h.id IS NOT NULL", "ORDER BY h.name, h.id LIMIT $1");
    conn.query(&sql, args![MOST_PEOPLE])?.iter().map(read_person).collect()
}

/// The people who are quoted in published stories in one of whose names, or whose slug, words begin with each of these: at
/// most `most`, by name.
///
/// # Errors
/// As [`Conn::query`].
pub fn called(conn: &mut Conn<'_>, words: &str, most: usize) -> Result<Vec<PublicPerson>> {
    let folded = folded(words);
    let words = name_words(&folded);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let (mut fits, mut args) = (Vec::new(), args![most].to_vec());
    for word in words {
        args.extend([' ', '-'].map(|mark| Value::from(beginning_after(mark, word))));
        let (name, slug) = (args.len() - 1, args.len());
        fits.push(format!(
            "(h.id IN (SELECT person_id FROM person_names WHERE (' ' || name) LIKE ${name} ESCAPE '\\')
              OR ('-' || h.slug) LIKE ${slug} ESCAPE '\\')"
        ));
    }
    let sql = people_where(&fits.join(" AND "), "ORDER BY h.name, h.id LIMIT $1");
    conn.query(&sql, &args)?.iter().map(read_person).collect()
}

/// The people with these ids, in no order, those left out who are not quoted in a published story.
///
/// # Errors
/// As [`Conn::query`].
pub fn people_of(conn: &mut Conn<'_>, ids: &[&str]) -> Result<Vec<PublicPerson>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = people_where(&format!("h.id IN ({})", places(1, ids.len())), "");
    conn.query(&sql, &values(ids.iter().copied()))?.iter().map(read_person).collect()
}

/// The names of the people with these ids, in no order, those left out who are not quoted in a published story. Who is quoted
/// every day is named as quickly as anybody else.
///
/// # Errors
/// As [`Conn::query`].
pub fn names(conn: &mut Conn<'_>, ids: &[&str]) -> Result<Vec<PersonName>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT h.id, h.slug, h.name, h.description FROM people h WHERE h.id IN ({})
         AND EXISTS (SELECT 1 FROM published_quotations x WHERE x.person_id = h.id)",
        places(1, ids.len())
    );
    conn.query(&sql, &values(ids.iter().copied()))?
        .iter()
        .map(|row| {
            Ok(PersonName {
                id: row.get("id")?,
                slug: row.get("slug")?,
                name: row.get("name")?,
                description: row.get("description")?,
            })
        })
        .collect()
}

/// Who is quoted in each of these published stories: pairs of story and person.
///
/// # Errors
/// As [`Conn::query`].
pub fn people_in(conn: &mut Conn<'_>, stories: &[&str]) -> Result<Vec<(String, String)>> {
    if stories.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT DISTINCT story_id, person_id FROM published_quotations
         WHERE person_id IS NOT NULL AND story_id IN ({}) ORDER BY story_id, person_id",
        places(1, stories.len())
    );
    let rows = conn.query(&sql, &values(stories.iter().copied()))?;
    rows.iter().map(|row| Ok((row.get("story_id")?, row.get("person_id")?))).collect()
}

fn people_where(condition: &str, end: &str) -> String {
    format!(
        "SELECT h.id, h.slug, h.name, h.description, h.aliases, h.same_as, count(DISTINCT x.quotation_id) AS quotations,
             max(coalesce(p.updated_at, p.published_at)) AS modified
         FROM {PUBLIC} JOIN people h ON h.id = x.person_id WHERE {condition}
         GROUP BY h.id, h.slug, h.name, h.description, h.aliases, h.same_as {end}"
    )
}

/// What a person said, in no order: at most [`MOST_SAYINGS`], the last published of them.
///
/// # Errors
/// As [`Conn::query`].
pub fn sayings(conn: &mut Conn<'_>, person: &str) -> Result<Vec<Saying>> {
    let sql = format!(
        "SELECT x.quotation_id, max(x.channel) AS channel, max(x.said_on) AS said_on, min(p.published_at) AS published_at
         FROM {PUBLIC} WHERE x.person_id = $1 GROUP BY x.quotation_id ORDER BY min(p.published_at) DESC LIMIT $2"
    );
    conn.query(&sql, args![person, MOST_SAYINGS])?
        .iter()
        .map(|row| {
            Ok(Saying {
                id: row.get("quotation_id")?,
                channel: row.get("channel")?,
                said_on: row.get("said_on")?,
                published_at: row.get("published_at")?,
            })
        })
        .collect()
}

/// Ids of the quotations that readers see, after `after` in their order, each with when its newest story was published
/// or changed: for the site map.
///
/// # Errors
/// As [`Conn::query`].
pub fn addresses(conn: &mut Conn<'_>, after: Option<&str>, limit: usize) -> Result<Vec<(String, Time)>> {
    conn.query(
        "SELECT x.quotation_id, max(coalesce(p.updated_at, p.published_at)) AS modified
         FROM published_quotations x JOIN publications p ON p.story_id = x.story_id
         WHERE x.quotation_id > $1 GROUP BY x.quotation_id ORDER BY x.quotation_id LIMIT $2",
        args![after.unwrap_or_default(), limit],
    )?
    .iter()
    .map(|row| Ok((row.get("quotation_id")?, row.get("modified")?)))
    .collect()
}

/// Logs that readers see something else of what rests on a source.
pub(crate) fn rests_on(conn: &mut Conn<'_>, source: &str, now: Time) -> Result<()> {
    let rows =
        conn.query("SELECT DISTINCT quotation_id FROM published_quotations WHERE source_id = $1", args![source])?;
    rows.iter().try_for_each(|row| conn.changed("quotation", &row.get::<String>("quotation_id")?, now))
}

fn read(row: &Row) -> Result<PublicQuotation> {
    let person = match (row.get("person_id")?, row.get("person_slug")?, row.get("person_name")?) {
        (Some(id), Some(slug), Some(name)) => {
            Some(PersonName { id, slug, name, description: row.get("person_description")? })
        }
        _ => None,
    };
    let words: String = row.get("words")?;
    let published: String = row.get("verdict")?;
    // A source that is gone takes its verdict along; without a source nothing was compared.
    let how = source(row)?;
    let verdict = State::parse(&published).unwrap_or(State::Unsourced);
    let verdict = if how.is_none() && verdict != State::Disputed { State::Unsourced } else { verdict };
    Ok(PublicQuotation {
        id: row.get("quotation_id")?,
        speaker: row.get("speaker")?,
        person,
        channel: row.get("channel")?,
        outlet: row.get("outlet")?,
        addressee: row.get("addressee")?,
        said_on: row.get("said_on")?,
        how,
        verdict,
        uses: vec![Use {
            story: row.get("story_id")?,
            path: row.get("path")?,
            headline: row.get("headline")?,
            language: row.get("language")?,
            published_at: row.get("published_at")?,
            words: words.clone(),
        }],
        words,
    })
}

fn source(row: &Row) -> Result<Option<PublicSource>> {
    let Some(kind) = row.get::<Option<String>>("source_kind")? else { return Ok(None) };
    let kind = SourceKind::parse(&kind).ok_or_else(|| Error::internal(format!("no such kind of source: {kind}")))?;
    let text = |column: &str| -> Result<String> { Ok(row.get::<Option<String>>(column)?.unwrap_or_default()) };
    let (url, answered) = (text("source_url")?, text("source_final_url")?);
    let confidential = row.get::<Option<String>>("confidential")?.is_some();
    let address = if answered.is_empty() { url } else { answered };
    Ok(Some(PublicSource::of(kind, &text("source_title")?, &address, confidential)))
}

fn read_person(row: &Row) -> Result<PublicPerson> {
    let list = |column: &str| -> Result<Vec<String>> {
        serde_json::from_str(&row.get::<String>(column)?).map_err(|e| Error::internal(e.to_string()))
    };
    Ok(PublicPerson {
        id: row.get("id")?,
        slug: row.get("slug")?,
        name: row.get("name")?,
        description: row.get("description")?,
        aliases: list("aliases")?,
        same_as: list("same_as")?,
        quotations: row.get("quotations")?,
        modified: row.get("modified")?,
    })
}
