//! Links and mails: confirming, hearing of answers, ending that; against a real SMTP server.

use onrecord_base::{
    App,
    jobs::{self, Registry},
    testing::{self, Relay},
};

use super::{
    erasing::{sign_in, sign_in_by},
    room::{TEMPLATES, browser, find, id_of, moderator, posted, read, roots, run_jobs, story},
};
use crate::{Mode, State, Who, store::readers, thread::Sort};

/// For stories that no mail matters to.
async fn drop_mails(app: &App) {
    let mut registry = Registry::new();
    for kind in ["comments.link", "comments.answer"] {
        registry.job(kind, |_, _| async { Ok(()) });
    }
    jobs::drain(app, &registry).await.expect("the jobs");
}

#[tokio::test]
async fn the_link_in_the_mail_shows_the_comment_and_signs_in() {
    testing::both(TEMPLATES, async |app: App| {
        let Some(mut relay) = Relay::start(&app).await else { return };
        let story = story(&app, Mode::Open, Who::Email).await.article.id.clone();
        let mut ola = browser(&app);
        let form = [("name", "Ola"), ("email", "Ola@example.org"), ("text", "Hello")];
        let own = ola.post(&format!("/comments/on/{story}"), &form).await;
        assert!(own.set_cookies.is_empty(), "nobody is signed in by writing");
        let id = id_of(&own);
        assert_eq!(find(&app, &id).await.state, State::Unconfirmed);
        run_jobs(&app).await;
        let mail = relay.mail().await;
        assert_eq!(
            (mail["to"][0].as_str(), mail["from"].as_str()),
            (Some("Ola@example.org"), Some("desk@news.example"))
        );
        assert_eq!(mail["subject"], "Your link to Süd, “Bote”");
        assert_eq!(mail["auto"], "auto-generated");
        assert_eq!(mail["stop"], serde_json::Value::Null, "what was asked for cannot be unsubscribed from");
        let link = Relay::link(&mail);
        assert!(ola.get(&link).await.body.contains("Hello, Ola"), "opening it does nothing yet");
        assert_eq!(find(&app, &id).await.state, State::Unconfirmed);
        let inside = ola.post(&link, &[]).await;
        assert_eq!(inside.location, format!("/comments/{id}/own/me"));
        assert_eq!(roots(&app, &story, Sort::Newest).await, ["Hello"]);
        assert_eq!(ola.post(&link, &[]).await.status, 404, "once");
        // Signing in later is the same mail; where to go on is kept.
        let mut again = browser(&app);
        let form = [("name", "Ola"), ("email", "ola@example.org"), ("back", "/town/the-wall/comments")];
        assert!(again.post("/comments/sign-in", &form).await.body.contains("Look into your mail"));
        run_jobs(&app).await;
        let link = Relay::link(&relay.mail().await);
        assert_eq!(again.post(&link, &[]).await.location, "/town/the-wall/comments");
        again.post("/comments/sign-in", &[("name", "Bo"), ("email", "bo@example.org")]).await;
        run_jobs(&app).await;
        let link = Relay::link(&relay.mail().await);
        app.clock.advance(24 * 3_600_000);
        assert_eq!(again.get(&link).await.status, 404, "a day");
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_mailed_and_one_press_in_the_mail_program_ends_that() {
    testing::both(TEMPLATES, async |app: App| {
        let Some(mut relay) = Relay::start(&app).await else { return };
        let story = story(&app, Mode::Open, Who::Name).await;
        let path = format!("/comments/on/{}", story.article.id);
        let (mut ola, mut eve) = (browser(&app), browser(&app));
        let reader = sign_in(&app, &mut ola, "Ola", "ola@example.org").await;
        let loud = id_of(&ola.post(&path, &[("text", "Loud"), ("notify", "1")]).await);
        let answer =
            id_of(&eve.post(&path, &[("name", "Eve"), ("text", "> Loud\nYes, *very*."), ("parent", &loud)]).await);
        run_jobs(&app).await;
        let mail = relay.mail().await;
        assert_eq!(mail["to"][0], "ola@example.org");
        assert_eq!(mail["subject"], "Eve answered you: The wall");
        let body = mail["body"].as_str().expect("a text");
        assert!(body.contains("Yes, *very*.") && body.contains(&format!("{}/comments/{answer}", story.path)), "{body}");
        // RFC 8058: one address by HTTP, and the header that says a POST without asking is welcome.
        assert_eq!(mail["stop-by"], "List-Unsubscribe=One-Click");
        let stop = mail["stop"].as_str().expect("an address").trim_matches(['<', '>']);
        assert!(body.contains(stop), "people find it too");
        let stop = stop.strip_prefix("http://localhost:8080").expect("our address");
        assert_eq!(browser(&app).get(stop).await.status, 200, "looking ends nothing");
        let id = reader.clone();
        assert!(read(&app, move |conn| readers::find(conn, &id)).await.expect("Ola").notify_since.is_some());
        // As a mail program does it: no cookie, no page before, a body of its own.
        let body = axum::body::Body::from("List-Unsubscribe=One-Click");
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        assert_eq!(browser(&app).send(http::Method::POST, stop, body, &headers).await.status, 200);
        assert_eq!(read(&app, move |conn| readers::find(conn, &reader)).await.expect("Ola").notify_since, None);
        eve.post(&path, &[("name", "Eve"), ("text", "Again"), ("parent", &loud)]).await;
        let now = app.now();
        assert!(read(&app, move |conn| jobs::store::due(conn, now)).await.is_empty(), "no more mails");
        assert_eq!(browser(&app).post("/comments/unsubscribe/x", &[]).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn who_gives_a_legal_notice_hears_of_it_and_of_the_decision() {
    testing::both(TEMPLATES, async |app: App| {
        let Some(mut relay) = Relay::start(&app).await else { return };
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let id = posted(&mut browser(&app), &story, "Eve", "Bad").await;
        let notice = [
            ("reason", "illegal"),
            ("text", "It threatens somebody."),
            ("name", "Ola Nordmann"),
            ("email", "ola@example.org"),
            ("good_faith", "1"),
        ];
        browser(&app).post(&format!("/comments/{id}/report"), &notice).await;
        run_jobs(&app).await;
        assert_eq!(relay.mail().await["subject"], "Your notice has arrived");
        let decision = [("action", "reject"), ("seen", "reported")];
        moderator(&app, "Mirela Osei").await.post(&format!("/desk/comments/{id}/decision"), &decision).await;
        run_jobs(&app).await;
        let mail = relay.mail().await;
        assert_eq!(mail["subject"], "Decision on your notice");
        assert!(mail["body"].as_str().expect("a text").contains("It was removed."), "{mail}");
    })
    .await;
}

#[tokio::test]
async fn a_relay_that_refuses_an_address_costs_nobody_else_a_mail() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let Some(mut relay) = Relay::start(&app).await else { return };
        let form = |email| [("name", "Ola"), ("email", email)];
        browser(&app).post("/comments/sign-in", &form("refused@example.org")).await;
        browser(&app).post("/comments/sign-in", &form("ola@example.org")).await;
        run_jobs(&app).await;
        assert_eq!(relay.mail().await["to"][0], "ola@example.org");
    })
    .await;
}

#[tokio::test]
async fn a_comment_with_an_address_waits_for_its_link() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Email).await.article.id.clone();
        let mut ola = browser(&app);
        let form = [("name", "Ola"), ("email", "ola@example.org"), ("text", "Hello")];
        assert_eq!(ola.post(&format!("/comments/on/{story}"), &[("name", "Ola"), ("text", "Hello")]).await.status, 422);
        let answer = ola.post(&format!("/comments/on/{story}"), &form).await;
        let id = id_of(&answer);
        assert_eq!(find(&app, &id).await.state, State::Unconfirmed);
        drop_mails(&app).await;
        sign_in_by(&app, &mut ola, "Ola", "OLA@example.org", &format!("/comments/{id}/own/me")).await;
        assert_eq!(find(&app, &id).await.state, State::Shown);
        assert!(ola.get(&format!("/comments/{id}/own/me")).await.body.contains("Your comment is shown"));
    })
    .await;
}

