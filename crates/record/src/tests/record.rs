//! The record of a story, told from the desk: the page, its script's address, the gate.

use http::{Method, StatusCode};
use onrecord_accounts::{
    Role,
    testing::{Answer, Browser, staff},
};
use onrecord_base::{
    App, Settings,
    jobs::{Registry, drain},
    settings::Gate as Weighs,
    testing::both,
    views::Templates,
    web::errors,
};
use onrecord_stories::{
    Checks, Draft, Kind, import,
    publishing::{self, House, Outcome, Wish},
    store::drafts,
    testing as desk,
};
use serde_json::{Value, json};

use super::{BRIDGE, notes};
use crate::{Gate, store::standing};

const ALL: &[Templates] = &[errors::TEMPLATES, onrecord_stories::TEMPLATES, crate::TEMPLATES];
const SAID: &str = "Q: When? A: We will not close the bridge before the summer, I said.";

async fn browser(app: &App, name: &str, role: Role) -> Browser {
    let (_, cookie) = staff(app, name, role).await;
    let stories = onrecord_stories::routes_with(Checks::new(vec![Box::new(Gate)]));
    Browser::new(app, crate::routes().merge(stories)).signed_in(&cookie)
}

async fn story(app: &App, headline: &str, html: &str) -> Draft {
    let town = format!("Section of {headline}");
    let section = desk::section(app, &town).await;
    let mut content = desk::content(headline, Some(&section));
    content.body = onrecord_prose::Document::from_html(html).document;
    desk::draft(app, Kind::Story, content).await
}

async fn rewrite(app: &App, story: &str, html: &str) -> i64 {
    let body = onrecord_prose::Document::from_html(html).document;
    desk::change(app, story, move |content| content.body = body).await.version
}

async fn publish(app: &App, story: &str, reason: Option<&'static str>) -> Outcome {
    let (settings, random, now, story) = (app.settings(), app.random.clone(), app.now(), story.to_owned());
    let work = move |conn: &mut onrecord_base::Conn<'_>| {
        let checks = Checks::new(vec![Box::new(Gate)]);
        let version = drafts::get(conn, &story)?.version;
        let house = House { settings: &settings, checks: &checks, random: &random };
        let wish = Wish { story: &story, version, by: Some("ana"), despite_warnings: true, reason };
        publishing::publish(conn, house, wish, now)
    };
    app.db.write(work).await.unwrap()
}

