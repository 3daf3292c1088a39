//! Corrections of a story.

use axum::{
    extract::{Path, State},
    response::Response,
};
use onrecord_accounts::Actor;
use onrecord_base::{App, Result, web::Form};
use serde::Deserialize;

use super::{access, done, editor_url};
use crate::store::corrections;

#[derive(Deserialize)]
pub(super) struct Text {
    correction: String,
}

pub(super) async fn create(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<Text>,
) -> Result<Response> {
    access::draft_for(&app, &actor, &id, access::publishes).await?;
    let (story, new, now, by) = (id.clone(), app.id(), app.now(), actor.staff_id.clone());
    let add = move |conn: &mut onrecord_base::Conn<'_>| {
        corrections::add(conn, &new, &story, &form.correction, Some(&by), now)
    };
    let result = app.db.write(add).await;
    done(result, &editor_url(&id), "stories-corrected")
}

pub(super) async fn remove(
    State(app): State<App>,
    actor: Actor,
    Path((id, correction)): Path<(String, String)>,
) -> Result<Response> {
    access::draft_for(&app, &actor, &id, access::publishes).await?;
    let (story, now) = (id.clone(), app.now());
    let result = app.db.write(move |conn| corrections::remove(conn, &story, &correction, now)).await;
    done(result, &editor_url(&id), "stories-correction-removed")
}
