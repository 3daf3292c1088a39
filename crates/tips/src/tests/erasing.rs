//! Erasing: what is gone is in no file.

use axum::body::Body;
use http::{Method, StatusCode};
use onrecord_base::{App, fetch::Reach, testing};

use super::{
    cast::{self, TEMPLATES},
    desk::text_message,
    sealed_in_browser::run_jobs,
    seizure::{found, postgres_files},
};
use crate::{
    Epoch, erase,
    store::{keys, messages, tips},
};

/// The bytes that an erased tip must not leave: a piece of a wrapped key, and of the body.
async fn traces(app: &App, tip: &str) -> Vec<Vec<u8>> {
    let id = tip.to_owned();
    let (head, message) = app
        .db
        .read(move |conn| Ok((messages::head(conn, &id, 0)?, messages::find(conn, &id, 0)?)))
        .await
        .expect("the message");
    let body = std::fs::read(crate::vault::path(&app.data, &message.file)).expect("the body");
    // Short pieces of several slots, since a page's end may lie within any of them; and the middle of a chunk, first.
    let pieces = (1..20).map(|number| head[number * 1100..number * 1100 + 16].to_vec());
    std::iter::once(body[1000..1064].to_vec()).chain(pieces).collect()
}

#[tokio::test]
async fn an_erased_tip_leaves_no_key_in_any_file() {
    testing::both(TEMPLATES, async |app: App| {
        let mut line = cast::line(&app).await;
        let (gone, stays) = (text_message(&line, "one").await, text_message(&line, "two").await);
        let (lost, kept) = (traces(&app, &gone).await, traces(&app, &stays).await);
        let same = [("sec-fetch-site", "same-origin")];
        let at = format!("/desk/tips/{gone}");
        let erased = line.ben_browser.send(Method::DELETE, &at, Body::empty(), &same).await;
        assert_eq!(erased.status, StatusCode::NO_CONTENT, "{}", erased.body);
        assert_eq!(line.ben_browser.get(&at).await.status, StatusCode::NOT_FOUND);
        let places = [vec![app.data.path().to_owned()], postgres_files(&app, &["tip_messages", "tips"]).await].concat();
        for trace in &lost {
            assert_eq!(found(&places, trace), 0, "a trace is left");
        }
        assert_eq!(found(&places, &kept[0]), 1, "the scan finds what is there");
        if app.db.is_sqlite() || !places[1..].is_empty() {
            let heads = kept[1..].iter().filter(|piece| found(&places, piece) >= 1).count();
            assert!(heads > 15, "the scan finds heads too: {heads}");
        }
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn destroyed_months_are_in_no_file_and_open_nothing() {
    testing::both(TEMPLATES, async |app: App| {
        let mut line = cast::line(&app).await;
        let id = text_message(&line, "one").await;
        let ana = line.ana.staff_id.clone();
        let own = app.db.read(move |conn| keys::of_staff(conn, &ana)).await.unwrap();
        let closed = own[0].wrapped.clone().unwrap();
        let secret = closed[closed.len() - 64..].to_vec();
        let month = Epoch::of(app.now()).next().text().to_owned();
        let form = [("before", month.as_str()), ("sure", "1")];
        let done = line.ana_browser.post("/desk/tips/keys/mine/destruction", &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let places = [vec![app.data.path().to_owned()], postgres_files(&app, &["tip_keys"]).await].concat();
        assert_eq!(found(&places, &secret), 0);
        let opened = crate::offline::Reader::unlock(&app, &line.ana.staff_id, cast::PASSPHRASE).await;
        assert!(opened.is_err(), "Ana's keys are gone");
        let ben = crate::offline::Reader::unlock(&app, &line.ben.staff_id, cast::PASSPHRASE).await.unwrap();
        assert!(ben.thread(&app, &id).await.unwrap().1[0].index.is_ok(), "Ben's are not");
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn the_end_of_the_line_takes_two_steps_and_leaves_nothing() {
    testing::both(TEMPLATES, async |app: App| {
        let mut line = cast::line(&app).await;
        let id = text_message(&line, "one").await;
        let lost = traces(&app, &id).await;
        assert!(line.ana_browser.get("/desk/tips/destruction").await.body.contains("One tip"));
        line.ana_browser.post("/desk/tips/destruction", &[("word", "yes")]).await;
        assert_eq!(app.db.read(tips::all).await.unwrap().len(), 1);
        line.ana_browser.post("/desk/tips/destruction", &[("word", "Destroy")]).await;
        assert_eq!(app.db.read(tips::all).await.unwrap().len(), 0);
        let places =
            [vec![app.data.path().to_owned()], postgres_files(&app, &["tip_messages", "tip_keys"]).await].concat();
        for trace in &lost {
            assert_eq!(found(&places, trace), 0);
        }
        assert!(!cast::Visitor::new(&app).get("/tip").await.text().contains("<form"));
        let again = erase::everything(&app, Reach::Public).await.unwrap();
        assert_eq!(again, erase::Ended { tips: 0, copies: 0 }, "once more does no harm");
        run_jobs(&app).await;
    })
    .await;
}
