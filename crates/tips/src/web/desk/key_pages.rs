//! Keys at the desk: who has some for this month and the next, what is signed, and what would be signed now.

use axum::{
    Json,
    body::Bytes,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderValue, StatusCode, header};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{App, Conn, Error, Result, Time, views::View, web::Form};
use serde::{Deserialize, Serialize};

use crate::{
    Epoch, erase, keys,
    store::{desks, keys as kept, line},
};

#[derive(Debug, Clone, Serialize)]
pub(super) struct KeysPage {
    manages: bool,
    closed: &'static str,
    newsroom: String,
    newsroom_key: String,
    fingerprint: String,
    fingerprint_words: String,
    onion: String,
    /// Where the fingerprint is printed.
    printed: String,
    epoch: String,
    next_epoch: String,
    list: Option<ListShown>,
    /// Whether the list in use says something else than one signed now would.
    outdated: bool,
    people: Vec<Person>,
    desks: Vec<DeskShown>,
    own: Vec<Own>,
    staff_id: String,
    email: String,
}

#[derive(Debug, Clone, Serialize)]
struct ListShown {
    serial: i64,
    issued: String,
    until: String,
    ends_soon: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Person {
    name: String,
    current: bool,
    next: bool,
}

#[derive(Debug, Clone, Serialize)]
struct DeskShown {
    id: String,
    name: String,
    retention_days: i64,
    closed: bool,
    members: Vec<(String, String)>,
    /// Staff who could be taken in: id and name.
    others: Vec<(String, String)>,
}

#[derive(Debug, Clone, Serialize)]
struct Own {
    epoch: String,
    destroyed: bool,
}

impl View for KeysPage {
    const TEMPLATE: &'static str = "tips/keys.html";

    fn samples() -> Vec<KeysPage> {
        let page = KeysPage {
            manages: true,
            closed: "",
            newsroom: "00".repeat(16),
            newsroom_key: "11".repeat(32),
            fingerprint: "0123 4567".into(),
            fingerprint_words: "word word".into(),
            onion: "http://x.onion".into(),
            printed: "\"<page 2>\".".into(),
            epoch: "2026-11".into(),
            next_epoch: "2026-12".into(),
            list: Some(ListShown {
                serial: 3,
                issued: "2026-11-22".into(),
                until: "2027-03-02".into(),
                ends_soon: true,
            }),
            outdated: true,
            people: vec![
                Person { name: "Ana \"<Ruiz>\"".into(), current: true, next: false },
                Person { name: "Bo".into(), current: false, next: true },
            ],
            desks: vec![
                DeskShown {
                    id: "1".repeat(32),
                    name: "\"<City>\"".into(),
                    retention_days: 90,
                    closed: false,
                    members: vec![("a".into(), "Ana".into())],
                    others: vec![("b".into(), "Bo".into())],
                },
                DeskShown {
                    id: "2".repeat(32),
                    name: "Old".into(),
                    retention_days: 30,
                    closed: true,
                    members: vec![],
                    others: vec![],
                },
            ],
            own: vec![
                Own { epoch: "2026-11".into(), destroyed: false },
                Own { epoch: "2026-10".into(), destroyed: true },
            ],
            staff_id: "a".into(),
            email: "ana@example.org".into(),
        };
        let begin = KeysPage {
            closed: "no-key",
            newsroom: String::new(),
            newsroom_key: String::new(),
            fingerprint: String::new(),
            list: None,
            desks: Vec::new(),
            people: Vec::new(),
            own: Vec::new(),
            ..page.clone()
        };
        let reader = KeysPage { manages: false, outdated: false, ..page.clone() };
        vec![page, begin, reader]
    }
}

pub(super) async fn show(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::ReadTips)?;
    let (handle, staff, now) = (app.clone(), actor.staff_id.clone(), app.now());
    let manages = actor.can(Action::ManageTipKeys);
    let view = app.db.read(move |conn| page(conn, &handle, staff, manages, now)).await?;
    actor.page(&app, &view)
}

