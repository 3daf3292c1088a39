//! The public pages, by address.

use http::header;
use onrecord_base::{App, testing};
use onrecord_media::Credits;
use onrecord_prose::{Block, Document};
use onrecord_stories::{
    Byline, Checks, Content, Kind, NewAuthor, NewSection, publishing,
    store::{authors, corrections, sections},
    testing as desk,
};

use super::{Reader, picture};

#[tokio::test]
async fn a_story_becomes_a_page() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        let ana = desk::author(&app, "Ana Ruiz").await;
        let content = Content {
            kicker: "Harbour".into(),
            bylines: vec![Byline { author: Some(ana.id.clone()), name: ana.name.clone() }],
            tags: vec!["wall".into()],
            body: Document::from_markdown("The wall is **cracked**.\n\n## Why\n\n> We knew.\n").document,
            ..desk::content("The wall & the sea", Some(&town))
        };
        let story = desk::published_content(&app, Kind::Story, content).await;
        let other = desk::published(&app, "The pier", &town).await;
        let reader = Reader::new(&app).await;
        let html = reader.read(&story.path).await;
        for part in [
            "<h1 class=\"headline\">The wall &amp; the sea</h1>",
            "<strong>cracked</strong>",
            "<a rel=\"author\" href=\"/by/ana-ruiz\">Ana Ruiz</a>",
            "<a rel=\"tag\" href=\"/tags/wall\">wall</a>",
            "22 November 2026, 10:00",
            "\"@type\":\"NewsArticle\"",
            "<link rel=\"canonical\" href=\"http://localhost:8080/town/the-wall-the-sea\">",
            "href=\"/town/the-wall-the-sea/comments\"",
            "The pier",
        ] {
            assert!(html.contains(part), "no {part} in {html}");
        }
        for path in [
            "/",
            "/town",
            "/by/ana-ruiz",
            "/tags/wall",
            "/archive",
            "/archive/2026",
            "/archive/2026/11",
            "/archive/2026/11/22",
        ] {
            assert!(reader.read(path).await.contains("The wall &amp; the sea"), "{path}");
        }
        for path in ["/feed.xml", "/town/feed.xml", "/by/ana-ruiz/feed.xml", "/tags/wall/feed.xml"] {
            let feed = reader.read(path).await;
            assert!(feed.contains("<title>The wall &amp; the sea</title>"), "{feed}");
            assert!(feed.contains("&lt;strong&gt;cracked"), "{feed}");
        }
        let map = reader.read("/sitemap.xml").await;
        assert!(map.contains(&format!("<loc>http://localhost:8080{}</loc>", story.path)), "{map}");
        assert!(reader.read(&format!("{}/comments", other.path)).await.contains("href=\"/town/the-pier\""));
        assert!(reader.read("/robots.txt").await.contains("Sitemap: http://localhost:8080/sitemap.xml"));
    })
    .await;
}

#[tokio::test]
async fn addresses_lead_where_things_stand_now() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        let story = desk::published(&app, "The wall", &town).await;
        desk::change(&app, &story.id, |content| content.slug = "the-east-wall".into()).await;
        desk::publish(&app, &story.id).await.unwrap();
        let ana = Reader::new(&app).await;
        assert_eq!(ana.moved("/town/the-wall").await, "/town/the-east-wall");
        assert_eq!(ana.moved("/town/the-east-wall/").await, "/town/the-east-wall");
        assert_eq!(ana.moved("//town///the-east-wall").await, "/town/the-east-wall");
        assert_eq!(ana.moved("/town/the-%65ast-wall").await, "/town/the-east-wall");
        assert_eq!(ana.moved("/town/").await, "/town");
        assert_eq!(ana.moved("/town/the-wall/comments").await, "/town/the-east-wall/comments");
        assert_eq!(ana.get("/town/the-wall/x").await.0, 404);
        assert_eq!(ana.get("/nowhere/").await.0, 404);
        let (status, text) = ana.get("/nowhere").await;
        assert_eq!(status, 404);
        assert!(text.contains("There is no page at this address") && text.contains("The wall"), "{text}");
        let (id, now) = (story.id.clone(), app.now());
        app.db.write(move |conn| publishing::kill(conn, &Checks::default(), &id, "libel", None, now)).await.unwrap();
        let after = Reader::new(&app).await;
        assert_eq!(after.get("/town/the-east-wall").await.0, 410);
        assert_eq!(after.get("/town/the-wall").await.0, 410);
    })
    .await;
}

