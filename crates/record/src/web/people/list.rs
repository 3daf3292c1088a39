//! `GET /desk/people` lists and searches, as a page or as JSON for the editor; `POST` adds somebody.

use axum::{
    Json,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode, header};
use onrecord_accounts::{Action, Actor, flash};
use onrecord_base::{
    App, Error, FieldError, Result,
    views::View,
    web::forms::{self, Errors},
};
use serde::{Deserialize, Serialize};

use super::{NewPerson, PersonForm, slug_of};
use crate::{
    Person,
    store::people,
    web::desk::{LAST_PAGE, PAGE, Sent, refused, wants_json},
};

/// People that a script gets at once: what fits below a field.
const SUGGESTED: usize = 50;

/// The people, with a form for one more.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PeoplePage {
    people: Vec<Line>,
    q: String,
    newer: Option<usize>,
    older: Option<usize>,
    form: PersonForm,
    errors: Errors,
}

#[derive(Debug, Clone, Serialize)]
struct Line {
    id: String,
    name: String,
    description: String,
    aliases: String,
    /// Quotations on the record, and how many of them readers see.
    records: i64,
    published: i64,
}

impl View for PeoplePage {
    const TEMPLATE: &'static str = "record/people.html";

    fn samples() -> Vec<PeoplePage> {
        let line = Line {
            id: "1".into(),
            name: "Ilse \"<Tamberg>\"".into(),
            description: "Mayor of <Salt>".into(),
            aliases: "Mayor Tamberg".into(),
            records: 3,
            published: 1,
        };
        let bare =
            Line { description: String::new(), aliases: String::new(), records: 0, published: 0, ..line.clone() };
        let form = PersonForm::default();
        let empty =
            PeoplePage { people: vec![], q: String::new(), newer: None, older: None, form, errors: Errors::new() };
        let errors =
            ["name", "description", "aliases", "same_as"].map(|field| (field.to_owned(), "Not \"so\"".to_owned()));
        vec![
            PeoplePage {
                people: vec![line, bare],
                q: "<il".into(),
                newer: Some(1),
                older: Some(3),
                errors: errors.into(),
                ..empty.clone()
            },
            PeoplePage { q: "x".into(), ..empty.clone() },
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

pub(super) async fn index(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
    Query(question): Query<Question>,
) -> Result<Response> {
    actor.may(Action::BringSource)?;
    if wants_json(&headers) {
        let people = app.db.read(move |conn| people::all(conn, question.q.trim(), SUGGESTED)).await?;
        return Ok(Json(people).into_response());
    }
    actor.page(&app, &load(&app, question).await?)
}

async fn load(app: &App, question: Question) -> Result<PeoplePage> {
    let page = question.page.clamp(1, LAST_PAGE);
    let q = question.q.clone();
    let mut people = app
        .db
        .read(move |conn| {
            let found = people::page(conn, q.trim(), (page - 1) * PAGE, PAGE + 1)?;
            found
                .into_iter()
                .map(|person| {
                    let (records, published) = people::counts(conn, &person.id)?;
                    let Person { id, name, description, aliases, .. } = person;
                    Ok(Line { id, name, description, aliases: aliases.join(", "), records, published })
                })
                .collect::<Result<Vec<Line>>>()
        })
        .await?;
    let more = people.len() > PAGE;
    people.truncate(PAGE);
    Ok(PeoplePage {
        people,
        q: question.q,
        newer: (page > 1).then(|| page - 1),
        older: more.then_some(page + 1),
        form: PersonForm::default(),
        errors: Errors::new(),
    })
}

pub(super) async fn create(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
    Sent(new): Sent<NewPerson>,
) -> Result<Response> {
    actor.may(Action::BringSource)?;
    let person = new.person(&app.id());
    let form = PersonForm::from(&person);
    match add(&app, person).await {
        Ok(person) if wants_json(&headers) => {
            let place = [(header::LOCATION, format!("/desk/people/{}", person.id))];
            Ok((StatusCode::CREATED, place, Json(person)).into_response())
        }
        Ok(person) => Ok(flash(Redirect::to(&format!("/desk/people/{}", person.id)), "ok", "record-person-added")),
        Err(Error::Invalid(wrong)) if wants_json(&headers) => Ok(refused(&app, &wrong)),
        Err(Error::Invalid(wrong)) => again(&app, &actor, form, &wrong).await,
        Err(other) => Err(other),
    }
}

async fn add(app: &App, person: Person) -> Result<Person> {
    let now = app.now();
    app.db
        .write(move |conn| {
            let slug = match person.slug.is_empty() {
                // Two people of one name are two people: the second gets a number.
                true => people::free_slug(conn, &slug_of(&person.name))?,
                false => person.slug.clone(),
            };
            let person = Person { slug, ..person };
            people::save(conn, &person, now)?;
            Ok(person)
        })
        .await
}

async fn again(app: &App, actor: &Actor, form: PersonForm, wrong: &[FieldError]) -> Result<Response> {
    let page = PeoplePage { form, errors: forms::errors(app, wrong), ..load(app, Question::default()).await? };
    actor.page_again(app, &page)
}
