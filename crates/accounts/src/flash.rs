//! A sentence about the last action, carried over a redirect in a short-lived cookie and shown once.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, header};
use onrecord_base::{messages::Messages, web::chrome::Flash};

use crate::cookies;

const COOKIE: &str = "onrecord_flash";

/// Seconds for a browser to follow the redirect.
const LIFE: u32 = 60;

/// Sends `key`'s text along with a response, usually a redirect; `kind` is `ok`, `warn` or `error`.
pub fn flash(response: impl IntoResponse, kind: &str, key: &str) -> Response {
    let mut response = response.into_response();
    let cookie = format!("{COOKIE}={kind}.{key}; Path=/desk; Max-Age={LIFE}; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// What the last response sent along. Only texts we have are taken, since a cookie is the visitor's to write.
pub(crate) fn read(headers: &HeaderMap, messages: &Messages) -> Option<Flash> {
    let (kind, key) = cookies::get(headers, COOKIE)?.split_once('.')?;
    let kind = ["ok", "warn", "error"].into_iter().find(|known| *known == kind)?;
    messages.has("en", key).then(|| Flash { kind, key: key.to_owned() })
}

/// Forgets it after it was shown.
pub(crate) fn clear(response: &mut Response) {
    let cookie = HeaderValue::from_static("onrecord_flash=; Path=/desk; Max-Age=0; HttpOnly; SameSite=Lax");
    response.headers_mut().append(header::SET_COOKIE, cookie);
}
