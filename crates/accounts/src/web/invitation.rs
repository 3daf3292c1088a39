//! Accepting an invitation.

use axum::{
    extract::{Path, State},
    response::Response,
};
use http::{HeaderMap, StatusCode};
use onrecord_base::{
    App, Error, FieldError, Result,
    views::View,
    web::{
        Client, DESK, Form,
        forms::{self, Errors},
    },
};
use serde::{Deserialize, Serialize};

use super::{outside, recovery::UsedLink, role_name, sign_in};
use crate::{
    Invitation, Staff, password, staff,
    store::{self, credentials, invitations},
};

#[derive(Serialize, Default)]
pub(crate) struct Accept {
    email: String,
    role: String,
    name: String,
    errors: Errors,
}

impl View for Accept {
    const TEMPLATE: &'static str = "accounts/invitation.html";

    fn samples() -> Vec<Accept> {
        let errors = ["name", "password", "email"].map(|field| (field.to_owned(), "Not so".to_owned()));
        let full = Accept {
            email: "ana@example.org".into(),
            role: "Editor".into(),
            name: "Ana \"<Ruiz>\"".into(),
            errors: errors.into(),
        };
        vec![Accept::default(), full]
    }
}

#[derive(Deserialize)]
pub(super) struct Newcomer {
    name: String,
    password: String,
}

pub(super) async fn show(State(app): State<App>, client: Client, Path(token): Path<String>) -> Result<Response> {
    app.limits.link.check(&client.key())?;
    match peek(&app, &token).await? {
        Some(invitation) => page(&app, StatusCode::OK, &invitation, String::new(), &[]),
        None => used(&app),
    }
}

pub(super) async fn accept(
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
    Path(token): Path<String>,
    Form(form): Form<Newcomer>,
) -> Result<Response> {
    app.limits.link.check(&client.key())?;
    let Some(invitation) = peek(&app, &token).await? else { return used(&app) };
    match join(&app, &invitation, token, &form).await {
        Ok(staff) => sign_in::begin(&app, &headers, &staff.id, DESK).await,
        Err(Error::Invalid(wrong)) => page(&app, StatusCode::UNPROCESSABLE_ENTITY, &invitation, form.name, &wrong),
        Err(Error::NotFound) => used(&app),
        Err(e) => Err(e),
    }
}

async fn join(app: &App, invitation: &Invitation, token: String, form: &Newcomer) -> Result<Staff> {
    let mut wrong = Vec::new();
    let name = staff::check_name(&form.name).map_err(|e| wrong.push(e)).unwrap_or_default();
    wrong.extend(password::check(&form.password, &invitation.email).err());
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let hash = password::hash(app, &form.password).await?;
    let (id, credential, now) = (app.id(), app.id(), app.now());
    app.db
        .write(move |conn| {
            let invitation = invitations::take(conn, &token, now)?.ok_or(Error::NotFound)?;
            let staff =
                Staff { id, email: invitation.email, name, role: invitation.role, created_at: now, deactivation: None };
            store::staff::add(conn, &staff)?;
            credentials::set_password(conn, &credential, &staff.id, &hash, now)?;
            Ok(staff)
        })
        .await
}

async fn peek(app: &App, token: &str) -> Result<Option<Invitation>> {
    let (token, now) = (token.to_owned(), app.now());
    app.db.read(move |conn| invitations::peek(conn, &token, now)).await
}

fn page(
    app: &App,
    status: StatusCode,
    invitation: &Invitation,
    name: String,
    wrong: &[FieldError],
) -> Result<Response> {
    let (email, role) = (invitation.email.clone(), role_name(app, invitation.role));
    outside(app, status, &Accept { email, role, name, errors: forms::errors(app, wrong) })
}

fn used(app: &App) -> Result<Response> {
    outside(app, StatusCode::NOT_FOUND, &UsedLink { purpose: "invitation" })
}
