//! A thread for its source's script, by the lookup value that the codename gives. Answers are padded, so that whoever
//! watches the line cannot count our replies, nor tell a thread without any from none at all.

use axum::{
    Json,
    extract::{Path, Request},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use onrecord_base::{Error, Result};
use onrecord_sealed::Lookup;
use serde::Serialize;

use super::{door::Door, pieces};
use crate::{
    Kind, Tip,
    store::{messages, tips},
};

/// The smallest answer; each larger one is twice as large as the one before it.
const SMALLEST: usize = 64 * 1024;
/// Bytes of a request: a lookup value, and a line's end.
const LARGEST: usize = 128;

#[derive(Serialize, Default)]
struct Thread {
    tip: String,
    desk: String,
    /// The number that the next message gets.
    next: i64,
    messages: Vec<Listed>,
    pad: String,
}

#[derive(Serialize)]
struct Listed {
    sequence: i64,
    from: &'static str,
    day: String,
    /// The head of a reply; a source's own messages are not for their own keys.
    head: String,
    size: i64,
}

pub(super) async fn show(door: Door, request: Request) -> Response {
    let outcome = list(&door, request).await;
    door.answer(outcome, "").await
}

async fn list(door: &Door, request: Request) -> Result<Response> {
    let lookup = asked(door, request).await?;
    let thread = door
        .app
        .db
        .read(move |conn| {
            let Some(tip) = tips::by_lookup(conn, &lookup)? else { return Ok(Thread::default()) };
            let mut listed = Vec::new();
            for message in messages::of(conn, &tip.id)? {
                let (from, head) = match message.kind {
                    Kind::Reply => ("us", STANDARD.encode(messages::head(conn, &tip.id, message.sequence)?)),
                    Kind::Tip => ("you", String::new()),
                    Kind::Note | Kind::Link => continue,
                };
                let day = message.day.text();
                listed.push(Listed { sequence: message.sequence, from, day, head, size: message.size });
            }
            let Tip { id, desk_id, next_sequence, .. } = tip;
            Ok(Thread { tip: id, desk: desk_id, next: next_sequence, messages: listed, pad: String::new() })
        })
        .await?;
    Ok(Json(padded(thread)?).into_response())
}

fn padded(mut thread: Thread) -> Result<Thread> {
    let length = serde_json::to_string(&thread).map_err(|e| Error::internal(e.to_string()))?.len();
    let whole = length.next_power_of_two().max(SMALLEST);
    thread.pad = "0".repeat(whole - length);
    Ok(thread)
}

pub(super) async fn body(door: Door, Path(sequence): Path<i64>, request: Request) -> Response {
    let outcome = one(&door, sequence, request).await;
    door.answer(outcome, "").await
}

async fn one(door: &Door, sequence: i64, request: Request) -> Result<Response> {
    let headers = request.headers().clone();
    let lookup = asked(door, request).await?;
    let message = door
        .app
        .db
        .read(move |conn| {
            let tip = tips::by_lookup(conn, &lookup)?.ok_or(Error::NotFound)?;
            messages::find(conn, &tip.id, sequence)
        })
        .await?;
    // Neither the desk's notes nor one's own, which one could not open.
    if message.kind != Kind::Reply {
        return Err(Error::NotFound);
    }
    pieces::sealed(&door.app, &message, &headers).await
}

async fn asked(door: &Door, request: Request) -> Result<Lookup> {
    door.guard.look_up(&door.app, &door.client)?;
    let wrong = || Error::BadRequest("site-tips-error-form".into());
    let body = axum::body::to_bytes(request.into_body(), LARGEST).await.map_err(|_| wrong())?;
    let text = std::str::from_utf8(&body).map_err(|_| wrong())?;
    Lookup::parse(text.trim()).map_err(|_| wrong())
}
