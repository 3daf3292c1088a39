//! Feeds: the newest stories of a list, in full, as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1.

use std::fmt::Write as _;

use onrecord_base::{Conn, Error, Result, Time};
use onrecord_prose::{Block, Document, Inline, Picture as Figure, RenderOptions, to_html_with};
use onrecord_record::store::public;
use onrecord_stories::published::{self, Filter, PublishedStory, Resolved};
use serde_json::{Value, json};

use super::{
    Made,
    lists::{author_moved, decoded},
    maker::{Library, Maker, some},
    person::newest,
    said::escaped,
    story::{library_of, picture_of},
};
use crate::{
    edition::page::Draft,
    views::{AtomView, Feed, FeedItem, FeedPicture, FeedView, QuoteItemView, render_bare},
};

/// Stories of a feed: what a newsroom publishes between two visits of a feed reader.
const ITEMS: usize = 12;

/// Quotations of a person's feed: shorter than stories.
const SAYINGS: usize = 30;

/// Corrections of a feed.
const CORRECTIONS: usize = 30;

/// Names of a list's feeds.
pub const FILES: [&str; 3] = ["feed.xml", "atom.xml", "feed.json"];

/// What a feed is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// RSS 2.0 (<https://www.rssboard.org/rss-specification>).
    Rss,
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>).
    Json,
}

impl Format {
    /// The format of the file with this name under a list.
    pub(super) fn of(name: &str) -> Option<Format> {
        [Format::Rss, Format::Atom, Format::Json].into_iter().find(|format| format.file() == name)
    }

    /// The name under a list.
    pub(super) fn file(self) -> &'static str {
        FILES[self as usize]
    }

    fn media(self) -> &'static str {
        match self {
            Format::Rss => "application/rss+xml; charset=utf-8",
            Format::Atom => "application/atom+xml; charset=utf-8",
            Format::Json => "application/feed+json; charset=utf-8",
        }
    }
}

pub(super) fn all(mut maker: Maker<'_, '_>, format: Format) -> Result<Draft> {
    maker.noted.note("list", "all");
    let (name, tagline) = (maker.settings.name.clone(), maker.settings.tagline.clone());
    make(maker, &Filter::all(), "/", &name, &tagline, format)
}

pub(super) fn section(mut maker: Maker<'_, '_>, slug: &str, format: Format) -> Result<Option<Draft>> {
    let Some(section) = published::section_by_slug(maker.conn, &decoded(slug))? else { return Ok(None) };
    maker.noted.note("section", &section.id);
    maker.noted.note("list", &format!("section/{}", section.id));
    let title = titled(&maker, &section.name);
    let home = format!("/{}", section.slug);
    make(maker, &Filter::section(&section.id), &home, &title, &section.description, format).map(Some)
}

/// Where the feed of a section that has another address now stands: readers' programs go on asking for the old one.
pub(super) fn moved(conn: &mut Conn<'_>, slug: &str, format: Format) -> Result<Option<String>> {
    let Some(Resolved::Redirect(to)) = published::resolve(conn, &format!("/{slug}"))? else { return Ok(None) };
    let section = published::section_by_slug(conn, &decoded(to.trim_matches('/')))?;
    Ok(section.map(|_| format!("{to}/{}", format.file())))
}

pub(super) fn author(mut maker: Maker<'_, '_>, slug: &str, format: Format) -> Result<Made> {
    let Some(author) = published::author_by_slug(maker.conn, &decoded(slug))? else {
        let moved = author_moved(maker.conn, slug)?;
        return Ok(moved.map_or(Made::Missing, |to| Made::Moved(format!("{to}/{}", format.file()))));
    };
    maker.noted.note("author", &author.id);
    maker.noted.note("list", &format!("author/{}", author.id));
    let title = titled(&maker, &author.name);
    let home = format!("/by/{}", author.slug);
    make(maker, &Filter::author(&author.id), &home, &title, &author.bio, format).map(Made::Page)
}

pub(super) fn tag(mut maker: Maker<'_, '_>, slug: &str, format: Format) -> Result<Option<Draft>> {
    let Some(tag) = published::tag_by_slug(maker.conn, &decoded(slug))? else { return Ok(None) };
    maker.noted.note("tag", &tag.id);
    maker.noted.note("list", &format!("tag/{}", tag.id));
    let title = titled(&maker, &tag.name);
    let home = format!("/tags/{}", tag.slug);
    make(maker, &Filter::tag(&tag.id), &home, &title, "", format).map(Some)
}

