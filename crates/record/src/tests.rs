//! The desk's side of quotations, told as stories, on both databases.

mod bringing;
mod browsing;
mod hostile;
mod persons;
mod reading;
mod record;
mod taking;
mod views;

use onrecord_base::{App, Error, testing::both};
use onrecord_prose::Document;
use onrecord_quotation::verify::Profile;

use crate::{
    Person, PublicSource, Quotation, Source, SourceKind, State,
    capture::{self, NewSource},
    follow, judge,
    store::{
        people, quotations, sources,
        standing::{self, PublishedStanding},
    },
};

const BRIDGE: &str = "<p>“We will not close the bridge before the summer,” Mayor Ilse Tamberg told the Courant.</p>";

async fn saved(app: &App, story: &'static str, html: &str) -> Vec<Quotation> {
    let (document, random, now) = (Document::from_html(html).document, app.random.clone(), app.now());
    app.db
        .write(move |conn| {
            let version = standing::followed_draft(conn, story)?.unwrap_or(0) + 1;
            let text = follow::Text { story, version, found: &follow::found(&document) };
            follow::follow(conn, &random, text, "ana", now)?;
            let standing = standing::of_draft(conn, story)?;
            standing.iter().map(|s| quotations::find(conn, &s.quotation)?.ok_or(Error::NotFound)).collect()
        })
        .await
        .unwrap()
}

async fn notes(app: &App, text: &str, confidential: bool) -> Source {
    let new = NewSource { title: "Notes, 3 May".into(), by: "ana".into(), confidential, ..NewSource::default() };
    let taken = capture::text(app, SourceKind::Notes, text, "", new).await.unwrap();
    capture::keep(app, taken, |_, _| Ok(())).await.unwrap()
}

async fn state(app: &App, quotation: &Quotation, profile: Profile) -> State {
    let quotation = quotation.clone();
    app.db.read(move |conn| Ok(judge::judge(conn, &quotation, profile)?.state)).await.unwrap()
}

async fn save(app: &App, quotation: Quotation) {
    let now = app.now();
    app.db.write(move |conn| quotations::save(conn, &quotation, "ana", now)).await.unwrap();
}

#[tokio::test]
async fn a_draft_s_quotation_gets_a_record_with_its_speaker() {
    both(&[], async |app| {
        let found = saved(&app, "story", BRIDGE).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "We will not close the bridge before the summer,");
        assert_eq!(found[0].speaker, "Ilse Tamberg");
        assert_eq!(saved(&app, "story", BRIDGE).await[0].id, found[0].id, "saving again begins no second record");
    })
    .await;
}

#[tokio::test]
async fn a_changed_word_is_altered_and_the_source_s_own_words_are_exact() {
    both(&[], async |app| {
        let mut quotation = saved(&app, "story", BRIDGE).await.remove(0);
        assert_eq!(state(&app, &quotation, Profile::Standard).await, State::Unsourced);
        let source = notes(&app, "Q: When? A: We will not close the bridge before the autumn, I said.", false).await;
        quotation.source = Some(source.id);
        save(&app, quotation.clone()).await;
        assert_eq!(state(&app, &quotation, Profile::Light).await, State::Altered);
        quotation.words = "We will not close the bridge before the autumn".into();
        assert_eq!(state(&app, &quotation, Profile::Strict).await, State::Exact);
    })
    .await;
}

#[tokio::test]
async fn the_same_words_in_two_stories_are_one_record_until_one_of_them_changes() {
    both(&[], async |app| {
        let first = saved(&app, "one", BRIDGE).await.remove(0);
        let second = saved(&app, "two", BRIDGE).await.remove(0);
        assert_eq!(first.id, second.id);
        let changed = saved(&app, "two", &BRIDGE.replace("the summer", "next summer")).await.remove(0);
        assert_ne!(changed.id, first.id);
        assert_eq!(changed.variant_of, Some(first.id.clone()), "the desk can say where else it stands");
        let again = saved(&app, "two", &BRIDGE.replace("the summer", "any summer")).await.remove(0);
        assert_eq!(again.id, changed.id, "a record that stands in one story follows its words");
        let kept = saved(&app, "one", BRIDGE).await.remove(0);
        assert_eq!((kept.id, kept.words), (first.id, first.words));
    })
    .await;
}

