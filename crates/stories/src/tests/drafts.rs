use onrecord_base::{Error, testing::both};
use onrecord_prose::Document;

use crate::{
    Kind,
    store::{
        drafts::{self, How, Saved},
        index::{self, Narrow},
        revisions::{self, Mark},
    },
    testing::{author, change, content, draft, publish, read, section},
};

const MINUTE: i64 = 60_000;

#[tokio::test]
async fn a_stale_save_is_refused_and_shows_what_stands_now() {
    both(&[], |app| async move {
        let story = draft(&app, Kind::Story, content("Wall", None)).await;
        let now = app.now();
        let (id, mine) = (story.id.clone(), story.content.clone());
        let first = {
            let mut text = mine.clone();
            text.headline = "Tomas was faster".into();
            let id = id.clone();
            app.db.write(move |conn| drafts::save(conn, &id, 1, text, How::Auto, Some("tomas"), now)).await.unwrap()
        };
        assert_eq!(first, Saved::Kept(2));
        let second = {
            let mut text = mine;
            text.headline = "Ana was slower".into();
            let id = id.clone();
            app.db.write(move |conn| drafts::save(conn, &id, 1, text, How::Auto, Some("ana"), now)).await.unwrap()
        };
        let Saved::Stale(theirs) = second else { panic!("{second:?}") };
        assert_eq!((theirs.version, theirs.content.headline.as_str()), (2, "Tomas was faster"));
        assert_eq!(theirs.saved_by.as_deref(), Some("tomas"));
    })
    .await;
}

#[tokio::test]
async fn a_save_without_a_difference_is_no_new_version() {
    both(&[], |app| async move {
        let story = draft(&app, Kind::Story, content("Wall", None)).await;
        assert_eq!(change(&app, &story.id, |_| {}).await.version, 1);
        assert_eq!(change(&app, &story.id, |c| c.dek = "Other".into()).await.version, 2);
    })
    .await;
}

#[tokio::test]
async fn ten_minutes_of_one_persons_autosaves_are_one_revision() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let story = draft(&app, Kind::Story, content("Wall", Some(&town))).await;
        let numbers = |id: String| {
            let app = app.clone();
            async move {
                let list = read(&app, move |conn| revisions::list(conn, &id, None)).await;
                list.iter().map(|r| r.number).collect::<Vec<_>>()
            }
        };
        for minute in 0..4 {
            app.clock.advance(2 * MINUTE);
            change(&app, &story.id, move |c| c.dek = format!("{minute}")).await;
        }
        assert_eq!(numbers(story.id.clone()).await, [5]);
        app.clock.advance(5 * MINUTE);
        change(&app, &story.id, |c| c.dek = "a new span".into()).await;
        assert_eq!(numbers(story.id.clone()).await, [6, 5]);
        // What was published is never written over.
        publish(&app, &story.id).await.unwrap();
        let published = numbers(story.id.clone()).await[0];
        change(&app, &story.id, |c| c.dek = "after".into()).await;
        assert_eq!(numbers(story.id.clone()).await[..2], [published + 1, published]);
    })
    .await;
}

