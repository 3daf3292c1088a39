//! What readers see of a quotation and of who said it.
//!
//! Invariants: these types are made only in [`crate::store::public`], and only of what stands in a published story; none
//! of them has a place for a confidential source's title or address, for any source's notes, file or text, or for why
//! the desk holds a quotation to be disputed (what is written there may name who told us).

use onrecord_base::Time;
use serde::Serialize;

use crate::{quotation::State, source::PublicSource};

/// A quotation as readers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PublicQuotation {
    /// Its id: `/quotes/ID`.
    pub id: String,
    /// The words as the newest of its stories has them.
    pub words: String,
    /// Who said it, as the story has the name; may be empty.
    pub speaker: String,
    /// Who that is, if the desk has said so.
    pub person: Option<PersonName>,
    /// How it was said; one of [`crate::quotation::CHANNELS`], or empty.
    pub channel: String,
    /// Network or outlet; may be empty.
    pub outlet: String,
    /// To whom; may be empty.
    pub addressee: String,
    /// When: `2018`, `2018-05` or `2018-05-03`; may be empty.
    pub said_on: String,
    /// How we know; none without a source.
    pub how: Option<PublicSource>,
    /// The verdict of the newest publication.
    pub verdict: State,
    /// The published stories it stands in, newest first.
    pub uses: Vec<Use>,
}

impl PublicQuotation {
    /// The name to print: the person's own, or the one that stands in the story.
    pub fn name(&self) -> &str {
        self.person.as_ref().map_or(&self.speaker, |person| &person.name)
    }

    /// When we first published it.
    pub fn first_published(&self) -> Time {
        self.uses.iter().map(|one| one.published_at).min().unwrap_or(Time::from_millis(0))
    }
}

/// Who said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonName {
    /// The person's id.
    pub id: String,
    /// The last part of `/people/SLUG`.
    pub slug: String,
    /// The name as we print it.
    pub name: String,
    /// Who that is, in a line; may be empty.
    pub description: String,
}

/// A published story in which a quotation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Use {
    /// The story's id.
    pub story: String,
    /// Where it stands.
    pub path: String,
    /// Its headline.
    pub headline: String,
    /// Its language.
    pub language: String,
    /// When it was first published.
    pub published_at: Time,
    /// The words as they stand there.
    pub words: String,
}

/// A quotation at its place in a published story.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Placed {
    /// The quotation, with this story as its only use.
    pub quotation: PublicQuotation,
    /// What stands before (W3C TextQuoteSelector).
    pub prefix: String,
    /// What stands after.
    pub suffix: String,
    /// True for a block quotation, which has no marks of its own.
    pub block: bool,
}

/// A person who is quoted in a published story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PublicPerson {
    /// The person's id.
    pub id: String,
    /// The last part of `/people/SLUG`.
    pub slug: String,
    /// The name as we print it.
    pub name: String,
    /// Who that is, in a line; may be empty.
    pub description: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Addresses that say who that is elsewhere.
    pub same_as: Vec<String>,
    /// How many quotations.
    pub quotations: i64,
    /// When a story with one of them was last published or changed.
    pub modified: Time,
}

/// One thing that a person said, as far as lists need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// The quotation's id.
    pub id: String,
    /// How it was said.
    pub channel: String,
    /// When it was said, as far as known; may be empty.
    pub said_on: String,
    /// When we first published it.
    pub published_at: Time,
}
