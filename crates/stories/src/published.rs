//! What readers see: the reading side of the publication tables, for the site, search and exchange.
//!
//! Invariant: the types here cannot be made outside this crate, and inside it only by `store::published`,
//! `store::cards` and `store::texts`, from the publication tables.
//!
//! All functions are synchronous over one [`Conn`](onrecord_base::Conn) and read through indexes: none of them looks at
//! more rows than it returns, except [`count`].

use std::ops::Deref;

use onrecord_base::Time;
use onrecord_prose::Document;

use crate::Kind;
pub use crate::store::{
    archive::{days, latest_update, months, years},
    cards::{addresses, cards, cards_by_id, count, front, of as cards_of, page, pages, pinned, with_picture},
    corrections::{of_story as corrections_of, recent as corrections},
    published::{resolve, story, translations, whereabouts},
    texts::{how_many, texts, walk},
};
pub use crate::store::{
    authors::{all as authors, by_old_slug as author_by_old_slug, by_slug as author_by_slug},
    sections::{all as sections, by_slug as section_by_slug},
    tags::{all as tags, by_slug as tag_by_slug},
};

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// The published story or page with this id stands here.
    Story(String),
    /// It moved; the path where it stands now.
    Redirect(String),
    /// It stood here and was taken down or killed.
    Gone,
}

/// The section a story stands in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SectionName {
    /// Its id.
    pub id: String,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// Where a published story stands, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Whereabouts {
    /// The story's id.
    pub id: String,
    /// Where it stands.
    pub path: String,
    /// Its headline.
    pub headline: String,
    /// Its section.
    pub section_id: Option<String>,
    /// Its language.
    pub language: String,
    /// When it was first published.
    pub published_at: Time,
}

/// One name of a byline.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct BylineName {
    /// The name as printed.
    pub name: String,
    /// Id and slug of the author, if the name has a page.
    pub author: Option<AuthorPage>,
}

/// Where an author's page is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AuthorPage {
    /// The author's id.
    pub id: String,
    /// The author's slug.
    pub slug: String,
}

/// A correction of a published story.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Correction {
    /// Its id.
    pub id: String,
    /// The story's id.
    pub story: String,
    /// When it was made.
    pub at: Time,
    /// What was wrong and what is right.
    pub text: String,
}

/// The same story in another language.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Translation {
    /// Its id.
    pub id: String,
    /// Its language.
    pub language: String,
    /// Its headline.
    pub headline: String,
    /// Its path.
    pub path: String,
}

/// What a page shows of a story, published or, in a preview, not yet; which of the two it is, the types around it say:
/// [`PublishedStory`] and [`crate::PreviewedStory`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Article {
    /// The story's id.
    pub id: String,
    /// Story or page.
    pub kind: Kind,
    /// Kicker; may be empty.
    pub kicker: String,
    /// Headline.
    pub headline: String,
    /// Dek; may be empty.
    pub dek: String,
    /// Its section; none for pages.
    pub section: Option<SectionName>,
    /// Its bylines in order.
    pub bylines: Vec<BylineName>,
    /// Dateline; may be empty.
    pub dateline: String,
    /// Its tags in order.
    pub tags: Vec<crate::Tag>,
    /// Its language.
    pub language: String,
    /// Address of the original elsewhere.
    pub canonical: Option<String>,
    /// Id of its lead picture.
    pub lead_picture: Option<String>,
    /// Words in the text.
    pub word_count: i64,
    /// The text.
    pub body: Document,
    /// The same story in other languages, as far as published.
    pub translations: Vec<Translation>,
    /// Its corrections, newest first.
    pub corrections: Vec<Correction>,
}

/// A published story or page, whole.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PublishedStory {
    /// What it shows.
    pub article: Article,
    /// Where it stands, percent-encoded, from `/`.
    pub path: String,
    /// The revision that was published.
    pub revision: i64,
    /// When it was first published.
    pub published_at: Time,
    /// When it was last changed since, if it was.
    pub updated_at: Option<Time>,
}

impl Deref for PublishedStory {
    type Target = Article;

    fn deref(&self) -> &Article {
        &self.article
    }
}

impl PublishedStory {
    /// Its place in lists ordered by publication.
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.published_at, id: self.article.id.clone() }
    }

    /// When it last became another text for readers, if it did since its publication: changed, or corrected.
    pub fn modified_at(&self) -> Option<Time> {
        let corrected = self.article.corrections.iter().map(|one| one.at).max();
        self.updated_at.max(corrected.filter(|at| *at > self.published_at))
    }
}

/// A draft as a preview link shows it: the desk's text, not the readers'. Never put one where others can find it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PreviewedStory {
    /// What it shows.
    pub article: Article,
    /// When it was last saved.
    pub saved_at: Time,
    /// When it is to be published, if that is set.
    pub published_at: Option<Time>,
}

impl Deref for PreviewedStory {
    type Target = Article;

    fn deref(&self) -> &Article {
        &self.article
    }
}

/// What a list shows of a published story.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Card {
    /// The story's id.
    pub id: String,
    /// Story or page.
    pub kind: Kind,
    /// Where it stands.
    pub path: String,
    /// Kicker; may be empty.
    pub kicker: String,
    /// Headline.
    pub headline: String,
    /// Dek; may be empty.
    pub dek: String,
    /// Its section.
    pub section: Option<SectionName>,
    /// Its bylines in order.
    pub bylines: Vec<BylineName>,
    /// Its language.
    pub language: String,
    /// Id of its lead picture.
    pub lead_picture: Option<String>,
    /// Words in the text.
    pub word_count: i64,
    /// When it was first published.
    pub published_at: Time,
    /// When it was last changed since.
    pub updated_at: Option<Time>,
}

