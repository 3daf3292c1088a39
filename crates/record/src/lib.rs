//! What is on the record: quotations, their sources, and the people who said them.
//!
//! Invariants:
//! - a confidential source has no public form: [`Source::public`] gives [`PublicSource::Unnamed`], and no public type
//!   here has a place for a source's notes, file, text or id;
//! - what readers see is a copy made at publication ([`store::standing::publish`]), never the draft's state; only a
//!   source made confidential and what a person is called are seen at once;
//! - an override of a finding is never deleted;
//! - nothing of a draft is changed here: the text is the story's, only its records are ours.

pub mod capture;
pub mod extract;
pub mod follow;
pub mod judge;
pub mod person;
pub mod public;
pub mod quotation;
pub mod scan;
pub mod source;
pub mod store;
pub mod warc;

mod correction;
mod desk;
mod gate;
mod jobs;
mod memo;
mod web;

pub use gate::{Gate, publish};
pub use jobs::{catch_up, jobs};
pub use person::Person;
pub use public::{Placed, PublicPerson, PublicQuotation};
pub use quotation::{Quotation, State};
pub use source::{PublicSource, Source, SourceKind};
pub use web::{TEMPLATES, routes};

#[cfg(test)]
mod tests;
