//! Static pages: about, privacy, imprint, contact.

use onrecord_base::views::View;
use serde::Serialize;

use super::{Date, samples};

/// A static page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StaticView {
    /// What it shows.
    pub static_page: StaticPage,
}

/// What a static page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StaticPage {
    /// Its title.
    pub title: String,
    /// The sentence under it.
    pub dek: Option<String>,
    /// When it was changed last.
    pub updated: Option<Date>,
    /// The text, rendered from the typed document.
    pub body_html: String,
    /// Its language.
    pub language: String,
    /// Direction of its script.
    pub dir: &'static str,
}

impl View for StaticView {
    const TEMPLATE: &'static str = "page.html";

    fn samples() -> Vec<StaticView> {
        let bare = StaticPage {
            title: "About".into(),
            dek: None,
            updated: None,
            body_html: String::new(),
            language: "en".into(),
            dir: "ltr",
        };
        let full = StaticPage {
            dek: Some("Who <we> are".into()),
            updated: Some(samples::date()),
            body_html: "<p>We are a newspaper.</p>".into(),
            ..bare.clone()
        };
        [bare, full].map(|static_page| StaticView { static_page }).into()
    }
}
