//! The public pages: one file a resource. Each reads published data, notes what it shows, and renders a view.

pub mod address;
mod archive;
mod comments;
mod corrections;
mod dates;
mod error;
mod feed;
mod files;
mod front;
mod json_ld;
mod languages;
mod lists;
mod maker;
mod marks;
mod next;
mod person;
mod preview;
mod quotation;
mod room;
mod said;
mod sitemap;
mod story;

use std::sync::Arc;

use onrecord_base::{App, Conn, Result};
use onrecord_next::Next;
use onrecord_stories::published::{self, Place, Resolved};

use self::{address::Address, feed::Format, maker::Maker};
pub use self::{feed::FILES as FEEDS, preview::show as preview, room::frame};
use crate::{edition::page::Draft, theme::Theme};

/// What making a page came to.
pub enum Made {
    /// A page.
    Page(Draft),
    /// It stands at another address.
    Moved(String),
    /// There is nothing.
    Missing,
    /// There was something once.
    Gone,
}

impl From<Option<Draft>> for Made {
    fn from(draft: Option<Draft>) -> Made {
        draft.map_or(Made::Missing, Made::Page)
    }
}

/// Makes the page at an address, from one snapshot of the database.
///
/// # Errors
/// If the database does not answer, or the theme's template fails.
pub async fn make(app: &App, next: &Next, theme: Arc<Theme>, address: &Address) -> Result<Made> {
    let (maker_app, next, address) = (app.clone(), next.clone(), address.clone());
    let make = move |conn: &mut Conn<'_>| route(Maker { next, ..Maker::new(conn, &maker_app, &theme) }, &address);
    app.db.read(make).await
}

fn route(maker: Maker<'_, '_>, address: &Address) -> Result<Made> {
    if let Some(status) = address.as_error() {
        return error::make(maker, status).map(Made::Page);
    }
    let parts: Vec<&str> = address.path().trim_start_matches('/').split('/').collect();
    let place = &address.place;
    if let Some((name, list)) = parts.split_last()
        && let Some(format) = Format::of(name)
    {
        return feed_of(maker, address, list, format);
    }
    Ok(match *parts {
        [""] => Made::Page(front::make(maker)?),
        ["news-sitemap.xml"] => Made::Page(sitemap::news(maker)?),
        ["sitemap.xml"] => Made::Page(sitemap::index(maker)?),
        ["sitemaps", number] => sitemap::part(maker, number)?.into(),
        ["robots.txt"] => Made::Page(files::robots(&maker)),
        ["favicon.svg"] => Made::Page(files::favicon(&maker)),
        ["favicon.ico"] => Made::Moved("/favicon.svg".into()),
        ["assets", hash, ref name @ ..] => files::asset(&maker, hash, &name.join("/")).into(),
        ["archive", ref date @ ..] => archive::make(maker, date, place)?.into(),
        ["by", slug] => lists::author(maker, slug, place)?,
        ["tags", slug] => lists::tag(maker, slug, place)?,
        ["corrections"] => Made::Page(corrections::make(maker, place)?),
        ["quotes", id] => quotation::make(maker, id)?.into(),
        ["people"] => Made::Page(person::index(maker)?),
        ["people", slug, ref rest @ ..] => match person::moved(maker.conn, slug, rest)? {
            Some(to) => Made::Moved(to),
            None => match *rest {
                [] => person::make(maker, slug, None, place)?.into(),
                [part] if !part.is_empty() => person::make(maker, slug, Some(part), place)?.into(),
                _ => below(maker, &parts, place)?,
            },
        },
        _ => resolved(maker, address, &parts)?,
    })
}

/// What stands at the address of a story or page, or below it.
fn resolved(maker: Maker<'_, '_>, address: &Address, parts: &[&str]) -> Result<Made> {
    Ok(match published::resolve(maker.conn, address.path())? {
        Some(Resolved::Story(id)) => story::make(maker, &id)?.into(),
        Some(Resolved::Redirect(to)) => Made::Moved(to),
        Some(Resolved::Gone) => Made::Gone,
        None => below(maker, parts, &address.place)?,
    })
}

