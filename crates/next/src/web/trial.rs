//! `/desk/next/trial`: two rankers side by side, begun and ended.

use axum::{
    Extension,
    extract::State,
    response::{Redirect, Response},
};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{App, Error, Result, web::Form};
use serde::Deserialize;

use crate::{Next, ranker::Ranker, store::trials};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TrialForm {
    first: String,
    second: String,
}

/// `POST /desk/next/trial`
pub(super) async fn begin(
    State(app): State<App>,
    Extension(next): Extension<Next>,
    actor: Actor,
    Form(form): Form<TrialForm>,
) -> Result<Response> {
    actor.may(Action::PinFront)?;
    let rankers = [Ranker::parse(&form.first), Ranker::parse(&form.second)];
    let [Some(first), Some(second)] = rankers else { return Err(Error::BadRequest("base-form-incomplete".into())) };
    if first == second {
        return Err(Error::refused("next-trial-same"));
    }
    // What was said before belongs to the time before.
    next.flush(&app).await?;
    let (id, by, now) = (app.id(), actor.staff_id.clone(), app.now());
    app.db.write(move |conn| trials::begin(conn, &id, [first, second], &by, now)).await?;
    Ok(flash(Redirect::to("/desk/next"), "ok", "next-done-trial"))
}

/// `POST /desk/next/trial/end`
pub(super) async fn end(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::PinFront)?;
    let now = app.now();
    app.db.write(move |conn| trials::end(conn, now)).await?;
    Ok(flash(Redirect::to("/desk/next"), "ok", "next-done-trial-end"))
}
