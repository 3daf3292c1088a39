//! A reader's own affairs: what they wrote, mails, everything as a file, and leaving for good.

use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderValue, StatusCode, header};
use onrecord_base::{
    Error, Result,
    views::View,
    web::{Form, Moment, forms::Errors},
};
use serde::{Deserialize, Serialize};

use super::{
    passkeys::{self, Line as Key},
    room::Room,
};
use crate::{
    cookies,
    passkey::Party,
    rules::LONGEST_NAME,
    store::{comments, erase, passkeys as keys, readers, reports, respects},
    text,
};

/// Comments on the page; the file has all.
const LISTED: i64 = 100;
/// Comments in the file: more than anybody wrote.
const ALL: i64 = 100_000;
/// Characters of a comment in the list.
const EXCERPT: usize = 120;

#[derive(Debug, Clone, Serialize)]
pub(super) struct MePage {
    name: String,
    email: String,
    notify: bool,
    comments: Vec<Line>,
    /// Where passkeys work; none where browsers know none.
    origin: Option<String>,
    passkeys: Vec<Key>,
    said: Option<String>,
    errors: Errors,
}

#[derive(Debug, Clone, Serialize)]
struct Line {
    url: String,
    text: String,
    at: Moment,
    state: &'static str,
}

impl View for MePage {
    const TEMPLATE: &'static str = "comments/me.html";

    fn samples() -> Vec<MePage> {
        let page = MePage {
            name: "Ana \"<Ruiz>\"".into(),
            email: "ana@example.org".into(),
            notify: false,
            comments: vec![],
            origin: None,
            passkeys: vec![],
            said: None,
            errors: Errors::new(),
        };
        let key = |used| Key { removal: "/comments/me/passkeys/1/removal".into(), made: Moment::sample(), used };
        let passkeys = vec![key(None), key(Some(Moment::sample()))];
        let origin = Some("https://news.example".into());
        let unnamed = MePage { email: String::new(), origin, passkeys, ..page.clone() };
        let line = |state| Line { url: "/comments/1/own/me".into(), text: "<x>".into(), at: Moment::sample(), state };
        let comments = ["shown", "held", "rejected", "unconfirmed"].map(line).into();
        let said = Some("site-comments-said-saved".into());
        vec![page.clone(), unnamed, MePage { notify: true, comments, said, ..page }]
    }
}

/// `GET /comments/me`
pub(super) async fn show(room: Room) -> Response {
    let outcome = async {
        let reader = room.signed_in()?;
        let id = reader.id.clone();
        let read = room.app.db.read(move |conn| Ok((comments::of_reader(conn, &id, LISTED)?, keys::of(conn, &id)?)));
        let (found, known) = read.await?;
        let line = |comment: crate::Comment| Line {
            url: format!("/comments/{}/own/me", comment.id),
            text: text::excerpt(&comment.text, EXCERPT),
            at: Moment::new(&room.app, comment.at),
            state: comment.told().name(),
        };
        let view = MePage {
            name: reader.name,
            email: reader.email,
            notify: reader.notify_since.is_some(),
            comments: found.into_iter().map(line).collect(),
            origin: Party::of(&room.app.settings().base_url).map(|party| party.origin),
            passkeys: passkeys::lines(known, |at| Moment::new(&room.app, at)),
            said: room.said.clone(),
            errors: Errors::new(),
        };
        room.page("site-comments-me", &view).await
    };
    room.answer(outcome.await).await
}

