//! A person on the record, and the list of all of them.

use onrecord_base::views::View;
use serde::Serialize;

use super::{MarkedLink, Pager, PagerLink, Quote, StoryLink, samples};

/// A person's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonView {
    /// What it shows.
    pub person: PersonPage,
}

/// What a person's page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonPage {
    /// The name.
    pub name: String,
    /// Who that is, in a line.
    pub description: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// The person elsewhere.
    pub elsewhere: Vec<Elsewhere>,
    /// How many quotations there are in all.
    pub count: i64,
    /// Channels and years by which the list is narrowed; each list is empty if there is but one.
    pub channels: Vec<MarkedLink>,
    /// As above.
    pub years: Vec<MarkedLink>,
    /// What was said, newest first, by year.
    pub groups: Vec<YearGroup>,
    /// Stories about the person; on the first page only.
    pub stories: Vec<StoryLink>,
    /// The pages beside it.
    pub pager: Pager,
    /// The whole list, if this is a part of it.
    pub all_url: Option<String>,
    /// The feed.
    pub feed_url: String,
}

/// An address that says who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Elsewhere {
    /// The address.
    pub url: String,
    /// Its host.
    pub host: String,
}

/// What was said in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearGroup {
    /// The year.
    pub year: String,
    /// What was said.
    pub items: Vec<Quote>,
}

/// The list of all people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeopleView {
    /// What it shows.
    pub people: PeopleList,
}

/// What the list of people shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeopleList {
    /// The people by first letter of their names.
    pub groups: Vec<LetterGroup>,
}

/// The people of one letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LetterGroup {
    /// The letter.
    pub letter: String,
    /// The people.
    pub items: Vec<PersonLine>,
}

/// A person on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonLine {
    /// The name.
    pub name: String,
    /// Their page.
    pub url: String,
    /// Who that is, in a line.
    pub description: Option<String>,
    /// How many quotations.
    pub count: i64,
}

impl View for PersonView {
    const TEMPLATE: &'static str = "person.html";

    fn samples() -> Vec<PersonView> {
        let bare = PersonPage {
            name: "Ilse <Tamberg>".into(),
            description: None,
            aliases: vec![],
            elsewhere: vec![],
            count: 1,
            channels: vec![],
            years: vec![],
            groups: vec![],
            stories: vec![],
            pager: Pager::default(),
            all_url: None,
            feed_url: "/people/ilse-tamberg/feed.xml".into(),
        };
        let links = ["2025", "2026"].map(|year| MarkedLink {
            name: year.into(),
            url: format!("/people/ilse-tamberg/{year}"),
            current: year == "2025",
        });
        let link = Some(PagerLink { name: None, url: "/people/ilse-tamberg?before=1-a".into() });
        let full = PersonPage {
            description: Some("Mayor & harbour master".into()),
            aliases: vec!["Ilse Maria Tamberg".into(), "the mayor".into()],
            elsewhere: vec![Elsewhere { url: "https://example.org/tamberg".into(), host: "example.org".into() }],
            count: 41,
            channels: links.clone().into(),
            years: links.into(),
            groups: vec![
                YearGroup { year: "2026".into(), items: vec![samples::quote(), samples::bare_quote()] },
                YearGroup { year: "2025".into(), items: vec![samples::quote()] },
            ],
            stories: vec![samples::story_link()],
            pager: Pager { newer: link.clone(), older: link, ..Pager::default() },
            all_url: Some("/people/ilse-tamberg".into()),
            ..bare.clone()
        };
        [bare, full].map(|person| PersonView { person }).into()
    }
}

impl View for PeopleView {
    const TEMPLATE: &'static str = "people.html";

    fn samples() -> Vec<PeopleView> {
        let line = PersonLine {
            name: "Ilse <Tamberg>".into(),
            url: "/people/ilse-tamberg".into(),
            description: Some("Mayor".into()),
            count: 3,
        };
        let other = PersonLine { description: None, count: 1, ..line.clone() };
        let groups = vec![LetterGroup { letter: "I".into(), items: vec![line, other] }];
        [vec![], groups].map(|groups| PeopleView { people: PeopleList { groups } }).into()
    }
}
