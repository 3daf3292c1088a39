//! Writing a batch of articles: names first, then the story, its place in `imported` and its comments.

use std::collections::HashMap;

use onrecord_base::{App, Conn, Error, Result, Settings, Time};
use onrecord_stories::import::{Imported, Standing, keep};
use onrecord_stories::store::{addresses, authors, pins, sections, tags};
use onrecord_stories::{Byline, Content, Kind, NewAuthor, NewSection, NewTag, Tag};

use crate::store::{self, Known};
use crate::wordpress::article::Article;

/// Sections, authors and tags that an import has met, so that each is looked up once.
#[derive(Debug, Default)]
pub(super) struct Names {
    sections: HashMap<String, Option<String>>,
    authors: HashMap<String, Option<String>>,
    tags: HashMap<String, Option<Tag>>,
    /// How often each slug was met.
    slugs: HashMap<String, u64>,
}

impl Names {
    /// Beyond a handful, equal slugs get their number here: the store would try all numbers before it, one by one.
    fn number(&mut self, slug: &mut String) {
        const FEW: u64 = 10;
        if slug.is_empty() {
            return;
        }
        let count = self.slugs.entry(slug.clone()).or_default();
        *count += 1;
        if *count > FEW {
            slug.push_str(&format!("-{count}"));
        }
    }
}

/// An article with everything it needs to be written.
pub(super) struct Ready {
    pub(super) article: Article,
    /// Name and description of its section.
    pub(super) section: Option<(String, String)>,
    pub(super) lead: Option<String>,
}

/// What became of an article.
pub(super) enum Became {
    Kept {
        published: bool,
        comments: u64,
        moved: Option<String>,
    },
    /// It could not be kept, and why.
    Refused(String),
}

/// What is the same for all articles of a batch.
pub(super) struct Batch<'a> {
    pub(super) app: &'a App,
    pub(super) settings: &'a Settings,
    pub(super) source: &'a str,
    pub(super) now: Time,
}

/// Names of an export that are made whether a story uses them or not, each with the addresses of its list there.
#[derive(Debug, Default)]
pub(super) struct AllNames {
    /// Slug, name and description.
    pub(super) sections: Vec<((String, String, String), Vec<String>)>,
    /// Account name and printed name.
    pub(super) authors: Vec<((String, String), Vec<String>)>,
    pub(super) tags: Vec<(String, Vec<String>)>,
    /// The folder that the site stood in.
    pub(super) folder: String,
}