/// `GET /comments/me/on/{story}`: for the script that shows a thread in place. Nobody signed in is no error.
pub(super) async fn on_story(room: Room, Path(story): Path<String>) -> Response {
    let outcome = async {
        let Some(reader) = room.reader.clone() else {
            return Ok(Json(serde_json::json!({ "name": null })).into_response());
        };
        let id = reader.id.clone();
        let read = room.app.db.read(move |conn| {
            let own = comments::of_reader_at(conn, &id, &story, LISTED)?;
            Ok((own, respects::of(conn, &id, &story)?))
        });
        let (own, respects) = read.await?;
        let own: Vec<_> = own
            .into_iter()
            .map(|c| serde_json::json!({ "id": c.id, "state": c.told().name(), "own": format!("/comments/{}/own/me", c.id) }))
            .collect();
        Ok(Json(serde_json::json!({ "name": reader.name, "mail": !reader.email.is_empty(), "own": own, "respects": respects })).into_response())
    };
    private(room.answer(outcome.await).await)
}

/// `GET /comments/me/data`: everything we have of a reader.
pub(super) async fn data(room: Room) -> Response {
    let outcome = async {
        let reader = room.signed_in()?;
        let id = reader.id.clone();
        let read = room.app.db.read(move |conn| {
            let given = respects::by(conn, &id, ALL)?;
            Ok((comments::of_reader(conn, &id, ALL)?, reports::by(conn, &id)?, given, keys::of(conn, &id)?))
        });
        let (comments, reports, respects, passkeys) = read.await?;
        let comments: Vec<_> = comments
            .iter()
            .map(|c| {
                serde_json::json!({
                    "id": c.id, "story": c.story_id, "answers": c.parent_id, "at": c.at.rfc3339(),
                    "edited_at": c.edited_at.map(|at| at.rfc3339()), "state": c.told().name(), "name": c.name,
                    "text": c.text, "respect": c.respect,
                })
            })
            .collect();
        let all = serde_json::json!({
            "name": reader.name, "email": reader.email, "since": reader.created_at.rfc3339(),
            "confirmed_at": reader.confirmed_at.map(|at| at.rfc3339()),
            "mails_about_answers_since": reader.notify_since.map(|at| at.rfc3339()),
            "comments": comments, "reports": reports, "respects": respects, "passkeys": passkeys,
        });
        let mut response = Json(all).into_response();
        let name = HeaderValue::from_static("attachment; filename=\"my-comments.json\"");
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
        Ok(response)
    };
    private(room.answer(outcome.await).await)
}

fn private(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[derive(Deserialize)]
pub(super) struct Name {
    name: String,
}

/// `POST /comments/me/name`
pub(super) async fn name(room: Room, Form(form): Form<Name>) -> Response {
    let outcome = async {
        let reader = room.signed_in()?;
        let name = text::name(&form.name);
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(Error::refused("site-comments-name-missing"));
        }
        room.app.db.write(move |conn| readers::rename(conn, &reader.id, &name)).await?;
        saved()
    };
    room.answer(outcome.await).await
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Mails {
    notify: String,
}

/// `POST /comments/me/mails`
pub(super) async fn mails(room: Room, Form(form): Form<Mails>) -> Response {
    let outcome = async {
        let reader = room.signed_in()?;
        let since = (!form.notify.is_empty()).then(|| room.app.now());
        room.app.db.write(move |conn| readers::notify(conn, &reader.id, since)).await?;
        saved()
    };
    room.answer(outcome.await).await
}

fn saved() -> Result<Response> {
    Ok(Redirect::to("/comments/me?said=site-comments-said-saved").into_response())
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Sure {
    sure: String,
}

/// `POST /comments/me/erasure`
pub(super) async fn erase(room: Room, Form(form): Form<Sure>) -> Response {
    let outcome = async {
        let reader = room.signed_in()?;
        if form.sure.is_empty() {
            return Err(Error::refused("site-comments-erase-sure"));
        }
        let now = room.app.now();
        room.app.db.write(move |conn| erase::reader(conn, &reader.id, now)).await?;
        room.app.db.scrub().await?;
        let mut response = room.tell("site-comments-erased", "site-comments-erased-text", None).await?;
        *response.status_mut() = StatusCode::OK;
        cookies::end(response.headers_mut(), &room.app.settings());
        Ok(response)
    };
    room.answer(outcome.await).await
}
