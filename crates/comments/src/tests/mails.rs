//! Links and mails: confirming, hearing of answers, ending that.

use onrecord_base::{
    App,
    jobs::{self, Registry},
    testing,
};

use super::{
    erasing::sign_in,
    room::{TEMPLATES, browser, find, id_of, read, run_jobs, story},
};
use crate::{Mode, State, Who, store::readers};

/// There is no relay in these tests; that mails go out is tested against a real server in the binary's tests.
async fn drop_mails(app: &App) {
    let mut registry = Registry::new();
    for kind in ["comments.link", "comments.answer"] {
        registry.job(kind, |_, _| async { Ok(()) });
    }
    jobs::drain(app, &registry).await.expect("the jobs");
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
        sign_in(&app, &mut ola, "Ola", "OLA@example.org").await;
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
async fn one_press_ends_the_mails() {
    testing::both(TEMPLATES, async |app: App| {
        story(&app, Mode::Open, Who::Name).await;
        let mut ola = browser(&app);
        let id = sign_in(&app, &mut ola, "Ola", "ola@example.org").await;
        ola.post("/comments/me/mails", &[("notify", "1")]).await;
        let reader = id.clone();
        let known = read(&app, move |conn| readers::find(conn, &reader)).await.expect("Ola");
        assert!(known.notify_since.is_some());
        // As a mail program does it (RFC 8058): no cookie, no page before, a body of its own.
        let path = format!("/comments/unsubscribe/{}", known.unsubscribe);
        assert_eq!(browser(&app).get(&path).await.status, 200);
        let body = axum::body::Body::from("List-Unsubscribe=One-Click");
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        assert_eq!(browser(&app).send(http::Method::POST, &path, body, &headers).await.status, 200);
        assert_eq!(read(&app, move |conn| readers::find(conn, &id)).await.expect("Ola").notify_since, None);
        assert_eq!(browser(&app).post("/comments/unsubscribe/x", &[]).await.status, 404);
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
        assert!(read(&app, move |conn| onrecord_base::jobs::store::due(conn, now)).await.is_empty());
        eve.post(&path, &answer(&loud)).await;
        let due = read(&app, move |conn| onrecord_base::jobs::store::due(conn, now)).await;
        assert_eq!(due, ["comments.answer"]);
        drop_mails(&app).await;
    })
    .await;
}
