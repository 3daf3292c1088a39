//! People at the desk: added, found under any of their names, joined, kept while they are quoted.

use http::{Method, StatusCode};
use onrecord_accounts::{Role, testing::Browser};
use onrecord_base::{App, testing::both};
use serde_json::{Value, json};

use super::{
    browsing::{ALL, browser, publish, quoted},
    save,
};
use crate::{Person, Quotation, store::people};

async fn add(browser: &mut Browser, name: &str) -> String {
    let answer = browser.post("/desk/people", &[("name", name)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location
}

fn id(place: &str) -> String {
    place.strip_prefix("/desk/people/").unwrap().to_owned()
}

async fn json_post(browser: &mut Browser, path: &str, sent: Value) -> (StatusCode, Value) {
    let headers =
        [("content-type", "application/json"), ("accept", "application/json"), ("sec-fetch-site", "same-origin")];
    let answer = browser.send(Method::POST, path, sent.to_string().into(), &headers).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap())
}

async fn json_get(browser: &mut Browser, path: &str) -> Value {
    let answer = browser.send(Method::GET, path, "".into(), &[("accept", "application/json")]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

async fn person(app: &App, place: &str) -> Option<Person> {
    let id = id(place);
    app.db.read(move |conn| people::find(conn, &id)).await.unwrap()
}

#[tokio::test]
async fn ana_adds_a_person_and_finds_her_under_any_name() {
    both(ALL, |app| async move {
        let mut ana = browser(&app, "Ana Ruiz", Role::Reporter).await;
        assert!(ana.get("/desk/people").await.body.contains("Nobody yet"));
        let form = [
            ("name", "  Ilse   Tamberg "),
            ("description", "Mayor of Salt"),
            ("aliases", "Mayor Tamberg\r\n\r\nÉlise T.\r\nMayor Tamberg\r\n"),
            ("same_as", "https://de.wikipedia.org/wiki/Ilse_Zürich"),
        ];
        let added = ana.post("/desk/people", &form).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
        let kept = person(&app, &added.location).await.unwrap();
        assert_eq!((kept.name.as_str(), kept.slug.as_str()), ("Ilse Tamberg", "ilse-tamberg"));
        assert_eq!(kept.aliases, ["Mayor Tamberg", "Élise T."]);
        for q in ["tamb", "MAYOR", "%C3%89LISE"] {
            assert!(ana.get(&format!("/desk/people?q={q}")).await.body.contains(&kept.id), "{q}");
        }
        assert!(ana.get("/desk/people?q=%25").await.body.contains("Nothing found"), "a sign is not a pattern");
        let page = ana.get(&added.location).await.body;
        assert!(page.contains("Mayor of Salt") && page.contains("Not quoted anywhere."), "{page}");
        let wrong = [("name", ""), ("description", "Still here"), ("same_as", "javascript:alert(1)")];
        let refused = ana.post(&added.location, &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("A person needs a name.") && refused.body.contains("Still here"));
        assert!(refused.body.contains("begin with https"), "{}", refused.body);
    })
    .await;
}

#[tokio::test]
async fn the_editor_s_script_gets_the_same_in_json() {
    both(ALL, |app| async move {
        let mut ana = browser(&app, "Ana Ruiz", Role::Reporter).await;
        let new =
            json!({ "name": "Ilse Tamberg", "description": "Mayor", "aliases": ["Mayor Tamberg"], "same_as": [] });
        let (status, first) = json_post(&mut ana, "/desk/people", new.clone()).await;
        assert_eq!((status, first["slug"].as_str()), (StatusCode::CREATED, Some("ilse-tamberg")));
        let (_, second) = json_post(&mut ana, "/desk/people", new).await;
        assert_eq!(second["slug"], "ilse-tamberg-2", "two of one name are two people");
        let found = json_get(&mut ana, "/desk/people?q=mayor").await;
        assert_eq!(found.as_array().unwrap().len(), 2);
        let (status, wrong) = json_post(&mut ana, "/desk/people", json!({ "name": " " })).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong, json!({ "errors": { "name": "A person needs a name." } }));
        let nul = ana.send(
            Method::POST,
            "/desk/people",
            "{\"name\":\"a\\u0000\"}".into(),
            &[("content-type", "application/json"), ("sec-fetch-site", "same-origin")],
        );
        assert_eq!(nul.await.status, StatusCode::BAD_REQUEST);
    })
    .await;
}

#[tokio::test]
async fn an_old_address_leads_on_and_is_given_to_nobody_else() {
    both(ALL, |app| async move {
        let mut mirela = browser(&app, "Mirela Osei", Role::Editor).await;
        let place = add(&mut mirela, "Ilse Tamberg").await;
        let renamed = mirela.post(&place, &[("name", "Ilse Berg"), ("slug", "Ilse Berg")]).await;
        assert_eq!(renamed.status, StatusCode::SEE_OTHER, "{}", renamed.body);
        let moved = app.db.read(|conn| people::moved(conn, "ilse-tamberg")).await.unwrap().unwrap();
        assert_eq!(moved.slug, "ilse-berg");
        let taken = mirela.post("/desk/people", &[("name", "Other"), ("slug", "ilse-tamberg")]).await;
        assert!(taken.body.contains("Another person has this address already."), "{}", taken.body);
        let second = add(&mut mirela, "Ilse Tamberg").await;
        assert_eq!(person(&app, &second).await.unwrap().slug, "ilse-tamberg-2");
        let back = mirela.post(&place, &[("name", "Ilse Tamberg"), ("slug", "ilse-tamberg")]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "she may have her own old address back: {}", back.body);
    })
    .await;
}

#[tokio::test]
async fn two_who_are_one_are_joined_with_all_they_said() {
    both(ALL, |app| async move {
        let mut mirela = browser(&app, "Mirela Osei", Role::Editor).await;
        let gone = add(&mut mirela, "Ilse Tamberg").await;
        let (_, quotation) = quoted(&app, "ana").await;
        assert_eq!(quotation.person, Some(id(&gone)));
        let stays = add(&mut mirela, "Ilse Berg").await;
        let merger = format!("{gone}/merger");
        for (into, why) in [("Nobody", "There is no such person."), ("Ilse Tamberg", "Choose another person.")] {
            let refused = mirela.post(&merger, &[("into", into)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.body.contains(why) && refused.body.contains(into), "{}", refused.body);
        }
        let joined = mirela.post(&merger, &[("into", "ilse berg")]).await;
        assert_eq!(
            (joined.status, joined.location.as_str()),
            (StatusCode::SEE_OTHER, stays.as_str()),
            "{}",
            joined.body
        );
        assert_eq!(person(&app, &gone).await, None);
        assert_eq!(person(&app, &stays).await.unwrap().aliases, ["Ilse Tamberg"]);
        let page = mirela.get(&stays).await.body;
        assert!(page.contains("We will not close the bridge"), "{page}");
        let moved = app.db.read(|conn| people::moved(conn, "ilse-tamberg")).await.unwrap().unwrap();
        assert_eq!(moved.id, id(&stays));
        let (_, again) = quoted(&app, "ana").await;
        assert_eq!(again.person, Some(id(&stays)), "the old name finds the joined person");
    })
    .await;
}

#[tokio::test]
async fn a_person_who_is_quoted_is_kept_and_the_page_says_where() {
    both(ALL, |app| async move {
        let mut mirela = browser(&app, "Mirela Osei", Role::Editor).await;
        let place = add(&mut mirela, "Ilse Tamberg").await;
        let (story, quotation) = quoted(&app, "ana").await;
        let refused = mirela.post(&format!("{place}/removal"), &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("This person is quoted and cannot be removed."), "{}", refused.body);
        assert!(refused.body.contains("We will not close the bridge"), "{}", refused.body);
        assert!(refused.body.contains(&format!("/desk/stories/{story}/record")), "{}", refused.body);
        save(&app, Quotation { person: None, ..quotation }).await;
        assert_eq!(mirela.post(&format!("{place}/removal"), &[]).await.location, "/desk/people");
        assert_eq!(person(&app, &place).await, None);
        assert_eq!(mirela.get(&place).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_reporter_changes_people_until_readers_see_them_and_never_joins_or_removes() {
    both(ALL, |app| async move {
        let mut ana = browser(&app, "Ana Ruiz", Role::Reporter).await;
        let place = add(&mut ana, "Ilse Tamberg").await;
        assert_eq!(ana.post(&place, &[("name", "Ilse Tamberg"), ("description", "Mayor")]).await.status, 303);
        for resource in ["merger", "removal"] {
            let refused = ana.post(&format!("{place}/{resource}"), &[("into", "x")]).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{resource}");
        }
        let (story, quotation) = quoted(&app, "somebody else").await;
        let page = ana.get(&place).await.body;
        assert!(!page.contains("We will not close") && page.contains("One more stands in a draft"), "{page}");
        assert!(!page.contains("/merger") && !page.contains("/removal"), "{page}");
        publish(&app, &story, &quotation).await;
        let refused = ana.post(&place, &[("name", "Ilse T."), ("description", "x")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "readers see her now");
        let mut bo = browser(&app, "Bo Lind", Role::Moderator).await;
        for path in ["/desk/people", place.as_str()] {
            assert_eq!(bo.get(path).await.status, StatusCode::FORBIDDEN);
        }
        let mut stranger = Browser::new(&app, crate::routes());
        assert!(stranger.get(&place).await.location.starts_with("/desk/sign-in"));
    })
    .await;
}
