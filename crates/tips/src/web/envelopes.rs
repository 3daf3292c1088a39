//! Envelopes that a source's browser sealed: a head that the strict parser takes, then its body.

use axum::{
    Json,
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use onrecord_base::{Error, Result};
use onrecord_sealed::{Head, Lookup};

use super::{
    door::{Door, text},
    pieces::Incoming,
};
use crate::{
    Channel, Kind, Tip,
    arrive::{self, Beside, Thread},
    keys::{self, InUse},
    quota::Lane,
    store::tips,
};

pub(super) async fn create(door: Door, request: Request) -> Response {
    let outcome = take(&door, request).await;
    door.answer(outcome, "").await
}

async fn take(door: &Door, request: Request) -> Result<Response> {
    let open = keys::open(&door.app).await?;
    let (parts, body): (_, Body) = request.into_parts();
    let lookup = lookup(&parts.headers)?;
    door.guard.work(&door.app).await?.take(text(&parts.headers, "x-tip-work"), door.app.now())?;
    let incoming = Incoming::read(body).await?;
    let desk = check(&open, &incoming.head, &lookup)?;
    let sequence = i64::from(incoming.head.place().sequence);
    let wanted = lookup.clone();
    let known = door.app.db.read(move |conn| tips::by_lookup(conn, &wanted)).await?;
    let lane = if known.is_some() { Lane::Returning } else { Lane::New };
    let place = door.guard.begin(&open.line, lane, &door.app)?;
    // Its number is bound into the envelope: it is taken before the body comes, so that nobody else gets it meanwhile.
    take_number(door, known, &desk, sequence).await?;
    let head = incoming.head_bytes.clone();
    let draft = incoming.store(&door.app, Some((&door.guard, &open, lane))).await?;
    let thread = Thread { tip: lookup.tip().to_string(), desk, sequence, lookup: Some(lookup) };
    arrive::keep(&door.app, thread, Channel::Web, head, draft, Beside::default()).await?;
    place.kept(&door.app);
    Ok((StatusCode::CREATED, Json(serde_json::json!({ "sequence": sequence }))).into_response())
}

/// The lookup value of the thread that an envelope is for.
pub(super) fn lookup(headers: &HeaderMap) -> Result<Lookup> {
    Lookup::parse(text(headers, "x-tip-lookup")).map_err(|_| Error::BadRequest("site-tips-error-envelope".into()))
}

/// Takes the number that an envelope has in its thread.
pub(super) async fn take_number(door: &Door, known: Option<Tip>, desk: &str, sequence: i64) -> Result<()> {
    match known {
        Some(tip) if tip.desk_id != desk => Err(Error::BadRequest("site-tips-error-envelope".into())),
        Some(_) if sequence == 0 => Err(Error::refused("site-tips-error-known")),
        Some(tip) => {
            door.app.db.write(move |conn| tips::number(conn, &tip.id, Kind::Tip, Some(sequence))).await.map(drop)
        }
        None if sequence != 0 => Err(Error::refused("site-tips-error-stale")),
        None => Ok(()),
    }
}

/// Whether an envelope is one that this newsroom's line takes from this source now. Returns its desk.
pub(super) fn check(open: &InUse, head: &Head, lookup: &Lookup) -> Result<String> {
    let place = head.place();
    let ours =
        head.kind() == onrecord_sealed::Kind::Tip && place.newsroom == open.newsroom() && place.tip == lookup.tip();
    if !ours {
        return Err(Error::BadRequest("site-tips-error-envelope".into()));
    }
    // Sealed to other keys than those of now: somebody may be among them who should not read any more.
    if head.list() != open.list.digest() {
        return Err(Error::refused("site-tips-error-stale"));
    }
    let desk = head.desk().to_string();
    open.desk(&desk).map(|_| desk).ok_or_else(|| Error::refused("site-tips-error-stale"))
}
