//! What the pages of people and sources share: how they are asked, and how they answer.

use std::collections::HashMap;

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, Request},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use onrecord_base::{
    App, Error, FieldError, Result,
    web::{
        chrome,
        forms::{self, Errors},
    },
};
use serde::{Serialize, de::DeserializeOwned};

use crate::store::uses::{Place, Use, Uses};

/// Lines of a page of a list.
pub(super) const PAGE: usize = 50;
/// The last page that is turned to: whoever needs more narrows the list.
pub(super) const LAST_PAGE: usize = 1_000;

/// What a form or a script sent: both give the same fields.
pub(super) struct Sent<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Sent<T>, Response> {
        let json = is_json(request.headers(), header::CONTENT_TYPE);
        if !json {
            return forms::Form::from_request(request, state).await.map(|forms::Form(sent)| Sent(sent));
        }
        let incomplete = || Error::BadRequest("base-form-incomplete".into()).into_response();
        let body = Bytes::from_request(request, state).await.map_err(|_| incomplete())?;
        let text = std::str::from_utf8(&body).map_err(|_| incomplete())?;
        if text.contains("\\u0000") {
            return Err(Error::BadRequest("base-form-not-text".into()).into_response());
        }
        serde_json::from_str(text).map(Sent).map_err(|_| incomplete())
    }
}

/// Whether the answer shall be JSON.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    is_json(headers, header::ACCEPT)
}

fn is_json(headers: &HeaderMap, name: header::HeaderName) -> bool {
    headers.get(name).and_then(|v| v.to_str().ok()).is_some_and(|value| value.starts_with("application/json"))
}

/// A refused form, told to a script: `{"errors": {"field": "sentence"}}`.
pub(super) fn refused(app: &App, fields: &[FieldError]) -> Response {
    let errors = forms::errors(app, fields);
    (StatusCode::UNPROCESSABLE_ENTITY, Json(serde_json::json!({ "errors": errors }))).into_response()
}

/// A text in the desk's language.
pub(super) fn say(app: &App, key: &str) -> String {
    app.messages.text(&chrome::language(app), key, [])
}

/// A sentence about no field in particular.
pub(super) fn sentence(key: &str, app: &App) -> Errors {
    Errors::from([(String::new(), say(app, key))])
}

/// Names of the staff by id.
pub(super) async fn staff_names(app: &App) -> Result<HashMap<String, String>> {
    let staff = app.db.read(onrecord_accounts::store::staff::list).await?;
    Ok(staff.into_iter().map(|person| (person.id, person.name)).collect())
}

/// One line of text: without breaks, and with single spaces.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of a field that takes one thing a line.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(line).filter(|line| !line.is_empty()).collect()
}

/// A size as people say it.
pub(super) fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// A quotation that uses a person or source, as the page lists it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ShownUse {
    words: String,
    speaker: String,
    /// Key of the channel's name; empty if it is not known.
    channel: String,
    said_on: String,
    /// Name of a [`crate::State`]; empty where the page does not say.
    state: &'static str,
    stories: Vec<ShownStory>,
}

#[derive(Debug, Clone, Serialize)]
struct ShownStory {
    headline: String,
    /// The record of the story at the desk, or the story as readers have it, for those who may not write it.
    url: String,
    published: bool,
}

impl ShownUse {
    pub(super) fn sample() -> ShownUse {
        let story =
            ShownStory { headline: "A \"<bridge>\"".into(), url: "/desk/stories/1/record".into(), published: true };
        ShownUse {
            words: "We will \"<not>\" close it.".into(),
            speaker: "Ilse Tamberg".into(),
            channel: "record-channel-text-message".into(),
            said_on: "2026-05".into(),
            state: "altered",
            stories: vec![story.clone(), ShownStory { headline: String::new(), published: false, ..story }],
        }
    }
}

/// The uses as a page lists them; `states` names how each stands.
pub(super) fn shown(uses: &Uses, states: Option<&[&'static str]>) -> Vec<ShownUse> {
    let story = |place: &Place| ShownStory {
        headline: place.headline.clone(),
        url: match (&place.path, place.editable) {
            (Some(path), false) => path.clone(),
            _ => format!("/desk/stories/{}/record", place.story),
        },
        published: place.path.is_some(),
    };
    let one = |(at, used): (usize, &Use)| ShownUse {
        words: used.quotation.words.clone(),
        speaker: used.quotation.speaker.clone(),
        channel: match used.quotation.channel.as_str() {
            "" | "unknown" => String::new(),
            channel => format!("record-channel-{}", channel.replace(' ', "-")),
        },
        said_on: used.quotation.said_on.clone(),
        state: states.and_then(|states| states.get(at).copied()).unwrap_or_default(),
        stories: used.places.iter().map(story).collect(),
    };
    uses.shown.iter().enumerate().map(one).collect()
}
