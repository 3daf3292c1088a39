//! Feeds.

use onrecord_base::views::View;
use serde::Serialize;

/// A feed as RSS 2.0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedView {
    /// What it says.
    pub feed: Feed,
}

/// A feed as Atom (RFC 4287).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AtomView {
    /// What it says.
    pub feed: Feed,
}

/// What a feed says; all addresses are absolute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// Its title.
    pub title: String,
    /// Its own address.
    pub url: String,
    /// The page it belongs to.
    pub home_url: String,
    /// What it is about.
    pub description: String,
    /// Its language.
    pub language: String,
    /// When its newest story was published or changed, RFC 822.
    pub built: Option<String>,
    /// The same as RFC 3339; of an empty feed, when it was made.
    pub updated: String,
    /// Where hubs are told of what is new (WebSub).
    pub hubs: Vec<String>,
    /// Its stories.
    pub items: Vec<FeedItem>,
}

/// A story of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedItem {
    /// Headline.
    pub title: String,
    /// Where it stands.
    pub url: String,
    /// What names it for ever.
    pub guid: String,
    /// True if that is its address.
    pub guid_is_link: bool,
    /// Its language.
    pub language: String,
    /// When it was published, RFC 822.
    pub published: String,
    /// The same as RFC 3339.
    pub published_iso: String,
    /// When it was published or changed last, RFC 3339.
    pub updated_iso: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Section and tags.
    pub categories: Vec<String>,
    /// Dek.
    pub description: Option<String>,
    /// The text.
    pub body_html: String,
    /// The picture that stands for it.
    pub image: Option<FeedPicture>,
}

/// A picture that stands for a story. Its bytes are not counted, which RSS wants of an `enclosure`: Media RSS does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedPicture {
    /// Where it is.
    pub url: String,
    /// Its media type.
    #[serde(rename = "type")]
    pub media: &'static str,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Its credit as printed.
    pub credit: Option<String>,
}

impl View for FeedView {
    const TEMPLATE: &'static str = "feed.xml";

    fn samples() -> Vec<FeedView> {
        Feed::samples().map(|feed| FeedView { feed }).into()
    }
}

impl View for AtomView {
    const TEMPLATE: &'static str = "atom.xml";

    fn samples() -> Vec<AtomView> {
        Feed::samples().map(|feed| AtomView { feed }).into()
    }
}

impl Feed {
    fn samples() -> [Feed; 2] {
        let empty = Feed {
            title: "The Tidewater Courier".into(),
            url: "https://news.example/feed.xml".into(),
            home_url: "https://news.example/".into(),
            description: "News & views".into(),
            language: "en".into(),
            built: None,
            updated: "2026-11-22T10:00:00Z".into(),
            hubs: vec![],
            items: vec![],
        };
        let item = FeedItem {
            title: "Wall <cracked>".into(),
            url: "https://news.example/town/wall".into(),
            guid: "urn:uuid:0190".into(),
            guid_is_link: false,
            language: "es".into(),
            published: "Sun, 22 Nov 2026 10:00:00 +0000".into(),
            published_iso: "2026-11-22T10:00:00Z".into(),
            updated_iso: "2026-11-22T11:00:00Z".into(),
            authors: vec!["Ana Ruiz".into()],
            categories: vec!["Town".into()],
            description: Some("It is.".into()),
            body_html: "<p>It is.</p>".into(),
            image: Some(FeedPicture {
                url: "https://news.example/media/a.jpg".into(),
                media: "image/jpeg",
                width: 1_200,
                height: 800,
                credit: Some("Agency / Ana Ruiz".into()),
            }),
        };
        let bare = FeedItem { authors: vec![], categories: vec![], description: None, image: None, ..item.clone() };
        let hubs = vec!["https://hub.example/".into()];
        let full = Feed { built: Some(item.published.clone()), hubs, items: vec![item, bare], ..empty.clone() };
        [empty, full]
    }
}
