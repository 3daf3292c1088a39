//! The desk's pages around what is on the record, one resource a file.

mod desk;
mod people;
mod quotations;
mod record;
mod sources;

#[cfg(test)]
pub(crate) use self::{
    people::{PeoplePage, PersonPage},
    record::RecordPage,
    sources::{NewSourcePage, SourcePage, SourcesPage},
};

use axum::Router;
use onrecord_base::{App, fetch::Reach, views::Templates};

/// The templates of this area.
pub const TEMPLATES: Templates = &[
    ("record/elsewhere.html", include_str!("../templates/elsewhere.html")),
    ("record/form.html", include_str!("../templates/form.html")),
    ("record/record.html", include_str!("../templates/record.html")),
    ("record/people.html", include_str!("../templates/people.html")),
    ("record/person.html", include_str!("../templates/person.html")),
    ("record/source.html", include_str!("../templates/source.html")),
    ("record/source_new.html", include_str!("../templates/source_new.html")),
    ("record/sources.html", include_str!("../templates/sources.html")),
    ("record/uses.html", include_str!("../templates/uses.html")),
];

/// The routes of this area.
pub fn routes() -> Router<App> {
    routes_reaching(Reach::Public)
}

/// The routes, with how far the capture of pages reaches.
pub(crate) fn routes_reaching(reach: Reach) -> Router<App> {
    Router::new()
        .merge(record::routes())
        .merge(quotations::routes())
        .merge(people::routes())
        .merge(sources::routes(reach))
}
