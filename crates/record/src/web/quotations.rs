//! `/desk/quotations/{id}` and its source: what the desk says about a quotation.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{
    App, Error, Result,
    web::{
        chrome,
        forms::{self, Pairs},
    },
};
use onrecord_stories::{Draft, access};
use serde::Deserialize;
use serde_json::{Value, json};

use super::record::{self, Sent};
use crate::{
    correction::{self, Correction, Hand},
    desk::{self, QuotationShown, Viewer},
    gate::record_url,
    store::{sources::Narrow, standing},
};

/// Bytes of the words that are compared while they are typed: the longest speeches stand in a story as excerpts.
const LONGEST_TYPED: usize = 64 * 1024;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/quotations/{id}", get(instead).put(put).post(post))
        .route("/desk/quotations/{id}/source", get(instead).put(put_source).post(post_source))
        .route("/desk/quotations/{id}/comparison", get(instead).post(comparison))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Question {
    story: Option<String>,
}

/// A quotation's own place at the desk is in its story.
async fn instead(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Query(question): Query<Question>,
) -> Result<Response> {
    let draft = story(&app, &actor, &id, question.story).await?;
    let shown = shown(&app, &actor, &draft, &id).await?;
    Ok(Redirect::to(&at(&draft, shown.position)).into_response())
}

async fn put(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Query(question): Query<Question>,
    Json(sent): Json<Value>,
) -> Result<Response> {
    // A source has its own address.
    answer(&app, &actor, &id, question, Correction { source: None, ..read(sent)? }).await
}

async fn put_source(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Query(question): Query<Question>,
    Json(sent): Json<Value>,
) -> Result<Response> {
    let Correction { source: Some(source), version, story, .. } = read(sent)? else { return Err(incomplete()) };
    answer(&app, &actor, &id, question, Correction { source: Some(source), version, story, ..Correction::default() })
        .await
}

#[derive(Debug, Deserialize)]
struct Typed {
    words: String,
    story: Option<String>,
}

/// How words that are being typed stand with the source; nothing is kept.
async fn comparison(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Json(typed): Json<Typed>,
) -> Result<Response> {
    story(&app, &actor, &id, typed.story).await?;
    if typed.words.len() > LONGEST_TYPED {
        return Err(Error::TooLarge { limit: LONGEST_TYPED as u64 });
    }
    let (settings, viewer) = (app.settings(), Viewer::of(&app, &actor).await?);
    let compared = app.db.read(move |conn| desk::compare(conn, &settings, &viewer, &id, &typed.words)).await?;
    Ok(Json(compared).into_response())
}

fn read(sent: Value) -> Result<Correction> {
    serde_json::from_value(sent).map_err(|_| incomplete())
}

fn incomplete() -> Error {
    Error::BadRequest("base-form-incomplete".into())
}

async fn answer(app: &App, actor: &Actor, id: &str, question: Question, sent: Correction) -> Result<Response> {
    let draft = story(app, actor, id, sent.story.clone().or(question.story)).await?;
    match correct(app, actor, id, sent).await {
        Ok(()) => Ok(Json(shown(app, actor, &draft, id).await?).into_response()),
        Err(Error::Invalid(wrong)) => {
            let errors = forms::errors(app, &wrong);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "errors": errors }))).into_response())
        }
        Err(Error::Stale) => {
            let error = app.messages.text(&chrome::language(app), "record-quotation-stale", []);
            let now = shown(app, actor, &draft, id).await?;
            Ok((StatusCode::CONFLICT, Json(json!({ "error": error, "quotation": now }))).into_response())
        }
        Err(other) => Err(other),
    }
}

async fn post(State(app): State<App>, actor: Actor, Path(id): Path<String>, Pairs(pairs): Pairs) -> Result<Response> {
    // A checkbox that is not ticked is not sent.
    let mut sent = Correction { source: None, ..Correction::of_pairs(pairs) };
    sent.confirmed = Some(sent.confirmed.unwrap_or(false));
    form(&app, &actor, &id, sent, "record-quotation-kept").await
}

async fn post_source(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Pairs(pairs): Pairs,
) -> Result<Response> {
    let Correction { source: Some(source), version, story, .. } = Correction::of_pairs(pairs) else {
        return Err(incomplete());
    };
    let key = if source.is_some() { "record-source-attached" } else { "record-source-detached" };
    form(&app, &actor, &id, Correction { source: Some(source), version, story, ..Correction::default() }, key).await
}

async fn form(app: &App, actor: &Actor, id: &str, sent: Correction, key: &str) -> Result<Response> {
    let draft = story(app, actor, id, sent.story.clone()).await?;
    let (status, sent) = match correct(app, actor, id, sent.clone()).await {
        Ok(()) => {
            let shown = shown(app, actor, &draft, id).await?;
            return Ok(flash(Redirect::to(&at(&draft, shown.position)), "ok", key));
        }
        Err(Error::Invalid(wrong)) => (StatusCode::UNPROCESSABLE_ENTITY, Sent::new(app, id, &sent, &wrong, false)),
        Err(Error::Stale) => (StatusCode::CONFLICT, Sent::new(app, id, &sent, &[], true)),
        Err(other) => return Err(other),
    };
    let shown = record::load(app, actor, &draft).await?;
    record::page(app, actor, status, draft, shown, Some(sent)).await
}

async fn correct(app: &App, actor: &Actor, id: &str, sent: Correction) -> Result<()> {
    let (settings, id, now) = (app.settings(), id.to_owned(), app.now());
    let hand =
        Hand { by: actor.staff_id.clone(), public: actor.can(Action::PublishStory), sources: Narrow::seen_by(actor) };
    app.db.write(move |conn| correction::correct(conn, &settings, &id, &sent, &hand, now)).await
}

fn at(draft: &Draft, position: i64) -> String {
    format!("{}#quotation-{}", record_url(&draft.id), position + 1)
}

/// The story a quotation is looked at in: the one that is wished, or any other in whose draft it stands and that the
/// actor may write.
async fn story(app: &App, actor: &Actor, quotation: &str, wished: Option<String>) -> Result<Draft> {
    let id = quotation.to_owned();
    let mut stories = app.db.read(move |conn| standing::drafts_with(conn, &id)).await?;
    stories.sort_by_key(|story| Some(story) != wished.as_ref());
    for story in stories {
        match access::draft(app, actor, &story).await {
            Err(Error::NotFound) => {}
            found => return found,
        }
    }
    Err(Error::NotFound)
}

async fn shown(app: &App, actor: &Actor, draft: &Draft, id: &str) -> Result<QuotationShown> {
    let record = record::load(app, actor, draft).await?;
    record.quotations.into_iter().find(|quotation| quotation.id == id).ok_or(Error::NotFound)
}
