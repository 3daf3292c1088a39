//! The sections, in the order of the navigation.

use axum::{
    extract::{Path, State},
    response::Response,
};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{
    App, Error, FieldError, Result,
    views::View,
    web::{
        Form,
        forms::{self, Errors},
    },
};
use serde::{Deserialize, Serialize};

use super::{done, to};
use crate::{NewSection, Section, store::sections};

const LIST: &str = "/desk/sections";

/// The list with a form for a new one, or for the one that is being changed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SectionsPage {
    sections: Vec<Line>,
    /// The section that is being changed.
    editing: Option<Section>,
    form: NewSection,
    errors: Errors,
}

#[derive(Debug, Clone, Serialize)]
struct Line {
    id: String,
    name: String,
    slug: String,
    published: i64,
}

impl View for SectionsPage {
    const TEMPLATE: &'static str = "stories/sections.html";

    fn samples() -> Vec<SectionsPage> {
        let name = "Town \"<hall>\"".to_owned();
        let line = Line { id: "1".into(), name: name.clone(), slug: "town".into(), published: 3 };
        let section = Section { id: "1".into(), slug: "town".into(), name, description: String::new(), position: 0 };
        let errors = ["name", "slug", "description"].map(|field| (field.to_owned(), "Not \"so\"".to_owned()));
        vec![
            SectionsPage { sections: vec![], editing: None, form: NewSection::default(), errors: Errors::new() },
            SectionsPage {
                sections: vec![line.clone(), Line { published: 0, ..line }],
                editing: Some(section),
                form: NewSection::default(),
                errors: errors.into(),
            },
        ]
    }
}

async fn load(app: &App) -> Result<SectionsPage> {
    let sections = app.db.read(sections::all_with_use).await?;
    let line = |used: crate::SectionUse| Line {
        id: used.section.id,
        name: used.section.name,
        slug: used.section.slug,
        published: used.published,
    };
    Ok(SectionsPage {
        sections: sections.into_iter().map(line).collect(),
        editing: None,
        form: NewSection::default(),
        errors: Errors::new(),
    })
}

async fn again(
    app: &App,
    actor: &Actor,
    editing: Option<Section>,
    form: NewSection,
    wrong: &[FieldError],
) -> Result<Response> {
    let errors = forms::errors(app, wrong);
    actor.page_again(app, &SectionsPage { editing, form, errors, ..load(app).await? })
}

async fn find(app: &App, id: &str) -> Result<Section> {
    let id = id.to_owned();
    app.db.read(move |conn| sections::find(conn, &id)).await?.ok_or(Error::NotFound)
}

pub(super) async fn index(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::ManageSections)?;
    actor.page(&app, &load(&app).await?)
}

pub(super) async fn show(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    actor.may(Action::ManageSections)?;
    let section = find(&app, &id).await?;
    let form =
        NewSection { name: section.name.clone(), slug: section.slug.clone(), description: section.description.clone() };
    actor.page(&app, &SectionsPage { editing: Some(section), form, ..load(&app).await? })
}

pub(super) async fn create(State(app): State<App>, actor: Actor, Form(form): Form<NewSection>) -> Result<Response> {
    actor.may(Action::ManageSections)?;
    let (id, now, new) = (app.id(), app.now(), form.clone());
    match app.db.write(move |conn| sections::create(conn, &id, new, now)).await {
        Ok(_) => Ok(flash(to(LIST), "ok", "stories-section-made")),
        Err(Error::Invalid(wrong)) => again(&app, &actor, None, form, &wrong).await,
        Err(other) => Err(other),
    }
}

pub(super) async fn update(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<NewSection>,
) -> Result<Response> {
    actor.may(Action::ManageSections)?;
    let section = find(&app, &id).await?;
    let (now, new) = (app.now(), form.clone());
    match app.db.write(move |conn| sections::update(conn, &id, new, now)).await {
        Ok(()) => Ok(flash(to(LIST), "ok", "stories-section-changed")),
        Err(Error::Invalid(wrong)) => again(&app, &actor, Some(section), form, &wrong).await,
        Err(other) => Err(other),
    }
}

#[derive(Deserialize)]
pub(super) struct Move {
    #[serde(rename = "move")]
    direction: String,
}

impl Move {
    pub(super) fn is_up(&self) -> bool {
        self.direction == "up"
    }
}

pub(super) async fn shift(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<Move>,
) -> Result<Response> {
    actor.may(Action::ManageSections)?;
    let now = app.now();
    app.db.write(move |conn| sections::shift(conn, &id, form.is_up(), now)).await?;
    Ok(to(LIST))
}

pub(super) async fn remove(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    actor.may(Action::ManageSections)?;
    let now = app.now();
    let result = app.db.write(move |conn| sections::remove(conn, &id, now)).await;
    done(result, LIST, "stories-section-removed")
}
