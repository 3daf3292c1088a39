//! Ola comes in by a passkey: without a mail, without an address.

use axum::body::Body;
use http::Method;
use onrecord_base::{App, testing};
use serde_json::{Value, json};

use super::{
    erasing::sign_in,
    room::{Answer, Browser, TEMPLATES, browser, id_of, read, rules, story},
};
use crate::{
    Mode, Rules, Who,
    passkey::{
        self,
        tests::{Authenticator, Sent, party},
    },
    store::{passkeys, readers},
};

async fn send(browser: &mut Browser, path: &str, body: &Value) -> Answer {
    let headers =
        [("content-type", "application/json"), ("accept", "application/json"), ("sec-fetch-site", "same-origin")];
    let path = format!("/comments/passkeys{path}");
    browser.send(Method::POST, &path, Body::from(body.to_string()), &headers).await
}

async fn asked(browser: &mut Browser, body: Value) -> Value {
    let answer = send(browser, "/challenge", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

fn answer(sent: &Sent, more: Value) -> Value {
    let mut all = json!({
        "account": passkey::to_text(&sent.account), "data": passkey::to_text(&sent.data),
        "signature": passkey::to_text(&sent.signature),
    });
    all.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    all
}

fn challenge(asked: &Value) -> &str {
    asked["challenge"].as_str().expect("a challenge")
}

/// Somebody who is here for the first time, with the id they got.
async fn join(app: &App, browser: &mut Browser, pocket: &mut Authenticator, name: &str) -> String {
    let options = asked(browser, json!({ "new": true, "name": name })).await;
    assert_eq!(options["attestation"], "none");
    assert_eq!(options["rp"]["id"], "localhost");
    let sent = pocket.make(&party(), challenge(&options));
    let came = send(browser, "", &answer(&sent, json!({ "name": name, "back": "/town" }))).await;
    assert_eq!((came.status.as_u16(), came.set_cookies.len()), (201, 1), "{}", came.body);
    assert!(came.body.contains("\"to\":\"/town\""));
    let id = passkey::to_text(&pocket.id);
    read(app, move |conn| passkeys::find(conn, &id)).await.expect("kept").1
}

async fn enter(browser: &mut Browser, pocket: &mut Authenticator, user: &str) -> Answer {
    let options = asked(browser, json!({})).await;
    let sent = pocket.sign(&party(), challenge(&options));
    let more = json!({ "id": passkey::to_text(&pocket.id), "user": passkey::to_text(user.as_bytes()) });
    send(browser, "/session", &answer(&sent, more)).await
}

#[tokio::test]
async fn a_reader_comes_in_without_an_address_and_comes_again() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Passkey).await.article.id.clone();
        let path = format!("/comments/on/{story}");
        let (mut ola, mut pocket) = (browser(&app), Authenticator::new(b"ola's phone"));
        assert_eq!(ola.get(&path).await.location, format!("/comments/sign-in?back=/comments/on/{story}"));
        assert_eq!(ola.post(&path, &[("name", "Ola"), ("text", "x")]).await.status, 403, "only with a passkey");
        let reader = join(&app, &mut ola, &mut pocket, " Ola ").await;
        let page = ola.get("/comments/me").await;
        assert!(
            page.body.contains("You write as Ola.") && page.body.contains("Made 22 November 2026"),
            "{}",
            page.body
        );
        assert!(!page.body.contains("Mail me when"), "there is no address to write to");
        assert!(ola.get(&path).await.body.contains("You write as Ola."));
        let id = id_of(&ola.post(&path, &[("text", "Hello")]).await);
        // On another day, in another browser.
        app.clock.advance(86_400_000);
        let mut later = browser(&app);
        let came = enter(&mut later, &mut pocket, &reader).await;
        assert_eq!((came.status.as_u16(), came.set_cookies.len()), (200, 1), "{}", came.body);
        assert!(later.get("/comments/me").await.body.contains(&format!("/comments/{id}/own/me")));
        let data: Value = serde_json::from_str(&later.get("/comments/me/data").await.body).expect("JSON");
        assert_eq!((data["passkeys"].as_array().map(Vec::len), data["email"].as_str()), (Some(1), Some("")));
        // The only key stays; with a second one it may go.
        let removal = format!("/comments/me/passkeys/{}/removal", passkey::to_text(&pocket.id));
        assert_eq!(later.post(&removal, &[]).await.status, 403);
        let mut drawer = Authenticator::new(b"in a drawer");
        let options = asked(&mut later, json!({ "new": true })).await;
        assert_eq!(options["excludeCredentials"][0], passkey::to_text(&pocket.id));
        let sent = drawer.make(&party(), challenge(&options));
        assert_eq!(send(&mut later, "", &answer(&sent, json!({}))).await.status, 201);
        assert_eq!(later.post(&removal, &[]).await.status, 303);
        assert_eq!(enter(&mut browser(&app), &mut pocket, &reader).await.status, 403);
        assert_eq!(enter(&mut browser(&app), &mut drawer, &reader).await.status, 200);
        // Leaving takes the keys along.
        assert_eq!(later.post("/comments/me/erasure", &[("sure", "1")]).await.status, 200);
        let gone = reader.clone();
        let left = read(&app, move |conn| Ok((passkeys::any(conn, &gone)?, readers::find(conn, &gone)?))).await;
        assert_eq!(left, (false, None));
        assert_eq!(enter(&mut browser(&app), &mut drawer, &reader).await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn an_answer_counts_once_and_for_one() {
    testing::both(TEMPLATES, async |app: App| {
        let mut ola = browser(&app);
        let (mut hers, mut his) = (Authenticator::new(b"hers"), Authenticator::new(b"his"));
        let reader = join(&app, &mut ola, &mut hers, "Ola").await;
        let other = join(&app, &mut browser(&app), &mut his, "Bo").await;
        let id = passkey::to_text(b"hers");
        // A challenge works once, for minutes, and only for what it was given out for.
        let mut eve = browser(&app);
        let options = asked(&mut eve, json!({})).await;
        let body = answer(&hers.sign(&party(), challenge(&options)), json!({ "id": id }));
        assert_eq!(send(&mut eve, "/session", &body).await.status, 200);
        assert_eq!(send(&mut browser(&app), "/session", &body).await.status, 403, "replayed");
        let options = asked(&mut eve, json!({})).await;
        let late = answer(&hers.sign(&party(), challenge(&options)), json!({ "id": id }));
        app.clock.advance(6 * 60_000);
        assert_eq!(send(&mut browser(&app), "/session", &late).await.status, 403, "late");
        let own = answer(&hers.sign(&party(), "made-up"), json!({ "id": id }));
        assert_eq!(send(&mut browser(&app), "/session", &own).await.status, 403, "not one of ours");
        let mut stranger = browser(&app);
        let options = asked(&mut stranger, json!({ "new": true, "name": "Eve" })).await;
        let mixed = answer(&hers.sign(&party(), challenge(&options)), json!({ "id": id }));
        assert_eq!(send(&mut stranger, "/session", &mixed).await.status, 403, "for another ceremony");
        // His key does not open her account, nor hers with his name on it.
        let options = asked(&mut stranger, json!({})).await;
        let swapped = answer(&his.sign(&party(), challenge(&options)), json!({ "id": id }));
        assert_eq!(send(&mut stranger, "/session", &swapped).await.status, 403);
        assert_eq!(enter(&mut stranger, &mut hers, &other).await.status, 403);
        // A challenge for her, answered by somebody who is not her any more.
        let options = asked(&mut ola, json!({ "new": true })).await;
        let sent = answer(&Authenticator::new(b"x").make(&party(), challenge(&options)), json!({ "name": "Eve" }));
        assert_eq!(send(&mut stranger, "", &sent).await.status, 403);
        // A credential belongs to one.
        let options = asked(&mut stranger, json!({ "new": true, "name": "Eve" })).await;
        let taken = Authenticator::new(b"hers").make(&party(), challenge(&options));
        assert_eq!(send(&mut stranger, "", &answer(&taken, json!({ "name": "Eve" }))).await.status, 403);
        assert!(!stranger.get("/comments/me").await.body.contains("You write as"));
        assert_eq!(enter(&mut stranger, &mut hers, &reader).await.status, 200, "she herself still can");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_answer_is_refused_in_words() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let mut eve = browser(&app);
        for (path, body) in [
            ("/session", json!({})),
            ("/session", json!({ "account": "e30", "id": "\0" })),
            ("", json!({ "account": "%", "data": "" })),
            ("", json!({ "account": passkey::to_text(b"{\"type\":1}") })),
        ] {
            let answer = send(&mut eve, path, &body).await;
            assert_eq!(answer.status, 403, "{path} {body}");
            assert!(answer.body.contains("That did not work with this passkey."), "{}", answer.body);
        }
        assert_eq!(send(&mut eve, "/session", &json!([1])).await.status, 400);
        let nameless = send(&mut eve, "/challenge", &json!({ "new": true, "name": " \u{202e}" })).await;
        assert!(nameless.status == 422 && nameless.body.contains("Please give a name."), "{}", nameless.body);
        for _ in 0..30 {
            send(&mut eve, "/challenge", &json!({})).await;
        }
        assert_eq!(send(&mut eve, "/challenge", &json!({})).await.status, 429);
    })
    .await;
}

#[tokio::test]
async fn a_reader_with_an_address_adds_a_passkey_and_answers_are_still_mailed() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Passkey).await.article.id.clone();
        let (mut ola, mut pocket) = (browser(&app), Authenticator::new(b"phone"));
        let reader = sign_in(&app, &mut ola, "Ola", "ola@example.org").await;
        let path = format!("/comments/on/{story}");
        assert!(ola.get(&path).await.body.contains("Only readers with a passkey write here."));
        let options = asked(&mut ola, json!({ "new": true })).await;
        let sent = pocket.make(&party(), challenge(&options));
        assert!(send(&mut ola, "", &answer(&sent, json!({}))).await.body.contains("said-passkey"));
        assert_eq!(ola.post(&path, &[("text", "Hello"), ("notify", "1")]).await.status, 303);
        // With an address the way in by mail is left: the last key may go.
        let removal = format!("/comments/me/passkeys/{}/removal", passkey::to_text(b"phone"));
        assert_eq!(ola.post(&removal, &[]).await.status, 303);
        // Where passkeys do not work they are not offered.
        let mut settings = (*app.settings()).clone();
        settings.base_url = "http://203.0.113.7".into();
        app.save_settings(settings).await.expect("saved");
        assert!(!browser(&app).get("/comments/sign-in").await.body.contains("data-passkey"));
        assert_eq!(send(&mut ola, "/challenge", &json!({})).await.status, 403);
        rules(&app, Rules { mode: Mode::Open, ..Rules::default() }).await;
        let known = read(&app, move |conn| readers::find(conn, &reader)).await.expect("Ola");
        assert_eq!(known.email, "ola@example.org");
    })
    .await;
}
