//! What browsers say, and what becomes of it.

use onrecord_base::{App, Settings, testing::both};

use super::room::{TEMPLATES, browser, browser_at, list, say, sections, stories};
use crate::{Next, rank::signals::Weights, ranker::Ranker, store::counts};

fn seen(variant: &str, from: &str, seen: &[&str], clicked: Option<&str>) -> String {
    let places: Vec<String> = seen.iter().enumerate().map(|(place, id)| format!("[{place},\"{id}\"]")).collect();
    let clicked = clicked.map_or(String::new(), |id| format!(",\"clicked\":\"{id}\""));
    format!(
        "{{\"lists\":[{{\"variant\":\"{variant}\",\"from\":\"{from}\",\"seen\":[{}]{clicked}}}]}}",
        places.join(",")
    )
}

#[tokio::test]
async fn what_readers_click_stands_higher_and_survives_a_restart() {
    both(TEMPLATES, |app| async move {
        let sections = sections(&app, &["Town", "Sea", "Sport"]).await;
        let stories = stories(&app, &sections, 14).await;
        let next = Next::open(&app).await.expect("a model");
        let from = &stories[13].article.id;
        let before = list(&app, &next, from).await;
        let favourite = stories
            .iter()
            .map(|s| s.article.id.clone())
            .find(|id| !before.contains(id) && id != from)
            .expect("another");
        let other = before[0].clone();
        let mut reader = browser(&app, &next);
        for _ in 0..60 {
            app.clock.advance(2_100);
            let answer = say(&mut reader, seen("a", from, &[&other, &favourite], Some(&favourite))).await;
            assert!(answer.status == 204 || answer.status == 429, "{answer:?}");
        }
        next.flush(&app).await.expect("counts");
        app.clock.advance(61_000);
        say(&mut reader, seen("a", from, &[&other, &favourite], Some(&favourite))).await;
        next.flush(&app).await.expect("counts");
        let after = list(&app, &next, from).await;
        assert!(after.contains(&favourite), "{before:?} {after:?}");
        let again = Next::open(&app).await.expect("a model");
        let mut restarted = list(&app, &again, from).await;
        let mut followed = after;
        restarted.sort();
        followed.sort();
        assert_eq!(restarted, followed);
    })
    .await;
}

/// Pairs that may be used, and those of a story that may be shown.
async fn ways(app: &App, from: &str) -> (usize, usize) {
    let from = from.to_owned();
    let ways = app.db.read(move |conn| Ok((counts::pairs(conn)?.len(), counts::pairs_from(conn, &from, 9)?.len())));
    ways.await.expect("ways")
}

#[tokio::test]
async fn a_way_that_fewer_than_five_took_is_neither_used_nor_shown() {
    both(TEMPLATES, |app| async move {
        let sections = sections(&app, &["Town"]).await;
        let stories = stories(&app, &sections, 3).await;
        let next = Next::open(&app).await.expect("a model");
        let (from, to) = (stories[0].article.id.clone(), stories[1].article.id.clone());
        for taken in 1..=counts::FEWEST {
            let mut reader = browser_at(&app, &next, [203, 0, taken as u8, 7]);
            say(&mut reader, format!("{{\"reads\":[[\"{from}\",\"{to}\"],[null,\"{to}\"]]}}")).await;
            next.flush(&app).await.expect("counts");
            let expected = usize::from(taken >= counts::FEWEST);
            assert_eq!(ways(&app, &from).await, (expected, expected), "after {taken}");
        }
        let story = to.clone();
        let views = app.db.read(move |conn| counts::views(conn, &story)).await.expect("views");
        assert_eq!(views, counts::FEWEST, "one view of each reader, wherever they came from");
        app.clock.advance((counts::DAYS + 1) * 24 * 3_600_000);
        let now = app.now();
        app.db.write(move |conn| counts::forget(conn, now)).await.expect("forgetting");
        assert!(app.db.read(counts::pairs).await.expect("pairs").is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_makes_a_way_count_alone() {
    both(TEMPLATES, |app| async move {
        let sections = sections(&app, &["Town"]).await;
        let stories = stories(&app, &sections, 3).await;
        let next = Next::open(&app).await.expect("a model");
        let (from, to) = (stories[0].article.id.clone(), stories[1].article.id.clone());
        let way = format!("[\"{from}\",\"{to}\"]");
        for house in 0..20 {
            // From any address of one network, in one message and in many.
            let mut reader = browser_at(&app, &next, [203, 0, 113, house]);
            let answer = say(&mut reader, format!("{{\"reads\":[{}],\"lists\":[]}}", [&*way; 12].join(","))).await;
            assert_eq!(answer.status, 204);
        }
        next.flush(&app).await.expect("counts");
        assert_eq!(ways(&app, &from).await, (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_click_long_after_the_list_was_seen_teaches_as_much_as_one_at_once() {
    both(TEMPLATES, |app| async move {
        let sections = sections(&app, &["Town", "Sea"]).await;
        let stories = stories(&app, &sections, 6).await;
        let [from, other, clicked] = [0, 1, 2].map(|at| stories[at].article.id.clone());
        let mut learned = Vec::new();
        for late in [false, true] {
            let next = Next::open(&app).await.expect("a model");
            let all = format!("[[0,\"{other}\"],[1,\"{clicked}\"]]");
            let list = |rest: &str| format!("{{\"lists\":[{{\"variant\":\"a\",\"from\":\"{from}\",{rest}}}]}}");
            let mut reader = browser(&app, &next);
            if late {
                assert_eq!(say(&mut reader, list(&format!("\"seen\":{all}"))).await.status, 204);
            }
            let seen = if late { "[]" } else { &all };
            let click = list(&format!("\"seen\":{seen},\"list\":{all},\"clicked\":\"{clicked}\""));
            assert_eq!(say(&mut reader, click).await.status, 204);
            learned.push(next.weights(Ranker::Learning));
        }
        assert_ne!(learned[0], Some(Weights::default()));
        assert_eq!(learned[0], learned[1]);
    })
    .await;
}

#[tokio::test]
async fn a_flood_and_nonsense_change_nothing() {
    both(TEMPLATES, |app| async move {
        app.save_settings(Settings::clone(&app.settings())).await.expect("settings");
        let sections = sections(&app, &["Town"]).await;
        let stories = stories(&app, &sections, 3).await;
        let next = Next::open(&app).await.expect("a model");
        let [one, two] = [0, 1].map(|at| stories[at].article.id.clone());
        let mut reader = browser(&app, &next);
        for wrong in ["", "7", "{\"reads\":7}", "{\"who\":\"me\"}", "{\"lists\":[{\"reader\":\"7\"}]}", "\u{0}"] {
            assert_eq!(say(&mut reader, wrong.into()).await.status, 400, "{wrong:?}");
        }
        assert_eq!(say(&mut reader, " ".repeat(20_000)).await.status, 413);
        let mut refused = 0;
        for _ in 0..100 {
            refused += i32::from(say(&mut reader, seen("a", &one, &[&two], Some(&two))).await.status == 429);
        }
        assert!(refused >= 50, "{refused}");
        say(&mut reader, seen("a", &one, &["unknown"], Some("unknown"))).await;
        next.flush(&app).await.expect("counts");
        let rows = app.db.read(|conn| counts::since(conn, 0)).await.expect("counts");
        assert_eq!(rows.len(), 1);
        assert!(rows[0].story == two && rows[0].clicked <= rows[0].shown && rows[0].shown <= 50);
    })
    .await;
}
