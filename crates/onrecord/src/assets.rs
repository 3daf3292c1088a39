//! The desk's scripts and styles, built by `web/` and embedded here.

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use onrecord_base::App;
use sha2::{Digest, Sha256};

const FILES: &[(&str, &str, &[u8])] = &[
    ("desk.css", "text/css; charset=utf-8", include_bytes!("../../../web/dist/desk.css")),
    ("desk.js", "text/javascript; charset=utf-8", include_bytes!("../../../web/dist/desk.js")),
    ("editor.js", "text/javascript; charset=utf-8", include_bytes!("../../../web/dist/editor.js")),
];

/// `/desk/assets/…`
pub fn routes() -> Router<App> {
    Router::new().route("/desk/assets/{name}", get(show))
}

async fn show(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some((_, kind, bytes)) = FILES.iter().find(|(file, ..)| *file == name) else {
        return onrecord_base::Error::NotFound.into_response();
    };
    let etag = format!("\"{}\"", &hex::encode(Sha256::digest(bytes))[..16]);
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == etag.as_bytes());
    let mut response = match known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => (*bytes).into_response(),
    };
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // Asked for again on each page, so that a new version of the binary is used at once; nearly always a 304.
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(etag) = etag.parse() {
        set.insert(header::ETAG, etag);
    }
    response
}