/// The feed of a list, named by its last part. An imported page may have such a name too.
fn feed_of(maker: Maker<'_, '_>, address: &Address, list: &[&str], format: Format) -> Result<Made> {
    Ok(match *list {
        [] => Made::Page(feed::all(maker, format)?),
        ["corrections"] => Made::Page(feed::corrections(maker, format)?),
        ["by", slug] => feed::author(maker, slug, format)?,
        ["tags", slug] => feed::tag(maker, slug, format)?.into(),
        ["people", slug] => match person::moved(maker.conn, slug, &[format.file()])? {
            Some(to) => Made::Moved(to),
            None => feed::person(maker, slug, format)?.into(),
        },
        [slug] => match feed::moved(maker.conn, slug, format)? {
            Some(to) => Made::Moved(to),
            None => feed::section(maker, slug, format)?.into(),
        },
        _ => resolved(maker, address, &[list, &[format.file()]].concat())?,
    })
}

/// Addresses that are made of a section's or a story's.
fn below(maker: Maker<'_, '_>, parts: &[&str], place: &Place) -> Result<Made> {
    Ok(match parts {
        [slug] => lists::section(maker, slug, place)?.into(),
        [story @ .., "comments"] => comments_of(maker, story, None, place)?,
        [story @ .., "comments", rest] if !rest.is_empty() => comments_of(maker, story, Some(rest), place)?,
        [story @ .., "next"] if !story.is_empty() => next_of(maker, story, false)?,
        [story @ .., "next", "b"] if !story.is_empty() => next_of(maker, story, true)?,
        // Lists stand without a closing slash.
        [rest @ .., ""] if !rest.is_empty() => {
            let path = format!("/{}", rest.join("/"));
            match Address::read(&path, None) {
                Ok(address) => match route(maker, &address)? {
                    Made::Page(_) => Made::Moved(path),
                    other => other,
                },
                Err(_) => Made::Missing,
            }
        }
        _ => Made::Missing,
    })
}

/// What to read after the story at a path.
fn next_of(maker: Maker<'_, '_>, story: &[&str], second: bool) -> Result<Made> {
    let path = format!("/{}", story.join("/"));
    let found = match published::resolve(maker.conn, &path)? {
        // Stories with a closing slash have their list below it.
        Some(Resolved::Redirect(to)) if to.trim_end_matches('/') == path => published::resolve(maker.conn, &to)?,
        found => found,
    };
    Ok(match found {
        Some(Resolved::Story(id)) => next::make(maker, &id, second)?.into(),
        Some(Resolved::Redirect(to)) => Made::Moved(format!("{}/next", to.trim_end_matches('/'))),
        Some(Resolved::Gone) => Made::Gone,
        None => Made::Missing,
    })
}

/// The comments of the story at a path, or what stands behind that in the address.
fn comments_of(maker: Maker<'_, '_>, story: &[&str], rest: Option<&str>, place: &Place) -> Result<Made> {
    let path = format!("/{}", story.join("/"));
    Ok(match published::resolve(maker.conn, &path)? {
        Some(Resolved::Story(id)) => comments::make(maker, &id, rest, place)?.into(),
        // Stories with a closing slash have their comments below it.
        Some(Resolved::Redirect(to)) if to.trim_end_matches('/') == path => {
            match published::resolve(maker.conn, &to)? {
                Some(Resolved::Story(id)) => comments::make(maker, &id, rest, place)?.into(),
                _ => Made::Missing,
            }
        }
        Some(Resolved::Redirect(to)) => {
            let rest = rest.map_or_else(String::new, |rest| format!("/{rest}"));
            Made::Moved(format!("{}/comments{rest}", to.trim_end_matches('/')))
        }
        Some(Resolved::Gone) => Made::Gone,
        None => Made::Missing,
    })
}
