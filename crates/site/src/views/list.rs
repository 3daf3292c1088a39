//! Lists: a section, an author, a tag, the archive.

use onrecord_base::views::View;
use serde::Serialize;

use super::{Card, Image, samples};

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListView {
    /// What it shows.
    pub list: List,
}

/// What a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct List {
    /// `section`, `author`, `tag`, `archive`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// A section's description, an author's biography.
    pub intro: Option<String>,
    /// An author's role.
    pub role: Option<String>,
    /// An author's portrait.
    pub image: Option<Image>,
    /// Its stories.
    pub items: Vec<Card>,
    /// The pages beside it.
    pub pager: Pager,
    /// Years, months or days of the archive.
    pub links: Vec<MarkedLink>,
}

/// The pages beside a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Pager {
    /// Newer stories.
    pub newer: Option<PagerLink>,
    /// Older stories.
    pub older: Option<PagerLink>,
    /// Number of the page, 0 where pages are not counted.
    pub page: i64,
    /// How many there are.
    pub pages: i64,
}

/// A link of the pager; its name is the template's where it has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PagerLink {
    /// The name.
    pub name: Option<String>,
    /// Where it leads.
    pub url: String,
}

/// A link of the archive's calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkedLink {
    /// The name.
    pub name: String,
    /// Where it leads.
    pub url: String,
    /// True for the page one stands on.
    pub current: bool,
}

impl View for ListView {
    const TEMPLATE: &'static str = "list.html";

    fn samples() -> Vec<ListView> {
        let empty = List {
            kind: "section",
            title: "Town & country".into(),
            intro: None,
            role: None,
            image: None,
            items: vec![],
            pager: Pager::default(),
            links: vec![],
        };
        let pager_link =
            |name: Option<&str>| Some(PagerLink { name: name.map(Into::into), url: "/town?before=1-a".into() });
        let section = List {
            intro: Some("What happens here.".into()),
            items: vec![samples::card(), samples::bare_card(), samples::foreign_card()],
            pager: Pager { newer: pager_link(None), older: pager_link(None), page: 2, pages: 5 },
            ..empty.clone()
        };
        let author =
            List { kind: "author", role: Some("Harbour".into()), image: Some(samples::image()), ..section.clone() };
        let tag = List { kind: "tag", ..section.clone() };
        let archive = List {
            kind: "archive",
            links: vec![
                MarkedLink { name: "2025".into(), url: "/archive/2025".into(), current: false },
                MarkedLink { name: "2026".into(), url: "/archive/2026".into(), current: true },
            ],
            pager: Pager { older: pager_link(Some("20 November 2026")), ..Pager::default() },
            ..empty.clone()
        };
        [empty, section, author, tag, archive].map(|list| ListView { list }).into()
    }
}
