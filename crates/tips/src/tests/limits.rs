//! Limits: work, quotas, the memory of codenames.

use std::sync::Arc;

use http::StatusCode;
use onrecord_base::{App, testing};

use super::{
    cast::{self, TEMPLATES, Visitor},
    sealed_in_browser::run_jobs,
};
use crate::{Guard, Line, quota::Lane, store::line};

async fn allow(app: &App, messages_an_hour: u64) {
    app.db
        .write(move |conn| {
            let old = line::load(conn)?.unwrap();
            line::save(conn, &Line { messages_an_hour, ..old })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_full_hour_leaves_room_for_who_comes_back() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        allow(&app, 4).await;
        let open = line.open().await;
        let mut ana = line.source().await;
        for _ in 0..3 {
            let mut other = line.source().await;
            other.door = ana.door.clone();
            let envelope = other.seal(&open, &line.desk, 0, "x", b"");
            assert_eq!(other.send(envelope).await.status, StatusCode::CREATED);
        }
        let first = ana.seal(&open, &line.desk, 0, "x", b"");
        assert_eq!(ana.send(first).await.status, StatusCode::CREATED);
        let mut late = line.source().await;
        late.door = ana.door.clone();
        let envelope = late.seal(&open, &line.desk, 0, "x", b"");
        let full = late.send(envelope).await;
        assert_eq!(full.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(full.headers.contains_key("retry-after") && full.text().contains("More is arriving"));
        let more = ana.seal(&open, &line.desk, 1, "x", b"");
        assert_eq!(ana.send(more).await.status, StatusCode::CREATED, "the reserved lane");
        let form = [
            ("token", None, ana.door.token().await.into_bytes()),
            ("desk", None, line.desk.id.clone().into_bytes()),
            ("text", None, b"x".to_vec()),
        ];
        let form: Vec<(&str, Option<&str>, &[u8])> = form.iter().map(|(n, f, b)| (*n, *f, b.as_slice())).collect();
        let busy = ana.door.form("/tip", &form).await;
        assert_eq!(busy.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(busy.text().contains("What you wrote stands below: wait a few minutes"), "{}", busy.text());
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn codenames_take_a_fixed_memory_and_the_queue_ends() {
    let guard = Guard::default();
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(guard.derive(Lane::New).await.unwrap());
    }
    let guard = Arc::new(guard);
    let waiting: Vec<_> = (0..24)
        .map(|_| {
            let guard = guard.clone();
            tokio::spawn(async move { guard.derive(Lane::New).await.map(drop) })
        })
        .collect();
    while guard.waits() < 24 {
        tokio::task::yield_now().await;
    }
    assert!(guard.derive(Lane::New).await.is_err(), "the queue is full");
    let back = {
        let guard = guard.clone();
        tokio::spawn(async move { guard.derive(Lane::Returning).await.map(drop) })
    };
    tokio::task::yield_now().await;
    assert!(!back.is_finished(), "who comes back waits all the same");
    held.clear();
    back.await.unwrap().unwrap();
    for one in waiting {
        one.await.unwrap().unwrap();
    }
    assert!(guard.derive(Lane::New).await.is_ok());
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        cast::line(&app).await;
        let door = Visitor::new(&app);
        let mut refused = 0;
        for number in 0..300 {
            let guess = format!("{number:064x}").into_bytes();
            refused += usize::from(door.post("/tip/thread", &[], guess).await.status == StatusCode::TOO_MANY_REQUESTS);
        }
        assert!(refused > 20, "{refused}");
    })
    .await;
}
