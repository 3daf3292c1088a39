//! What the stories about the desk's pages share: browsers, and drafts in which somebody speaks.

use onrecord_accounts::{
    Role,
    testing::{Browser, staff},
};
use onrecord_base::{App, fetch::Reach, views::Templates, web::errors};
use onrecord_prose::Document;
use onrecord_stories::{Content, Kind, store::drafts, testing::content};

use super::BRIDGE;
use crate::{
    Quotation, State, follow,
    store::{
        quotations,
        standing::{self, PublishedStanding},
    },
};

/// Every template that the desk's pages here need.
pub(super) const ALL: &[Templates] = &[errors::TEMPLATES, crate::TEMPLATES];

/// A browser in which somebody of this role is signed in; captures reach servers of the tests.
pub(super) async fn browser(app: &App, name: &str, role: Role) -> Browser {
    let (_, cookie) = staff(app, name, role).await;
    Browser::new(app, crate::web::routes_reaching(Reach::Loopback)).signed_in(&cookie)
}

/// Lets readers see a record where it stands in a story.
pub(super) async fn publish(app: &App, story: &str, record: &Quotation) {
    let (story, record, now) = (story.to_owned(), record.clone(), app.now());
    app.db
        .write(move |conn| {
            let drafted = standing::of_draft(conn, &story)?;
            let copies: Vec<_> = drafted.into_iter().map(|s| PublishedStanding::of(s, &record, State::Exact)).collect();
            standing::publish(conn, &story, &copies, now)
        })
        .await
        .unwrap();
}

/// A draft of somebody, in which the mayor speaks; the story and the record.
pub(super) async fn quoted(app: &App, by: &str) -> (String, Quotation) {
    let document = Document::from_html(BRIDGE).document;
    let content = Content { body: document.clone(), ..content("The bridge", None) };
    let (story, by, now) = (app.id(), by.to_owned(), app.now());
    let (id, random) = (story.clone(), app.random.clone());
    let quotation = app
        .db
        .write(move |conn| {
            let content = content.checked("en")?;
            drafts::create(conn, &id, Kind::Story, &content, Some(&by), now)?;
            let text = follow::Text { story: &id, version: 1, found: &follow::found(&document) };
            follow::follow(conn, &random, text, &by, now)?;
            let standing = standing::of_draft(conn, &id)?;
            Ok(quotations::find(conn, &standing[0].quotation)?.unwrap())
        })
        .await
        .unwrap();
    (story, quotation)
}