#[tokio::test]
async fn what_the_desk_has_confirmed_is_not_read_again() {
    both(&[], async |app| {
        let quotation = saved(&app, "story", BRIDGE).await.remove(0);
        save(&app, Quotation { speaker: "Ilse Maria Tamberg".into(), confirmed: true, ..quotation }).await;
        assert_eq!(saved(&app, "story", BRIDGE).await[0].speaker, "Ilse Maria Tamberg");
    })
    .await;
}

#[tokio::test]
async fn a_person_or_source_in_use_is_not_removed() {
    both(&[], async |app| {
        let source = notes(&app, "We will not close the bridge before the summer.", false).await;
        let person = Person {
            id: app.id(),
            slug: "ilse-tamberg".into(),
            name: "Ilse Tamberg".into(),
            description: "Mayor".into(),
            aliases: vec!["Mayor Tamberg".into()],
            same_as: vec![],
        };
        let (kept, now) = (person.clone(), app.now());
        app.db.write(move |conn| people::save(conn, &kept, now)).await.unwrap();
        let quotation = saved(&app, "story", BRIDGE).await.remove(0);
        assert_eq!(quotation.person, Some(person.id.clone()), "a known name is linked");
        save(&app, Quotation { source: Some(source.id.clone()), ..quotation.clone() }).await;
        let refused = app
            .db
            .write(move |conn| {
                let person_refused = people::remove(conn, &person.id, now).unwrap_err();
                let source_refused = sources::remove(conn, &source.id, now).unwrap_err();
                assert_eq!(quotations::of_person(conn, &person.id, 10)?.len(), 1);
                assert_eq!(quotations::of_source(conn, &source.id, 10)?.len(), 1);
                Ok([person_refused.to_string(), source_refused.to_string()])
            })
            .await
            .unwrap();
        assert_eq!(refused, ["refused: record-person-in-use", "refused: record-source-in-use"]);
    })
    .await;
}

#[tokio::test]
async fn a_confidential_source_has_no_public_form() {
    both(&[], async |app| {
        let source = notes(&app, "We will not close the bridge.", true).await;
        let id = source.id.clone();
        let kept = app.db.read(move |conn| sources::find(conn, &id)).await.unwrap().unwrap();
        assert!(kept.confidential);
        let public = kept.public("We will not close the bridge");
        assert_eq!(public, PublicSource::Unnamed);
        assert_eq!(serde_json::to_string(&public).unwrap(), r#"{"how":"unnamed"}"#);
    })
    .await;
}

#[tokio::test]
async fn what_readers_see_is_what_was_published() {
    both(&[], async |app| {
        let quotation = saved(&app, "story", BRIDGE).await.remove(0);
        let (record, now) = (quotation.clone(), app.now());
        app.db
            .write(move |conn| {
                let drafted = standing::of_draft(conn, "story")?;
                let copies = drafted.into_iter().map(|s| PublishedStanding::of(s, &record, State::Exact));
                standing::publish(conn, "story", &copies.collect::<Vec<_>>(), now)
            })
            .await
            .unwrap();
        saved(&app, "story", "<p>Nothing was said.</p>").await;
        let id = quotation.id.clone();
        let uses = app.db.read(move |conn| standing::public_uses(conn, &id)).await.unwrap();
        assert_eq!((uses.len(), uses[0].verdict.as_str()), (1, "exact"));
        app.db.write(move |conn| standing::withdraw(conn, "story", now)).await.unwrap();
        let uses = app.db.read(move |conn| standing::public_uses(conn, &quotation.id)).await.unwrap();
        assert!(uses.is_empty());
    })
    .await;
}
