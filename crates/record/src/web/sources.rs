//! `/desk/sources`: what quotations rest on.

mod create;
mod file;
mod form;
mod list;
mod page;

#[cfg(test)]
pub(crate) use self::{create::NewSourcePage, list::SourcesPage, page::SourcePage};

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use onrecord_accounts::Actor;
use onrecord_base::{App, Error, Result, fetch::Reach};
use serde::Serialize;

use crate::{
    Source, SourceKind,
    store::sources::{self, SourceLine},
};

/// What is read of a form at most. A file above its own limit is read to its end and dropped, so that the browser gets
/// to the sentence about it and the form comes back; beyond this the connection is cut.
const LARGEST_FORM: usize = 1024 * 1024 * 1024;

/// `reach` is how far captures go; tests have servers of their own on this machine.
pub(super) fn routes(reach: Reach) -> Router<App> {
    Router::new()
        .route("/desk/sources", get(list::index).post(create::post))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .route("/desk/sources/new", get(create::show))
        .route("/desk/sources/{id}", get(page::show).post(page::update))
        .route("/desk/sources/{id}/confidence", post(page::mark).get(page::instead))
        .route("/desk/sources/{id}/confidence/removal", post(page::unmark).get(page::instead))
        .route("/desk/sources/{id}/removal", post(page::remove).get(page::instead))
        .route("/desk/sources/{id}/file", get(file::original))
        .route("/desk/sources/{id}/recording", get(file::recording))
        .route("/desk/sources/{id}/text", get(file::text))
        .route("/desk/sources/{id}/warc", get(file::warc))
        .layer(Extension(reach))
}

/// A source as the editor gets it.
#[derive(Debug, Clone, Serialize)]
struct Brief {
    id: String,
    kind: SourceKind,
    title: String,
    url: String,
    file_name: String,
    captured_at: String,
    /// The name of who brought it.
    captured_by: String,
    confidential: bool,
}

impl Brief {
    fn new(source: &Source, by: &str) -> Brief {
        Brief {
            id: source.id.clone(),
            kind: source.kind,
            title: source.title.clone(),
            url: source.address().to_owned(),
            file_name: source.file_name.clone(),
            captured_at: source.captured_at.rfc3339(),
            captured_by: by.to_owned(),
            confidential: source.confidential,
        }
    }

    fn of(line: SourceLine, by: &str) -> Brief {
        Brief {
            id: line.id,
            kind: line.kind,
            title: line.title,
            url: line.url,
            file_name: line.file_name,
            captured_at: line.captured_at.rfc3339(),
            captured_by: by.to_owned(),
            confidential: line.confidential,
        }
    }
}

/// The source, if the actor may see it; what one may not see is not found.
async fn seen(app: &App, actor: &Actor, id: &str) -> Result<Source> {
    let id = id.to_owned();
    let source = app.db.read(move |conn| sources::find(conn, &id)).await?.ok_or(Error::NotFound)?;
    match source.may_be_seen_by(actor) {
        true => Ok(source),
        false => Err(Error::NotFound),
    }
}

/// Name of the message for a kind.
fn kind_key(kind: SourceKind) -> String {
    format!("record-kind-{}", kind.as_str())
}
