//! `/desk/stories/{id}/next`: what stands after a story and why, and what an editor wants there.

use axum::{
    Extension,
    extract::{Path, State},
    response::{Redirect, Response},
};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{App, Conn, Error, Result, views::View, web::Form};
use onrecord_stories::{
    access,
    published::{self, Resolved},
};
use serde::{Deserialize, Serialize};

use crate::{
    Next, Scored,
    rank::signals::Signal,
    store::{
        counts, facts,
        wishes::{self, Wish},
    },
};

/// Candidates that are listed below what stands on the page.
const CANDIDATES: usize = 20;
/// Stories that readers went to, as far as they are listed.
const WENT: i64 = 10;

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct StoryPage {
    id: String,
    headline: String,
    published: bool,
    withheld: bool,
    views: i64,
    /// What stands on the story's page.
    list: Vec<Line>,
    /// What else was weighed.
    others: Vec<Line>,
    pins: Vec<(String, String)>,
    excludes: Vec<(String, String)>,
    went: Vec<(String, i64)>,
    may: bool,
}

/// A candidate.
#[derive(Debug, Clone, Serialize)]
struct Line {
    id: String,
    headline: String,
    url: String,
    section: String,
    pinned: bool,
    /// Signals that speak for or against it, strongest first: name, and what it adds.
    why: Vec<(&'static str, String)>,
    score: String,
}

impl View for StoryPage {
    const TEMPLATE: &'static str = "next/story.html";

