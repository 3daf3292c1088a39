use onrecord_base::{
    Error,
    jobs::{Registry, drain},
    testing::both,
};

use crate::{
    Checks, Kind, State,
    published::{self, Resolved},
    publishing::{self, Outcome},
    store::{self, pins, previews, states},
    testing::{self, change, content, draft, find, log_since, publish, published, read, section},
};

const HOUR: i64 = 3_600_000;

async fn state(app: &onrecord_base::App, id: &str) -> State {
    let id = id.to_owned();
    read(app, move |conn| states::of(conn, &id)).await
}

async fn resolve(app: &onrecord_base::App, path: &str) -> Option<Resolved> {
    let path = path.to_owned();
    read(app, move |conn| published::resolve(conn, &path)).await
}

#[tokio::test]
async fn readers_see_what_was_published_and_not_what_is_being_written() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let story = published(&app, "Harbour wall", &town).await;
        assert_eq!(story.path, "/town/harbour-wall");
        assert_eq!((story.published_at, story.updated_at), (app.now(), None));
        assert!(matches!(state(&app, &story.id).await, State::Published(_)));

        change(&app, &story.id, |c| c.headline = "Harbour wall falls".into()).await;
        assert_eq!(find(&app, &story.id).await.unwrap().headline, "Harbour wall");
        assert!(matches!(state(&app, &story.id).await, State::Changed(_, None)));

        app.clock.advance(HOUR);
        publish(&app, &story.id).await.unwrap();
        let updated = find(&app, &story.id).await.unwrap();
        assert_eq!(updated.headline, "Harbour wall falls");
        assert_eq!((updated.path.as_str(), updated.published_at), ("/town/harbour-wall", story.published_at));
        assert_eq!(updated.updated_at, Some(app.now()));
    })
    .await;
}

#[tokio::test]
async fn a_new_slug_leaves_a_redirect_and_nobody_else_gets_the_old_address() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let wall = published(&app, "Wall", &town).await;
        for slug in ["harbour-wall", "sea-wall"] {
            change(&app, &wall.id, move |c| c.slug = slug.into()).await;
            publish(&app, &wall.id).await.unwrap();
        }
        let now_at = Some(Resolved::Redirect("/town/sea-wall".into()));
        assert_eq!(resolve(&app, "/town/wall").await, now_at);
        assert_eq!(resolve(&app, "/town/harbour-wall").await, now_at);
        assert_eq!(resolve(&app, "/town/harbour-wall/").await, now_at);
        assert_eq!(resolve(&app, "/town/sea-wall/").await, now_at);
        assert_eq!(resolve(&app, "/town/sea-wall").await, Some(Resolved::Story(wall.id.clone())));
        assert_eq!(resolve(&app, "/town/other").await, None);

        let other = draft(&app, Kind::Story, content("Wall", Some(&town))).await;
        let Outcome::Held(findings) = publish(&app, &other.id).await.unwrap() else { panic!("published") };
        assert_eq!((findings[0].field.as_str(), findings[0].message.as_str()), ("slug", "stories-address-taken"));

        // Back again: the address is the story's own.
        change(&app, &wall.id, |c| c.slug = "wall".into()).await;
        publish(&app, &wall.id).await.unwrap();
        assert_eq!(resolve(&app, "/town/wall").await, Some(Resolved::Story(wall.id.clone())));
        assert_eq!(resolve(&app, "/town/sea-wall").await, Some(Resolved::Redirect("/town/wall".into())));
    })
    .await;
}

#[tokio::test]
async fn a_story_taken_down_is_gone_and_comes_back_where_it_was() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let story = published(&app, "Wall", &town).await;
        let (id, now) = (story.id.clone(), app.now());
        app.db.write(move |conn| publishing::withdraw(conn, &Checks::default(), &id, now)).await.unwrap();
        assert_eq!(resolve(&app, "/town/wall").await, Some(Resolved::Gone));
        assert_eq!(find(&app, &story.id).await, None);
        assert_eq!(state(&app, &story.id).await, State::Withdrawn);
        let id = story.id.clone();
        let twice = app.db.write(move |conn| publishing::withdraw(conn, &Checks::default(), &id, now)).await;
        assert!(matches!(twice, Err(Error::Refused(_))));

        app.clock.advance(HOUR);
        publish(&app, &story.id).await.unwrap();
        let back = find(&app, &story.id).await.unwrap();
        assert_eq!((back.path.as_str(), back.published_at), ("/town/wall", story.published_at));
        assert_eq!(back.updated_at, Some(app.now()));
    })
    .await;
}

