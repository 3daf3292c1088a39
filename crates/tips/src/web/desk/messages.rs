//! Sealed messages at the desk: bodies handed out, and replies, notes and links taken in. All are sealed in the browser.

use axum::{
    Json,
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use onrecord_accounts::{Action, Actor};
use onrecord_base::{App, Error, Result};

use super::{super::pieces, tip::seen};
use crate::{
    Kind, keys, offline,
    store::{messages, tips},
};

pub(super) async fn show(
    State(app): State<App>,
    actor: Actor,
    Path((id, sequence)): Path<(String, i64)>,
    headers: HeaderMap,
) -> Result<Response> {
    actor.may(Action::ReadTips)?;
    let staff = actor.staff_id.clone();
    let message = app
        .db
        .read(move |conn| {
            let tip = seen(conn, &id, &staff)?;
            messages::find(conn, &tip.id, sequence)
        })
        .await?;
    pieces::sealed(&app, &message, &headers).await
}

pub(super) async fn reply(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response> {
    take(&app, &actor, id, Kind::Reply, request).await
}

pub(super) async fn note(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response> {
    take(&app, &actor, id, Kind::Note, request).await
}

pub(super) async fn link(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response> {
    take(&app, &actor, id, Kind::Link, request).await
}

async fn take(app: &App, actor: &Actor, id: String, kind: Kind, request: Request) -> Result<Response> {
    actor.may(Action::ReadTips)?;
    let staff = actor.staff_id.clone();
    let tip = app.db.read(move |conn| seen(conn, &id, &staff)).await?;
    let open = keys::open(app).await?;
    let incoming = pieces::Incoming::read(request.into_body()).await?;
    let place = incoming.head.place();
    let fits = incoming.head.kind().name() == kind.name()
        && place.newsroom == open.newsroom()
        && place.tip.to_string() == tip.id
        && incoming.head.desk().to_string() == tip.desk_id;
    if !fits {
        return Err(Error::BadRequest("site-tips-error-envelope".into()));
    }
    if incoming.head.list() != open.list.digest() {
        return Err(Error::Stale);
    }
    let sequence = i64::from(place.sequence);
    let number = tip.id.clone();
    app.db.write(move |conn| tips::number(conn, &number, kind, Some(sequence))).await?;
    let head = incoming.head_bytes.clone();
    let draft = incoming.store(app, None).await?;
    offline::keep(app, tip, kind, &actor.staff_id, sequence, head, draft).await?;
    Ok((StatusCode::CREATED, Json(serde_json::json!({ "sequence": sequence }))).into_response())
}
