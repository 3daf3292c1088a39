//! The nouns of the desk: what a story says, and the draft that says it.

use std::collections::HashSet;

use onrecord_base::{Error, FieldError, Result, Time};
use onrecord_prose::Document;
use serde::{Deserialize, Serialize};

use crate::{section::LONGEST_NAME, slug, text};

/// A story of the day, or a page that stays (about, privacy, imprint, contact).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Stands in a section, in lists and feeds.
    Story,
    /// Stands by itself, named in the footer.
    Page,
}

impl Kind {
    /// As the store keeps it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Story => "story",
            Kind::Page => "page",
        }
    }

    pub(crate) fn read(text: &str) -> Result<Kind> {
        match text {
            "story" => Ok(Kind::Story),
            "page" => Ok(Kind::Page),
            _ => Err(Error::internal(format!("no such kind of story: {text}"))),
        }
    }
}

/// What a story says: everything a revision keeps.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// The line over the headline.
    pub kicker: String,
    /// The headline.
    pub headline: String,
    /// The sentence under the headline.
    pub dek: String,
    /// Last part of the address.
    pub slug: String,
    /// Id of its section.
    pub section: Option<String>,
    /// Who wrote it, in the order printed.
    pub bylines: Vec<Byline>,
    /// Where it was written.
    pub dateline: String,
    /// Names of its tags; they become tags when the story is published.
    pub tags: Vec<String>,
    /// Id of the picture at its top.
    pub lead_picture: Option<String>,
    /// BCP 47 tag of its language.
    pub language: String,
    /// Id of the story this one translates.
    pub translation_of: Option<String>,
    /// Address of the original, if it first appeared elsewhere.
    pub canonical: Option<String>,
    /// When it is, or says it was, published; none for the moment of publication.
    pub published_at: Option<Time>,
    /// The text.
    pub body: Document,
}

/// One name of a byline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// The author, if the name belongs to one with a page.
    pub author: Option<String>,
    /// The name as written; an author's own name is preferred where it is shown.
    pub name: String,
}

/// A story as the desk has it. Nothing public can be made of it except by publishing it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The story's id.
    pub id: String,
    /// Story or page.
    pub kind: Kind,
    /// When it was begun.
    pub created_at: Time,
    /// Who began it: staff id, none for an import.
    pub created_by: Option<String>,
    /// Its version: grows with every save that changed something.
    pub version: i64,
    /// When it was last saved.
    pub saved_at: Time,
    /// Who saved it last.
    pub saved_by: Option<String>,
    /// What it says.
    pub content: Content,
}

/// Longest headline, dek and other lines: far above what any page can show, far below what hurts a list.
pub const LONGEST_LINE: usize = 1000;
/// The largest body as JSON. A book has 1 MB; beyond this, browsers stop being editors.
pub const LARGEST_BODY: usize = 8 * 1024 * 1024;
/// Room for the other fields beside the body.
pub(crate) const ROOM_BESIDE: usize = 64 * 1024;
/// The most bylines or tags of a story.
pub const MOST_NAMES: usize = 50;

