//! What must hold before a story is published. Areas ahead on the road bring their own checks; the binary puts them
//! together.

use std::{collections::BTreeMap, sync::Arc};

use onrecord_base::{Conn, FieldError, Result, Time};
use onrecord_prose::Picture;
use serde::{Deserialize, Serialize};

use crate::{Draft, Kind, publishing::House};

/// How much a finding weighs, the heaviest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// The story cannot be published like this.
    Blocks,
    /// Somebody with the right to it must say why it is published all the same; that is kept for ever.
    NeedsReason,
    /// Somebody must say that it is meant so.
    Warns,
}

/// Something a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// The field it stands at, such as `headline` or `body`.
    pub field: String,
    /// Key of its message.
    pub message: String,
    /// Arguments of the message.
    pub args: BTreeMap<String, String>,
    /// Where at the desk it can be put right, if that is not the editor's page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl Finding {
    /// A finding that blocks.
    pub fn blocks(field: &str, message: &str) -> Finding {
        Finding {
            weight: Weight::Blocks,
            field: field.into(),
            message: message.into(),
            args: BTreeMap::new(),
            url: None,
        }
    }

    /// A finding that needs a reason.
    pub fn needs_reason(field: &str, message: &str) -> Finding {
        Finding { weight: Weight::NeedsReason, ..Finding::blocks(field, message) }
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

    /// With the place at the desk where it can be put right.
    #[must_use]
    pub fn at(self, url: String) -> Finding {
        Finding { url: Some(url), ..self }
    }

    /// Whether it says the same as another.
    pub fn says_what(&self, other: &Finding) -> bool {
        self.message == other.message && self.args == other.args
    }
}

impl From<FieldError> for Finding {
    fn from(error: FieldError) -> Finding {
        Finding { args: error.args.clone(), ..Finding::blocks(&error.field, &error.message) }
    }
}

/// A check before publication, of an area ahead on the road, which also hears what came of it.
pub trait Check: Send + Sync {
    /// What it finds in the draft that is about to be published. Writes nothing: a story that is held is as it was.
    ///
    /// # Errors
    /// If it could not look.
    fn check(&self, conn: &mut Conn<'_>, house: House<'_>, draft: &Draft) -> Result<Vec<Finding>>;

    /// Called with the newest draft before the transaction that publishes, so that the work on a long text may be done,
    /// and remembered, while nobody waits for the database.
    ///
    /// # Errors
    /// If it could not look.
    fn prepare(&self, _conn: &mut Conn<'_>, _house: House<'_>, _draft: &Draft) -> Result<()> {
        Ok(())
    }

    /// The draft has been published or updated, in this transaction.
    ///
    /// # Errors
    /// If it could not write; then nothing is published.
    fn published(
        &self,
        _conn: &mut Conn<'_>,
        _house: House<'_>,
        _draft: &Draft,
        _by: Option<&str>,
        _now: Time,
    ) -> Result<()> {
        Ok(())
    }

    /// The story has been withdrawn or killed, in this transaction.
    ///
    /// # Errors
    /// If it could not write; then nothing is withdrawn.
    fn withdrawn(&self, _conn: &mut Conn<'_>, _story: &str, _now: Time) -> Result<()> {
        Ok(())
    }
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

    /// What all of them find, the heaviest first.
    ///
    /// # Errors
    /// If one could not look.
    pub fn run(&self, conn: &mut Conn<'_>, house: House<'_>, draft: &Draft) -> Result<Vec<Finding>> {
        let mut findings = Vec::new();
        for check in self.0.iter() {
            findings.extend(check.check(conn, house, draft)?);
        }
        findings.sort_by_key(|finding| finding.weight);
        Ok(findings)
    }

    /// Lets all of them do before the transaction what they can.
    ///
    /// # Errors
    /// If one could not look.
    pub fn prepare(&self, conn: &mut Conn<'_>, house: House<'_>, draft: &Draft) -> Result<()> {
        self.0.iter().try_for_each(|check| check.prepare(conn, house, draft))
    }

    pub(crate) fn published(
        &self,
        conn: &mut Conn<'_>,
        house: House<'_>,
        draft: &Draft,
        by: Option<&str>,
        now: Time,
    ) -> Result<()> {
        self.0.iter().try_for_each(|check| check.published(conn, house, draft, by, now))
    }

    pub(crate) fn withdrawn(&self, conn: &mut Conn<'_>, story: &str, now: Time) -> Result<()> {
        self.0.iter().try_for_each(|check| check.withdrawn(conn, story, now))
    }
}

/// A story has a headline, an address, a section and a text.
struct Essentials;

impl Check for Essentials {
    fn check(&self, conn: &mut Conn<'_>, _house: House<'_>, draft: &Draft) -> Result<Vec<Finding>> {
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
    fn check(&self, conn: &mut Conn<'_>, _house: House<'_>, draft: &Draft) -> Result<Vec<Finding>> {
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
