//! `/desk/people`: the people who are quoted.

mod list;
mod page;

#[cfg(test)]
pub(crate) use self::{list::PeoplePage, page::PersonPage};

use axum::{
    Router,
    routing::{get, post},
};
use onrecord_base::App;
use onrecord_stories::slug;
use serde::{Deserialize, Serialize};

use super::desk::{line, lines};
use crate::Person;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/people", get(list::index).post(list::create))
        .route("/desk/people/{id}", get(page::show).post(page::update))
        .route("/desk/people/{id}/merger", post(page::merge).get(page::instead))
        .route("/desk/people/{id}/removal", post(page::remove).get(page::instead))
}

/// What a form says of a person; lists come one thing a line, or as a list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct NewPerson {
    name: String,
    slug: String,
    description: String,
    aliases: Lines,
    same_as: Lines,
}

/// Things one a line from a form, or as a list from a script.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Lines {
    Text(String),
    List(Vec<String>),
}

impl Default for Lines {
    fn default() -> Lines {
        Lines::List(Vec::new())
    }
}

impl Lines {
    fn tidied(&self) -> Vec<String> {
        let all = match self {
            Lines::Text(text) => lines(text),
            Lines::List(list) => list.iter().flat_map(|text| lines(text)).collect(),
        };
        let mut each: Vec<String> = Vec::with_capacity(all.len());
        for one in all {
            if !each.contains(&one) {
                each.push(one);
            }
        }
        each
    }
}

impl NewPerson {
    /// The person it makes: tidied, not checked. The slug is empty if the form gives none.
    fn person(&self, id: &str) -> Person {
        let name = line(&self.name);
        let mut aliases = self.aliases.tidied();
        aliases.retain(|alias| *alias != name);
        Person {
            id: id.to_owned(),
            slug: slug::from_text(&self.slug),
            name,
            description: line(&self.description),
            aliases,
            same_as: self.same_as.tidied(),
        }
    }
}

/// What the form shows.
#[derive(Debug, Clone, Default, Serialize)]
struct PersonForm {
    name: String,
    slug: String,
    description: String,
    aliases: String,
    same_as: String,
}

impl From<&Person> for PersonForm {
    fn from(person: &Person) -> PersonForm {
        PersonForm {
            name: person.name.clone(),
            slug: person.slug.clone(),
            description: person.description.clone(),
            aliases: person.aliases.join("\n"),
            same_as: person.same_as.join("\n"),
        }
    }
}

/// A slug out of a name; a name in none of the scripts we know still needs an address.
fn slug_of(name: &str) -> String {
    match slug::from_text(name) {
        slug if slug.is_empty() => "person".into(),
        slug => slug,
    }
}
