//! Passkeys, where a reader wants one: signing in without a mail, and an account without an address. The ceremonies need
//! a script, since only a script may ask an authenticator; taking a passkey away needs none.

use axum::{
    Json,
    extract::{Path, rejection::JsonRejection},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use onrecord_base::{Error, FieldError, Result, Time};
use serde::Deserialize;

use super::room::{Room, ours};
use crate::{
    Reader, cookies,
    passkey::{self, ALGORITHMS, ANSWER, Party, Wrong},
    rules::LONGEST_NAME,
    store::{
        passkeys::{self, Purpose},
        readers,
    },
    text,
};

type Body<T> = std::result::Result<Json<T>, JsonRejection>;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// A new passkey; otherwise a known one is to sign.
    new: bool,
    /// The name of who comes in for the first time.
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Answered {
    /// The credential's name.
    id: String,
    /// The browser's account, as it was signed.
    account: String,
    /// The authenticator's data.
    data: String,
    signature: String,
    /// Whom the authenticator takes the reader for.
    user: String,
    /// The name of who comes in for the first time.
    name: String,
    /// Where to go on.
    back: String,
}

fn body<T>(body: Body<T>) -> Result<T> {
    body.map(|Json(value)| value).map_err(|_| Error::BadRequest("base-form-incomplete".into()))
}

fn party(room: &Room) -> Result<Party> {
    Party::of(&room.app.settings().base_url).ok_or_else(|| Error::refused("site-comments-passkey-failed"))
}

/// What failed is for the log: whoever tries to break in learns nothing from it.
fn failed(wrong: Wrong) -> Error {
    tracing::info!(wrong = wrong.0, "a passkey was refused");
    Error::refused("site-comments-passkey-failed")
}

fn named(raw: &str) -> Result<String> {
    let name = text::name(raw);
    let key = match name.chars().count() {
        0 => "site-comments-name-missing",
        1..=LONGEST_NAME => return Ok(name),
        _ => "site-comments-name-long",
    };
    Err(Error::Invalid(vec![FieldError::new("name", key).arg("most", LONGEST_NAME)]))
}

/// `POST /comments/passkeys/challenge`: what the browser is to ask the authenticator.
pub(super) async fn challenge(room: Room, asked: Body<Asked>) -> Response {
    let outcome = async {
        let (asked, party) = (body(asked)?, party(&room)?);
        let address = room.guard.address(&room.app, &room.client).await?;
        room.guard.may_ask(&address)?;
        let now = room.app.now();
        let challenge = passkey::to_text(&room.app.random.bytes::<32>());
        let kept = challenge.clone();
        if !asked.new {
            room.app.db.write(move |conn| passkeys::give(conn, &kept, &Purpose::In, now)).await?;
            let options = serde_json::json!({
                "challenge": challenge, "rpId": party.id, "timeout": ANSWER, "userVerification": "preferred",
            });
            return Ok(Json(options).into_response());
        }
        // A reader who is not known yet is known to the authenticator by the id they will have.
        let (id, name) = match &room.reader {
            Some(reader) => (reader.id.clone(), reader.name.clone()),
            None => (room.app.id(), named(&asked.name)?),
        };
        let purpose = Purpose::New(id.clone());
        let give = move |conn: &mut onrecord_base::Conn<'_>| {
            let Purpose::New(reader) = &purpose else { return Ok(Vec::new()) };
            let known = passkeys::of(conn, reader)?;
            passkeys::give(conn, &kept, &purpose, now).map(|()| known)
        };
        let known = room.app.db.write(give).await?;
        let parameters: Vec<_> =
            ALGORITHMS.iter().map(|alg| serde_json::json!({ "type": "public-key", "alg": alg })).collect();
        let options = serde_json::json!({
            "challenge": challenge,
            "rp": { "id": party.id, "name": room.app.settings().name },
            "user": { "id": passkey::to_text(id.as_bytes()), "name": name, "displayName": name },
            "pubKeyCredParams": parameters,
            "excludeCredentials": known.iter().map(|one| &one.id).collect::<Vec<_>>(),
            "authenticatorSelection": { "residentKey": "required", "userVerification": "preferred" },
            "attestation": "none", "timeout": ANSWER,
        });
        Ok(Json(options).into_response())
    };
    room.answer(outcome.await).await
}

