//! The ground floor every area stands on: database, log of changes, jobs, clock, ids, settings, errors, web shell.
//!
//! Invariants:
//! - base knows no area: no story, picture or account type is named here;
//! - SQL stands only in `db`, and in the stores of base's own tables (`changes`, `jobs`, `settings`);
//! - time, ids and randomness come from [`App`], so that tests can hold them still.

pub mod changes;
pub mod db;
pub mod events;
pub mod fetch;
pub mod jobs;
pub mod mail;
pub mod messages;
pub mod settings;
#[cfg(any(test, feature = "testing"))]
#[allow(clippy::expect_used)]
pub mod testing;
pub mod views;
pub mod web;

mod app;
mod error;
mod ids;
mod time;

pub use app::{App, AppParts, DataDir};
pub use db::{Conn, Db, Row, Target};
pub use error::{Error, FieldError, Result};
pub use ids::{Random, token_hash};
pub use settings::Settings;
pub use time::{Clock, Time};
