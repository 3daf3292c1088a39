use http::StatusCode;
use onrecord_accounts::Role;
use onrecord_base::testing::both;
use serde_json::json;

use super::{ALL, begin, browser_of, put};
use crate::{
    published::{self, Resolved},
    store::previews,
    testing::{find, published as publish_story, read, section},
};

#[tokio::test]
async fn mirela_publishes_after_saying_yes_to_the_warnings() {
    both(ALL, |app| async move {
        let town = section(&app, "Town").await;
        let mut mirela = browser_of(&app, "Mirela Osei", Role::Editor).await;
        let id = begin(&mut mirela, "/desk/stories").await;
        let publication = format!("/desk/stories/{id}/publication");
        let empty = mirela.post(&publication, &[("base_version", "1"), ("headline", "")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("The headline is missing.") && empty.body.contains("Choose a section."));
        assert!(!empty.body.contains("despite_warnings"));
        // What only warns stands below its own sentence, not among what has to be put right.
        let (blocking, warning) =
            empty.body.split_once("This does not stand in the way, but is worth a look:").unwrap();
        assert!(blocking.contains("The headline is missing.") && !blocking.contains("is not among the authors"));
        assert!(warning.contains("is not among the authors"));

        let fields = json!({ "headline": "Harbour wall", "section": town.id });
        put(&mut mirela, &id, 1, fields, "The wall gave way.").await;
        let held = mirela.post(&publication, &[("base_version", "2")]).await;
        assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(held.body.contains("is not among the authors") && held.body.contains("despite_warnings"));
        assert_eq!(find(&app, &id).await, None);

        let form = [("base_version", "2"), ("headline", "Harbour wall rebuilt"), ("despite_warnings", "1")];
        let done = mirela.post(&publication, &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let story = find(&app, &id).await.unwrap();
        assert_eq!(
            (story.path.as_str(), story.headline.as_str()),
            ("/town/harbour-wall-rebuilt", "Harbour wall rebuilt")
        );
        let page = mirela.get(&format!("/desk/stories/{id}")).await;
        assert!(page.body.contains("Readers see it now.") && page.body.contains("/town/harbour-wall-rebuilt"));

        // A publisher who looks at an old version publishes nothing.
        put(&mut mirela, &id, 3, json!({ "dek": "New" }), "The wall gave way.").await;
        let stale = mirela.post(&publication, &[("base_version", "3")]).await;
        assert!(stale.set_cookies.iter().any(|cookie| cookie.contains("stories-publish-stale")), "{stale:?}");
    })
    .await;
}

#[tokio::test]
async fn a_time_to_come_is_kept_and_can_be_dropped() {
    both(ALL, |app| async move {
        let town = section(&app, "Town").await;
        let mut mirela = browser_of(&app, "Mirela Osei", Role::Editor).await;
        let id = begin(&mut mirela, "/desk/stories").await;
        let form = [
            ("base_version", "1"),
            ("headline", "Ferry"),
            ("section", town.id.as_str()),
            ("published_at", "2026-11-23T09:30"),
            ("body_format", "markdown"),
            ("body", "It sails."),
            ("despite_warnings", "1"),
        ];
        let done = mirela.post(&format!("/desk/stories/{id}/publication"), &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = mirela.get("/desk/stories?state=scheduled").await;
        assert!(page.body.contains("Ferry") && page.body.contains("23 November 2026, 09:30"), "{}", page.body);
        mirela.post(&format!("/desk/stories/{id}/withdrawal"), &[]).await;
        assert!(!mirela.get("/desk/stories?state=scheduled").await.body.contains("Ferry"));
    })
    .await;
}

#[tokio::test]
async fn stories_of_others_are_not_found_by_reporters() {
    both(ALL, |app| async move {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Reporter).await;
        let mut tomas = browser_of(&app, "Tomas Lind", Role::Reporter).await;
        let mut omar = browser_of(&app, "Omar Haddad", Role::Moderator).await;
        let id = begin(&mut ana, "/desk/stories").await;
        let path = format!("/desk/stories/{id}");
        assert_eq!(tomas.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(put(&mut tomas, &id, 1, json!({}), "x").await.0, StatusCode::NOT_FOUND);
        assert_eq!(omar.get("/desk/stories").await.status, StatusCode::FORBIDDEN);
        assert!(!tomas.get("/desk/stories").await.body.contains(&path));
        let own = ana.post(&format!("{path}/publication"), &[("base_version", "1")]).await;
        assert_eq!(own.status, StatusCode::FORBIDDEN);
        for place in ["/desk/sections", "/desk/authors", "/desk/tags", "/desk/front", "/desk/pages"] {
            assert_eq!(ana.get(place).await.status, StatusCode::FORBIDDEN, "{place}");
        }
        for action in ["kill", "withdrawal", "restoration", "corrections"] {
            let form = [("reason", "x"), ("correction", "x")];
            assert_eq!(ana.post(&format!("{path}/{action}"), &form).await.status, StatusCode::FORBIDDEN, "{action}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_kill_needs_a_reason_and_a_correction_a_text() {
    both(ALL, |app| async move {
        let town = section(&app, "Town").await;
        let wall = publish_story(&app, "Wall", &town).await;
        let mut mirela = browser_of(&app, "Mirela Osei", Role::Editor).await;
        let path = format!("/desk/stories/{}", wall.id);
        mirela.post(&format!("{path}/corrections"), &[("correction", "It is 40 metres long.")]).await;
        let page = mirela.get(&path).await;
        assert!(page.body.contains("It is 40 metres long."));
        assert_eq!(find(&app, &wall.id).await.unwrap().corrections.len(), 1);
        let silent = mirela.post(&format!("{path}/kill"), &[("reason", " ")]).await;
        assert!(silent.set_cookies.iter().any(|c| c.contains("stories-kill-reason-missing")));
        let killed = mirela.post(&format!("{path}/kill"), &[("reason", "Invented figures.")]).await;
        assert_eq!(killed.location, "/desk/stories");
        let gone = read(&app, |conn| published::resolve(conn, "/town/wall")).await;
        assert_eq!(gone, Some(Resolved::Gone));
        let page = mirela.get(&path).await;
        assert!(page.body.contains("Invented figures.") && page.body.contains("Mirela Osei"));
        assert!(!page.body.contains("/publication"));
        mirela.post(&format!("{path}/restoration"), &[]).await;
        assert!(mirela.get(&path).await.body.contains("/publication"));
    })
    .await;
}

#[tokio::test]
async fn a_link_for_a_preview_is_shown_once_and_ended() {
    both(ALL, |app| async move {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Reporter).await;
        let id = begin(&mut ana, "/desk/stories").await;
        put(&mut ana, &id, 1, json!({ "headline": "Wall" }), "Text.").await;
        let page = ana.post(&format!("/desk/stories/{id}/previews"), &[]).await;
        assert_eq!(page.status, StatusCode::CREATED);
        let at = page.body.find("/preview/").unwrap() + "/preview/".len();
        let token = page.body[at..at + 64].to_owned();
        let now = app.now();
        let seen = read(&app, move |conn| crate::preview(conn, &token, now)).await.unwrap();
        assert_eq!(seen.headline, "Wall");
        let story = id.clone();
        let link = read(&app, move |conn| previews::list(conn, &story, now)).await.remove(0);
        ana.post(&format!("/desk/stories/{id}/previews/{}/revocation", link.id), &[]).await;
        let story = id.clone();
        assert!(read(&app, move |conn| previews::list(conn, &story, now)).await.is_empty());
        let own = ana.post(&format!("/desk/stories/{id}/previews"), &[("open", "1")]).await;
        assert!(own.location.starts_with("/preview/"));
    })
    .await;
}

#[tokio::test]
async fn the_front_is_pinned_and_ordered() {
    both(ALL, |app| async move {
        let town = section(&app, "Town").await;
        let (wall, ferry) = (publish_story(&app, "Wall", &town).await, publish_story(&app, "Ferry", &town).await);
        let mut mirela = browser_of(&app, "Mirela Osei", Role::Editor).await;
        for id in [&wall.id, &ferry.id] {
            mirela.post("/desk/front", &[("story", id)]).await;
        }
        mirela.post(&format!("/desk/front/{}/position", wall.id), &[("move", "up")]).await;
        let order = |app: onrecord_base::App| async move {
            let pinned = read(&app, published::pinned).await;
            pinned.into_iter().map(|card| card.headline).collect::<Vec<_>>()
        };
        assert_eq!(order(app.clone()).await, ["Wall", "Ferry"]);
        mirela.post(&format!("/desk/front/{}/removal", wall.id), &[]).await;
        assert_eq!(order(app.clone()).await, ["Ferry"]);
        let page = mirela.get("/desk/front").await;
        assert!(page.body.contains("It is unpinned.") && page.body.contains("Ferry"));
        let draft = mirela.post("/desk/front", &[("story", "nothing")]).await;
        assert!(draft.set_cookies.iter().any(|c| c.contains("stories-not-published")));
    })
    .await;
}

#[tokio::test]
async fn sections_authors_and_tags_are_kept_at_the_desk() {
    both(ALL, |app| async move {
        let mut mirela = browser_of(&app, "Mirela Osei", Role::Editor).await;
        assert_eq!(mirela.post("/desk/sections", &[("name", "Town")]).await.location, "/desk/sections");
        let reserved = mirela.post("/desk/sections", &[("name", "Search"), ("description", "Kept on the page")]).await;
        assert_eq!(reserved.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            reserved.body.contains("is an address that the site needs itself")
                && reserved.body.contains("Kept on the page")
        );
        let taken = mirela.post("/desk/sections", &[("name", "Town")]).await;
        assert!(taken.body.contains("Something stands at this address already."), "{}", taken.body);
        let town = read(&app, published::sections).await.remove(0);
        let path = format!("/desk/sections/{}", town.id);
        assert!(mirela.get(&path).await.body.contains("value=\"Town\""));
        mirela.post(&path, &[("name", "City"), ("slug", "")]).await;
        assert_eq!(read(&app, published::sections).await[0].slug, "city");

        mirela.post("/desk/authors", &[("name", "Ana Ruiz"), ("bio", "Writes.")]).await;
        let ana = read(&app, published::authors).await.remove(0);
        let path = format!("/desk/authors/{}", ana.id);
        assert!(mirela.get(&path).await.body.contains("Writes."));
        let wrong = mirela.post(&path, &[("name", ""), ("bio", "Still here")]).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("Still here"));
        mirela.post(&format!("{path}/removal"), &[]).await;
        assert!(read(&app, published::authors).await.is_empty());

        let mut text = crate::testing::content("Wall", Some(&read(&app, published::sections).await[0]));
        text.tags = vec!["Harbour".into(), "Port".into()];
        let story = crate::testing::published_content(&app, crate::Kind::Story, text).await;
        let port = format!("/desk/tags/{}", story.tags[1].id);
        let unknown = mirela.post(&format!("{port}/merger"), &[("into", "Sea")]).await;
        assert!(unknown.body.contains("There is no tag of that name."));
        mirela.post(&format!("{port}/merger"), &[("into", "harbour")]).await;
        assert_eq!(find(&app, &story.id).await.unwrap().tags.len(), 1);
        assert!(mirela.get("/desk/tags?q=har").await.body.contains("Harbour"));
    })
    .await;
}

#[tokio::test]
async fn pages_are_written_and_published_without_a_section() {
    both(ALL, |app| async move {
        let mut mirela = browser_of(&app, "Mirela Osei", Role::Editor).await;
        let id = begin(&mut mirela, "/desk/pages").await;
        let form = [
            ("base_version", "1"),
            ("headline", "About us"),
            ("slug", "about"),
            ("body_format", "markdown"),
            ("body", "We write."),
        ];
        let done = mirela.post(&format!("/desk/stories/{id}/publication"), &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let pages = read(&app, published::pages).await;
        assert_eq!(pages[0].path, "/about");
        assert!(mirela.get("/desk/pages").await.body.contains("About us"));
        assert!(!mirela.get("/desk/stories").await.body.contains("About us"));
    })
    .await;
}
