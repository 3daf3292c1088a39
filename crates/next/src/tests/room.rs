//! The furniture: stories, readers without names, editors with browsers.

use std::net::SocketAddr;

use axum::{Extension, body::Body, extract::ConnectInfo};
use http::Method;
use onrecord_accounts::{
    Role,
    testing::{self as people, Answer, Browser},
};
use onrecord_base::{App, views::Templates, web::errors};
use onrecord_stories::{Section, published::PublishedStory, testing as newsroom};

use crate::{Next, Recommended};

/// Everything a template may extend.
pub(super) const TEMPLATES: &[Templates] = &[errors::TEMPLATES, onrecord_accounts::TEMPLATES, crate::TEMPLATES];

pub(super) async fn sections(app: &App, names: &[&str]) -> Vec<Section> {
    let mut sections = Vec::new();
    for name in names {
        sections.push(newsroom::section(app, name).await);
    }
    sections
}

/// Stories by turns in these sections.
pub(super) async fn stories(app: &App, sections: &[Section], count: usize) -> Vec<PublishedStory> {
    let mut stories = Vec::new();
    for number in 0..count {
        app.clock.advance(60_000);
        stories.push(newsroom::published(app, &format!("Headline {number}"), &sections[number % sections.len()]).await);
    }
    stories
}

/// What stands after a story.
pub(super) async fn list(app: &App, next: &Next, story: &str) -> Vec<String> {
    let (next, story, now) = (next.clone(), story.to_owned(), app.now());
    let shown = app.db.read(move |conn| next.list(conn, &story, false, now)).await.expect("a list");
    shown.expect("a list").stories.into_iter().map(|Recommended { card, .. }| card.id).collect()
}

pub(super) fn browser(app: &App, next: &Next) -> Browser {
    Browser::new(app, crate::routes(next))
}

/// A browser at a network address.
pub(super) fn browser_at(app: &App, next: &Next, address: [u8; 4]) -> Browser {
    let peer = ConnectInfo(SocketAddr::from((address, 443)));
    Browser::new(app, crate::routes(next).layer(Extension(peer)))
}

pub(super) async fn editor(app: &App, next: &Next, name: &str) -> Browser {
    let (_, cookie) = people::staff(app, name, Role::Editor).await;
    browser(app, next).signed_in(&cookie)
}

/// What a browser says.
pub(super) async fn say(browser: &mut Browser, text: String) -> Answer {
    browser.send(Method::POST, "/api/next", Body::from(text), &[("sec-fetch-site", "same-origin")]).await
}
