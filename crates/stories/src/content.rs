//! The nouns of the desk: what a story says, and the draft that says it.

use onrecord_base::{Error, Result, Time};
use onrecord_prose::Document;
use serde::{Deserialize, Serialize};

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
