//! The desk's pages around what is on the record, one resource a file.

mod people;
mod quotations;
mod record;
mod sources;

#[cfg(test)]
pub(crate) use self::record::RecordPage;

use axum::Router;
use onrecord_base::{App, views::Templates};

/// The templates of this area.
pub const TEMPLATES: Templates = &[
    ("record/form.html", include_str!("../templates/form.html")),
    ("record/record.html", include_str!("../templates/record.html")),
];

/// The routes of this area.
pub fn routes() -> Router<App> {
    Router::new().merge(record::routes()).merge(quotations::routes()).merge(people::routes()).merge(sources::routes())
}