    fn samples() -> Vec<StoryPage> {
        let line = Line {
            id: "2".into(),
            headline: "The <wall>".into(),
            url: "/town/wall".into(),
            section: "Town".into(),
            pinned: true,
            why: vec![("text", "+1.20".into()), ("fresh", "−0.30".into())],
            score: "0.90".into(),
        };
        let empty = StoryPage {
            id: "1".into(),
            headline: "A <story>".into(),
            published: false,
            withheld: false,
            views: 0,
            list: vec![],
            others: vec![],
            pins: vec![],
            excludes: vec![],
            went: vec![],
            may: true,
        };
        let full = StoryPage {
            published: true,
            withheld: true,
            views: 12,
            list: vec![line.clone()],
            others: vec![Line { pinned: false, ..line }],
            pins: vec![("2".into(), "The <wall>".into())],
            excludes: vec![("3".into(), "The sea".into())],
            went: vec![("The sea".into(), 7)],
            ..empty.clone()
        };
        vec![empty, full]
    }
}

/// `GET /desk/stories/{id}/next`
pub(super) async fn show(
    State(app): State<App>,
    Extension(next): Extension<Next>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Response> {
    let draft = access::draft(&app, &actor, &id).await?;
    let (may, now) = (actor.can(Action::PinFront), app.now());
    let view = app.db.read(move |conn| {
        let published = published::whereabouts(conn, &id)?.is_some();
        let (withheld, pins, excludes) = wishes::of(conn, &id)?;
        let (list, others) = if published { weighed(conn, &next, &id, now)? } else { (vec![], vec![]) };
        let went = counts::pairs_from(conn, &id, WENT)?;
        let (ids, reads): (Vec<String>, Vec<i64>) = went.into_iter().unzip();
        let went = named(conn, &ids)?.into_iter().filter_map(|(to, headline)| {
            let at = ids.iter().position(|one| *one == to)?;
            Some((headline, reads[at]))
        });
        Ok(StoryPage {
            headline: draft.content.headline,
            published,
            withheld,
            views: counts::views(conn, &id)?,
            list,
            others,
            went: went.collect(),
            pins: named(conn, &pins)?,
            excludes: named(conn, &excludes)?,
            may,
            id,
        })
    });
    actor.page(&app, &view.await?)
}

/// What stands after a story, and what else was weighed.
fn weighed(conn: &mut Conn<'_>, next: &Next, id: &str, now: onrecord_base::Time) -> Result<(Vec<Line>, Vec<Line>)> {
    let Some((list, others)) = next.explain(conn, id, CANDIDATES, now)? else { return Ok((vec![], vec![])) };
    Ok((lines(conn, list)?, lines(conn, others)?))
}

fn lines(conn: &mut Conn<'_>, scored: Vec<Scored>) -> Result<Vec<Line>> {
    let ids: Vec<&str> = scored.iter().map(|one| one.id.as_str()).collect();
    let cards = published::cards_by_id(conn, &ids)?;
    let line = |card: published::Card| {
        let one = scored.iter().find(|one| one.id == card.id)?;
        let mut why: Vec<(&'static str, f64)> =
            Signal::ALL.iter().map(|signal| (signal.name(), one.parts[*signal as usize])).collect();
        why.retain(|(_, part)| part.abs() >= 0.005);
        why.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        Some(Line {
            headline: card.headline,
            url: card.path,
            section: card.section.map_or_else(String::new, |section| section.name),
            pinned: one.pinned,
            why: why.into_iter().map(|(name, part)| (name, format!("{part:+.2}").replace('-', "−"))).collect(),
            score: format!("{:.2}", one.score).replace('-', "−"),
            id: card.id,
        })
    };
    Ok(cards.into_iter().filter_map(line).collect())
}

fn named(conn: &mut Conn<'_>, ids: &[String]) -> Result<Vec<(String, String)>> {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    Ok(published::cards_by_id(conn, &ids)?.into_iter().map(|card| (card.id, card.headline)).collect())
}

/// Another story, by id or as people name it: its address, whole or in part, or its slug.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TargetForm {
    target: String,
}

impl TargetForm {
    async fn find(self, app: &App, story: &str) -> Result<String> {
        let site = app.settings().base_url.clone();
        let (typed, story) = (self.target.trim().to_owned(), story.to_owned());
        let found = app.db.read(move |conn| {
            if published::whereabouts(conn, &typed)?.is_some() {
                return Ok(Some(typed));
            }
            let path = typed.strip_prefix(&site).unwrap_or(&typed);
            if path.starts_with('/')
                && let Some(Resolved::Story(id)) = published::resolve(conn, path)?
            {
                return Ok(Some(id));
            }
            Ok(facts::by_slug(conn, path.trim_matches('/'))?.pop())
        });
        match found.await? {
            Some(id) if id == story => Err(Error::refused("next-target-itself")),
            Some(id) => Ok(id),
            None => Err(Error::refused("next-target-unknown")),
        }
    }
}

/// `POST /desk/stories/{id}/next/pins`
pub(super) async fn pin(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<TargetForm>,
) -> Result<Response> {
    want(&app, &actor, Wish::Pin, id, form, "next-done-pin").await
}

/// `POST /desk/stories/{id}/next/excludes`
pub(super) async fn exclude(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<TargetForm>,
) -> Result<Response> {
    want(&app, &actor, Wish::Exclude, id, form, "next-done-exclude").await
}

async fn want(
    app: &App,
    actor: &Actor,
    wish: Wish,
    id: String,
    form: TargetForm,
    done: &'static str,
) -> Result<Response> {
    actor.may(Action::PinFront)?;
    access::draft(app, actor, &id).await?;
    let target = form.find(app, &id).await?;
    let (by, now, story) = (actor.staff_id.clone(), app.now(), id.clone());
    app.db.write(move |conn| wishes::want(conn, wish, &story, &target, &by, now)).await?;
    Ok(back(&id, done))
}

/// `POST /desk/stories/{id}/next/releases`
pub(super) async fn release(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<TargetForm>,
) -> Result<Response> {
    actor.may(Action::PinFront)?;
    access::draft(&app, &actor, &id).await?;
    let (target, now, story) = (form.target, app.now(), id.clone());
    app.db.write(move |conn| wishes::release(conn, &story, &target, now)).await?;
    Ok(back(&id, "next-done-release"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WithheldForm {
    withheld: String,
}

/// `POST /desk/stories/{id}/next/withheld`: recommended nowhere, or again.
pub(super) async fn withhold(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<WithheldForm>,
) -> Result<Response> {
    actor.may(Action::PinFront)?;
    access::draft(&app, &actor, &id).await?;
    let withheld = !form.withheld.is_empty();
    let (by, now, story) = (actor.staff_id.clone(), app.now(), id.clone());
    app.db.write(move |conn| wishes::withhold(conn, &story, withheld, &by, now)).await?;
    Ok(back(&id, if withheld { "next-done-withheld" } else { "next-done-again" }))
}

fn back(id: &str, key: &str) -> Response {
    flash(Redirect::to(&format!("/desk/stories/{id}/next")), "ok", key)
}
