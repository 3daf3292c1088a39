//! A story.

use onrecord_base::views::View;
use serde::Serialize;

use super::{Card, Date, Image, Link, Name, next::After, samples};

/// A story's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoryView {
    /// What it shows.
    pub story: Story,
}

/// What a story's page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Story {
    /// Kicker.
    pub kicker: Option<String>,
    /// Headline.
    pub headline: String,
    /// Dek.
    pub dek: Option<String>,
    /// Where it stands.
    pub url: String,
    /// Its section.
    pub section: Option<Link>,
    /// Its bylines.
    pub bylines: Vec<Name>,
    /// Where it was written.
    pub dateline: Option<String>,
    /// When it was published; none on a preview.
    pub published: Option<Date>,
    /// When it was changed since.
    pub updated: Option<Date>,
    /// Its language.
    pub language: String,
    /// Direction of its script.
    pub dir: &'static str,
    /// The picture on top.
    pub lead: Option<Image>,
    /// The text, rendered from the typed document.
    pub body_html: String,
    /// Its tags.
    pub tags: Vec<Link>,
    /// Its corrections, newest first.
    pub corrections: Vec<Correction>,
    /// The same in other languages.
    pub translations: Vec<Translation>,
    /// Where its comments are.
    pub comments_url: Option<String>,
    /// How many.
    pub comments_count: Option<i64>,
    /// What to read next.
    pub next: Option<Card>,
    /// What else to read next.
    pub more: Vec<Card>,
    /// The list that they are of, for the script; none on a preview.
    pub after: Option<After>,
    /// How long reading takes.
    pub reading_minutes: i64,
    /// Quotations that carry a mark.
    pub quotations: i64,
}

/// A correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// When.
    pub date: Date,
    /// What was wrong and is right.
    pub text: String,
}

/// The same story in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Translation {
    /// The language.
    pub language: String,
    /// Direction of its script.
    pub dir: &'static str,
    /// The language's own name.
    pub name: String,
    /// The headline there.
    pub headline: String,
    /// Where it stands.
    pub url: String,
}

impl View for StoryView {
    const TEMPLATE: &'static str = "story.html";

    fn samples() -> Vec<StoryView> {
        [samples::story(), samples::bare_story(), samples::foreign_story()].map(|story| StoryView { story }).into()
    }
}
