//! Honest pages for what is not open yet: the tip line's form, comments.

use onrecord_base::Result;
use onrecord_stories::{Kind, published};

use super::maker::Maker;
use crate::{
    edition::page::Draft,
    views::{Head, Link, Notice, NoticeView},
};

pub(super) fn tip(maker: Maker<'_, '_>) -> Result<Draft> {
    let title = maker.text("site-notice-tip-title");
    let head = maker.head("notice", &title, Some("/tip"));
    maker.page(&NoticeView { notice: Notice { kind: "tip", back: None } }, &head)
}

/// Below a story; none where there is no such story.
pub(super) fn comments(mut maker: Maker<'_, '_>, story: &str) -> Result<Option<Draft>> {
    maker.noted.note("story", story);
    let Some(story) = published::story(maker.conn, story)?.filter(|story| story.kind == Kind::Story) else {
        return Ok(None);
    };
    let title = maker.text("site-notice-comments-title");
    let head = Head { robots: Some("noindex"), ..maker.head("notice", &title, None) };
    let back = Some(Link { name: story.headline.clone(), url: story.path.clone() });
    maker.page(&NoticeView { notice: Notice { kind: "comments", back } }, &head).map(Some)
}
