//! What narrows a question: slugs and names of an address into ids of the database, and counts into links.

use std::collections::HashMap;

use jiff::{Zoned, civil::Date, tz::TimeZone};
use onrecord_base::{App, Conn, Result, Time};
use onrecord_record::{
    PublicPerson,
    store::{people, public},
};
use onrecord_stories::{published, store::authors};
use serde::Serialize;

use crate::{
    facets::Facets,
    find::Filters,
    question::Question,
    schema::Kind,
    shown::{self, Link},
    words,
};

/// Links that one group offers, and names that one part of a name stands for.
const OFFERED: usize = 8;

/// A filter in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Active {
    /// Its name in the address.
    pub field: &'static str,
    /// What it is set to, in words.
    pub text: String,
    /// The address of the same question without it.
    pub url: String,
    /// It names nobody, but is a part of these names: the same question with each of them.
    pub which: Vec<Link>,
}

/// A group of links that narrow a question further.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Group {
    /// `kind`, `section`, `author`, `person`, `year`.
    pub field: &'static str,
    /// The links.
    pub items: Vec<Offer>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Offer {
    /// What it narrows to.
    pub name: String,
    /// The address.
    pub url: String,
    /// How many results there are then.
    pub count: i64,
}

/// What an address' filters mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Resolved {
    /// For the index.
    pub filters: Filters,
    /// Those in use.
    pub active: Vec<Active>,
    /// One of them names nobody and nothing: then nothing can be found.
    pub unknown: Vec<Active>,
}

/// Looks up what the filters name.
///
/// # Errors
/// As [`Conn::query`].
pub(crate) fn resolve(conn: &mut Conn<'_>, app: &App, question: &Question) -> Result<Resolved> {
    let settings = app.settings();
    let mut resolved = Resolved::default();
    let active = |field: &'static str, text: String| Active {
        field,
        text,
        url: question.with(field, "").url(),
        which: Vec::new(),
    };
    if let Some(kind) = question.kind {
        resolved.filters.kind = Some(kind);
        resolved.active.push(active("kind", name_of(app, kind)));
    }
    for (field, typed) in [
        ("section", &question.section),
        ("author", &question.author),
        ("person", &question.person),
        ("said-by", &question.said_by),
    ] {
        if typed.is_empty() {
            continue;
        }
        let mut found = match field {
            "section" => section(conn, typed)?,
            "author" => author(conn, typed)?,
            _ => person(conn, typed)?,
        };
        if found.len() != 1 {
            let which =
                found.iter().map(|one| Link { name: one.name.clone(), url: question.with(field, &one.slug).url() });
            resolved.unknown.push(Active { which: which.collect(), ..active(field, typed.clone()) });
            continue;
        }
        let Named { id, name, .. } = found.remove(0);
        resolved.active.push(active(field, name));
        let filters = &mut resolved.filters;
        match field {
            "section" => filters.section = Some(id),
            "author" => filters.author = Some(id),
            "person" => filters.person = Some(id),
            _ => {
                filters.said_by = Some(id);
                filters.kind = filters.kind.or(Some(Kind::Quotation));
            }
        }
    }
    let words = |day: Date| shown::in_words(&app.messages, settings.language(), day);
    if let Some(day) = question.from {
        resolved.filters.from = begin(day, &settings.zone());
        resolved.active.push(active("from", words(day)));
    }
    if let Some(day) = question.to {
        resolved.filters.until = day.tomorrow().ok().and_then(|day| begin(day, &settings.zone()));
        resolved.active.push(active("to", words(day)));
    }
    Ok(resolved)
}

/// Somebody or something by name.
struct Named {
    id: String,
    name: String,
    slug: String,
}

fn section(conn: &mut Conn<'_>, typed: &str) -> Result<Vec<Named>> {
    let found = published::section_by_slug(conn, &typed.to_lowercase())?;
    Ok(found.map(|one| Named { id: one.id, name: one.name, slug: one.slug }).into_iter().collect())
}

/// The author of this slug or name, or those whose names it is a part of.
fn author(conn: &mut Conn<'_>, typed: &str) -> Result<Vec<Named>> {
    let named = |one: onrecord_stories::Author| Named { id: one.id, name: one.name, slug: one.slug };
    let slug = typed.to_lowercase();
    let mut found = published::author_by_slug(conn, &slug)?;
    if found.is_none() {
        // A link that somebody kept.
        found = published::author_by_old_slug(conn, &slug)?;
    }
    if found.is_none() {
        found = authors::named(conn, typed)?;
    }
    match found {
        Some(author) => Ok(vec![named(author)]),
        None => Ok(closest(typed, authors::called(conn, typed, OFFERED)?.into_iter().map(named).collect())),
    }
}

