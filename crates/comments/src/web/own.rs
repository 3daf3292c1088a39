//! A comment for its writer: how it stands, changing it, taking it out. Whoever has the secret address is its writer; so
//! is who is signed in as the reader that wrote it (`/own/me`).

use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use onrecord_base::{
    Error, Result, token_hash,
    views::View,
    web::{Form, Moment, forms::Errors},
};
use onrecord_stories::published::Whereabouts;
use serde::{Deserialize, Serialize};

use super::room::{Link, Room};
use crate::{
    comment::{Comment, Queue, State, Why},
    judge::Standing,
    posting,
    rules::{Mode, Rules},
    store::{bans, comments, erase, settings},
    text,
};

#[derive(Debug, Clone, Serialize)]
pub(super) struct OwnPage {
    /// As the writer is told.
    state: &'static str,
    html: String,
    text: String,
    url: String,
    /// The story's thread.
    back: Link,
    /// Until when it may be changed.
    editable_until: Option<Moment>,
    removable: bool,
    said: Option<String>,
    /// The page's address is the only key to the comment.
    secret: bool,
    errors: Errors,
}

impl View for OwnPage {
    const TEMPLATE: &'static str = "comments/own.html";

    fn samples() -> Vec<OwnPage> {
        State::ALL
            .iter()
            .map(|state| OwnPage {
                state: state.name(),
                html: "<p>x</p>".into(),
                text: "\"<x>".into(),
                url: "/comments/1/own/2".into(),
                back: Link { name: "The <wall>".into(), url: "/town/wall/comments".into() },
                editable_until: (*state == State::Shown).then(Moment::sample),
                removable: *state != State::Erased,
                said: (*state == State::Held).then(|| "site-comments-said-changed".into()),
                secret: *state == State::Held,
                errors: [("text".to_owned(), "Too long".to_owned())].into(),
            })
            .collect()
    }
}

#[derive(Deserialize)]
pub(super) struct Text {
    text: String,
}

/// What the writer of a comment may see.
struct Own {
    comment: Comment,
    story: Whereabouts,
    rules: Rules,
}

async fn find(room: &Room, id: String, token: &str) -> Result<Own> {
    let reader = room.reader.as_ref().map(|reader| reader.id.clone());
    let hash = token_hash(token);
    let found = room.app.db.read(move |conn| {
        let Some(comment) = comments::own(conn, &id, &hash, reader.as_deref())? else { return Ok(None) };
        Ok(settings::rules_at(conn, &comment.story_id)?.map(|(story, rules)| Own { comment, story, rules }))
    });
    found.await?.ok_or(Error::NotFound)
}

/// `GET /comments/{id}/own/{token}`
pub(super) async fn show(room: Room, Path((id, token)): Path<(String, String)>) -> Response {
    let outcome = async {
        let own = find(&room, id, &token).await?;
        let text = own.comment.text.clone();
        page(&room, &own, &token, text, Errors::new(), StatusCode::OK).await
    };
    room.answer(outcome.await).await
}

async fn page(
    room: &Room,
    own: &Own,
    token: &str,
    text: String,
    errors: Errors,
    status: StatusCode,
) -> Result<Response> {
    let Own { comment, story, rules } = own;
    let now = room.app.now();
    let until = comment.at.plus(rules.edit_minutes.saturating_mul(60_000));
    let view = OwnPage {
        state: comment.told().name(),
        html: text::html(&comment.text),
        text,
        url: format!("/comments/{}/own/{token}", comment.id),
        back: Link { name: story.headline.clone(), url: format!("{}/comments", story.path.trim_end_matches('/')) },
        editable_until: comment.may_be_edited(rules.edit_minutes, now).then(|| Moment::new(&room.app, until)),
        removable: comment.may_be_removed(),
        said: room.said.clone(),
        secret: token != "me",
        errors,
    };
    room.page_with(status, "site-comments-own", &view).await
}

