//! Envelopes that come in pieces: a browser that seals half a gigabyte sends each piece as it is sealed, and holds no more than
//! one. Begun with the work that every envelope costs, ended with the head: only then is there an envelope, and only if it is
//! one. What nobody goes on with is gone after some minutes.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Json,
    body::Body,
    extract::{Path, Request},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use onrecord_base::{Error, Result, Time};
use onrecord_sealed::{Head, Lookup};
use tokio::sync::Mutex as Turn;

use super::{
    door::{Door, text},
    envelopes, pieces,
};
use crate::{
    Channel,
    arrive::{self, Beside, Thread},
    guard::Place,
    keys,
    line::MOST_SEALED,
    quota::Lane,
    store::tips,
    tip::random_id,
    vault::Draft,
};

/// An upload that stood still for so long is not gone on with: its bytes and its place are given back.
const STILL: i64 = 5 * 60_000;

/// The uploads under way on this node, by their random ids.
#[derive(Default)]
pub(crate) struct Uploads(Mutex<HashMap<String, Upload>>);

#[derive(Clone)]
struct Upload {
    lookup: Lookup,
    lane: Lane,
    touched: Time,
    /// Held by the request that writes; none once it has failed, or was finished.
    draft: Arc<Turn<Option<(Draft, Place)>>>,
}

impl Uploads {
    /// Those under way, without the ones that stand still.
    fn with<T>(&self, now: Time, work: impl FnOnce(&mut HashMap<String, Upload>) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // One that is being written to is not still, however slow the line.
        all.retain(|_, one| now.millis() - one.touched.millis() < STILL || one.draft.try_lock().is_err());
        work(&mut all)
    }
}

pub(super) async fn create(door: Door, request: Request) -> Response {
    let outcome = begin(&door, request).await;
    door.answer(outcome, "").await
}

async fn begin(door: &Door, request: Request) -> Result<Response> {
    let open = keys::open(&door.app).await?;
    let lookup = envelopes::lookup(request.headers())?;
    door.guard.work(&door.app).await?.take(text(request.headers(), "x-tip-work"), door.app.now())?;
    let wanted = lookup.clone();
    let known = door.app.db.read(move |conn| tips::by_lookup(conn, &wanted)).await?;
    let lane = if known.is_some() { Lane::Returning } else { Lane::New };
    let place = door.guard.begin(&open.line, lane, &door.app)?;
    let draft = Arc::new(Turn::new(Some((Draft::begin(&door.app)?, place))));
    let (id, now) = (random_id(&door.app.random), door.app.now());
    let upload = Upload { lookup, lane, touched: now, draft };
    door.guard.uploads().with(now, |all| all.insert(id.clone(), upload));
    Ok((StatusCode::CREATED, Json(serde_json::json!({ "upload": id }))).into_response())
}

pub(super) async fn add(door: Door, Path((id, offset)): Path<(String, u64)>, request: Request) -> Response {
    let outcome = piece(&door, &id, offset, request.into_body()).await;
    door.answer(outcome, "").await
}

/// The upload of an id, touched.
fn found(door: &Door, id: &str) -> Result<Upload> {
    let now = door.app.now();
    door.guard.uploads().with(now, |all| {
        let upload = all.get_mut(id).ok_or(Error::NotFound)?;
        upload.touched = now;
        Ok(upload.clone())
    })
}

async fn piece(door: &Door, id: &str, offset: u64, mut body: Body) -> Result<Response> {
    let (open, upload) = (keys::open(&door.app).await?, found(door, id)?);
    let mut turn = upload.draft.try_lock().map_err(|_| Error::Stale)?;
    // Taken out for as long as it is written to: a piece that breaks off leaves a file that nothing fits any more.
    let (mut draft, place) = turn.take().ok_or(Error::NotFound)?;
    if draft.written() != offset {
        *turn = Some((draft, place));
        return Err(Error::Stale);
    }
    while let Some(bytes) = pieces::next(&mut body).await? {
        door.guard.add(&open.line, upload.lane, bytes.len() as u64, &door.app)?;
        if draft.written() + bytes.len() as u64 > MOST_SEALED {
            return Err(Error::TooLarge { limit: MOST_SEALED });
        }
        draft.write(&bytes)?;
    }
    *turn = Some((draft, place));
    drop(turn);
    found(door, id)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub(super) async fn finish(door: Door, Path(id): Path<String>, request: Request) -> Response {
    let outcome = end(&door, &id, request.into_body()).await;
    door.answer(outcome, "").await
}

async fn end(door: &Door, id: &str, body: Body) -> Result<Response> {
    let wrong = || Error::BadRequest("site-tips-error-envelope".into());
    let open = keys::open(&door.app).await?;
    let bytes = axum::body::to_bytes(body, Head::MAX).await.map_err(|_| wrong())?;
    let head = Head::parse(&bytes).map_err(|_| wrong())?;
    let upload = found(door, id)?;
    let desk = envelopes::check(&open, &head, &upload.lookup)?;
    let (draft, place) = upload.draft.try_lock().map_err(|_| Error::Stale)?.take().ok_or(Error::NotFound)?;
    door.guard.uploads().with(door.app.now(), |all| all.remove(id));
    if draft.written() != head.body_len() {
        return Err(wrong());
    }
    let (sequence, wanted) = (i64::from(head.place().sequence), upload.lookup.clone());
    let known = door.app.db.read(move |conn| tips::by_lookup(conn, &wanted)).await?;
    envelopes::take_number(door, known, &desk, sequence).await?;
    let thread = Thread { tip: upload.lookup.tip().to_string(), desk, sequence, lookup: Some(upload.lookup) };
    arrive::keep(&door.app, thread, Channel::Web, bytes.to_vec(), draft, Beside::default()).await?;
    place.kept(&door.app);
    Ok((StatusCode::CREATED, Json(serde_json::json!({ "sequence": sequence }))).into_response())
}
