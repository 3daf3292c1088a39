//! Feeds (RSS 2.0): the newest stories of a list, in full.

use onrecord_base::{Conn, Error, Result};
use onrecord_prose::{RenderOptions, to_html_with};
use onrecord_record::store::public;
use onrecord_stories::published::{self, Filter, PublishedStory, Resolved};

use super::{
    lists::decoded,
    maker::{Maker, some},
    person::newest,
    story::library_of,
};
use crate::{
    edition::page::Draft,
    views::{Feed, FeedItem, FeedView, QuoteItemView, render_bare},
};

/// Stories of a feed: what a newsroom publishes between two visits of a feed reader.
const ITEMS: usize = 12;

/// Quotations of a person's feed: shorter than stories.
const SAYINGS: usize = 30;

const RSS: &str = "application/rss+xml; charset=utf-8";

pub(super) fn all(mut maker: Maker<'_, '_>) -> Result<Draft> {
    maker.noted.note("list", "all");
    let (name, tagline) = (maker.settings.name.clone(), maker.settings.tagline.clone());
    make(maker, &Filter::all(), "/", &name, &tagline)
}

pub(super) fn section(mut maker: Maker<'_, '_>, slug: &str) -> Result<Option<Draft>> {
    let Some(section) = published::section_by_slug(maker.conn, &decoded(slug))? else { return Ok(None) };
    maker.noted.note("section", &section.id);
    maker.noted.note("list", &format!("section/{}", section.id));
    let title = titled(&maker, &section.name);
    let home = format!("/{}", section.slug);
    make(maker, &Filter::section(&section.id), &home, &title, &section.description).map(Some)
}

/// Where the feed of a section that has another address now stands: readers' programs go on asking for the old one.
pub(super) fn moved(conn: &mut Conn<'_>, slug: &str) -> Result<Option<String>> {
    let Some(Resolved::Redirect(to)) = published::resolve(conn, &format!("/{slug}"))? else { return Ok(None) };
    let section = published::section_by_slug(conn, &decoded(to.trim_matches('/')))?;
    Ok(section.map(|_| format!("{to}/feed.xml")))
}

pub(super) fn author(mut maker: Maker<'_, '_>, slug: &str) -> Result<Option<Draft>> {
    let Some(author) = published::author_by_slug(maker.conn, &decoded(slug))? else { return Ok(None) };
    maker.noted.note("author", &author.id);
    maker.noted.note("list", &format!("author/{}", author.id));
    let title = titled(&maker, &author.name);
    let home = format!("/by/{}", author.slug);
    make(maker, &Filter::author(&author.id), &home, &title, &author.bio).map(Some)
}

pub(super) fn tag(mut maker: Maker<'_, '_>, slug: &str) -> Result<Option<Draft>> {
    let Some(tag) = published::tag_by_slug(maker.conn, &decoded(slug))? else { return Ok(None) };
    maker.noted.note("tag", &tag.id);
    maker.noted.note("list", &format!("tag/{}", tag.id));
    let title = titled(&maker, &tag.name);
    let home = format!("/tags/{}", tag.slug);
    make(maker, &Filter::tag(&tag.id), &home, &title, "").map(Some)
}

/// What a person said, each quotation whole.
pub(super) fn person(mut maker: Maker<'_, '_>, slug: &str) -> Result<Option<Draft>> {
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
            published: quotation.first_published().rfc2822(),
            authors: vec![person.name.clone()],
            categories: Vec::new(),
            description: None,
            body_html: render_bare(maker.theme, &view).map_err(Error::Internal)?,
            image: None,
        });
    }
    let built = quotations.iter().flat_map(|one| &one.uses).map(|one| one.published_at).max();
    let home = format!("/people/{}", person.slug);
    let feed = Feed {
        title: titled(&maker, &person.name),
        url: maker.absolute(&format!("{home}/feed.xml")),
        home_url: maker.absolute(&home),
        description: some(&person.description).unwrap_or_else(|| person.name.clone()),
        language: maker.language(),
        built: built.map(|time| time.rfc2822()),
        items,
    };
    maker.bare(RSS, &FeedView { feed }).map(Some)
}

fn titled(maker: &Maker<'_, '_>, name: &str) -> String {
    format!("{name} | {}", maker.settings.name)
}

fn make(mut maker: Maker<'_, '_>, filter: &Filter, home: &str, title: &str, description: &str) -> Result<Draft> {
    maker.noted.note("frame", "");
    let cards = published::cards(maker.conn, filter, None, ITEMS)?;
    let mut items = Vec::new();
    for card in &cards {
        maker.noted.note("story", &card.id);
        if let Some(story) = published::story(maker.conn, &card.id)? {
            items.push(item(&mut maker, &story)?);
        }
    }
    let newest = cards.iter().map(|card| card.updated_at.unwrap_or(card.published_at)).max();
    let feed = Feed {
        title: title.to_owned(),
        url: maker.absolute(&format!("{}/feed.xml", home.trim_end_matches('/'))),
        home_url: maker.absolute(home),
        description: some(description).unwrap_or_else(|| title.to_owned()),
        language: maker.language(),
        built: newest.map(|time| time.rfc2822()),
        items,
    };
    maker.bare(RSS, &FeedView { feed })
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
        published: story.published_at.rfc2822(),
        authors,
        categories: section.chain(story.tags.iter().map(|tag| tag.name.clone())).collect(),
        description: some(&story.dek),
        body_html: to_html_with(&story.body, &library, &options),
        // RSS wants the length of the file, which only the file system knows.
        image: None,
    })
}
