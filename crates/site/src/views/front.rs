//! The front.

use onrecord_base::views::View;
use serde::Serialize;

use super::{Card, Date, samples};

/// The front page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FrontView {
    /// What it shows.
    pub front: Front,
}

/// What the front shows: each story once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Front {
    /// The story on top.
    pub lead: Option<Card>,
    /// Those beside it.
    pub secondary: Vec<Card>,
    /// The newest others.
    pub latest: Vec<Card>,
    /// The newest publication.
    pub updated: Option<Date>,
    /// The sections with their newest.
    pub sections: Vec<FrontSection>,
}

/// A section on the front.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FrontSection {
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: String,
    /// Its newest stories.
    pub items: Vec<Card>,
}

impl View for FrontView {
    const TEMPLATE: &'static str = "front.html";

    fn samples() -> Vec<FrontView> {
        let empty = Front { lead: None, secondary: vec![], latest: vec![], updated: None, sections: vec![] };
        let one = Front { lead: Some(samples::bare_card()), ..empty.clone() };
        let full = Front {
            lead: Some(samples::card()),
            secondary: vec![samples::card(), samples::bare_card(), samples::foreign_card()],
            latest: vec![samples::card(), samples::bare_card()],
            updated: Some(samples::date()),
            sections: vec![
                FrontSection { name: "Town & country".into(), url: "/town".into(), items: vec![samples::card()] },
                FrontSection { name: "Empty".into(), url: "/empty".into(), items: vec![] },
            ],
        };
        [empty, one, full].map(|front| FrontView { front }).into()
    }
}