fn page(conn: &mut Conn<'_>, app: &App, staff_id: String, manages: bool, now: Time) -> Result<KeysPage> {
    let line = line::load(conn)?;
    let open = keys::in_use(conn, now)?;
    let epoch = Epoch::of(now);
    let next = epoch.next();
    let everybody = super::people(conn)?;
    let public = line.as_ref().and_then(|line| line.public_key()).map(onrecord_sealed::VerifyKey);
    let list = kept::list(conn)?;
    let mut people = Vec::new();
    for person in keys::readers(conn)? {
        people.push(Person {
            current: !keys::lacks_keys(conn, &person.id, &epoch)?,
            next: !keys::lacks_keys(conn, &person.id, &next)?,
            name: person.name,
        });
    }
    let mut shown = Vec::new();
    for desk in desks::all(conn)? {
        let members = desks::members(conn, &desk.id)?;
        let others = everybody.iter().filter(|person| person.active() && person.role.can(Action::ReadTips));
        let others = others.filter(|person| !members.contains(&person.id));
        shown.push(DeskShown {
            others: others.map(|person| (person.id.clone(), person.name.clone())).collect(),
            members: members.into_iter().map(|id| (id.clone(), super::name_of(&everybody, &id))).collect(),
            id: desk.id,
            name: desk.name,
            retention_days: desk.retention_days,
            closed: desk.closed_day.is_some(),
        });
    }
    let own = kept::of_staff(conn, &staff_id)?.into_iter();
    let own = own.map(|key| Own { epoch: key.epoch.text().to_owned(), destroyed: key.wrapped.is_none() }).collect();
    let email = everybody.iter().find(|person| person.id == staff_id).map(|person| person.email.clone());
    Ok(KeysPage {
        manages,
        closed: open.as_ref().err().map_or("", |why| why.name()),
        newsroom: line.as_ref().map_or_else(String::new, |line| line.newsroom.clone()),
        newsroom_key: line.as_ref().map_or_else(String::new, |line| line.key.clone()),
        fingerprint: public.as_ref().map_or_else(String::new, |key| key.fingerprint()),
        fingerprint_words: public.as_ref().map_or_else(String::new, |key| key.fingerprint_words()),
        onion: line.as_ref().map_or_else(String::new, |line| line.onion.clone()),
        printed: line.as_ref().map_or_else(String::new, |line| line.printed.clone()),
        list: list.as_ref().map(|list| ListShown {
            serial: list.serial,
            issued: list.issued_day.text(),
            until: list.valid_until_day.text(),
            ends_soon: keys::ends_soon(app, list.valid_until_day),
        }),
        outdated: line.is_some() && keys::outdated(conn, now)?,
        epoch: epoch.text().to_owned(),
        next_epoch: next.text().to_owned(),
        people,
        desks: shown,
        own,
        staff_id,
        email: email.unwrap_or_default(),
    })
}

/// The list in use, as it was signed.
pub(super) async fn list(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::ReadTips)?;
    let list = app.db.read(kept::list).await?.ok_or(Error::NotFound)?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"))], list.signed).into_response())
}

pub(super) async fn update(State(app): State<App>, actor: Actor, body: Bytes) -> Result<Response> {
    actor.may(Action::ManageTipKeys)?;
    keys::accept(&app, body.to_vec()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[derive(Serialize)]
struct Draft {
    newsroom: String,
    serial: u32,
    /// Days since 1970-01-01.
    issued: u32,
    until: u32,
    desks: Vec<(String, String)>,
    keys: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    /// A journalist's card, base64.
    card: String,
    name: String,
    epoch: String,
    desks: Vec<String>,
}

/// What a list would say now, for the browser or the machine that holds the newsroom's key.
pub(super) async fn draft(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::ManageTipKeys)?;
    let now = app.now();
    let (draft, people) = app.db.read(move |conn| Ok((keys::propose(conn, now)?, super::people(conn)?))).await?;
    let listed = draft.keys.iter().map(|key| Listed {
        card: STANDARD.encode(key.card.bytes()),
        name: people
            .iter()
            .find(|person| keys::journalist(&person.id).is_ok_and(|id| id == key.card.journalist))
            .map_or_else(String::new, |person| person.name.clone()),
        epoch: key.card.epoch.to_string(),
        desks: key.desks.iter().map(ToString::to_string).collect(),
    });
    let draft = Draft {
        newsroom: draft.newsroom.to_string(),
        serial: draft.serial,
        issued: draft.issued.0,
        until: draft.until.0,
        desks: draft.desks.iter().map(|desk| (desk.id.to_string(), desk.name.clone())).collect(),
        keys: listed.collect(),
    };
    Ok(Json(draft).into_response())
}

#[derive(Deserialize)]
pub(super) struct Destruction {
    before: String,
    #[serde(default)]
    sure: String,
}

/// Everybody's keys of months before one.
pub(super) async fn destroy(State(app): State<App>, actor: Actor, Form(form): Form<Destruction>) -> Result<Response> {
    actor.may(Action::DestroyTips)?;
    if form.sure.is_empty() {
        return Ok(flash(Redirect::to("/desk/tips/keys"), "warn", "tips-destroy-not-sure"));
    }
    let before = Epoch::parse(&form.before).ok_or_else(|| Error::BadRequest("base-form-incomplete".into()))?;
    erase::epochs(&app, Some(before), None).await?;
    Ok(flash(Redirect::to("/desk/tips/keys"), "ok", "tips-keys-destroyed"))
}
