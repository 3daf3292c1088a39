//! Lists of stories: a section's, an author's, a tag's.

use onrecord_base::{Conn, Result};
use onrecord_stories::{
    address,
    published::{self, Filter, Page, Place},
};

use super::{
    Made,
    maker::{Maker, some},
};
use crate::{
    edition::page::Draft,
    views::{FeedLinks, Head, List, ListView, Pager, PagerLink},
};

/// Stories on a page of a list.
pub(super) const PAGE: usize = 20;

pub(super) fn section(mut maker: Maker<'_, '_>, slug: &str, place: &Place) -> Result<Option<Draft>> {
    let slug = decoded(slug);
    let Some(section) = published::section_by_slug(maker.conn, &slug)? else { return Ok(None) };
    let path = format!("/{}", section.slug);
    maker.noted.note("list", &format!("section/{}", section.id));
    let page = published::page(maker.conn, &Filter::section(&section.id), place, PAGE)?;
    let list = List { intro: some(&section.description), ..bare("section", &section.name) };
    let head = Head { section_url: Some(path.clone()), ..head(&maker, &list, &path, place) };
    finish(maker, list, head, &path, page).map(Some)
}

pub(super) fn author(mut maker: Maker<'_, '_>, slug: &str, place: &Place) -> Result<Made> {
    let Some(author) = published::author_by_slug(maker.conn, &decoded(slug))? else {
        return Ok(author_moved(maker.conn, slug)?.map_or(Made::Missing, Made::Moved));
    };
    let path = format!("/by/{}", author.slug);
    maker.noted.note("author", &author.id);
    maker.noted.note("list", &format!("author/{}", author.id));
    let page = published::page(maker.conn, &Filter::author(&author.id), place, PAGE)?;
    let portrait = author.portrait.as_deref();
    let library = maker.library(portrait.as_slice())?;
    let list = List {
        intro: some(&author.bio),
        role: some(&author.role),
        image: portrait.and_then(|id| library.image(id)),
        ..bare("author", &author.name)
    };
    let head = head(&maker, &list, &path, place);
    finish(maker, list, head, &path, page).map(Made::Page)
}

/// Where the page of an author who has another address now stands.
pub(super) fn author_moved(conn: &mut Conn<'_>, slug: &str) -> Result<Option<String>> {
    let author = published::author_by_old_slug(conn, slug)?;
    // As it travels: slugs are of any script.
    Ok(author.and_then(|author| address::normal(&format!("/by/{}", author.slug))))
}

pub(super) fn tag(mut maker: Maker<'_, '_>, slug: &str, place: &Place) -> Result<Made> {
    let slug = decoded(slug);
    let Some(tag) = published::tag_by_slug(maker.conn, &slug)? else { return Ok(Made::Missing) };
    let path = format!("/tags/{}", tag.slug);
    if tag.slug != slug {
        // Tags that were renamed or merged are found by the slug they had.
        return Ok(Made::Moved(path));
    }
    maker.noted.note("tag", &tag.id);
    maker.noted.note("list", &format!("tag/{}", tag.id));
    let page = published::page(maker.conn, &Filter::tag(&tag.id), place, PAGE)?;
    let list = bare("tag", &tag.name);
    let head = head(&maker, &list, &path, place);
    finish(maker, list, head, &path, page).map(Made::Page)
}

/// A list without anything on it.
pub(super) fn bare(kind: &'static str, title: &str) -> List {
    List {
        kind,
        title: title.to_owned(),
        intro: None,
        role: None,
        image: None,
        items: Vec::new(),
        pager: Pager::default(),
        links: Vec::new(),
    }
}

fn head(maker: &Maker<'_, '_>, list: &List, path: &str, place: &Place) -> Head {
    Head {
        description: list.intro.clone(),
        feed: Some(FeedLinks::below(&list.title, path)),
        canonical: Some(maker.absolute(&at(path, place))),
        ..maker.head("list", &list.title, None)
    }
}

pub(super) fn finish(mut maker: Maker<'_, '_>, mut list: List, head: Head, path: &str, page: Page) -> Result<Draft> {
    list.items = maker.cards(&page.cards)?;
    let link = |place: Place| PagerLink { name: None, url: at(path, &place) };
    // An archive's day has neighbours of its own.
    list.pager.newer = list.pager.newer.or_else(|| page.newer.map(link));
    list.pager.older = list.pager.older.or_else(|| page.older.map(link));
    maker.page(&ListView { list }, &head)
}

/// The address of a page of a list.
pub(super) fn at(path: &str, place: &Place) -> String {
    match place {
        Place::Newest => path.to_owned(),
        Place::OlderThan(cursor) => format!("{path}?before={}", cursor.to_text()),
        Place::NewerThan(cursor) => format!("{path}?after={}", cursor.to_text()),
    }
}

/// A part of a path as text.
pub(super) fn decoded(part: &str) -> String {
    onrecord_stories::address::readable(part)
}