/// What a person said, each quotation whole.
pub(super) fn person(mut maker: Maker<'_, '_>, slug: &str, format: Format) -> Result<Option<Draft>> {
    let Some(person) = public::person(maker.conn, &decoded(slug))? else { return Ok(None) };
    maker.noted.note("frame", "");
    let quotations = newest(&mut maker, &person, SAYINGS)?;
    let teller = maker.teller(&maker.language()).absolute(&maker.settings.base_url);
    let mut items = Vec::new();
    for quotation in &quotations {
        let quote = teller.quote(quotation);
        let title = teller.title(quotation);
        let url = quote.url.clone();
        let view = QuoteItemView { lang: maker.language(), quote };
        items.push(FeedItem {
            title,
            url,
            guid: format!("urn:uuid:{}", quotation.id),
            guid_is_link: false,
            language: quotation.uses.first().map_or_else(|| maker.language(), |one| one.language.clone()),
            published: quotation.first_published().rfc2822(),
            published_iso: quotation.first_published().rfc3339(),
            updated_iso: quotation.uses.iter().map(|one| one.published_at).max().map(Time::rfc3339).unwrap_or_default(),
            authors: vec![person.name.clone()],
            categories: Vec::new(),
            description: None,
            body_html: render_bare(maker.theme, &view).map_err(Error::Internal)?,
            image: None,
        });
    }
    let built = quotations.iter().flat_map(|one| &one.uses).map(|one| one.published_at).max();
    let home = format!("/people/{}", person.slug);
    let title = titled(&maker, &person.name);
    let description = some(&person.description).unwrap_or_else(|| person.name.clone());
    finish(maker, &home, title, description, built, items, format).map(Some)
}

/// The corrections of all stories, so that who was told something wrong hears of it.
pub(super) fn corrections(mut maker: Maker<'_, '_>, format: Format) -> Result<Draft> {
    maker.noted.note("frame", "");
    maker.noted.note("list", "all");
    let corrections = published::corrections(maker.conn, None, CORRECTIONS)?;
    let built = corrections.first().map(|correction| correction.at);
    let mut items = Vec::new();
    for correction in corrections {
        maker.noted.note("story", &correction.story);
        let Some(story) = published::whereabouts(maker.conn, &correction.story)? else { continue };
        let body_html = format!("<p>{}</p>", escaped(&correction.text));
        items.push(FeedItem {
            title: story.headline,
            url: maker.absolute(&story.path),
            guid: format!("urn:uuid:{}", correction.id),
            guid_is_link: false,
            language: story.language,
            published: correction.at.rfc2822(),
            published_iso: correction.at.rfc3339(),
            updated_iso: correction.at.rfc3339(),
            authors: Vec::new(),
            categories: Vec::new(),
            description: Some(correction.text),
            body_html,
            image: None,
        });
    }
    let name = maker.text("site-corrections-title");
    let (title, description) = (titled(&maker, &name), maker.text("site-corrections-intro"));
    finish(maker, "/corrections", title, description, built, items, format)
}

fn titled(maker: &Maker<'_, '_>, name: &str) -> String {
    format!("{name} | {}", maker.settings.name)
}

fn make(
    mut maker: Maker<'_, '_>,
    filter: &Filter,
    home: &str,
    title: &str,
    description: &str,
    format: Format,
) -> Result<Draft> {
    maker.noted.note("frame", "");
    let cards = published::cards(maker.conn, filter, None, ITEMS)?;
    let (mut items, mut newest) = (Vec::new(), None);
    for card in &cards {
        maker.noted.note("story", &card.id);
        if let Some(story) = published::story(maker.conn, &card.id)? {
            newest = newest.max(Some(story.modified_at().unwrap_or(story.published_at)));
            items.push(item(&mut maker, &story)?);
        }
    }
    let description = some(description).unwrap_or_else(|| title.to_owned());
    finish(maker, home, title.to_owned(), description, newest, items, format)
}

fn finish(
    maker: Maker<'_, '_>,
    home: &str,
    title: String,
    description: String,
    newest: Option<Time>,
    items: Vec<FeedItem>,
    format: Format,
) -> Result<Draft> {
    let feed = Feed {
        title,
        url: maker.absolute(&format!("{}/{}", home.trim_end_matches('/'), format.file())),
        home_url: maker.absolute(home),
        description,
        language: maker.language(),
        built: newest.map(Time::rfc2822),
        updated: newest.unwrap_or(maker.now).rfc3339(),
        hubs: maker.settings.hubs.clone(),
        items,
    };
    match format {
        Format::Rss => maker.bare(format.media(), &FeedView { feed }),
        Format::Atom => maker.bare(format.media(), &AtomView { feed }),
        Format::Json => Ok(maker.text_file(format.media(), json_feed(&feed).into())),
    }
}

