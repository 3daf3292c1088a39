//! The log of decisions, taking one back, and the bans that hold.

use axum::{
    extract::{Path, Query, State},
    response::{Redirect, Response},
};
use onrecord_accounts::{Action, Actor, flash, store::staff};
use onrecord_base::{App, Error, Result, Time, views::View, web::Moment};
use serde::{Deserialize, Serialize};

use crate::{
    moderation::{self, Hand},
    store::{bans, decisions},
};

/// Lines on a page.
const PAGE: i64 = 50;
/// Bans that are listed.
const BANS: i64 = 200;

#[derive(Debug, Clone, Serialize)]
pub(super) struct LogPage {
    lines: Vec<Line>,
    older: String,
    bans: Vec<Holding>,
}

#[derive(Debug, Clone, Serialize)]
struct Line {
    id: String,
    action: String,
    by: String,
    at: Moment,
    comment: String,
    scope: String,
    undone: bool,
    undoable: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Holding {
    id: String,
    kind: String,
    by: String,
    at: Moment,
    until: Option<Moment>,
    reason: String,
    reader: bool,
}

impl View for LogPage {
    const TEMPLATE: &'static str = "comments/log.html";

    fn samples() -> Vec<LogPage> {
        let line = |action: &str, undone| Line {
            id: "1".into(),
            action: action.into(),
            by: "Ana \"<Ruiz>\"".into(),
            at: Moment::sample(),
            comment: "2".into(),
            scope: String::new(),
            undone,
            undoable: !undone,
        };
        let rules = Line { comment: String::new(), scope: "section/3".into(), ..line("rules", false) };
        let ban = |until| Holding {
            id: "3".into(),
            kind: "ban".into(),
            by: "Ana".into(),
            at: Moment::sample(),
            until,
            reason: "<spam>".into(),
            reader: true,
        };
        let lines = vec![line("reject", false), line("approve", true), rules];
        vec![
            LogPage { lines: vec![], older: String::new(), bans: vec![] },
            LogPage { lines, older: "/desk/comments/log?x".into(), bans: vec![ban(None), ban(Some(Moment::sample()))] },
        ]
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    before: String,
}

/// `GET /desk/comments/log`
pub(super) async fn show(State(app): State<App>, actor: Actor, Query(asked): Query<Asked>) -> Result<Response> {
    actor.may(Action::ModerateComments)?;
    let now = app.now();
    let place = asked.before.split_once('~').and_then(|(at, id)| {
        Some((Time::from_millis(at.parse().ok()?), id.to_owned())).filter(|(_, id)| !id.contains('\0'))
    });
    let read = app.db.read(move |conn| {
        let made = decisions::before(conn, place.as_ref().map(|(at, id)| (*at, id.as_str())), PAGE)?;
        let holding = if place.is_none() { bans::holding(conn, now, BANS)? } else { Vec::new() };
        let mut names = std::collections::HashMap::new();
        for by in made.iter().map(|d| &d.by_id).chain(holding.iter().map(|b| &b.by_id)) {
            if !names.contains_key(by) {
                let name = staff::find(conn, by)?.map(|staff| staff.name).unwrap_or_default();
                names.insert(by.clone(), name);
            }
        }
        Ok((made, holding, names))
    });
    let (made, holding, names) = read.await?;
    let name = |id: &str| names.get(id).cloned().unwrap_or_default();
    let full = i64::try_from(made.len()).unwrap_or(0) == PAGE;
    let older =
        made.last().filter(|_| full).map(|last| format!("/desk/comments/log?before={}~{}", last.at.millis(), last.id));
    let lines = made.into_iter().map(|d| Line {
        by: name(&d.by_id),
        at: Moment::new(&app, d.at),
        undone: d.undone_at.is_some(),
        undoable: d.undone_at.is_none() && !matches!(d.action.as_str(), "reply" | "lift" | "rules"),
        comment: d.comment_id.unwrap_or_default(),
        scope: d.scope.unwrap_or_default(),
        id: d.id,
        action: d.action,
    });
    let bans = holding.into_iter().map(|ban| Holding {
        by: name(&ban.by_id),
        at: Moment::new(&app, ban.at),
        until: ban.until.map(|until| Moment::new(&app, until)),
        reader: !ban.who.contains(':'),
        id: ban.id,
        kind: ban.kind,
        reason: ban.reason,
    });
    let view = LogPage { lines: lines.collect(), older: older.unwrap_or_default(), bans: bans.collect() };
    actor.page(&app, &view)
}

/// `POST /desk/comments/log/{id}/undoing`
pub(super) async fn undo(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    actor.may(Action::ModerateComments)?;
    take_back(&app, &actor, Some(id)).await
}

/// `POST /desk/comments/undoing`: the last thing one did oneself.
pub(super) async fn undo_last(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::ModerateComments)?;
    take_back(&app, &actor, None).await
}

async fn take_back(app: &App, actor: &Actor, id: Option<String>) -> Result<Response> {
    let hand = Hand::new(app, &actor.staff_id);
    let done = app.db.write(move |conn| {
        let id = match id {
            Some(id) => id,
            None => decisions::last_of(conn, &hand.by)?.ok_or_else(|| Error::refused("comments-undo-nothing"))?.id,
        };
        moderation::undo(conn, &hand, &id)
    });
    let log = Redirect::to("/desk/comments/log");
    match done.await {
        Ok(decision) => {
            let to = decision.comment_id.map_or("/desk/comments/log".into(), |id| format!("/desk/comments/{id}"));
            Ok(flash(Redirect::to(&to), "ok", "comments-undone"))
        }
        Err(Error::Stale) => Ok(flash(log, "warn", "comments-undo-late")),
        Err(error) => Err(error),
    }
}

/// `POST /desk/comments/bans/{id}/lifting`
pub(super) async fn lift(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    actor.may(Action::ModerateComments)?;
    let hand = Hand::new(&app, &actor.staff_id);
    app.db.write(move |conn| moderation::lift(conn, &hand, &id)).await?;
    Ok(flash(Redirect::to("/desk/comments/log"), "ok", "comments-done-lift"))
}