impl Content {
    /// Made fit to be kept: lines are lines, the slug is a slug.
    ///
    /// # Errors
    /// `Error::Invalid` with a message for each field that is too long or cannot be read. `Error::TooLarge` for the body.
    pub fn checked(mut self, fallback_language: &str) -> Result<Content> {
        let mut wrong = Vec::new();
        let lines = [
            ("kicker", &mut self.kicker),
            ("headline", &mut self.headline),
            ("dek", &mut self.dek),
            ("dateline", &mut self.dateline),
        ];
        for (field, value) in lines {
            *value = text::line(value);
            if value.len() > LONGEST_LINE {
                wrong.push(FieldError::new(field, "stories-text-too-long").arg("limit", LONGEST_LINE));
            }
        }
        self.slug = slug::from_text(&self.slug);
        self.bylines.iter_mut().for_each(|byline| byline.name = text::line(&byline.name));
        self.bylines.retain(|byline| !byline.name.is_empty());
        self.tags = distinct(&self.tags);
        if self.bylines.len() > MOST_NAMES || self.bylines.iter().any(|b| b.name.len() > LONGEST_NAME) {
            wrong.push(FieldError::new("bylines", "stories-too-many-names").arg("limit", MOST_NAMES));
        }
        if self.tags.len() > MOST_NAMES || self.tags.iter().any(|tag| tag.len() > LONGEST_NAME) {
            wrong.push(FieldError::new("tags", "stories-too-many-names").arg("limit", MOST_NAMES));
        }
        self.language = language(&self.language).or_else(|| language(fallback_language)).unwrap_or_else(|| "en".into());
        self.canonical = self.canonical.map(|url| url.trim().to_owned()).filter(|url| !url.is_empty());
        if self.canonical.as_deref().is_some_and(|url| !is_web_address(url)) {
            wrong.push(FieldError::new("canonical", "stories-canonical-wrong"));
        }
        for id in [&mut self.section, &mut self.lead_picture, &mut self.translation_of] {
            *id = id.take().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty() && id.len() <= 64);
        }
        match wrong.is_empty() {
            true => Ok(self),
            false => Err(Error::Invalid(wrong)),
        }
    }

    /// The last part of its address: the slug as written, or one made of the headline. Empty if neither says anything.
    pub fn effective_slug(&self) -> String {
        match self.slug.as_str() {
            "" => slug::from_text(&self.headline),
            slug => slug.to_owned(),
        }
    }

    /// What the desk's search looks through.
    pub(crate) fn search_words(&self) -> String {
        let mut words = vec![self.headline.as_str(), &self.kicker, &self.dek, &self.slug, &self.dateline];
        words.extend(self.bylines.iter().map(|byline| byline.name.as_str()));
        words.extend(self.tags.iter().map(String::as_str));
        words.join("\n").to_lowercase()
    }

    pub(crate) fn to_json(&self) -> Result<String> {
        let json = serde_json::to_string(self).map_err(|e| Error::internal(e.to_string()))?;
        // The other fields are bounded, so that what is too large is the body.
        match json.len() > LARGEST_BODY + ROOM_BESIDE {
            true => Err(Error::TooLarge { limit: LARGEST_BODY as u64 }),
            false => Ok(json),
        }
    }

    pub(crate) fn from_json(json: &str) -> Result<Content> {
        serde_json::from_str(json).map_err(|e| Error::internal(format!("a revision cannot be read: {e}")))
    }
}

/// Names out of a line of a form: separated by commas, semicolons or line ends.
pub fn names(line: &str) -> Vec<String> {
    distinct(&line.split([',', ';', '\n', '，', '、']).map(str::to_owned).collect::<Vec<_>>())
}

fn distinct(names: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    let lines = names.iter().map(|name| text::line(name)).filter(|name| !name.is_empty());
    lines.filter(|name| seen.insert(name.to_lowercase())).collect()
}

/// A BCP 47 tag as far as its form goes, with the usual capitals of its language left as written.
fn language(tag: &str) -> Option<String> {
    let tag = tag.trim();
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let fits = (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && tag.len() <= 35
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    fits.then(|| tag.to_owned())
}

fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    url.len() <= 2000
        && !url.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"\\^`{|}".contains(c))
        && rest.and_then(|rest| rest.split(['/', '?', '#']).next()).is_some_and(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_form_says_is_made_fit_or_named() {
        let content = Content {
            headline: "  Harbour\n wall ".into(),
            slug: "Harbour Wall!".into(),
            tags: names("Harbour, harbour;Town ,,"),
            language: "de-AT".into(),
            canonical: Some(" ".into()),
            ..Content::default()
        };
        let kept = content.checked("en").unwrap();
        assert_eq!(kept.headline, "Harbour wall");
        assert_eq!(kept.slug, "harbour-wall");
        assert_eq!(kept.tags, ["Harbour", "Town"]);
        assert_eq!((kept.language.as_str(), kept.canonical), ("de-AT", None));

        let wrong =
            Content { canonical: Some("javascript:alert(1)".into()), dek: "x".repeat(1001), ..Content::default() };
        let Err(Error::Invalid(fields)) = wrong.checked("en") else { panic!("accepted") };
        assert_eq!(fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), ["dek", "canonical"]);
    }

    #[test]
    fn a_language_that_is_none_becomes_the_sites() {
        for bad in ["", "x", "en_US", "<b>", "en-"] {
            let content = Content { language: bad.into(), ..Content::default() };
            assert_eq!(content.checked("es").unwrap().language, "es", "{bad}");
        }
    }
}
