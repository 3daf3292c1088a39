//! `/desk/sources/new` asks for a source, `POST /desk/sources` takes it.

use axum::{
    Extension, Json,
    extract::{Multipart, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode, header};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{
    App, Conn, Error, FieldError, Result,
    fetch::Reach,
    views::View,
    web::forms::{self, Errors},
};
use serde::Serialize;

use super::{
    Brief,
    form::{File, NewForm, Sent},
    kind_key,
};
use crate::{
    Source, SourceKind,
    capture::{self, MAX_RECORDING, NewSource, Taken},
    correction::{self, Correction, Hand},
    extract::MAX_BYTES,
    store::{quotations, sources::Narrow, uses},
    web::desk::{refused, say, wants_json},
};

/// The form, one kind at a time.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NewSourcePage {
    form: NewForm,
    errors: Errors,
    kinds: Vec<Tab>,
    /// The words of the quotation that shall rest on it.
    words: Option<String>,
    /// Whether a file was chosen, which a browser does not give back.
    again: bool,
    /// In MB.
    most: usize,
    most_recording: u64,
}

#[derive(Debug, Clone, Serialize)]
struct Tab {
    kind: &'static str,
    text: String,
    current: bool,
}

impl View for NewSourcePage {
    const TEMPLATE: &'static str = "record/source_new.html";

    fn samples() -> Vec<NewSourcePage> {
        let page = |kind: SourceKind| NewSourcePage {
            form: NewForm {
                kind: kind.as_str().into(),
                url: "https://example.org/\"<a>\"".into(),
                text: "</textarea><b>".into(),
                quotation: "1".into(),
                story: "2".into(),
                confidential: true,
                ..NewForm::default()
            },
            errors: Errors::new(),
            kinds: SourceKind::ALL
                .map(|tab| Tab { kind: tab.as_str(), text: "A <kind>".into(), current: tab == kind })
                .into(),
            words: Some("We will \"<not>\" close it.".into()),
            again: true,
            most: 50,
            most_recording: 500,
        };
        let fields = ["", "url", "file", "transcript", "text", "title", "notes"];
        let errors: Errors = fields.map(|field| (field.to_owned(), "Not \"so\"".to_owned())).into();
        let wrong = SourceKind::ALL.map(|kind| NewSourcePage { errors: errors.clone(), ..page(kind) });
        let form = NewForm { kind: "url".into(), ..NewForm::default() };
        let bare = NewSourcePage { form, words: None, again: false, ..page(SourceKind::Url) };
        wrong.into_iter().chain([bare]).collect()
    }
}

pub(super) async fn show(State(app): State<App>, actor: Actor, Query(form): Query<NewForm>) -> Result<Response> {
    actor.may(Action::BringSource)?;
    actor.page(&app, &page(&app, &actor, form, &[], false).await?)
}

pub(super) async fn post(
    State(app): State<App>,
    actor: Actor,
    Extension(reach): Extension<Reach>,
    headers: HeaderMap,
    multipart: Multipart,
) -> Result<Response> {
    actor.may(Action::BringSource)?;
    let sent = Sent::read(&app, multipart).await?;
    let (form, json) = (sent.form.clone(), wants_json(&headers));
    let again = sent.file.is_some() || sent.transcript.is_some() || sent.recording.is_some() || !sent.wrong.is_empty();
    match keep(&app, &actor, sent, reach).await {
        Ok(source) if json => {
            let place = [(header::LOCATION, format!("/desk/sources/{}", source.id))];
            Ok((StatusCode::CREATED, place, Json(Brief::new(&source, &actor.name))).into_response())
        }
        Ok(source) => Ok(flash(Redirect::to(&back(&form, &source)), "ok", "record-sources-added")),
        Err(Error::Invalid(wrong)) if json => Ok(refused(&app, &wrong)),
        Err(Error::Invalid(wrong)) => actor.page_again(&app, &page(&app, &actor, form, &wrong, again).await?),
        Err(other) => Err(other),
    }
}

