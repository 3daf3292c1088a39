//! `/desk/sources/{id}`: one source, how we came by it, and what rests on it.

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{
    App, Error, FieldError, Result,
    views::View,
    web::{
        Form, Moment,
        forms::{self, Errors},
    },
};
use serde::{Deserialize, Serialize};

use super::{Brief, kind_key, seen};
use crate::{
    Source, SourceKind, capture,
    gate::profile,
    judge,
    source::{LONGEST_NOTES, LONGEST_TITLE},
    store::{
        sources,
        uses::{self, Used},
    },
    web::desk::{ShownUse, line, refused, say, sentence, shown, size, staff_names, wants_json},
};

/// Characters of the text that the page shows; all of it is a link away.
const SHOWN: usize = 20_000;

/// One source.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SourcePage {
    id: String,
    kind_text: String,
    title: String,
    form: NewFacts,
    errors: Errors,
    may_change: bool,
    url: String,
    /// The address that answered, if it was another.
    final_url: String,
    media_type: String,
    file_name: String,
    size: String,
    sha256: String,
    at: Moment,
    by: String,
    /// Name, size and hash of the recording beside the transcript.
    recording: Option<(String, String, String)>,
    confidential: Option<Mark>,
    is_page: bool,
    text: String,
    /// How many characters are not shown.
    more: usize,
    uses: Vec<ShownUse>,
    hidden: usize,
}

/// Since when and by whose word.
#[derive(Debug, Clone, Serialize)]
struct Mark {
    at: Moment,
    by: String,
}

/// What the desk says of a source.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct NewFacts {
    title: String,
    notes: String,
}

impl View for SourcePage {
    const TEMPLATE: &'static str = "record/source.html";

    fn samples() -> Vec<SourcePage> {
        let page = SourcePage {
            id: "1".into(),
            kind_text: "Recording".into(),
            title: "Talk \"<12>\"".into(),
            form: NewFacts { title: "Talk \"<12>\"".into(), notes: "</textarea>".into() },
            errors: Errors::new(),
            may_change: true,
            url: "https://example.org/\"<a>\"".into(),
            final_url: "https://example.org/b".into(),
            media_type: "text/html".into(),
            file_name: "talk.vtt".into(),
            size: "1.2 MB".into(),
            sha256: "ab".repeat(32),
            at: Moment::sample(),
            by: "Ana".into(),
            recording: Some(("talk.mp3".into(), "31.0 MB".into(), "cd".repeat(32))),
            confidential: Some(Mark { at: Moment::sample(), by: "Ana".into() }),
            is_page: true,
            text: "<b>words</b></textarea>".into(),
            more: 12,
            uses: vec![ShownUse::sample()],
            hidden: 1,
        };
        let errors = ["", "title", "notes"].map(|field| (field.to_owned(), "Not \"so\"".to_owned()));
        vec![
            SourcePage { errors: errors.into(), ..page.clone() },
            SourcePage {
                title: String::new(),
                may_change: false,
                url: String::new(),
                final_url: String::new(),
                file_name: String::new(),
                by: String::new(),
                recording: None,
                confidential: None,
                is_page: false,
                more: 0,
                uses: vec![],
                hidden: 0,
                ..page
            },
        ]
    }
}

pub(super) async fn show(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response> {
    actor.may(Action::BringSource)?;
    let source = seen(&app, &actor, &id).await?;
    if wants_json(&headers) {
        let names = staff_names(&app).await?;
        let by = names.get(&source.captured_by).map(String::as_str).unwrap_or_default();
        return Ok(Json(Brief::new(&source, by)).into_response());
    }
    actor.page(&app, &load(&app, &actor, source).await?)
}

/// What can only be posted leads back to the source.
pub(super) async fn instead(_: Actor, Path(id): Path<String>) -> Redirect {
    Redirect::to(&format!("/desk/sources/{id}"))
}

pub(super) async fn update(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<String>,
    Form(facts): Form<NewFacts>,
) -> Result<Response> {
    let source = changeable(&app, &actor, &id).await?;
    let facts = NewFacts { title: line(&facts.title), notes: facts.notes };
    let wrong = facts.wrong();
    if !wrong.is_empty() && wants_json(&headers) {
        return Ok(refused(&app, &wrong));
    }
    if !wrong.is_empty() {
        let page = SourcePage { form: facts, errors: forms::errors(&app, &wrong), ..load(&app, &actor, source).await? };
        return actor.page_again(&app, &page);
    }
    let (source, now) = (id.clone(), app.now());
    app.db.write(move |conn| sources::describe(conn, &source, &facts.title, &facts.notes, now)).await?;
    Ok(flash(Redirect::to(&format!("/desk/sources/{id}")), "ok", "record-sources-changed"))
}

impl NewFacts {
    fn wrong(&self) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        if self.title.is_empty() {
            wrong.push(FieldError::new("title", "record-sources-title-missing"));
        }
        for (field, text, most) in [("title", &self.title, LONGEST_TITLE), ("notes", &self.notes, LONGEST_NOTES)] {
            if text.chars().count() > most {
                wrong.push(FieldError::new(field, "record-field-long").arg("limit", most));
            }
        }
        wrong
    }
}

