//! `GET /search/suggest?q=`: for the script that suggests while one types.

use axum::{
    Extension, Json,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use onrecord_base::{App, Result};
use serde::Serialize;

use crate::{
    Search,
    question::Question,
    shown::{self, Suggestion},
    suggest::suggest,
};

#[derive(Serialize)]
struct Answer {
    items: Vec<Suggestion>,
}

/// Whatever goes wrong, nothing is suggested: nobody types in order to see an error.
pub(super) async fn show(
    State(app): State<App>,
    Extension(search): Extension<Search>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let items = items(&app, &search, &query).await.unwrap_or_default();
    let mut response = Json(Answer { items }).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response
}

async fn items(app: &App, search: &Search, query: &str) -> Result<Vec<Suggestion>> {
    let typed = Question::read(query).words;
    // A space at the end is trimmed from a question, but says that the last word is whole.
    let ended = query.ends_with('+') || query.ends_with("%20");
    let typed = if ended { format!("{typed} ") } else { typed };
    let Some(keys) = search.ask(move |generation| suggest(generation, &typed)).await? else { return Ok(Vec::new()) };
    let read = keys.clone();
    let public = app.db.read(move |conn| shown::read(conn, &read)).await?;
    Ok(shown::suggestions(app, &keys, &public))
}
