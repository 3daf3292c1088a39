//! One comment: everything about it, and what can be decided.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use onrecord_accounts::{Action as May, Actor, flash};
use onrecord_base::{
    App, Error, Result,
    views::View,
    web::{Form, Moment},
};
use serde::{Deserialize, Serialize};

use super::{Card, Parts, sample_card};
use crate::{
    comment::Queue,
    moderation::{self, Action, Hand, NewBan},
    rules::LONGEST,
    store::{comments, decisions},
    text,
};

/// Characters of a reason for a ban.
const REASON: usize = 300;

#[derive(Debug, Clone, Serialize)]
pub(super) struct CommentPage {
    card: Card,
    decisions: Vec<Decided>,
}

/// A line of the log about this comment.
#[derive(Debug, Clone, Serialize)]
struct Decided {
    action: String,
    by: String,
    at: Moment,
    undone: bool,
}

impl View for CommentPage {
    const TEMPLATE: &'static str = "comments/card.html";

    fn samples() -> Vec<CommentPage> {
        let decided = Decided { action: "reject".into(), by: "Ana".into(), at: Moment::sample(), undone: true };
        let staff = Card { staff: true, featured: false, decidable: false, ..sample_card() };
        vec![
            CommentPage { card: sample_card(), decisions: vec![decided] },
            CommentPage { card: staff, decisions: vec![] },
        ]
    }
}

/// `GET /desk/comments/{id}`
pub(super) async fn show(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    actor.may(May::ModerateComments)?;
    let read = app.db.read(move |conn| {
        let comment = comments::find(conn, &id)?.ok_or(Error::NotFound)?;
        let mut made = Vec::new();
        for decision in decisions::of_comment(conn, &comment.id)? {
            let by = onrecord_accounts::store::staff::find(conn, &decision.by_id)?.map(|staff| staff.name);
            made.push((decision, by.unwrap_or_default()));
        }
        Ok((Parts::read(conn, comment)?, made))
    });
    let (parts, made) = read.await?;
    let decisions = made.into_iter().map(|(decision, by)| Decided {
        by,
        at: Moment::new(&app, decision.at),
        undone: decision.undone_at.is_some(),
        action: decision.action,
    });
    let view = CommentPage { decisions: decisions.collect(), card: parts.card(&app) };
    actor.page(&app, &view)
}

#[derive(Debug, Deserialize)]
pub(super) struct Decision {
    action: String,
    /// The queue the comment stood in when it was looked at.
    #[serde(default)]
    seen: Option<String>,
    /// The queue to go on with; the comment's own page if there is none.
    #[serde(default)]
    queue: String,
    #[serde(default)]
    order: String,
}

/// `POST /desk/comments/{id}/decision`
pub(super) async fn decide(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<Decision>,
) -> Result<Response> {
    actor.may(May::ModerateComments)?;
    let action = Action::parse(&form.action).ok_or_else(|| Error::BadRequest("base-form-incomplete".into()))?;
    let hand = Hand::new(&app, &actor.staff_id);
    let (subject, seen) = (id.clone(), form.seen.as_deref().and_then(Queue::parse));
    let decided = app.db.write(move |conn| {
        let comment = comments::find(conn, &subject)?.ok_or(Error::NotFound)?;
        // Two people at one queue: the second to press the button is told, and nothing happens twice.
        if seen.is_some_and(|seen| seen != comment.queue) {
            return Err(Error::Stale);
        }
        moderation::decide(conn, &hand, &subject, action)
    });
    let back = back(&id, &form.queue, &form.order);
    match decided.await {
        Ok(()) => Ok(flash(Redirect::to(&back), "ok", &format!("comments-done-{}", action.name()))),
        Err(Error::Stale) => Ok(flash(Redirect::to(&back), "warn", "comments-decided-already")),
        Err(error) => Err(error),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Ban {
    kind: String,
    #[serde(default)]
    days: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    queue: String,
    #[serde(default)]
    order: String,
}

/// `POST /desk/comments/{id}/ban`
pub(super) async fn ban(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<Ban>,
) -> Result<Response> {
    actor.may(May::ModerateComments)?;
    let days = form.days.trim().parse::<i64>().ok().filter(|days| (1..=3650).contains(days));
    if !form.days.trim().is_empty() && days.is_none() {
        return Err(Error::refused("comments-ban-days"));
    }
    let reason: String = text::name(&form.reason).chars().take(REASON).collect();
    let new = NewBan { comment: id.clone(), shadow: form.kind == "shadow", days, reason };
    let hand = Hand::new(&app, &actor.staff_id);
    app.db.write(move |conn| moderation::ban(conn, &hand, &new)).await?;
    let key = if form.kind == "shadow" { "comments-done-shadow" } else { "comments-done-ban" };
    Ok(flash(Redirect::to(&back(&id, &form.queue, &form.order)), "ok", key))
}

#[derive(Debug, Deserialize)]
pub(super) struct Reply {
    text: String,
    #[serde(default)]
    queue: String,
    #[serde(default)]
    order: String,
}

/// `POST /desk/comments/{id}/reply`
pub(super) async fn reply(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<Reply>,
) -> Result<Response> {
    actor.may(May::ModerateComments)?;
    let body = text::text(&form.text);
    if body.is_empty() || i64::try_from(body.chars().count()).unwrap_or(i64::MAX) > LONGEST {
        return Err(Error::refused("comments-reply-empty"));
    }
    let (hand, name, to) = (Hand::new(&app, &actor.staff_id), actor.name.clone(), id.clone());
    app.db.write(move |conn| moderation::reply(conn, &hand, &to, &name, body)).await?;
    Ok(flash(Redirect::to(&back(&id, &form.queue, &form.order)), "ok", "comments-done-reply").into_response())
}

/// On to the next one of the queue, or back to the comment where one was looked at alone.
fn back(id: &str, queue: &str, order: &str) -> String {
    match Queue::parse(queue) {
        Some(queue) if queue != Queue::Nowhere => {
            let order = if order == "score" { "score" } else { "oldest" };
            format!("/desk/comments?queue={}&order={order}", queue.name())
        }
        _ => format!("/desk/comments/{id}"),
    }
}
