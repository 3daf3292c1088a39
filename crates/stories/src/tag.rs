//! A tag: a subject that stories share.

use onrecord_base::{Error, Result};

use crate::{section::names, slug};

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Tag {
    /// Its id.
    pub id: String,
    /// Its address: `/tags/SLUG`.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// What the desk may say about a tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct NewTag {
    /// Its name.
    pub name: String,
    /// Its slug; empty to make one of the name.
    pub slug: String,
}

impl NewTag {
    /// Trims it and fills in the slug.
    ///
    /// # Errors
    /// `Error::Invalid` with a message for each wrong field.
    pub fn checked(self) -> Result<NewTag> {
        let name = crate::text::line(&self.name);
        let slug = match self.slug.trim() {
            "" => slug::from_text(&name),
            typed => slug::from_text(typed),
        };
        let wrong = names(&name, &slug);
        match wrong.is_empty() {
            true => Ok(NewTag { name, slug }),
            false => Err(Error::Invalid(wrong)),
        }
    }
}
