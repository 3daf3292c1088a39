//! A section of the newsroom: Town, Sea, Money.

use onrecord_base::{Error, FieldError, Result, Time};

use crate::slug;

/// Longest name of a section, author or tag: it has to fit into a line of a list.
pub const LONGEST_NAME: usize = 120;
/// Longest description or biography.
pub const LONGEST_TEXT: usize = 4000;

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Section {
    /// Its id.
    pub id: String,
    /// Its address: `/SLUG`.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is about, shown on its page; may be empty.
    pub description: String,
    /// Its place in the navigation, from 0.
    pub position: i64,
}

/// What the desk may say about a section.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct NewSection {
    /// Its name.
    pub name: String,
    /// Its slug; empty to make one of the name.
    pub slug: String,
    /// What it is about.
    pub description: String,
}

impl NewSection {
    /// Trims it and fills in the slug.
    ///
    /// # Errors
    /// `Error::Invalid` with a message for each wrong field.
    pub fn checked(self) -> Result<NewSection> {
        let name = crate::text::line(&self.name);
        let slug = match self.slug.trim() {
            "" => slug::from_text(&name),
            typed => slug::from_text(typed),
        };
        let description = crate::text::paragraph(&self.description);
        let mut wrong = names(&name, &slug);
        if description.len() > LONGEST_TEXT {
            wrong.push(FieldError::new("description", "stories-text-too-long").arg("limit", LONGEST_TEXT));
        }
        if is_refused(&slug) {
            wrong.push(FieldError::new("slug", "stories-slug-reserved").arg("slug", &slug));
        }
        match wrong.is_empty() {
            true => Ok(NewSection { name, slug, description }),
            false => Err(Error::Invalid(wrong)),
        }
    }
}

/// True for slugs that no section may have: the site's own addresses, and numbers, which are the years of dated ones.
pub(crate) fn is_refused(slug: &str) -> bool {
    let is_number = !slug.is_empty() && slug.chars().all(char::is_numeric);
    is_number || slug::is_reserved(slug)
}

/// What is wrong with a name and the slug made of it.
pub(crate) fn names(name: &str, slug: &str) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    if name.is_empty() {
        wrong.push(FieldError::new("name", "stories-name-missing"));
    } else if name.len() > LONGEST_NAME {
        wrong.push(FieldError::new("name", "stories-text-too-long").arg("limit", LONGEST_NAME));
    } else if slug.is_empty() {
        wrong.push(FieldError::new("slug", "stories-slug-empty"));
    }
    wrong
}

/// The newest story of a section, for the desk's list.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionUse {
    /// The section.
    pub section: Section,
    /// Published stories in it.
    pub published: i64,
    /// Its newest publication.
    pub newest: Option<Time>,
}
