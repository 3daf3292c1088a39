//! Reading WordPress exports (WXR 1.0 to 1.2), an item at a time and in constant memory.
//!
//! Invariants:
//! - what stands before a fault is given before the fault is told; every fault names its line;
//! - entities are never expanded: only the five of XML and character numbers are known, and a file that declares
//!   its own is refused;
//! - nothing here knows stories; the reader says what the file says.

mod fields;
mod reader;
mod source;

pub use reader::Wxr;
use std::fmt;

/// What the channel says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// The site's name.
    pub title: String,
    /// Its address.
    pub link: String,
    /// Its tagline.
    pub description: String,
    /// Its language, such as `en-US`.
    pub language: String,
    /// The export's version as written.
    pub version: String,
    /// The network's address.
    pub base_site_url: String,
    /// The site's own address.
    pub base_blog_url: String,
}

/// An author of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// Account name.
    pub login: String,
    /// Address.
    pub email: String,
    /// Name as printed.
    pub display_name: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
}

/// A category, tag or term of another taxonomy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Term {
    /// `category`, `post_tag` or another taxonomy.
    pub taxonomy: String,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The slug of the one above it.
    pub parent: String,
    /// What it is about.
    pub description: String,
}

/// A term as an item carries it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemTerm {
    /// The taxonomy.
    pub domain: String,
    /// The slug.
    pub nicename: String,
    /// The name.
    pub name: String,
}

/// A comment of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comment {
    /// Its number.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// The writer's address.
    pub email: String,
    /// The writer's site.
    pub url: String,
    /// When, site time.
    pub date: String,
    /// When, UTC.
    pub date_gmt: String,
    /// Its text, HTML.
    pub content: String,
    /// `1`, `0`, `spam`, `trash`.
    pub approved: String,
    /// Empty or `comment`, or `pingback`, `trackback`.
    pub kind: String,
    /// The number of the comment it answers.
    pub parent: String,
}

/// A post, page, attachment or anything else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// The line on which it begins.
    pub line: u64,
    /// Headline, may hold HTML.
    pub title: String,
    /// Permalink.
    pub link: String,
    /// Publication date, RFC 2822.
    pub pub_date: String,
    /// Account name of the author.
    pub creator: String,
    /// The item's name in the world.
    pub guid: String,
    /// The body.
    pub content: String,
    /// The excerpt.
    pub excerpt: String,
    /// Its number.
    pub id: String,
    /// Date in the site's time.
    pub date: String,
    /// Date in UTC.
    pub date_gmt: String,
    /// Slug.
    pub name: String,
    /// `publish`, `draft`, `private`, ...
    pub status: String,
    /// The number of the item above it.
    pub parent: String,
    /// `post`, `page`, `attachment`, ...
    pub kind: String,
    /// Password for readers.
    pub password: String,
    /// Pinned to the front.
    pub sticky: bool,
    /// The attachment's file.
    pub attachment_url: String,
    /// Categories, tags, co-authors.
    pub terms: Vec<ItemTerm>,
    /// Custom fields.
    pub meta: Vec<(String, String)>,
    /// Comments.
    pub comments: Vec<Comment>,
}

impl Item {
    /// The value of a custom field.
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }
}

/// One thing of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// What the channel says of itself; given once, before the first item.
    Site(Site),
    /// An author.
    Author(Author),
    /// A term.
    Term(Term),
    /// An item.
    Item(Box<Item>),
}

/// Why reading stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub line: u64,
    /// Why, as a sentence.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for Fault {}

/// Something that was put right while reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Where it was first needed.
    pub line: u64,
    /// What was done.
    pub what: String,
    /// How often.
    pub times: u64,
}
