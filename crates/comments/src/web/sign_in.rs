//! Coming in by a link in a mail, and going. The link's page has a button: programs that look at mails open links, but
//! press nothing.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use onrecord_base::{
    Error, FieldError, Result, mail,
    views::View,
    web::{Form, forms::Errors},
};
use serde::{Deserialize, Serialize};

use super::room::{Room, ours};
use crate::{
    Reader, cookies, mails,
    passkey::Party,
    reader::folded,
    rules::LONGEST_NAME,
    store::{bans, readers},
    text,
};

#[derive(Debug, Clone, Serialize)]
pub(super) struct SignInPage {
    /// `ask`, `open` (the link works) or `used` (it does not).
    step: &'static str,
    name: String,
    email: String,
    back: String,
    action: String,
    can_mail: bool,
    /// Where passkeys work; none where browsers know none.
    origin: Option<String>,
    errors: Errors,
}

impl SignInPage {
    fn new(step: &'static str) -> SignInPage {
        SignInPage {
            step,
            name: String::new(),
            email: String::new(),
            back: "/".into(),
            action: "/comments/sign-in".into(),
            can_mail: true,
            origin: None,
            errors: Errors::new(),
        }
    }

    /// The first step, with the ways in that this newsroom has.
    fn ask(room: &Room, back: String) -> SignInPage {
        let origin = Party::of(&room.app.settings().base_url).map(|party| party.origin);
        SignInPage { back, can_mail: mail::is_set_up(&room.app), origin, ..SignInPage::new("ask") }
    }
}

impl View for SignInPage {
    const TEMPLATE: &'static str = "comments/sign_in.html";

    fn samples() -> Vec<SignInPage> {
        let errors: Errors = ["name", "email"].map(|field| (field.to_owned(), "Wrong <field>".to_owned())).into();
        vec![
            SignInPage { errors, email: "\"<x>".into(), ..SignInPage::new("ask") },
            SignInPage { can_mail: false, ..SignInPage::new("ask") },
            SignInPage { can_mail: false, origin: Some("https://news.example".into()), ..SignInPage::new("ask") },
            SignInPage { name: "Ana".into(), ..SignInPage::new("open") },
            SignInPage::new("used"),
        ]
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    name: String,
    email: String,
    back: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Back {
    back: String,
}

/// `GET /comments/sign-in`
pub(super) async fn begin(room: Room, axum::extract::Query(back): axum::extract::Query<Back>) -> Response {
    let view = SignInPage::ask(&room, ours(&back.back).to_owned());
    let outcome = room.page("site-comments-sign-in", &view).await;
    room.answer(outcome).await
}

/// `POST /comments/sign-in`
pub(super) async fn request(room: Room, Form(form): Form<Fields>) -> Response {
    let outcome = send(&room, form).await;
    room.answer(outcome).await
}

async fn send(room: &Room, form: Fields) -> Result<Response> {
    let mut wrong = Vec::new();
    let name = text::name(&form.name);
    if name.is_empty() {
        wrong.push(FieldError::new("name", "site-comments-name-missing"));
    } else if name.chars().count() > LONGEST_NAME {
        wrong.push(FieldError::new("name", "site-comments-name-long").arg("most", LONGEST_NAME));
    }
    let email = form.email.trim().to_owned();
    if !mail::is_address(&email) {
        wrong.push(FieldError::new("email", "site-comments-email-wrong"));
    }
    let back = ours(&form.back).to_owned();
    if !wrong.is_empty() {
        let errors = room.errors(&wrong);
        let view = SignInPage { name: form.name, email, errors, ..SignInPage::ask(room, back) };
        return room.page_with(StatusCode::UNPROCESSABLE_ENTITY, "site-comments-sign-in", &view).await;
    }
    if !mail::is_set_up(&room.app) {
        return Err(Error::refused("site-comments-no-mail"));
    }
    room.app.limits.mail.check(&format!("reader:{}", room.client.key()))?;
    room.app.limits.mail.check(&format!("reader:{}", folded(&email)))?;
    let now = room.app.now();
    let claim = Reader::new(room.app.id(), name, email, &room.app.random, now);
    let job = room.app.id();
    room.app
        .db
        .write(move |conn| {
            let reader = readers::claim(conn, &claim)?;
            if bans::against(conn, [&reader.id, ""], now)?.0 {
                // Nobody learns from this page who is banned.
                return Ok(());
            }
            mails::request_link(conn, &job, &reader.id, &back, now)
        })
        .await?;
    room.tell("site-comments-sent", "site-comments-sent-text", None).await
}

/// `GET /comments/sign-in/{token}`
pub(super) async fn show(room: Room, Path(token): Path<String>) -> Response {
    let outcome = async {
        let (asked, now) = (token.clone(), room.app.now());
        let reader = room.app.db.read(move |conn| readers::peek(conn, &asked, now)).await?;
        let view = match reader {
            Some(reader) => SignInPage {
                name: reader.name,
                action: format!("/comments/sign-in/{token}"),
                ..SignInPage::new("open")
            },
            None => SignInPage::new("used"),
        };
        let status = if view.step == "open" { StatusCode::OK } else { StatusCode::NOT_FOUND };
        room.page_with(status, "site-comments-sign-in", &view).await
    };
    room.answer(outcome.await).await
}

/// `POST /comments/sign-in/{token}`: confirms what waited for it, and begins a session.
pub(super) async fn enter(room: Room, Path(token): Path<String>) -> Response {
    let outcome = async {
        room.app.limits.link.check(&format!("reader:{}", room.client.key()))?;
        let (session, secret, now) = (room.app.id(), room.app.random.token(), room.app.now());
        let kept = secret.clone();
        let taken = room.app.db.write(move |conn| {
            let Some((reader, back)) = readers::take(conn, &token, now)? else { return Ok(None) };
            let released = mails::release(conn, &reader.id, &back, now)?;
            readers::begin(conn, &session, &reader.id, &kept, now)?;
            Ok(Some((released, back)))
        });
        let Some((released, back)) = taken.await? else {
            return room.page_with(StatusCode::NOT_FOUND, "site-comments-sign-in", &SignInPage::new("used")).await;
        };
        let to = match released.as_slice() {
            [(id, _)] => format!("/comments/{id}/own/me"),
            _ => ours(&back).to_owned(),
        };
        let mut response = Redirect::to(&to).into_response();
        cookies::begin(response.headers_mut(), &room.app.settings(), &secret);
        Ok(response)
    };
    room.answer(outcome.await).await
}

/// `POST /comments/sign-out`
pub(super) async fn leave(room: Room) -> Response {
    let outcome = async {
        if let Some(token) = room.token.clone() {
            room.app.db.write(move |conn| readers::end(conn, &token)).await?;
        }
        let mut response = Redirect::to("/").into_response();
        cookies::end(response.headers_mut(), &room.app.settings());
        Ok(response)
    };
    room.answer(outcome.await).await
}
