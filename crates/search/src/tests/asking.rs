//! What readers ask, and what they find.

use axum::body::Body;
use http::{HeaderValue, Request, header};
use onrecord_base::{Time, testing::both};
use onrecord_stories::{NewAuthor, published, store::authors, testing as desk};
use tower::ServiceExt;

use super::{BRIDGE, Room, TEMPLATES, on_record, person, story, urls};

#[tokio::test]
async fn a_story_is_found_by_its_words_as_its_language_has_them() {
    both(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        story(&app, &town, "The old wall", "en", "<p>The masons were building through the night.</p>").await;
        story(&app, &town, "Häuser am Hafen", "de", "<p>Die Straße war überschwemmt.</p>").await;
        story(&app, &town, "Las canciones", "es", "<p>Cantaron en la plaza del barrio.</p>").await;
        let room = Room::new(&app).await;
        for (asked, url) in [
            ("q=build", "/town/the-old-wall"),
            ("q=MASON+nights", "/town/the-old-wall"),
            ("q=haus", "/town/hauser-am-hafen"),
            ("q=strasse", "/town/hauser-am-hafen"),
            ("q=cancion", "/town/las-canciones"),
            ("q=barrios", "/town/las-canciones"),
            ("q=the+wall", "/town/the-old-wall"),
            ("q=buidling", "/town/the-old-wall"),
            ("q=%22through+the+night%22", "/town/the-old-wall"),
            ("q=Ana+Ruiz+-wall+-hafen", "/town/las-canciones"),
        ] {
            assert_eq!(room.urls(asked).await, [url], "{asked}");
        }
        for nothing in ["q=%22night+the+through%22", "q=wall+canciones", "q=lighthouse", "q=wall+-old", "q=the+-wall"] {
            assert_eq!(room.urls(nothing).await, [""; 0], "{nothing}");
        }
        let html = room.page("q=build").await;
        assert!(html.contains("<mark>building</mark>") && html.contains("One result"), "{html}");
        let html = room.page("q=canciones+lighthouse").await;
        assert!(html.contains("has “lighthouse”") && html.contains("href=\"/search?q=canciones\""), "{html}");
        let html = room.page("q=Hafn").await;
        assert!(html.contains("Did you mean:") && html.contains("href=\"/search?q=hafen\""), "{html}");
    })
    .await;
}

/// In a newsroom of two languages a word may say nothing in one of them and be one in the other.
#[tokio::test]
async fn a_word_that_says_nothing_is_found_in_headlines_of_every_language() {
    both(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        story(&app, &town, "Who built the wall", "en", "<p>Masons did.</p>").await;
        story(&app, &town, "The old wall", "en", "<p>It stands.</p>").await;
        story(&app, &town, "Las canciones", "es", "<p>Cantaron The Wall en la plaza, y who knows.</p>").await;
        let room = Room::new(&app).await;
        for (asked, found) in [
            ("q=the", vec!["/town/las-canciones", "/town/the-old-wall", "/town/who-built-the-wall"]),
            ("q=who+the", vec!["/town/las-canciones", "/town/who-built-the-wall"]),
            ("q=the+-canciones", vec!["/town/the-old-wall", "/town/who-built-the-wall"]),
            ("q=the+masons", vec!["/town/who-built-the-wall"]),
        ] {
            let mut urls = room.urls(asked).await;
            urls.sort();
            assert_eq!(urls, found, "{asked}");
        }
        assert!(room.page("q=the").await.contains("<mark>The</mark> old wall"));
    })
    .await;
}

#[tokio::test]
async fn results_are_narrowed_by_section_author_kind_and_time() {
    both(&[TEMPLATES], async |app| {
        let (town, port) = (desk::section(&app, "Town").await, desk::section(&app, "Port").await);
        let bo = desk::author(&app, "Bo Lind").await;
        story(&app, &town, "The wall of the town", "en", "<p>A ferry.</p>").await;
        app.clock.advance(400 * 86_400_000);
        let mut content = desk::content("The wall of the port", Some(&port));
        content.bylines = vec![onrecord_stories::Byline { author: Some(bo.id.clone()), name: bo.name.clone() }];
        desk::published_content(&app, onrecord_stories::Kind::Story, content).await;
        desk::published_page(&app, "About the wall").await;
        let room = Room::new(&app).await;
        assert_eq!(room.urls("q=wall").await.len(), 3);
        for (asked, found) in [
            ("q=wall&section=port", vec!["/port/the-wall-of-the-port"]),
            ("q=wall&author=bo-lind", vec!["/port/the-wall-of-the-port"]),
            ("q=wall&author=Bo+Lind", vec!["/port/the-wall-of-the-port"]),
            ("q=wall&kind=page", vec!["/about-the-wall"]),
            ("q=wall&to=2026-12-31", vec!["/town/the-wall-of-the-town"]),
            ("q=wall&from=2027-01-01&kind=story", vec!["/port/the-wall-of-the-port"]),
            ("section=town", vec!["/town/the-wall-of-the-town"]),
            ("q=wall&section=nowhere", vec![]),
            ("q=wall&sort=newest&kind=story", vec!["/port/the-wall-of-the-port", "/town/the-wall-of-the-town"]),
        ] {
            assert_eq!(room.urls(asked).await, found, "{asked}");
        }
        let html = room.page("q=wall").await;
        for link in [
            "section=port\">Port",
            "author=bo-lind\">Bo Lind",
            "kind=page\">Pages",
            "from=2027-01-01&amp;to=2027-12-31\">2027",
        ] {
            assert!(html.contains(link), "no {link} in {html}");
        }
        let html = room.page("q=wall&section=nowhere").await;
        assert!(
            html.contains("We know nothing called “nowhere”") && html.contains("href=\"/search?q=wall\""),
            "{html}"
        );
    })
    .await;
}

