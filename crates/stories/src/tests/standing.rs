//! What a story's page says about where the story stands, and the ways back to that page.

use http::StatusCode;
use onrecord_accounts::Role;
use onrecord_base::testing::both;
use serde_json::json;

use super::{ALL, begin, browser_of, put};
use crate::{
    Kind, NewSection,
    store::{sections, states},
    testing::{content, find, published, published_content, read, section},
};

#[tokio::test]
async fn a_story_keeps_its_address_when_its_section_moves_and_the_page_says_so() {
    both(ALL, |app| async move {
        let town = section(&app, "Town").await;
        let wall = published(&app, "Wall", &town).await;
        let (id, now) = (town.id.clone(), app.now());
        let new = NewSection { name: "City".into(), slug: "city".into(), ..NewSection::default() };
        app.db.write(move |conn| sections::update(conn, &id, new, now)).await.unwrap();
        let mut mirela = browser_of(&app, "Mirela Osei", Role::Editor).await;
        let page = mirela.get(&format!("/desk/stories/{}", wall.id)).await;
        assert!(page.body.contains("Address: /town/wall"), "{}", page.body);
        // Publishing wrote the slug down, as version 2. Another slug makes another address, of what the section is called now.
        let (_, answer) = put(&mut mirela, &wall.id, 2, json!({ "slug": "east-wall" }), "Text.").await;
        assert_eq!(answer["page"]["slug_hint"], "Address: /city/east-wall", "{answer}");
    })
    .await;
}

#[tokio::test]
async fn a_save_by_itself_answers_what_the_page_is_to_say() {
    both(ALL, |app| async move {
        let town = section(&app, "Town").await;
        published(&app, "Wall", &town).await;
        let mut mirela = browser_of(&app, "Mirela Osei", Role::Editor).await;
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Reporter).await;
        let ferry = published(&app, "Ferry", &town).await;
        let (_, answer) = put(&mut mirela, &ferry.id, 2, json!({ "dek": "It sails." }), "Text.").await;
        assert_eq!(answer["page"]["state"], json!({ "badge": "info", "text": "Unpublished changes" }));
        assert_eq!(answer["page"]["publish"], "Publish changes");
        assert_eq!(answer["page"]["warnings"], json!({}));

        // An address that is taken is said at once, and the text is kept.
        let id = begin(&mut ana, "/desk/stories").await;
        let fields = json!({ "headline": "Wall", "section": town.id });
        let (status, answer) = put(&mut ana, &id, 1, fields, "Another wall.").await;
        assert_eq!((status, &answer["version"]), (StatusCode::OK, &json!(2)));
        assert_eq!(answer["page"]["publish"], json!(null));
        let warning = answer["page"]["warnings"]["slug"].as_str().unwrap();
        assert!(warning.starts_with("Another story or section stands at this address"), "{answer}");
        let page = ana.get(&format!("/desk/stories/{id}")).await.body;
        assert!(page.contains("id=\"slug-error\"") && page.contains("Another wall."), "{page}");
        let (_, answer) = put(&mut ana, &id, 2, json!({ "slug": "other-wall" }), "Another wall.").await;
        assert_eq!(answer["page"]["warnings"], json!({}));
    })
    .await;
}

