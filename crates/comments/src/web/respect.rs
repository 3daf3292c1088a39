//! Respect: given once, taken back by giving it again.

use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use onrecord_base::Error;

use super::{
    room::Room,
    write::{ground, place, shown},
};
use crate::store::respects;

/// `POST /comments/{id}/respect`
pub(super) async fn create(room: Room, Path(id): Path<String>) -> Response {
    let outcome = async {
        let address = room.guard.address(&room.app, &room.client).await?;
        room.guard.may_respect(&address)?;
        let comment = shown(&room, id).await?;
        if room.reader.is_some() && comment.reader_id == room.reader.as_ref().map(|reader| reader.id.clone()) {
            return Err(Error::refused("site-comments-own-respect"));
        }
        let by = room.reader.as_ref().map_or(address, |reader| reader.id.clone());
        let (story, _) = ground(&room, &comment.story_id).await?;
        let (id, story_id, now) = (comment.id.clone(), comment.story_id.clone(), room.app.now());
        let (given, count) = room
            .app
            .db
            .write(move |conn| match respects::add(conn, &id, &story_id, &by, now)? {
                (true, count) => Ok((true, count)),
                (false, _) => Ok((false, respects::take_back(conn, &id, &story_id, &by, now)?)),
            })
            .await?;
        if room.script {
            return Ok(Json(serde_json::json!({ "given": given, "respect": count })).into_response());
        }
        Ok(Redirect::to(&format!("{}#c-{}", place(&story, &comment.id), comment.id)).into_response())
    };
    room.answer(outcome.await).await
}
