//! One's own account: name, password, where one is signed in.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use onrecord_base::{
    App, Error, FieldError, Result,
    views::View,
    web::{
        Client, Form, Moment,
        forms::{self, Errors},
    },
};
use serde::{Deserialize, Serialize};

use super::role_name;
use crate::{
    Actor, Staff, flash, password, staff,
    store::{self, credentials, sessions},
};

#[derive(Serialize, Default)]
pub(crate) struct Account {
    name: String,
    email: String,
    role: String,
    sessions: Vec<Browser>,
    errors: Errors,
}

#[derive(Serialize)]
struct Browser {
    id: String,
    agent: String,
    since: Moment,
    seen: Moment,
    /// The one that asks.
    own: bool,
}

impl View for Account {
    const TEMPLATE: &'static str = "accounts/account.html";

    fn samples() -> Vec<Account> {
        let browser = |agent: &str, own| Browser {
            id: "1".into(),
            agent: agent.into(),
            since: Moment::sample(),
            seen: Moment::sample(),
            own,
        };
        let errors = ["name", "current", "password"].map(|field| (field.to_owned(), "Not so".to_owned()));
        let full = Account {
            name: "Ana \"<Ruiz>\"".into(),
            email: "ana@example.org".into(),
            role: "Editor".into(),
            sessions: vec![browser("Firefox, Linux", true), browser("", false)],
            errors: errors.into(),
        };
        vec![Account::default(), full]
    }
}

#[derive(Deserialize)]
pub(super) struct NewName {
    name: String,
}

#[derive(Deserialize)]
pub(super) struct NewPassword {
    current: String,
    password: String,
}

pub(super) async fn show(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.page(&app, &page(&app, &actor).await?)
}

pub(super) async fn rename(State(app): State<App>, actor: Actor, Form(form): Form<NewName>) -> Result<Response> {
    let name = match staff::check_name(&form.name) {
        Ok(name) => name,
        Err(wrong) => {
            let view = Account { name: form.name, ..page(&app, &actor).await? };
            return again(&app, &actor, view, &[wrong]);
        }
    };
    let id = actor.staff_id.clone();
    app.db.write(move |conn| store::staff::rename(conn, &id, &name)).await?;
    Ok(flash(back(), "ok", "accounts-name-changed"))
}

/// A new password ends the other sessions, and the links still open: whoever changes it may do so because somebody
/// else knew the old one.
pub(super) async fn set_password(
    State(app): State<App>,
    actor: Actor,
    client: Client,
    Form(form): Form<NewPassword>,
) -> Result<Response> {
    let (staff, kept) = load(&app, &actor).await?;
    app.limits.sign_in_client.check(&client.key())?;
    app.limits.sign_in.check(&format!("account:{}", staff::fold_email(&staff.email)))?;
    let mut wrong = Vec::new();
    if !password::verify(&form.current, kept).await? {
        wrong.push(FieldError::new("current", "accounts-password-not-current"));
    }
    wrong.extend(password::check(&form.password, &staff.email).err());
    if !wrong.is_empty() {
        return again(&app, &actor, page(&app, &actor).await?, &wrong);
    }
    let hash = password::hash(&app, &form.password).await?;
    let (credential, session, now) = (app.id(), actor.session_id.clone(), app.now());
    app.db
        .write(move |conn| {
            credentials::set_password(conn, &credential, &staff.id, &hash, now)?;
            store::links::end_all(conn, &staff.id)?;
            sessions::end_all(conn, &staff.id, Some(&session))
        })
        .await?;
    Ok(flash(back(), "ok", "accounts-password-changed"))
}

pub(super) async fn end_session(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    let staff_id = actor.staff_id.clone();
    let ended = app.db.write(move |conn| sessions::end(conn, &staff_id, &id)).await?;
    if ended { Ok(flash(back(), "ok", "accounts-session-ended")) } else { Err(Error::NotFound) }
}

pub(super) async fn end_others(State(app): State<App>, actor: Actor) -> Result<Response> {
    let (staff_id, session) = (actor.staff_id.clone(), actor.session_id.clone());
    app.db.write(move |conn| sessions::end_all(conn, &staff_id, Some(&session))).await?;
    Ok(flash(back(), "ok", "accounts-sessions-ended"))
}

async fn load(app: &App, actor: &Actor) -> Result<(Staff, Option<String>)> {
    let id = actor.staff_id.clone();
    app.db
        .read(move |conn| {
            let staff = store::staff::find(conn, &id)?.ok_or(Error::NotFound)?;
            let kept = credentials::password(conn, &id)?;
            Ok((staff, kept))
        })
        .await
}

async fn page(app: &App, actor: &Actor) -> Result<Account> {
    let (id, now) = (actor.staff_id.clone(), app.now());
    let (staff, browsers) = app
        .db
        .read(move |conn| {
            let staff = store::staff::find(conn, &id)?.ok_or(Error::NotFound)?;
            Ok((staff, sessions::of(conn, &id, now)?))
        })
        .await?;
    let browsers = browsers.into_iter().map(|session| Browser {
        own: session.id == actor.session_id,
        since: Moment::new(app, session.created_at),
        seen: Moment::new(app, session.last_seen_at),
        id: session.id,
        agent: session.agent,
    });
    Ok(Account {
        name: staff.name,
        email: staff.email,
        role: role_name(app, staff.role),
        sessions: browsers.collect(),
        errors: Errors::new(),
    })
}

fn again(app: &App, actor: &Actor, view: Account, wrong: &[FieldError]) -> Result<Response> {
    actor.page_again(app, &Account { errors: forms::errors(app, wrong), ..view })
}

fn back() -> Response {
    Redirect::to("/desk/account").into_response()
}
