//! `/desk/people/{id}`: one person, what the newsroom says of them, and where they are quoted.

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, StatusCode};
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

use super::{NewPerson, PersonForm, slug_of};
use crate::{
    Person,
    store::{
        people,
        uses::{self, Used},
    },
    web::desk::{Sent, ShownUse, refused, sentence, shown, wants_json},
};

/// Names offered for joining: those that share a word with this one.
const NEAR: usize = 20;

/// One person.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PersonPage {
    id: String,
    name: String,
    /// The person's page, if readers see it.
    address: Option<String>,
    form: PersonForm,
    errors: Errors,
    may_edit: bool,
    may_manage: bool,
    /// Others who may be this person: name and description.
    near: Vec<(String, String)>,
    /// What was asked to be joined with.
    into: String,
    uses: Vec<ShownUse>,
    /// How many more uses stand in drafts of others.
    hidden: usize,
}

impl View for PersonPage {
    const TEMPLATE: &'static str = "record/person.html";

    fn samples() -> Vec<PersonPage> {
        let form = PersonForm {
            name: "Ilse \"<Tamberg>\"".into(),
            slug: "ilse-tamberg".into(),
            description: "Mayor".into(),
            aliases: "Mayor Tamberg\nI. Tamberg".into(),
            same_as: "https://example.org/ilse".into(),
        };
        let page = PersonPage {
            id: "1".into(),
            name: form.name.clone(),
            address: Some("/people/ilse-tamberg".into()),
            form,
            errors: Errors::new(),
            may_edit: true,
            may_manage: true,
            near: vec![("I. \"<Tamberg>\"".into(), "Mayor".into()), ("Ilse T.".into(), String::new())],
            into: String::new(),
            uses: vec![ShownUse::sample()],
            hidden: 2,
        };
        let fields = ["", "name", "slug", "description", "aliases", "same_as", "into"];
        vec![
            PersonPage {
                errors: fields.map(|field| (field.to_owned(), "Not \"so\"".to_owned())).into(),
                ..page.clone()
            },
            PersonPage { may_edit: false, may_manage: false, hidden: 0, ..page.clone() },
            PersonPage { may_manage: false, address: None, uses: vec![], hidden: 0, near: vec![], ..page },
        ]
    }
}

