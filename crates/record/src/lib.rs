//! What is on the record: quotations, their sources, and the people who said them.
//!
//! Invariants:
//! - a confidential source has no public form: [`Source::public`] gives [`PublicSource::Unnamed`], and no public type
//!   here has a place for a source's notes, file, text or id;
//! - what readers see is a copy made at publication ([`store::standing::publish`]), never the draft's state; only a
//!   source made confidential, what a person is called, and a correction by somebody who may publish are seen at once;
//! - the copy is written in the transaction that publishes and taken away in the one that withdraws;
//! - saving a draft does nothing here: a draft is followed when somebody looks at its record or publishes it;
//! - looking whether a story may be published writes nothing: one that is held is as it was;
//! - what a person at the desk has confirmed is never read from the text again, and no correction overwrites another
//!   that its author has not seen;
//! - a source's text never changes, so that what was compared once is known;
//! - an override of a finding is never deleted (stories keep it, with its reason);
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
