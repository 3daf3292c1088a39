//! The site map: all stories and pages, all people and quotations on the record, in parts of 50,000 (the protocol's limit).

use onrecord_base::{Result, Time};
use onrecord_record::store::public;
use onrecord_stories::published::{self, Filter};

use super::maker::Maker;
use crate::{
    edition::page::{Draft, Keep},
    views::{Entry, NewsEntry, NewsSitemapView, Sitemap, SitemapView},
};

/// Addresses in one map.
const PART: usize = 50_000;
/// Addresses read at once.
const BATCH: usize = 1_000;
/// For how long a story is news to Google, in milliseconds.
const NEWS: i64 = 2 * 86_400_000;
/// Stories of the map of news.
const NEWS_MOST: usize = 1_000;

const XML: &str = "application/xml; charset=utf-8";

/// The map itself, or the index of its parts where one does not hold all.
pub(super) fn index(mut maker: Maker<'_, '_>) -> Result<Draft> {
    note(&mut maker);
    let mut sitemap = Sitemap::default();
    let mut newest = None;
    let mut parts: Vec<Option<Time>> = Vec::new();
    let mut count = 0;
    each(&mut maker, |maker, address| {
        if count % PART == 0 {
            parts.push(None);
        }
        if count < PART {
            sitemap.entries.push(entry(maker, &address));
        }
        count += 1;
        newest = newest.max(Some(address.modified));
        if let Some(last) = parts.last_mut() {
            *last = (*last).max(Some(address.modified));
        }
    })?;
    if parts.len() > 1 {
        sitemap.entries.clear();
        sitemap.maps = parts
            .into_iter()
            .zip(1..)
            .map(|(modified, number)| Entry {
                url: maker.absolute(&format!("/sitemaps/{number}.xml")),
                modified: modified.map(Time::rfc3339),
            })
            .collect();
    } else {
        let mut own = vec![Entry { url: maker.absolute("/"), modified: newest.map(Time::rfc3339) }];
        for section in published::sections(maker.conn)? {
            own.push(Entry { url: maker.absolute(&format!("/{}", section.slug)), modified: None });
        }
        sitemap.entries.splice(0..0, own);
    }
    maker.bare(XML, &SitemapView { sitemap })
}

/// One part: `1.xml`, `2.xml`, ...
pub(super) fn part(mut maker: Maker<'_, '_>, name: &str) -> Result<Option<Draft>> {
    let number: Option<usize> = name.strip_suffix(".xml").and_then(|n| n.parse().ok());
    let Some(number) = number.filter(|number| *number > 0 && format!("{number}.xml") == name) else { return Ok(None) };
    note(&mut maker);
    let mut sitemap = Sitemap::default();
    let mut count = 0;
    each(&mut maker, |maker, address| {
        if count / PART == number - 1 {
            sitemap.entries.push(entry(maker, &address));
        }
        count += 1;
    })?;
    if sitemap.entries.is_empty() {
        return Ok(None);
    }
    maker.bare(XML, &SitemapView { sitemap }).map(Some)
}

/// The stories of the last two days, which is what Google News looks at; at most 1,000, which is what it reads.
pub(super) fn news(mut maker: Maker<'_, '_>) -> Result<Draft> {
    note(&mut maker);
    // Time alone takes stories off the list.
    maker.noted.note("hour", "");
    let filter = Filter { from: Some(maker.now.plus(-NEWS)), ..Filter::all() };
    let (mut entries, mut before) = (Vec::new(), None);
    while entries.len() < NEWS_MOST {
        let cards = published::cards(maker.conn, &filter, before.as_ref(), NEWS_MOST - entries.len())?;
        let Some(last) = cards.last() else { break };
        before = Some(last.cursor());
        for card in cards {
            maker.noted.note("story", &card.id);
            entries.push(NewsEntry {
                url: maker.absolute(&card.path),
                language: news_language(&card.language),
                published: card.published_at.rfc3339(),
                title: card.headline,
            });
        }
    }
    let name = maker.settings.name.clone();
    // No change tells a network in front of us that a story is two days old now.
    Ok(Draft { keep: Keep::Revalidate, ..maker.bare(XML, &NewsSitemapView { name, entries })? })
}

/// ISO 639 alone, but for the two writings of Chinese, which the format names apart.
fn news_language(tag: &str) -> String {
    let lower = tag.to_lowercase();
    match lower.as_str() {
        "zh-tw" | "zh-hant" | "zh-hk" => "zh-tw".into(),
        "zh" | "zh-cn" | "zh-hans" => "zh-cn".into(),
        _ => lower.split('-').next().unwrap_or_default().to_owned(),
    }
}

fn note(maker: &mut Maker<'_, '_>) {
    for (kind, subject) in [("list", "all"), ("list", "modified"), ("list", "quotations"), ("frame", "")] {
        maker.noted.note(kind, subject);
    }
}

/// An address, and when what stands there was last changed.
struct Address {
    path: String,
    modified: Time,
}

/// Stories and pages, then people, then quotations.
fn each(maker: &mut Maker<'_, '_>, mut take: impl FnMut(&Maker<'_, '_>, Address)) -> Result<()> {
    let mut after: Option<String> = None;
    loop {
        let batch = published::addresses(maker.conn, after.as_deref(), BATCH)?;
        let Some(last) = batch.last() else { break };
        after = Some(last.id.clone());
        for address in batch {
            take(maker, Address { path: address.path, modified: address.modified });
        }
    }
    for person in public::people(maker.conn)? {
        maker.noted.note("person", &person.id);
        take(maker, Address { path: format!("/people/{}", person.slug), modified: person.modified });
    }
    let mut after: Option<String> = None;
    loop {
        let batch = public::addresses(maker.conn, after.as_deref(), BATCH)?;
        let Some((last, _)) = batch.last() else { return Ok(()) };
        after = Some(last.clone());
        for (id, modified) in batch {
            take(maker, Address { path: format!("/quotes/{id}"), modified });
        }
    }
}

fn entry(maker: &Maker<'_, '_>, address: &Address) -> Entry {
    Entry { url: maker.absolute(&address.path), modified: Some(address.modified.rfc3339()) }
}
