//! What machines read: schema.org's `NewsArticle`, `Quotation` and `Person`.
//!
//! All are JSON that may stand inside a `<script>` element: no character of it can end the element or open another.

use onrecord_media::licence;
use onrecord_record::{PublicPerson, PublicQuotation, PublicSource, public::Use};
use serde_json::{Value, json};

use super::said::plain;
use crate::views::{Head, Image, Story};

/// The newsroom.
pub(super) struct Publisher<'a> {
    pub(super) name: &'a str,
    /// Absolute.
    pub(super) logo: &'a str,
}

/// A story with the quotations that stand in it.
pub(super) fn article(
    story: &Story,
    head: &Head,
    publisher: Publisher<'_>,
    home: &str,
    quotations: &[&PublicQuotation],
) -> String {
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
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": publisher.name,
            "url": home,
            "logo": { "@type": "ImageObject", "url": publisher.logo },
        },
        "isAccessibleForFree": true,
        // What a voice reads out: the theme's names for headline and dek.
        "speakable": { "@type": "SpeakableSpecification", "cssSelector": [".story-head .headline", ".story-head .dek"] },
    });
    let facts = [
        ("datePublished", story.published.as_ref().map(|date| json!(date.iso))),
        ("dateModified", story.updated.as_ref().map(|date| json!(date.iso))),
        ("articleSection", story.section.as_ref().map(|section| json!(section.name))),
        ("image", head.picture_url.as_ref().map(|url| json!([image(url, story.lead.as_ref())]))),
        ("author", (!people.is_empty()).then(|| json!(people))),
        (
            "hasPart",
            (!quotations.is_empty())
                .then(|| json!(quotations.iter().map(|one| quotation(one, base)).collect::<Vec<_>>())),
        ),
        ("correction", story.corrections.first().map(|_| json!(corrections(story)))),
    ];
    if let Some(fields) = article.as_object_mut() {
        fields.extend(facts.into_iter().filter_map(|(name, value)| value.map(|value| (name.to_owned(), value))));
    }
    safe(&article)
}

/// A picture with its credit, in the words that stand under it.
fn image(url: &str, lead: Option<&Image>) -> Value {
    let mut value = json!({ "@type": "ImageObject", "url": url, "contentUrl": url });
    let Some(lead) = lead else { return value };
    for (name, fact) in [
        ("caption", lead.caption.as_ref().map(|caption| json!(caption))),
        ("creditText", lead.credit().map(|credit| json!(credit))),
        ("creator", lead.photographer.as_ref().map(|name| json!({ "@type": "Person", "name": name }))),
        ("license", lead.licence.as_ref().map(|licence| json!(licence.url))),
        ("acquireLicensePage", lead.terms.as_ref().map(|terms| json!(terms))),
        ("copyrightNotice", notice(lead).map(|notice| json!(notice))),
        ("copyrightHolder", lead.agency.as_ref().map(|name| json!({ "@type": "Organization", "name": name }))),
    ] {
        if let Some(fact) = fact {
            value[name] = fact;
        }
    }
    value
}

/// Whose it is, unless it is everybody's.
fn notice(lead: &Image) -> Option<String> {
    let free = lead.licence.as_ref().is_some_and(|licence| licence::is_public_domain(&licence.url));
    let holder = lead.agency.as_ref().or(lead.photographer.as_ref()).filter(|_| !free)?;
    Some(format!("© {holder}"))
}

/// A quotation's own page.
pub(super) fn quotation_page(one: &PublicQuotation, home: &str) -> String {
    let mut value = quotation(one, home.trim_end_matches('/'));
    value["@context"] = json!("https://schema.org");
    safe(&value)
}

/// A person's page.
pub(super) fn person(person: &PublicPerson, url: &str) -> String {
    let mut value = json!({ "@type": "Person", "@id": url, "name": person.name, "url": url });
    for (name, fact) in [
        ("description", (!person.description.is_empty()).then(|| json!(person.description))),
        ("alternateName", (!person.aliases.is_empty()).then(|| json!(person.aliases))),
        ("sameAs", (!person.same_as.is_empty()).then(|| json!(person.same_as))),
    ] {
        if let Some(fact) = fact {
            value[name] = fact;
        }
    }
    safe(&json!({ "@context": "https://schema.org", "@type": "ProfilePage", "url": url, "mainEntity": value }))
}

fn quotation(one: &PublicQuotation, base: &str) -> Value {
    let url = format!("{base}/quotes/{}", one.id);
    let recorded: Vec<Value> = one.uses.iter().map(|place| recorded_in(place, base)).collect();
    let said = if one.said_on.is_empty() { one.first_published().rfc3339() } else { one.said_on.clone() };
    let mut value =
        json!({ "@type": "Quotation", "@id": url, "url": url, "text": plain(&one.words), "recordedIn": recorded });
    for (name, fact) in [
        ("creator", creator(one, base)),
        ("isBasedOn", based_on(one.how.as_ref())),
        ("datePublished", Some(json!(said))),
        ("inLanguage", one.uses.first().map(|place| json!(place.language))),
    ] {
        if let Some(fact) = fact {
            value[name] = fact;
        }
    }
    value
}

fn creator(one: &PublicQuotation, base: &str) -> Option<Value> {
    match &one.person {
        Some(person) => {
            let url = format!("{base}/people/{}", person.slug);
            Some(json!({ "@type": "Person", "@id": url, "name": person.name, "url": url }))
        }
        None if one.speaker.is_empty() => None,
        None => Some(json!({ "@type": "Person", "name": one.speaker })),
    }
}

/// Only what readers see too: a source of ours or an unnamed one is nothing that machines could find.
fn based_on(how: Option<&PublicSource>) -> Option<Value> {
    match how? {
        PublicSource::Page { url, title } => Some(json!({ "@type": "WebPage", "name": title, "url": url })),
        PublicSource::Document { title } => Some(json!({ "@type": "CreativeWork", "name": title })),
        PublicSource::Ours | PublicSource::Unnamed => None,
    }
}

fn recorded_in(place: &Use, base: &str) -> Value {
    json!({ "@type": "NewsArticle", "headline": place.headline, "url": format!("{base}{}", place.path) })
}

fn safe(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn corrections(story: &Story) -> Vec<Value> {
    let one = |c: &crate::views::Correction| json!({ "@type": "CorrectionComment", "text": c.text, "datePublished": c.date.iso });
    story.corrections.iter().map(one).collect()
}
