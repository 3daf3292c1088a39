//! Signing in and out.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, Method, StatusCode, header, request::Parts};
use onrecord_base::{
    App, Result, token_hash,
    views::View,
    web::{Client, DESK, Form},
};
use serde::{Deserialize, Serialize};

use super::{outside, recovery::UsedLink, return_to};
use crate::{
    Purpose, Staff, actor, cookies, password, session, staff,
    store::{self, credentials, links, sessions},
};

#[derive(Serialize)]
pub(crate) struct SignIn {
    to: String,
    email: String,
    wrong: bool,
    /// The desk's own address, if this is another: its cookie would not be kept here.
    elsewhere: String,
}

impl View for SignIn {
    const TEMPLATE: &'static str = "accounts/sign_in.html";

    fn samples() -> Vec<SignIn> {
        vec![
            SignIn { to: String::new(), email: String::new(), wrong: false, elsewhere: String::new() },
            SignIn {
                to: "/desk/stories?q=\"<".into(),
                email: "ana\"@example.org".into(),
                wrong: true,
                elsewhere: "https://news.example/desk/sign-in".into(),
            },
        ]
    }
}

#[derive(Deserialize)]
pub(super) struct To {
    #[serde(default)]
    to: String,
}

#[derive(Deserialize)]
pub(super) struct Credentials {
    email: String,
    password: String,
    #[serde(default)]
    to: String,
}

pub(super) async fn show(State(app): State<App>, Query(query): Query<To>, parts: Parts) -> Result<Response> {
    let to = return_to::safe(&query.to).unwrap_or_default();
    if actor::signed_in(&parts, &app).await?.is_some() {
        return Ok(Redirect::to(if to.is_empty() { DESK } else { to }).into_response());
    }
    let elsewhere = elsewhere(&app, &parts.headers);
    outside(&app, StatusCode::OK, &SignIn { to: to.to_owned(), email: String::new(), wrong: false, elsewhere })
}

pub(super) async fn create(
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
    Form(form): Form<Credentials>,
) -> Result<Response> {
    let Some(staff) = check(&app, client, &form).await? else {
        tracing::info!("a sign-in was refused");
        let elsewhere = elsewhere(&app, &headers);
        let view = SignIn { to: form.to, email: form.email, wrong: true, elsewhere };
        return outside(&app, StatusCode::UNPROCESSABLE_ENTITY, &view);
    };
    begin(&app, &headers, &staff.id, return_to::safe(&form.to).unwrap_or(DESK)).await
}

/// Whoever opens the link is signed in. Programs that look at links ahead of people (previews, prefetching browsers)
/// do not use it up.
pub(super) async fn by_link(
    State(app): State<App>,
    client: Client,
    method: Method,
    headers: HeaderMap,
    Path(token): Path<String>,
    parts: Parts,
) -> Result<Response> {
    app.limits.link.check(&client.key())?;
    let ahead = headers.contains_key("sec-purpose") || headers.contains_key("purpose");
    if method == Method::HEAD || ahead {
        return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response());
    }
    let now = app.now();
    let taken = app.db.write(move |conn| links::take(conn, Purpose::SignIn, &token, now)).await?;
    match taken {
        Some(staff) => begin(&app, &headers, &staff.id, DESK).await,
        None if actor::signed_in(&parts, &app).await?.is_some() => Ok(Redirect::to(DESK).into_response()),
        None => outside(&app, StatusCode::NOT_FOUND, &UsedLink { purpose: "sign-in" }),
    }
}

pub(super) async fn end(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let settings = app.settings();
    if let Some(token) = cookies::session(&headers, &settings) {
        let hash = token_hash(token);
        app.db.write(move |conn| sessions::end_by_hash(conn, &hash)).await?;
    }
    let mut response = Redirect::to("/desk/sign-in").into_response();
    cookies::end_session(response.headers_mut(), &settings);
    Ok(response)
}

/// Signs a person in: a new session, whatever the browser held before, its cookie, and on to `to`.
pub(super) async fn begin(app: &App, headers: &HeaderMap, staff_id: &str, to: &str) -> Result<Response> {
    let settings = app.settings();
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).map(session::agent).unwrap_or_default();
    let old = cookies::session(headers, &settings).map(token_hash);
    let (token, id, now, staff_id) = (app.random.token(), app.id(), app.now(), staff_id.to_owned());
    let mut response = Redirect::to(to).into_response();
    cookies::set_session(response.headers_mut(), &settings, &token);
    app.db
        .write(move |conn| {
            if let Some(old) = old {
                sessions::end_by_hash(conn, &old)?;
            }
            sessions::begin(conn, &id, &staff_id, &token, &agent, now)
        })
        .await?;
    Ok(response)
}

/// Over HTTPS the cookie is kept under the newsroom's own name only: somebody who signs in at another name of the same
/// machine would be sent round in a circle, so the page says where to go.
fn elsewhere(app: &App, headers: &HeaderMap) -> String {
    let settings = app.settings();
    let host = headers.get(header::HOST).and_then(|v| v.to_str().ok());
    match settings.base_url.strip_prefix("https://") {
        Some(own) if host.is_some_and(|host| !host.eq_ignore_ascii_case(own)) => {
            format!("{}/desk/sign-in", settings.base_url)
        }
        _ => String::new(),
    }
}

/// The person these credentials belong to. Unknown and locked-out people cost the same work as known ones.
async fn check(app: &App, client: Client, form: &Credentials) -> Result<Option<Staff>> {
    app.limits.sign_in_client.check(&client.key())?;
    if form.email.len() > staff::LONGEST_EMAIL {
        return Ok(None);
    }
    app.limits.sign_in.check(&format!("account:{}", staff::fold_email(&form.email)))?;
    let email = form.email.clone();
    let found = app
        .db
        .read(move |conn| {
            let Some(staff) = store::staff::by_email(conn, &email)?.filter(Staff::active) else { return Ok(None) };
            let kept = credentials::password(conn, &staff.id)?;
            Ok(Some((staff, kept)))
        })
        .await?;
    let kept = found.as_ref().and_then(|(_, kept)| kept.clone());
    if !password::verify(&form.password, kept.clone()).await? {
        return Ok(None);
    }
    let (Some((staff, _)), Some(kept)) = (found, kept) else { return Ok(None) };
    if password::outdated(&kept) {
        renew(app, &staff, kept, &form.password).await?;
    }
    Ok(Some(staff))
}

async fn renew(app: &App, staff: &Staff, kept: String, password: &str) -> Result<()> {
    let (id, new) = (staff.id.clone(), password::hash(app, password).await?);
    app.db.write(move |conn| credentials::rehash(conn, &id, &kept, &new)).await
}
