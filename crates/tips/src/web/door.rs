//! What every handler for sources needs: the guard, the frame, the language, and the headers of every answer.

use std::convert::Infallible;

use axum::{
    Extension, Json,
    extract::{FromRequestParts, Query},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts};
use onrecord_base::{
    App, Error, Result,
    messages::Arg,
    views::View,
    web::{Client, Frame, Framed},
};
use onrecord_sealed::Head;
use serde::{Deserialize, Serialize};

use super::form::DonePage;
use crate::{
    Guard,
    channels::Ways,
    keys::InUse,
    line::{MOST_BYTES, MOST_SEALED},
    tip::RETENTION,
};

/// Languages that the pages of sources are written in.
pub const LANGUAGES: [(&str, &str); 3] = [("en", "English"), ("es", "Español"), ("de", "Deutsch")];

/// What the pages of sources may do in a browser, to the letter. Compiling is allowed to the worker's own script alone, by the policy that
/// comes with it.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// One request of a source. Nothing of it is written down.
pub(super) struct Door {
    pub(super) app: App,
    pub(super) guard: Guard,
    pub(super) client: Client,
    /// The language it is answered in.
    pub(super) lang: &'static str,
    /// `?lang=…` if one was asked for, to be carried along.
    pub(super) query: String,
    path: String,
    /// A script asks: errors are answered as JSON.
    script: bool,
    frame: Option<Frame>,
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

impl FromRequestParts<App> for Door {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Door, Infallible> {
        let Ok(client) = Client::from_request_parts(parts, app).await;
        let known = |tag: &str| LANGUAGES.iter().map(|(known, _)| *known).find(|known| *known == tag);
        let asked = Query::<Asked>::try_from_uri(&parts.uri).ok().and_then(|query| query.0.lang);
        let asked = asked.and_then(|tag| known(&tag));
        let settings = app.settings();
        let own = settings.language().split('-').next().and_then(known).unwrap_or("en");
        let path = parts.uri.path().to_owned();
        Ok(Door {
            app: app.clone(),
            guard: Extension::<Guard>::from_request_parts(parts, app).await.map_or_else(|_| Guard::default(), |g| g.0),
            client,
            lang: asked.unwrap_or(own),
            query: asked.map_or_else(String::new, |lang| format!("?lang={lang}")),
            script: ["/tip/thread", "/tip/uploads"].iter().any(|own| path.starts_with(own))
                || matches!(path.as_str(), "/tip/envelopes" | "/tip/challenge"),
            path,
            frame: Extension::<Frame>::from_request_parts(parts, app).await.ok().map(|frame| frame.0),
        })
    }
}

/// The language of the interface, for templates.
#[derive(Serialize)]
struct Shell {
    lang: &'static str,
}

/// What all pages of sources show of the line.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Public {
    pub(super) open: bool,
    lang: String,
    query: String,
    path: String,
    languages: Vec<(&'static str, &'static str)>,
    newsroom: String,
    newsroom_key: String,
    fingerprint: String,
    fingerprint_words: String,
    printed: String,
    onion: String,
    most: u64,
    most_mb: u64,
    days: i64,
    phone: String,
    phone_href: String,
    ways: Ways,
    /// What the script says, as JSON that may stand in a page.
    texts: String,
    pub(super) token: String,
}

impl Door {
    /// A text of the interface.
    pub(super) fn say(&self, key: &str) -> String {
        self.app.messages.text(self.lang, key, [])
    }

    /// A text with one number in it.
    pub(super) fn say_number(&self, key: &str, name: &str, number: usize) -> String {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        self.app.messages.text(self.lang, key, [(name, Arg::from(number))])
    }

    /// What a page shows of the line as it stands.
    pub(super) fn public(&self, open: Option<&InUse>) -> Public {
        let settings = self.app.settings();
        let digits: String = settings.tip_phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let public = Public {
            open: open.is_some(),
            lang: self.lang.to_owned(),
            query: self.query.clone(),
            path: self.path.clone(),
            languages: LANGUAGES.to_vec(),
            most: MOST_SEALED + Head::MAX as u64,
            most_mb: MOST_BYTES / 1_000_000,
            days: RETENTION,
            phone: settings.tip_phone.clone(),
            phone_href: format!("tel:{digits}"),
            texts: self.texts(),
            ..Public::default()
        };
        let Some(open) = open else { return public };
        let folders = self.guard.folders();
        let mut ways = open.ways.clone();
        ways.own |= folders.recordings.is_some();
        if folders.mail.is_some() {
            ways.mail.clone_from(&open.printed_mail);
        }
        Public {
            newsroom: open.line.newsroom.clone(),
            newsroom_key: open.line.key.clone(),
            fingerprint: open.fingerprint(),
            fingerprint_words: open.list.signer().fingerprint_words(),
            printed: open.line.printed.clone(),
            onion: open.line.onion.clone(),
            ways,
            days: open.desks.iter().map(|desk| desk.retention_days).max().unwrap_or(RETENTION),
            ..public
        }
    }

