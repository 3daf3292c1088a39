//! What a story said before.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use onrecord_accounts::{Actor, flash};
use onrecord_base::{
    App, Error, Result,
    views::View,
    web::{Form, Moment},
};
use onrecord_prose::NoPictures;
use serde::{Deserialize, Serialize};

use super::{access, editor_url, overrides::OverrideShown, say, staff_names, to};
use crate::{
    Override,
    compare::{self, Part},
    store::{
        drafts::Saved,
        overrides,
        revisions::{self, LISTED},
    },
};

/// The list of a story's revisions.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Revisions {
    id: String,
    headline: String,
    revisions: Vec<Line>,
    /// Number before which older ones follow.
    older: Option<i64>,
}

#[derive(Debug, Clone, Serialize)]
struct Line {
    number: i64,
    at: Moment,
    by: Option<String>,
    mark: Option<String>,
    current: bool,
    overrides: Vec<OverrideShown>,
}

/// One revision: what it says, and what it changed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RevisionPage {
    id: String,
    headline: String,
    version: i64,
    line: Line,
    /// The revision it is compared with.
    before: Option<i64>,
    parts: Vec<Part>,
    body_html: String,
}

impl Line {
    fn sample() -> Line {
        let by = Some("Ana \"<Ruiz>\"".into());
        Line {
            number: 3,
            at: Moment::sample(),
            by,
            mark: Some("Published".into()),
            current: false,
            overrides: vec![OverrideShown::sample()],
        }
    }
}

impl View for Revisions {
    const TEMPLATE: &'static str = "stories/revisions.html";

    fn samples() -> Vec<Revisions> {
        let plain = Line { by: None, mark: None, current: true, overrides: vec![], ..Line::sample() };
        let headline = "Wall \"<falls>\"".to_owned();
        vec![
            Revisions { id: "1".into(), headline: String::new(), revisions: vec![plain.clone()], older: None },
            Revisions { id: "1".into(), headline, revisions: vec![plain, Line::sample()], older: Some(3) },
        ]
    }
}

impl View for RevisionPage {
    const TEMPLATE: &'static str = "stories/revision.html";

    fn samples() -> Vec<RevisionPage> {
        let full = RevisionPage {
            id: "1".into(),
            headline: "Wall \"<falls>\"".into(),
            version: 9,
            line: Line::sample(),
            before: Some(2),
            parts: compare::sample(),
            body_html: "<p>Text</p>".into(),
        };
        let first = RevisionPage { before: None, parts: vec![], headline: String::new(), ..full.clone() };
        vec![RevisionPage { line: Line { current: true, ..Line::sample() }, ..full.clone() }, full, first]
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Question {
    before: Option<i64>,
}

pub(super) async fn index(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Query(question): Query<Question>,
) -> Result<Response> {
    let draft = access::draft(&app, &actor, &id).await?;
    let story = id.clone();
    let (list, kept) = app
        .db
        .read(move |conn| Ok((revisions::list(conn, &story, question.before)?, overrides::of(conn, &story)?)))
        .await?;
    let names = staff_names(&app).await?;
    let older = list.last().filter(|_| list.len() == LISTED).map(|revision| revision.number);
    let line = |revision: revisions::Revision| line(&app, &names, &revision, draft.version, &kept);
    let view =
        Revisions { id, headline: draft.content.headline, older, revisions: list.into_iter().map(line).collect() };
    actor.page(&app, &view)
}

fn line(
    app: &App,
    names: &std::collections::HashMap<String, String>,
    revision: &revisions::Revision,
    version: i64,
    kept: &[Override],
) -> Line {
    Line {
        number: revision.number,
        at: Moment::new(app, revision.at),
        by: revision.by.as_ref().and_then(|id| names.get(id)).cloned(),
        mark: revision.mark.map(|mark| say(app, &format!("stories-mark-{}", mark.name()))),
        current: revision.number == version,
        overrides: kept
            .iter()
            .filter(|kept| kept.version == revision.number)
            .map(|kept| OverrideShown::of(app, names, kept))
            .collect(),
    }
}

pub(super) async fn show(
    State(app): State<App>,
    actor: Actor,
    Path((id, number)): Path<(String, i64)>,
) -> Result<Response> {
    let draft = access::draft(&app, &actor, &id).await?;
    let story = id.clone();
    let (revision, content, before, kept) = app
        .db
        .read(move |conn| {
            let (revision, content) = revisions::find(conn, &story, number)?.ok_or(Error::NotFound)?;
            let before = match revisions::before(conn, &story, number)? {
                Some(before) => revisions::find(conn, &story, before)?,
                None => None,
            };
            Ok((revision, content, before, overrides::of(conn, &story)?))
        })
        .await?;
    let names = staff_names(&app).await?;
    let zone = app.settings().zone();
    let headline = draft.content.headline;
    // Comparing and rendering a large text takes a while; others are answered meanwhile.
    let shown = tokio::task::spawn_blocking(move || {
        let parts = before.as_ref().map(|(_, old)| compare::contents(old, &content, &zone)).unwrap_or_default();
        (before.map(|(old, _)| old.number), parts, onrecord_prose::to_html(&content.body, &NoPictures))
    });
    let (before, parts, body_html) = shown.await.map_err(|e| Error::internal(e.to_string()))?;
    let line = line(&app, &names, &revision, draft.version, &kept);
    actor.page(&app, &RevisionPage { id, headline, version: draft.version, line, before, parts, body_html })
}

#[derive(Deserialize)]
pub(super) struct Base {
    base_version: String,
}

pub(super) async fn restore(
    State(app): State<App>,
    actor: Actor,
    Path((id, number)): Path<(String, i64)>,
    Form(form): Form<Base>,
) -> Result<Response> {
    access::draft(&app, &actor, &id).await?;
    let base = form.base_version.parse().map_err(|_| Error::BadRequest("base-form-incomplete".into()))?;
    let (story, by, now) = (id.clone(), actor.staff_id.clone(), app.now());
    let saved = app.db.write(move |conn| revisions::restore(conn, &story, number, base, Some(&by), now)).await?;
    match saved {
        Saved::Kept(_) => Ok(flash(to(&editor_url(&id)), "ok", "stories-revision-restored")),
        Saved::Stale(_) => Ok(flash(to(&format!("{}/revisions", editor_url(&id))), "error", "stories-restore-stale")),
    }
}
