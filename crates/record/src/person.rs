//! A person who is quoted.

use std::collections::BTreeSet;

use onrecord_base::{Error, FieldError, Result};

/// The longest name: the longest full names of heads of state stay below half of it.
pub const LONGEST_NAME: usize = 200;
/// More other names than any person in the news has needed.
pub const MOST_ALIASES: usize = 50;
/// One line on a page.
pub const LONGEST_DESCRIPTION: usize = 300;
/// As many pages about one person as a reader would look at.
pub const MOST_SAME_AS: usize = 20;
/// What browsers and proxies carry without trouble.
const LONGEST_ADDRESS: usize = 2000;

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

    /// This person, who is found to be `other` too: with both names and both addresses elsewhere, and a description if
    /// only the other has one.
    #[must_use]
    pub fn joined(&self, other: &Person) -> Person {
        let mut joined = self.clone();
        for name in std::iter::once(&other.name).chain(&other.aliases) {
            if !joined.answers_to(name) {
                joined.aliases.push(name.clone());
            }
        }
        let new = other.same_as.iter().filter(|url| !self.same_as.contains(url));
        joined.same_as.extend(new.cloned());
        if joined.description.is_empty() {
            joined.description.clone_from(&other.description);
        }
        joined
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
        if self.slug.is_empty() {
            wrong.push(FieldError::new("slug", "record-person-slug-missing"));
        }
        if self.description.chars().count() > LONGEST_DESCRIPTION {
            wrong.push(
                FieldError::new("description", "record-person-description-long").arg("limit", LONGEST_DESCRIPTION),
            );
        }
        if self.aliases.len() > MOST_ALIASES {
            wrong.push(FieldError::new("aliases", "record-person-aliases-many").arg("limit", MOST_ALIASES));
        }
        if self.aliases.iter().any(|name| name.chars().count() > LONGEST_NAME) {
            wrong.push(FieldError::new("aliases", "record-person-name-long").arg("limit", LONGEST_NAME));
        }
        if self.same_as.len() > MOST_SAME_AS {
            wrong.push(FieldError::new("same_as", "record-person-same-as-many").arg("limit", MOST_SAME_AS));
        }
        if !self.same_as.iter().all(|address| is_page(address)) {
            wrong.push(FieldError::new("same_as", "record-person-same-as"));
        }
        if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
    }
}

/// Whether something is the address of a page on the web, fit for a link.
fn is_page(address: &str) -> bool {
    let web = url::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    web && address.chars().count() <= LONGEST_ADDRESS
}

/// Names are compared without case and with single spaces.
pub fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
