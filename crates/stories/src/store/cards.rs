//! Lists of published stories. The one place where [`Card`] is made.
//!
//! Paging is by keyset, `(published_at, story_id)`, so that page 500 costs what page 1 costs and a story published
//! meanwhile moves nothing.

use std::collections::HashMap;

use onrecord_base::{
    Conn, Result, Row, Time, args,
    db::{
        Value,
        sql::{places, values},
    },
};

use crate::{
    Kind,
    published::{Address, AuthorPage, BylineName, Card, Cursor, Filter, Front, Page, Place, SectionName},
};

/// The most cards one call returns: a page of a list, a feed, or a chunk for whoever walks all stories.
pub const MOST: usize = 500;
/// Static pages that a footer names: more would be a second navigation.
pub const FOOTER: usize = 8;

const COLUMNS: &str =
    "p.story_id, p.kind, p.path, p.kicker, p.headline, p.dek, p.section_id, p.language, p.lead_picture,
    p.word_count, p.published_at, p.updated_at, s.slug AS section_slug, s.name AS section_name";

/// The newest stories of `filter` that are older than `before`, newest first, at most `limit` (and [`MOST`]).
///
/// # Errors
/// As [`Conn::query`].
pub fn cards(conn: &mut Conn<'_>, filter: &Filter, before: Option<&Cursor>, limit: usize) -> Result<Vec<Card>> {
    let side = before.map(|cursor| (cursor, Side::Older));
    let rows = rows(conn, filter, side, limit)?;
    read(conn, &rows)
}

