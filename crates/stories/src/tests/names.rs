use onrecord_base::{Error, testing::both};

use crate::{
    Kind, NewAuthor, NewSection, NewTag,
    published::{self, Filter, Resolved},
    store::{authors, sections, tags},
    testing::{self, content, published, published_page, read, section},
};

fn field(error: Error) -> (String, String) {
    match error {
        Error::Invalid(fields) => (fields[0].field.clone(), fields[0].message.clone()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn sections_cannot_take_an_address_of_the_house() {
    both(&[], |app| async move {
        section(&app, "Town").await;
        published_page(&app, "About").await;
        for (name, message) in [
            ("Search", "stories-slug-reserved"),
            ("Desk", "stories-slug-reserved"),
            ("2013", "stories-slug-reserved"),
            ("feed.xml", "stories-slug-taken-not"),
            ("Town", "stories-slug-taken"),
            ("About", "stories-slug-taken"),
            ("!?", "stories-slug-empty"),
            ("", "stories-name-missing"),
        ] {
            let (id, now) = (app.id(), app.now());
            let new = NewSection { name: name.into(), ..NewSection::default() };
            let made = app.db.write(move |conn| sections::create(conn, &id, new, now)).await;
            match made {
                // A slug has no dots: `feed.xml` becomes `feed-xml`, which is free.
                Ok(made) => assert_eq!(made.slug, "feed-xml"),
                Err(error) => assert_eq!(field(error).1, message, "{name}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_renamed_section_leaves_a_redirect_and_a_used_one_stays() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        published(&app, "Wall", &town).await;
        let (id, now) = (town.id.clone(), app.now());
        app.db
            .write(move |conn| {
                for name in ["City", "Metro"] {
                    let new = NewSection { name: name.into(), ..NewSection::default() };
                    sections::update(conn, &id, new, now)?;
                }
                assert!(matches!(sections::remove(conn, &id, now), Err(Error::Refused(_))));
                Ok(())
            })
            .await
            .unwrap();
        for old in ["/town", "/city", "/town/"] {
            let found = read(&app, move |conn| published::resolve(conn, old)).await;
            assert_eq!(found, Some(Resolved::Redirect("/metro".into())), "{old}");
        }
        // Stories keep their addresses.
        let wall = read(&app, |conn| published::resolve(conn, "/town/wall")).await;
        assert!(matches!(wall, Some(Resolved::Story(_))));
    })
    .await;
}

#[tokio::test]
async fn sections_are_ordered_by_hand() {
    both(&[], |app| async move {
        let (a, _, c) = (section(&app, "A").await, section(&app, "B").await, section(&app, "C").await);
        let now = app.now();
        app.db
            .write(move |conn| {
                sections::shift(conn, &c.id, true, now)?;
                sections::shift(conn, &a.id, true, now)
            })
            .await
            .unwrap();
        let names: Vec<String> = read(&app, published::sections).await.into_iter().map(|s| s.name).collect();
        assert_eq!(names, ["A", "C", "B"]);
    })
    .await;
}

#[tokio::test]
async fn merged_tags_are_one_for_readers_and_for_drafts() {
    both(&[], |app| async move {
        let town = section(&app, "Town").await;
        let tagged = |headline: &str, names: &[&str]| {
            let mut text = content(headline, Some(&town));
            text.tags = names.iter().map(|n| (*n).to_owned()).collect();
            text
        };
        let wall = testing::published_content(&app, Kind::Story, tagged("Wall", &["Harbour", "Port"])).await;
        testing::published_content(&app, Kind::Story, tagged("Ferry", &["port"])).await;
        assert_eq!(wall.tags.len(), 2);
        let (harbour, port, now) = (wall.tags[0].id.clone(), wall.tags[1].id.clone(), app.now());
        let into = harbour.clone();
        app.db.write(move |conn| tags::merge(conn, &port, &into, now)).await.unwrap();
        let cards = read(&app, {
            let harbour = harbour.clone();
            move |conn| published::cards(conn, &Filter::tag(&harbour), None, 10)
        })
        .await;
        assert_eq!(cards.len(), 2);
        let moved = read(&app, |conn| published::resolve(conn, "/tags/port")).await;
        assert_eq!(moved, Some(Resolved::Redirect("/tags/harbour".into())));
        // A draft that still says the old name means the new tag.
        let later = testing::published_content(&app, Kind::Story, tagged("Later", &["PORT"])).await;
        assert_eq!(later.tags[0].id, harbour);

        let id = harbour.clone();
        let new = NewTag { name: "Harbours".into(), slug: String::new() };
        app.db.write(move |conn| tags::update(conn, &id, new, now)).await.unwrap();
        let moved = read(&app, |conn| published::resolve(conn, "/tags/port")).await;
        assert_eq!(moved, Some(Resolved::Redirect("/tags/harbours".into())));
    })
    .await;
}

#[tokio::test]
async fn finding_or_making_is_the_same_twice() {
    both(&[], |app| async move {
        let (app2, now) = (app.clone(), app.now());
        app.db
            .write(move |conn| {
                for _ in 0..2 {
                    let new = NewSection { name: "Tags".into(), ..NewSection::default() };
                    assert_eq!(sections::find_or_create(conn, &app2.id(), new, now)?.slug, "tags-2");
                    let new = NewAuthor { name: "Ana Ruiz".into(), slug: "aruiz".into(), ..NewAuthor::default() };
                    assert_eq!(authors::find_or_create(conn, &app2.id(), new, now)?.slug, "aruiz");
                    let new = NewTag { name: "C++".into(), slug: "c-plus-plus".into() };
                    assert_eq!(tags::find_or_create(conn, &app2.id(), new, now)?.slug, "c-plus-plus");
                }
                assert_eq!(tags::named(conn, "c++")?.map(|t| t.slug).as_deref(), Some("c-plus-plus"));
                assert_eq!(authors::named(conn, "ANA  ruiz")?.map(|a| a.slug).as_deref(), Some("aruiz"));
                Ok(())
            })
            .await
            .unwrap();
        let all =
            read(&app, |conn| Ok((published::sections(conn)?, published::authors(conn)?, published::tags(conn)?)))
                .await;
        assert_eq!((all.0.len(), all.1.len(), all.2.len()), (1, 1, 1));
    })
    .await;
}
