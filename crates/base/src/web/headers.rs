//! Response headers of every page.

use axum::{extract::Request, middleware::Next, response::Response};
use http::{HeaderName, HeaderValue, header};

/// What a response may do in the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// A page: no inline script or style, nothing from elsewhere, not to be framed.
    Page,
    /// The script of a worker that compiles WebAssembly. A worker obeys the policy of its own script, so no page, the editor's
    /// included, needs to allow compiling; and a worker reaches no document.
    Engine,
}

impl Policy {
    /// The value of `Content-Security-Policy`.
    pub const fn text(self) -> &'static str {
        match self {
            Policy::Page => {
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
                 connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
                 frame-ancestors 'none'"
            }
            Policy::Engine => "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
        }
    }
}

/// Name and value of the headers that every answer carries unless it sets its own.
pub const DEFAULTS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, Policy::Page.text()),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
];

/// Adds the [`DEFAULTS`]; pages of the desk are never stored by anyone.
pub async fn add(request: Request, next: Next) -> Response {
    let private = request.uri().path().starts_with(super::DESK);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in DEFAULTS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if private {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}