#[tokio::test]
async fn a_section_that_moves_takes_its_feed_along() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        desk::published(&app, "The wall", &town).await;
        let mut ana = Reader::new(&app).await;
        assert!(ana.read("/town/feed.xml").await.contains("The wall"));
        for slug in ["city", "metropolis"] {
            let (id, now) = (town.id.clone(), app.now());
            let new = NewSection { name: "City".into(), slug: slug.into(), ..NewSection::default() };
            app.db.write(move |conn| sections::update(conn, &id, new, now)).await.unwrap();
            ana.catch_up().await;
            assert_eq!(ana.moved("/town/feed.xml").await, format!("/{slug}/feed.xml"));
            assert_eq!(ana.moved("/town").await, format!("/{slug}"));
        }
        assert!(ana.read("/metropolis/feed.xml").await.contains("The wall"));
        assert_eq!(ana.get("/nowhere/feed.xml").await.0, 404);
        // A story's address has no feed, wherever the story stands now.
        assert_eq!(ana.get("/town/the-wall/feed.xml").await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn a_feed_shows_the_picture_on_top_with_its_credit() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        let picture = picture(&app).await;
        let content = Content { lead_picture: Some(picture.id.clone()), ..desk::content("The wall", Some(&town)) };
        desk::published_content(&app, Kind::Story, content).await;
        desk::published(&app, "The pier", &town).await;
        let mut ana = Reader::new(&app).await;
        let address = format!("http://localhost:8080{}", picture.shared().unwrap().url());
        let json: serde_json::Value = serde_json::from_str(&ana.read("/feed.json").await).unwrap();
        let item = |title: &str| json["items"].as_array().unwrap().iter().find(|one| one["title"] == title).unwrap();
        assert_eq!(item("The wall")["image"], *address);
        assert!(item("The pier").get("image").is_none());
        let html = item("The wall")["content_html"].as_str().unwrap();
        assert!(html.starts_with("<figure class=\"picture\""), "{html}");
        for part in
            [address.as_str(), "alt=\"A wall of stone\"", "The wall &amp; the sea", "Salt Pictures", "Mirela Osei"]
        {
            assert!(html.contains(part), "no {part} in {html}");
        }
        let rss = ana.read("/town/feed.xml").await;
        let media = format!("<media:content url=\"{address}\" type=\"image/jpeg\" medium=\"image\"");
        assert!(rss.contains(&media) && rss.contains("<media:credit>Salt Pictures / Mirela Osei<"), "{rss}");
        assert!(ana.read("/atom.xml").await.contains(&format!("<link rel=\"enclosure\" href=\"{address}\"")));
        // Another credit is shown at once.
        let (id, now) = (picture.id.clone(), app.now());
        let credits = Credits { agency: "Brine & Sons".into(), ..picture.credits() };
        app.db.write(move |conn| onrecord_media::store::describe(conn, &id, &credits, now)).await.unwrap();
        ana.catch_up().await;
        assert!(ana.read("/town/feed.xml").await.contains("<media:credit>Brine &amp; Sons / Mirela Osei<"));
    })
    .await;
}

