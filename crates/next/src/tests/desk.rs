//! What editors see and decide.

use onrecord_accounts::{
    Role,
    testing::{self as people, Browser},
};
use onrecord_base::{App, testing::both, web::Chrome};

use super::room::{TEMPLATES, browser, editor, list, say, sections, stories};
use crate::{Next, store::trials, web};

#[tokio::test]
async fn an_editor_pins_excludes_and_withholds() {
    both(TEMPLATES, |app| async move {
        let sections = sections(&app, &["Town", "Sea", "Sport"]).await;
        let stories = stories(&app, &sections, 9).await;
        let next = Next::open(&app).await.expect("a model");
        let mut ana = editor(&app, &next, "Ana Ruiz").await;
        let id = |at: usize| stories[at].article.id.clone();
        let page = format!("/desk/stories/{}/next", id(0));
        let shown = ana.get(&page).await;
        assert!(
            shown.status == 200 && shown.body.contains("Headline 8") && shown.body.contains("fresh"),
            "{}",
            shown.body
        );
        let oldest = stories[1].path.clone();
        assert_eq!(ana.post(&format!("{page}/pins"), &[("target", &oldest)]).await.status, 303);
        assert_eq!(list(&app, &next, &id(0)).await[0], id(1));
        ana.post(&format!("{page}/excludes"), &[("target", &id(1))]).await;
        assert!(!list(&app, &next, &id(0)).await.contains(&id(1)));
        ana.post(&format!("{page}/releases"), &[("target", &id(1))]).await;
        ana.post(&format!("/desk/stories/{}/next/withheld", id(8)), &[("withheld", "on")]).await;
        for at in 0..8 {
            assert!(!list(&app, &next, &id(at)).await.contains(&id(8)));
        }
        assert!(ana.get("/desk/next").await.body.contains("Headline 8"));
        ana.post(&format!("/desk/stories/{}/next/withheld", id(8)), &[("withheld", "")]).await;
        assert!(list(&app, &next, &id(7)).await.contains(&id(8)));
        for (target, said) in [("no-such-story", "No published story"), (&*id(0), "cannot follow itself")] {
            let answer = ana.post(&format!("{page}/pins"), &[("target", target)]).await;
            assert!(answer.body.contains(said), "{}", answer.body);
        }
        let (_, cookie) = people::staff(&app, "Bo Lindqvist", Role::Reporter).await;
        let mut bo = browser(&app, &next).signed_in(&cookie);
        assert_eq!(bo.post(&format!("{page}/pins"), &[("target", &oldest)]).await.status, 403);
        assert_eq!(bo.get("/desk/next").await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn a_story_that_is_recommended_nowhere_stands_nowhere_also_where_it_is_pinned() {
    both(TEMPLATES, |app| async move {
        let sections = sections(&app, &["Town", "Sea"]).await;
        let stories = stories(&app, &sections, 9).await;
        let next = Next::open(&app).await.expect("a model");
        let mut ana = editor(&app, &next, "Ana Ruiz").await;
        let (first, pinned) = (stories[0].article.id.clone(), stories[4].article.id.clone());
        ana.post(&format!("/desk/stories/{first}/next/pins"), &[("target", &pinned)]).await;
        assert_eq!(list(&app, &next, &first).await[0], pinned);
        let elsewhere = format!("/desk/stories/{pinned}/next/withheld");
        ana.post(&elsewhere, &[("withheld", "on")]).await;
        assert!(!list(&app, &next, &first).await.contains(&pinned));
        ana.post(&elsewhere, &[("withheld", "")]).await;
        assert_eq!(list(&app, &next, &first).await[0], pinned);
    })
    .await;
}

#[tokio::test]
async fn a_trial_reports_both_rankers_with_intervals() {
    both(TEMPLATES, |app| async move {
        let sections = sections(&app, &["Town", "Sea"]).await;
        let stories = stories(&app, &sections, 8).await;
        let next = Next::open(&app).await.expect("a model");
        let mut ana = editor(&app, &next, "Ana Ruiz").await;
        let empty = ana.get("/desk/next").await.body;
        assert!(empty.contains("Nobody has come to the end"), "{empty}");
        let same = ana.post("/desk/next/trial", &[("first", "chosen"), ("second", "chosen")]).await;
        assert!(same.body.contains("two different rankers"), "{}", same.body);
        assert_eq!(ana.post("/desk/next/trial", &[("first", "newest"), ("second", "chosen")]).await.status, 303);
        let (from, to) = (stories[0].article.id.clone(), stories[1].article.id.clone());
        let (handle, story, now) = (next.clone(), from.clone(), app.now());
        let second = app
            .db
            .read(move |conn| handle.list(conn, &story, true, now))
            .await
            .expect("a list")
            .expect("a second ranker");
        let first = variant(&app, &next, &from).await;
        assert!(second.trial && second.variant != first, "{first}");
        let (handle, story, now) = (next.clone(), from.clone(), app.now());
        let explained = app.db.read(move |conn| handle.explain(conn, &story, 9, now)).await.expect("an answer");
        let explained: Vec<String> = explained.expect("a model").0.into_iter().map(|one| one.id).collect();
        assert_eq!(explained, list(&app, &next, &from).await, "what is explained is what stands there");
        let mut reader = browser(&app, &next);
        for number in 0..20 {
            let variant = if number % 2 == 0 { &first } else { &second.variant };
            let clicked = if number % 4 == 0 { format!(",\"clicked\":\"{to}\"") } else { String::new() };
            say(
                &mut reader,
                format!(
                    "{{\"lists\":[{{\"variant\":\"{variant}\",\"from\":\"{from}\",\"seen\":[[0,\"{to}\"]]{clicked}}}]}}"
                ),
            )
            .await;
        }
        let page = ana.get("/desk/next").await.body;
        // Five of ten lists: Wilson's interval.
        for figure in ["50.0 %", "23.7 – 76.3 %", "0.0 %"] {
            assert!(page.contains(figure), "{figure}: {page}");
        }
        assert_eq!(ana.post("/desk/next/trial/end", &[]).await.status, 303);
        assert_eq!(app.db.read(trials::open).await.expect("no trial"), None);
        let (handle, story, now) = (next.clone(), from, app.now());
        assert_eq!(app.db.read(move |conn| handle.list(conn, &story, true, now)).await.expect("none"), None);
    })
    .await;
}

/// What the first list below a story is counted as.
async fn variant(app: &App, next: &Next, story: &str) -> String {
    let (next, story, now) = (next.clone(), story.to_owned(), app.now());
    let shown = app.db.read(move |conn| next.list(conn, &story, false, now)).await.expect("a list");
    shown.expect("a list").variant
}

/// The table of rankers.
async fn figures(ana: &mut Browser) -> String {
    let page = ana.get("/desk/next").await.body;
    page.split("<details").next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_trial_counts_its_own_lists_and_none_from_before_or_of_another() {
    both(TEMPLATES, |app| async move {
        let sections = sections(&app, &["Town"]).await;
        let stories = stories(&app, &sections, 3).await;
        let next = Next::open(&app).await.expect("a model");
        let mut ana = editor(&app, &next, "Ana Ruiz").await;
        let (from, to) = (stories[0].article.id.clone(), stories[1].article.id.clone());
        let mut reader = browser(&app, &next);
        let list = |variant: &str| {
            format!("{{\"lists\":[{{\"variant\":\"{variant}\",\"from\":\"{from}\",\"seen\":[[0,\"{to}\"]]}}]}}")
        };
        let before = variant(&app, &next, &from).await;
        for _ in 0..7 {
            say(&mut reader, list(&before)).await;
        }
        assert!(figures(&mut ana).await.contains("<td class=\"num\">7</td>"));
        let mut former = before.clone();
        // Twice within one hour.
        for _ in 0..2 {
            ana.post("/desk/next/trial", &[("first", "chosen"), ("second", "newest")]).await;
            let now = variant(&app, &next, &from).await;
            assert!(now != before && now != former, "{now}");
            // A page from before the trial, and one of a trial that ended.
            say(&mut reader, list(&former)).await;
            let page = figures(&mut ana).await;
            assert!(page.contains("<td class=\"num\">0</td>") && !page.contains("<td class=\"num\">8</td>"), "{page}");
            for _ in 0..3 {
                say(&mut reader, list(&now)).await;
            }
            let page = figures(&mut ana).await;
            assert!(page.contains("<td class=\"num\">3</td>") && !page.contains("<td class=\"num\">4</td>"), "{page}");
            ana.post("/desk/next/trial/end", &[]).await;
            former = now;
        }
    })
    .await;
}

#[tokio::test]
async fn settings_are_checked_and_kept() {
    both(TEMPLATES, |app| async move {
        let sections = sections(&app, &["Town", "Sea", "Sport"]).await;
        let stories = stories(&app, &sections, 12).await;
        let next = Next::open(&app).await.expect("a model");
        let mut ana = editor(&app, &next, "Ana Ruiz").await;
        let wrong = ana.post("/desk/next", &[("more", "9"), ("ranker", "chosen")]).await;
        assert!(wrong.status == 422 && wrong.body.contains("from 3 to 6"), "{}", wrong.body);
        ana.post("/desk/next", &[("more", "6"), ("ranker", "newest"), ("automatic", "on")]).await;
        assert_eq!(list(&app, &next, &stories[0].article.id).await.len(), 7);
        assert!(ana.get("/desk/next").await.body.contains("name=\"automatic\" value=\"on\" checked"));
    })
    .await;
}

#[tokio::test]
async fn every_page_renders_with_every_sample() {
    both(TEMPLATES, |app: App| async move {
        let chrome = Chrome::plain(&app);
        for html in web::rendered_samples(&app, &chrome) {
            assert!(html.contains("</html>") && !html.contains("\"<") && !html.contains("next-done"), "{html}");
            for fault in [" style=", "<script>", " onclick="] {
                assert!(!html.contains(fault), "{html}");
            }
        }
    })
    .await;
}
