//! `POST /api/next`: what a browser saw and clicked, as numbers of stories. No cookie is read, and the network address is
//! counted against in memory alone.

use std::time::Duration;

use axum::{Extension, body::Bytes, extract::State};
use http::StatusCode;
use onrecord_base::{
    App, Error, Result,
    web::{Client, limits::Limit},
};

use crate::{Next, counting::Beacon};

/// Bytes of a beacon: twelve lists of seven stories.
pub(super) const LARGEST: usize = 8 * 1024;

/// How much one network address may say: a reader a few times a minute, an office now and then all at once.
#[derive(Clone)]
pub(super) struct Limits(Limit);

impl Default for Limits {
    fn default() -> Limits {
        Limits(Limit::per(Duration::from_secs(2), 40))
    }
}

pub(super) async fn create(
    State(app): State<App>,
    Extension(next): Extension<Next>,
    Extension(limits): Extension<Limits>,
    client: Client,
    body: Bytes,
) -> Result<StatusCode> {
    limits.0.check(&client.key())?;
    let beacon: Beacon = serde_json::from_slice(&body).map_err(|_| Error::BadRequest("base-form-incomplete".into()))?;
    next.said(beacon, &client.network(), app.now());
    Ok(StatusCode::NO_CONTENT)
}
