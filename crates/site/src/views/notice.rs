//! Honest pages for what is not there yet.

use onrecord_base::views::View;
use serde::Serialize;

use super::Link;

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeView {
    /// What it says.
    pub notice: Notice,
}

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// `tip`.
    pub kind: &'static str,
    /// The story one came from.
    pub back: Option<Link>,
}

impl View for NoticeView {
    const TEMPLATE: &'static str = "notice.html";

    fn samples() -> Vec<NoticeView> {
        let back = Some(Link { name: "The wall".into(), url: "/town/wall".into() });
        [Notice { kind: "tip", back: None }, Notice { kind: "tip", back }].map(|notice| NoticeView { notice }).into()
    }
}
