//! The authors behind the bylines.

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
use serde::Serialize;

use super::{done, say, to};
use crate::{NewAuthor, store::authors};

const LIST: &str = "/desk/authors";

/// All authors, with a form for a new one.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AuthorsPage {
    authors: Vec<Line>,
    form: NewAuthor,
    errors: Errors,
    staff: Vec<(String, String)>,
}

#[derive(Debug, Clone, Serialize)]
struct Line {
    id: String,
    name: String,
    slug: String,
    role: String,
    published: i64,
}

/// One author.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AuthorPage {
    id: String,
    name: String,
    slug: String,
    form: NewAuthor,
    errors: Errors,
    staff: Vec<(String, String)>,
    pictures: Vec<(String, String)>,
}

impl View for AuthorsPage {
    const TEMPLATE: &'static str = "stories/authors.html";

    fn samples() -> Vec<AuthorsPage> {
        let line = Line {
            id: "1".into(),
            name: "Ana \"<Ruiz>\"".into(),
            slug: "ana-ruiz".into(),
            role: "Harbour".into(),
            published: 1,
        };
        let staff = vec![(String::new(), "Nobody".into()), ("1".into(), "Ana".into())];
        let empty = AuthorsPage { authors: vec![], form: NewAuthor::default(), errors: Errors::new(), staff };
        let errors = [("name".to_owned(), "Not \"so\"".to_owned())].into();
        let bare = Line { role: String::new(), ..line.clone() };
        vec![AuthorsPage { authors: vec![line, bare], errors, ..empty.clone() }, empty]
    }
}

impl View for AuthorPage {
    const TEMPLATE: &'static str = "stories/author.html";

    fn samples() -> Vec<AuthorPage> {
        let errors = ["name", "slug", "role", "bio"].map(|field| (field.to_owned(), "Not \"so\"".to_owned()));
        vec![AuthorPage {
            id: "1".into(),
            name: "Ana \"<Ruiz>\"".into(),
            slug: "ana-ruiz".into(),
            form: NewAuthor { portrait: "p".into(), ..NewAuthor::default() },
            errors: errors.into(),
            staff: vec![("1".into(), "Ana".into())],
            pictures: vec![("p".into(), "A portrait".into())],
        }]
    }
}

async fn load(app: &App) -> Result<AuthorsPage> {
    let authors = app.db.read(authors::all_with_use).await?;
    let line = |(author, published): (crate::Author, i64)| Line {
        id: author.id,
        name: author.name,
        slug: author.slug,
        role: author.role,
        published,
    };
    Ok(AuthorsPage {
        authors: authors.into_iter().map(line).collect(),
        form: NewAuthor::default(),
        errors: Errors::new(),
        staff: staff(app).await?,
    })
}

async fn staff(app: &App) -> Result<Vec<(String, String)>> {
    let people = app.db.read(onrecord_accounts::store::staff::list).await?;
    let mut options = vec![(String::new(), say(app, "stories-author-no-account"))];
    options.extend(people.into_iter().map(|person| (person.id, person.name)));
    Ok(options)
}

pub(super) async fn index(State(app): State<App>, actor: Actor) -> Result<Response> {
    actor.may(Action::ManageAuthors)?;
    actor.page(&app, &load(&app).await?)
}

pub(super) async fn create(State(app): State<App>, actor: Actor, Form(form): Form<NewAuthor>) -> Result<Response> {
    actor.may(Action::ManageAuthors)?;
    let (id, now, new) = (app.id(), app.now(), form.clone());
    match app.db.write(move |conn| authors::create(conn, &id, new, now)).await {
        Ok(_) => Ok(flash(to(LIST), "ok", "stories-author-made")),
        Err(Error::Invalid(wrong)) => {
            let errors = forms::errors(&app, &wrong);
            actor.page_again(&app, &AuthorsPage { form, errors, ..load(&app).await? })
        }
        Err(other) => Err(other),
    }
}

pub(super) async fn show(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    actor.may(Action::ManageAuthors)?;
    let view = page(&app, &id, None, &[]).await?;
    actor.page(&app, &view)
}

async fn page(app: &App, id: &str, form: Option<NewAuthor>, wrong: &[FieldError]) -> Result<AuthorPage> {
    let id = id.to_owned();
    let (author, mut pictures) = app
        .db
        .read(move |conn| {
            let author = authors::find(conn, &id)?.ok_or(Error::NotFound)?;
            let mut pictures = onrecord_media::store::list(conn, "", None)?.0;
            if let Some(portrait) = &author.portrait
                && !pictures.iter().any(|picture| picture.id == *portrait)
            {
                pictures.extend(onrecord_media::store::find(conn, portrait)?);
            }
            Ok((author, pictures))
        })
        .await?;
    let mut options = vec![(String::new(), say(app, "stories-author-no-portrait"))];
    options.extend(pictures.drain(..).map(|picture| {
        let text = [picture.alt, picture.caption, picture.file_name].into_iter().find(|text| !text.is_empty());
        (picture.id, text.unwrap_or_else(|| say(app, "stories-picture-untitled")))
    }));
    let kept = NewAuthor {
        name: author.name.clone(),
        slug: author.slug.clone(),
        role: author.role,
        bio: author.bio,
        portrait: author.portrait.unwrap_or_default(),
        staff_id: author.staff_id.unwrap_or_default(),
    };
    Ok(AuthorPage {
        id: author.id,
        name: author.name,
        slug: author.slug,
        form: form.unwrap_or(kept),
        errors: forms::errors(app, wrong),
        staff: staff(app).await?,
        pictures: options,
    })
}

pub(super) async fn update(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(form): Form<NewAuthor>,
) -> Result<Response> {
    actor.may(Action::ManageAuthors)?;
    let (author, now, new) = (id.clone(), app.now(), form.clone());
    match app.db.write(move |conn| authors::update(conn, &author, new, now)).await {
        Ok(()) => Ok(flash(to(LIST), "ok", "stories-author-changed")),
        Err(Error::Invalid(wrong)) => {
            let view = page(&app, &id, Some(form), &wrong).await?;
            actor.page_again(&app, &view)
        }
        Err(other) => Err(other),
    }
}

pub(super) async fn remove(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    actor.may(Action::ManageAuthors)?;
    let now = app.now();
    let result = app.db.write(move |conn| authors::remove(conn, &id, now)).await;
    done(result, LIST, "stories-author-removed")
}