#[tokio::test]
async fn a_correction_dates_the_story_wherever_machines_read_of_it() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        let story = desk::published(&app, "The wall", &town).await;
        app.clock.advance(3_600_000);
        desk::published(&app, "The pier", &town).await;
        let mut ana = Reader::new(&app).await;
        let before = ana.read(&story.path).await;
        assert!(!before.contains("dateModified") && !before.contains("modified_time"), "{before}");
        for path in ["/sitemap.xml", "/atom.xml", "/town/feed.xml", "/feed.json"] {
            assert!(!ana.read(path).await.contains("12:30"), "{path}");
        }
        app.clock.advance(5_400_000);
        let (id, now) = (story.id.clone(), app.now());
        let text = "The wall is <40> metres long.";
        app.db.write(move |conn| corrections::add(conn, "c1", &id, text, None, now)).await.unwrap();
        ana.catch_up().await;
        let html = ana.read(&story.path).await;
        assert!(html.contains("\"dateModified\":\"2026-11-22T12:30:00"), "{html}");
        assert!(html.contains("article:modified_time\" content=\"2026-11-22T12:30:00"), "{html}");
        let map = ana.read("/sitemap.xml").await;
        assert!(map.contains(&format!("{}</loc><lastmod>2026-11-22T12:30:00Z", story.path)), "{map}");
        let atom = ana.read("/atom.xml").await;
        assert_eq!(atom.matches("<updated>2026-11-22T12:30:00Z</updated>").count(), 2, "feed and entry: {atom}");
        let rss = ana.read("/town/feed.xml").await;
        assert!(rss.contains("<lastBuildDate>Sun, 22 Nov 2026 12:30:00"), "{rss}");
        let json: serde_json::Value = serde_json::from_str(&ana.read("/feed.json").await).unwrap();
        let wall = json["items"].as_array().unwrap().iter().find(|one| one["title"] == "The wall").unwrap();
        assert_eq!(wall["date_modified"], "2026-11-22T12:30:00Z");
        let html = wall["content_html"].as_str().unwrap();
        assert!(html.contains("<h2>Correction</h2>") && html.contains("The wall is &lt;40&gt; metres long."), "{html}");
        // Taken back, it leaves no date behind.
        let id = story.id.clone();
        app.db.write(move |conn| corrections::remove(conn, &id, "c1", now)).await.unwrap();
        ana.catch_up().await;
        for path in [story.path.as_str(), "/sitemap.xml", "/atom.xml"] {
            assert!(!ana.read(path).await.contains("T12:30:00"), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_picture_says_what_others_may_do_with_it() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        let picture = picture(&app).await;
        let body = Document {
            blocks: vec![Block::Picture(onrecord_prose::Picture {
                picture: Some(picture.id.clone()),
                ..onrecord_prose::Picture::default()
            })],
        };
        let content =
            Content { lead_picture: Some(picture.id.clone()), body, ..desk::content("The wall", Some(&town)) };
        let story = desk::published_content(&app, Kind::Story, content).await;
        let mut ana = Reader::new(&app).await;
        let html = ana.read(&story.path).await;
        assert!(html.contains("\"copyrightNotice\":\"© Salt Pictures\""), "{html}");
        assert!(
            !html.contains("\"license\"") && !html.contains("acquireLicensePage") && !html.contains("rel=\"license")
        );
        let (by, zero) =
            ("https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/publicdomain/zero/1.0/");
        let credits =
            Credits { licence: "CC BY 4.0".into(), terms: "https://salt.example/ask?a&b".into(), ..picture.credits() };
        let (id, now, said) = (picture.id.clone(), app.now(), credits.clone());
        app.db.write(move |conn| onrecord_media::store::describe(conn, &id, &said, now)).await.unwrap();
        ana.catch_up().await;
        let html = ana.read(&story.path).await;
        let link = format!("href=\"{by}\">CC BY 4.0</a>");
        assert!(html.contains(&format!("rel=\"license external noopener\" {link}")), "under the lead: {html}");
        let inside =
            format!("<span class=\"licence\"><a href=\"{by}\" rel=\"license external noopener\">CC BY 4.0</a>");
        assert!(html.contains(&inside), "under the picture in the text: {html}");
        assert!(html.contains(&format!("\"license\":\"{by}\"")), "{html}");
        assert!(html.contains("\"acquireLicensePage\":\"https://salt.example/ask?a\\u0026b\""), "{html}");
        assert!(ana.read("/feed.json").await.contains(by), "in feeds too");
        let (id, said) = (picture.id.clone(), Credits { licence: "CC0 1.0".into(), ..credits });
        app.db.write(move |conn| onrecord_media::store::describe(conn, &id, &said, now)).await.unwrap();
        ana.catch_up().await;
        let html = ana.read(&story.path).await;
        assert!(html.contains(zero) && !html.contains("copyrightNotice"), "nobody's: {html}");
    })
    .await;
}

