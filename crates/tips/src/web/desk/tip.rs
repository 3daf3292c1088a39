//! One tip: the page that the script fills with what it opens, and what is done to a tip.

use axum::{
    Json,
    extract::{Path, State as From},
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{App, Conn, Error, Result, views::View, web::Form};
use serde::{Deserialize, Serialize};

use super::name_of;
use crate::{
    Kind, State, Tip,
    desk::check_retention,
    erase,
    store::{desks, line, messages, tips},
    tip::{RETENTION, today},
};

#[derive(Debug, Clone, Serialize)]
pub(super) struct TipDesk {
    id: String,
    short: String,
    state: &'static str,
    states: Vec<&'static str>,
    desk: String,
    desk_id: String,
    channel: &'static str,
    first_day: String,
    last_day: String,
    erase_day: String,
    retention: i64,
    assigned: String,
    /// Who could follow it: id and name.
    people: Vec<(String, String)>,
    messages: usize,
    next: i64,
    newsroom: String,
    newsroom_key: String,
    /// The reader's own id and address, for the script and the command line.
    staff_id: String,
    email: String,
}

impl View for TipDesk {
    const TEMPLATE: &'static str = "tips/one.html";

    fn samples() -> Vec<TipDesk> {
        let tip = TipDesk {
            id: "0".repeat(32),
            short: "000000".into(),
            state: "new",
            states: State::ALL.iter().map(|state| state.name()).collect(),
            desk: "\"<City>\"".into(),
            desk_id: "1".repeat(32),
            channel: "web",
            first_day: "2026-11-22".into(),
            last_day: "2026-11-22".into(),
            erase_day: "2027-02-20".into(),
            retention: 90,
            assigned: "a".into(),
            people: vec![("a".into(), "Ana \"<Ruiz>\"".into())],
            messages: 2,
            next: 2,
            newsroom: "00".repeat(16),
            newsroom_key: "11".repeat(32),
            staff_id: "a".into(),
            email: "ana@example.org".into(),
        };
        let all = crate::Channel::ALL.iter().map(|channel| TipDesk { channel: channel.name(), ..tip.clone() });
        let open = TipDesk { erase_day: String::new(), assigned: String::new(), people: Vec::new(), ..tip.clone() };
        all.chain([open]).collect()
    }
}

#[derive(Serialize)]
struct Whole {
    tip: Known,
    messages: Vec<Listed>,
}

#[derive(Serialize)]
struct Known {
    id: String,
    desk: String,
    newsroom: String,
    channel: &'static str,
    state: &'static str,
    assigned_to: Option<String>,
    first_day: String,
    last_day: String,
    /// The number that the next reply gets, and the next note or link.
    next: i64,
    next_inside: i64,
}

#[derive(Serialize)]
struct Listed {
    sequence: i64,
    kind: &'static str,
    day: String,
    /// Staff id of who wrote it at the desk, as the server says; the signature inside is what counts.
    by: Option<String>,
    head: String,
    size: i64,
}

/// A tip of a desk that the actor is at; all others are not found.
pub(super) fn seen(conn: &mut Conn<'_>, id: &str, staff: &str) -> Result<Tip> {
    tips::for_staff(conn, id, staff)
}

pub(super) async fn show(From(app): From<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    actor.may(Action::ReadTips)?;
    if let Some(id) = id.strip_suffix(".json") {
        return whole(&app, &actor, id.to_owned()).await;
    }
    let staff = actor.staff_id.clone();
    let view = app
        .db
        .read(move |conn| {
            let tip = seen(conn, &id, &staff)?;
            let desk = desks::find(conn, &tip.desk_id)?.ok_or(Error::NotFound)?;
            let people = super::people(conn)?;
            let members = desks::members(conn, &desk.id)?;
            let line = line::load(conn)?;
            let messages = messages::of(conn, &tip.id)?.len();
            let email = people.iter().find(|person| person.id == staff).map(|person| person.email.clone());
            Ok(TipDesk {
                short: tip.id.chars().take(6).collect(),
                state: tip.state.name(),
                states: State::ALL.iter().map(|state| state.name()).collect(),
                desk: desk.name,
                desk_id: desk.id,
                channel: tip.channel.name(),
                first_day: tip.first_day.text(),
                last_day: tip.last_day.text(),
                erase_day: tip.erase_day.map_or_else(String::new, |day| day.text()),
                retention: desk.retention_days,
                assigned: tip.assigned_to.clone().unwrap_or_default(),
                people: members.iter().map(|id| (id.clone(), name_of(&people, id))).collect(),
                messages,
                next: tip.next_sequence,
                newsroom: line.as_ref().map_or_else(String::new, |line| line.newsroom.clone()),
                newsroom_key: line.map_or_else(String::new, |line| line.key),
                staff_id: staff,
                email: email.unwrap_or_default(),
                id: tip.id,
            })
        })
        .await?;
    actor.page(&app, &view)
}

async fn whole(app: &App, actor: &Actor, id: String) -> Result<Response> {
    let staff = actor.staff_id.clone();
    let (whole, unread) = app
        .db
        .read(move |conn| {
            let tip = seen(conn, &id, &staff)?;
            let newsroom = line::load(conn)?.map_or_else(String::new, |line| line.newsroom);
            let mut listed = Vec::new();
            for message in messages::of(conn, &tip.id)? {
                listed.push(Listed {
                    head: STANDARD.encode(messages::head(conn, &tip.id, message.sequence)?),
                    sequence: message.sequence,
                    kind: message.kind.name(),
                    day: message.day.text(),
                    by: message.by_id,
                    size: message.size,
                });
            }
            let known = Known {
                id: tip.id.clone(),
                desk: tip.desk_id.clone(),
                newsroom,
                channel: tip.channel.name(),
                state: tip.state.name(),
                assigned_to: tip.assigned_to.clone(),
                first_day: tip.first_day.text(),
                last_day: tip.last_day.text(),
                next: tip.next(Kind::Reply),
                next_inside: tip.next(Kind::Note),
            };
            Ok((Whole { tip: known, messages: listed }, tip.unread.then_some((tip.id, tip.next_sequence))))
        })
        .await?;
    if let Some((id, next)) = unread {
        app.db.write(move |conn| tips::mark_read(conn, &id, next)).await?;
    }
    Ok(Json(whole).into_response())
}

#[derive(Deserialize)]
pub(super) struct StateForm {
    state: String,
}

#[derive(Deserialize)]
pub(super) struct AssignmentForm {
    #[serde(default)]
    staff: String,
}

#[derive(Deserialize)]
pub(super) struct RetentionForm {
    retention_days: String,
}

#[derive(Deserialize)]
pub(super) struct ErasureForm {
    #[serde(default)]
    sure: String,
}

pub(super) async fn set_state(
    From(app): From<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<StateForm>,
) -> Result<Response> {
    let today = today(&app);
    change(&app, &actor, &id, move |conn, tip| {
        let state = State::parse(&form.state).ok_or_else(|| Error::refused("tips-state-wrong"))?;
        let retention = desks::find(conn, &tip.desk_id)?.map_or(RETENTION, |desk| desk.retention_days);
        tip.stand(state, retention, today);
        Ok(())
    })
    .await
}

pub(super) async fn assign(
    From(app): From<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<AssignmentForm>,
) -> Result<Response> {
    change(&app, &actor, &id, move |conn, tip| {
        let to = Some(form.staff).filter(|id| !id.is_empty());
        if let Some(to) = &to
            && !desks::members(conn, &tip.desk_id)?.contains(to)
        {
            return Err(Error::refused("tips-not-at-desk"));
        }
        tip.assign(to);
        Ok(())
    })
    .await
}

/// So many days after its closing, or from now if it is open and closed by this.
pub(super) async fn set_retention(
    From(app): From<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<RetentionForm>,
) -> Result<Response> {
    change(&app, &actor, &id, move |_, tip| {
        let days = check_retention(&form.retention_days).map_err(|_| Error::refused("tips-retention-needed"))?;
        let closed = tip.closed_day.ok_or_else(|| Error::refused("tips-retention-open"))?;
        tip.erase_day = Some(closed.plus(days));
        Ok(())
    })
    .await
}

/// Changes a tip and goes back to its page; there stands too why it was not changed.
async fn change(
    app: &App,
    actor: &Actor,
    id: &str,
    work: impl FnOnce(&mut Conn<'_>, &mut Tip) -> Result<()> + Send + 'static,
) -> Result<Response> {
    actor.may(Action::ReadTips)?;
    let (id, staff) = (id.to_owned(), actor.staff_id.clone());
    let back = format!("/desk/tips/{id}");
    let changed = app
        .db
        .write(move |conn| {
            let mut tip = seen(conn, &id, &staff)?;
            work(conn, &mut tip)?;
            tips::save(conn, &tip)
        })
        .await;
    match changed {
        Err(Error::Refused(why)) => Ok(flash(Redirect::to(&back), "error", &why)),
        other => other.map(|()| flash(Redirect::to(&back), "ok", "tips-saved")),
    }
}

pub(super) async fn erase(From(app): From<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    gone(&app, &actor, &id).await?;
    Ok(http::StatusCode::NO_CONTENT.into_response())
}

pub(super) async fn erase_by_form(
    From(app): From<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<ErasureForm>,
) -> Result<Response> {
    if form.sure.is_empty() {
        return Ok(flash(Redirect::to(&format!("/desk/tips/{id}")), "warn", "tips-erase-not-sure"));
    }
    gone(&app, &actor, &id).await?;
    Ok(flash(Redirect::to("/desk/tips"), "ok", "tips-erased"))
}

async fn gone(app: &App, actor: &Actor, id: &str) -> Result<()> {
    actor.may(Action::ReadTips)?;
    let (seen_id, staff) = (id.to_owned(), actor.staff_id.clone());
    app.db.read(move |conn| seen(conn, &seen_id, &staff)).await?;
    erase::tip(app, id).await
}
