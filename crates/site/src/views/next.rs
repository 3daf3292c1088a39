//! What to read after a story.

use onrecord_base::views::View;
use serde::Serialize;

use super::{Card, Link, samples};

/// The list at the end of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct After {
    /// The next article; on a story's page it stands in `story.next`.
    pub next: Option<Card>,
    /// Further ones; on a story's page they stand in `story.more`.
    pub more: Vec<Card>,
    /// Where the list stands by itself, made anew.
    pub url: String,
    /// The story's id.
    pub story: String,
    /// Ids of the listed stories in their order, with spaces between.
    pub ids: String,
    /// Slugs of the sections of the story itself and of the listed ones, likewise; `-` for none.
    pub sections: String,
    /// What it is counted as; none on a story's page.
    pub variant: Option<String>,
    /// Two rankers stand side by side.
    pub trial: bool,
    /// Stories follow one another without a click.
    pub automatic: bool,
}

/// The list by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextView {
    /// What it shows.
    pub next_page: NextPage,
}

/// What the list by itself shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextPage {
    /// The story it follows.
    pub story: Link,
    /// The list.
    pub after: After,
}

pub(super) fn sample() -> After {
    After {
        next: Some(samples::card()),
        more: vec![samples::card()],
        url: "/town/wall/next".into(),
        story: "9".into(),
        ids: "1 2".into(),
        sections: "town town -".into(),
        variant: Some("a".into()),
        trial: true,
        automatic: true,
    }
}

impl View for NextView {
    const TEMPLATE: &'static str = "next.html";

    fn samples() -> Vec<NextView> {
        let story = Link { name: "The <wall>".into(), url: "/town/wall".into() };
        let page = |after| NextView { next_page: NextPage { story: story.clone(), after } };
        vec![page(sample()), page(After { more: vec![], trial: false, automatic: false, ..sample() })]
    }
}
