//! The desk's pages around what is on the record, one resource a file.

mod people;
mod record;
mod sources;

use axum::Router;
use onrecord_base::{App, views::Templates};

/// The templates of this area.
pub const TEMPLATES: Templates = &[];

/// The routes of this area.
pub fn routes() -> Router<App> {
    Router::new().merge(record::routes()).merge(people::routes()).merge(sources::routes())
}
