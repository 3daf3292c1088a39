//! The next article: which stories to read after one, without knowing who reads.
//!
//! What is counted are lists: how often a story was shown at a place and clicked there in an hour, and how often a day's
//! readers went from one story to another. The browser says so once, without a cookie, an id or an address of its own;
//! nothing that is kept is about a reader, and a pair of stories that fewer than [`store::counts::FEWEST`] went between is
//! neither used nor shown; one network counts for one of these in an hour, however often it says so.
//!
//! Invariants:
//! - the [`Model`] is a function of the log of changes and the counts: a restarted node, or another one, ranks alike;
//! - what it answers becomes a link only through the publication tables ([`Recommended`]), so that what is killed or not
//!   published is never recommended, however far behind the model may be;
//! - a list is never empty while there is another story, never holds the story itself, and first links do not run in
//!   circles of fewer than eleven stories;
//! - a story page never varies by reader: the coin of a trial is tossed in the browser;
//! - `rank` is pure; all SQL stands in `store`;
//! - absent on purpose: profiles, sessions, fingerprints, a per-reader row of any kind, and anything learned elsewhere.

mod counting;
pub mod model;
mod next;
mod once;
pub mod rank;
pub mod ranker;
#[cfg(any(test, feature = "replay"))]
pub mod replay;
pub mod settings;
pub mod store;
pub mod trial;
mod web;

pub use model::{Model, Scored};
pub use next::{Next, Recommended, Shown, load};
pub use ranker::Ranker;
pub use settings::Settings;
pub use trial::Trial;
pub use web::{TEMPLATES, routes};

#[cfg(test)]
mod tests;
