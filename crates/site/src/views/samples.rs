//! Samples that several views share.

use super::{
    Card, Correction, Date, FeedLinks, Head, Image, Link, Name, Quote, Site, SourceLine, Story, StoryLink, Translation,
    direction,
};

pub(super) fn date() -> Date {
    Date { iso: "2026-11-22T11:00:00+01:00".into(), text: "22 November 2026, 11:00".into() }
}

pub(super) fn image() -> Image {
    Image {
        src: "/media/aa.jpg".into(),
        srcset: Some("/media/aa.webp 800w, /media/bb.webp 1600w".into()),
        media: "image/webp",
        width: 800,
        height: 533,
        alt: "A cracked \"wall\"".into(),
        caption: Some("The wall on Monday".into()),
        agency: Some("Agency".into()),
        photographer: Some("Ana Ruiz".into()),
        licence: Some(Link { name: "CC BY 4.0".into(), url: "https://creativecommons.org/licenses/by/4.0/".into() }),
        terms: Some("https://salt.example/licensing?a&b".into()),
    }
}

pub(super) fn card() -> Card {
    Card {
        kicker: Some("Harbour".into()),
        dek: Some("It has been cracked for years & everybody knew.".into()),
        section: Some(Link { name: "Town".into(), url: "/town".into() }),
        bylines: vec![
            Name { name: "Ana Ruiz".into(), url: Some("/by/ana-ruiz".into()) },
            Name { name: "An agency".into(), url: None },
            Name { name: "Bo Li".into(), url: Some("/by/bo-li".into()) },
        ],
        image: Some(image()),
        ..bare_card()
    }
}

pub(super) fn bare_card() -> Card {
    Card {
        kicker: None,
        headline: "The <wall> is cracked".into(),
        dek: None,
        url: "/town/wall".into(),
        section: None,
        bylines: vec![],
        published: date(),
        language: "en".into(),
        dir: "ltr",
        image: None,
    }
}

pub(super) fn foreign_card() -> Card {
    Card { headline: "الجدار متصدع".into(), language: "ar".into(), dir: "rtl", ..card() }
}

pub(super) fn story() -> Story {
    Story {
        kicker: Some("Harbour".into()),
        dek: Some("It has been cracked for years.".into()),
        section: Some(Link { name: "Town".into(), url: "/town".into() }),
        bylines: card().bylines,
        dateline: Some("PORT ELLERY".into()),
        updated: Some(date()),
        lead: Some(image()),
        body_html: "<p>The wall is <em>cracked</em>.</p>".into(),
        tags: vec![Link { name: "wall".into(), url: "/tags/wall".into() }],
        corrections: vec![Correction { date: date(), text: "It is the east wall.".into() }],
        translations: vec![Translation {
            language: "es".into(),
            dir: "ltr",
            name: "Español".into(),
            headline: "El muro".into(),
            url: "/town/muro".into(),
        }],
        comments_url: Some("/town/wall/comments".into()),
        comments_count: Some(3),
        next: Some(card()),
        more: vec![card()],
        after: Some(super::next::After { next: None, more: vec![], variant: None, ..super::next::sample() }),
        reading_minutes: 4,
        quotations: 3,
        ..bare_story()
    }
}

pub(super) fn bare_story() -> Story {
    Story {
        kicker: None,
        headline: "The <wall> is cracked".into(),
        dek: None,
        url: "/town/wall".into(),
        section: None,
        bylines: vec![],
        dateline: None,
        published: Some(date()),
        updated: None,
        language: "en".into(),
        dir: "ltr",
        lead: None,
        body_html: String::new(),
        tags: vec![],
        corrections: vec![],
        translations: vec![],
        comments_url: None,
        comments_count: None,
        next: None,
        more: vec![],
        after: None,
        reading_minutes: 1,
        quotations: 0,
    }
}

pub(super) fn foreign_story() -> Story {
    Story { published: None, language: "ar".into(), dir: "rtl", comments_count: None, ..story() }
}

pub(super) fn quote() -> Quote {
    Quote {
        speaker: Some(Name { name: "Ilse Tamberg".into(), url: Some("/people/ilse-tamberg".into()) }),
        channel: Some("in a post on A & B".into()),
        addressee: Some("the council".into()),
        said: Some(Date { iso: "2026-05".into(), text: "May 2026".into() }),
        source: source("page"),
        verdict: "exact",
        story: Some(Link { name: "The <wall> is cracked".into(), url: "/town/wall".into() }),
        paragraphs: vec!["“We will not".into(), "close the <bridge>.”".into()],
        ..bare_quote()
    }
}

pub(super) fn bare_quote() -> Quote {
    Quote {
        url: "/quotes/0190".into(),
        paragraphs: vec!["“لن نغلق الجسر”".into()],
        language: "ar".into(),
        dir: "rtl",
        speaker: None,
        channel: None,
        addressee: None,
        said: None,
        published: date(),
        source: source("none"),
        verdict: "unsourced",
        story: None,
    }
}

pub(super) fn source(kind: &'static str) -> SourceLine {
    let titled = ["page", "document"].contains(&kind);
    SourceLine {
        kind,
        title: titled.then(|| "Minutes of <3 May>".into()),
        url: (kind == "page").then(|| "https://example.org/minutes#:~:text=We%20will&x".into()),
        host: (kind == "page").then(|| "example.org".into()),
    }
}

pub(super) fn story_link() -> StoryLink {
    StoryLink {
        headline: "The <wall> is cracked".into(),
        url: "/town/wall".into(),
        published: date(),
        language: "en".into(),
        dir: "ltr",
        words: None,
    }
}

/// The frame in its barest and its fullest form.
pub(super) fn frames(kind: &'static str, language: &str) -> [(Site, Head); 2] {
    let site = Site {
        name: "The Tidewater Courier".into(),
        tagline: None,
        url: "https://news.example".into(),
        language: "en".into(),
        logo: None,
        tip_url: "/tip".into(),
        tip_phone: None,
        tip_phone_href: None,
        sections: vec![],
        pages: vec![],
        theme_url: "/assets/0".into(),
        feed: FeedLinks::below("The Tidewater Courier", "/"),
        archive_url: None,
        year: 2026,
    };
    let full = Site {
        tagline: Some("Low water, plain words".into()),
        logo: Some(image()),
        tip_phone: Some("+1 555 0100".into()),
        tip_phone_href: Some("tel:+15550100".into()),
        sections: vec![Link { name: "Town".into(), url: "/town".into() }],
        pages: vec![Link { name: "About".into(), url: "/about".into() }],
        archive_url: Some("/archive".into()),
        ..site.clone()
    };
    let head = Head {
        kind,
        title: "The wall".into(),
        description: None,
        canonical: None,
        robots: None,
        language: "en".into(),
        dir: "ltr",
        section_url: None,
        picture_url: None,
        picture_alt: None,
        feed: None,
        preview: false,
        json_ld: None,
    };
    let fuller = Head {
        description: Some("A \"wall\" & more".into()),
        canonical: Some("https://news.example/town/wall".into()),
        robots: Some("noindex"),
        language: language.into(),
        dir: direction(language),
        section_url: Some("/town".into()),
        picture_url: Some("https://news.example/media/aa.jpg".into()),
        picture_alt: Some("A \"wall\"".into()),
        feed: Some(FeedLinks::below("Town", "/town")),
        preview: true,
        json_ld: Some("{\"@type\":\"NewsArticle\"}".into()),
        ..head.clone()
    };
    [(site, head), (full, fuller)]
}