#[tokio::test]
async fn a_schedule_is_announced_and_cancelled_without_taking_anything_down() {
    both(ALL, |app| async move {
        let town = section(&app, "Town").await;
        let ferry = published_content(&app, Kind::Story, content("Ferry", Some(&town))).await;
        let mut mirela = browser_of(&app, "Mirela Osei", Role::Editor).await;
        let path = format!("/desk/stories/{}", ferry.id);
        let time = json!({ "published_at": "2026-11-23T09:30", "dek": "It sails tomorrow." });
        let (_, answer) = put(&mut mirela, &ferry.id, 2, time, "Text.").await;
        assert_eq!(answer["page"]["publish"], "Schedule");
        assert!(!mirela.get(&path).await.body.contains("/schedule/removal"));
        mirela.post(&format!("{path}/publication"), &[("base_version", "3"), ("despite_warnings", "1")]).await;
        let page = mirela.get(&path).await.body;
        assert!(page.contains("Cancel the schedule") && page.contains("/schedule/removal"), "{page}");
        mirela.post(&format!("{path}/schedule/removal"), &[]).await;
        let id = ferry.id.clone();
        assert_eq!(read(&app, move |conn| states::schedule_of(conn, &id)).await, None);
        assert!(find(&app, &ferry.id).await.is_some());
        let again = mirela.post(&format!("{path}/schedule/removal"), &[]).await;
        assert!(again.set_cookies.iter().any(|cookie| cookie.contains("stories-not-scheduled")), "{again:?}");
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Reporter).await;
        assert_eq!(ana.post(&format!("{path}/schedule/removal"), &[]).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn addresses_that_only_do_something_lead_to_the_story() {
    both(ALL, |app| async move {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Reporter).await;
        let id = begin(&mut ana, "/desk/stories").await;
        let path = format!("/desk/stories/{id}");
        for action in [
            "draft",
            "publication",
            "withdrawal",
            "kill",
            "restoration",
            "corrections",
            "corrections/1/removal",
            "previews",
            "previews/1/revocation",
            "schedule/removal",
        ] {
            let answer = ana.get(&format!("{path}/{action}")).await;
            assert_eq!((answer.status, &answer.location), (StatusCode::SEE_OTHER, &path), "{action}");
        }
        assert_eq!(ana.get("/desk/stories/%2e%2e%2f/kill").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn who_writes_in_plain_text_goes_on_in_plain_text() {
    both(ALL, |app| async move {
        let town = section(&app, "Town").await;
        let mut mirela = browser_of(&app, "Mirela Osei", Role::Editor).await;
        let id = begin(&mut mirela, "/desk/stories").await;
        let publication = format!("/desk/stories/{id}/publication");
        let text = [("headline", "Ferry"), ("body_format", "markdown"), ("body", "It sails at dawn.")];
        let held = mirela.post(&publication, &[&[("base_version", "1")], &text[..]].concat()).await;
        assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(held.body.contains("It sails at dawn.") && held.body.contains("name=\"body_format\""), "{}", held.body);
        let rest = [("base_version", "2"), ("section", town.id.as_str()), ("despite_warnings", "1")];
        let done = mirela.post(&publication, &[&rest[..], &text[..]].concat()).await;
        assert_eq!(done.location, format!("/desk/stories/{id}?plain=1"), "{}", done.body);
    })
    .await;
}

#[tokio::test]
async fn a_list_of_ones_own_says_so() {
    both(ALL, |app| async move {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Reporter).await;
        let mut mirela = browser_of(&app, "Mirela Osei", Role::Editor).await;
        let own = ana.get("/desk/stories").await.body;
        assert!(own.contains("The stories you began or sign") && own.contains("No stories of yours yet"), "{own}");
        assert!(!own.contains("name=\"author\""));
        let all = mirela.get("/desk/stories").await.body;
        assert!(all.contains("name=\"author\"") && all.contains("No stories yet"));
    })
    .await;
}

#[tokio::test]
async fn a_footer_names_few_pages_right_below_the_front() {
    both(&[], |app| async move {
        for number in 1..=10 {
            crate::testing::published_page(&app, &format!("Page {number}")).await;
            app.clock.advance(60_000);
        }
        let named = read(&app, crate::published::pages).await;
        let names: Vec<&str> = named.iter().map(|page| page.headline.as_str()).collect();
        assert_eq!(names, ["Page 1", "Page 2", "Page 3", "Page 4", "Page 5", "Page 6", "Page 7", "Page 8"]);
        app.db
            .write(|conn| {
                conn.execute("UPDATE publications SET path = '/about/team' WHERE headline = 'Page 1'", &[])?;
                conn.execute("UPDATE publications SET path = '/about/' WHERE headline = 'Page 2'", &[]).map(drop)
            })
            .await
            .unwrap();
        let named = read(&app, crate::published::pages).await;
        assert_eq!((named[0].path.as_str(), named.len()), ("/about/", 8));
        assert!(named.iter().all(|page| page.headline != "Page 1"));
    })
    .await;
}