pub(super) async fn mark(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    set(&app, &actor, &id, true, "record-sources-marked").await
}

pub(super) async fn unmark(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    set(&app, &actor, &id, false, "record-sources-unmarked").await
}

async fn set(app: &App, actor: &Actor, id: &str, confidential: bool, key: &str) -> Result<Response> {
    let source = changeable(app, actor, id).await?;
    let (by, now) = (actor.staff_id.clone(), app.now());
    // Marked twice, it stays as it was marked first.
    if source.confidential != confidential {
        app.db.write(move |conn| sources::set_confidential(conn, &source.id, &by, confidential, now)).await?;
    }
    Ok(flash(Redirect::to(&format!("/desk/sources/{id}")), "ok", key))
}

pub(super) async fn remove(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    let source = changeable(&app, &actor, &id).await?;
    match capture::remove(&app, &id).await {
        Ok(()) => Ok(flash(Redirect::to("/desk/sources"), "ok", "record-sources-removed")),
        Err(Error::Refused(why)) => {
            let page = SourcePage { errors: sentence(&why, &app), ..load(&app, &actor, source).await? };
            actor.page_with(&app, StatusCode::CONFLICT, &page)
        }
        Err(other) => Err(other),
    }
}

async fn changeable(app: &App, actor: &Actor, id: &str) -> Result<Source> {
    actor.may(Action::BringSource)?;
    let source = seen(app, actor, id).await?;
    match source.may_be_changed_by(actor) {
        true => Ok(source),
        false => Err(Error::Forbidden),
    }
}

async fn load(app: &App, actor: &Actor, source: Source) -> Result<SourcePage> {
    let (asking, profile) = (actor.clone(), profile(&app.settings()));
    let (source, recording, confidence, uses, hidden) = app
        .db
        .read(move |conn| {
            let recording = sources::recording(conn, &source.id)?;
            let confidence = sources::confidence(conn, &source.id)?;
            let uses = uses::of(conn, Used::Source, &source.id, &asking)?;
            let mut states = Vec::with_capacity(uses.shown.len());
            for used in &uses.shown {
                states.push(judge::judge(conn, &used.quotation, profile)?.state.as_str());
            }
            let shown = shown(&uses, Some(&states));
            Ok((source, recording, confidence, shown, uses.hidden))
        })
        .await?;
    let names = staff_names(app).await?;
    let name = |id: &str| names.get(id).cloned().unwrap_or_default();
    let characters = source.extracted.chars().count();
    Ok(SourcePage {
        kind_text: say(app, &kind_key(source.kind)),
        form: NewFacts { title: source.title.clone(), notes: source.notes.clone() },
        errors: Errors::new(),
        may_change: source.may_be_changed_by(actor),
        final_url: if source.final_url == source.url { String::new() } else { source.final_url.clone() },
        size: size(source.bytes),
        at: Moment::new(app, source.captured_at),
        by: name(&source.captured_by),
        recording: recording.map(|it| (it.file_name, size(it.bytes), it.sha256)),
        confidential: confidence.map(|it| Mark { at: Moment::new(app, it.marked_at), by: name(&it.marked_by) }),
        is_page: source.kind == SourceKind::Url,
        text: source.extracted.chars().take(SHOWN).collect(),
        more: characters.saturating_sub(SHOWN),
        uses,
        hidden,
        id: source.id,
        title: source.title,
        url: source.url,
        media_type: source.media_type,
        file_name: source.file_name,
        sha256: source.sha256,
    })
}
