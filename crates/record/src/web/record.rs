//! `/desk/stories/{id}/record`: what a story's people said, and how we know.

use std::collections::BTreeMap;

use axum::{
    Json, Router,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderMap, StatusCode, header};
use onrecord_accounts::Actor;
use onrecord_base::{App, FieldError, Result, views::View, web::forms};
use onrecord_stories::{Draft, access};
use serde::Serialize;

use crate::{
    correction::Correction,
    desk::{self, RecordShown, Viewer},
    follow::{self, Text},
    store::{people, standing},
};

/// People offered for the names of one story.
const PEOPLE: usize = 200;
/// People offered for one name.
const LIKE: usize = 8;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/desk/stories/{id}/record", get(show))
}

/// The page of a story's record.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RecordPage {
    pub id: String,
    pub headline: String,
    pub record: RecordShown,
    /// People to choose from: id and name.
    pub people: Vec<(String, String)>,
    /// The form that was not accepted.
    pub sent: Option<Sent>,
}

/// A form that was not accepted, to come back filled in.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Sent {
    /// The quotation it was for.
    pub id: String,
    /// True if somebody else has corrected the record since.
    pub stale: bool,
    pub errors: forms::Errors,
    pub values: BTreeMap<&'static str, String>,
}

impl Sent {
    pub fn new(app: &App, id: &str, correction: &Correction, wrong: &[FieldError], stale: bool) -> Sent {
        let flat = |value: &Option<Option<String>>| value.clone().map(Option::unwrap_or_default);
        let values = [
            ("speaker", correction.speaker.clone()),
            ("person", flat(&correction.person)),
            ("channel", correction.channel.clone()),
            ("outlet", correction.outlet.clone()),
            ("addressee", correction.addressee.clone()),
            ("said_on", correction.said_on.clone()),
            ("disputed", flat(&correction.disputed)),
            ("source", flat(&correction.source)),
        ];
        let values = values.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect();
        Sent { id: id.to_owned(), stale, errors: forms::errors(app, wrong), values }
    }
}

async fn show(State(app): State<App>, actor: Actor, Path(id): Path<String>, headers: HeaderMap) -> Result<Response> {
    let draft = access::draft(&app, &actor, &id).await?;
    let record = load(&app, &actor, &draft).await?;
    match wants_json(&headers) {
        true => Ok(Json(record).into_response()),
        false => page(&app, &actor, StatusCode::OK, draft, record, None).await,
    }
}

/// The page, with a form that was not accepted if there is one.
pub(super) async fn page(
    app: &App,
    actor: &Actor,
    status: StatusCode,
    draft: Draft,
    record: RecordShown,
    sent: Option<Sent>,
) -> Result<Response> {
    let speakers: Vec<String> = record.quotations.iter().map(|quotation| quotation.speaker.clone()).collect();
    let mut known: BTreeMap<String, String> =
        record.quotations.iter().filter_map(|q| q.person.as_ref()).map(|p| (p.id.clone(), p.name.clone())).collect();
    let near = app
        .db
        .read(move |conn| {
            let mut near = BTreeMap::new();
            for speaker in speakers {
                let Some(name) = speaker.split_whitespace().next_back() else { continue };
                near.extend(people::all(conn, name, LIKE)?.into_iter().map(|person| (person.id, person.name)));
                if near.len() > PEOPLE {
                    break;
                }
            }
            Ok(near)
        })
        .await?;
    known.extend(near);
    let mut people: Vec<(String, String)> = known.into_iter().collect();
    people.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    let view = RecordPage { id: draft.id, headline: draft.content.headline, record, people, sent };
    actor.page_with(app, status, &view)
}

/// The record of a draft, followed to its newest version first.
pub(super) async fn load(app: &App, actor: &Actor, draft: &Draft) -> Result<RecordShown> {
    let story = draft.id.clone();
    let followed = app.db.read(move |conn| standing::followed_draft(conn, &story)).await?;
    if followed.is_none_or(|version| version < draft.version) {
        bring_up_to_date(app, actor, draft).await?;
    }
    let (settings, viewer, story) = (app.settings(), Viewer::of(app, actor).await?, draft.id.clone());
    app.db.read(move |conn| desk::load(conn, &settings, &viewer, &story)).await
}

/// Finding takes a while in a long text: not while the database is kept.
async fn bring_up_to_date(app: &App, actor: &Actor, draft: &Draft) -> Result<()> {
    let body = draft.content.body.clone();
    let found = tokio::task::spawn_blocking(move || follow::found(&body))
        .await
        .map_err(|e| onrecord_base::Error::internal(e.to_string()))?;
    let (story, version, by) = (draft.id.clone(), draft.version, actor.staff_id.clone());
    let (random, now) = (app.random.clone(), app.now());
    app.db
        .write(move |conn| {
            // Somebody else may have been quicker, and have seen a newer version.
            if standing::followed_draft(conn, &story)?.is_some_and(|followed| followed >= version) {
                return Ok(());
            }
            follow::follow(conn, &random, Text { story: &story, version, found: &found }, &by, now).map(drop)
        })
        .await
}

/// As the rest of the desk tells pages from scripts.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok());
    accept.is_some_and(|accept| accept.starts_with("application/json"))
}

impl View for RecordPage {
    const TEMPLATE: &'static str = "record/record.html";

    fn samples() -> Vec<RecordPage> {
        let record = RecordShown::sample();
        let full = RecordPage {
            id: "s1".into(),
            headline: "Wall \"<falls>\"".into(),
            people: vec![("p1".into(), "Ilse \"<Tamberg>\"".into())],
            sent: None,
            record: record.clone(),
        };
        let fields = ["speaker", "person", "channel", "outlet", "addressee", "said_on", "disputed", "source"];
        let sent = Sent {
            id: "q1".into(),
            stale: true,
            errors: fields.iter().map(|field| ((*field).to_owned(), "Not \"so\"".to_owned())).collect(),
            values: fields.iter().map(|field| (*field, "\"<x>\"".to_owned())).collect(),
        };
        let empty = RecordShown { quotations: vec![], sources: vec![], ..record };
        vec![
            RecordPage { record: empty, headline: String::new(), people: vec![], ..full.clone() },
            RecordPage { sent: Some(sent), ..full.clone() },
            full,
        ]
    }
}
