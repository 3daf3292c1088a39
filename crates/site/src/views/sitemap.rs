//! Site maps.

use onrecord_base::views::View;
use serde::Serialize;

/// A site map, or an index of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SitemapView {
    /// What it says.
    pub sitemap: Sitemap,
}

/// What a site map says: maps or entries, not both.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Sitemap {
    /// Further maps.
    pub maps: Vec<Entry>,
    /// Pages.
    pub entries: Vec<Entry>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The address, absolute.
    pub url: String,
    /// When it was changed last, RFC 3339.
    pub modified: Option<String>,
}

impl View for SitemapView {
    const TEMPLATE: &'static str = "sitemap.xml";

    fn samples() -> Vec<SitemapView> {
        let entry = |modified: Option<&str>| Entry {
            url: "https://news.example/a?b&c".into(),
            modified: modified.map(Into::into),
        };
        let lines = vec![entry(None), entry(Some("2026-11-22T10:00:00Z"))];
        [Sitemap::default(), Sitemap { entries: lines.clone(), maps: vec![] }, Sitemap { maps: lines, entries: vec![] }]
            .map(|sitemap| SitemapView { sitemap })
            .into()
    }
}
