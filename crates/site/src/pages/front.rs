//! The front: what the desk pinned, then the newest, then the sections.

use onrecord_base::Result;
use onrecord_stories::published::{self, Filter};

use super::maker::{Maker, some};
use crate::{
    edition::page::Draft,
    views::{Card, Front, FrontSection, FrontView},
};

/// Stories beside the one on top.
const SECONDARY: usize = 4;
/// Stories under "latest".
const LATEST: usize = 8;
/// Stories of each section.
const EACH: usize = 4;

pub(super) fn make(mut maker: Maker<'_, '_>) -> Result<Draft> {
    for (kind, subject) in [("list", "all"), ("front", "pins")] {
        maker.noted.note(kind, subject);
    }
    let front = published::front(maker.conn, 1 + SECONDARY + LATEST)?;
    let updated = front.latest.iter().chain(&front.pinned).map(|card| card.published_at).max();
    let mut shown: Vec<published::Card> = front.pinned.into_iter().chain(front.latest).collect();
    shown.truncate(1 + SECONDARY + LATEST);
    let sections = sections(&mut maker, &shown)?;
    let mut cards = maker.cards(&shown)?.into_iter();
    let lead = cards.next();
    let secondary: Vec<Card> = cards.by_ref().take(SECONDARY).collect();
    let view = FrontView {
        front: Front {
            lead,
            secondary,
            latest: cards.collect(),
            updated: updated.map(|time| maker.date(time)),
            sections,
        },
    };
    let mut head = maker.head("front", &maker.settings.name, Some("/"));
    head.description = some(&maker.settings.tagline);
    maker.page(&view, &head)
}

fn sections(maker: &mut Maker<'_, '_>, above: &[published::Card]) -> Result<Vec<FrontSection>> {
    let mut found = Vec::new();
    for section in published::sections(maker.conn)? {
        maker.noted.note("list", &format!("section/{}", section.id));
        // Those above are left out, so that many may have to be passed over.
        let in_section = |card: &&published::Card| card.section.as_ref().is_some_and(|s| s.id == section.id);
        let more = above.iter().filter(in_section).count();
        let mut cards = published::cards(maker.conn, &Filter::section(&section.id).originals(), None, EACH + more)?;
        cards.retain(|card| above.iter().all(|shown| shown.id != card.id));
        cards.truncate(EACH);
        let url = format!("/{}", section.slug);
        found.push(FrontSection { name: section.name, url, items: maker.cards(&cards)? });
    }
    Ok(found)
}
