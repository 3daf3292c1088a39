//! `GET /media/{sha256}.jpg`: what readers get.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use onrecord_base::{App, Error, Result};

use crate::files;

/// The name is the content: it never changes, so that a browser need not ask twice.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// A rendition. Only names that are a hash reach the file system, and only the folder of renditions.
pub(super) async fn get(State(app): State<App>, Path(name): Path<String>, headers: HeaderMap) -> Result<Response> {
    let sha256 = name.strip_suffix(".jpg").filter(|name| files::is_hash(name)).ok_or(Error::NotFound)?;
    let tag = format!("\"{sha256}\"");
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok());
    let known = known.flat_map(|value| value.split(',')).any(|value| value.trim().trim_start_matches("W/") == tag);
    let path = files::rendition(&app.data, sha256);
    if known && tokio::fs::try_exists(&path).await.unwrap_or(false) {
        return Ok(
            (StatusCode::NOT_MODIFIED, [(header::ETAG, tag), (header::CACHE_CONTROL, FOREVER.into())]).into_response()
        );
    }
    let bytes = tokio::fs::read(&path).await.map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Error::NotFound,
        _ => Error::unavailable(format!("{} cannot be read: {e}", path.display())),
    })?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg".to_owned()),
        (header::ETAG, tag),
        (header::CACHE_CONTROL, FOREVER.to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
