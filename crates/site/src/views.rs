//! What the theme's templates see, as typed structs; `theme/CONTEXT.md` says the same to who writes a theme.

pub mod comments;
mod corrections;
mod error;
mod feed;
mod front;
mod list;
pub mod next;
mod person;
mod quotation;
mod room;
mod samples;
mod shared;
mod sitemap;
mod static_page;
mod story;

use minijinja::{Value, context, value::Serde};
use onrecord_base::views::View;
use serde::Serialize;

pub use self::{
    corrections::{CorrectionLine, CorrectionsList, CorrectionsView},
    error::{ErrorBox, ErrorView},
    feed::{AtomView, Feed, FeedItem, FeedPicture, FeedView},
    front::{Front, FrontSection, FrontView},
    list::{List, ListView, MarkedLink, Pager, PagerLink},
    person::{Elsewhere, LetterGroup, PeopleList, PeopleView, PersonLine, PersonPage, PersonView, YearGroup},
    quotation::{QuotationPage, QuotationView, Quote, QuoteItemView, SourceLine, StoryLink},
    room::{Room, RoomView},
    shared::{Card, Date, FeedLinks, Head, Image, Link, Name, Site, direction},
    sitemap::{Entry, NewsEntry, NewsSitemapView, Sitemap, SitemapView},
    static_page::{StaticPage, StaticView},
    story::{Correction, Story, StoryView, Translation},
};
use crate::theme::Theme;

/// Renders a page: the view between the site's frame.
///
/// # Errors
/// A sentence that names template and line.
pub fn render<V: View>(theme: &Theme, view: &V, site: &Site, page: &Head) -> Result<String, String> {
    let frame =
        context! { lang => page.language.as_str(), site => Value::from(Serde(site)), page => Value::from(Serde(page)) };
    theme.render(V::TEMPLATE, context! { ..Value::from(Serde(view)), ..frame })
}

/// Renders what has no frame: feeds and site maps.
///
/// # Errors
/// As [`render`].
pub fn render_bare<V: View>(theme: &Theme, view: &V) -> Result<String, String> {
    theme.render(V::TEMPLATE, Value::from(Serde(view)))
}

/// Renders every template with every sample, left to right and right to left.
///
/// # Errors
/// As [`render`]: the first one that fails.
pub fn render_samples(theme: &Theme) -> Result<(), String> {
    samples_in(theme, "ar")?;
    let feeds = [bare::<FeedView>(theme), bare::<AtomView>(theme)];
    let maps = [bare::<SitemapView>(theme), bare::<NewsSitemapView>(theme)];
    feeds.into_iter().chain(maps).chain([bare::<QuoteItemView>(theme)]).try_for_each(|rendered| rendered.map(drop))
}

/// Every page in its barest frame and in its fullest, the latter in `language`.
pub(crate) fn samples_in(theme: &Theme, language: &str) -> Result<Vec<String>, String> {
    let pages = [
        framed::<FrontView>(theme, "front", language)?,
        framed::<StoryView>(theme, "story", language)?,
        framed::<StaticView>(theme, "page", language)?,
        framed::<ListView>(theme, "list", language)?,
        framed::<ErrorView>(theme, "error", language)?,
        framed::<QuotationView>(theme, "quotation", language)?,
        framed::<PersonView>(theme, "person", language)?,
        framed::<PeopleView>(theme, "people", language)?,
        framed::<comments::CommentsView>(theme, "comments", language)?,
        framed::<next::NextView>(theme, "next", language)?,
        framed::<RoomView>(theme, "room", language)?,
        framed::<CorrectionsView>(theme, "corrections", language)?,
    ];
    Ok(pages.concat())
}

fn framed<V: View + Serialize>(theme: &Theme, kind: &'static str, language: &str) -> Result<Vec<String>, String> {
    let mut pages = Vec::new();
    for view in V::samples() {
        for (site, page) in samples::frames(kind, language) {
            pages.push(render(theme, &view, &site, &page)?);
        }
    }
    Ok(pages)
}

fn bare<V: View + Serialize>(theme: &Theme) -> Result<Vec<String>, String> {
    V::samples().iter().map(|view| render_bare(theme, view)).collect()
}
