//! What the edition keeps, and what it drops.

use std::sync::Arc;

use bytes::Bytes;
use http::{StatusCode, header};
use onrecord_base::{App, testing};
use onrecord_stories::{Checks, publishing, testing as desk};

use super::Reader;
use crate::edition::{
    deps::{Deps, Noted, hash},
    kept::Kept,
    page::{Draft, Keep, Page},
};

#[tokio::test]
async fn a_publication_drops_the_pages_that_show_it_and_no_others() {
    testing::both(&[], async |app: App| {
        let (town, sport) = (desk::section(&app, "Town").await, desk::section(&app, "Sport").await);
        let wall = desk::published(&app, "The wall", &town).await;
        let match_ = desk::published(&app, "The match", &sport).await;
        let mut ana = Reader::new(&app).await;
        let pages =
            ["/", "/town", "/sport", "/feed.xml", "/town/feed.xml", "/sport/feed.xml", "/people", "/robots.txt"];
        for path in pages.into_iter().chain([wall.path.as_str(), match_.path.as_str()]) {
            ana.read(path).await;
        }
        assert!(!ana.read("/sport").await.contains("The pier"));

        desk::published(&app, "The pier", &town).await;
        ana.catch_up().await;
        for path in ["/", "/town", "/feed.xml", "/town/feed.xml", wall.path.as_str()] {
            assert!(!ana.keeps(path) || ana.read(path).await.contains("The pier"), "{path} is old");
        }
        for path in ["/sport", "/sport/feed.xml", "/people", "/robots.txt"] {
            assert!(ana.keeps(path), "{path} was dropped for nothing");
        }
        for path in ["/", "/town", "/feed.xml", "/town/feed.xml"] {
            assert!(ana.read(path).await.contains("The pier"), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_correction_leaves_the_neighbours_alone() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        let wall = desk::published(&app, "The wall", &town).await;
        app.clock.advance(1000);
        let mut others = Vec::new();
        for number in 0..9 {
            app.clock.advance(1000);
            others.push(desk::published(&app, &format!("Number {number}"), &town).await.path.clone());
        }
        let mut ana = Reader::new(&app).await;
        ana.read(&wall.path).await;
        // Stories that recommend it show its headline, and are made anew; the others are not.
        let mut apart = Vec::new();
        for path in others {
            if !ana.read(&path).await.contains(&wall.path) {
                apart.push(path);
            }
        }
        assert!(!apart.is_empty());
        let (id, story, now) = (app.id(), wall.id.clone(), app.now());
        app.db
            .write(move |conn| {
                onrecord_stories::store::corrections::add(conn, &id, &story, "It is the east wall.", None, now)
            })
            .await
            .unwrap();
        ana.catch_up().await;
        assert!(apart.iter().all(|path| ana.keeps(path)));
        assert!(ana.read(&wall.path).await.contains("It is the east wall."));
    })
    .await;
}

#[tokio::test]
async fn a_killed_story_is_gone_from_everywhere() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        let wall = desk::published(&app, "The wall", &town).await;
        let mut ana = Reader::new(&app).await;
        for path in ["/", "/town", "/feed.xml", "/sitemap.xml", &wall.path] {
            ana.read(path).await;
        }
        let (story, now) = (wall.id.clone(), app.now());
        app.db.write(move |conn| publishing::kill(conn, &Checks::default(), &story, "libel", None, now)).await.unwrap();
        ana.catch_up().await;
        let (status, text) = ana.get(&wall.path).await;
        assert_eq!(status, 410);
        assert!(!text.contains("The wall"));
        for path in ["/", "/town", "/feed.xml"] {
            assert!(!ana.read(path).await.contains("The wall"), "{path}");
        }
        assert!(!ana.read("/sitemap.xml").await.contains(&wall.path));
    })
    .await;
}

