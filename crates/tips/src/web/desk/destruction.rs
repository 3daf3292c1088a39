//! The end of the line, in two steps: a page that says what goes and what stays, and a word to be typed.

use axum::{
    extract::{Query, State},
    response::{Redirect, Response},
};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{App, Result, fetch::Reach, views::View, web::Form};
use serde::{Deserialize, Serialize};

use crate::{
    erase,
    store::{keys, tips},
};

/// What is to be typed.
const WORD: &str = "destroy";

#[derive(Debug, Clone, Serialize)]
pub(super) struct Destruction {
    tips: usize,
    keys: usize,
    word: &'static str,
    /// Copies that may lie at the telephone provider: after everything was destroyed here.
    copies: usize,
}

impl View for Destruction {
    const TEMPLATE: &'static str = "tips/destruction.html";

    fn samples() -> Vec<Destruction> {
        let one = Destruction { tips: 12, keys: 1, word: WORD, copies: 0 };
        vec![Destruction { tips: 0, keys: 0, copies: 2, ..one.clone() }, one]
    }
}

#[derive(Deserialize)]
pub(super) struct Left {
    #[serde(default)]
    copies: usize,
}

pub(super) async fn show(State(app): State<App>, actor: Actor, Query(left): Query<Left>) -> Result<Response> {
    actor.may(Action::DestroyTips)?;
    let (tips, keys) = app.db.read(|conn| Ok((tips::all(conn)?.len(), keys::all(conn)?))).await?;
    let keys = keys.iter().filter(|key| key.wrapped.is_some()).count();
    actor.page(&app, &Destruction { tips, keys, word: WORD, copies: left.copies })
}

#[derive(Deserialize)]
pub(super) struct Sure {
    #[serde(default)]
    word: String,
}

pub(super) async fn create(State(app): State<App>, actor: Actor, Form(form): Form<Sure>) -> Result<Response> {
    actor.may(Action::DestroyTips)?;
    if form.word.trim().to_lowercase() != WORD {
        return Ok(flash(Redirect::to("/desk/tips/destruction"), "warn", "tips-destroy-not-sure"));
    }
    let ended = erase::everything(&app, Reach::Public).await?;
    let back = match ended.copies {
        0 => "/desk/tips".to_owned(),
        copies => format!("/desk/tips/destruction?copies={copies}"),
    };
    Ok(flash(Redirect::to(&back), "ok", "tips-destroyed"))
}
