//! Errors on the web: one calm page, logged once.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use super::Chrome;
use crate::{App, Error, FieldError, views::View};

/// What the error page shows.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorPage {
    /// HTTP status.
    pub status: u16,
    /// Key of the headline.
    pub title: String,
    /// Key of the sentence below.
    pub message: String,
    /// Where to sign in, if that would help.
    pub sign_in: bool,
    /// True at the desk: readers are led to the front instead.
    pub desk: bool,
}

impl View for ErrorPage {
    const TEMPLATE: &'static str = "base/error.html";

    fn samples() -> Vec<ErrorPage> {
        let samples = [Error::NotFound, Error::Forbidden, Error::internal("x")].map(|error| describe(&error));
        samples.into_iter().flat_map(|page| [page.clone(), ErrorPage { desk: true, ..page }]).collect()
    }
}

/// What [`Error`] leaves in a response for [`pages`] to show.
#[derive(Clone)]
struct Failure(ErrorPage, Vec<FieldError>);

/// The desk's templates that base itself brings.
pub const TEMPLATES: crate::views::Templates = &[
    ("base/desk.html", include_str!("../../templates/desk.html")),
    ("base/plain.html", include_str!("../../templates/plain.html")),
    ("base/error.html", include_str!("../../templates/error.html")),
    ("base/fields.html", include_str!("../../templates/fields.html")),
];

fn describe(error: &Error) -> ErrorPage {
    let (status, name) = match error {
        Error::NotFound => (404, "not-found"),
        Error::Gone => (410, "gone"),
        Error::SignedOut => (401, "signed-out"),
        Error::Forbidden => (403, "forbidden"),
        Error::Invalid(_) => (422, "invalid"),
        Error::Refused(_) => (403, "refused"),
        Error::Stale => (409, "stale"),
        Error::BadRequest(_) => (400, "bad-request"),
        Error::TooLarge { .. } => (413, "too-large"),
        Error::TooMany { .. } => (429, "too-many"),
        Error::Unique(_) => (409, "taken"),
        Error::Unavailable(_) => (503, "unavailable"),
        Error::Internal(_) => (500, "internal"),
    };
    let message = match error {
        Error::Refused(key) | Error::BadRequest(key) => key.clone(),
        _ => format!("base-error-{name}"),
    };
    ErrorPage {
        status,
        title: format!("base-error-{name}-title"),
        message,
        sign_in: matches!(error, Error::SignedOut),
        desk: false,
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match &self {
            Error::Internal(cause) => tracing::error!(cause, "a request failed"),
            Error::Unavailable(cause) => tracing::error!(cause, "a request found no way through"),
            Error::Unique(cause) => tracing::error!(cause, "a unique constraint was not translated"),
            _ => {}
        }
        let page = describe(&self);
        let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, page.title.clone()).into_response();
        if let Error::TooMany { seconds } = &self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        let fields = match self {
            Error::Invalid(fields) => fields,
            _ => Vec::new(),
        };
        response.extensions_mut().insert(Failure(page, fields));
        response
    }
}

/// What the router itself refuses (no such route, an address that is not text, a body too large) comes as bare text;
/// at the desk it gets our page too.
fn bare(response: &Response) -> Option<Failure> {
    let text = response.headers().get(header::CONTENT_TYPE).is_none_or(|v| v.as_bytes().starts_with(b"text/plain"));
    let error = match response.status() {
        StatusCode::NOT_FOUND => Error::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge { limit: 0 },
        StatusCode::BAD_REQUEST | StatusCode::METHOD_NOT_ALLOWED | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Error::BadRequest("base-form-incomplete".into())
        }
        _ => return None,
    };
    text.then(|| Failure(describe(&error), Vec::new()))
}

/// Middleware: turns what [`Error`] left into a page, or JSON for who asked for it.
pub async fn pages(State(app): State<App>, request: Request, next: Next) -> Response {
    let json = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|accept| accept.starts_with("application/json"));
    let desk = request.uri().path().starts_with(super::DESK);
    let mut response = next.run(request).await;
    let failure = response.extensions_mut().remove::<Failure>().or_else(|| if desk { bare(&response) } else { None });
    let Some(Failure(page, fields)) = failure else { return response };
    let page = ErrorPage { desk, ..page };
    let language = super::chrome::language(&app);
    let say = |key: &str| app.messages.text(&language, key, []);
    let mut shown = if json {
        let fields: Vec<_> = fields
            .iter()
            .map(|f| {
                let args = f.args.iter().map(|(n, v)| (n.as_str(), v.as_str().into()));
                serde_json::json!({ "field": f.field, "error": app.messages.text(&language, &f.message, args) })
            })
            .collect();
        axum::Json(serde_json::json!({ "error": say(&page.message), "fields": fields })).into_response()
    } else {
        match app.views.render(&page, &Chrome::plain(&app)) {
            Ok(html) => Html(html).into_response(),
            Err(_) => say(&page.message).into_response(),
        }
    };
    *shown.status_mut() = response.status();
    if let Some(wait) = response.headers().get(header::RETRY_AFTER) {
        shown.headers_mut().insert(header::RETRY_AFTER, wait.clone());
    }
    shown
}
