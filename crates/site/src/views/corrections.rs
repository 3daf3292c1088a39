//! The corrections of all stories.

use onrecord_base::views::View;
use serde::Serialize;

use super::{Date, Link, Pager, PagerLink, samples};

/// The list of corrections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionsView {
    /// What it shows.
    pub corrections: CorrectionsList,
}

/// What the list of corrections shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionsList {
    /// Newest first.
    pub items: Vec<CorrectionLine>,
    /// The pages beside it.
    pub pager: Pager,
    /// The feed.
    pub feed_url: String,
}

/// A correction in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionLine {
    /// What was wrong and what is right.
    pub text: String,
    /// When it was made.
    pub date: Date,
    /// The language of the story.
    pub language: String,
    /// Its direction.
    pub dir: &'static str,
    /// The story as it stands now.
    pub story: Link,
}

impl View for CorrectionsView {
    const TEMPLATE: &'static str = "corrections.html";

    fn samples() -> Vec<CorrectionsView> {
        let feed_url = "/corrections/feed.xml".to_owned();
        let empty = CorrectionsList { items: vec![], pager: Pager::default(), feed_url };
        let line = CorrectionLine {
            text: "The wall is <b>12</b> metres high.".into(),
            date: samples::date(),
            language: "en".into(),
            dir: "ltr",
            story: Link { name: "Wall \"cracked\"".into(), url: "/town/wall".into() },
        };
        let pager = Pager {
            newer: Some(PagerLink { name: None, url: "/corrections".into() }),
            older: Some(PagerLink { name: None, url: "/corrections?before=1-a".into() }),
            ..Pager::default()
        };
        let full = CorrectionsList { items: vec![line.clone(), line], pager, ..empty.clone() };
        [empty, full].map(|corrections| CorrectionsView { corrections }).into()
    }
}