#[tokio::test]
async fn quotations_and_people_are_found_and_said_by_finds_who_said_it() {
    both(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        let ilse = person(&app, "Ilse Tamberg", "ilse-tamberg").await;
        person(&app, "Nobody Quoted", "nobody-quoted").await;
        let bridge = story(&app, &town, "The bridge", "en", BRIDGE).await;
        let ids = on_record(&app, &bridge, |_| {}).await;
        let room = Room::new(&app).await;
        let quotes: Vec<String> = ids.iter().map(|id| format!("/quotes/{id}")).collect();
        assert_eq!(room.urls("q=close&kind=quotation").await, quotes[..1]);
        assert_eq!(room.urls("said-by=ilse-tamberg").await, quotes[..1]);
        assert_eq!(room.urls("q=summer&said-by=Ilse+Tamberg").await, quotes[..1]);
        assert_eq!(room.urls("q=asked&said-by=ilse-tamberg").await, [""; 0]);
        assert_eq!(room.urls("q=Tamberg&kind=person").await, ["/people/ilse-tamberg"]);
        assert_eq!(room.urls("q=mayor&kind=person").await, ["/people/ilse-tamberg"]);
        assert_eq!(room.urls("person=ilse-tamberg&kind=story").await, ["/town/the-bridge"]);
        assert_eq!(room.urls("q=nobody").await, [""; 0], "who is quoted nowhere is not public");
        assert_eq!(room.urls("said-by=nobody-quoted").await, [""; 0]);
        let mut all = room.urls("q=tamberg").await;
        all.sort();
        assert_eq!(all, ["/people/ilse-tamberg".into(), quotes[0].clone(), "/town/the-bridge".into()]);
        // Called otherwise, everything of hers is found by the new name.
        super::save(&app, &onrecord_record::Person { name: "Ilse Vanamoinen".into(), ..ilse }).await;
        let mut all = room.urls("q=vanamoinen").await;
        all.sort();
        assert_eq!(all, ["/people/ilse-tamberg".into(), quotes[0].clone()]);
    })
    .await;
}

#[tokio::test]
async fn a_part_of_a_name_is_enough_and_of_several_one_may_choose() {
    both(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        for (headline, name) in
            [("One", "Inés Marín"), ("Two", "Anna Tide"), ("Three", "Ann Marsh"), ("Four", "Annika Tide")]
        {
            let author = desk::author(&app, name).await;
            let mut content = desk::content(headline, Some(&town));
            content.bylines = vec![onrecord_stories::Byline { author: Some(author.id), name: author.name }];
            desk::published_content(&app, onrecord_stories::Kind::Story, content).await;
        }
        desk::author(&app, "Nobody Marsh").await;
        person(&app, "Ilse Tamberg", "ilse-tamberg").await;
        let bridge = story(&app, &town, "The bridge", "en", BRIDGE).await;
        let ids = on_record(&app, &bridge, |_| {}).await;
        let room = Room::new(&app).await;
        for (asked, url) in [
            ("author=ines", "/town/one"),
            ("author=INES-MARIN", "/town/one"),
            ("author=Mar%C3%ADn", "/town/one"),
            ("author=Ann", "/town/three"),
            ("author=marsh", "/town/three"),
            ("author=tide+anni", "/town/four"),
            ("section=TOWN&author=anna", "/town/two"),
            ("person=tamberg&kind=story", "/town/the-bridge"),
            ("person=ILSE-TAMBERG&kind=story", "/town/the-bridge"),
        ] {
            assert_eq!(room.urls(asked).await, [url], "{asked}");
        }
        assert_eq!(room.urls("said-by=Tam").await, [format!("/quotes/{}", ids[0])]);
        let html = room.page("q=wall&author=Tide").await;
        assert!(html.contains("“Tide” is part of these names:"), "{html}");
        for link in
            ["/search?q=wall&amp;author=anna-tide\">Anna Tide<", "/search?q=wall&amp;author=annika-tide\">Annika"]
        {
            assert!(html.contains(link), "no {link} in {html}");
        }
        assert!(!html.contains("We know nothing"), "{html}");
        for nobody in ["author=nobody", "author=%25", "author=_", "author=-", "person=arin"] {
            assert!(room.page(nobody).await.contains("We know nothing"), "{nobody}");
        }
        assert!(room.page("").await.contains("<option value=\"Anna Tide\">"));
        // Who kept the link to an author's stories finds them at the author's new address as well.
        let anna = app.db.read(|conn| published::author_by_slug(conn, "anna-tide")).await.unwrap().unwrap();
        let renamed = NewAuthor { slug: "anna-marin".into(), name: "Anna Marin".into(), ..NewAuthor::default() };
        app.db.write(move |conn| authors::update(conn, &anna.id, renamed, Time::from_millis(0))).await.unwrap();
        assert_eq!(room.urls("author=anna-tide").await, ["/town/two"]);
    })
    .await;
}