/// `POST /comments/passkeys`: keeps a new passkey; who was not signed in comes in with it.
pub(super) async fn create(room: Room, answered: Body<Answered>) -> Response {
    let outcome = async {
        let (answered, party, now) = (body(answered)?, party(&room)?, room.app.now());
        let account = passkey::from_text(&answered.account).map_err(failed)?;
        let data = passkey::from_text(&answered.data).map_err(failed)?;
        let challenge = passkey::challenge(&account).map_err(failed)?;
        let taken = challenge.clone();
        let Some(Purpose::New(id)) = room.app.db.write(move |conn| passkeys::take(conn, &taken, now)).await? else {
            return Err(failed(Wrong("no such challenge")));
        };
        let made = passkey::make(&party, &challenge, &account, &data).map_err(failed)?;
        if let Some(reader) = &room.reader {
            if reader.id != id {
                return Err(failed(Wrong("a challenge for somebody else")));
            }
            room.app.db.write(move |conn| passkeys::add(conn, &id, &made, now)).await?;
            let to = "/comments/me?said=site-comments-said-passkey";
            return Ok((StatusCode::CREATED, Json(serde_json::json!({ "to": to }))).into_response());
        }
        let address = room.guard.address(&room.app, &room.client).await?;
        room.guard.may_join(&address)?;
        let new = Reader::new(id, named(&answered.name)?, String::new(), &room.app.random, now);
        let (session, secret) = (room.app.id(), room.app.random.token());
        let kept = secret.clone();
        let joined = room.app.db.write(move |conn| {
            // Made meanwhile by the same challenge's first answer, or a challenge that a reader signed out with.
            if readers::find(conn, &new.id)?.is_some() {
                return Ok(false);
            }
            readers::join(conn, &new)?;
            passkeys::add(conn, &new.id, &made, now)?;
            readers::begin(conn, &session, &new.id, &kept, now).map(|()| true)
        });
        if !joined.await? {
            return Err(failed(Wrong("a challenge for a reader who is not signed in")));
        }
        Ok(inside(&room, StatusCode::CREATED, &answered.back, &secret))
    };
    room.answer(outcome.await).await
}

/// `POST /comments/passkeys/session`: signs in.
pub(super) async fn enter(room: Room, answered: Body<Answered>) -> Response {
    let outcome = async {
        let (answered, party, now) = (body(answered)?, party(&room)?, room.app.now());
        room.app.limits.link.check(&format!("reader:{}", room.client.key()))?;
        let read = |text: &str| passkey::from_text(text).map_err(failed);
        let (account, data, signature) = (read(&answered.account)?, read(&answered.data)?, read(&answered.signature)?);
        let (user, id) = (read(&answered.user)?, passkey::to_text(&read(&answered.id)?));
        let challenge = passkey::challenge(&account).map_err(failed)?;
        let (session, secret) = (room.app.id(), room.app.random.token());
        let kept = secret.clone();
        let entered = room.app.db.write(move |conn| {
            if passkeys::take(conn, &challenge, now)? != Some(Purpose::In) {
                return Ok(Err(Wrong("no such challenge")));
            }
            let Some((known, reader)) = passkeys::find(conn, &id)? else { return Ok(Err(Wrong("no such passkey"))) };
            if !user.is_empty() && user != reader.as_bytes() {
                return Ok(Err(Wrong("a passkey of somebody else")));
            }
            let signatures = match passkey::verify(&party, &challenge, &known, &account, &data, &signature) {
                Ok(signatures) => signatures,
                Err(wrong) => return Ok(Err(wrong)),
            };
            if !passkeys::used(conn, &known, signatures, now)? {
                return Ok(Err(Wrong("signed twice at once")));
            }
            readers::begin(conn, &session, &reader, &kept, now).map(Ok)
        });
        entered.await?.map_err(failed)?;
        Ok(inside(&room, StatusCode::OK, &answered.back, &secret))
    };
    room.answer(outcome.await).await
}

fn inside(room: &Room, status: StatusCode, back: &str, secret: &str) -> Response {
    let to = if back.is_empty() { "/comments/me" } else { ours(back) };
    let mut response = (status, Json(serde_json::json!({ "to": to }))).into_response();
    cookies::begin(response.headers_mut(), &room.app.settings(), secret);
    response
}

/// `POST /comments/me/passkeys/{id}/removal`
pub(super) async fn remove(room: Room, Path(id): Path<String>) -> Response {
    let outcome = async {
        let reader = room.signed_in()?;
        let removed = room.app.db.write(move |conn| {
            if reader.email.is_empty() && passkeys::of(conn, &reader.id)?.len() < 2 {
                // Nobody could ever come in as this reader again.
                return Err(Error::refused("site-comments-passkey-last"));
            }
            passkeys::remove(conn, &reader.id, &id)
        });
        removed.await?;
        Ok(Redirect::to("/comments/me?said=site-comments-said-saved").into_response())
    };
    room.answer(outcome.await).await
}

/// When passkeys were made and used, for their reader.
pub(super) fn lines(found: Vec<passkeys::Passkey>, moment: impl Fn(Time) -> onrecord_base::web::Moment) -> Vec<Line> {
    let line = |one: passkeys::Passkey| Line {
        removal: format!("/comments/me/passkeys/{}/removal", one.id),
        made: moment(one.created_at),
        used: one.used_at.map(&moment),
    };
    found.into_iter().map(line).collect()
}

/// A passkey on the page of its reader.
#[derive(Debug, Clone, serde::Serialize)]
pub(super) struct Line {
    pub(super) removal: String,
    pub(super) made: onrecord_base::web::Moment,
    pub(super) used: Option<onrecord_base::web::Moment>,
}
