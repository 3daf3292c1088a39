//! What must hold before a story is published. Areas ahead on the road bring their own checks; the binary puts them
//! together.

use std::{collections::BTreeMap, sync::Arc};

use onrecord_base::{Conn, FieldError, Result};
use onrecord_prose::Picture;

use crate::{Draft, Kind};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The story cannot be published like this.
    Blocks,
    /// Somebody must say that it is meant so.
    Warns,
}

/// Something a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// The field it stands at, such as `headline` or `body`.
    pub field: String,
    /// Key of its message.
    pub message: String,
    /// Arguments of the message.
    pub args: BTreeMap<String, String>,
}

impl Finding {
    /// A finding that blocks.
    pub fn blocks(field: &str, message: &str) -> Finding {
        Finding { weight: Weight::Blocks, field: field.into(), message: message.into(), args: BTreeMap::new() }
    }

    /// A finding that warns.
    pub fn warns(field: &str, message: &str) -> Finding {
        Finding { weight: Weight::Warns, ..Finding::blocks(field, message) }
    }

    /// With one argument more.
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl ToString) -> Finding {
        self.args.insert(name.into(), value.to_string());
        self
    }
}

impl From<FieldError> for Finding {
    fn from(error: FieldError) -> Finding {
        Finding { args: error.args.clone(), ..Finding::blocks(&error.field, &error.message) }
    }
}

/// A check before publication.
pub trait Check: Send + Sync {
    /// What it finds in the draft that is about to be published.
    ///
    /// # Errors
    /// If it could not look.
    fn check(&self, conn: &mut Conn<'_>, draft: &Draft) -> Result<Vec<Finding>>;
}

/// All checks of a newsroom. Cheap to clone.
#[derive(Clone)]
pub struct Checks(Arc<Vec<Box<dyn Check>>>);

impl Default for Checks {
    fn default() -> Checks {
        Checks::new(Vec::new())
    }
}

impl Checks {
    /// The checks of this area, then `more`.
    pub fn new(more: Vec<Box<dyn Check>>) -> Checks {
        let mut all: Vec<Box<dyn Check>> = vec![Box::new(Essentials), Box::new(Credits)];
        all.extend(more);
        Checks(Arc::new(all))
    }

    /// What all of them find, what blocks first.
    ///
    /// # Errors
    /// If one could not look.
    pub fn run(&self, conn: &mut Conn<'_>, draft: &Draft) -> Result<Vec<Finding>> {
        let mut findings = Vec::new();
        for check in self.0.iter() {
            findings.extend(check.check(conn, draft)?);
        }
        findings.sort_by_key(|finding| finding.weight != Weight::Blocks);
        Ok(findings)
    }
}

/// A story has a headline, an address, a section and a text.
struct Essentials;

impl Check for Essentials {
    fn check(&self, conn: &mut Conn<'_>, draft: &Draft) -> Result<Vec<Finding>> {
        let content = &draft.content;
        let mut found = Vec::new();
        if content.headline.is_empty() {
            found.push(Finding::blocks("headline", "stories-check-headline"));
        } else if content.effective_slug().is_empty() {
            found.push(Finding::blocks("slug", "stories-slug-empty"));
        }
        if content.body.is_empty() {
            found.push(Finding::warns("body", "stories-check-body"));
        }
        if draft.kind == Kind::Page {
            return Ok(found);
        }
        if content.section.is_none() {
            found.push(Finding::blocks("section", "stories-check-section"));
        }
        if content.bylines.is_empty() {
            found.push(Finding::warns("bylines", "stories-check-byline"));
        }
        for byline in &content.bylines {
            if byline.author.is_none() && crate::store::authors::named(conn, &byline.name)?.is_none() {
                found.push(Finding::warns("bylines", "stories-check-author").arg("name", &byline.name));
            }
        }
        Ok(found)
    }
}

/// Every picture says what it shows and whose it is. A picture's credit may stand in the story or in the library.
struct Credits;

impl Check for Credits {
    fn check(&self, conn: &mut Conn<'_>, draft: &Draft) -> Result<Vec<Finding>> {
        let mut found = Vec::new();
        let pictures: Vec<&Picture> = draft.content.body.pictures().collect();
        let ids: Vec<&str> = pictures.iter().filter_map(|picture| picture.picture.as_deref()).collect();
        let library = onrecord_media::store::find_many(conn, &ids)?;
        for (number, picture) in (1..).zip(pictures) {
            let known = picture.picture.as_ref().and_then(|id| library.get(id));
            let mut warn = |message: &str| found.push(Finding::warns("body", message).arg("number", number));
            if known.is_none() {
                warn("stories-check-picture-file");
            } else if picture.alt.trim().is_empty() {
                warn("stories-check-picture-alt");
            }
            if picture.credit().is_none() && !known.is_some_and(onrecord_media::Picture::credited) {
                warn("stories-check-picture-credit");
            }
        }
        if let Some(lead) = &draft.content.lead_picture {
            match onrecord_media::store::find(conn, lead)? {
                None => found.push(Finding::blocks("lead_picture", "stories-check-lead-missing")),
                Some(picture) => {
                    if picture.alt.trim().is_empty() {
                        found.push(Finding::warns("lead_picture", "stories-check-lead-alt"));
                    }
                    if !picture.credited() {
                        found.push(Finding::warns("lead_picture", "stories-check-lead-credit"));
                    }
                }
            }
        }
        Ok(found)
    }
}
