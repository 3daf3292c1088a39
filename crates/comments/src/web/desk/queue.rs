//! The queue: one comment to decide on, and what comes behind it.

use axum::{
    Extension,
    extract::{Query, State},
    response::Response,
};
use onrecord_accounts::{Action, Actor};
use onrecord_base::{App, Result, views::View};
use serde::{Deserialize, Serialize};

use super::{Card, Line, Parts, Waiting, line, sample_card, sample_line};
use crate::{
    Guard,
    comment::Queue,
    store::queue::{self, Behind, Order},
};

/// Comments listed behind the one that is open.
const BEHIND: i64 = 12;

#[derive(Debug, Clone, Serialize)]
pub(super) struct QueuePage {
    queue: &'static str,
    order: &'static str,
    waiting: Waiting,
    card: Option<Card>,
    /// Where the next one is, without deciding on this one.
    skip: String,
    behind: Vec<Line>,
}

impl View for QueuePage {
    const TEMPLATE: &'static str = "comments/queue.html";

    fn samples() -> Vec<QueuePage> {
        let page = QueuePage {
            queue: "held",
            order: "oldest",
            waiting: Waiting::default(),
            card: None,
            skip: String::new(),
            behind: vec![],
        };
        let waiting = Waiting { reported: 1, held: 10_000, new: 3 };
        let bare = Card { answers: None, reports: vec![], history: vec![], ..sample_card() };
        let full = QueuePage { waiting, card: Some(sample_card()), behind: vec![sample_line()], ..page.clone() };
        vec![page, QueuePage { card: Some(bare), queue: "reported", order: "score", ..full.clone() }, full]
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    queue: String,
    order: String,
    after: String,
}

/// `GET /desk/comments`
pub(super) async fn show(
    State(app): State<App>,
    Extension(guard): Extension<Guard>,
    actor: Actor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    actor.may(Action::ModerateComments)?;
    let order = if asked.order == "score" { Order::Score } else { Order::Oldest };
    let behind = parse(&asked.after);
    let wanted = Queue::parse(&asked.queue).filter(|queue| *queue != Queue::Nowhere);
    let (staff, now) = (actor.staff_id.clone(), app.now());
    let read = app.db.read(move |conn| {
        let waiting = Waiting::read(conn)?;
        let chosen = wanted.unwrap_or_else(|| waiting.first());
        let mut found = queue::list(conn, chosen, order, behind.as_ref(), BEHIND + 1)?;
        let ids: Vec<&str> = found.iter().map(|comment| comment.id.as_str()).collect();
        let at = guard.next_for(&staff, &ids, now);
        let mine = (at < found.len()).then(|| found.remove(at));
        let last = mine.as_ref().map(|comment| place(order, comment.at.millis(), comment.score, &comment.id));
        let parts = mine.map(|comment| Parts::read(conn, comment)).transpose()?;
        // What stands before it others look at now.
        Ok((waiting, chosen, parts, last, found.split_off(at.min(found.len()))))
    });
    let (waiting, chosen, parts, last, rest) = read.await?;
    let order = if order == Order::Score { "score" } else { "oldest" };
    let view = QueuePage {
        queue: chosen.name(),
        order,
        waiting,
        card: parts.map(|parts| parts.card(&app)),
        skip: match last {
            Some(last) if !rest.is_empty() => {
                format!("/desk/comments?queue={}&order={order}&after={last}", chosen.name())
            }
            _ => String::new(),
        },
        behind: rest.iter().map(|comment| line(&app, comment)).collect(),
    };
    actor.page(&app, &view)
}

fn place(order: Order, at: i64, score: f64, id: &str) -> String {
    match order {
        Order::Oldest => format!("{at}~{id}"),
        Order::Score => format!("{score}~{id}"),
    }
}

fn parse(text: &str) -> Option<Behind> {
    let (key, id) = text.split_once('~')?;
    let key: f64 = key.parse().ok().filter(|key: &f64| key.is_finite())?;
    (id.len() <= 64 && !id.contains('\0')).then(|| Behind { key, id: id.to_owned() })
}
