//! `POST /desk/stories/{id}/publication` and its ends: withdrawal, kill, restoration.

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{App, Error, Result, web::Form};
use serde::Deserialize;

use super::{
    access,
    body::EditorForm,
    done,
    draft::{FormSaved, editor_as_sent, save_form},
    editor, editor_url,
    fields::Fields,
    list_url, to,
};
use crate::{
    Checks,
    publishing::{self, House, Outcome, Wish},
    store::drafts,
};

/// Publishes. The whole form comes along, since without script nothing was saved before; with script it is the same.
pub(super) async fn create(
    State(app): State<App>,
    Extension(checks): Extension<Checks>,
    actor: Actor,
    Path(id): Path<String>,
    EditorForm(fields): EditorForm,
) -> Result<Response> {
    let draft = access::draft_for(&app, &actor, &id, access::publishes).await?;
    let version = match fields.get("headline") {
        None => fields.base_version()?,
        Some(_) => match save_form(&app, &actor, &draft, &fields).await? {
            FormSaved::Kept { version, .. } => version,
            FormSaved::Shown(response) => return Ok(response),
        },
    };
    let back = editor_as_sent(&id, &fields);
    match publish(&app, &actor, checks, &id, version, &fields).await {
        Ok(Outcome::Published(_)) => Ok(flash(to(&back), "ok", "stories-published")),
        Ok(Outcome::Scheduled(_)) => Ok(flash(to(&back), "ok", "stories-scheduled")),
        Ok(Outcome::Held(findings)) => {
            let draft = access::draft(&app, &actor, &id).await?;
            editor::held(&app, &actor, &draft, findings, &fields, &[]).await
        }
        Err(Error::Invalid(wrong)) => {
            let draft = access::draft(&app, &actor, &id).await?;
            editor::held(&app, &actor, &draft, Vec::new(), &fields, &wrong).await
        }
        // Somebody saved between our own save and the publication: the page shows what stands now.
        Err(Error::Stale) => Ok(flash(to(&back), "error", "stories-publish-stale")),
        Err(Error::Refused(why)) => Ok(flash(to(&back), "error", &why)),
        Err(other) => Err(other),
    }
}

async fn publish(app: &App, actor: &Actor, checks: Checks, id: &str, version: i64, fields: &Fields) -> Result<Outcome> {
    let (settings, random, now) = (app.settings(), app.random.clone(), app.now());
    let despite_warnings = fields.get("despite_warnings").is_some();
    let given = fields.get("override_reason").filter(|_| actor.can(Action::OverrideRecord));
    let (id, by, reason) = (id.to_owned(), actor.staff_id.clone(), given.map(str::to_owned));
    let (story, early) = (id.clone(), (settings.clone(), checks.clone(), random.clone()));
    app.db
        .read(move |conn| {
            let house = House { settings: &early.0, checks: &early.1, random: &early.2 };
            let draft = drafts::get(conn, &story)?;
            early.1.prepare(conn, house, &draft)
        })
        .await?;
    app.db
        .write(move |conn| {
            let house = House { settings: &settings, checks: &checks, random: &random };
            let reason = reason.as_deref();
            let wish = Wish { story: &id, version, by: Some(&by), despite_warnings, reason };
            publishing::publish(conn, house, wish, now)
        })
        .await
}

/// Takes it down.
pub(super) async fn withdraw(
    State(app): State<App>,
    Extension(checks): Extension<Checks>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Response> {
    access::draft_for(&app, &actor, &id, access::publishes).await?;
    let (story, now) = (id.clone(), app.now());
    let result = app.db.write(move |conn| publishing::withdraw(conn, &checks, &story, now)).await;
    done(result, &editor_url(&id), "stories-withdrawn")
}

/// Drops the time it was to be published at; what readers see now stays.
pub(super) async fn unschedule(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    access::draft_for(&app, &actor, &id, access::publishes).await?;
    let story = id.clone();
    let dropped = app.db.write(move |conn| publishing::unschedule(conn, &story)).await?;
    let result = if dropped { Ok(()) } else { Err(Error::refused("stories-not-scheduled")) };
    done(result, &editor_url(&id), "stories-unscheduled")
}

#[derive(Deserialize)]
pub(super) struct Reason {
    reason: String,
}

/// Kills it.
pub(super) async fn kill(
    State(app): State<App>,
    Extension(checks): Extension<Checks>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<Reason>,
) -> Result<Response> {
    let draft = access::draft_for(&app, &actor, &id, access::kills).await?;
    let (story, now, by) = (id.clone(), app.now(), actor.staff_id.clone());
    let result = app.db.write(move |conn| publishing::kill(conn, &checks, &story, &form.reason, Some(&by), now)).await;
    let back = if result.is_ok() { list_url(draft.kind).to_owned() } else { editor_url(&id) };
    done(result, &back, "stories-killed")
}

/// Lifts a kill.
pub(super) async fn restore(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    access::draft_for(&app, &actor, &id, access::kills).await?;
    let (story, now) = (id.clone(), app.now());
    let result = app.db.write(move |conn| publishing::restore(conn, &story, now)).await;
    done(result, &editor_url(&id), "stories-restored")
}
