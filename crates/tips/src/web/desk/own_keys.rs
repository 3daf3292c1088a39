//! A journalist's own keys: closed in the browser, kept here as they are.

use axum::{
    Json,
    body::Bytes,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::StatusCode;
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{App, Error, Result, web::Form};
use serde::{Deserialize, Serialize};

use crate::{Epoch, erase, keys, store};

/// Bytes of closed keys: far above what the form has.
const LARGEST: usize = 16 * 1024;

#[derive(Serialize)]
struct Mine {
    /// The journalist's id in lists and envelopes: 32 hexadecimal digits.
    journalist: String,
    /// The month of now, for which keys are made first.
    epoch: String,
    next_epoch: String,
    keys: Vec<One>,
}

#[derive(Serialize)]
struct One {
    id: String,
    epoch: String,
    /// The closed keys; none once destroyed.
    closed: Option<String>,
}

pub(super) async fn show(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::ReadTips)?;
    let staff = actor.staff_id.clone();
    let own = app.db.read(move |conn| store::keys::of_staff(conn, &staff)).await?;
    let epoch = Epoch::of(app.now());
    let keys = own.into_iter().map(|key| One {
        id: key.id,
        epoch: key.epoch.text().to_owned(),
        closed: key.wrapped.map(|closed| STANDARD.encode(closed)),
    });
    Ok(Json(Mine {
        journalist: keys::journalist(&actor.staff_id)?.to_string(),
        next_epoch: epoch.next().text().to_owned(),
        epoch: epoch.text().to_owned(),
        keys: keys.collect(),
    })
    .into_response())
}

pub(super) async fn update(State(app): State<App>, actor: Actor, body: Bytes) -> Result<Response> {
    actor.may(Action::ReadTips)?;
    if body.len() > LARGEST {
        return Err(Error::TooLarge { limit: LARGEST as u64 });
    }
    keys::keep(&app, &actor.staff_id, body.to_vec()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[derive(Deserialize)]
pub(super) struct Destruction {
    /// Months before this one go; all if empty.
    #[serde(default)]
    before: String,
    #[serde(default)]
    sure: String,
}

pub(super) async fn destroy(State(app): State<App>, actor: Actor, Form(form): Form<Destruction>) -> Result<Response> {
    actor.may(Action::ReadTips)?;
    if form.sure.is_empty() {
        return Ok(flash(Redirect::to("/desk/tips/keys"), "warn", "tips-destroy-not-sure"));
    }
    let before = match form.before.as_str() {
        "" => None,
        text => Some(Epoch::parse(text).ok_or_else(|| Error::BadRequest("base-form-incomplete".into()))?),
    };
    erase::epochs(&app, before, Some(actor.staff_id.clone())).await?;
    Ok(flash(Redirect::to("/desk/tips/keys"), "ok", "tips-keys-destroyed"))
}
