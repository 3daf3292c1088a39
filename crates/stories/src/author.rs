//! An author: the public person behind a byline.

use onrecord_base::{Error, FieldError, Result};

use crate::{
    section::{LONGEST_TEXT, names},
    slug,
};

/// An author.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Author {
    /// Their id.
    pub id: String,
    /// Their address: `/by/SLUG`.
    pub slug: String,
    /// Their name as printed.
    pub name: String,
    /// What they do ("Harbour correspondent"); may be empty.
    pub role: String,
    /// Their biography; may be empty.
    pub bio: String,
    /// Id of their portrait.
    pub portrait: Option<String>,
    /// The staff account that is theirs.
    pub staff_id: Option<String>,
}

/// What the desk may say about an author.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct NewAuthor {
    /// Their name.
    pub name: String,
    /// Their slug; empty to make one of the name.
    pub slug: String,
    /// What they do.
    pub role: String,
    /// Their biography.
    pub bio: String,
    /// Id of their portrait, empty for none.
    pub portrait: String,
    /// Their staff account, empty for none.
    pub staff_id: String,
}

impl NewAuthor {
    /// Trims it and fills in the slug.
    ///
    /// # Errors
    /// `Error::Invalid` with a message for each wrong field.
    pub fn checked(self) -> Result<NewAuthor> {
        let name = crate::text::line(&self.name);
        let slug = match self.slug.trim() {
            "" => slug::from_text(&name),
            typed => slug::from_text(typed),
        };
        let role = crate::text::line(&self.role);
        let bio = crate::text::paragraph(&self.bio);
        let mut wrong = names(&name, &slug);
        for (field, text) in [("role", &role), ("bio", &bio)] {
            if text.len() > LONGEST_TEXT {
                wrong.push(FieldError::new(field, "stories-text-too-long").arg("limit", LONGEST_TEXT));
            }
        }
        match wrong.is_empty() {
            true => Ok(NewAuthor { name, slug, role, bio, ..self }),
            false => Err(Error::Invalid(wrong)),
        }
    }
}
