//! The tags: renamed, merged, removed. They come to be when a story that names them is published.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{
    App, Error, Result,
    views::View,
    web::{Form, forms},
};
use serde::{Deserialize, Serialize};

use super::{done, to};
use crate::{NewTag, store::tags};

const LIST: &str = "/desk/tags";
/// Tags of a page.
const PAGE: usize = 100;

/// The tags.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TagsPage {
    tags: Vec<Line>,
    q: String,
    newer: Option<usize>,
    older: Option<usize>,
    /// Why the last change was not taken.
    error: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Line {
    id: String,
    name: String,
    slug: String,
    published: i64,
}

impl View for TagsPage {
    const TEMPLATE: &'static str = "stories/tags.html";

    fn samples() -> Vec<TagsPage> {
        let line = Line { id: "1".into(), name: "\"<Harbour>\"".into(), slug: "harbour".into(), published: 2 };
        let empty = TagsPage { tags: vec![], q: String::new(), newer: None, older: None, error: None };
        vec![
            TagsPage {
                tags: vec![line.clone(), Line { id: "2".into(), published: 0, ..line }],
                q: "har".into(),
                newer: Some(1),
                older: Some(3),
                error: Some("Taken.".into()),
            },
            TagsPage { q: "x".into(), ..empty.clone() },
            empty,
        ]
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Question {
    q: String,
    page: usize,
}

async fn load(app: &App, question: Question) -> Result<TagsPage> {
    let page = question.page.clamp(1, 1000);
    let q = question.q.clone();
    let mut tags = app.db.read(move |conn| tags::all_with_use(conn, q.trim(), (page - 1) * PAGE, PAGE + 1)).await?;
    let more = tags.len() > PAGE;
    tags.truncate(PAGE);
    let line = |(tag, published): (crate::Tag, i64)| Line { id: tag.id, name: tag.name, slug: tag.slug, published };
    Ok(TagsPage {
        tags: tags.into_iter().map(line).collect(),
        q: question.q,
        newer: (page > 1).then(|| page - 1),
        older: more.then_some(page + 1),
        error: None,
    })
}

pub(super) async fn index(State(app): State<App>, actor: Actor, Query(question): Query<Question>) -> Result<Response> {
    actor.may(Action::ManageSections)?;
    actor.page(&app, &load(&app, question).await?)
}

async fn shown(app: &App, actor: &Actor, result: Result<()>, key: &str) -> Result<Response> {
    match result {
        Ok(()) => Ok(flash(to(LIST), "ok", key)),
        Err(Error::Invalid(wrong)) => {
            let error = forms::errors(app, &wrong).into_values().next();
            actor.page_again(app, &TagsPage { error, ..load(app, Question::default()).await? })
        }
        Err(other) => done(Err(other), LIST, key),
    }
}

pub(super) async fn update(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<NewTag>,
) -> Result<Response> {
    actor.may(Action::ManageSections)?;
    let now = app.now();
    let result = app.db.write(move |conn| tags::update(conn, &id, form, now)).await;
    shown(&app, &actor, result, "stories-tag-changed").await
}

#[derive(Deserialize)]
pub(super) struct Into {
    into: String,
}

pub(super) async fn merge(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<Into>,
) -> Result<Response> {
    actor.may(Action::ManageSections)?;
    let now = app.now();
    let result = app
        .db
        .write(move |conn| {
            let into = tags::named(conn, &form.into)?.ok_or_else(|| Error::field("into", "stories-tag-unknown"))?;
            tags::merge(conn, &id, &into.id, now)
        })
        .await;
    shown(&app, &actor, result, "stories-tag-merged").await
}

pub(super) async fn remove(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    actor.may(Action::ManageSections)?;
    let now = app.now();
    let result = app.db.write(move |conn| tags::remove(conn, &id, now)).await;
    shown(&app, &actor, result, "stories-tag-removed").await
}
