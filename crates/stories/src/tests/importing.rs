use onrecord_base::{Time, testing::both};

use crate::{
    Kind, State,
    import::{self, Imported, Kept, Standing},
    published::{self, Resolved},
    store::states,
    testing::{change, content, find, log_since, publish, published, read, section},
};

fn imported(app: &onrecord_base::App, headline: &str, section: &crate::Section, path: Option<&str>) -> Imported {
    let at = Time::parse("2019-05-04T12:00:00Z").unwrap();
    Imported {
        id: app.id(),
        kind: Kind::Story,
        content: content(headline, Some(section)),
        tags: Vec::new(),
        created_at: at,
        changed_at: at,
        standing: Standing::Published { path: path.map(str::to_owned), at },
    }
}

#[tokio::test]
async fn imported_addresses_and_dates_are_kept() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        published(&app, "Wall", &town).await;
        let seq = read(&app, onrecord_base::changes::last).await;
        let (settings, now) = (app.settings(), app.now());
        let stories = [
            imported(&app, "Old wall", &town, Some("/2019/05/old-wall/")),
            imported(&app, "Twin", &town, Some("/2019/05/old-wall/")),
            imported(&app, "Wall", &town, None),
            imported(&app, "Feed", &town, Some("/feed.xml")),
            imported(&app, "…", &town, None),
        ];
        let first = stories[0].id.clone();
        let kept = app
            .db
            .write(move |conn| {
                let kept: Result<Vec<Kept>, _> =
                    stories.into_iter().map(|story| import::keep(conn, &settings, story)).collect();
                import::done(conn, now)?;
                kept
            })
            .await
            .unwrap();
        let paths: Vec<_> = kept.iter().map(|k| (k.path.as_deref().unwrap(), k.moved)).collect();
        assert_eq!(
            paths[..4],
            [("/2019/05/old-wall/", false), ("/town/twin", true), ("/town/wall-2", false), ("/town/feed", true),]
        );
        assert!(paths[4].0.starts_with("/town/story-"), "{paths:?}");
        assert_eq!(log_since(&app, seq).await, [("all".to_owned(), "import".to_owned())]);

        let story = find(&app, &first).await.unwrap();
        assert_eq!(story.published_at, Time::parse("2019-05-04T12:00:00Z").unwrap());
        let id = first.clone();
        assert!(matches!(read(&app, move |conn| states::of(conn, &id)).await, State::Published(_)));
        // An update keeps the address and the date; only a new slug moves it.
        change(&app, &first, |c| c.dek = "Updated".into()).await;
        publish(&app, &first).await.unwrap();
        assert_eq!(find(&app, &first).await.unwrap().path, "/2019/05/old-wall/");
        change(&app, &first, |c| c.slug = "older-wall".into()).await;
        publish(&app, &first).await.unwrap();
        let moved = read(&app, |conn| published::resolve(conn, "/2019/05/old-wall")).await;
        assert_eq!(moved, Some(Resolved::Redirect("/town/older-wall".into())));
    })
    .await;
}

#[tokio::test]
async fn two_thousand_stories_are_one_transaction() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let (settings, now) = (app.settings(), app.now());
        let stories: Vec<Imported> = (0..2000).map(|n| imported(&app, &format!("Story {n}"), &town, None)).collect();
        app.db
            .write(move |conn| {
                for story in stories {
                    import::keep(conn, &settings, story)?;
                }
                import::done(conn, now)
            })
            .await
            .unwrap();
        assert_eq!(read(&app, |conn| published::count(conn, &published::Filter::all())).await, 2000);
    })
    .await;
}
