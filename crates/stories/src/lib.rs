//! Stories: what the desk writes, and what readers see of it.
//!
//! A story has two lives. The **draft** ([`Draft`]) is a chain of revisions that only the desk reads. The
//! **publication** is a copy of one revision, made when it passed its checks, in tables of its own; everything readers
//! see comes from there, through [`published`].
//!
//! Invariants:
//! - [`published::PublishedStory`] and [`published::Card`] are made in one file, from the publication tables alone: no
//!   code outside can put a draft into them;
//! - a killed story has no publication and gets none until it is restored;
//! - an address that was public once is never given to another story: it leads to where its story stands now, or says
//!   that it is gone;
//! - every change of public state writes to the log of changes in its own transaction, with these kinds:
//!
//! | kind | subject | what it means |
//! |---|---|---|
//! | `story` | story id | published, updated, corrected, withdrawn, killed: its page, its card wherever shown, resolving its addresses |
//! | `list` | `all`, `section/ID`, `author/ID`, `tag/ID` | a list gained, lost or moved a story (`all`: front, archive, site map) |
//! | `section` | section id | made, renamed, described, moved, removed: whatever shows it, and the navigation |
//! | `author` | author id | made, renamed, described, removed |
//! | `tag` | tag id | made by a publication, renamed, merged |
//! | `page` | story id | a static page, besides its `story`: the footer that names it |
//! | `front` | `pins` | what is pinned to the front, and in which order |
//! | `all` | `import` | a bulk load wrote anything above: everything may have changed |
//!
//! `picture` (by media) and `settings` (by base) come from elsewhere.

pub mod address;
pub mod import;
pub mod published;
pub mod publishing;
pub mod slug;
pub mod store;
#[cfg(any(test, feature = "testing"))]
#[allow(clippy::expect_used)]
pub mod testing;

mod author;
mod check;
mod compare;
mod content;
mod jobs;
mod section;
mod state;
mod tag;
mod text;
mod web;

pub use author::{Author, NewAuthor};
pub use check::{Check, Checks, Finding, Weight};
pub use content::{Byline, Content, Draft, Kind, LARGEST_BODY, names};
pub use jobs::jobs;
pub use published::PreviewedStory;
pub use section::{NewSection, Section, SectionUse};
pub use state::{Kill, Override, Publication, Schedule, State};
pub use store::previews::open as preview;
pub use tag::{NewTag, Tag};
pub use web::{TEMPLATES, access, routes, routes_with};

#[cfg(test)]
mod tests;