/// One page of a list, with where the pages beside it begin.
///
/// # Errors
/// As [`Conn::query`].
pub fn page(conn: &mut Conn<'_>, filter: &Filter, place: &Place, limit: usize) -> Result<Page> {
    let limit = limit.clamp(1, MOST - 1);
    let (side, newest_first) = match place {
        Place::Newest => (None, true),
        Place::OlderThan(cursor) => (Some((cursor, Side::Older)), true),
        Place::NewerThan(cursor) => (Some((cursor, Side::Newer)), false),
    };
    // One more than is shown says whether there is more on that side.
    let mut found = rows(conn, filter, side, limit + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    if !newest_first {
        found.reverse();
    }
    let cards = read(conn, &found)?;
    let (first, last) = (cards.first().map(Card::cursor), cards.last().map(Card::cursor));
    let (newer, older) = match place {
        Place::Newest => (false, more),
        Place::OlderThan(_) => (true, more),
        Place::NewerThan(_) => (more, true),
    };
    Ok(Page {
        newer: first.filter(|_| newer).map(Place::NewerThan),
        older: last.filter(|_| older).map(Place::OlderThan),
        cards,
    })
}

#[derive(Clone, Copy)]
enum Side {
    Older,
    Newer,
}

/// The FROM and WHERE of a filter: the tables it is read from, conditions, arguments, and the table whose
/// `published_at, story_id` is in the index it is read by.
struct Select {
    from: String,
    conditions: Vec<String>,
    args: Vec<Value>,
    by: &'static str,
}

impl Select {
    fn new(filter: &Filter) -> Select {
        let mut select = Select { from: "publications p".into(), conditions: Vec::new(), args: Vec::new(), by: "p" };
        if let Some(author) = &filter.author {
            select.from = "publication_bylines b JOIN publications p ON p.story_id = b.story_id".into();
            select.by = "b";
            select.must("b.author_id = $", author);
            if let Some(tag) = &filter.tag {
                select.from += " JOIN publication_tags x ON x.story_id = p.story_id";
                select.must("x.tag_id = $", tag);
            }
        } else if let Some(tag) = &filter.tag {
            select.from = "publication_tags x JOIN publications p ON p.story_id = x.story_id".into();
            select.by = "x";
            select.must("x.tag_id = $", tag);
        }
        match &filter.section {
            Some(section) => select.must("p.section_id = $", section),
            None if select.by == "p" => select.must("p.kind = $", Kind::Story.as_str()),
            None => {}
        }
        if let Some(language) = &filter.language {
            select.must("p.language = $", language);
        }
        if filter.originals {
            let original = "SELECT 1 FROM publications o WHERE o.story_id = p.translation_of";
            select.conditions.push(format!("(p.translation_of IS NULL OR NOT EXISTS ({original}))"));
        }
        let by = select.by;
        if let Some(from) = filter.from {
            select.must(&format!("{by}.published_at >= $"), from);
        }
        if let Some(until) = filter.until {
            select.must(&format!("{by}.published_at < $"), until);
        }
        select
    }

    fn must(&mut self, condition: &str, value: impl Into<Value>) {
        self.args.push(value.into());
        self.conditions.push(format!("{condition}{}", self.args.len()));
    }

    fn sql(&self, columns: &str) -> String {
        let joined = self.conditions.join(" AND ");
        format!("SELECT {columns} FROM {} WHERE {joined}", self.from)
    }
}

fn rows(conn: &mut Conn<'_>, filter: &Filter, side: Option<(&Cursor, Side)>, limit: usize) -> Result<Vec<Row>> {
    let mut select = Select::new(filter);
    select.from += " LEFT JOIN sections s ON s.id = p.section_id";
    let by = select.by;
    let mut order = "DESC";
    if let Some((cursor, side)) = side {
        let sign = match side {
            Side::Older => "<",
            Side::Newer => {
                order = "ASC";
                ">"
            }
        };
        let at = select.args.len();
        select.args.push(cursor.at.into());
        select.args.push((&cursor.id).into());
        select.conditions.push(format!("({by}.published_at, {by}.story_id) {sign} (${}, ${})", at + 1, at + 2));
    }
    select.args.push(limit.min(MOST).into());
    let sql = format!(
        "{} ORDER BY {by}.published_at {order}, {by}.story_id {order} LIMIT ${}",
        select.sql(COLUMNS),
        select.args.len()
    );
    conn.query(&sql, &select.args)
}

/// How many stories a filter holds. Counts them: for the desk, not for every page view.
///
/// # Errors
/// As [`Conn::query`].
pub fn count(conn: &mut Conn<'_>, filter: &Filter) -> Result<i64> {
    let select = Select::new(filter);
    let row = conn.one(&select.sql("count(*) AS n"), &select.args)?;
    row.map_or(Ok(0), |row| row.get("n"))
}

/// The front: pinned stories in the desk's order, then the newest `limit` others, translations left out.
///
/// # Errors
/// As [`Conn::query`].
pub fn front(conn: &mut Conn<'_>, limit: usize) -> Result<Front> {
    let pinned = pinned(conn)?;
    let mut latest = cards(conn, &Filter::all().originals(), None, limit + pinned.len())?;
    latest.retain(|card| pinned.iter().all(|pin| pin.id != card.id));
    latest.truncate(limit);
    Ok(Front { pinned, latest })
}

/// The published stories that the desk pinned to the front, in its order.
///
/// # Errors
/// As [`Conn::query`].
pub fn pinned(conn: &mut Conn<'_>) -> Result<Vec<Card>> {
    let rows = conn.query(
        &format!(
            "SELECT {COLUMNS} FROM front_pins f JOIN publications p ON p.story_id = f.story_id
             LEFT JOIN sections s ON s.id = p.section_id ORDER BY f.position, f.story_id"
        ),
        &[],
    )?;
    read(conn, &rows)
}

/// The published stories with these ids, in this order; pages, and what is not published, are left out.
///
/// # Errors
/// As [`Conn::query`].
pub fn cards_by_id(conn: &mut Conn<'_>, ids: &[&str]) -> Result<Vec<Card>> {
    let mut cards = of(conn, ids)?;
    cards.retain(|card| card.kind == Kind::Story);
    cards.sort_by_key(|card| ids.iter().position(|id| *id == card.id));
    Ok(cards)
}

/// The first static pages for a footer, the oldest first: those right below the front. An import may bring dozens, most
/// of them below others.
///
/// # Errors
/// As [`Conn::query`].
pub fn pages(conn: &mut Conn<'_>) -> Result<Vec<Card>> {
    let rows = conn.query(
        &format!(
            "SELECT {COLUMNS} FROM publications p LEFT JOIN sections s ON s.id = p.section_id
             WHERE p.kind = 'page' AND rtrim(p.path, '/') NOT LIKE '/%/%'
             ORDER BY p.published_at, p.story_id LIMIT $1"
        ),
        args![FOOTER],
    )?;
    read(conn, &rows)
}

/// The published stories and pages with these ids, in no order, those left out that are not published; at most [`MOST`].
///
/// # Errors
/// As [`Conn::query`].
pub fn of(conn: &mut Conn<'_>, ids: &[&str]) -> Result<Vec<Card>> {
    let ids = &ids[..ids.len().min(MOST)];
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM publications p LEFT JOIN sections s ON s.id = p.section_id WHERE p.story_id IN ({})",
        places(1, ids.len())
    );
    let rows = conn.query(&sql, &values(ids.iter().copied()))?;
    read(conn, &rows)
}

