//! Honest pages for what is not open yet: the tip line's form, comments.

use onrecord_base::Result;

use super::maker::Maker;
use crate::{
    edition::page::Draft,
    views::{Notice, NoticeView},
};

pub(super) fn tip(maker: Maker<'_, '_>) -> Result<Draft> {
    let title = maker.text("site-notice-tip-title");
    let head = maker.head("notice", &title, Some("/tip"));
    maker.page(&NoticeView { notice: Notice { kind: "tip", back: None } }, &head)
}