#[tokio::test]
async fn a_revision_comes_back_without_losing_what_stood_there() {
    both(&[], |app| async move {
        let story = draft(&app, Kind::Story, content("Wall", None)).await;
        app.clock.advance(20 * MINUTE);
        change(&app, &story.id, |c| c.body = Document::from_text("All gone.").document).await;
        let now = app.now();
        let id = story.id.clone();
        let saved = app.db.write(move |conn| revisions::restore(conn, &id, 1, 2, Some("ana"), now)).await.unwrap();
        assert_eq!(saved, Saved::Kept(3));
        let id = story.id.clone();
        let (found, list) =
            read(&app, move |conn| Ok((drafts::get(conn, &id)?, revisions::list(conn, &id, None)?))).await;
        assert_eq!(found.content.body, story.content.body);
        assert_eq!(
            list.iter().map(|r| (r.number, r.mark)).collect::<Vec<_>>(),
            [(3, Some(Mark::Restored)), (2, None), (1, None)]
        );
        let id = story.id.clone();
        let gone = app.db.write(move |conn| revisions::restore(conn, &id, 9, 3, None, now)).await;
        assert!(matches!(gone, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_whole_and_five_megabytes_are_kept() {
    both(&[], |app| async move {
        let story = draft(&app, Kind::Story, content("Wall", None)).await;
        let words = |bytes: usize| Document::from_text(&"harbour ".repeat(bytes / 8)).document;
        let big = words(5_000_000);
        let kept = big.clone();
        assert_eq!(change(&app, &story.id, move |c| c.body = big).await.content.body, kept);
        let (id, now, mut text) = (story.id.clone(), app.now(), story.content);
        text.body = words(9_000_000);
        let refused = app.db.write(move |conn| drafts::save(conn, &id, 2, text, How::Auto, None, now)).await;
        assert!(matches!(refused, Err(Error::TooLarge { .. })), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn a_renamed_author_is_renamed_in_every_draft() {
    both(&[], |app| async move {
        let ana = author(&app, "Ana Ruiz").await;
        let story = draft(&app, Kind::Story, content("Wall", None)).await;
        assert_eq!(story.content.bylines[0].author.as_deref(), Some(ana.id.as_str()));
        let (now, id) = (app.now(), ana.id.clone());
        let new = crate::NewAuthor { name: "Ana Ruiz Vega".into(), slug: "ana-ruiz".into(), ..Default::default() };
        app.db.write(move |conn| crate::store::authors::update(conn, &id, new, now)).await.unwrap();
        let id = story.id.clone();
        let found = read(&app, move |conn| drafts::get(conn, &id)).await;
        assert_eq!(found.content.bylines[0].name, "Ana Ruiz Vega");
    })
    .await;
}

#[tokio::test]
async fn the_desks_list_is_narrowed_by_state_words_and_person() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let ana = author(&app, "Ana Ruiz").await;
        let wall = draft(&app, Kind::Story, content("Harbour wall 100%", Some(&town))).await;
        app.clock.advance(1000);
        let ferry = draft(&app, Kind::Story, content("Ferry", Some(&town))).await;
        draft(&app, Kind::Page, content("Imprint", None)).await;
        publish(&app, &wall.id).await.unwrap();
        change(&app, &wall.id, |c| c.dek = "Changed".into()).await;

        let find = |narrow: Narrow| {
            let app = app.clone();
            async move {
                let lines = read(&app, move |conn| {
                    let lines = index::list(conn, Kind::Story, &narrow, 0, 10)?;
                    assert_eq!(index::count(conn, Kind::Story, &narrow)?, lines.len() as i64);
                    Ok(lines)
                })
                .await;
                lines.into_iter().map(|line| line.headline).collect::<Vec<_>>()
            }
        };
        let state = |name: &str| Narrow { state: Some(name.into()), ..Narrow::default() };
        let words = |text: &str| Narrow { words: text.into(), ..Narrow::default() };
        assert_eq!(find(Narrow::default()).await.len(), 2);
        assert_eq!(find(state("draft")).await, ["Ferry"]);
        assert_eq!(find(state("published")).await, ["Harbour wall 100%"]);
        assert_eq!(find(state("changed")).await, ["Harbour wall 100%"]);
        assert!(find(state("killed")).await.is_empty());
        assert_eq!(find(words("WALL harbour")).await, ["Harbour wall 100%"]);
        assert_eq!(find(words("100%")).await, ["Harbour wall 100%"]);
        assert!(find(words("1_0")).await.is_empty());
        assert_eq!(find(Narrow { author: Some(ana.id.clone()), ..Narrow::default() }).await.len(), 2);
        assert!(find(Narrow { own: Some("tomas".into()), ..Narrow::default() }).await.is_empty());
        assert_eq!(find(Narrow { own: Some("ana".into()), ..Narrow::default() }).await.len(), 2);

        let counts = read(&app, |conn| index::counts(conn, Kind::Story, None)).await;
        assert_eq!((counts.all, counts.drafts, counts.published, counts.changed, counts.killed), (2, 1, 1, 1, 0));
        let id = ferry.id.clone();
        assert!(!read(&app, move |conn| index::is_own(conn, &id, "tomas")).await);
    })
    .await;
}