#[tokio::test]
async fn suggestions_are_people_first_and_headlines_that_begin_so() {
    both(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        person(&app, "Ilse Tamberg", "ilse-tamberg").await;
        let bridge = story(&app, &town, "The bridge of \"Ilse\" & <co>", "en", BRIDGE).await;
        on_record(&app, &bridge, |_| {}).await;
        let room = Room::new(&app).await;
        let both = room.suggested("il").await;
        let (first, second) = (both.find("/people/ilse-tamberg").unwrap(), both.find("/town/the-bridge").unwrap());
        assert!(first < second, "{both}");
        assert!(room.suggested("the+bri").await.contains("\"note\":\"Town\""));
        // Nothing begins so, or is called so: a letter is wrong, missing, or in the other's place.
        for typo in ["tambr", "tmaber", "Isle+ta", "brigde", "ilse+tamberk+"] {
            let slipped = room.suggested(typo).await;
            assert!(
                slipped.contains("/people/ilse-tamberg") || slipped.contains("/town/the-bridge"),
                "{typo}: {slipped}"
            );
        }
        for nothing in ["", "i", "xx", "bri+", "%22", "-", "il+xx"] {
            assert_eq!(room.suggested(nothing).await, "{\"items\":[]}", "{nothing}");
        }
    })
    .await;
}

#[tokio::test]
async fn sections_are_suggested_by_the_beginnings_of_their_names() {
    both(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town & Müll").await;
        story(&app, &town, "Townsfolk", "en", BRIDGE).await;
        story(&app, &town, "Millers of 1984", "en", BRIDGE).await;
        let room = Room::new(&app).await;
        for typed in ["to", "tow", "mull+to", "MÜLL"] {
            let suggested = room.suggested(typed).await;
            let first = suggested.find("\"text\":\"Town & Müll\",\"note\":\"Section\"").unwrap_or(usize::MAX);
            assert!(first < suggested.find("Townsfolk").unwrap_or(usize::MAX), "{typed}: {suggested}");
        }
        // What is named has no slip in it.
        assert!(!room.suggested("müll+").await.contains("Mill"));
        assert!(room.suggested("1984").await.contains("Millers"));
        assert_eq!(room.suggested("1983").await, "{\"items\":[]}", "another year is another year");
        for typed in ["t", "own", "town+sea"] {
            assert!(!room.suggested(typed).await.contains("\"Section\""), "{typed}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_are_turned_and_end() {
    onrecord_base::testing::on_sqlite(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        for number in 0..25 {
            story(&app, &town, &format!("Wall number {number}"), "en", "<p>A wall.</p>").await;
        }
        let room = Room::new(&app).await;
        let mut all = Vec::new();
        for page in 1..=3 {
            all.extend(room.urls(&format!("q=wall&page={page}")).await);
        }
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 25, "no result stands on two pages");
        let html = room.page("q=wall&page=2").await;
        assert!(
            html.contains("25 results")
                && html.contains("page=3")
                && html.contains("rel=\"prev\" href=\"/search?q=wall\"")
        );
        let last = room.page("q=wall&page=3").await;
        assert_eq!(urls(&last).len(), 5);
        for beyond in ["4", "9", "99"] {
            let html = room.page(&format!("q=wall&page={beyond}")).await;
            assert_eq!(html, last, "there is no page {beyond}: the last stands there");
        }
        for wrong in ["99999999999999999999", "-1", "x"] {
            assert_eq!(urls(&room.page(&format!("q=wall&page={wrong}")).await).len(), 10, "{wrong}");
        }
        assert_eq!(urls(&room.page("").await), [""; 0]);
        assert!(room.page("").await.contains("href=\"/town\">Town"));
    })
    .await;
}

#[tokio::test]
async fn how_a_browser_asks_us_is_told_once() {
    both(&[TEMPLATES], async |app| {
        let room = Room::new(&app).await;
        let ask = async |tag: Option<HeaderValue>| {
            let mut request = Request::get("/search/description.xml").body(Body::empty()).unwrap();
            request.headers_mut().extend(tag.map(|tag| (header::IF_NONE_MATCH, tag)));
            room.router.clone().oneshot(request).await.unwrap()
        };
        let first = ask(None).await;
        assert_eq!(first.status(), 200);
        assert_eq!(ask(first.headers().get(header::ETAG).cloned()).await.status(), 304);
        assert_eq!(ask(Some(HeaderValue::from_static("\"x\""))).await.status(), 200);
    })
    .await;
}
