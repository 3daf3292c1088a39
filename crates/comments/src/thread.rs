//! A page of a thread: what the site shows below a story.

use onrecord_stories::published::Cursor;

use crate::comment::Entry;

/// Comments on a page, answers among them.
pub const PAGE: usize = 20;
/// Answers shown below a root; the rest is behind one link.
pub const ANSWERS: usize = 2;
/// Featured comments above a thread.
pub const FEATURED: i64 = 3;

crate::comment::names! {
    /// In which order roots stand.
    Sort {
        /// The newest first.
        Newest => "newest",
        /// The oldest first.
        Oldest => "oldest",
        /// The most respected first.
        Respect => "respect",
    }
}

/// A root with its first answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// Its place in the order.
    pub cursor: Cursor,
    /// The root.
    pub root: Entry,
    /// Its first answers, oldest first.
    pub answers: Vec<Entry>,
}

/// A page of a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// How many comments are shown below the story.
    pub shown: i64,
    /// The page's branches.
    pub branches: Vec<Branch>,
    /// Behind what the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// What the newsroom features, on the first page.
    pub featured: Vec<Entry>,
}

/// A comment on its own page.
#[derive(Debug, Clone, PartialEq)]
pub struct Focus {
    /// The comment.
    pub entry: Entry,
    /// A page of what answers it, oldest first: of a root the whole branch.
    pub answers: Vec<Entry>,
    /// Behind what the next page of answers begins.
    pub next: Option<Cursor>,
    /// How many comments are shown below the story.
    pub shown: i64,
}
