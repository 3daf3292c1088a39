//! What others deliver: a provider's webhooks, recordings, mails. No page is shown here and no cookie is read; whoever
//! delivers proves it with a signature or a secret, and nothing of a request is written down.

mod mail;
mod phone;
mod recordings;

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    response::{IntoResponse, Response},
    routing::post,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use onrecord_base::{App, Error, Result};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::door::text;
use crate::{Guard, channels, line::MOST_BYTES};

/// Bytes of a recording with what a form wraps it in.
const LARGEST_UPLOAD: usize = MOST_BYTES as usize + 1024 * 1024;
/// Seconds after which somebody whose delivery could not be taken should come again.
const AGAIN: u64 = 300;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/tip/sms", post(phone::message))
        .route("/tip/voice", post(phone::call))
        .route("/tip/voice/end", post(phone::end))
        .route("/tip/voice/recording", post(phone::recording))
        .route("/tip/voice/status", post(phone::status))
        .route("/tip/recordings", post(recordings::create).layer(DefaultBodyLimit::max(LARGEST_UPLOAD)))
        .route(
            "/tip/mail",
            post(mail::create)
                .layer(DefaultBodyLimit::max(usize::try_from(channels::mail::LARGEST).unwrap_or(usize::MAX))),
        )
}

/// The guard of this server.
type Guarded = Extension<Guard>;

/// The answer to who delivered: short, and the same for all reasons why a proof is not one. What may be tried again is
/// answered so that it is.
fn answer(outcome: Result<Response>) -> Response {
    let mut response = match outcome {
        Ok(response) => response,
        Err(error) => failure(&error),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

fn failure(error: &Error) -> Response {
    let (status, said) = match error {
        Error::NotFound => (StatusCode::NOT_FOUND, "not here"),
        Error::Forbidden | Error::SignedOut => (StatusCode::FORBIDDEN, "not signed as agreed"),
        Error::BadRequest(_) => (StatusCode::BAD_REQUEST, "not understood"),
        Error::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too large"),
        // The line or its desk is closed, the hour is full, the disk does not answer: later.
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not now, try again"),
    };
    if let Error::Unavailable(why) | Error::Internal(why) = error {
        tracing::error!(why, "a delivery could not be taken");
    }
    let mut response = (status, said).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        let seconds = if let Error::TooMany { seconds } = error { *seconds } else { AGAIN };
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// What a request carries as its secret: a bearer token, or the password of basic authentication.
fn carried(headers: &HeaderMap) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let given = text(headers, "authorization");
    if let Some(token) = given.strip_prefix("Bearer ") {
        return token.trim().to_owned();
    }
    let pair = given.strip_prefix("Basic ").and_then(|pair| STANDARD.decode(pair.trim()).ok());
    let pair = pair.and_then(|pair| String::from_utf8(pair).ok()).unwrap_or_default();
    pair.split_once(':').map_or_else(String::new, |(_, password)| password.to_owned())
}

/// Whether two secrets are the same, in a time that does not depend on where they differ.
fn same(secret: &str, given: &str) -> bool {
    let hash = |text: &str| Sha256::digest(text.as_bytes());
    !secret.is_empty() && bool::from(hash(secret).as_slice().ct_eq(hash(given).as_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_in_two_ways() {
        let with = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("authorization", HeaderValue::from_static(value));
            carried(&headers)
        };
        assert_eq!(with("Bearer abc "), "abc");
        assert_eq!(with("Basic bWFpbDphOmM="), "a:c");
        for other in ["", "Bearer", "Basic !!", "Digest x", "Basic bm9jb2xvbg=="] {
            assert_eq!(with(other), "", "{other}");
        }
        assert!(same("abc", "abc") && !same("abc", "abd") && !same("", "") && !same("abc", ""));
    }
}
