//! A forgotten password: a mail with a link, a page to choose a new one.

use axum::{
    extract::{Path, State},
    response::Response,
};
use http::{HeaderMap, StatusCode};
use onrecord_base::{
    App, Error, FieldError, Result, mail,
    views::View,
    web::{
        Client, DESK, Form,
        forms::{self, Errors},
    },
};
use serde::{Deserialize, Serialize};

use super::{outside, sign_in};
use crate::{
    Purpose, mails, password, staff,
    store::{credentials, links, sessions},
};

#[derive(Serialize, Default)]
pub(crate) struct Recovery {
    /// Whether a mail can be sent at all.
    mail: bool,
    /// Whether the form was sent.
    sent: bool,
    email: String,
    errors: Errors,
}

impl View for Recovery {
    const TEMPLATE: &'static str = "accounts/recovery.html";

    fn samples() -> Vec<Recovery> {
        let errors = Errors::from([("email".into(), "Not \"an\" address".into())]);
        vec![
            Recovery::default(),
            Recovery { mail: true, email: "a\"b".into(), errors, ..Recovery::default() },
            Recovery { mail: true, sent: true, email: "ana@example.org".into(), ..Recovery::default() },
        ]
    }
}

#[derive(Serialize, Default)]
pub(crate) struct NewPassword {
    email: String,
    errors: Errors,
}

impl View for NewPassword {
    const TEMPLATE: &'static str = "accounts/recovery_password.html";

    fn samples() -> Vec<NewPassword> {
        let errors = Errors::from([("password".into(), "Too short".into())]);
        vec![NewPassword::default(), NewPassword { email: "ana@example.org".into(), errors }]
    }
}

/// A link that was used, has run out, or never was.
#[derive(Serialize)]
pub(crate) struct UsedLink {
    /// `recovery`, `invitation` or `sign-in`.
    pub(super) purpose: &'static str,
}

impl View for UsedLink {
    const TEMPLATE: &'static str = "accounts/used_link.html";

    fn samples() -> Vec<UsedLink> {
        ["recovery", "invitation", "sign-in"].map(|purpose| UsedLink { purpose }).into()
    }
}

#[derive(Deserialize)]
pub(super) struct Address {
    email: String,
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    password: String,
}

pub(super) async fn show(State(app): State<App>) -> Result<Response> {
    outside(&app, StatusCode::OK, &Recovery { mail: mail::is_set_up(&app), ..Recovery::default() })
}

/// Answers the same for every address that looks like one: only the job looks whether it belongs to somebody.
pub(super) async fn create(State(app): State<App>, client: Client, Form(form): Form<Address>) -> Result<Response> {
    let mut view = Recovery { mail: mail::is_set_up(&app), email: form.email.clone(), ..Recovery::default() };
    if !view.mail {
        return outside(&app, StatusCode::OK, &view);
    }
    let email = match staff::check_email(&form.email) {
        Ok(email) => email,
        Err(e) => {
            view.errors = forms::errors(&app, &[e]);
            return outside(&app, StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
    };
    app.limits.mail.check(&client.key())?;
    app.limits.mail.check(&format!("account:{}", staff::fold_email(&email)))?;
    let (id, now) = (app.id(), app.now());
    app.db.write(move |conn| mails::request_recovery(conn, &id, &email, now)).await?;
    view.sent = true;
    outside(&app, StatusCode::OK, &view)
}

pub(super) async fn edit(State(app): State<App>, client: Client, Path(token): Path<String>) -> Result<Response> {
    app.limits.link.check(&client.key())?;
    let now = app.now();
    match app.db.read(move |conn| links::peek(conn, Purpose::Recovery, &token, now)).await? {
        Some(staff) => outside(&app, StatusCode::OK, &NewPassword { email: staff.email, errors: Errors::new() }),
        None => used(&app),
    }
}

pub(super) async fn update(
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
    Path(token): Path<String>,
    Form(form): Form<Chosen>,
) -> Result<Response> {
    app.limits.link.check(&client.key())?;
    let (now, looked) = (app.now(), token.clone());
    let found = app.db.read(move |conn| links::peek(conn, Purpose::Recovery, &looked, now)).await?;
    let Some(staff) = found else { return used(&app) };
    if let Err(wrong) = password::check(&form.password, &staff.email) {
        return again(&app, staff.email, &[wrong]);
    }
    let (hash, id) = (password::hash(&app, &form.password).await?, app.id());
    let taken = app
        .db
        .write(move |conn| {
            let Some(staff) = links::take(conn, Purpose::Recovery, &token, now)? else { return Err(Error::NotFound) };
            credentials::set_password(conn, &id, &staff.id, &hash, now)?;
            links::end_all(conn, &staff.id)?;
            sessions::end_all(conn, &staff.id, None)?;
            Ok(staff)
        })
        .await;
    match taken {
        Ok(staff) => sign_in::begin(&app, &headers, &staff.id, DESK).await,
        Err(Error::NotFound) => used(&app),
        Err(e) => Err(e),
    }
}

fn again(app: &App, email: String, wrong: &[FieldError]) -> Result<Response> {
    let view = NewPassword { email, errors: forms::errors(app, wrong) };
    outside(app, StatusCode::UNPROCESSABLE_ENTITY, &view)
}

fn used(app: &App) -> Result<Response> {
    outside(app, StatusCode::NOT_FOUND, &UsedLink { purpose: "recovery" })
}
