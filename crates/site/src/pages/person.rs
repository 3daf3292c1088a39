//! A person on the record: what they said, newest first, by channel and year; and the list of all people.

use std::cmp::Reverse;

use onrecord_base::{Conn, Result, Time};
use onrecord_record::{
    PublicPerson, PublicQuotation,
    public::Saying,
    quotation::CHANNELS,
    store::{people, public},
};
use onrecord_stories::{
    address,
    published::{Cursor, Place},
};

use super::{
    dates::first_day,
    json_ld,
    lists::{at, decoded},
    maker::{Maker, some},
    said::host,
};
use crate::{
    edition::page::Draft,
    views::{
        Elsewhere, FeedLinks, Head, LetterGroup, MarkedLink, Pager, PagerLink, PeopleList, PeopleView, PersonLine,
        PersonPage, PersonView, StoryLink, YearGroup,
    },
};

/// Quotations on a page.
const PAGE: usize = 20;
/// Stories about a person that the first page names.
const STORIES: usize = 8;

/// A part of what a person said.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    All,
    Year(i16),
    Channel(&'static str),
}

impl Part {
    /// Reads the last part of `/people/NAME/PART`.
    fn read(text: &str) -> Option<Part> {
        if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().ok().map(Part::Year);
        }
        CHANNELS.into_iter().find(|channel| channel.replace(' ', "-") == text).map(Part::Channel)
    }

    fn holds(self, one: &Dated) -> bool {
        match self {
            Part::All => true,
            Part::Year(year) => one.year == year,
            Part::Channel(channel) => one.channel == channel,
        }
    }
}

/// A saying with its place in time: when it was said, as far as known, or else when we published it.
struct Dated {
    id: String,
    channel: &'static str,
    at: Time,
    year: i16,
}

/// `/people/NAME`, and with `part` its `/people/NAME/2018` and `/people/NAME/post`.
pub(super) fn make(mut maker: Maker<'_, '_>, slug: &str, part: Option<&str>, place: &Place) -> Result<Option<Draft>> {
    let part = match part {
        None => Part::All,
        Some(text) => match Part::read(text) {
            Some(part) => part,
            None => return Ok(None),
        },
    };
    let Some(person) = public::person(maker.conn, &decoded(slug))? else { return Ok(None) };
    maker.noted.note("person", &person.id);
    let all = dated(&mut maker, &person)?;
    let home = format!("/people/{}", person.slug);
    let wanted: Vec<&Dated> = all.iter().filter(|one| part.holds(one)).collect();
    let path = match part {
        Part::All => home.clone(),
        Part::Year(year) => format!("{home}/{year:04}"),
        Part::Channel(channel) => format!("{home}/{}", channel.replace(' ', "-")),
    };
    let (shown, pager) = page(&wanted, place, &path);
    // A part without anything in it is no page.
    if shown.is_empty() {
        return Ok(None);
    }
    let ids: Vec<&str> = shown.iter().map(|one| one.id.as_str()).collect();
    let quotations = public::quotations(maker.conn, &ids)?;
    let first = part == Part::All && *place == Place::Newest;
    let stories = if first { stories(&mut maker, &all)? } else { Vec::new() };
    let mut view = of(&maker, &person, &home, &all, part);
    view.groups = groups(&mut maker, &shown, &quotations);
    view.stories = stories;
    view.pager = pager;
    view.all_url = (!first).then(|| home.clone());
    let title = match part {
        Part::Year(year) => format!("{}, {year}", person.name),
        _ => person.name.clone(),
    };
    let head = Head {
        description: some(&person.description),
        // A part shows nothing that the whole does not.
        robots: (part != Part::All).then_some("noindex"),
        feed: Some(FeedLinks::below(&person.name, &home)),
        canonical: Some(maker.absolute(&at(&path, place))),
        json_ld: first.then(|| json_ld::person(&person, &maker.absolute(&home))),
        ..maker.head("person", &title, None)
    };
    maker.page(&PersonView { person: view }, &head).map(Some)
}

