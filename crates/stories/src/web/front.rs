//! The front: what is pinned, in which order, and what follows by itself.

use axum::{
    extract::{Path, State},
    response::Response,
};
use onrecord_accounts::{Action, Actor};
use onrecord_base::{
    App, Result,
    views::View,
    web::{Form, Moment},
};
use serde::{Deserialize, Serialize};

use super::{done, sections::Move, to};
use crate::{
    published::{self, Card},
    store::pins,
};

const PAGE: &str = "/desk/front";
/// The newest stories offered for pinning.
const OFFERED: usize = 30;

/// The front's order.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FrontPage {
    pinned: Vec<Line>,
    latest: Vec<Line>,
    full: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Line {
    id: String,
    headline: String,
    section: Option<String>,
    published_at: Moment,
}

impl View for FrontPage {
    const TEMPLATE: &'static str = "stories/front.html";

    fn samples() -> Vec<FrontPage> {
        let line = Line {
            id: "1".into(),
            headline: "Wall \"<falls>\"".into(),
            section: Some("Town".into()),
            published_at: Moment::sample(),
        };
        let bare = Line { section: None, ..line.clone() };
        vec![
            FrontPage { pinned: vec![], latest: vec![], full: false },
            FrontPage { pinned: vec![line.clone(), bare.clone()], latest: vec![line, bare], full: true },
        ]
    }
}

pub(super) async fn index(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::PinFront)?;
    let front = app.db.read(|conn| published::front(conn, OFFERED)).await?;
    let line = |card: Card| Line {
        published_at: Moment::new(&app, card.published_at),
        section: card.section.map(|section| section.name),
        id: card.id,
        headline: card.headline,
    };
    let view = FrontPage {
        full: front.pinned.len() >= pins::MOST,
        pinned: front.pinned.into_iter().map(line).collect(),
        latest: front.latest.into_iter().map(line).collect(),
    };
    actor.page(&app, &view)
}

#[derive(Deserialize)]
pub(super) struct Pin {
    story: String,
}

pub(super) async fn pin(State(app): State<App>, actor: Actor, Form(form): Form<Pin>) -> Result<Response> {
    actor.may(Action::PinFront)?;
    let now = app.now();
    let result = app.db.write(move |conn| pins::pin(conn, &form.story, now)).await;
    done(result, PAGE, "stories-pinned")
}

pub(super) async fn shift(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<Move>,
) -> Result<Response> {
    actor.may(Action::PinFront)?;
    let now = app.now();
    app.db.write(move |conn| pins::shift(conn, &id, form.is_up(), now)).await?;
    Ok(to(PAGE))
}

pub(super) async fn unpin(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    actor.may(Action::PinFront)?;
    let now = app.now();
    let result = app.db.write(move |conn| pins::unpin(conn, &id, now)).await;
    done(result, PAGE, "stories-unpinned")
}
