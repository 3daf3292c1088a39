//! Reading what the editor sends: large, and refused with a sentence where it cannot be taken.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request, rejection::BytesRejection},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use onrecord_base::{Error, Result, web::forms};
use onrecord_prose::{Cleaned, Document};

use super::fields::Fields;
use crate::LARGEST_BODY;

/// The largest form: a body whose every second character is percent-encoded.
pub(super) const LARGEST_FORM: usize = LARGEST_BODY * 5 / 2;

/// The editor's page as a plain form, sent without script.
pub(super) struct EditorForm(pub Fields);

impl<S: Send + Sync> FromRequest<S> for EditorForm {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<EditorForm, Response> {
        let bytes = bytes(request, state).await.map_err(IntoResponse::into_response)?;
        let pairs = forms::decode(&bytes).map_err(IntoResponse::into_response)?;
        Ok(EditorForm(Fields::of_pairs(pairs)))
    }
}

/// The request's body.
///
/// # Errors
/// `Error::TooLarge` beyond [`LARGEST_FORM`]; `Error::BadRequest` if it breaks off.
pub(super) async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes> {
    Bytes::from_request(request, state).await.map_err(|rejection: BytesRejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { limit: LARGEST_BODY as u64 },
        _ => Error::BadRequest("base-form-incomplete".into()),
    })
}

/// The document in a form's field, parsed away from the tasks that answer others: a large one takes a while. The page
/// without script sends Markdown and says so; Markdown that was not touched leaves the document as it is, with what
/// Markdown cannot say.
///
/// # Errors
/// `Error::TooLarge`; `Error::BadRequest` for a document that broke off on its way: taken as text it would be published.
pub(super) async fn document(fields: &Fields, current: &Document) -> Result<Cleaned> {
    let as_it_is = |document: Document| Cleaned { document, changes: Vec::new() };
    let Some(text) = fields.get("body").map(str::to_owned) else { return Ok(as_it_is(current.clone())) };
    if text.len() > LARGEST_BODY {
        return Err(Error::TooLarge { limit: LARGEST_BODY as u64 });
    }
    let markdown = fields.get("body_format") == Some("markdown");
    let current = current.clone();
    tokio::task::spawn_blocking(move || match markdown {
        true if lines(&text) == lines(&onrecord_prose::to_markdown(&current)) => Ok(as_it_is(current)),
        true => Ok(Document::from_markdown(&text)),
        false => match serde_json::from_str(&text) {
            Ok(value) => Ok(Document::from_value(&value)),
            Err(_) => Err(Error::BadRequest("stories-draft-broken".into())),
        },
    })
    .await
    .map_err(|e| Error::internal(format!("a document could not be read: {e}")))?
}

/// Browsers send line ends as CR LF, and drop the first.
fn lines(text: &str) -> Vec<&str> {
    text.trim().lines().map(str::trim_end).collect()
}
