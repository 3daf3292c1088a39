//! What to read after a story: on its page, and as a small resource of its own that is made anew as counts come in.

use onrecord_base::Result;
use onrecord_stories::published;

use super::maker::Maker;
use crate::{
    edition::page::Draft,
    views::{
        Head, Link, direction,
        next::{After, NextPage, NextView},
    },
};

/// The list below a story; none where nothing else is published, or there is no second ranker.
pub(super) fn below(maker: &mut Maker<'_, '_>, id: &str, path: &str, second: bool) -> Result<Option<After>> {
    maker.noted.note("next", id);
    maker.noted.note("next", "everywhere");
    let next = maker.next.clone();
    let Some(shown) = next.list(maker.conn, id, second, maker.now)? else { return Ok(None) };
    if shown.provisional {
        maker.noted.note("next", "model");
    }
    let cards: Vec<published::Card> = shown.stories.into_iter().map(|story| story.card).collect();
    if cards.len() < shown.settings.links() {
        // A small newsroom: whatever is published next belongs here.
        maker.noted.note("list", "all");
    }
    let ids = cards.iter().map(|card| card.id.as_str()).collect::<Vec<_>>().join(" ");
    let own = published::cards_by_id(maker.conn, &[id])?;
    let of = |card: &published::Card| card.section.as_ref().map_or_else(|| "-".into(), |section| section.slug.clone());
    let sections: Vec<String> =
        [own.first().map_or_else(|| "-".into(), of)].into_iter().chain(cards.iter().map(of)).collect();
    let mut cards = maker.cards(&cards)?.into_iter();
    Ok(cards.next().map(|first| After {
        next: Some(first),
        more: cards.collect(),
        url: format!("{}/next", path.trim_end_matches('/')),
        story: id.to_owned(),
        ids,
        sections: sections.join(" "),
        variant: Some(shown.variant),
        trial: shown.trial,
        automatic: shown.settings.automatic,
    }))
}

/// The resource.
pub(super) fn make(mut maker: Maker<'_, '_>, id: &str, second: bool) -> Result<Option<Draft>> {
    maker.noted.note("story", id);
    // A new story can be recommended at once, and clicks change the order.
    maker.noted.note("list", "all");
    maker.noted.note("next", "counts");
    let Some(story) = published::whereabouts(maker.conn, id)? else { return Ok(None) };
    let Some(after) = below(&mut maker, id, &story.path, second)? else { return Ok(None) };
    let language = maker.frame_language(&story.language);
    let title = maker.app.messages.text(&language, "site-next", []);
    let head = Head {
        robots: Some("noindex"),
        dir: direction(&language),
        language,
        ..maker.head("next", &title, Some(&after.url))
    };
    let story = Link { name: story.headline, url: story.path };
    maker.page(&NextView { next_page: NextPage { story, after } }, &head).map(Some)
}