#[tokio::test]
async fn an_author_who_moves_takes_page_and_feeds_along() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        let ines = desk::author(&app, "Inès Duval").await;
        let byline = Byline { author: Some(ines.id.clone()), name: ines.name.clone() };
        let content = Content { bylines: vec![byline], ..desk::content("The wall", Some(&town)) };
        desk::published_content(&app, Kind::Story, content).await;
        let mut ana = Reader::new(&app).await;
        assert!(ana.read("/by/ines-duval").await.contains("The wall"));
        for (slug, travels) in [("ines", "ines"), ("ольга", "%D0%BE%D0%BB%D1%8C%D0%B3%D0%B0"), ("ines-d", "ines-d")]
        {
            let (id, now) = (ines.id.clone(), app.now());
            let new = NewAuthor { name: "Inès Duval".into(), slug: slug.into(), ..NewAuthor::default() };
            app.db.write(move |conn| authors::update(conn, &id, new, now)).await.unwrap();
            ana.catch_up().await;
            assert_eq!(ana.moved("/by/ines-duval").await, format!("/by/{travels}"));
            assert_eq!(ana.moved("/by/ines-duval/").await, format!("/by/{travels}"));
            for file in ["feed.xml", "atom.xml", "feed.json"] {
                assert_eq!(ana.moved(&format!("/by/ines-duval/{file}")).await, format!("/by/{travels}/{file}"));
            }
        }
        assert!(ana.read("/by/ines-d/feed.xml").await.contains("The wall"));
        assert_eq!(ana.get("/by/nobody").await.0, 404);
        assert_eq!(ana.get("/by/nobody/feed.xml").await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn a_list_names_its_feeds_in_every_format() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        desk::published(&app, "The wall", &town).await;
        let ana = Reader::new(&app).await;
        for (path, homes) in [("/", &[""][..]), ("/town", &["/town", ""]), ("/corrections", &["/corrections", ""])] {
            let html = ana.read(path).await;
            let links: Vec<&str> = html.lines().filter(|line| line.contains("<link rel=\"alternate\"")).collect();
            assert_eq!(links.len(), 3 * homes.len(), "{links:?}");
            for (home, links) in homes.iter().zip(links.chunks(3)) {
                for (kind, file) in [("rss+xml", "feed.xml"), ("atom+xml", "atom.xml"), ("feed+json", "feed.json")] {
                    let (kind, address) = (format!("type=\"application/{kind}\""), format!("href=\"{home}/{file}\""));
                    assert!(links.iter().any(|link| link.contains(&kind) && link.contains(&address)), "{links:?}");
                }
                ana.read(&format!("{home}/feed.json")).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn each_language_of_a_story_names_itself_and_the_others_by_whole_addresses() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        let wall = desk::published(&app, "The wall", &town).await;
        let muro = Content {
            language: "es".into(),
            translation_of: Some(wall.id.clone()),
            ..desk::content("El muro", Some(&town))
        };
        let muro = desk::published_content(&app, Kind::Story, muro).await;
        let pier = desk::published(&app, "The pier", &town).await;
        let ana = Reader::new(&app).await;
        for path in [&wall.path, &muro.path] {
            let html = ana.read(path).await;
            for (language, story) in [("en", &wall), ("es", &muro)] {
                let link = format!(
                    "<link rel=\"alternate\" hreflang=\"{language}\" href=\"http://localhost:8080{}\">",
                    story.path
                );
                assert_eq!(html.matches(&link).count(), 1, "{link} in {html}");
            }
        }
        assert!(!ana.read(&pier.path).await.contains("hreflang"));
        // In a feed both stand beside each other.
        let atom = ana.read("/atom.xml").await;
        assert!(atom.contains("<entry xml:lang=\"es\">\n<title>El muro</title>"), "{atom}");
        assert!(atom.contains("<entry xml:lang=\"en\">\n<title>The wall</title>"), "{atom}");
        assert_eq!(ana.read("/feed.xml").await.matches("<dc:language>es</dc:language>").count(), 1);
        let json: serde_json::Value = serde_json::from_str(&ana.read("/feed.json").await).unwrap();
        let items = json["items"].as_array().unwrap();
        let muro = items.iter().find(|item| item["title"] == "El muro").unwrap();
        assert_eq!(muro["language"], "es");
    })
    .await;
}