pub(super) async fn show(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response> {
    actor.may(Action::BringSource)?;
    match wants_json(&headers) {
        true => Ok(Json(find(&app, id).await?).into_response()),
        false => actor.page(&app, &load(&app, &actor, &id).await?),
    }
}

/// What can only be posted leads back to the person.
pub(super) async fn instead(_: Actor, Path(id): Path<String>) -> Redirect {
    Redirect::to(&format!("/desk/people/{id}"))
}

pub(super) async fn update(
    State(app): State<App>,
    actor: Actor,
    headers: HeaderMap,
    Path(id): Path<String>,
    Sent(new): Sent<NewPerson>,
) -> Result<Response> {
    let before = find(&app, id.clone()).await?;
    if !may_edit(&app, &actor, &id).await? {
        return Err(Error::Forbidden);
    }
    let mut person = new.person(&before.id);
    if person.slug.is_empty() {
        person.slug = if before.slug.is_empty() { slug_of(&person.name) } else { before.slug };
    }
    let (kept, now) = (person.clone(), app.now());
    match app.db.write(move |conn| people::save(conn, &kept, now)).await {
        Ok(()) if wants_json(&headers) => Ok(Json(person).into_response()),
        Ok(()) => Ok(flash(Redirect::to(&format!("/desk/people/{id}")), "ok", "record-person-changed")),
        Err(Error::Invalid(wrong)) if wants_json(&headers) => Ok(refused(&app, &wrong)),
        Err(Error::Invalid(wrong)) => {
            let form = PersonForm::from(&person);
            let errors = forms::errors(&app, &wrong);
            actor.page_again(&app, &PersonPage { form, errors, ..load(&app, &actor, &id).await? })
        }
        Err(other) => Err(other),
    }
}

/// Whom a person is joined with.
#[derive(Debug, Deserialize)]
pub(super) struct Merger {
    into: String,
}

pub(super) async fn merge(
    State(app): State<App>,
    actor: Actor,
    Path(id): Path<String>,
    Form(merger): Form<Merger>,
) -> Result<Response> {
    actor.may(Action::ManagePeople)?;
    let (person, named, now) = (id.clone(), merger.into.clone(), app.now());
    let joined = app
        .db
        .write(move |conn| {
            let into = named_one(conn, named.trim())?;
            people::merge(conn, &person, &into.id, now)?;
            Ok(into.id)
        })
        .await;
    match joined {
        Ok(into) => Ok(flash(Redirect::to(&format!("/desk/people/{into}")), "ok", "record-person-merged")),
        Err(Error::Invalid(wrong)) => {
            let errors = forms::errors(&app, &wrong);
            let page = PersonPage { errors, into: merger.into, ..load(&app, &actor, &id).await? };
            actor.page_again(&app, &page)
        }
        Err(other) => Err(other),
    }
}

/// By address or by name; two of one name are told apart by their addresses.
fn named_one(conn: &mut onrecord_base::Conn<'_>, named: &str) -> Result<Person> {
    let slug = named.rsplit('/').next().unwrap_or(named);
    if let Some(person) = people::by_slug(conn, slug)? {
        return Ok(person);
    }
    people::by_name(conn, named)?
        .ok_or_else(|| Error::Invalid(vec![FieldError::new("into", "record-person-merge-unknown")]))
}

pub(super) async fn remove(State(app): State<App>, actor: Actor, Path(id): Path<String>) -> Result<Response> {
    actor.may(Action::ManagePeople)?;
    find(&app, id.clone()).await?;
    let (person, now) = (id.clone(), app.now());
    match app.db.write(move |conn| people::remove(conn, &person, now)).await {
        Ok(()) => Ok(flash(Redirect::to("/desk/people"), "ok", "record-person-removed")),
        Err(Error::Refused(why)) => {
            let page = PersonPage { errors: sentence(&why, &app), ..load(&app, &actor, &id).await? };
            actor.page_with(&app, StatusCode::CONFLICT, &page)
        }
        Err(other) => Err(other),
    }
}

async fn find(app: &App, id: String) -> Result<Person> {
    app.db.read(move |conn| people::find(conn, &id)).await?.ok_or(Error::NotFound)
}

/// What readers see already is for those who manage people; before that, for everybody who brings sources.
async fn may_edit(app: &App, actor: &Actor, id: &str) -> Result<bool> {
    let id = id.to_owned();
    let (_, published) = app.db.read(move |conn| people::counts(conn, &id)).await?;
    Ok(actor.can(Action::ManagePeople) || actor.can(Action::BringSource) && published == 0)
}

async fn load(app: &App, actor: &Actor, id: &str) -> Result<PersonPage> {
    let may_edit = may_edit(app, actor, id).await?;
    let (id, asking) = (id.to_owned(), actor.clone());
    let (person, uses, near, published) = app
        .db
        .read(move |conn| {
            let person = people::find(conn, &id)?.ok_or(Error::NotFound)?;
            let uses = uses::of(conn, Used::Person, &person.id, &asking)?;
            // The last word of a name is the one that spellings of it share most often.
            let word = person.name.split(' ').next_back().unwrap_or_default();
            let mut near = people::all(conn, word, NEAR)?;
            near.retain(|other| other.id != person.id);
            let (_, published) = people::counts(conn, &person.id)?;
            Ok((person, uses, near, published))
        })
        .await?;
    Ok(PersonPage {
        address: (published > 0).then(|| format!("/people/{}", person.slug)),
        form: PersonForm::from(&person),
        errors: Errors::new(),
        may_edit,
        may_manage: actor.can(Action::ManagePeople),
        near: near.into_iter().map(|other| (other.name, other.description)).collect(),
        into: String::new(),
        uses: shown(&uses, None),
        hidden: uses.hidden,
        id: person.id,
        name: person.name,
    })
}
