use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use super::*;
use crate::testing::{START, both};

fn counting(counter: &Arc<AtomicUsize>) -> Registry {
    let counter = counter.clone();
    let mut registry = Registry::default();
    registry.on("story.published", "mail").job("mail", move |_, _| {
        let counter = counter.clone();
        async move {
            counter.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
    });
    registry
}

#[tokio::test]
async fn an_event_becomes_its_jobs_once_and_only_with_its_cause() {
    both(&[], |app| async move {
        let counter = Arc::new(AtomicUsize::new(0));
        let registry = counting(&counter);
        app.db.write(|conn| conn.emit("story.published", &"s1", START)).await.unwrap();
        app.db.write(|conn| conn.emit("nobody.cares", &"s1", START)).await.unwrap();
        let undone: Result<()> = app
            .db
            .write(|conn| {
                conn.emit("story.published", &"s2", START)?;
                Err(Error::Stale)
            })
            .await;
        assert!(undone.is_err());
        let ran = drain(&app, &registry).await.unwrap();
        assert_eq!(ran, [Ran { kind: "mail".into(), error: None }]);
        assert!(drain(&app, &registry).await.unwrap().is_empty());
        assert_eq!(counter.load(Ordering::SeqCst), 1);
    })
    .await;
}

#[tokio::test]
async fn a_scheduled_job_waits_and_its_id_replaces_it() {
    both(&[], |app| async move {
        let counter = Arc::new(AtomicUsize::new(0));
        let registry = counting(&counter);
        for hour in [1, 2] {
            app.db
                .write(move |conn| enqueue(conn, "publish:s1", "mail", &"s1", START.plus(hour * 3_600_000), START))
                .await
                .unwrap();
        }
        app.clock.advance(3_600_000);
        assert!(drain(&app, &registry).await.unwrap().is_empty());
        app.clock.advance(3_600_000);
        assert_eq!(drain(&app, &registry).await.unwrap().len(), 1);
        let now = app.now();
        app.db.write(move |conn| enqueue(conn, "publish:s1", "mail", &"s1", now, now)).await.unwrap();
        assert!(app.db.write(|conn| cancel(conn, "publish:s1")).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_job_that_fails_comes_back_later_and_later_and_is_laid_aside_at_last() {
    both(&[], |app| async move {
        let mut registry = Registry::default();
        registry.job("mail", |_, job: Job| async move {
            assert_ne!(job.attempt % 2, 0, "a panic is a failure too");
            Err(Error::unavailable("the relay is away"))
        });
        app.db.write(|conn| enqueue(conn, "j1", "mail", &(), START, START)).await.unwrap();
        let mut tries = 0;
        while app.db.read(store::dead).await.unwrap().is_empty() {
            let ran = drain(&app, &registry).await.unwrap();
            tries += i64::try_from(ran.len()).unwrap();
            assert!(ran.iter().all(|r| r.error.is_some()));
            app.clock.advance(LONGEST_PAUSE / 60);
        }
        assert_eq!(tries, ATTEMPTS);
        let now = app.now();
        app.db.write(move |conn| retry(conn, "j1", now)).await.unwrap();
        assert_eq!(drain(&app, &registry).await.unwrap().len(), 1);
        assert!(app.db.write(|conn| retry(conn, "j2", START)).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_lease_that_runs_out_is_taken_over_and_the_late_node_changes_nothing() {
    both(&[], |app| async move {
        app.db.write(|conn| enqueue(conn, "j1", "mail", &(), START, START)).await.unwrap();
        let claim = |who: &'static str, now| app.db.write(move |conn| store::claim(conn, &["mail"], who, 5, now));
        assert_eq!(claim("north", START).await.unwrap().len(), 1);
        assert!(claim("south", START.plus(LEASE - 1)).await.unwrap().is_empty());
        assert!(app.db.write(|conn| store::renew(conn, "j1", "north", START.plus(10))).await.unwrap());
        assert!(claim("south", START.plus(LEASE)).await.unwrap().is_empty());
        let taken = claim("south", START.plus(LEASE + 10)).await.unwrap();
        assert_eq!(taken.first().map(|job| job.attempt), Some(2));
        assert!(!app.db.write(|conn| store::renew(conn, "j1", "north", START)).await.unwrap());
        app.db.write(|conn| store::finish(conn, "j1", "north")).await.unwrap();
        assert_eq!(app.db.read(|conn| store::due(conn, START)).await.unwrap(), ["mail"]);
        app.db.write(|conn| store::finish(conn, "j1", "south")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_job_put_in_line_while_it_runs_runs_once_more_and_never_beside_itself() {
    both(&[], |app| async move {
        let again = |at| app.db.write(move |conn| enqueue(conn, "j1", "mail", &at, START.plus(at), START));
        let claim = |who: &'static str, now| app.db.write(move |conn| store::claim(conn, &["mail"], who, 5, now));
        again(0).await.unwrap();
        assert_eq!(claim("north", START).await.unwrap().len(), 1);
        again(7).await.unwrap();
        assert!(claim("south", START.plus(9)).await.unwrap().is_empty(), "north is at it");
        app.db.write(|conn| store::finish(conn, "j1", "north")).await.unwrap();
        let next = claim("south", START.plus(9)).await.unwrap();
        assert_eq!(next.first().map(|job| (job.payload.as_str(), job.attempt)), Some(("7", 1)));
        // Neither a failure nor a stop loses what was asked for meanwhile.
        again(8).await.unwrap();
        let fail = |conn: &mut Conn<'_>| store::fail(conn, "j1", "south", "away", None, START);
        app.db.write(fail).await.unwrap();
        assert_eq!(
            claim("east", START.plus(9)).await.unwrap().first().map(|job| job.payload.clone()),
            Some("8".into())
        );
        again(9).await.unwrap();
        app.db.write(|conn| store::give_back(conn, "east")).await.unwrap();
        assert_eq!(claim("west", START.plus(9)).await.unwrap().first().map(|job| job.attempt), Some(1));
        app.db.write(|conn| store::finish(conn, "j1", "west")).await.unwrap();
        assert!(app.db.read(|conn| store::due(conn, START.plus(9))).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_job_whose_process_always_dies_is_laid_aside() {
    both(&[], |app| async move {
        app.db.write(|conn| enqueue(conn, "j1", "mail", &(), START, START)).await.unwrap();
        for attempt in 0..=ATTEMPTS {
            let now = START.plus(attempt * LEASE);
            let jobs = app.db.write(move |conn| store::claim(conn, &["mail"], "north", 5, now)).await.unwrap();
            assert_eq!(jobs.len(), usize::from(attempt < ATTEMPTS));
        }
        assert_eq!(app.db.read(store::dead).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_nodes_never_claim_the_same_job() {
    both(&[], |app| async move {
        for number in 0..40 {
            let id = format!("j{number:02}");
            app.db.write(move |conn| enqueue(conn, &id, "mail", &(), START, START)).await.unwrap();
        }
        let nodes = ["a", "b", "c", "d"].map(|who| {
            let db = app.db.clone();
            tokio::spawn(
                async move { db.write(move |conn| store::claim(conn, &["mail"], who, 10, START)).await.unwrap() },
            )
        });
        let mut ids = Vec::new();
        for node in nodes {
            ids.extend(node.await.unwrap().into_iter().map(|job| job.id));
        }
        let claimed = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), claimed);
        app.db.write(|conn| conn.execute("DELETE FROM jobs", &[])).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_worker_wakes_runs_and_stops_and_gives_back_what_it_holds() {
    both(&[], |app| async move {
        let counter = Arc::new(AtomicUsize::new(0));
        let worker = Worker::start(app.clone(), counting(&counter));
        app.db.write(|conn| conn.emit("story.published", &"s1", START)).await.unwrap();
        while counter.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        worker.stop().await;
        app.db.write(|conn| enqueue(conn, "j1", "mail", &(), START, START)).await.unwrap();
        app.db.write(|conn| store::claim(conn, &["mail"], "north", 5, START)).await.unwrap();
        app.db.write(|conn| store::give_back(conn, "north")).await.unwrap();
        let again = app.db.write(|conn| store::claim(conn, &["mail"], "south", 5, START)).await.unwrap();
        assert_eq!(again.first().map(|job| job.attempt), Some(1));
        app.db.write(|conn| store::finish(conn, "j1", "south")).await.unwrap();
    })
    .await;
}

#[test]
fn pauses_double_and_end_at_the_longest() {
    assert_eq!(pause(1, 0), FIRST_PAUSE * 3 / 4);
    assert_eq!(pause(2, u16::MAX), 2 * FIRST_PAUSE * 5 / 4);
    assert_eq!(pause(i64::MAX, u16::MAX), LONGEST_PAUSE * 5 / 4);
}
