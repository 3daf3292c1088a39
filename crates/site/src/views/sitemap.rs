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

/// A site map of the newest stories as Google News reads it
/// (<https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap>).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewsSitemapView {
    /// Name of the newsroom.
    pub name: String,
    /// The stories.
    pub entries: Vec<NewsEntry>,
}

/// A story of the newest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewsEntry {
    /// The address, absolute.
    pub url: String,
    /// The language, ISO 639.
    pub language: String,
    /// When it was first published, RFC 3339.
    pub published: String,
    /// Headline.
    pub title: String,
}

impl View for NewsSitemapView {
    const TEMPLATE: &'static str = "news-sitemap.xml";

    fn samples() -> Vec<NewsSitemapView> {
        let entry = NewsEntry {
            url: "https://news.example/a?b&c".into(),
            language: "en".into(),
            published: "2026-11-22T10:00:00Z".into(),
            title: "Wall <cracked>".into(),
        };
        let name = "News & views".to_owned();
        vec![NewsSitemapView { name: name.clone(), entries: vec![] }, NewsSitemapView { name, entries: vec![entry] }]
    }
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
