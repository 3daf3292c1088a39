//! The line's own settings, its desks and who is at them.

use axum::{
    extract::{Path, State},
    response::{Redirect, Response},
};
use onrecord_accounts::{Action, Actor, flash, store::staff};
use onrecord_base::{App, Conn, Error, Result, web::Form};
use serde::Deserialize;

use crate::{
    Desk, Line,
    desk::{check_name, check_retention},
    keys,
    line::{check_onion, check_printed},
    store::{desks, line},
    tip::{random_id, today},
};

const BACK: &str = "/desk/tips/keys";

#[derive(Deserialize)]
pub(super) struct LineForm {
    /// The newsroom's id and the public half of its key, when the line begins; a browser that made the key sends them.
    #[serde(default)]
    newsroom: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    onion: String,
    #[serde(default)]
    printed: String,
}

pub(super) async fn update(State(app): State<App>, actor: Actor, Form(form): Form<LineForm>) -> Result<Response> {
    actor.may(Action::ManageTipKeys)?;
    let known = app.db.read(line::load).await?;
    // A key that is known is changed from the command line only: whoever has a session could otherwise take the line over.
    if known.is_none() {
        let bytes = |text: &str| hex::decode(text.trim()).ok();
        let newsroom = bytes(&form.newsroom).and_then(|id| id.try_into().ok());
        let key = bytes(&form.key).and_then(|key| key.try_into().ok());
        let (Some(newsroom), Some(key)) = (newsroom, key) else {
            return Ok(flash(Redirect::to(BACK), "error", "tips-line-wrong"));
        };
        keys::begin_line(&app, newsroom, key).await?;
    }
    let onion = match check_onion(&form.onion) {
        Ok(onion) => onion,
        Err(_) => return Ok(flash(Redirect::to(BACK), "error", "tips-onion-wrong")),
    };
    let printed = match check_printed(&form.printed) {
        Ok(printed) => printed,
        Err(_) => return Ok(flash(Redirect::to(BACK), "error", "tips-printed-wrong")),
    };
    app.db
        .write(move |conn| {
            let old = line::load(conn)?.ok_or_else(|| Error::refused("tips-no-line"))?;
            line::save(conn, &Line { onion, printed, ..old })
        })
        .await?;
    Ok(flash(Redirect::to(BACK), "ok", "tips-saved"))
}

#[derive(Deserialize)]
pub(super) struct DeskForm {
    name: String,
    #[serde(default)]
    retention_days: String,
}

pub(super) async fn create_desk(State(app): State<App>, actor: Actor, Form(form): Form<DeskForm>) -> Result<Response> {
    actor.may(Action::ManageTipKeys)?;
    let (name, days) = match (check_name(&form.name), check_retention(&form.retention_days)) {
        (Ok(name), Ok(days)) => (name, days),
        (Err(_), _) => return Ok(flash(Redirect::to(BACK), "error", "tips-desk-name-needed")),
        (_, Err(_)) => return Ok(flash(Redirect::to(BACK), "error", "tips-retention-needed")),
    };
    let desk = Desk { id: random_id(&app.random), name, retention_days: days, closed_day: None };
    match app.db.write(move |conn| desks::create(conn, &desk)).await {
        Err(Error::Invalid(_)) => Ok(flash(Redirect::to(BACK), "error", "tips-desk-name-taken")),
        other => other.map(|()| flash(Redirect::to(BACK), "ok", "tips-saved-sign")),
    }
}

#[derive(Deserialize)]
pub(super) struct RetentionForm {
    retention_days: String,
}

pub(super) async fn set_retention(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<RetentionForm>,
) -> Result<Response> {
    let Ok(days) = check_retention(&form.retention_days) else {
        return Ok(flash(Redirect::to(BACK), "error", "tips-retention-needed"));
    };
    change(&app, &actor, id, "tips-saved", move |conn, desk| desks::set_retention(conn, desk, days)).await
}

pub(super) async fn close_desk(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    let today = today(&app);
    change(&app, &actor, id, "tips-saved-sign", move |conn, desk| desks::set_closed(conn, desk, Some(today))).await
}

pub(super) async fn open_desk(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    change(&app, &actor, id, "tips-saved-sign", |conn, desk| desks::set_closed(conn, desk, None)).await
}

#[derive(Deserialize)]
pub(super) struct MemberForm {
    staff: String,
}

pub(super) async fn join(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<MemberForm>,
) -> Result<Response> {
    change(&app, &actor, id, "tips-saved-sign", move |conn, desk| {
        let person = staff::find(conn, &form.staff)?.filter(|person| person.active()).ok_or(Error::NotFound)?;
        person.role.may(Action::ReadTips)?;
        desks::join(conn, desk, &person.id)
    })
    .await
}

pub(super) async fn leave(
    State(app): State<App>,
    actor: Actor,
    Path((id, staff)): Path<(String, String)>,
) -> Result<Response> {
    change(&app, &actor, id, "tips-saved-sign", move |conn, desk| desks::leave(conn, desk, &staff)).await
}

async fn change(
    app: &App,
    actor: &Actor,
    id: String,
    said: &str,
    work: impl FnOnce(&mut Conn<'_>, &str) -> Result<()> + Send + 'static,
) -> Result<Response> {
    actor.may(Action::ManageTipKeys)?;
    app.db
        .write(move |conn| {
            let desk = desks::find(conn, &id)?.ok_or(Error::NotFound)?;
            work(conn, &desk.id)
        })
        .await?;
    Ok(flash(Redirect::to(BACK), "ok", said))
}