/// Where the page of a person who has another address now stands, or what was asked for below it.
pub(super) fn moved(conn: &mut Conn<'_>, slug: &str, rest: &[&str]) -> Result<Option<String>> {
    let Some(known) = people::moved(conn, &decoded(slug))? else { return Ok(None) };
    // Whoever is quoted nowhere has no page yet, or no more.
    let Some(person) = public::person(conn, &known.slug)? else { return Ok(None) };
    let path: Vec<&str> =
        ["/people", &person.slug].into_iter().chain(rest.iter().copied()).filter(|part| !part.is_empty()).collect();
    Ok(address::normal(&path.join("/")))
}

/// The page but for what was said.
fn of(maker: &Maker<'_, '_>, person: &PublicPerson, home: &str, all: &[Dated], part: Part) -> PersonPage {
    let (channels, years) = parts(maker, home, all, part);
    PersonPage {
        name: person.name.clone(),
        description: some(&person.description),
        aliases: person.aliases.clone(),
        elsewhere: person.same_as.iter().map(|url| Elsewhere { host: host(url), url: url.clone() }).collect(),
        count: person.quotations,
        channels,
        years,
        groups: Vec::new(),
        stories: Vec::new(),
        pager: Pager::default(),
        all_url: None,
        feed_url: format!("{home}/feed.xml"),
    }
}

/// Newest first; what was said at one time in the order in which it was put on the record.
fn order(one: &Dated) -> (Reverse<Time>, String) {
    (Reverse(one.at), one.id.clone())
}

/// All that a person said, newest first.
fn dated(maker: &mut Maker<'_, '_>, person: &PublicPerson) -> Result<Vec<Dated>> {
    let zone = maker.zone.clone();
    let one = |saying: Saying| {
        let day = first_day(&saying.said_on).and_then(|day| day.to_zoned(zone.clone()).ok());
        let at = day.map_or(saying.published_at, |day| Time::from_millis(day.timestamp().as_millisecond()));
        let channel = CHANNELS.into_iter().find(|known| *known == saying.channel).unwrap_or("unknown");
        Dated { id: saying.id, channel, at, year: at.in_zone(&zone).year() }
    };
    let mut all: Vec<Dated> = public::sayings(maker.conn, &person.id)?.into_iter().map(one).collect();
    all.sort_by_cached_key(order);
    Ok(all)
}

/// Those of a page, with the pages beside it.
fn page<'d>(all: &[&'d Dated], place: &Place, path: &str) -> (Vec<&'d Dated>, Pager) {
    let key = |cursor: &Cursor| (Reverse(cursor.at), cursor.id.clone());
    let of = |one: &&Dated| order(one);
    let start = match place {
        Place::Newest => 0,
        Place::OlderThan(cursor) => all.partition_point(|one| of(one) <= key(cursor)),
        Place::NewerThan(cursor) => all.partition_point(|one| of(one) < key(cursor)).saturating_sub(PAGE),
    };
    let shown: Vec<&Dated> = all.iter().skip(start).take(PAGE).copied().collect();
    let link = |place: Place| PagerLink { name: None, url: at(path, &place) };
    let cursor = |one: &&Dated| Cursor { at: one.at, id: one.id.clone() };
    let newer = shown.first().filter(|_| start > 0).map(|one| link(Place::NewerThan(cursor(one))));
    let older = shown.last().filter(|_| start + shown.len() < all.len()).map(|one| link(Place::OlderThan(cursor(one))));
    (shown, Pager { newer, older, ..Pager::default() })
}