/// `POST /comments/{id}/own/{token}`
pub(super) async fn edit(room: Room, Path((id, token)): Path<(String, String)>, Form(form): Form<Text>) -> Response {
    let outcome = async {
        let own = find(&room, id, &token).await?;
        match change(&room, &own, &form.text).await {
            Ok(state) if room.script => {
                let html = text::html(&text::text(&form.text));
                Ok(Json(serde_json::json!({ "state": state.name(), "html": html })).into_response())
            }
            Ok(_) => {
                let url = format!("/comments/{}/own/{token}?said=site-comments-said-changed", own.comment.id);
                Ok(Redirect::to(&url).into_response())
            }
            Err(Error::Invalid(wrong)) if !room.script => {
                let errors = room.errors(&wrong);
                page(&room, &own, &token, form.text, errors, StatusCode::UNPROCESSABLE_ENTITY).await
            }
            Err(error) => Err(error),
        }
    };
    room.answer(outcome.await).await
}

/// Changes the text; the new one is judged as if it had just come in.
async fn change(room: &Room, own: &Own, raw: &str) -> Result<State> {
    let Own { comment, story, rules } = own;
    let now = room.app.now();
    if !comment.may_be_edited(rules.edit_minutes, now) {
        return Err(Error::refused("site-comments-too-late"));
    }
    let body = posting::cleaned(raw, rules).map_err(|wrong| Error::Invalid(vec![wrong]))?;
    let address = room.guard.address(&room.app, &room.client).await?;
    let (story_id, reader) = (story.id.clone(), comment.reader_id.clone().unwrap_or_default());
    let known = room.app.db.read(move |conn| {
        let ground = settings::ground(conn, &story_id)?.ok_or(Error::NotFound)?;
        let banned = bans::against(conn, [&reader, &address], now)?;
        let approved = if reader.is_empty() { 0 } else { comments::approved(conn, &reader, 100)? };
        Ok((ground, banned, approved))
    });
    let (ground, (banned, shadowed), approved) = known.await?;
    let site = room.guard.site(&ground)?;
    let confirmed = comment.reader_id.is_some();
    let standing = Standing { staff: false, confirmed, approved, banned, shadowed };
    // A thread that closed meanwhile does not keep anybody from mending a word.
    let mode = match rules.mode_at(story.published_at, now) {
        Mode::Closed => rules.mode,
        mode => mode,
    };
    let (why, score) = posting::weigh(rules, mode, &site.lists, standing, [&comment.name, &body])?;
    let comment = comment.clone();
    let (state, queue) = posting::place(why);
    // What somebody reported or holds is theirs to decide: other words take it neither out of sight of them nor back.
    let (state, why, queue) = match (comment.state, comment.why, comment.queue) {
        (State::Unconfirmed, ..) => (State::Unconfirmed, why, comment.queue),
        (kept, Why::Reports, waits) => (kept, Why::Reports, waits),
        (_, _, Queue::Reported) => (state, why, Queue::Reported),
        _ => (state, why, queue),
    };
    room.app
        .db
        .write(move |conn| {
            comments::rewrite(conn, &comment, &body, (score.likelihood, &score.drove), now)?;
            // What a moderator already let stand comes before one again.
            comments::stand(conn, &comment, state, why, queue, now)
        })
        .await?;
    // A shadow is not told.
    Ok(if why == Why::Shadow && state == State::Held { State::Shown } else { state })
}

/// `POST /comments/{id}/own/{token}/removal`
pub(super) async fn remove(room: Room, Path((id, token)): Path<(String, String)>) -> Response {
    let outcome = async {
        let own = find(&room, id, &token).await?;
        if !own.comment.may_be_removed() {
            return Err(Error::NotFound);
        }
        let (comment, now) = (own.comment.clone(), room.app.now());
        room.app.db.write(move |conn| erase::comment(conn, &comment, State::Removed, now)).await?;
        room.app.db.scrub().await?;
        if room.script {
            return Ok(Json(serde_json::json!({ "state": "removed" })).into_response());
        }
        let back = Link { name: own.story.headline, url: format!("{}/comments", own.story.path.trim_end_matches('/')) };
        room.tell("site-comments-removed", "site-comments-removed-text", Some(back)).await
    };
    room.answer(outcome.await).await
}
