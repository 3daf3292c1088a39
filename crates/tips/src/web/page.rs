//! The tip page: the same for everybody.

use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use onrecord_base::{Result, views::View};
use serde::Serialize;

use super::door::{Door, Public};
use crate::keys::{self, InUse};

#[derive(Debug, Clone, Serialize)]
pub(in crate::web) struct TipPage {
    #[serde(flatten)]
    public: Public,
    desks: Vec<Choice>,
    /// The desk that was chosen before, if the form comes back.
    chosen: String,
    text: String,
    error: String,
}

#[derive(Debug, Clone, Serialize)]
struct Choice {
    id: String,
    name: String,
}

impl View for TipPage {
    const TEMPLATE: &'static str = "tips/tip.html";

    fn samples() -> Vec<TipPage> {
        let desk = |name: &str| Choice { id: "0".repeat(32), name: name.into() };
        let page = TipPage {
            public: Public::sample(true),
            desks: vec![desk("\"<City>\""), desk("Sport")],
            chosen: "0".repeat(32),
            text: "\"<x>".into(),
            error: "Not \"so\"".into(),
        };
        let one = TipPage { desks: vec![desk("City")], error: String::new(), ..page.clone() };
        vec![one, TipPage { public: Public::sample(false), desks: Vec::new(), ..page.clone() }, page]
    }
}

pub(super) async fn show(door: Door) -> Response {
    let mut onion = String::new();
    let outcome = async {
        let open = standing(&door).await?;
        onion = open.as_ref().map_or_else(String::new, |open| open.line.onion.clone());
        form(&door, open.as_ref(), StatusCode::OK, Again::default()).await
    }
    .await;
    door.answer(outcome, &onion).await
}

pub(super) async fn moved() -> Response {
    Redirect::permanent("/tip").into_response()
}

/// The line as it stands; none if it is not open.
pub(super) async fn standing(door: &Door) -> Result<Option<InUse>> {
    let now = door.app.now();
    Ok(door.app.db.read(move |conn| keys::in_use(conn, now)).await?.ok())
}

/// What comes back with a form that was not taken.
#[derive(Default)]
pub(super) struct Again {
    pub(super) chosen: String,
    pub(super) text: String,
    pub(super) error: String,
}

/// The page with its form.
pub(super) async fn form(door: &Door, open: Option<&InUse>, status: StatusCode, again: Again) -> Result<Response> {
    let mut public = door.public(open);
    if public.open {
        // Who gets the form back asked for it before: what was typed is not lost to a limit of asking.
        public.token = if again.error.is_empty() { token(door).await? } else { new_token(door).await? };
    }
    let desks = open
        .map(|open| open.desks.iter().map(|desk| Choice { id: desk.id.clone(), name: desk.name.clone() }).collect());
    let Again { chosen, text, error } = again;
    let view = TipPage { public, desks: desks.unwrap_or_default(), chosen, text, error };
    door.page(status, "site-tips-title", &view).await
}

/// The token of a form: good for one time.
pub(super) async fn token(door: &Door) -> Result<String> {
    door.guard.ask(&door.app, &door.client)?;
    new_token(door).await
}

/// The token of a form that comes back.
pub(super) async fn new_token(door: &Door) -> Result<String> {
    Ok(door.guard.work(&door.app).await?.form(&door.app.random, door.app.now()))
}
