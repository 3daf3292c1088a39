//! A newsroom's furniture for tests: sections, authors, drafts, published stories.

use onrecord_base::{App, Conn, Result};
use onrecord_prose::Document;

use crate::{
    Author, Byline, Checks, Content, Draft, Kind, NewAuthor, NewSection, Section,
    published::{self, PublishedStory},
    publishing::{self, House, Outcome, Wish},
    store,
};

/// Makes a section.
///
/// # Panics
/// If its slug is taken.
pub async fn section(app: &App, name: &str) -> Section {
    let (id, now) = (app.id(), app.now());
    let new = NewSection { name: name.into(), ..NewSection::default() };
    app.db.write(move |conn| store::sections::create(conn, &id, new, now)).await.expect("a section")
}

/// Makes an author.
///
/// # Panics
/// If the slug is taken.
pub async fn author(app: &App, name: &str) -> Author {
    let (id, now) = (app.id(), app.now());
    let new = NewAuthor { name: name.into(), ..NewAuthor::default() };
    app.db.write(move |conn| store::authors::create(conn, &id, new, now)).await.expect("an author")
}

/// What a short story says.
pub fn content(headline: &str, section: Option<&Section>) -> Content {
    Content {
        headline: headline.into(),
        dek: "The town has found the money.".into(),
        section: section.map(|section| section.id.clone()),
        bylines: vec![Byline { author: None, name: "Ana Ruiz".into() }],
        language: "en".into(),
        body: Document::from_text("The old wall gave way in March.\n\nThe masons begin on Monday.").document,
        ..Content::default()
    }
}

/// Begins a story.
///
/// # Panics
/// If it cannot be kept.
pub async fn draft(app: &App, kind: Kind, content: Content) -> Draft {
    let (id, now) = (app.id(), app.now());
    app.db
        .write(move |conn| {
            let mut content = content.checked("en")?;
            store::drafts::link_names(conn, &mut content)?;
            store::drafts::create(conn, &id, kind, &content, Some("ana"), now)?;
            store::drafts::get(conn, &id)
        })
        .await
        .expect("a draft")
}

/// Publishes the draft of a story as it stands, whatever the checks warn of.
///
/// # Errors
/// As [`publishing::publish`].
pub async fn publish(app: &App, story: &str) -> Result<Outcome> {
    let (settings, random, now, story) = (app.settings(), app.random.clone(), app.now(), story.to_owned());
    app.db
        .write(move |conn| {
            let version = store::drafts::get(conn, &story)?.version;
            let house = House { settings: &settings, checks: &Checks::default(), random: &random };
            let wish = Wish { story: &story, version, by: Some("ana"), despite_warnings: true, reason: None };
            publishing::publish(conn, house, wish, now)
        })
        .await
}

/// A published story.
///
/// # Panics
/// If it cannot be published.
pub async fn published(app: &App, headline: &str, section: &Section) -> PublishedStory {
    published_content(app, Kind::Story, content(headline, Some(section))).await
}

/// A published static page.
///
/// # Panics
/// If it cannot be published.
pub async fn published_page(app: &App, headline: &str) -> PublishedStory {
    published_content(app, Kind::Page, content(headline, None)).await
}

/// A published story or page that says what is given.
///
/// # Panics
/// If it cannot be published.
pub async fn published_content(app: &App, kind: Kind, content: Content) -> PublishedStory {
    let draft = draft(app, kind, content).await;
    let outcome = publish(app, &draft.id).await.expect("a publication");
    assert!(matches!(outcome, Outcome::Published(_)), "{outcome:?}");
    find(app, &draft.id).await.expect("the published story")
}

/// The published story with this id.
///
/// # Panics
/// If the database does not answer.
pub async fn find(app: &App, id: &str) -> Option<PublishedStory> {
    let id = id.to_owned();
    read(app, move |conn| published::story(conn, &id)).await
}

/// Saves a change to a draft.
///
/// # Panics
/// If it cannot be saved.
pub async fn change(app: &App, story: &str, change: impl FnOnce(&mut Content) + Send + 'static) -> Draft {
    let (now, story) = (app.now(), story.to_owned());
    app.db
        .write(move |conn| {
            let Draft { version, mut content, .. } = store::drafts::get(conn, &story)?;
            change(&mut content);
            let content = content.checked("en")?;
            store::drafts::save(conn, &story, version, content, store::drafts::How::Auto, Some("ana"), now)?;
            store::drafts::get(conn, &story)
        })
        .await
        .expect("a saved draft")
}

/// Reads, for a test.
///
/// # Panics
/// If it fails.
pub async fn read<T: Send + 'static>(app: &App, work: impl FnOnce(&mut Conn<'_>) -> Result<T> + Send + 'static) -> T {
    app.db.read(work).await.expect("the newsroom can be read")
}

/// Kinds and subjects of the log since number `seq`, without the numbers.
///
/// # Panics
/// If it cannot be read.
pub async fn log_since(app: &App, seq: i64) -> Vec<(String, String)> {
    let changes = read(app, move |conn| onrecord_base::changes::since(conn, seq)).await;
    changes.into_iter().map(|change| (change.kind, change.subject)).collect()
}
