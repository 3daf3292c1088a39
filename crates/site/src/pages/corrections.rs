//! What was wrong and is right now: the corrections of all stories in one list.

use onrecord_base::Result;
use onrecord_stories::published::{self, Cursor, Place};

use super::{
    lists::{PAGE, at},
    maker::Maker,
};
use crate::{
    edition::page::Draft,
    views::{CorrectionLine, CorrectionsList, CorrectionsView, FeedLinks, Head, Link, Pager, PagerLink, direction},
};

const PATH: &str = "/corrections";

pub(super) fn make(mut maker: Maker<'_, '_>, place: &Place) -> Result<Draft> {
    maker.noted.note("list", "all");
    maker.noted.note("list", "corrections");
    let before = match place {
        Place::OlderThan(cursor) => Some((cursor.at, cursor.id.as_str())),
        Place::Newest | Place::NewerThan(_) => None,
    };
    let mut found = published::corrections(maker.conn, before, PAGE + 1)?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let last = found.last().map(|one| Place::OlderThan(Cursor { at: one.at, id: one.id.clone() }));
    let mut items = Vec::new();
    for correction in found {
        maker.noted.note("story", &correction.story);
        // Pages that are no stories have no line of their own.
        let Some(story) = published::whereabouts(maker.conn, &correction.story)? else { continue };
        items.push(CorrectionLine {
            text: correction.text,
            date: maker.date(correction.at),
            dir: direction(&story.language),
            language: story.language,
            story: Link { name: story.headline, url: story.path },
        });
    }
    let link = |place: Place| PagerLink { name: None, url: at(PATH, &place) };
    let pager = Pager {
        newer: before.map(|_| link(Place::Newest)),
        older: last.filter(|_| more).map(link),
        ..Pager::default()
    };
    let title = maker.text("site-corrections-title");
    let head = Head {
        description: Some(maker.text("site-corrections-intro")),
        feed: Some(FeedLinks::below(&title, PATH)),
        canonical: Some(maker.absolute(&at(PATH, if before.is_some() { place } else { &Place::Newest }))),
        ..maker.head("corrections", &title, None)
    };
    let feed_url = format!("{PATH}/feed.xml");
    maker.page(&CorrectionsView { corrections: CorrectionsList { items, pager, feed_url } }, &head)
}
