//! What comes in wrong: a clear answer, the right status, nothing stored.

use axum::body::Body;
use http::Method;
use onrecord_base::{App, changes, testing};
use onrecord_stories::testing as newsroom;

use super::room::{TEMPLATES, browser, post, posted, read, roots, rules, run_jobs, story};
use crate::{Exception, Mode, Rules, Who, store::settings, thread::Sort};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");

async fn raw(app: &App, story: &str, body: impl Into<Body>) -> u16 {
    let path = format!("/comments/on/{story}");
    browser(app).send(Method::POST, &path, body.into(), &[FORM, OURS]).await.status.as_u16()
}

async fn count(app: &App) -> i64 {
    read(app, |conn| {
        let all = crate::store::comments::after(conn, onrecord_base::Time::from_millis(i64::MIN), "", 100)?;
        Ok(i64::try_from(all.len()).unwrap_or(0))
    })
    .await
}

#[tokio::test]
async fn nothing_wrong_is_stored() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        assert_eq!(raw(&app, &story, format!("name=a&text={}", "x".repeat(1_000_000))).await, 413);
        assert_eq!(raw(&app, &story, format!("name=a&text={}", "x".repeat(20_000))).await, 422);
        assert_eq!(raw(&app, &story, "name=a&text=%ff%fe").await, 400);
        assert_eq!(raw(&app, &story, "name=a&text=a%00b").await, 400);
        assert_eq!(raw(&app, &story, vec![b'n', b'=', 0xff]).await, 400);
        assert_eq!(raw(&app, &story, "name=%E2%80%AE&text=%E2%80%8B").await, 422);
        assert_eq!(raw(&app, "nowhere", "name=a&text=b").await, 404);
        assert_eq!(raw(&app, &story, "name=a&text=b&parent=nowhere").await, 403);
        assert_eq!(raw(&app, &story, "name=a&text=b&website=x").await, 403);
        assert_eq!(raw(&app, &story, format!("name={}&text=b", "n".repeat(61))).await, 422);
        assert_eq!(count(&app).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_sent_again_is_kept_once() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let mut ola = browser(&app);
        posted(&mut ola, &story, "Ola", "Once").await;
        let again = post(&mut ola, &story, "ola ", "Once ").await;
        assert_eq!(again.status, 409);
        assert!(again.body.contains("You have sent this already"));
        assert_eq!(count(&app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_answer_to_another_storys_comment_is_refused() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let section = newsroom::section(&app, "Sea").await;
        let other = newsroom::published(&app, "The ferry", &section).await.article.id.clone();
        let id = posted(&mut browser(&app), &story, "Ola", "Here").await;
        assert_eq!(raw(&app, &other, format!("name=a&text=b&parent={id}")).await, 403);
        assert_eq!(count(&app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_closed_thread_takes_nothing_and_can_be_read() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        posted(&mut browser(&app), &story, "Ola", "Before").await;
        let (scope, now) = (format!("story/{story}"), app.now());
        let closes = Exception { close_after_days: Some(2), ..Exception::default() };
        app.db.write(move |conn| settings::save_exception(conn, &scope, &closes, "ana", now)).await.expect("saved");
        posted(&mut browser(&app), &story, "Ola", "In time").await;
        app.clock.advance(2 * 86_400_000);
        // Pages in memory hear of it within the hour.
        let before = read(&app, changes::last).await;
        crate::keep_forgetting(&app).await.expect("in line");
        run_jobs(&app).await;
        let told = read(&app, move |conn| changes::since(conn, before)).await;
        assert!(told.iter().any(|change| change.kind == "comments" && change.subject == story));
        let late = post(&mut browser(&app), &story, "Ola", "Late").await;
        assert_eq!(late.status, 403);
        assert!(late.body.contains("This conversation is closed"));
        assert_eq!(roots(&app, &story, Sort::Newest).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn who_writes_too_much_waits() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        rules(&app, Rules { mode: Mode::Open, a_minute: 2, hold_score: 0, ..Rules::default() }).await;
        let mut ola = browser(&app);
        posted(&mut ola, &story, "Ola", "One").await;
        posted(&mut ola, &story, "Ola", "Two").await;
        assert_eq!(post(&mut ola, &story, "Ola", "Three").await.status, 429);
        assert_eq!(count(&app).await, 2);
    })
    .await;
}

#[tokio::test]
async fn another_site_cannot_write_for_a_reader() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let path = format!("/comments/on/{story}");
        let theirs = [FORM, ("sec-fetch-site", "cross-site")];
        let answer = browser(&app).send(Method::POST, &path, Body::from("name=a&text=b"), &theirs).await;
        assert_eq!(answer.status, 403);
        assert_eq!(count(&app).await, 0);
    })
    .await;
}