#[tokio::test]
async fn a_killed_story_is_gone_and_cannot_be_published_until_it_is_restored() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let story = published(&app, "Wall", &town).await;
        let (id, now) = (story.id.clone(), app.now());
        let expires = now.plus(HOUR);
        app.db
            .write(move |conn| {
                pins::pin(conn, &id, now)?;
                previews::create(conn, "p1", "secret", &id, None, now, expires)?;
                let silent = publishing::kill(conn, &Checks::default(), &id, "  ", Some("ana"), now);
                assert!(matches!(silent, Err(Error::Invalid(_))));
                publishing::kill(conn, &Checks::default(), &id, "The figures were invented.", Some("ana"), now)
            })
            .await
            .unwrap();
        assert_eq!(resolve(&app, "/town/wall").await, Some(Resolved::Gone));
        let State::Killed(kill) = state(&app, &story.id).await else { panic!() };
        assert_eq!((kill.by.as_deref(), kill.reason.as_str()), (Some("ana"), "The figures were invented."));
        assert!(matches!(publish(&app, &story.id).await, Err(Error::Refused(_))));
        assert!(read(&app, pins::all).await.is_empty());
        assert!(read(&app, move |conn| previews::open(conn, "secret", now)).await.is_none());

        let id = story.id.clone();
        app.db.write(move |conn| publishing::restore(conn, &id, now)).await.unwrap();
        assert_eq!(resolve(&app, "/town/wall").await, Some(Resolved::Gone));
        publish(&app, &story.id).await.unwrap();
        assert!(matches!(resolve(&app, "/town/wall").await, Some(Resolved::Story(_))));
    })
    .await;
}

#[tokio::test]
async fn what_is_scheduled_is_the_version_that_was_checked() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let due = app.now().plus(HOUR);
        let mut text = content("Ferry", Some(&town));
        text.published_at = Some(due);
        let story = draft(&app, Kind::Story, text).await;
        assert_eq!(publish(&app, &story.id).await.unwrap(), Outcome::Scheduled(due));
        assert!(matches!(state(&app, &story.id).await, State::Scheduled(_)));
        change(&app, &story.id, |c| c.headline = "Half a sent".into()).await;

        let mut registry = Registry::new();
        crate::jobs(&mut registry, Checks::default());
        drain(&app, &registry).await.unwrap();
        assert_eq!(find(&app, &story.id).await, None);
        app.clock.advance(HOUR + 1);
        drain(&app, &registry).await.unwrap();
        let public = find(&app, &story.id).await.unwrap();
        assert_eq!((public.headline.as_str(), public.published_at), ("Ferry", due));
        assert!(matches!(state(&app, &story.id).await, State::Changed(_, None)));
    })
    .await;
}

#[tokio::test]
async fn a_schedule_that_was_dropped_publishes_nothing() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let mut text = content("Ferry", Some(&town));
        text.published_at = Some(app.now().plus(HOUR));
        let story = draft(&app, Kind::Story, text).await;
        publish(&app, &story.id).await.unwrap();
        let (id, now) = (story.id.clone(), app.now());
        app.db.write(move |conn| publishing::withdraw(conn, &Checks::default(), &id, now)).await.unwrap();
        app.clock.advance(2 * HOUR);
        assert_eq!(find(&app, &story.id).await, None);
        assert_eq!(state(&app, &story.id).await, State::Draft);
    })
    .await;
}

#[tokio::test]
async fn only_the_version_that_was_seen_is_published() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let story = draft(&app, Kind::Story, content("Wall", Some(&town))).await;
        change(&app, &story.id, |c| c.dek = "Not seen by the publisher".into()).await;
        let (settings, random, now) = (app.settings(), app.random.clone(), app.now());
        let stale = app
            .db
            .write(move |conn| {
                let house = publishing::House { settings: &settings, checks: &Checks::default(), random: &random };
                let wish =
                    publishing::Wish { story: &story.id, version: 1, by: None, despite_warnings: true, reason: None };
                publishing::publish(conn, house, wish, now)
            })
            .await;
        assert!(matches!(stale, Err(Error::Stale)));
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_blocks_and_what_is_odd_warns() {
    both(&[], |app| async move {
        let empty = draft(&app, Kind::Story, crate::Content::default()).await;
        let Outcome::Held(findings) = publish(&app, &empty.id).await.unwrap() else { panic!("published") };
        let messages: Vec<_> = findings.iter().map(|f| f.message.as_str()).collect();
        assert_eq!(
            messages,
            ["stories-check-headline", "stories-check-section", "stories-check-body", "stories-check-byline"]
        );
        let reserved = draft(&app, Kind::Page, content("Search", None)).await;
        let Outcome::Held(findings) = publish(&app, &reserved.id).await.unwrap() else { panic!("published") };
        assert_eq!(findings[0].message, "stories-address-reserved");
    })
    .await;
}