/// JSON Feed 1.1; its members are those of the specification.
fn json_feed(feed: &Feed) -> String {
    let author = |name: &String| json!({ "name": name });
    let items: Vec<Value> = feed
        .items
        .iter()
        .map(|item| {
            let mut value = json!({
                "id": item.guid,
                "url": item.url,
                "title": item.title,
                "language": item.language,
                "content_html": item.body_html,
                "date_published": item.published_iso,
                "date_modified": item.updated_iso,
                "authors": item.authors.iter().map(author).collect::<Vec<_>>(),
                "tags": item.categories,
            });
            if let Some(summary) = &item.description {
                value["summary"] = json!(summary);
            }
            if let Some(image) = &item.image {
                value["image"] = json!(image.url);
            }
            value
        })
        .collect();
    let mut value = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.url,
        "description": feed.description,
        "language": feed.language,
        "items": items,
    });
    if !feed.hubs.is_empty() {
        value["hubs"] = feed.hubs.iter().map(|url| json!({ "type": "WebSub", "url": url })).collect();
    }
    value.to_string()
}

fn item(maker: &mut Maker<'_, '_>, story: &PublishedStory) -> Result<FeedItem> {
    let library = library_of(maker, story)?;
    let authors = maker.bylines(&story.bylines).into_iter().map(|byline| byline.name).collect();
    for tag in &story.tags {
        maker.noted.note("tag", &tag.id);
    }
    let options = RenderOptions { site: Some(&maker.settings.base_url), feed: true, ..RenderOptions::default() };
    let section = story.section.iter().map(|section| section.name.clone());
    Ok(FeedItem {
        title: story.headline.clone(),
        url: maker.absolute(&story.path),
        guid: format!("urn:uuid:{}", story.id),
        guid_is_link: false,
        language: story.language.clone(),
        published: story.published_at.rfc2822(),
        published_iso: story.published_at.rfc3339(),
        updated_iso: story.modified_at().unwrap_or(story.published_at).rfc3339(),
        authors,
        categories: section.chain(story.tags.iter().map(|tag| tag.name.clone())).collect(),
        description: some(&story.dek),
        body_html: [
            lead_html(story, &library, &options),
            to_html_with(&story.body, &library, &options),
            corrections_html(maker, story),
        ]
        .concat(),
        image: picture_of(story)
            .and_then(|id| library.of_feed(id))
            .map(|image| FeedPicture { url: maker.absolute(&image.url), ..image }),
    })
}

/// What was corrected, below the text as on the page: who read the story in a feed reads it there.
fn corrections_html(maker: &Maker<'_, '_>, story: &PublishedStory) -> String {
    if story.corrections.is_empty() {
        return String::new();
    }
    let language = maker.frame_language(&story.language);
    let dates = maker.dates(&language);
    let count = [("count", i64::try_from(story.corrections.len()).unwrap_or(i64::MAX).into())];
    let title = maker.app.messages.text(&language, "site-corrections", count);
    let mut html = format!("<h2>{}</h2>\n", escaped(&title));
    for correction in &story.corrections {
        let (date, text) = (dates.day(correction.at), escaped(&correction.text));
        let _ = writeln!(html, "<p><time datetime=\"{}\">{}</time>: {text}</p>", date.iso, escaped(&date.text));
    }
    html
}

/// The picture on top of the page with its caption and credit, unless the text shows it too.
fn lead_html(story: &PublishedStory, library: &Library, options: &RenderOptions<'_>) -> String {
    let Some(id) = story.lead_picture.as_deref() else { return String::new() };
    let in_text = story.body.pictures().any(|picture| picture.picture.as_deref() == Some(id));
    let Some(image) = library.image(id).filter(|_| !in_text) else { return String::new() };
    let figure = Figure {
        picture: Some(id.to_owned()),
        alt: image.alt,
        caption: image.caption.iter().map(Inline::text).collect(),
        ..Figure::default()
    };
    to_html_with(&Document { blocks: vec![Block::Picture(figure)] }, library, options)
}
