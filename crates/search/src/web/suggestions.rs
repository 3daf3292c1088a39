//! `GET /search/suggest?q=`: for the script that suggests while one types.

use axum::{
    Extension, Json,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use onrecord_base::{App, Result};
use onrecord_stories::published;
use serde::Serialize;

use crate::{
    Search,
    question::Question,
    shown::{self, Suggestion},
    suggest::{MOST, SHORTEST, suggest},
    words::written,
};

/// Sections before everything else: most people who type one want to go there, but not to all of them.
const MOST_SECTIONS: usize = 2;

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
    let mut sections = app.db.read(published::sections).await?;
    sections.retain(|section| named(&section.name, &typed));
    // Who begins to write a section's name makes no slip.
    let forgiving = sections.is_empty();
    let keys = search.ask(move |generation| suggest(generation, &typed, forgiving)).await?.unwrap_or_default();
    let read = keys.clone();
    let public = app.db.read(move |conn| shown::read(conn, &read)).await?;
    let mut items = shown::sections(app, sections.into_iter().take(MOST_SECTIONS));
    items.extend(shown::suggestions(app, &keys, &public));
    items.truncate(MOST);
    Ok(items)
}

/// True if each word that was typed begins a word of the name.
fn named(name: &str, typed: &str) -> bool {
    let (name, typed) = (written(name), written(typed));
    typed.iter().map(|word| word.term.chars().count()).sum::<usize>() >= SHORTEST
        && typed.iter().all(|word| name.iter().any(|of| of.term.starts_with(&word.term)))
}
