//! What a script asks for before it sends: the signed keys, and the work to do.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use onrecord_base::Result;
use serde::Serialize;

use super::door::Door;
use crate::{keys, work::LIFE};

#[derive(Serialize)]
struct Challenge {
    challenge: String,
    /// Zero bits that SHA-256 of `CHALLENGE:NUMBER` must begin with.
    difficulty: u32,
    /// Seconds for which it is good.
    expires: i64,
}

pub(super) async fn show(door: Door) -> Response {
    let outcome = challenge(&door).await;
    door.answer(outcome, "").await
}

async fn challenge(door: &Door) -> Result<Response> {
    door.guard.ask(&door.app, &door.client)?;
    let (work, open) = (door.guard.work(&door.app).await?, keys::open(&door.app).await?);
    let difficulty = door.guard.difficulty(&open.line, &door.app);
    let challenge = work.challenge(difficulty, &door.app.random, door.app.now());
    Ok(Json(Challenge { challenge, difficulty, expires: LIFE / 1000 }).into_response())
}

/// The list of keys as the newsroom's key signed it.
pub(super) async fn keys(door: Door) -> Response {
    let outcome = keys::open(&door.app).await.map(|open| {
        let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        ([kind], open.signed).into_response()
    });
    door.answer(outcome, "").await
}
