//! `GET /media/{sha256}.webp` or `.jpg`: what readers get.

use std::time::UNIX_EPOCH;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use onrecord_base::{App, Error, Result, Time, web::conditional};

use crate::{Format, files};

/// The name is the content: it never changes, so that a browser need not ask twice.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// A rendition. Only names that are a hash reach the file system, and only the folder of renditions.
pub(super) async fn get(State(app): State<App>, Path(name): Path<String>, asked: HeaderMap) -> Result<Response> {
    let (sha256, format) = name
        .split_once('.')
        .filter(|(sha256, _)| files::is_hash(sha256))
        .and_then(|(sha256, end)| Some((sha256, Format::ALL.into_iter().find(|format| format.extension() == end)?)))
        .ok_or(Error::NotFound)?;
    let path = files::rendition(&app.data, sha256, format);
    let unreadable = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound => Error::NotFound,
        _ => Error::unavailable(format!("{} cannot be read: {e}", path.display())),
    };
    let written = tokio::fs::metadata(&path).await.map_err(unreadable)?.modified();
    let written = written.ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let written = written.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0));
    let (tag, modified) = (format!("\"{sha256}\""), Time::from_millis(written).http_date());
    let known = conditional::known(&asked, &tag, Some(&modified));
    let headers = [(header::ETAG, tag), (header::LAST_MODIFIED, modified), (header::CACHE_CONTROL, FOREVER.to_owned())];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let bytes = tokio::fs::read(&path).await.map_err(unreadable)?;
    Ok((headers, [(header::CONTENT_TYPE, format.media())], bytes).into_response())
}