#[tokio::test]
async fn the_log_names_exactly_the_lists_that_changed() {
    both(&[], |app| async move {
        let (town, sea) = (section(&app, "Town").await, section(&app, "Sea").await);
        let seq = read(&app, onrecord_base::changes::last).await;
        let mut text = content("Wall", Some(&town));
        text.tags = vec!["Masonry".into()];
        let story = testing::published_content(&app, Kind::Story, text).await;
        let tag = story.tags[0].id.clone();
        let pair = |kind: &str, subject: &str| (kind.to_owned(), subject.to_owned());
        let (in_town, in_sea) = (format!("section/{}", town.id), format!("section/{}", sea.id));
        let mut first = log_since(&app, seq).await;
        first.sort();
        let mut expected = vec![
            pair("list", "all"),
            pair("list", &in_town),
            pair("list", &format!("tag/{tag}")),
            pair("story", &story.id),
            pair("tag", &tag),
        ];
        expected.sort();
        assert_eq!(first, expected);

        let seq = read(&app, onrecord_base::changes::last).await;
        let to = sea.id.clone();
        change(&app, &story.id, move |c| c.section = Some(to)).await;
        publish(&app, &story.id).await.unwrap();
        let mut second = log_since(&app, seq).await;
        second.sort();
        let mut expected =
            vec![pair("list", &in_sea), pair("list", &in_town), pair("list", "modified"), pair("story", &story.id)];
        expected.sort();
        assert_eq!(second, expected);
        assert_eq!(find(&app, &story.id).await.unwrap().path, "/sea/wall");
        assert_eq!(resolve(&app, "/town/wall").await, Some(Resolved::Redirect("/sea/wall".into())));
    })
    .await;
}

#[tokio::test]
async fn translations_know_one_another() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let wall = published(&app, "Wall", &town).await;
        let mut text = content("El muro", Some(&town));
        text.language = "es".into();
        text.translation_of = Some(wall.id.clone());
        let seq = read(&app, onrecord_base::changes::last).await;
        let muro = testing::published_content(&app, Kind::Story, text).await;
        assert!(log_since(&app, seq).await.contains(&("story".into(), wall.id.clone())));
        assert_eq!(muro.translations[0].path, "/town/wall");
        let wall = find(&app, &wall.id).await.unwrap();
        assert_eq!(wall.translations[0].headline, "El muro");
    })
    .await;
}

#[tokio::test]
async fn corrections_and_previews() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let story = published(&app, "Wall", &town).await;
        change(&app, &story.id, |c| c.headline = "Wall, again".into()).await;
        let (id, now) = (story.id.clone(), app.now());
        app.db
            .write(move |conn| {
                store::corrections::add(conn, "c1", &id, "The wall is 40 metres long, not 400.", Some("ana"), now)?;
                previews::create(conn, "p1", "secret", &id, Some("ana"), now, now.plus(HOUR))
            })
            .await
            .unwrap();
        assert_eq!(find(&app, &story.id).await.unwrap().corrections[0].text, "The wall is 40 metres long, not 400.");
        assert_eq!(read(&app, |conn| published::corrections(conn, None, 10)).await.len(), 1);

        let seen = read(&app, move |conn| crate::preview(conn, "secret", now)).await.unwrap();
        assert_eq!((seen.headline.as_str(), seen.bylines[0].name.as_str()), ("Wall, again", "Ana Ruiz"));
        assert!(read(&app, move |conn| crate::preview(conn, "guess", now)).await.is_none());
        assert!(read(&app, move |conn| crate::preview(conn, "secret", now.plus(HOUR + 1))).await.is_none());
        let id = story.id.clone();
        assert!(app.db.write(move |conn| previews::revoke(conn, &id, "p1")).await.unwrap());
        assert!(read(&app, move |conn| crate::preview(conn, "secret", now)).await.is_none());
    })
    .await;
}
