//! A source: what the words of a quotation are compared with, and how we came by it.

use onrecord_accounts::{Action, Actor};
use onrecord_base::Time;
use onrecord_quotation::{
    Span,
    anchor::{self, TextQuoteSelector},
    verify::{Profile, verify},
};
use serde::{Deserialize, Serialize};

/// The longest title: readers see it as the text of a link.
pub const LONGEST_TITLE: usize = 300;
/// The longest notes: a long interview typed out stands in the text, not here.
pub const LONGEST_NOTES: usize = 20_000;

/// How we came by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// A page on the web, of which we keep our own copy.
    Url,
    /// A document: PDF, text, HTML, mail.
    Document,
    /// A recording with its transcript.
    Recording,
    /// A reporter's notes of an interview.
    Notes,
    /// A post on a network, as text.
    Post,
}

impl SourceKind {
    /// All kinds, in the order of the form.
    pub const ALL: [SourceKind; 5] =
        [SourceKind::Url, SourceKind::Document, SourceKind::Recording, SourceKind::Notes, SourceKind::Post];

    /// As the store keeps it.
    pub fn as_str(self) -> &'static str {
        match self {
            SourceKind::Url => "url",
            SourceKind::Document => "document",
            SourceKind::Recording => "recording",
            SourceKind::Notes => "notes",
            SourceKind::Post => "post",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<SourceKind> {
        SourceKind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A source as the desk has it. It has no public form: see [`Source::public`].
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// How we came by it.
    pub kind: SourceKind,
    /// What the desk calls it.
    pub title: String,
    /// The address as it was given; empty for none.
    pub url: String,
    /// The address that answered, after redirects.
    pub final_url: String,
    /// The response's headers, a line each.
    pub headers: String,
    /// Media type by content.
    pub media_type: String,
    /// Name of the uploaded file; empty for none.
    pub file_name: String,
    /// SHA-256 of the bytes we keep.
    pub sha256: String,
    /// How many bytes.
    pub bytes: i64,
    /// The text.
    pub extracted: String,
    /// What the desk notes about it, never published.
    pub notes: String,
    /// When we took it.
    pub captured_at: Time,
    /// Staff id of who took it.
    pub captured_by: String,
    /// Whether it must not be named.
    pub confidential: bool,
}

/// The recording beside a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// Name of the uploaded file.
    pub file_name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many bytes.
    pub bytes: i64,
}

/// Since when and by whose word a source is confidential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confidence {
    /// When it was marked.
    pub marked_at: Time,
    /// Staff id of who marked it.
    pub marked_by: String,
}

/// What readers may know of a source: nothing at all of a confidential one but that it is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum PublicSource {
    /// A page on the web, linked at the words themselves where one quotation is shown.
    Page {
        /// The address, with a text fragment.
        url: String,
        /// The page's title.
        title: String,
    },
    /// A document that we hold.
    Document {
        /// Its title.
        title: String,
    },
    /// Said to us: a recording or notes of ours.
    Ours,
    /// A source that we do not name.
    Unnamed,
}

impl Source {
    /// The address that answered, or the one that was given.
    pub fn address(&self) -> &str {
        if self.final_url.is_empty() { &self.url } else { &self.final_url }
    }

    /// Whether somebody at the desk may see it: a confidential source is for who brought it, and for those who may see
    /// all of them.
    pub fn may_be_seen_by(&self, actor: &Actor) -> bool {
        !self.confidential || self.captured_by == actor.staff_id || actor.can(Action::SeeConfidential)
    }

    /// Whether somebody at the desk may describe, mark or remove it: who brought it, and those who manage all of them.
    pub fn may_be_changed_by(&self, actor: &Actor) -> bool {
        self.captured_by == actor.staff_id && actor.can(Action::BringSource) || actor.can(Action::ManageSources)
    }

    /// What readers may know of it, for the words `exact`.
    pub fn public(&self, exact: &str) -> PublicSource {
        match PublicSource::of(self.kind, &self.title, self.address(), self.confidential) {
            PublicSource::Page { url, title } => {
                PublicSource::Page { url: with_text_fragment(&url, &self.extracted, exact), title }
            }
            other => other,
        }
    }
}

impl PublicSource {
    /// What readers may know of a source with this title and address; a page is linked as a whole.
    pub(crate) fn of(kind: SourceKind, title: &str, address: &str, confidential: bool) -> PublicSource {
        if confidential {
            return PublicSource::Unnamed;
        }
        let title = title.to_owned();
        match kind {
            SourceKind::Url | SourceKind::Post if !address.is_empty() => {
                PublicSource::Page { url: address.to_owned(), title }
            }
            SourceKind::Url | SourceKind::Post | SourceKind::Document => PublicSource::Document { title },
            SourceKind::Recording | SourceKind::Notes => PublicSource::Ours,
        }
    }
}

/// The page as it stands names its words: what the story quotes may be in another typography, or have left words out.
fn with_text_fragment(url: &str, text: &str, quoted: &str) -> String {
    let selector = match verify(quoted, text, Profile::Light).source {
        Some(span) => anchor::selector(text, span),
        None => TextQuoteSelector {
            exact: quoted.trim_end_matches([',', ' ']).to_owned(),
            prefix: String::new(),
            suffix: String::new(),
            ..anchor::selector("", Span { start: 0, end: 0 })
        },
    };
    anchor::link(url, text, &selector)
}