impl Batch<'_> {
    /// Makes sections, authors and tags that are not there yet, and leads the addresses of their old lists and feeds to
    /// the new ones.
    ///
    /// Gives the sections that stand elsewhere than they did, as name and address: where theirs is one of ours.
    pub(super) fn make(&self, conn: &mut Conn<'_>, names: &mut Names, all: &AllNames) -> Result<Vec<(String, String)>> {
        let mut moved = Vec::new();
        for ((slug, name, description), lists) in &all.sections {
            if let Some(id) = self.section(conn, names, slug, name, description)?
                && let Some(section) = sections::find(conn, &id)?
            {
                lead(conn, lists, &format!("/{}", section.slug))?;
                if onrecord_stories::slug::is_reserved(slug) {
                    moved.push((section.name, format!("/{slug} → /{}", section.slug)));
                }
            }
        }
        for ((slug, name), lists) in &all.authors {
            if let Some(id) = self.author(conn, names, slug, name)?
                && let Some(author) = authors::find(conn, &id)?
            {
                lead(conn, lists, &format!("/by/{}", author.slug))?;
            }
        }
        for (name, lists) in &all.tags {
            if let Some(tag) = self.tag(conn, names, name)? {
                lead(conn, lists, &format!("/tags/{}", tag.slug))?;
            }
        }
        addresses::lead_to(conn, &format!("{}/feed", all.folder), "/feed.xml")?;
        Ok(moved)
    }

    /// Writes one article; one that does not fit is refused alone.
    pub(super) fn keep(&self, conn: &mut Conn<'_>, names: &mut Names, mut ready: Ready) -> Result<Became> {
        names.number(&mut ready.article.slug);
        let section = match (&ready.article.section, &ready.section) {
            (Some(slug), Some((name, description))) => self.section(conn, names, slug, name, description)?,
            _ => None,
        };
        let mut bylines = Vec::new();
        for (slug, name) in &ready.article.authors {
            let author = self.author(conn, names, slug, name)?;
            bylines.push(Byline { author, name: name.clone() });
        }
        let mut tags: Vec<Tag> = Vec::new();
        if ready.article.kind == Kind::Story {
            for name in &ready.article.tags {
                let tag = self.tag(conn, names, name)?;
                tags.extend(tag.filter(|tag| !tags.iter().any(|known| known.id == tag.id)));
            }
        }
        let outcome = conn.attempt(|conn| self.write(conn, ready, section, bylines, tags));
        match outcome {
            Ok(became) => Ok(became),
            Err(Error::Invalid(fields)) => {
                let fields: Vec<&str> = fields.iter().map(|field| field.field.as_str()).collect();
                Ok(Became::Refused(format!("it could not be kept: {}", fields.join(", "))))
            }
            Err(Error::TooLarge { limit }) => {
                Ok(Became::Refused(format!("it could not be kept: its text is larger than {} MB", limit / 1024 / 1024)))
            }
            // Two imports of one export at once.
            Err(Error::Unique(_)) => Ok(Became::Refused("it was imported meanwhile by another run".into())),
            Err(other) => Err(other),
        }
    }

    fn write(
        &self,
        conn: &mut Conn<'_>,
        ready: Ready,
        section: Option<String>,
        bylines: Vec<Byline>,
        tags: Vec<Tag>,
    ) -> Result<Became> {
        let Ready { article, lead, .. } = ready;
        let id = self.app.id();
        let had = article.path.clone();
        let standing = match article.published_at {
            Some(at) => Standing::Published { path: article.path, at },
            None => Standing::Draft,
        };
        let published = article.published_at.is_some();
        let content = Content {
            headline: article.headline,
            dek: article.dek,
            slug: article.slug,
            section,
            bylines,
            lead_picture: lead,
            language: article.language,
            published_at: article.published_at.or(article.planned_at),
            body: article.body,
            ..Content::default()
        };
        let imported = Imported {
            id: id.clone(),
            kind: article.kind,
            content,
            tags,
            created_at: article.created_at,
            changed_at: article.changed_at,
            standing,
        };
        let kept = keep(conn, self.settings, imported)?;
        let known = Known { subject: id.clone(), hash: article.hash };
        store::remember(conn, self.source, &article.key, article.kind.as_str(), &known, self.now)?;
        for (comment, at) in &article.comments {
            store::keep_comment(conn, &self.app.id(), &id, comment, *at)?;
        }
        if article.sticky && published {
            // The front has a number of places; what does not fit is not pinned.
            let _ = conn.attempt(|conn| pins::pin(conn, &id, self.now));
        }
        let moved = kept.moved.then(|| format!("{} → {}", had.unwrap_or_default(), kept.path.unwrap_or_default()));
        Ok(Became::Kept { published, comments: article.comments.len() as u64, moved })
    }

    fn section(
        &self,
        conn: &mut Conn<'_>,
        names: &mut Names,
        slug: &str,
        name: &str,
        about: &str,
    ) -> Result<Option<String>> {
        if let Some(known) = names.sections.get(slug) {
            return Ok(known.clone());
        }
        let name = if name.is_empty() { slug } else { name };
        let new = NewSection {
            name: cut(name),
            slug: onrecord_stories::slug::from_text(&onrecord_stories::address::readable(slug)),
            description: about.chars().take(900).collect(),
        };
        let id = self.app.id();
        let found = fitting(conn.attempt(|conn| sections::find_or_create(conn, &id, new, self.now)))?;
        let found = found.map(|section| section.id);
        names.sections.insert(slug.to_owned(), found.clone());
        Ok(found)
    }

    fn author(&self, conn: &mut Conn<'_>, names: &mut Names, slug: &str, name: &str) -> Result<Option<String>> {
        if let Some(known) = names.authors.get(slug) {
            return Ok(known.clone());
        }
        // An account's name may be an address; the byline's own name makes the better slug.
        let new = NewAuthor { name: cut(name), slug: onrecord_stories::slug::from_text(name), ..NewAuthor::default() };
        let id = self.app.id();
        let found = fitting(conn.attempt(|conn| authors::find_or_create(conn, &id, new, self.now)))?;
        let found = found.map(|author| author.id);
        names.authors.insert(slug.to_owned(), found.clone());
        Ok(found)
    }

    fn tag(&self, conn: &mut Conn<'_>, names: &mut Names, name: &str) -> Result<Option<Tag>> {
        let folded = name.to_lowercase();
        if let Some(known) = names.tags.get(&folded) {
            return Ok(known.clone());
        }
        let new = NewTag { name: cut(name), slug: String::new() };
        let id = self.app.id();
        let found = fitting(conn.attempt(|conn| tags::find_or_create(conn, &id, new, self.now)))?;
        names.tags.insert(folded, found.clone());
        Ok(found)
    }
}

fn lead(conn: &mut Conn<'_>, lists: &[String], to: &str) -> Result<()> {
    for list in lists {
        addresses::lead_to(conn, list, to)?;
        addresses::lead_to(conn, &format!("{list}/feed"), &format!("{to}/feed.xml"))?;
    }
    Ok(())
}

/// Names have a length; exports know none.
fn cut(name: &str) -> String {
    const LONGEST: usize = 110;
    name[..name.floor_char_boundary(LONGEST)].to_owned()
}

/// A name that does not fit is no name; other errors stay errors.
fn fitting<T>(outcome: Result<T>) -> Result<Option<T>> {
    match outcome {
        Ok(found) => Ok(Some(found)),
        Err(Error::Invalid(_) | Error::Unique(_)) => Ok(None),
        Err(other) => Err(other),
    }
}