#[tokio::test]
async fn what_nobody_confirms_is_forgotten() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Email).await.article.id.clone();
        let form = [("name", "Ola"), ("email", "ola@example.org"), ("text", "Hello")];
        let id = id_of(&browser(&app).post(&format!("/comments/on/{story}"), &form).await);
        drop_mails(&app).await;
        app.clock.advance(8 * 86_400_000);
        crate::keep_forgetting(&app).await.expect("in line");
        run_jobs(&app).await;
        let comment = find(&app, &id).await;
        assert_eq!((comment.state, comment.text.as_str()), (State::Erased, ""));
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_mailed_to_who_wants_it_and_only_then() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let (mut ola, mut eve) = (browser(&app), browser(&app));
        sign_in(&app, &mut ola, "Ola", "ola@example.org").await;
        let path = format!("/comments/on/{story}");
        let quiet = id_of(&ola.post(&path, &[("text", "Quiet")]).await);
        let loud = id_of(&ola.post(&path, &[("text", "Loud"), ("notify", "1")]).await);
        let answer = |parent| [("name", "Eve"), ("text", "Yes"), ("parent", parent)];
        let now = app.now();
        eve.post(&path, &answer(&quiet)).await;
        ola.post(&path, &[("text", "To myself"), ("parent", &loud)]).await;
        assert!(read(&app, move |conn| jobs::store::due(conn, now)).await.is_empty());
        eve.post(&path, &answer(&loud)).await;
        let due = read(&app, move |conn| jobs::store::due(conn, now)).await;
        assert_eq!(due, ["comments.answer"]);
        drop_mails(&app).await;
    })
    .await;
}
