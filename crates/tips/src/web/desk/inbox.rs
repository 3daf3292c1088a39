//! The list: what came, by state and desk. What a tip says is not known here.

use axum::{
    extract::{Query, State as From},
    response::Response,
};
use onrecord_accounts::{Action, Actor};
use onrecord_base::{App, Result, views::View};
use serde::{Deserialize, Serialize};

use super::name_of;
use crate::{
    State, Tip, keys,
    store::{desks, tips},
};

#[derive(Deserialize)]
pub(super) struct Question {
    #[serde(default)]
    state: String,
    #[serde(default)]
    desk: String,
    #[serde(default)]
    page: i64,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Inbox {
    state: &'static str,
    desk: String,
    tabs: Vec<Tab>,
    desks: Vec<(String, String)>,
    tips: Vec<Line>,
    /// Pages of the list before and behind this one.
    before: Option<i64>,
    behind: Option<i64>,
    /// Why sources cannot write now; empty if they can.
    closed: &'static str,
    manages: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Tab {
    state: &'static str,
    count: i64,
}

/// A tip in the list.
#[derive(Debug, Clone, Serialize)]
struct Line {
    id: String,
    /// What people call it: the beginning of its id.
    short: String,
    desk: String,
    channel: &'static str,
    day: String,
    assigned: String,
    unread: bool,
    erase_day: String,
}

impl View for Inbox {
    const TEMPLATE: &'static str = "tips/inbox.html";

    fn samples() -> Vec<Inbox> {
        let line = |channel, unread| Line {
            id: "0".repeat(32),
            short: "000000".into(),
            desk: "\"<City>\"".into(),
            channel,
            day: "2026-11-22".into(),
            assigned: "Ana \"<Ruiz>\"".into(),
            unread,
            erase_day: "2027-02-20".into(),
        };
        let inbox = Inbox {
            state: "new",
            desk: "1".repeat(32),
            tabs: State::ALL.iter().map(|state| Tab { state: state.name(), count: 3 }).collect(),
            desks: vec![("1".repeat(32), "City".into())],
            tips: crate::Channel::ALL.iter().map(|channel| line(channel.name(), true)).collect(),
            before: Some(0),
            behind: Some(2),
            closed: "",
            manages: true,
        };
        let not_open = ["no-key", "no-list", "expired", "not-ours", "no-desk"];
        let closed = not_open.map(|closed| Inbox { closed, tips: vec![line("web", false)], ..inbox.clone() });
        let none = Inbox { tips: Vec::new(), desks: Vec::new(), before: None, behind: None, ..inbox.clone() };
        let without = Inbox { tips: Vec::new(), ..inbox.clone() };
        [vec![inbox, none, without], closed.to_vec()].concat()
    }
}

pub(super) async fn show(From(app): From<App>, actor: Actor, Query(asked): Query<Question>) -> Result<Response> {
    actor.may(Action::ReadTips)?;
    let state = State::parse(&asked.state).unwrap_or(State::New);
    let page = asked.page.clamp(0, 10_000);
    let (staff, desk, now) = (actor.staff_id.clone(), asked.desk.clone(), app.now());
    let manages = actor.can(Action::ManageTipKeys);
    let view = app
        .db
        .read(move |conn| {
            let own = desks::of_staff(conn, &staff)?;
            let chosen = Some(desk.as_str()).filter(|desk| !desk.is_empty());
            let found = tips::list(conn, &staff, state, chosen, page * tips::PAGE)?;
            let people = super::people(conn)?;
            let line = |tip: &Tip| Line {
                id: tip.id.clone(),
                short: tip.id.chars().take(6).collect(),
                desk: own.iter().find(|d| d.id == tip.desk_id).map_or_else(String::new, |d| d.name.clone()),
                channel: tip.channel.name(),
                day: tip.last_day.text(),
                assigned: tip.assigned_to.as_deref().map_or_else(String::new, |id| name_of(&people, id)),
                unread: tip.unread,
                erase_day: tip.erase_day.map_or_else(String::new, |day| day.text()),
            };
            let full = i64::try_from(found.len()).unwrap_or(0) == tips::PAGE;
            Ok(Inbox {
                state: state.name(),
                tabs: tips::counts(conn, &staff, chosen)?
                    .into_iter()
                    .map(|(state, count)| Tab { state: state.name(), count })
                    .collect(),
                tips: found.iter().map(line).collect(),
                desks: own.iter().map(|desk| (desk.id.clone(), desk.name.clone())).collect(),
                desk,
                before: (page > 0).then(|| page - 1),
                behind: full.then(|| page + 1),
                closed: keys::in_use(conn, now)?.err().map_or("", keys::NotOpen::name),
                manages,
            })
        })
        .await?;
    actor.page(&app, &view)
}