async fn json(browser: &mut Browser, method: Method, path: &str, sent: Value) -> (StatusCode, Value) {
    let headers =
        [("content-type", "application/json"), ("accept", "application/json"), ("sec-fetch-site", "same-origin")];
    let answer: Answer = browser.send(method, path, sent.to_string().into(), &headers).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

async fn record(browser: &mut Browser, story: &str) -> Value {
    let (status, record) = json(browser, Method::GET, &format!("/desk/stories/{story}/record"), Value::Null).await;
    assert_eq!(status, StatusCode::OK);
    record
}

async fn attach(browser: &mut Browser, quotation: &Value, source: &str) -> Value {
    let path = format!("/desk/quotations/{}/source", quotation["id"].as_str().unwrap());
    let (status, answer) = json(browser, Method::PUT, &path, json!({ "source": source })).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    answer
}

async fn public(app: &App, story: &str) -> Vec<(String, String, String)> {
    let story = story.to_owned();
    let standing = app.db.read(move |conn| standing::of_published(conn, &story)).await.unwrap();
    standing.into_iter().map(|s| (s.standing.words, s.speaker, s.verdict)).collect()
}

#[tokio::test]
async fn a_quotation_without_a_source_holds_the_story_until_it_has_one() {
    both(ALL, async |app| {
        let story = story(&app, "Bridge", BRIDGE).await;
        let Outcome::Held(findings) = publish(&app, &story.id, None).await else { panic!("published") };
        assert_eq!(findings[0].message, "record-check-unsourced", "{findings:?}");
        assert_eq!(findings[0].args["words"], "We will not close the bridge before the summer,");
        let id = story.id.clone();
        assert_eq!(app.db.read(move |conn| standing::of_draft(conn, &id)).await.unwrap(), [], "held is as it was");

        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        let found = record(&mut ana, &story.id).await;
        assert_eq!(found["quotations"][0]["state"], "unsourced");
        let source = notes(&app, &SAID.replace("close", "shut"), false).await;
        let altered = attach(&mut ana, &found["quotations"][0], &source.id).await;
        assert_eq!(altered["state"], "altered");
        let changed = altered["aligned"].as_array().unwrap().iter().find(|p| p["op"] == "changed").unwrap().clone();
        assert_eq!((&changed["quoted"], &changed["original"]), (&json!("close"), &json!("shut")));
        assert!(altered["before"].as_str().unwrap().ends_with("A: "), "{altered}");
        assert!(matches!(publish(&app, &story.id, None).await, Outcome::Held(_)));

        let source = notes(&app, SAID, false).await;
        assert_eq!(attach(&mut ana, &altered, &source.id).await["state"], "exact");
        assert!(matches!(publish(&app, &story.id, None).await, Outcome::Published(_)));
        let words = "We will not close the bridge before the summer,".to_owned();
        assert_eq!(public(&app, &story.id).await, [(words, "Ilse Tamberg".into(), "exact".into())]);
    })
    .await;
}

#[tokio::test]
async fn readers_see_what_was_published_whatever_becomes_of_the_draft_and_nothing_once_it_is_withdrawn() {
    both(ALL, async |app| {
        let story = story(&app, "Bridge", BRIDGE).await;
        assert!(matches!(publish(&app, &story.id, Some("Heard live")).await, Outcome::Published(_)));
        let before = public(&app, &story.id).await;
        assert_eq!(before[0].2, "unsourced");
        rewrite(&app, &story.id, &BRIDGE.replace("Ilse Tamberg", "Odd Varga").replace("summer", "winter")).await;
        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        assert_eq!(record(&mut ana, &story.id).await["quotations"][0]["speaker"], "Odd Varga");
        assert_eq!(public(&app, &story.id).await, before);
        publish(&app, &story.id, Some("Heard live")).await;
        assert_eq!(public(&app, &story.id).await[0].1, "Odd Varga");
        let path = format!("/desk/stories/{}/withdrawal", story.id);
        assert_eq!(ana.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(public(&app, &story.id).await, []);
    })
    .await;
}

#[tokio::test]
async fn the_house_decides_what_the_gate_does_and_imports_only_warn() {
    both(ALL, async |app| {
        let set = async |gate, imported| {
            let settings = (*app.settings()).clone();
            let settings = Settings { quotation_gate: gate, quotation_gate_imported: imported, ..settings };
            app.save_settings(settings).await.unwrap();
        };
        let story = story(&app, "Bridge", BRIDGE).await;
        for (gate, held) in [(Weighs::Block, true), (Weighs::Warn, false), (Weighs::Off, false)] {
            set(gate, false).await;
            assert_eq!(matches!(publish(&app, &story.id, None).await, Outcome::Held(_)), held, "{gate:?}");
        }
        let (id, spoil) = (story.id.clone(), "UPDATE stories SET created_by = NULL WHERE id = $1");
        app.db.write(move |conn| conn.execute(spoil, onrecord_base::args![id])).await.unwrap();
        for (imported, held) in [(false, false), (true, true)] {
            set(Weighs::Block, imported).await;
            assert_eq!(matches!(publish(&app, &story.id, None).await, Outcome::Held(_)), held, "{imported}");
        }
    })
    .await;
}

#[tokio::test]
async fn somebody_answers_once_for_what_is_disputed() {
    both(ALL, async |app| {
        let story = story(&app, "Bridge", BRIDGE).await;
        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        let quotation = record(&mut ana, &story.id).await["quotations"][0].clone();
        attach(&mut ana, &quotation, &notes(&app, SAID, false).await.id).await;
        let path = format!("/desk/quotations/{}", quotation["id"].as_str().unwrap());
        json(&mut ana, Method::PUT, &path, json!({ "disputed": "Her office says she never said it." })).await;
        let Outcome::Held(findings) = publish(&app, &story.id, None).await else { panic!("published") };
        assert_eq!(findings[0].message, "record-check-disputed", "{findings:?}");
        assert!(matches!(publish(&app, &story.id, Some("We have the tape")).await, Outcome::Published(_)));
        assert_eq!(public(&app, &story.id).await[0].2, "disputed");
        rewrite(&app, &story.id, &format!("{BRIDGE}<p>The bridge is from 1931.</p>")).await;
        let again = publish(&app, &story.id, None).await;
        assert!(matches!(again, Outcome::Published(_)), "readers know already: {again:?}");
    })
    .await;
}

#[tokio::test]
async fn two_who_correct_the_same_quotation_do_not_undo_one_another() {
    both(ALL, async |app| {
        let story = story(&app, "Bridge", BRIDGE).await;
        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        let mut tomas = browser(&app, "Tomas Lind", Role::Editor).await;
        let quotation = record(&mut ana, &story.id).await["quotations"][0].clone();
        let path = format!("/desk/quotations/{}", quotation["id"].as_str().unwrap());
        let version = quotation["version"].as_i64().unwrap();
        let (status, kept) = json(&mut ana, Method::PUT, &path, json!({ "version": version, "said_on": "2018" })).await;
        assert_eq!((status, &kept["said_on"], &kept["confirmed"]), (StatusCode::OK, &json!("2018"), &json!(true)));

        let late = json!({ "version": version, "said_on": "2019" });
        let (status, stale) = json(&mut tomas, Method::PUT, &path, late).await;
        assert_eq!((status, &stale["quotation"]["said_on"]), (StatusCode::CONFLICT, &json!("2018")));
        let form = [("story", story.id.as_str()), ("version", "1"), ("speaker", "I. T."), ("channel", "speech")];
        let page = tomas.post(&path, &form).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.body.contains("Somebody has corrected") && page.body.contains("value=\"I. T.\""));

        // Who names only the field they mean leaves the others alone.
        let (status, both) = json(&mut tomas, Method::PUT, &path, json!({ "channel": "speech" })).await;
        assert_eq!((status, &both["said_on"], &both["channel"]), (StatusCode::OK, &json!("2018"), &json!("speech")));
        let (status, wrong) = json(&mut tomas, Method::PUT, &path, json!({ "said_on": "May" })).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong["errors"]["said_on"].as_str().unwrap().contains("2018-05"));
    })
    .await;
}

