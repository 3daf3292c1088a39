//! What the router answers for the site: previews, the theme at the desk, and whatever stands nowhere.

use axum::{
    Extension, Router,
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use onrecord_accounts::{Action, Actor};
use onrecord_base::{
    App, Error, Result,
    views::{Templates, View},
    web::Client,
};
use serde::Serialize;

use crate::{
    Edition,
    edition::{ask::Ask, page::security},
    pages::{self, address::is_routed},
};

/// The site's templates at the desk.
pub const TEMPLATES: Templates = &[("site/theme.html", include_str!("../templates/theme.html"))];

/// Routes of the site behind the edition, and the answer for all other addresses.
pub fn routes(edition: &Edition) -> Router<App> {
    Router::new()
        .route("/preview/{token}", get(preview))
        .route("/desk/theme", get(theme))
        .fallback(elsewhere)
        .layer(Extension(edition.clone()))
}

/// A draft for who has its link. Nobody keeps it, no robot lists it, and the address it is at is told to nobody.
async fn preview(
    State(app): State<App>,
    Extension(edition): Extension<Edition>,
    client: Client,
    Path(token): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response> {
    app.limits.link.check(&client.key())?;
    let draft = match pages::preview(&app, edition.themes(), &token).await {
        Err(Error::NotFound) => return Ok(missing(&edition, &Ask::of(&method, &headers)).await),
        draft => draft?,
    };
    let mut response = (draft.status, draft.body).into_response();
    let headers = response.headers_mut();
    for (name, value) in security() {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(draft.media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    Ok(response)
}

/// The theme as the desk sees it.
#[derive(Debug, Clone, Serialize)]
pub struct ThemeView {
    /// Why the operator's files are not in use.
    pub problem: Option<Shown>,
    /// Where the operator's files go.
    pub folder: String,
    /// The operator's files.
    pub own: Vec<String>,
    /// Pages in memory.
    pub pages: i64,
    /// Their size.
    pub kilobytes: i64,
}

/// A problem as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// When it was found, RFC 3339.
    pub at: String,
    /// What is wrong.
    pub text: String,
}

impl View for ThemeView {
    const TEMPLATE: &'static str = "site/theme.html";

    fn samples() -> Vec<ThemeView> {
        let good = ThemeView { problem: None, folder: "news/theme".into(), own: vec![], pages: 0, kilobytes: 0 };
        let problem =
            Some(Shown { at: "2026-11-22T10:00:00Z".into(), text: "story.html: syntax <error> (in line 3)".into() });
        let broken = ThemeView { problem, own: vec!["story.html".into()], pages: 12, kilobytes: 96, ..good.clone() };
        vec![good, broken]
    }
}

async fn theme(State(app): State<App>, Extension(edition): Extension<Edition>, actor: Actor) -> Result<Response> {
    actor.may(Action::ManageSettings)?;
    let (bytes, pages) = edition.size();
    let problem = edition.themes().problem().map(|p| Shown { at: p.at.rfc3339(), text: p.text });
    let view = ThemeView {
        problem,
        folder: app.data.theme().display().to_string(),
        own: edition.themes().own_files(),
        pages: i64::try_from(pages).unwrap_or(i64::MAX),
        kilobytes: i64::try_from(bytes / 1024).unwrap_or(i64::MAX),
    };
    actor.page(&app, &view)
}

/// The page that readers get where nothing stands.
async fn missing(edition: &Edition, ask: &Ask<'_>) -> Response {
    edition.error(StatusCode::NOT_FOUND, ask).await.map(axum::body::Body::from)
}

/// No route: the desk says so in its own frame, the site in its own.
async fn elsewhere(
    Extension(edition): Extension<Edition>,
    method: Method,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let path = request.uri().path();
    let ask = Ask::of(&method, &headers);
    if is_routed(path) {
        let readers = !["/desk", "/api"].iter().any(|area| path.starts_with(area));
        return if readers { missing(&edition, &ask).await } else { Error::NotFound.into_response() };
    }
    if matches!(method, Method::GET | Method::HEAD) {
        return edition.answer(path, request.uri().query(), &ask).await.map(axum::body::Body::from);
    }
    let sentence = "This page can only be read: it answers GET and HEAD.\n";
    let mut response = (StatusCode::METHOD_NOT_ALLOWED, sentence).into_response();
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}