#[tokio::test]
async fn settings_reach_every_page() {
    testing::both(&[], async |app: App| {
        let mut ana = Reader::new(&app).await;
        ana.read("/").await;
        let mut settings = (*app.settings()).clone();
        settings.name = "The Tidewater Courier".into();
        app.save_settings(settings).await.unwrap();
        ana.catch_up().await;
        for path in ["/", "/feed.xml", "/people"] {
            assert!(ana.read(path).await.contains("The Tidewater Courier"), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_form_of_the_answer_is_the_readers_choice() {
    testing::on_sqlite(&[], async |app: App| {
        let ana = Reader::new(&app).await;
        let plain = ana.ask("/", &[]).await;
        assert!(plain.headers().get(header::CONTENT_ENCODING).is_none());
        for coding in ["br", "gzip"] {
            let response = ana.ask("/", &[(header::ACCEPT_ENCODING, coding)]).await;
            assert_eq!(response.headers()[header::CONTENT_ENCODING], coding);
            assert_eq!(response.headers()[header::VARY], "accept-encoding");
            assert_eq!(response.headers()[header::ETAG], plain.headers()[header::ETAG]);
            let text = match coding {
                "br" => crate::edition::encode::plain(response.body(), 0),
                _ => crate::edition::encode::gunzip(response.body()),
            };
            assert_eq!(text, plain.body()[..]);
        }
        let tag = plain.headers()[header::ETAG].to_str().unwrap().to_owned();
        let same = ana.ask("/", &[(header::IF_NONE_MATCH, &tag), (header::ACCEPT_ENCODING, "br")]).await;
        assert_eq!((same.status(), same.body().len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(same.headers()[header::ETAG], tag.as_str());
        let other = ana.ask("/", &[(header::IF_NONE_MATCH, "\"x\"")]).await;
        assert_eq!(other.status(), 200);
    })
    .await;
}

#[tokio::test]
async fn readers_who_come_at_once_cause_one_making() {
    testing::on_sqlite(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        desk::published(&app, "The wall", &town).await;
        let ana = Arc::new(Reader::new(&app).await);
        let readers: Vec<_> = (0..64)
            .map(|_| {
                let ana = ana.clone();
                tokio::spawn(async move { ana.read("/town").await })
            })
            .collect();
        for reader in readers {
            assert!(reader.await.unwrap().contains("The wall"));
        }
        assert_eq!(ana.edition.makings(), 1);
    })
    .await;
}

#[tokio::test]
async fn strange_addresses_leave_nothing_in_memory() {
    testing::on_sqlite(&[], async |app: App| {
        let ana = Reader::new(&app).await;
        ana.read("/").await;
        ana.get("/nowhere").await;
        let pages = ana.edition.size().1;
        for number in 0..50 {
            assert_eq!(ana.get(&format!("/nowhere/{number}")).await.0, 404);
            assert_eq!(ana.get(&format!("/?utm_source={number}")).await.0, 200);
            assert_eq!(ana.get(&format!("/archive/1{number:03}")).await.0, 404);
            ana.get(&format!("/assets/{number}/nothing.css")).await;
        }
        assert_eq!(ana.edition.size().1, pages);
    })
    .await;
}

fn page(text: &'static str, deps: Deps) -> Arc<Page> {
    let draft = Draft {
        status: StatusCode::OK,
        media: "text/plain; charset=utf-8",
        keep: Keep::Revalidate,
        body: Bytes::from_static(text.as_bytes()),
        deps,
    };
    Arc::new(Page::new(draft, testing::START))
}

fn showing(subjects: &[&str]) -> Arc<Page> {
    let mut noted = Noted::new();
    subjects.iter().for_each(|subject| noted.note("comments", subject));
    page("A thread.", noted.done())
}

#[test]
fn a_page_made_before_a_change_is_not_kept_after_it() {
    let kept = Kept::new(1 << 20);
    let before = kept.generation();
    kept.drop_changed(&[hash("comments", "7")]);
    assert!(!kept.keep("/wall", showing(&["7"]), before));
    assert!(kept.get("/wall").is_none());
    assert!(kept.keep("/wall", showing(&["7"]), kept.generation()));
    assert!(kept.get("/wall").is_some());
    assert_eq!(kept.drop_changed(&[hash("comments", "7")]).len(), 1);
    assert!(kept.get("/wall").is_none());
}

#[test]
fn what_changes_all_the_time_keeps_no_other_page_out() {
    let kept = Kept::new(1 << 20);
    let before = kept.generation();
    for _ in 0..1_000 {
        kept.drop_changed(&[hash("comments", "7")]);
    }
    assert!(kept.keep("/pier", showing(&["8"]), before), "the change was another story's");
    assert!(!kept.keep("/both", showing(&["8", "7"]), before));
    // Made so slowly that nobody remembers what changed meanwhile: not kept.
    for number in 0..20_000 {
        kept.drop_changed(&[hash("comments", &format!("other {number}"))]);
    }
    assert!(!kept.keep("/slow", showing(&["8"]), before));
    let now = kept.generation();
    kept.drop_all();
    assert!(!kept.keep("/pier", showing(&["8"]), now), "everything changed");
    assert_eq!(kept.size().1, 0);
}

#[test]
fn the_budget_holds() {
    let kept = Kept::new(200_000);
    for number in 0..2_000 {
        kept.keep(&format!("/{number}"), page("A short text.", Noted::new().done()), 0);
    }
    let (bytes, pages) = kept.size();
    assert!(bytes <= 200_000, "{bytes}");
    assert!((100..1_000).contains(&pages), "{pages}");
}
