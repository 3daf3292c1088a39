//! Search: finding again whatever was published, by its words.
//!
//! The index is a folder beside the database ([`generation`]) and a function of the log of changes ([`follow`]): it may be
//! deleted, broken or old at any time, and is made again from the publication tables while the server serves.
//!
//! Invariants:
//! - documents are made only of types that stand before readers: [`published::Text`](onrecord_stories::published::Text),
//!   [`PublicQuotation`](onrecord_record::PublicQuotation), [`PublicPerson`](onrecord_record::PublicPerson). None of them has a
//!   place for a draft, a confidential source or a source's notes, so the index has none;
//! - the index keeps words and ids, no text: what a result shows is read from the publication tables at that moment
//!   ([`shown`]), so that nothing which was taken down can be shown, however far the index is behind;
//! - what a reader types is read by [`question`], which knows no wrong input, and is never handed to a query parser;
//! - a highlight is a list of pieces ([`highlight::Piece`]), never HTML: the template escapes each of them;
//! - a query ends within [`find::TIME`]; what was not looked at by then is said, not hidden;
//! - one writer for an index, for as long as the server runs;
//! - a broken index is replaced, and never ends a request with more than a calm sentence;
//! - absent on purpose: cookies, a log of queries, words of queries in any log, a query parser.

pub mod document;
pub mod find;
pub mod follow;
pub mod generation;
pub mod highlight;
pub mod question;
pub mod rebuild;
pub mod schema;
pub mod shown;
pub mod suggest;
pub mod words;

mod compile;
mod facets;
mod nearby;
mod service;
mod timed;
mod web;

pub use rebuild::{Progress, rebuild};
pub use service::Search;
pub use web::{TEMPLATES, routes};

#[cfg(test)]
mod tests;
