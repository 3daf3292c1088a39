//! A person who is quoted.

use std::collections::BTreeSet;

use onrecord_base::{Error, FieldError, Result};

/// The longest name: the longest full names of heads of state stay below half of it.
pub const LONGEST_NAME: usize = 200;
/// More other names than any person in the news has needed.
pub const MOST_ALIASES: usize = 50;

/// A person who is quoted, with a page of their own.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Person {
    /// Its id.
    pub id: String,
    /// Last part of the address of the person's page.
    pub slug: String,
    /// The name as we print it.
    pub name: String,
    /// Who that is, in a line.
    pub description: String,
    /// Other names under which we may meet the person.
    pub aliases: Vec<String>,
    /// Addresses that say who that is elsewhere (schema.org `sameAs`).
    pub same_as: Vec<String>,
}

impl Person {
    /// Whether a name as it stands in a text may be this person.
    pub fn answers_to(&self, name: &str) -> bool {
        let wanted = folded(name);
        std::iter::once(&self.name).chain(&self.aliases).any(|known| folded(known) == wanted)
    }

    /// All names, folded, each once.
    pub fn names(&self) -> BTreeSet<String> {
        std::iter::once(&self.name)
            .chain(&self.aliases)
            .map(|name| folded(name))
            .filter(|name| !name.is_empty())
            .collect()
    }

    /// Checks what a form gave.
    ///
    /// # Errors
    /// `Error::Invalid` with the fields.
    pub fn check(&self) -> Result<()> {
        let mut wrong = Vec::new();
        if self.name.trim().is_empty() {
            wrong.push(FieldError::new("name", "record-person-name-missing"));
        }
        if self.name.chars().count() > LONGEST_NAME {
            wrong.push(FieldError::new("name", "record-person-name-long").arg("limit", LONGEST_NAME));
        }
        if self.aliases.len() > MOST_ALIASES {
            wrong.push(FieldError::new("aliases", "record-person-aliases-many").arg("limit", MOST_ALIASES));
        }
        if self.same_as.iter().any(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            wrong.push(FieldError::new("same_as", "record-person-same-as"));
        }
        if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
    }
}

/// Names are compared without case and with single spaces.
pub fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
