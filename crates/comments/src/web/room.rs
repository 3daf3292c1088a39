//! What every handler for readers needs: who asks, how they want to be answered, and the frame to answer in.

use std::convert::Infallible;

use axum::{
    Extension, Json,
    extract::{FromRequestParts, Query},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderValue, StatusCode, header, request::Parts};
use onrecord_base::{
    App, Error, FieldError, Result,
    views::View,
    web::{Client, Frame, Framed, forms::Errors},
};
use serde::{Deserialize, Serialize};

use crate::{Guard, Reader, cookies, store::readers};

/// One request of a reader.
pub(super) struct Room {
    pub(super) app: App,
    pub(super) guard: Guard,
    pub(super) client: Client,
    /// Who is signed in.
    pub(super) reader: Option<Reader>,
    /// The session's token.
    pub(super) token: Option<String>,
    /// A script asks: it is answered with JSON.
    pub(super) script: bool,
    /// What the last action has to say.
    pub(super) said: Option<String>,
    frame: Option<Frame>,
}

#[derive(Deserialize)]
struct Said {
    said: Option<String>,
}

/// A plain answer: one thing said, and where to go on.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SaidPage {
    title: String,
    text: String,
    back: Option<Link>,
}

/// Where one may go on.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    pub(super) name: String,
    pub(super) url: String,
}

impl View for SaidPage {
    const TEMPLATE: &'static str = "comments/said.html";

    fn samples() -> Vec<SaidPage> {
        let back = Some(Link { name: "The <wall>".into(), url: "/town/wall/comments".into() });
        let page = SaidPage { title: "Thank \"you\"".into(), text: String::new(), back: None };
        vec![page.clone(), SaidPage { text: "We read it.".into(), back, ..page }]
    }
}

impl FromRequestParts<App> for Room {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Room, Infallible> {
        let accept = parts.headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let script = accept.starts_with("application/json");
        let Ok(client) = Client::from_request_parts(parts, app).await;
        let token = cookies::session(&parts.headers, &app.settings()).map(str::to_owned);
        let said = Query::<Said>::try_from_uri(&parts.uri).ok().and_then(|query| query.0.said);
        let frame = Extension::<Frame>::from_request_parts(parts, app).await.ok().map(|frame| frame.0);
        let guard = Extension::<Guard>::from_request_parts(parts, app).await.map_or_else(|_| Guard::default(), |g| g.0);
        let mut reader = None;
        if let Some(token) = token.clone() {
            let now = app.now();
            // A database that does not answer is met again by what the request is for.
            reader = app.db.read(move |conn| readers::by_session(conn, &token, now)).await.ok().flatten();
        }
        // Only our own keys are said.
        let said = said.filter(|key| key.starts_with("site-comments-said-") && key.len() < 60);
        Ok(Room { app: app.clone(), guard, client, reader, token, script, said, frame })
    }
}

/// The language of the site, for templates.
#[derive(Serialize)]
struct Shell {
    lang: String,
}

impl Room {
    /// A text of the interface.
    pub(super) fn say(&self, key: &str) -> String {
        self.app.messages.text(self.app.settings().language(), key, [])
    }

    /// A page in the site's frame.
    pub(super) async fn page<V: View>(&self, title: &str, view: &V) -> Result<Response> {
        self.page_with(StatusCode::OK, title, view).await
    }

    /// A page with another status.
    pub(super) async fn page_with<V: View>(&self, status: StatusCode, title: &str, view: &V) -> Result<Response> {
        let shell = Shell { lang: self.app.settings().language().to_owned() };
        let html = self.app.views.render(view, &shell)?;
        let framed = Framed { area: "comments", status, title: self.say(title), html };
        let mut response = match &self.frame {
            Some(frame) => frame.around(&self.app, framed).await?,
            None => (status, framed.html).into_response(),
        };
        let headers = response.headers_mut();
        // Pages of one reader: nobody keeps them, and their addresses, which may hold a secret, are told to nobody.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
        Ok(response)
    }

    /// One thing said on a page of its own.
    pub(super) async fn tell(&self, title: &str, text: &str, back: Option<Link>) -> Result<Response> {
        let text = if text.is_empty() { String::new() } else { self.say(text) };
        self.page(title, &SaidPage { title: self.say(title), text, back }).await
    }

    /// The messages of wrong fields, by field.
    pub(super) fn errors(&self, fields: &[FieldError]) -> Errors {
        let language = self.app.settings().language().to_owned();
        let mut errors = Errors::new();
        for field in fields {
            let args = field.args.iter().map(|(name, value)| (name.as_str(), value.as_str().into()));
            errors
                .entry(field.field.clone())
                .or_insert_with(|| self.app.messages.text(&language, &field.message, args));
        }
        errors
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// `Error::SignedOut`.
    pub(super) fn signed_in(&self) -> Result<Reader> {
        self.reader.clone().ok_or(Error::SignedOut)
    }

    /// The answer to the request: what went wrong is said in the site's own frame and language.
    pub(super) async fn answer(&self, outcome: Result<Response>) -> Response {
        let error = match outcome {
            Ok(response) => return response,
            Err(error) => error,
        };
        let (status, key) = match &error {
            Error::NotFound => (StatusCode::NOT_FOUND, "site-comments-error-not-found"),
            Error::Gone => (StatusCode::GONE, "site-comments-error-not-found"),
            Error::SignedOut if !self.script => return Redirect::to("/comments/sign-in").into_response(),
            Error::SignedOut => (StatusCode::UNAUTHORIZED, "site-comments-error-signed-out"),
            Error::Forbidden => (StatusCode::FORBIDDEN, "site-comments-error-not-found"),
            Error::Refused(key) if key == "site-comments-twice" => (StatusCode::CONFLICT, key.as_str()),
            Error::Refused(key) => (StatusCode::FORBIDDEN, key.as_str()),
            Error::BadRequest(_) => (StatusCode::BAD_REQUEST, "site-comments-error-form"),
            Error::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "site-comments-error-form"),
            Error::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "site-comments-error-large"),
            Error::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "site-comments-error-many"),
            Error::Stale => (StatusCode::CONFLICT, "site-comments-error-stale"),
            // Ours: logged, and shown as the calm page for that.
            _ => return error.into_response(),
        };
        let mut response = if self.script {
            let fields = match &error {
                Error::Invalid(fields) => self.errors(fields),
                _ => Errors::new(),
            };
            (status, Json(serde_json::json!({ "error": self.say(key), "fields": fields }))).into_response()
        } else {
            let page = SaidPage { title: self.say("site-comments-error"), text: self.say(key), back: None };
            match self.page_with(status, "site-comments-error", &page).await {
                Ok(response) => response,
                Err(error) => return error.into_response(),
            }
        };
        if let Error::TooMany { seconds } = &error {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        response
    }
}

/// A path on this site, for going back to: anything else is the front.
pub(super) fn ours(path: &str) -> &str {
    let inside = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if inside && path.len() < 500 { path } else { "/" }
}