/// A person whom readers know: who is quoted in nothing published is nobody here.
fn person(conn: &mut Conn<'_>, typed: &str) -> Result<Vec<Named>> {
    let named = |one: PublicPerson| Named { id: one.id, name: one.name, slug: one.slug };
    let slug = typed.to_lowercase();
    let mut found = public::person(conn, &slug)?;
    if found.is_none() {
        let known = match people::moved(conn, &slug)? {
            Some(known) => Some(known),
            None => people::by_name(conn, typed)?,
        };
        if let Some(known) = known {
            found = public::people_of(conn, &[&known.id])?.pop();
        }
    }
    match found {
        Some(person) => Ok(vec![named(person)]),
        None => Ok(closest(typed, public::called(conn, typed, OFFERED)?.into_iter().map(named).collect())),
    }
}

/// Those that have what was typed as whole words, if any has: "Ann" is Ann rather than Anna.
fn closest(typed: &str, mut found: Vec<Named>) -> Vec<Named> {
    let words = |text: &str| -> Vec<String> { words::written(text).into_iter().map(|word| word.term).collect() };
    let asked = words(typed);
    let whole = |one: &Named| {
        let name = words(&format!("{} {}", one.name, one.slug));
        asked.iter().all(|word| name.contains(word))
    };
    if found.iter().any(whole) {
        found.retain(whole);
    }
    found
}

fn begin(day: Date, zone: &TimeZone) -> Option<Time> {
    let start: Zoned = day.to_zoned(zone.clone()).ok()?;
    Some(Time::from_millis(start.timestamp().as_millisecond()))
}

/// What kinds are called together.
pub(crate) fn name_of(app: &App, kind: Kind) -> String {
    app.messages.text(app.settings().language(), &format!("site-search-kind-{}", kind.name()), [])
}

/// Names behind the largest counts.
#[derive(Debug, Default)]
pub(crate) struct Names {
    sections: HashMap<String, Link>,
    authors: HashMap<String, Link>,
    people: HashMap<String, Link>,
}

/// Reads the names behind the counts; `url` of each is its slug.
///
/// # Errors
/// As [`Conn::query`].
pub(crate) fn names(conn: &mut Conn<'_>, facets: &Facets) -> Result<Names> {
    let mut names = Names::default();
    if !facets.sections.is_empty() {
        let all = published::sections(conn)?;
        names.sections = all.into_iter().map(|one| (one.id, Link { name: one.name, url: one.slug })).collect();
    }
    for (id, _) in largest(&facets.authors) {
        if let Some(one) = authors::find(conn, id)? {
            names.authors.insert(one.id, Link { name: one.name, url: one.slug });
        }
    }
    let ids: Vec<&str> = largest(&facets.people).into_iter().map(|(id, _)| id).collect();
    let people = public::names(conn, &ids)?;
    names.people = people.into_iter().map(|one| (one.id, Link { name: one.name, url: one.slug })).collect();
    Ok(names)
}

fn largest(counts: &HashMap<String, u64>) -> Vec<(&str, u64)> {
    let mut counts: Vec<(&str, u64)> = counts.iter().map(|(id, count)| (id.as_str(), *count)).collect();
    counts.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    counts.truncate(OFFERED);
    counts
}

/// The links that narrow a question further: only such as do, and none of a filter that is in use.
pub(crate) fn groups(app: &App, question: &Question, facets: &Facets, names: &Names) -> Vec<Group> {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let mut groups = Vec::new();
    let mut offer = |field: &'static str, items: Vec<Offer>| {
        let narrows = items.len() > 1 || items.iter().any(|item| item.count < number(facets.total));
        if narrows {
            groups.push(Group { field, items });
        }
    };
    if question.kind.is_none() && question.said_by.is_empty() {
        let kinds = Kind::ALL.into_iter().filter_map(|kind| facets.kinds.get(&kind).map(|count| (kind, *count)));
        let kinds = kinds.map(|(kind, count)| Offer {
            name: name_of(app, kind),
            url: question.with("kind", kind.name()).url(),
            count: number(count),
        });
        offer("kind", kinds.collect());
    }
    for (field, counts, names, used) in [
        ("section", &facets.sections, &names.sections, !question.section.is_empty()),
        ("author", &facets.authors, &names.authors, !question.author.is_empty()),
        ("person", &facets.people, &names.people, !(question.person.is_empty() && question.said_by.is_empty())),
    ] {
        if used {
            continue;
        }
        let named = largest(counts).into_iter().filter_map(|(id, count)| names.get(id).map(|link| (link, count)));
        let items = named.map(|(link, count)| Offer {
            name: link.name.clone(),
            url: question.with(field, &link.url).url(),
            count: number(count),
        });
        offer(field, items.collect());
    }
    if question.from.is_none() && question.to.is_none() {
        let mut years: Vec<(u64, u64)> = facets.years.iter().map(|(year, count)| (*year, *count)).collect();
        years.sort_by_key(|(year, _)| std::cmp::Reverse(*year));
        let years = years.into_iter().take(OFFERED).map(|(year, count)| Offer {
            name: year.to_string(),
            url: question.with("from", &format!("{year:04}-01-01")).with("to", &format!("{year:04}-12-31")).url(),
            count: number(count),
        });
        offer("year", years.collect());
    }
    groups
}
