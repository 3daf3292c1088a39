//! A thread for its source's script, by the lookup value that the codename gives.
//!
//! Whoever watches the line shall not count our replies, nor tell a thread without any from none at all. So one answer holds
//! all that is needed to read them: each reply's head and the end of its body, in which text and list of files are. It is
//! padded to half a megabyte, in which three replies have room, then to twice that, and so on. Only a file of a reply is
//! fetched by itself, when somebody asks for it; and the text of old replies of a thread that has more than fit in here.

use axum::{
    extract::{Path, Request},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderValue, header};
use onrecord_base::{DataDir, Error, Result};
use onrecord_sealed::{INDEX_CHUNKS, Lookup, SEALED_CHUNK};
use serde::Serialize;

use super::{door::Door, pieces};
use crate::{
    Kind, Tip,
    store::{messages, tips},
    vault,
};

/// The smallest answer; each larger one is twice as large as the one before it.
const SMALLEST: usize = 512 * 1024;
/// Bytes of bodies that one answer holds; the newest replies come first.
const MOST_ENDS: usize = 8 * 1024 * 1024;
/// Bytes of a request: a lookup value, and a line's end.
const LARGEST: usize = 128;

#[derive(Serialize, Default)]
struct Thread {
    tip: String,
    desk: String,
    /// The number that the next message gets.
    next: i64,
    messages: Vec<Listed>,
    /// Empty: see [`padded`].
    pad: &'static str,
}

#[derive(Serialize)]
struct Listed {
    sequence: i64,
    from: &'static str,
    day: String,
    /// The head of a reply; a source's own messages are not for their own keys.
    head: String,
    /// The last chunks of a reply's body: what its index lies in.
    end: String,
    size: i64,
}

pub(super) async fn show(door: Door, request: Request) -> Response {
    let outcome = list(&door, request).await;
    door.answer(outcome, "").await
}

async fn list(door: &Door, request: Request) -> Result<Response> {
    let lookup = asked(door, request).await?;
    let (mut thread, listed) = door
        .app
        .db
        .read(move |conn| {
            let Some(tip) = tips::by_lookup(conn, &lookup)? else { return Ok((Thread::default(), Vec::new())) };
            let mut listed = Vec::new();
            for message in messages::of(conn, &tip.id)? {
                let (from, head) = match message.kind {
                    Kind::Reply => ("us", STANDARD.encode(messages::head(conn, &tip.id, message.sequence)?)),
                    Kind::Tip => ("you", String::new()),
                    Kind::Note | Kind::Link => continue,
                };
                let day = message.day.text();
                let end = String::new();
                listed.push((
                    message.file,
                    Listed { sequence: message.sequence, from, day, head, end, size: message.size },
                ));
            }
            let Tip { id, desk_id, next_sequence, .. } = tip;
            Ok((Thread { tip: id, desk: desk_id, next: next_sequence, ..Thread::default() }, listed))
        })
        .await?;
    let data = door.app.data.clone();
    let work = move || ends(&data, listed);
    thread.messages = tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal(e.to_string()))?;
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(([kind], padded(&thread)?).into_response())
}

/// Adds to replies the ends of their bodies. One that cannot be read stays without: its source fetches it, and is told.
fn ends(data: &DataDir, listed: Vec<(String, Listed)>) -> Vec<Listed> {
    let mut left = MOST_ENDS;
    let mut listed: Vec<Listed> = listed
        .into_iter()
        .rev()
        .map(|(file, mut listed)| {
            let size = u64::try_from(listed.size).unwrap_or(0);
            let length = size.min((INDEX_CHUNKS as usize * SEALED_CHUNK) as u64);
            let length = usize::try_from(length).unwrap_or(0);
            if listed.from == "us" && length <= left {
                left -= length;
                let end = vault::open(data, &file)
                    .and_then(|mut file| vault::read_at(&mut file, size - length as u64, length));
                listed.end = end.map_or_else(|_| String::new(), |end| STANDARD.encode(end));
            }
            listed
        })
        .collect();
    listed.reverse();
    listed
}

/// The answer with its padding, the last of its fields: filled in here, so that guessing costs us little.
fn padded(thread: &Thread) -> Result<String> {
    const END: &str = "\"}";
    let mut json = serde_json::to_string(thread).map_err(|e| Error::internal(e.to_string()))?;
    let whole = json.len().next_power_of_two().max(SMALLEST);
    json.truncate(json.len() - END.len());
    json.push_str(&"0".repeat(whole - END.len() - json.len()));
    json.push_str(END);
    Ok(json)
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