/// Ids of the published stories that show this picture, at the top or in the text.
///
/// # Errors
/// As [`Conn::query`].
pub fn with_picture(conn: &mut Conn<'_>, picture: &str) -> Result<Vec<String>> {
    conn.query(
        "SELECT story_id FROM publications WHERE lead_picture = $1
         UNION SELECT story_id FROM publication_pictures WHERE picture = $1 ORDER BY story_id",
        args![picture],
    )?
    .iter()
    .map(|row| row.get("story_id"))
    .collect()
}

/// Where all published stories and pages stand, in the order of their ids, for the site map: at most [`MOST`] after
/// `after`.
///
/// # Errors
/// As [`Conn::query`].
pub fn addresses(conn: &mut Conn<'_>, after: Option<&str>, limit: usize) -> Result<Vec<Address>> {
    conn.query(
        "SELECT p.story_id, p.path, p.headline, p.language, p.published_at, p.updated_at,
             (SELECT max(c.at) FROM corrections c WHERE c.story_id = p.story_id) AS corrected_at
         FROM publications p WHERE p.story_id > $1 ORDER BY p.story_id LIMIT $2",
        args![after.unwrap_or_default(), limit.min(MOST)],
    )?
    .iter()
    .map(|row| {
        let published_at: Time = row.get("published_at")?;
        Ok(Address {
            id: row.get("story_id")?,
            path: row.get("path")?,
            headline: row.get("headline")?,
            language: row.get("language")?,
            published_at,
            modified: [row.get::<Option<Time>>("updated_at")?, row.get("corrected_at")?]
                .into_iter()
                .flatten()
                .fold(published_at, Time::max),
        })
    })
    .collect()
}

fn read(conn: &mut Conn<'_>, rows: &[Row]) -> Result<Vec<Card>> {
    let ids = rows.iter().map(|row| row.get("story_id")).collect::<Result<Vec<String>>>()?;
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut names = bylines(conn, &ids)?;
    rows.iter()
        .zip(ids)
        .map(|(row, id)| {
            Ok(Card {
                id: id.to_owned(),
                kind: Kind::read(&row.get::<String>("kind")?)?,
                path: row.get("path")?,
                kicker: row.get("kicker")?,
                headline: row.get("headline")?,
                dek: row.get("dek")?,
                section: section_name(row)?,
                bylines: names.remove(id).unwrap_or_default(),
                language: row.get("language")?,
                lead_picture: row.get("lead_picture")?,
                word_count: row.get("word_count")?,
                published_at: row.get("published_at")?,
                updated_at: row.get("updated_at")?,
            })
        })
        .collect()
}

pub(super) fn section_name(row: &Row) -> Result<Option<SectionName>> {
    match (row.get("section_id")?, row.get("section_slug")?, row.get("section_name")?) {
        (Some(id), Some(slug), Some(name)) => Ok(Some(SectionName { id, slug, name })),
        _ => Ok(None),
    }
}

/// The bylines of several stories at once.
pub(super) fn bylines(conn: &mut Conn<'_>, ids: &[&str]) -> Result<HashMap<String, Vec<BylineName>>> {
    let mut found: HashMap<String, Vec<BylineName>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let sql = format!(
        "SELECT b.story_id, b.author_id, coalesce(a.name, b.name) AS name, a.slug FROM publication_bylines b
         LEFT JOIN authors a ON a.id = b.author_id WHERE b.story_id IN ({}) ORDER BY b.story_id, b.position",
        places(1, ids.len())
    );
    for row in conn.query(&sql, &values(ids.iter().copied()))? {
        let author = match (row.get("author_id")?, row.get("slug")?) {
            (Some(id), Some(slug)) => Some(AuthorPage { id, slug }),
            _ => None,
        };
        found.entry(row.get("story_id")?).or_default().push(BylineName { name: row.get("name")?, author });
    }
    Ok(found)
}