    fn texts(&self) -> String {
        const SAID: [(&str, &str); 22] = [
            ("making", "script-making"),
            ("checking", "script-checking"),
            ("working", "script-working"),
            ("sealing", "script-sealing"),
            ("sending", "script-sending"),
            ("done", "script-done"),
            ("opening", "script-opening"),
            ("wrong-keys", "script-wrong-keys"),
            ("too-large", "script-too-large"),
            ("failed", "script-failed"),
            ("busy", "error-busy"),
            ("empty", "empty"),
            ("codename-wrong", "codename-wrong"),
            ("codename-count", "codename-count"),
            ("codename-word", "codename-word"),
            ("more-sent", "more-sent"),
            ("thread-full", "error-thread-full"),
            ("no-replies", "no-replies"),
            ("from-us", "from-us"),
            ("from-you", "from-you"),
            ("unsigned", "unsigned"),
            ("own-sealed", "own-sealed"),
        ];
        let texts: serde_json::Map<String, serde_json::Value> =
            SAID.iter().map(|(name, key)| ((*name).to_owned(), self.say(&format!("site-tips-{key}")).into())).collect();
        // Within a page no text may end the element it stands in.
        serde_json::Value::from(texts).to_string().replace('<', "\\u003c")
    }

    /// A page in the site's frame.
    pub(super) async fn page<V: View>(&self, status: StatusCode, title: &str, view: &V) -> Result<Response> {
        let html = self.app.views.render(view, &Shell { lang: self.lang })?;
        let framed = Framed { area: "tips", status, title: self.say(title), html };
        Ok(match &self.frame {
            Some(frame) => frame.around(&self.app, framed).await?,
            None => (status, axum::response::Html(framed.html)).into_response(),
        })
    }

    /// The answer with its headers; what went wrong is said in the site's frame and the source's language.
    pub(super) async fn answer(&self, outcome: Result<Response>, onion: &str) -> Response {
        let mut response = match outcome {
            Ok(response) => response,
            Err(error) => self.failure(error).await,
        };
        let headers = response.headers_mut();
        let mut set = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
        set(header::CONTENT_SECURITY_POLICY, POLICY);
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(HeaderName::from_static("x-dns-prefetch-control"), "off");
        if !onion.is_empty()
            && let Ok(value) = HeaderValue::try_from(format!("{onion}{}", self.path))
        {
            headers.insert("onion-location", value);
        }
        response
    }

    async fn failure(&self, error: Error) -> Response {
        let (status, key) = match &error {
            Error::NotFound => (StatusCode::NOT_FOUND, "site-tips-error-not-found"),
            Error::Stale => (StatusCode::CONFLICT, "site-tips-error-stale"),
            Error::Refused(key) if key == "site-tips-error-stale" => (StatusCode::CONFLICT, key.as_str()),
            Error::Refused(key) if key == "site-tips-error-known" => (StatusCode::CONFLICT, key.as_str()),
            Error::Refused(key) => (StatusCode::FORBIDDEN, key.as_str()),
            Error::BadRequest(key) if key.starts_with("site-tips-") => (StatusCode::BAD_REQUEST, key.as_str()),
            Error::BadRequest(_) => (StatusCode::BAD_REQUEST, "site-tips-error-form"),
            Error::Invalid(fields) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                fields.first().map_or("site-tips-error-form", |f| f.message.as_str()),
            ),
            Error::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "site-tips-error-large"),
            Error::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "site-tips-error-busy"),
            // Ours: logged by what went wrong, without whom it met, and shown as a calm page.
            _ => return error.into_response(),
        };
        let mut response = if self.script {
            (status, Json(serde_json::json!({ "error": self.say(key), "key": key }))).into_response()
        } else {
            let title = match &error {
                Error::TooMany { .. } => "site-tips-error-busy-title",
                _ => "site-tips-error-title",
            };
            let view = DonePage::said(self, title, key);
            match self.page(status, title, &view).await {
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

/// A header's text.
pub(super) fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

impl Public {
    /// For samples of views.
    pub(super) fn sample(open: bool) -> Public {
        Public {
            open,
            lang: "de".into(),
            query: "?lang=de".into(),
            path: "/tip".into(),
            languages: LANGUAGES.to_vec(),
            newsroom: "00".repeat(16),
            newsroom_key: "11".repeat(32),
            fingerprint: "0123 4567".into(),
            fingerprint_words: "word word".into(),
            printed: if open { String::new() } else { "\"<page 2>\"".into() },
            onion: "http://x.onion".into(),
            most: 1,
            most_mb: 1,
            days: 90,
            phone: "+1 555 0100".into(),
            phone_href: "tel:+15550100".into(),
            ways: Ways { sms: open, voice: open, own: open, mail: "tips@\"<x>".into() },
            texts: "{}".into(),
            token: "t".into(),
        }
    }
}