/// Links to the parts, newest years first; a list of one would narrow nothing.
fn parts(maker: &Maker<'_, '_>, home: &str, all: &[Dated], part: Part) -> (Vec<MarkedLink>, Vec<MarkedLink>) {
    let name = |channel: &str| maker.text(&format!("site-channel-{}", channel.replace(' ', "-")));
    let channels: Vec<MarkedLink> = CHANNELS
        .into_iter()
        .filter(|channel| all.iter().any(|one| one.channel == *channel))
        .map(|channel| MarkedLink {
            name: name(channel),
            url: format!("{home}/{}", channel.replace(' ', "-")),
            current: part == Part::Channel(channel),
        })
        .collect();
    let mut years: Vec<i16> = all.iter().map(|one| one.year).collect();
    years.dedup();
    let years: Vec<MarkedLink> = years
        .into_iter()
        .map(|year| MarkedLink {
            name: year.to_string(),
            url: format!("{home}/{year:04}"),
            current: part == Part::Year(year),
        })
        .collect();
    let several = |links: Vec<MarkedLink>| if links.len() > 1 { links } else { Vec::new() };
    (several(channels), several(years))
}

fn groups(maker: &mut Maker<'_, '_>, shown: &[&Dated], quotations: &[PublicQuotation]) -> Vec<YearGroup> {
    let teller = maker.teller(&maker.language());
    let mut groups: Vec<YearGroup> = Vec::new();
    for one in shown {
        let Some(quotation) = quotations.iter().find(|quotation| quotation.id == one.id) else { continue };
        maker.note_quotation(quotation);
        let year = one.year.to_string();
        let quote = teller.quote(quotation);
        match groups.last_mut().filter(|group| group.year == year) {
            Some(group) => group.items.push(quote),
            None => groups.push(YearGroup { year, items: vec![quote] }),
        }
    }
    groups
}

/// The newest stories in which the person is quoted.
fn stories(maker: &mut Maker<'_, '_>, all: &[Dated]) -> Result<Vec<StoryLink>> {
    /// Quotations that are looked through for stories: several stand in one.
    const LOOKED_THROUGH: usize = 100;
    let ids: Vec<&str> = all.iter().take(LOOKED_THROUGH).map(|one| one.id.as_str()).collect();
    let mut uses: Vec<_> = public::quotations(maker.conn, &ids)?.into_iter().flat_map(|one| one.uses).collect();
    uses.sort_by(|a, b| (b.published_at, &b.story).cmp(&(a.published_at, &a.story)));
    uses.dedup_by(|a, b| a.story == b.story);
    uses.truncate(STORIES);
    let teller = maker.teller(&maker.language());
    for one in &uses {
        maker.noted.note("story", &one.story);
    }
    Ok(uses.iter().map(|one| teller.story(one, &one.words)).collect())
}

/// The newest quotations of a person, for the feed.
pub(super) fn newest(maker: &mut Maker<'_, '_>, person: &PublicPerson, limit: usize) -> Result<Vec<PublicQuotation>> {
    maker.noted.note("person", &person.id);
    let mut sayings = public::sayings(maker.conn, &person.id)?;
    sayings.sort_by(|a, b| (b.published_at, &b.id).cmp(&(a.published_at, &a.id)));
    let ids: Vec<&str> = sayings.iter().take(limit).map(|one| one.id.as_str()).collect();
    let quotations = public::quotations(maker.conn, &ids)?;
    for quotation in &quotations {
        maker.note_quotation(quotation);
    }
    Ok(quotations)
}

/// `/people`.
pub(super) fn index(mut maker: Maker<'_, '_>) -> Result<Draft> {
    maker.noted.note("list", "quotations");
    let mut groups: Vec<LetterGroup> = Vec::new();
    let mut people = public::people(maker.conn)?;
    people.sort_by_cached_key(|person| person.name.to_lowercase());
    for person in people {
        maker.noted.note("person", &person.id);
        let letter = person.name.chars().next().map_or_else(String::new, |c| c.to_uppercase().to_string());
        let line = PersonLine {
            url: format!("/people/{}", person.slug),
            description: some(&person.description),
            count: person.quotations,
            name: person.name,
        };
        match groups.last_mut().filter(|group| group.letter == letter) {
            Some(group) => group.items.push(line),
            None => groups.push(LetterGroup { letter, items: vec![line] }),
        }
    }
    let title = maker.text("site-people");
    let robots = groups.is_empty().then_some("noindex");
    let head = Head { robots, ..maker.head("people", &title, Some("/people")) };
    maker.page(&PeopleView { people: PeopleList { groups } }, &head)
}
