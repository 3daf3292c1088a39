//! Ola writes, changes, removes; without a script and without a cookie.

use onrecord_base::{App, testing};

use super::room::{TEMPLATES, answered, browser, find, post, posted, roots, story, thread};
use crate::{Mode, State, Who, Why, thread::Sort};

#[tokio::test]
async fn what_is_written_under_a_name_waits_for_the_newsroom() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Newcomers, Who::Name).await;
        let mut ola = browser(&app);
        let answer = post(&mut ola, &story.article.id, " Ola ", "Well *said*.\u{202e}").await;
        assert_eq!(answer.status, 303);
        assert!(answer.set_cookies.is_empty(), "no cookie before a sign-in");
        let own = ola.get(&answer.location).await;
        assert!(own.body.contains("reads your comment before it is shown"), "{}", own.body);
        assert!(own.body.contains("<em>said</em>"));
        let comment = find(&app, &super::room::id_of(&answer)).await;
        assert_eq!((comment.state, comment.why, comment.name.as_str()), (State::Held, Why::Newcomer, "Ola"));
        assert_eq!(comment.text, "Well *said*.");
        assert_eq!(roots(&app, &story.article.id, Sort::Newest).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_writer_changes_and_removes_what_they_wrote() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await;
        let id = &story.article.id;
        let (mut ola, mut eve) = (browser(&app), browser(&app));
        let own = post(&mut ola, id, "Ola", "First").await.location;
        let comment = super::room::id_of(&super::room::Answer {
            status: http::StatusCode::OK,
            location: own.clone(),
            set_cookies: vec![],
            body: String::new(),
        });
        answered(&mut eve, id, &comment, "Eve", "An answer").await;
        assert_eq!(ola.post(&own, &[("text", "Second")]).await.status, 303);
        assert_eq!(roots(&app, id, Sort::Newest).await, ["Second"]);
        // Nobody else has the address.
        let forged = format!("/comments/{comment}/own/{}", "0".repeat(64));
        assert_eq!(eve.get(&forged).await.status, 404);
        assert_eq!(eve.post(&format!("{forged}/removal"), &[]).await.status, 404);
        app.clock.advance(5 * 60_000);
        let late = ola.post(&own, &[("text", "Third")]).await;
        assert_eq!(late.status, 403);
        assert!(late.body.contains("is over"));
        assert_eq!(ola.post(&format!("{own}/removal"), &[]).await.status, 200);
        let thread = thread(&app, id, Sort::Newest).await;
        assert_eq!(thread.shown, 1);
        assert_eq!(thread.branches[0].root.shown, None, "its place stays above the answer");
        assert!(thread.branches[0].root.by_writer);
        assert_eq!(ola.get(&own).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_wrong_comes_back_filled_in() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await;
        let answer = post(&mut browser(&app), &story.article.id, "", "My \"text\"").await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("Please give a name."));
        assert!(answer.body.contains("My &quot;text&quot;"));
    })
    .await;
}

#[tokio::test]
async fn respect_is_given_once_and_taken_back() {
    testing::both(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await;
        let mut ola = browser(&app);
        let first = posted(&mut ola, &story.article.id, "Ola", "First").await;
        let second = posted(&mut ola, &story.article.id, "Ola", "Second").await;
        let respect = format!("/comments/{first}/respect");
        let answer = ola.post(&respect, &[]).await;
        assert_eq!(answer.status, 303);
        assert!(answer.location.ends_with(&format!("/comments/{first}#c-{first}")));
        assert_eq!(find(&app, &first).await.respect, 1);
        assert_eq!(roots(&app, &story.article.id, Sort::Respect).await, ["First", "Second"]);
        ola.post(&respect, &[]).await;
        assert_eq!(find(&app, &first).await.respect, 0);
        assert_eq!(ola.post(&format!("/comments/{second}x/respect"), &[]).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_permalink_survives_the_storys_address() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let story = story(&app, Mode::Open, Who::Name).await;
        let id = posted(&mut browser(&app), &story.article.id, "Ola", "First").await;
        let answer = browser(&app).get(&format!("/comments/{id}")).await;
        assert_eq!(answer.location, format!("{}/comments/{id}#c-{id}", story.path));
        assert!(browser(&app).get(&format!("/comments/{id}/reply")).await.body.contains("Answer Ola"));
    })
    .await;
}
