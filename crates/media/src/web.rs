//! Pictures on the web: the library at the desk, and the files readers get.

mod file;
mod library;
mod picture;
mod upload;

#[cfg(test)]
pub(crate) use self::{library::Library, picture::Page};

use axum::{
    Json, Router,
    extract::DefaultBodyLimit,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderMap, StatusCode, header};
use onrecord_base::{App, Error, FieldError, views::Templates};
use serde::Serialize;

use crate::{MAX_BYTES, Picture};

/// The desk's templates of this area.
pub const TEMPLATES: Templates = &[
    ("media/library.html", include_str!("../templates/library.html")),
    ("media/picture.html", include_str!("../templates/picture.html")),
];

/// Pictures in one upload; a whole card of them comes in several.
const AT_ONCE: usize = 10;
/// Bytes of all files of one upload.
const MOST: usize = AT_ONCE * MAX_BYTES;
/// Room for the form around the files.
const FORM: usize = 64 * 1024;

/// The routes of this area.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/pictures", get(library::get).post(upload::post))
        .layer(DefaultBodyLimit::max(MOST + FORM))
        .route("/desk/pictures/{id}", get(picture::get).post(picture::post))
        .route("/media/{name}", get(file::get))
}

/// A picture as the editor gets it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Shown {
    id: String,
    src: String,
    small: String,
    width: u32,
    height: u32,
    alt: String,
    caption: String,
    agency: String,
    photographer: String,
    licence: String,
    terms: String,
    file_name: String,
    credited: bool,
}

impl From<&Picture> for Shown {
    fn from(picture: &Picture) -> Shown {
        let view = picture.view();
        Shown {
            id: picture.id.clone(),
            src: view.src,
            small: picture.nearest(crate::WIDTHS[1]).map(crate::Rendition::url).unwrap_or_default(),
            width: view.width,
            height: view.height,
            alt: picture.alt.clone(),
            caption: picture.caption.clone(),
            agency: picture.agency.clone(),
            photographer: picture.photographer.clone(),
            licence: picture.licence.clone(),
            terms: picture.terms.clone(),
            file_name: picture.file_name.clone(),
            credited: picture.credited(),
        }
    }
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok());
    accept.is_some_and(|accept| accept.starts_with("application/json"))
}

/// The sentence for one wrong field, in the newsroom's language.
fn sentence(app: &App, error: &FieldError) -> String {
    let args = error.args.iter().map(|(name, value)| (name.as_str(), value.as_str().into()));
    app.messages.text(app.settings().language(), &error.message, args)
}

/// A refusal in one sentence, and its status; other errors pass.
fn said(app: &App, error: &Error) -> onrecord_base::Result<(StatusCode, String)> {
    match error {
        Error::Invalid(fields) => {
            let text: Vec<String> = fields.iter().map(|field| sentence(app, field)).collect();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, text.join(" ")))
        }
        Error::TooLarge { limit } => {
            let error = FieldError::new("file", "media-too-large").arg("most", limit / (1024 * 1024));
            Ok((StatusCode::PAYLOAD_TOO_LARGE, sentence(app, &error)))
        }
        other => Err(other.clone()),
    }
}

/// A refused picture, told to the editor; other errors pass.
fn refused(app: &App, error: Error) -> Response {
    match said(app, &error) {
        Ok((status, text)) => (status, Json(serde_json::json!({ "error": text }))).into_response(),
        Err(error) => error.into_response(),
    }
}
