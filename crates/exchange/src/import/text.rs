//! `onrecord import text`.

use onrecord_base::{App, Result};
use onrecord_stories::import::{Imported, Standing, keep};
use onrecord_stories::store::{authors, published, sections};
use onrecord_stories::{Byline, Content, Kind, NewAuthor, NewSection};
use sha2::{Digest, Sha256};

use crate::plain;
use crate::store::{self, Known};

/// Where texts come from, in the table of what was imported.
const SOURCE: &str = "text";
/// The section of a text in a newsroom that has none yet.
const FIRST_SECTION: &str = "News";
/// Longest headline.
const HEADLINE_BYTES: usize = 990;

/// A text to import.
#[derive(Debug, Clone, Default)]
pub struct TextImport {
    /// The text.
    pub text: String,
    /// Its headline; none to take the first heading.
    pub headline: Option<String>,
    /// Name of its section; none for the newsroom's first.
    pub section: Option<String>,
    /// Leave it a draft.
    pub draft: bool,
}

/// What became of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextOutcome {
    /// Id of the story.
    pub story: String,
    /// Its headline.
    pub headline: String,
    /// Its address, if it is published.
    pub path: Option<String>,
    /// It was here already; nothing was changed.
    pub unchanged: bool,
    /// What was understood and what was left out.
    pub report: Vec<String>,
}

/// Imports a pasted article as a story. The same text again changes nothing.
///
/// # Errors
/// `Error::Invalid` if the headline or section does not fit.
pub async fn text(app: &App, import: TextImport) -> Result<TextOutcome> {
    let article = plain::read(&import.text, import.headline.as_deref());
    let hash = hex::encode(Sha256::digest(import.text.trim().as_bytes()));
    let (there, settings, now) = (app.clone(), app.settings(), app.now());
    app.db
        .write(move |conn| {
            if let Some(known) = store::known(conn, SOURCE)?.remove(&hash) {
                let story = published::story(conn, &known.subject)?;
                return Ok(TextOutcome {
                    path: story.map(|story| story.path),
                    story: known.subject,
                    headline: article.headline,
                    unchanged: true,
                    report: article.report,
                });
            }
            let named = import.section.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
            let section = match (named, sections::all(conn)?.into_iter().next()) {
                (None, Some(first)) => first,
                (named, _) => {
                    let name = named.unwrap_or_else(|| FIRST_SECTION.to_owned());
                    sections::find_or_create(conn, &there.id(), NewSection { name, ..NewSection::default() }, now)?
                }
            };
            let mut bylines = Vec::new();
            for name in &article.bylines {
                let new = NewAuthor { name: name.clone(), ..NewAuthor::default() };
                let author = authors::find_or_create(conn, &there.id(), new, now)?;
                bylines.push(Byline { author: Some(author.id), name: name.clone() });
            }
            let mut report = article.report;
            report.push(format!("filed in the section “{}” (--section names another)", section.name));
            let headline = article.headline[..article.headline.floor_char_boundary(HEADLINE_BYTES)].to_owned();
            let content = Content {
                headline: headline.clone(),
                section: Some(section.id),
                bylines,
                published_at: (!import.draft).then_some(now),
                body: article.body,
                ..Content::default()
            };
            let id = there.id();
            let standing = if import.draft { Standing::Draft } else { Standing::Published { path: None, at: now } };
            let imported = Imported {
                id: id.clone(),
                kind: Kind::Story,
                content,
                tags: Vec::new(),
                created_at: now,
                changed_at: now,
                standing,
            };
            let kept = keep(conn, &settings, imported)?;
            store::remember(
                conn,
                SOURCE,
                &hash,
                Kind::Story.as_str(),
                &Known { subject: id.clone(), hash: hash.clone() },
                now,
            )?;
            onrecord_stories::import::done(conn, now)?;
            Ok(TextOutcome { story: id, headline, path: kept.path, unchanged: false, report })
        })
        .await
}