impl Card {
    /// Its place in lists ordered by publication.
    pub fn cursor(&self) -> Cursor {
        Cursor { at: self.published_at, id: self.id.clone() }
    }
}

/// A published story or page as far as its words go: what search reads.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Text {
    /// What a list shows of it.
    pub card: Card,
    /// Its tags in order.
    pub tags: Vec<crate::Tag>,
    /// The revision that was published.
    pub revision: i64,
    /// The text.
    pub body: Document,
}

/// Where a published story stands in time, and which revision of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Standing {
    /// Its id, and when it was first published.
    pub cursor: Cursor,
    /// When it was last changed since.
    pub updated_at: Option<Time>,
    /// The revision that was published.
    pub revision: i64,
}

/// Which stories a list holds; all conditions that are set must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Id of a section.
    pub section: Option<String>,
    /// Id of an author.
    pub author: Option<String>,
    /// Id of a tag.
    pub tag: Option<String>,
    /// A language's tag.
    pub language: Option<String>,
    /// Published at this time or later.
    pub from: Option<Time>,
    /// Published before this time.
    pub until: Option<Time>,
    /// Without translations of published stories: where every story shall stand once.
    pub originals: bool,
}

impl Filter {
    /// All stories.
    pub fn all() -> Filter {
        Filter::default()
    }

    /// Stories of a section.
    pub fn section(id: &str) -> Filter {
        Filter { section: Some(id.to_owned()), ..Filter::default() }
    }

    /// The same without translations of published stories.
    #[must_use]
    pub fn originals(self) -> Filter {
        Filter { originals: true, ..self }
    }

    /// Stories of an author.
    pub fn author(id: &str) -> Filter {
        Filter { author: Some(id.to_owned()), ..Filter::default() }
    }

    /// Stories with a tag.
    pub fn tag(id: &str) -> Filter {
        Filter { tag: Some(id.to_owned()), ..Filter::default() }
    }

    /// Stories published in a span of time; [`day_bounds`] gives that of a day.
    pub fn between(from: Time, until: Time) -> Filter {
        Filter { from: Some(from), until: Some(until), ..Filter::default() }
    }
}

/// When a calendar day begins and ends in a time zone, for [`Filter::between`]; none if there is no such day.
pub fn day_bounds(zone: &jiff::tz::TimeZone, year: i16, month: i8, day: i8) -> Option<(Time, Time)> {
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    let start = |date: jiff::civil::Date| {
        date.to_zoned(zone.clone()).ok().map(|z| Time::from_millis(z.timestamp().as_millisecond()))
    };
    Some((start(date)?, start(date.tomorrow().ok()?)?))
}

/// A place in a list ordered by publication, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// When the story there was published.
    pub at: Time,
    /// Its id.
    pub id: String,
}

impl Cursor {
    /// As it stands in an address.
    pub fn to_text(&self) -> String {
        format!("{}-{}", self.at.millis(), self.id)
    }

    /// Reads what [`Cursor::to_text`] wrote; none for anything else.
    pub fn parse(text: &str) -> Option<Cursor> {
        // Times before 1970 begin with a minus of their own.
        let sign = usize::from(text.starts_with('-'));
        let (at, id) = text.split_at_checked(sign + text.get(sign..)?.find('-')?)?;
        let id = id.strip_prefix('-').filter(|id| !id.is_empty() && id.len() <= 64 && !id.contains('\0'))?;
        Some(Cursor { at: Time::from_millis(at.parse().ok()?), id: id.to_owned() })
    }
}

/// Where a page of a list begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// At the newest story.
    Newest,
    /// With the stories right before this one in time.
    OlderThan(Cursor),
    /// With the stories right after this one in time.
    NewerThan(Cursor),
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Its stories, newest first.
    pub cards: Vec<Card>,
    /// Where the page with newer stories begins, if there are any.
    pub newer: Option<Place>,
    /// Where the page with older stories begins, if there are any.
    pub older: Option<Place>,
}

/// The front: what the desk pinned, then the newest.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// Pinned stories in the desk's order.
    pub pinned: Vec<Card>,
    /// The newest stories that are not pinned.
    pub latest: Vec<Card>,
}

/// A line of the site map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The story's id.
    pub id: String,
    /// Where it stands.
    pub path: String,
    /// Its headline.
    pub headline: String,
    /// Its language.
    pub language: String,
    /// When it was published.
    pub published_at: Time,
    /// When it was last changed or corrected, its publication included.
    pub modified: Time,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_are_read_as_they_were_written() {
        for millis in [0, 1_795_341_600_000, -5] {
            let cursor = Cursor { at: Time::from_millis(millis), id: "0190-ab".into() };
            assert_eq!(Cursor::parse(&cursor.to_text()), Some(cursor));
        }
        for text in ["", "-", "5", "5-", "x-y", "--", "9999999999999999999999-a"] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_is_as_long_as_its_clock_says() {
        let zone = jiff::tz::TimeZone::get("Europe/Madrid").unwrap();
        let hours = |y, m, d| day_bounds(&zone, y, m, d).map(|(a, b)| (b.millis() - a.millis()) / 3_600_000);
        assert_eq!(hours(2026, 11, 22), Some(24));
        assert_eq!(hours(2026, 3, 29), Some(23));
        assert_eq!(hours(2026, 2, 30), None);
    }
}
