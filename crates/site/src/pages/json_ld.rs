//! What machines read about a story: schema.org's `NewsArticle`.

use serde_json::json;

use crate::views::{Head, Story};

/// JSON that may stand inside a `<script>` element: no character of it can end the element or open another.
pub(super) fn article(story: &Story, head: &Head, publisher: &str, home: &str) -> String {
    let base = home.trim_end_matches('/');
    let people: Vec<_> = story
        .bylines
        .iter()
        .map(|byline| match &byline.url {
            Some(url) => json!({ "@type": "Person", "name": byline.name, "url": format!("{base}{url}") }),
            None => json!({ "@type": "Person", "name": byline.name }),
        })
        .collect();
    let mut article = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "inLanguage": story.language,
        "mainEntityOfPage": head.canonical,
        "publisher": { "@type": "NewsMediaOrganization", "name": publisher, "url": home },
    });
    let facts = [
        ("datePublished", story.published.as_ref().map(|date| json!(date.iso))),
        ("dateModified", story.updated.as_ref().map(|date| json!(date.iso))),
        ("articleSection", story.section.as_ref().map(|section| json!(section.name))),
        ("image", head.picture_url.as_ref().map(|url| json!([url]))),
        ("author", (!people.is_empty()).then(|| json!(people))),
        ("correction", story.corrections.first().map(|_| json!(corrections(story)))),
    ];
    if let Some(fields) = article.as_object_mut() {
        fields.extend(facts.into_iter().filter_map(|(name, value)| value.map(|value| (name.to_owned(), value))));
    }
    let text = article.to_string();
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn corrections(story: &Story) -> Vec<serde_json::Value> {
    let one = |c: &crate::views::Correction| json!({ "@type": "CorrectionComment", "text": c.text, "datePublished": c.date.iso });
    story.corrections.iter().map(one).collect()
}