#[tokio::test]
async fn a_correction_reaches_readers_at_once_from_an_editor_and_with_the_next_publication_from_a_reporter() {
    both(ALL, async |app| {
        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        let mut rosa = browser(&app, "Rosa Okafor", Role::Reporter).await;
        let begun = rosa.post("/desk/stories", &[]).await.location;
        let id = begun.strip_prefix("/desk/stories/").unwrap().to_owned();
        let section = desk::section(&app, "Town").await;
        desk::change(&app, &id, move |content| {
            content.headline = "Bridge".into();
            content.section = Some(section.id);
        })
        .await;
        rewrite(&app, &id, BRIDGE).await;
        assert!(matches!(publish(&app, &id, Some("Heard live")).await, Outcome::Published(_)));
        let quotation = record(&mut rosa, &id).await["quotations"][0].clone();
        let path = format!("/desk/quotations/{}", quotation["id"].as_str().unwrap());
        json(&mut rosa, Method::PUT, &path, json!({ "speaker": "Ilse Maria Tamberg" })).await;
        assert_eq!(public(&app, &id).await[0].1, "Ilse Tamberg");
        let (status, _) = json(&mut ana, Method::PUT, &path, json!({ "said_on": "2018" })).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(public(&app, &id).await[0].1, "Ilse Maria Tamberg");
    })
    .await;
}