#[tokio::test]
async fn a_page_has_one_icon_and_leads_back_without_quotation_marks_of_its_own() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        let story = desk::published(&app, "“We saw it”", &town).await;
        let ana = Reader::new(&app).await;
        assert_eq!(ana.read("/").await.matches("rel=\"icon\"").count(), 1);
        let comments = ana.read(&format!("{}/comments", story.path)).await;
        assert!(comments.contains(">“We saw it”</a>") && comments.contains("No comments yet"), "{comments}");
    })
    .await;
}

#[tokio::test]
async fn a_long_section_has_pages() {
    testing::both(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        for number in 0..45 {
            app.clock.advance(60_000);
            desk::published(&app, &format!("Story number {number:02}"), &town).await;
        }
        let ana = Reader::new(&app).await;
        assert!(ana.read("/").await.contains("cards count-4"));
        let mut target = "/town".to_owned();
        let mut seen = Vec::new();
        loop {
            let html = ana.read(&target).await;
            let found = html.match_indices("Story number ").map(|(at, _)| html[at + 13..at + 15].to_owned());
            seen.extend(found);
            let Some(at) = html.find("rel=\"next\" href=\"") else { break };
            target = html[at + 17..].split('"').next().unwrap().to_owned();
        }
        let expected: Vec<String> = (0..45).rev().map(|number| format!("{number:02}")).collect();
        assert_eq!(seen, expected);
    })
    .await;
}

#[tokio::test]
async fn an_empty_newsroom_has_its_pages() {
    testing::both(&[], async |app: App| {
        let ana = Reader::new(&app).await;
        for path in ["/", "/archive", "/feed.xml", "/sitemap.xml", "/robots.txt", "/people", "/favicon.svg"] {
            ana.read(path).await;
        }
        assert_eq!(ana.moved("/favicon.ico").await, "/favicon.svg");
        for path in [
            "/town",
            "/by/nobody",
            "/tags/nothing",
            "/archive/2026",
            "/archive/x",
            "/sitemaps/1.xml",
            "/comments",
            "/x/comments",
        ] {
            assert_eq!(ana.get(path).await.0, 404, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn static_pages_stand_in_the_footer() {
    testing::both(&[], async |app: App| {
        let page = desk::published_page(&app, "About us").await;
        let ana = Reader::new(&app).await;
        assert!(ana.read("/").await.contains(&format!("<a href=\"{}\">About us</a>", page.path)));
        assert!(ana.read(&page.path).await.contains("The old wall gave way in March."));
    })
    .await;
}

#[tokio::test]
async fn a_story_page_is_light() {
    testing::on_sqlite(&[], async |app: App| {
        let town = desk::section(&app, "Town").await;
        let text =
            "The harbour master said that the eastern wall had been measured twice, in March and again in June.\n\n";
        let body = (0..60).map(|n| text.replace("twice", &format!("{n} times"))).collect::<String>();
        let content = Content { body: Document::from_text(&body).document, ..desk::content("The wall", Some(&town)) };
        let story = desk::published_content(&app, Kind::Story, content).await;
        let ana = Reader::new(&app).await;
        let page = ana.ask(&story.path, &[(header::ACCEPT_ENCODING, "br")]).await;
        assert!(page.body().len() <= 15_000, "{} bytes of HTML", page.body().len());
        let html = ana.read(&story.path).await;
        let scripts = html.matches("<script").count() - html.matches("<script type=\"application/ld+json\"").count();
        assert_eq!(scripts, 1, "the comments' own");
        let script = html.split('"').find(|part| part.ends_with("/comments.js")).unwrap();
        let script = ana.ask(script, &[(header::ACCEPT_ENCODING, "br")]).await;
        assert!(script.body().len() <= 6_000, "{} bytes of script", script.body().len());
        let css = html.split('"').find(|part| part.ends_with("/theme.css")).unwrap();
        let css = ana.ask(css, &[(header::ACCEPT_ENCODING, "br")]).await;
        assert!(css.body().len() <= 20_000, "{} bytes of CSS", css.body().len());
        assert_eq!(css.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        for address in html.split('"').filter(|part| part.starts_with("http")) {
            let ours = ["http://localhost:8080", "https://schema.org"];
            assert!(ours.iter().any(|known| address.starts_with(known)), "{address} is somebody else's");
        }
    })
    .await;
}
