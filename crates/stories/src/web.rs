//! The desk's pages around stories, one resource a file.

pub mod access;
mod authors;
mod body;
mod conflict;
mod corrections;
mod draft;
mod editor;
mod fields;
mod front;
mod index;
mod overrides;
mod previews;
mod publication;
mod revisions;
mod sections;
mod standing;
mod tags;

#[cfg(test)]
pub(crate) use self::{
    authors::{AuthorPage, AuthorsPage},
    conflict::Conflict,
    editor::Editor,
    front::FrontPage,
    index::Index,
    previews::PreviewLink,
    revisions::{RevisionPage, Revisions},
    sections::SectionsPage,
    tags::TagsPage,
};

use std::collections::HashMap;

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post, put},
};
use onrecord_base::{App, Error, Result, views::Templates, web::chrome};

use crate::{Checks, Finding, Kind};

/// The templates of this area.
pub const TEMPLATES: Templates = &[
    ("stories/author.html", include_str!("../templates/author.html")),
    ("stories/authors.html", include_str!("../templates/authors.html")),
    ("stories/conflict.html", include_str!("../templates/conflict.html")),
    ("stories/editor.html", include_str!("../templates/editor.html")),
    ("stories/editor_side.html", include_str!("../templates/editor_side.html")),
    ("stories/editor_tools.html", include_str!("../templates/editor_tools.html")),
    ("stories/front.html", include_str!("../templates/front.html")),
    ("stories/index.html", include_str!("../templates/index.html")),
    ("stories/override.html", include_str!("../templates/override.html")),
    ("stories/preview_link.html", include_str!("../templates/preview_link.html")),
    ("stories/revision.html", include_str!("../templates/revision.html")),
    ("stories/revisions.html", include_str!("../templates/revisions.html")),
    ("stories/sections.html", include_str!("../templates/sections.html")),
    ("stories/tags.html", include_str!("../templates/tags.html")),
];

/// The routes of this area, with its own checks before publication.
pub fn routes() -> Router<App> {
    routes_with(Checks::default())
}

/// The routes of this area, with the checks of the whole newsroom.
pub fn routes_with(checks: Checks) -> Router<App> {
    let writing = Router::new()
        .route("/desk/stories/{id}", get(editor::show).post(draft::post))
        .route("/desk/stories/{id}/draft", put(draft::put).get(editor::instead))
        .route("/desk/stories/{id}/publication", post(publication::create).get(editor::instead))
        .layer(DefaultBodyLimit::max(body::LARGEST_FORM));
    Router::new()
        .route("/desk/stories", get(index::stories).post(index::begin_story))
        .route("/desk/pages", get(index::pages).post(index::begin_page))
        .route("/desk/stories/{id}/withdrawal", post(publication::withdraw).get(editor::instead))
        .route("/desk/stories/{id}/kill", post(publication::kill).get(editor::instead))
        .route("/desk/stories/{id}/schedule/removal", post(publication::unschedule).get(editor::instead))
        .route("/desk/stories/{id}/restoration", post(publication::restore).get(editor::instead))
        .route("/desk/stories/{id}/corrections", post(corrections::create).get(editor::instead))
        .route("/desk/stories/{id}/corrections/{correction}/removal", post(corrections::remove).get(editor::instead))
        .route("/desk/stories/{id}/previews", post(previews::create).get(editor::instead))
        .route("/desk/stories/{id}/previews/{preview}/revocation", post(previews::revoke).get(editor::instead))
        .route("/desk/stories/{id}/revisions", get(revisions::index))
        .route("/desk/stories/{id}/revisions/{number}", get(revisions::show).post(revisions::restore))
        .route("/desk/sections", get(sections::index).post(sections::create))
        .route("/desk/sections/{id}", get(sections::show).post(sections::update))
        .route("/desk/sections/{id}/position", post(sections::shift))
        .route("/desk/sections/{id}/removal", post(sections::remove))
        .route("/desk/authors", get(authors::index).post(authors::create))
        .route("/desk/authors/{id}", get(authors::show).post(authors::update))
        .route("/desk/authors/{id}/removal", post(authors::remove))
        .route("/desk/tags", get(tags::index))
        .route("/desk/tags/{id}", post(tags::update))
        .route("/desk/tags/{id}/merger", post(tags::merge))
        .route("/desk/tags/{id}/removal", post(tags::remove))
        .route("/desk/front", get(front::index).post(front::pin))
        .route("/desk/front/{id}/position", post(front::shift))
        .route("/desk/front/{id}/removal", post(front::unpin))
        .merge(writing)
        .layer(Extension(checks))
}

/// A finding's sentence in the desk's language.
fn sentence(app: &App, finding: &Finding) -> String {
    let args = finding.args.iter().map(|(name, value)| (name.as_str(), value.as_str().into()));
    app.messages.text(&chrome::language(app), &finding.message, args)
}

/// A text in the desk's language.
fn say(app: &App, key: &str) -> String {
    app.messages.text(&chrome::language(app), key, [])
}

/// Names of the staff by id.
async fn staff_names(app: &App) -> Result<HashMap<String, String>> {
    let staff = app.db.read(onrecord_accounts::store::staff::list).await?;
    Ok(staff.into_iter().map(|person| (person.id, person.name)).collect())
}

/// Where a story's editor is.
fn editor_url(id: &str) -> String {
    format!("/desk/stories/{id}")
}

/// The list a story of this kind stands in.
fn list_url(kind: Kind) -> &'static str {
    match kind {
        Kind::Story => "/desk/stories",
        Kind::Page => "/desk/pages",
    }
}

/// Back to a page with a sentence about what was done, or why it was not; other errors pass.
fn done(result: Result<()>, back: &str, key: &str) -> Result<Response> {
    let to = Redirect::to(back);
    match result {
        Ok(()) => Ok(onrecord_accounts::flash(to, "ok", key)),
        Err(Error::Refused(why)) => Ok(onrecord_accounts::flash(to, "error", &why)),
        Err(Error::Invalid(fields)) => {
            let key = fields.first().map_or("base-error-invalid", |field| field.message.as_str()).to_owned();
            Ok(onrecord_accounts::flash(to, "error", &key))
        }
        Err(other) => Err(other),
    }
}

/// Back to a page, without a word.
fn to(url: &str) -> Response {
    Redirect::to(url).into_response()
}