#[tokio::test]
async fn a_reporter_reaches_no_quotation_of_somebody_else_s_draft() {
    both(ALL, async |app| {
        let story = story(&app, "Bridge", BRIDGE).await;
        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        let quotation = record(&mut ana, &story.id).await["quotations"][0].clone();
        let mut rosa = browser(&app, "Rosa Okafor", Role::Reporter).await;
        let id = quotation["id"].as_str().unwrap();
        for (method, path) in [
            (Method::GET, format!("/desk/stories/{}/record", story.id)),
            (Method::GET, format!("/desk/quotations/{id}")),
            (Method::PUT, format!("/desk/quotations/{id}")),
            (Method::PUT, format!("/desk/quotations/{id}/source")),
        ] {
            let (status, _) = json(&mut rosa, method, &path, json!({ "source": null, "speaker": "X" })).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_page_without_script_does_all_of_it() {
    both(ALL, async |app| {
        let story = story(&app, "Bridge \"<1>\"", BRIDGE).await;
        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        let source = notes(&app, SAID, true).await;
        let url = format!("/desk/stories/{}/record", story.id);
        let page = ana.get(&url).await;
        assert!(page.body.contains("No source is attached") && page.body.contains("id=\"quotation-1\""));
        let id = record(&mut ana, &story.id).await["quotations"][0]["id"].as_str().unwrap().to_owned();
        let form = [("story", story.id.as_str()), ("version", "1"), ("source", source.id.as_str())];
        let done = ana.post(&format!("/desk/quotations/{id}/source"), &form).await;
        assert_eq!(done.location, format!("{url}#quotation-1"));
        let page = ana.get(&url).await;
        assert!(page.body.contains("As in the source") && page.body.contains("confidential"), "{}", page.body);
        let form = [
            ("story", story.id.as_str()),
            ("version", "2"),
            ("speaker", "I. T."),
            ("channel", "by drum"),
            ("said_on", "x"),
        ];
        let again = ana.post(&format!("/desk/quotations/{id}"), &form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("value=\"I. T.\"") && again.body.contains("Write a year, a month or a day"));
    })
    .await;
}

#[tokio::test]
async fn the_same_words_in_two_stories_are_named_in_both() {
    both(ALL, async |app| {
        let (first, second) = (story(&app, "Bridge", BRIDGE).await, story(&app, "Summer", BRIDGE).await);
        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        record(&mut ana, &first.id).await;
        let shown = record(&mut ana, &second.id).await;
        assert_eq!(shown["quotations"][0]["elsewhere"][0]["headline"], "Bridge");
        rewrite(&app, &second.id, &BRIDGE.replace("summer", "autumn")).await;
        let variant = record(&mut ana, &second.id).await;
        let variant_of = &variant["quotations"][0]["variant_of"];
        assert_eq!(variant_of["words"], "We will not close the bridge before the summer,");
        assert_eq!(variant_of["elsewhere"][0]["headline"], "Bridge", "where the words stand that were changed");
        let page = ana.get(&format!("/desk/stories/{}/record", second.id)).await.body;
        assert!(page.contains(&format!("href=\"/desk/stories/{}/record\"", first.id)), "{page}");
    })
    .await;
}

#[tokio::test]
async fn new_records_are_in_the_order_of_the_text() {
    both(ALL, async |app| {
        let said: Vec<String> = (0..9).map(|n| format!("<p>“We said it {n} times,” Ilse Tamberg said.</p>")).collect();
        let story = story(&app, "Bridge", &said.concat()).await;
        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        let shown = record(&mut ana, &story.id).await;
        let ids: Vec<&str> =
            shown["quotations"].as_array().unwrap().iter().map(|q| q["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 9);
        assert!(ids.is_sorted(), "{ids:?}");
    })
    .await;
}

#[tokio::test]
async fn a_word_that_is_said_every_day_takes_no_other_day_s_source() {
    both(ALL, async |app| {
        let short = "<p>Ilse Tamberg, the mayor, spoke.</p><p>“Never again,” Tamberg said.</p>";
        let (first, second) = (story(&app, "Bridge", short).await, story(&app, "Summer", short).await);
        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        let one = record(&mut ana, &first.id).await["quotations"][0].clone();
        attach(&mut ana, &one, &notes(&app, "Never again, I said.", false).await.id).await;
        let other = record(&mut ana, &second.id).await["quotations"][0].clone();
        assert_ne!(one["id"], other["id"]);
        assert_eq!(other["state"], "unsourced");
    })
    .await;
}

#[tokio::test]
async fn words_are_compared_while_they_are_typed_and_nothing_is_kept_of_it() {
    both(ALL, async |app| {
        let story = story(&app, "Bridge", BRIDGE).await;
        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        let quotation = record(&mut ana, &story.id).await["quotations"][0].clone();
        let typed = format!("/desk/quotations/{}/comparison", quotation["id"].as_str().unwrap());
        let words = |words: &str| json!({ "words": words, "story": story.id });
        let (status, bare) = json(&mut ana, Method::POST, &typed, words("We will close the bridge")).await;
        assert_eq!((status, &bare["state"]), (StatusCode::OK, &json!("unsourced")));
        attach(&mut ana, &quotation, &notes(&app, SAID, false).await.id).await;
        for (text, state) in [
            ("We will close the bridge", "altered"),
            ("We will not close the bridge", "exact"),
            ("we will not close the bridge.", "edited"),
        ] {
            let (_, compared) = json(&mut ana, Method::POST, &typed, words(text)).await;
            assert_eq!(compared["state"], state, "{compared}");
        }
        let after = record(&mut ana, &story.id).await["quotations"][0].clone();
        assert_eq!((&after["words"], &after["state"]), (&quotation["words"], &json!("exact")));
        let mut rosa = browser(&app, "Rosa Okafor", Role::Reporter).await;
        let (status, _) = json(&mut rosa, Method::POST, &typed, words("We will")).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let long = "word ".repeat(20_000);
        let (status, _) = json(&mut ana, Method::POST, &typed, words(&long)).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    })
    .await;
}

#[tokio::test]
async fn what_an_import_published_is_read_in_its_own_time() {
    both(ALL, async |app| {
        let section = desk::section(&app, "Town").await;
        let (settings, now, ids) = (app.settings(), app.now(), (0..20).map(|_| app.id()).collect::<Vec<_>>());
        let stories = ids.clone();
        let keep = move |conn: &mut onrecord_base::Conn<'_>| {
            for (number, id) in stories.into_iter().enumerate() {
                let mut content = desk::content(&format!("Bridge {number}"), Some(&section));
                content.body = onrecord_prose::Document::from_html(BRIDGE).document;
                let (tags, at) = (vec![], now.plus(-1000 * i64::try_from(number / 3).unwrap()));
                let standing = import::Standing::Published { path: None, at };
                let (created_at, changed_at, kind) = (at, at, Kind::Story);
                let story = import::Imported { id, kind, content, tags, created_at, changed_at, standing };
                import::keep(conn, &settings, story)?;
            }
            import::done(conn, now)
        };
        app.db.write(keep).await.unwrap();
        let mut registry = Registry::new();
        crate::jobs(&mut registry);
        drain(&app, &registry).await.unwrap();
        assert_eq!(public(&app, &ids[7]).await, [], "the import comes first");
        app.clock.advance(5_000);
        drain(&app, &registry).await.unwrap();
        for id in &ids {
            assert_eq!(public(&app, id).await[0].2, "unsourced");
        }
        assert_eq!(app.db.read(|conn| standing::unread(conn, None, 9)).await.unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_scheduled_story_whose_source_was_taken_away_is_held_at_its_hour_and_says_why() {
    both(ALL, async |app| {
        let story = story(&app, "Bridge", BRIDGE).await;
        let due = app.now().plus(3_600_000);
        desk::change(&app, &story.id, move |content| content.published_at = Some(due)).await;
        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        let quotation = record(&mut ana, &story.id).await["quotations"][0].clone();
        attach(&mut ana, &quotation, &notes(&app, SAID, false).await.id).await;
        assert!(matches!(publish(&app, &story.id, None).await, Outcome::Scheduled(_)));
        let path = format!("/desk/quotations/{}/source", quotation["id"].as_str().unwrap());
        json(&mut ana, Method::PUT, &path, json!({ "source": null })).await;
        let mut registry = Registry::new();
        onrecord_stories::jobs(&mut registry, Checks::new(vec![Box::new(Gate)]));
        app.clock.advance(3_600_001);
        drain(&app, &registry).await.unwrap();
        assert_eq!(public(&app, &story.id).await, []);
        let page = ana.get(&format!("/desk/stories/{}", story.id)).await;
        let said = "“We will not close the bridge before the summer,” has no source.";
        assert!(page.body.contains("It should have been published by itself") && page.body.contains(said));
    })
    .await;
}

#[tokio::test]
async fn a_scheduled_version_goes_out_as_it_was_while_the_draft_goes_on() {
    both(ALL, async |app| {
        let story = story(&app, "Bridge", BRIDGE).await;
        let due = app.now().plus(3_600_000);
        desk::change(&app, &story.id, move |content| content.published_at = Some(due)).await;
        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        let quotation = record(&mut ana, &story.id).await["quotations"][0].clone();
        attach(&mut ana, &quotation, &notes(&app, SAID, false).await.id).await;
        publish(&app, &story.id, None).await;
        rewrite(&app, &story.id, &BRIDGE.replace("summer", "winter")).await;
        let drafted = record(&mut ana, &story.id).await["quotations"][0].clone();
        assert_eq!((&drafted["id"], &drafted["state"]), (&quotation["id"], &json!("altered")));
        let mut registry = Registry::new();
        onrecord_stories::jobs(&mut registry, Checks::new(vec![Box::new(Gate)]));
        app.clock.advance(3_600_001);
        drain(&app, &registry).await.unwrap();
        let words = "We will not close the bridge before the summer,".to_owned();
        assert_eq!(public(&app, &story.id).await, [(words, "Ilse Tamberg".into(), "exact".into())]);
        let after = record(&mut ana, &story.id).await["quotations"][0].clone();
        assert_eq!(after["words"], "We will not close the bridge before the winter,", "the draft is as it was left");
    })
    .await;
}

#[tokio::test]
async fn a_confidential_source_is_nameless_to_those_who_may_not_see_it_and_cannot_be_attached_by_them() {
    both(ALL, async |app| {
        let mut ana = browser(&app, "Ana Ruiz", Role::Editor).await;
        let mut rosa = browser(&app, "Rosa Okafor", Role::Reporter).await;
        let begun = rosa.post("/desk/stories", &[]).await.location;
        let id = begun.strip_prefix("/desk/stories/").unwrap().to_owned();
        rewrite(&app, &id, BRIDGE).await;
        let source =
            notes(&app, &format!("Leaked by Bo Lind, deputy. {SAID} Bo asked us not to be named."), true).await;
        let quotation = record(&mut rosa, &id).await["quotations"][0].clone();
        let path = format!("/desk/quotations/{}/source", quotation["id"].as_str().unwrap());
        let (status, _) = json(&mut rosa, Method::PUT, &path, json!({ "source": source.id })).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(attach(&mut ana, &quotation, &source.id).await["after"].as_str().unwrap().contains("Bo asked"));
        let seen = record(&mut rosa, &id).await;
        assert_eq!((&seen["quotations"][0]["state"], &seen["sources"][0]["seen"]), (&json!("exact"), &json!(false)));
        let page = rosa.get(&format!("/desk/stories/{id}/record")).await;
        // Words with a gap would show what stands in it.
        let typed = format!("/desk/quotations/{}/comparison", quotation["id"].as_str().unwrap());
        let (_, gap) = json(&mut rosa, Method::POST, &typed, json!({ "words": "Leaked by … We will not close" })).await;
        for secret in ["Bo Lind", "Bo asked", "Notes, 3 May"] {
            let shown = [seen.to_string(), page.body.clone(), gap.to_string()];
            assert!(shown.iter().all(|shown| !shown.contains(secret)), "{secret}: {shown:?}");
        }
    })
    .await;
}
