//! What readers see of results: read from the publication tables at that very moment. What is no longer there is not shown.

use onrecord_base::{
    App, Conn, Result, Time,
    messages::{Arg, Messages},
};
use onrecord_record::{PublicPerson, PublicQuotation, store::public};
use onrecord_stories::{
    Section,
    published::{self, Text},
};
use serde::Serialize;

use crate::{
    highlight::{Marks, Piece},
    schema::{Key, Kind},
};

/// A result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// `story`, `page`, `quotation`, `person`.
    pub kind: &'static str,
    /// Where it stands.
    pub url: String,
    /// Headline, words or name.
    pub title: Vec<Piece>,
    /// The part of its text that shows what was asked for; may be empty.
    pub excerpt: Vec<Piece>,
    /// Language of title and excerpt.
    pub language: String,
    /// Its section, or who said it.
    pub of: Option<Link>,
    /// Who wrote it.
    pub by: Vec<String>,
    /// When it was published.
    pub date: Option<Day>,
    /// The story that a quotation stands in.
    pub story: Option<Link>,
    /// How many quotations a person has.
    pub count: i64,
}

/// A name and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The name.
    pub name: String,
    /// Where it leads.
    pub url: String,
}

/// A day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// For machines.
    pub iso: String,
    /// In words.
    pub text: String,
}

/// What is behind keys, as far as it is public at this moment.
#[derive(Debug, Default)]
pub struct Public {
    stories: Vec<Text>,
    quotations: Vec<PublicQuotation>,
    people: Vec<PublicPerson>,
}

/// Reads what is behind keys.
///
/// # Errors
/// As [`Conn::query`].
pub fn read(conn: &mut Conn<'_>, keys: &[Key]) -> Result<Public> {
    let ids = |of: fn(&Key) -> Option<&str>| keys.iter().filter_map(of).collect::<Vec<_>>();
    let stories = ids(|key| if let Key::Story(id) = key { Some(id) } else { None });
    let quotations = ids(|key| if let Key::Quotation(id) = key { Some(id) } else { None });
    let people = ids(|key| if let Key::Person(id) = key { Some(id) } else { None });
    Ok(Public {
        stories: published::texts(conn, &stories)?,
        quotations: public::quotations(conn, &quotations)?,
        people: public::people_of(conn, &people)?,
    })
}

/// Makes results of it, in the order of the keys.
pub fn lines(app: &App, keys: &[Key], public: &Public, marks: &Marks) -> Vec<Line> {
    let line = |key: &Key| match key {
        Key::Story(id) => public.stories.iter().find(|text| text.card.id == *id).map(|text| story(app, text, marks)),
        Key::Quotation(id) => {
            public.quotations.iter().find(|one| one.id == *id).and_then(|one| quotation(app, one, marks))
        }
        Key::Person(id) => public.people.iter().find(|one| one.id == *id).map(|one| person(app, one, marks)),
    };
    keys.iter().filter_map(line).collect()
}

fn story(app: &App, text: &Text, marks: &Marks) -> Line {
    let card = &text.card;
    let body = text.body.plain_text();
    let mut excerpt = marks.excerpt(&card.language, &body);
    // What is only in the line below the headline is shown there.
    if !card.dek.is_empty() && !excerpt.iter().any(|piece| piece.hit) {
        excerpt = marks.whole(&card.language, &card.dek);
    }
    let kind = if card.kind == onrecord_stories::Kind::Page { Kind::Page } else { Kind::Story };
    Line {
        kind: kind.name(),
        url: card.path.clone(),
        title: marks.whole(&card.language, &card.headline),
        excerpt,
        language: card.language.clone(),
        of: card.section.as_ref().map(|section| Link { name: section.name.clone(), url: format!("/{}", section.slug) }),
        by: card.bylines.iter().map(|byline| byline.name.clone()).collect(),
        date: (kind == Kind::Story).then(|| day(app, card.published_at)),
        story: None,
        count: 0,
    }
}

fn quotation(app: &App, quotation: &PublicQuotation, marks: &Marks) -> Option<Line> {
    let newest = quotation.uses.first()?;
    let name = quotation.name().to_owned();
    let of = match &quotation.person {
        Some(person) => Some(Link { name, url: format!("/people/{}", person.slug) }),
        None if name.is_empty() => None,
        None => Some(Link { name, url: String::new() }),
    };
    Some(Line {
        kind: Kind::Quotation.name(),
        url: format!("/quotes/{}", quotation.id),
        title: marks.excerpt(&newest.language, &quotation.words),
        excerpt: Vec::new(),
        language: newest.language.clone(),
        of,
        by: Vec::new(),
        date: Some(day(app, newest.published_at)),
        story: Some(Link { name: newest.headline.clone(), url: newest.path.clone() }),
        count: 0,
    })
}

fn person(app: &App, person: &PublicPerson, marks: &Marks) -> Line {
    let language = app.settings().language().to_owned();
    Line {
        kind: Kind::Person.name(),
        url: format!("/people/{}", person.slug),
        title: marks.whole(&language, &person.name),
        excerpt: marks.whole(&language, &person.description),
        language,
        of: None,
        by: Vec::new(),
        date: None,
        story: None,
        count: person.quotations,
    }
}

/// The day of a time on the newsroom's wall, in the site's language.
fn day(app: &App, time: Time) -> Day {
    let settings = app.settings();
    let at = time.in_zone(&settings.zone());
    let iso = at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    Day { iso, text: in_words(&app.messages, settings.language(), at.date()) }
}

/// A day in words.
pub(crate) fn in_words(messages: &Messages, language: &str, day: jiff::civil::Date) -> String {
    let args = [
        ("day", day.day().to_string()),
        ("month", messages.text(language, &format!("site-month-{}", day.month()), [])),
        ("year", day.year().to_string()),
        ("time", String::new()),
    ];
    messages.text(language, "site-date-day", args.map(|(name, value)| (name, Arg::from(value))))
}

/// A suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Headline or name.
    pub text: String,
    /// What it is, in the site's language.
    pub note: String,
    /// Where it leads.
    pub url: String,
}

/// Makes suggestions of sections.
pub fn sections(app: &App, sections: impl Iterator<Item = Section>) -> Vec<Suggestion> {
    let note = app.messages.text(app.settings().language(), "site-search-one-section", []);
    sections.map(|one| Suggestion { text: one.name, note: note.clone(), url: format!("/{}", one.slug) }).collect()
}

/// Makes suggestions of what is behind keys.
pub fn suggestions(app: &App, keys: &[Key], public: &Public) -> Vec<Suggestion> {
    let settings = app.settings();
    let note = |kind: Kind| app.messages.text(settings.language(), &format!("site-search-one-{}", kind.name()), []);
    let one = |key: &Key| match key {
        Key::Story(id) => public.stories.iter().find(|text| text.card.id == *id).map(|text| Suggestion {
            text: text.card.headline.clone(),
            note: text.card.section.as_ref().map_or_else(|| note(Kind::Story), |section| section.name.clone()),
            url: text.card.path.clone(),
        }),
        Key::Person(id) => public.people.iter().find(|person| person.id == *id).map(|person| Suggestion {
            text: person.name.clone(),
            note: if person.description.is_empty() { note(Kind::Person) } else { person.description.clone() },
            url: format!("/people/{}", person.slug),
        }),
        Key::Quotation(_) => None,
    };
    keys.iter().filter_map(one).collect()
}
