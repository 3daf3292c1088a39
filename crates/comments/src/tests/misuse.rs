//! What somebody might try with what is there for others.

use onrecord_base::{App, Settings, jobs, testing};

use super::{
    erasing::{sign_in, sign_in_by},
    room::{TEMPLATES, browser, find, id_of, moderator, post, posted, read, story},
};
use crate::{Mode, Queue, State, Who, Why, store::reports};

const ILLEGAL: [(&str, &str); 5] = [
    ("reason", "illegal"),
    ("text", "It threatens somebody."),
    ("name", "Ola Nordmann"),
    ("email", "ola@example.org"),
    ("good_faith", "1"),
];

/// What waits in line is not what these tests are about.
async fn drop_jobs(app: &App) {
    app.db
        .write(move |conn| {
            let rows = conn.query("SELECT id FROM jobs", onrecord_base::args![])?;
            for row in rows {
                jobs::cancel(conn, &row.get::<String>("id")?)?;
            }
            Ok(())
        })
        .await
        .expect("the jobs");
}

#[tokio::test]
async fn other_words_take_a_comment_neither_out_of_a_hold_nor_from_the_reported() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let mut eve = browser(&app);
        let own = post(&mut eve, &story, "Eve", "Bad").await;
        let id = id_of(&own);
        browser(&app).post(&format!("/comments/{id}/report"), &[("reason", "abuse")]).await;
        assert_eq!(eve.post(&own.location, &[("text", "Better")]).await.status, 303);
        let reported = find(&app, &id).await;
        assert_eq!((reported.text.as_str(), reported.queue), ("Better", Queue::Reported));
        let mut mirela = moderator(&app, "Mirela Osei").await;
        let hold = [("action", "hold"), ("seen", "reported")];
        mirela.post(&format!("/desk/comments/{id}/decision"), &hold).await;
        assert_eq!(eve.post(&own.location, &[("text", "Fine")]).await.status, 303);
        let held = find(&app, &id).await;
        assert_eq!(
            (held.text.as_str(), held.state, held.why, held.queue),
            ("Fine", State::Held, Why::Reports, Queue::Held)
        );
    })
    .await;
}

#[tokio::test]
async fn who_is_banned_does_not_come_back_by_the_same_address() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Email).await.article.id.clone();
        let mut eve = browser(&app);
        sign_in(&app, &mut eve, "Eve", "eve@example.org").await;
        let path = format!("/comments/on/{story}");
        let first = id_of(&eve.post(&path, &[("text", "One")]).await);
        let mut mirela = moderator(&app, "Mirela Osei").await;
        mirela
            .post(&format!("/desk/comments/{first}/ban"), &[("kind", "ban"), ("days", "2"), ("reason", "spam")])
            .await;
        let mut again = browser(&app);
        let form = [("name", "Eve"), ("email", "eve@example.org"), ("text", "Two")];
        let id = id_of(&again.post(&path, &form).await);
        sign_in_by(&app, &mut again, "Eve", "eve@example.org", &format!("/comments/{id}/own/me")).await;
        assert_eq!(find(&app, &id).await.state, State::Rejected);
        drop_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_writes_under_anothers_address_and_has_them_confirm_it_unseen() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Email).await.article.id.clone();
        let form = [("name", "Vic"), ("email", "vic@example.org"), ("text", "Not mine")];
        let id = id_of(&browser(&app).post(&format!("/comments/on/{story}"), &form).await);
        sign_in(&app, &mut browser(&app), "Vic", "vic@example.org").await;
        assert_eq!(find(&app, &id).await.state, State::Unconfirmed, "this link was not sent for it");
        app.clock.advance(8 * 86_400_000);
        crate::keep_forgetting(&app).await.expect("in line");
        drop_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_notice_of_something_illegal_counts_beside_a_report_and_is_decided() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let mut eve = browser(&app);
        let own = post(&mut eve, &story, "Eve", "Bad").await;
        let id = id_of(&own);
        let path = format!("/comments/{id}/report");
        let mut ola = browser(&app);
        ola.post(&path, &[("reason", "abuse")]).await;
        ola.post(&path, &ILLEGAL).await;
        let comment = id.clone();
        assert_eq!(read(&app, move |conn| reports::of(conn, &comment)).await.len(), 2);
        assert_eq!(eve.post(&format!("{}/removal", own.location), &[]).await.status, 200);
        let comment = id.clone();
        let settled = read(&app, move |conn| reports::of(conn, &comment)).await;
        assert!(settled.iter().all(|report| report.outcome.as_deref() == Some("removed")), "{settled:?}");
        drop_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn without_mail_nothing_is_taken_that_would_wait_for_a_link() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Email).await.article.id.clone();
        app.save_settings(Settings { smtp: None, ..Settings::clone(&app.settings()) }).await.expect("settings");
        let form = [("name", "Ola"), ("email", "ola@example.org"), ("text", "Hello")];
        let answer = browser(&app).post(&format!("/comments/on/{story}"), &form).await;
        assert_eq!(answer.status, 403, "{}", answer.body);
        assert!(answer.body.contains("has not set up mail"), "{}", answer.body);
    })
    .await;
}

#[tokio::test]
async fn a_name_is_held_to_the_words_too() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await.article.id.clone();
        let rules =
            crate::Rules { banned: vec!["casino".into()], a_minute: 0, a_minute_address: 0, ..crate::Rules::default() };
        super::room::rules(&app, crate::Rules { mode: Mode::Open, ..rules }).await;
        assert_eq!(post(&mut browser(&app), &story, "Casino Casino", "Hello").await.status, 403);
        posted(&mut browser(&app), &story, "Ola", "Hello").await;
    })
    .await;
}