async fn keep(app: &App, actor: &Actor, sent: Sent, reach: Reach) -> Result<Source> {
    if !sent.wrong.is_empty() {
        return Err(Error::Invalid(sent.wrong));
    }
    let quotation = sent.form.quotation.clone();
    // Asked before anything is fetched or read, and again in the transaction.
    let (asked, asking) = (quotation.clone(), actor.clone());
    app.db.read(move |conn| may_rest(conn, &asking, &asked)).await?;
    let taken = take(app, actor, sent, reach).await?;
    let (asking, settings, now) = (actor.clone(), app.settings(), app.now());
    capture::keep(app, taken, move |conn, source| {
        may_rest(conn, &asking, &quotation)?;
        if quotation.is_empty() {
            return Ok(());
        }
        let rests = Correction { source: Some(Some(source.id.clone())), ..Correction::default() };
        let hand = Hand {
            by: asking.staff_id.clone(),
            public: asking.can(Action::PublishStory),
            sources: Narrow::seen_by(&asking),
        };
        correction::correct(conn, &settings, &quotation, &rests, &hand, now)
    })
    .await
}

/// A quotation that one may not work on is not found.
fn may_rest(conn: &mut Conn<'_>, actor: &Actor, quotation: &str) -> Result<()> {
    match quotation.is_empty() || uses::may_work_on(conn, actor, quotation)? {
        true => Ok(()),
        false => Err(Error::NotFound),
    }
}

async fn take(app: &App, actor: &Actor, sent: Sent, reach: Reach) -> Result<Taken> {
    let kind = sent.kind().ok_or_else(|| Error::field("kind", "record-kind-missing"))?;
    let Sent { form, file, transcript, recording, .. } = sent;
    let NewForm { url, text, title, notes, confidential, .. } = form;
    let new = NewSource { title, notes, confidential, by: actor.staff_id.clone() };
    let missing = |field: &str, key: &str| Err(Error::Invalid(vec![FieldError::new(field, key)]));
    match kind {
        SourceKind::Url if url.is_empty() => missing("url", "record-sources-url-missing"),
        SourceKind::Url => capture::page(app, &url, new, reach).await,
        SourceKind::Document => match file {
            Some(File { name, bytes }) => capture::upload(app, bytes, &name, new).await,
            None => missing("file", "record-sources-file-missing"),
        },
        SourceKind::Recording => match (transcript, text.trim().is_empty()) {
            (Some(File { name, bytes }), _) => capture::recording(app, recording, bytes, &name, new).await,
            (None, false) => capture::recording_typed(app, recording, &text, new).await,
            (None, true) => missing("transcript", "record-sources-transcript-missing"),
        },
        SourceKind::Notes | SourceKind::Post if text.trim().is_empty() => {
            missing("text", "record-sources-text-missing")
        }
        SourceKind::Post if !url.is_empty() && !is_web(&url) => missing("url", "base-fetch-not-web"),
        SourceKind::Post => capture::text(app, kind, &text, &url, new).await,
        SourceKind::Notes => capture::text(app, kind, &text, "", new).await,
    }
}

/// Readers get it as a link.
fn is_web(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Back to the record one came from, or to the source.
fn back(form: &NewForm, source: &Source) -> String {
    match is_id(&form.story) {
        true => format!("/desk/stories/{}/record", form.story),
        false => format!("/desk/sources/{}", source.id),
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

async fn page(app: &App, actor: &Actor, form: NewForm, wrong: &[FieldError], again: bool) -> Result<NewSourcePage> {
    let kind = SourceKind::parse(&form.kind).unwrap_or(SourceKind::Url);
    let (id, asking) = (form.quotation.clone(), actor.clone());
    let words = app
        .db
        .read(move |conn| match !id.is_empty() && uses::may_work_on(conn, &asking, &id)? {
            true => Ok(quotations::find(conn, &id)?.map(|quotation| quotation.words)),
            false => Ok(None),
        })
        .await?;
    let story = if is_id(&form.story) { form.story } else { String::new() };
    let quotation = if words.is_some() { form.quotation } else { String::new() };
    Ok(NewSourcePage {
        form: NewForm { kind: kind.as_str().into(), story, quotation, ..form },
        errors: forms::errors(app, wrong),
        kinds: SourceKind::ALL
            .map(|tab| Tab { kind: tab.as_str(), text: say(app, &kind_key(tab)), current: tab == kind })
            .into(),
        words,
        again,
        most: MAX_BYTES / (1024 * 1024),
        most_recording: MAX_RECORDING / (1024 * 1024),
    })
}
