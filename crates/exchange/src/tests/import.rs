use std::path::{Path, PathBuf};
use std::sync::Arc;

use onrecord_base::{App, testing::both};
use onrecord_stories::published::{Filter, PublishedStory, Resolved, resolve};
use onrecord_stories::store::{authors, cards, published, sections, tags};
use onrecord_stories::{Draft, store::drafts};

use crate::import::{Outcome, TextImport, WordpressImport, text, wordpress};
use crate::store;

const EXPORT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Tide and Town</title><link>https://tide.example</link><language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://tide.example</wp:base_blog_url>
<wp:author><wp:author_login>ida</wp:author_login><wp:author_display_name><![CDATA[Ida Quist]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>unused</wp:author_login><wp:author_display_name><![CDATA[Unused Author]]></wp:author_display_name></wp:author><wp:tag><wp:tag_slug>unused</wp:tag_slug><wp:tag_name><![CDATA[Unused]]></wp:tag_name></wp:tag>
<wp:category><wp:category_nicename>town</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[Town]]></wp:cat_name></wp:category>
<wp:category><wp:category_nicename>pier</wp:category_nicename><wp:category_parent>town</wp:category_parent><wp:cat_name><![CDATA[The Pier]]></wp:cat_name></wp:category>
<item><title>The pier &amp; the tide</title><link>https://tide.example/2019/01/pier/</link><dc:creator>ida</dc:creator>
<guid isPermaLink="false">https://tide.example/?p=7</guid><wp:post_id>7</wp:post_id><wp:post_date_gmt>2019-01-02 03:04:05</wp:post_date_gmt>
<wp:post_name>pier</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:is_sticky>1</wp:is_sticky>
<excerpt:encoded><![CDATA[Two sides, one wall.]]></excerpt:encoded>
<content:encoded><![CDATA[They met again.

[caption id="attachment_9" width="300"]<img class="wp-image-9" src="https://tide.example/wp-content/uploads/2019/01/wall-300x200.png" alt="The wall"> The wall at noon[/caption]

See <a href="https://tide.example/?page_id=8">about us</a> and <a href="javascript:alert(1)">this</a>. [poll id=3]

<script>track()</script>
[gallery]]]></content:encoded>
<category domain="category" nicename="pier"><![CDATA[The Pier]]></category>
<category domain="post_tag" nicename="wall"><![CDATA[Wall]]></category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value><![CDATA[9]]></wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>mood</wp:meta_key><wp:meta_value><![CDATA[good]]></wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author><![CDATA[Ola]]></wp:comment_author><wp:comment_date_gmt>2019-01-03 00:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[Well.]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>
<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_content><![CDATA[Buy!]]></wp:comment_content><wp:comment_approved>spam</wp:comment_approved></wp:comment>
</item>
<item><title>About us</title><link>https://tide.example/about/</link><guid>g8</guid><wp:post_id>8</wp:post_id><wp:post_date_gmt>2018-01-01 00:00:00</wp:post_date_gmt>
<wp:post_name>about</wp:post_name><wp:status>publish</wp:status><wp:post_type>page</wp:post_type><content:encoded><![CDATA[<!-- wp:paragraph --><p>Who we are.</p><!-- /wp:paragraph -->]]></content:encoded></item>
<item><title>wall</title><guid>g9</guid><wp:post_id>9</wp:post_id><wp:post_parent>7</wp:post_parent><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>
<wp:attachment_url>https://tide.example/wp-content/uploads/2019/01/wall.png</wp:attachment_url>
<wp:postmeta><wp:meta_key>_wp_attached_file</wp:meta_key><wp:meta_value>2019/01/wall.png</wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>_wp_attachment_metadata</wp:meta_key><wp:meta_value><![CDATA[a:1:{s:10:"image_meta";a:1:{s:6:"credit";s:20:"Lars Holm/Harbour Co";}}]]></wp:meta_value></wp:postmeta></item>
<item><title>Pier</title><link>https://tide.example/2019/01/pier/</link><guid>g10</guid><wp:post_id>10</wp:post_id><wp:post_date_gmt>2019-01-05 00:00:00</wp:post_date_gmt>
<wp:post_name>pier</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><content:encoded><![CDATA[The same address again.]]></content:encoded></item>
<item><title>Secret</title><link>https://tide.example/secret/</link><guid>g11</guid><wp:post_id>11</wp:post_id><wp:post_date_gmt>2019-01-05 00:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_password>x</wp:post_password><wp:post_type>post</wp:post_type><content:encoded><![CDATA[Hush.]]></content:encoded></item>
<item><title>Private</title><guid>g12</guid><wp:post_id>12</wp:post_id><wp:status>private</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Menu</title><guid>g13</guid><wp:post_id>13</wp:post_id><wp:status>publish</wp:status><wp:post_type>nav_menu_item</wp:post_type></item>
</channel></rss>"#;

struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new(export: &str) -> Files {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("export.xml"), export).unwrap();
        let uploads = folder.path().join("uploads/2019/01");
        std::fs::create_dir_all(&uploads).unwrap();
        let picture = image::RgbImage::from_fn(400, 300, |x, y| image::Rgb([x as u8, y as u8, 90]));
        picture.save(uploads.join("wall.png")).unwrap();
        Files { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

async fn import(app: &App, file: &Path, media: Option<PathBuf>, report: Option<PathBuf>) -> Outcome {
    let import = WordpressImport { file: file.to_owned(), media, report };
    wordpress(app, &import, Arc::new(|_| {})).await.unwrap()
}

async fn at(app: &App, path: &str) -> Option<PublishedStory> {
    let path = path.to_owned();
    app.db
        .read(move |conn| {
            let row = conn.one("SELECT story_id FROM publications WHERE path = $1", onrecord_base::args![path])?;
            match row {
                Some(row) => published::story(conn, &row.get::<String>("story_id")?),
                None => Ok(None),
            }
        })
        .await
        .unwrap()
}

async fn all_drafts(app: &App) -> Vec<Draft> {
    app.db
        .read(|conn| {
            let ids: Vec<String> = conn
                .query("SELECT id FROM stories ORDER BY id", &[])?
                .iter()
                .map(|row| row.get("id"))
                .collect::<Result<_, _>>()?;
            ids.iter().map(|id| drafts::get(conn, id)).collect()
        })
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_feeds_lead_to_the_new_ones() {
    both(&[], |app| async move {
        let files = Files::new(EXPORT);
        for _ in 0..2 {
            import(&app, &files.path("export.xml"), None, None).await;
        }
        for (old, new) in [
            ("/category/town/", "/town"),
            ("/category/town/feed/", "/town/feed.xml"),
            ("/category/town/pier/", "/tags/the-pier"),
            ("/category/pier", "/tags/the-pier"),
            ("/tag/unused/", "/tags/unused"),
            ("/author/ida/", "/by/ida-quist"),
            ("/author/ida/feed/", "/by/ida-quist/feed.xml"),
            ("/feed/", "/feed.xml"),
        ] {
            let found = app.db.read(|conn| resolve(conn, old)).await.unwrap();
            assert_eq!(found, Some(Resolved::Redirect(new.into())), "{old}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_becomes_a_site() {
    both(&[], |app| async move {
        let files = Files::new(EXPORT);
        let outcome =
            import(&app, &files.path("export.xml"), Some(files.path("uploads")), Some(files.path("out/report.txt")))
                .await;
        assert_eq!(outcome.fault, None);
        let counts = &outcome.report.counts;
        let found = (
            counts.items,
            counts.stories,
            counts.pages,
            counts.drafts,
            counts.pictures,
            counts.comments,
            counts.other_items,
        );
        assert_eq!(found, (7, 2, 1, 2, 1, 1, 1), "{}", outcome.report);

        let story = at(&app, "/2019/01/pier/").await.expect("it kept its address");
        assert_eq!((story.headline.as_str(), story.dek.as_str()), ("The pier & the tide", "Two sides, one wall."));
        assert_eq!(story.published_at.rfc3339(), "2019-01-02T03:04:05Z");
        let text = story.body.plain_text();
        assert!(
            text.contains("The wall at noon") && text.contains("[poll id=3]") && !text.contains("track()"),
            "{text}"
        );
        let html = onrecord_prose::to_html(&story.body, &onrecord_prose::NoPictures);
        assert!(html.contains("<a href=\"/about/\">about us</a>") && !html.contains("javascript"), "{html}");
        assert_eq!(story.body.pictures().filter(|picture| picture.picture.is_some()).count(), 2, "caption and gallery");
        assert!(at(&app, "/about/").await.is_some_and(|page| page.body.plain_text() == "Who we are."));
        assert!(at(&app, "/pier").await.is_some_and(|story| story.headline == "Pier"), "a taken address gives way");

        let report = std::fs::read_to_string(files.path("out/report.txt")).unwrap();
        for line in [
            "The pier & the tide: the shortcode [poll] is not known; it stands in the text",
            "The pier & the tide: script was removed: track()",
            "The pier & the tide: the custom field “mood” was not kept: good",
            "comments in the bin or marked as spam were not kept",
            "Secret: it was behind a password; it became a draft",
            "Private: it was private; it became a draft",
            "Menu: items of the kind “nav_menu_item” were not imported",
            "Pier: its address could not be kept, because it is taken here: /2019/01/pier/ → /pier",
            "Items read: 7.",
        ] {
            assert!(report.contains(line), "{line:?} in\n{report}");
        }
        let id = story.id.clone();
        let (kept, sections, pinned) = app
            .db
            .read(move |conn| Ok((store::kept_comments(conn, &id)?, sections::all(conn)?, cards::pinned(conn)?)))
            .await
            .unwrap();
        assert_eq!((kept.len(), kept[0].content.as_str()), (1, "Well."));
        assert_eq!(sections.iter().map(|s| (s.slug.as_str(), s.name.as_str())).collect::<Vec<_>>(), [("town", "Town")]);
        assert_eq!(pinned.len(), 1);
        let (authors, tags) = app.db.read(|conn| Ok((authors::all(conn)?, tags::all(conn)?))).await.unwrap();
        assert_eq!(authors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["Ida Quist", "Unused Author"]);
        assert_eq!(tags.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(), ["The Pier", "Unused", "Wall"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn running_twice_changes_nothing() {
    both(&[], |app| async move {
        let files = Files::new(EXPORT);
        let media = Some(files.path("uploads"));
        import(&app, &files.path("export.xml"), media.clone(), None).await;
        let before = all_drafts(&app).await;
        let again = import(&app, &files.path("export.xml"), media.clone(), None).await;
        assert_eq!(again.report.counts.unchanged, 6, "{}", again.report);
        assert_eq!(all_drafts(&app).await, before);
        // The export has changed meanwhile: what is here stays, and the report says so.
        std::fs::write(files.path("export.xml"), EXPORT.replace("They met again.", "They met once more.")).unwrap();
        let changed = import(&app, &files.path("export.xml"), media, None).await;
        assert_eq!((changed.report.counts.left_alone, changed.report.counts.unchanged), (1, 5));
        assert_eq!(all_drafts(&app).await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_before_a_fault_is_kept_and_the_rest_follows() {
    both(&[], |app| async move {
        let files = Files::new(EXPORT.split_once("The same address again").unwrap().0);
        let cut = import(&app, &files.path("export.xml"), None, None).await;
        let fault = cut.fault.unwrap();
        assert_eq!(fault.line, 36, "{fault}");
        assert!(
            fault.reason.contains("CDATA")
                && fault.reason.contains("the item “Pier” that begins on line 35 was not read"),
            "{fault}"
        );
        assert_eq!((cut.report.counts.stories, cut.report.counts.pages), (1, 1));
        std::fs::write(files.path("export.xml"), EXPORT).unwrap();
        let whole = import(&app, &files.path("export.xml"), None, None).await;
        assert_eq!(
            (whole.report.counts.unchanged, whole.report.counts.stories, whole.report.counts.drafts),
            (2, 1, 2),
            "{}",
            whole.report
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_too_large_for_one_story_is_kept_in_parts() {
    onrecord_base::testing::on_sqlite(&[], |app| async move {
        let dense = "<b>w</b>y".repeat(100_000);
        let body = format!("<p>first</p><p>{dense}</p><!-- wp:x --><ul><li>{dense}</li></ul><p>last</p>");
        let files = Files::new(&EXPORT.replace("The same address again.", &body));
        let outcome = import(&app, &files.path("export.xml"), None, None).await;
        assert_eq!(outcome.report.counts.stories, 2 + 2, "{}", outcome.report);
        let drafts = all_drafts(&app).await;
        let text: String = drafts.iter().map(|draft| draft.content.body.plain_text()).collect();
        assert!(text.contains("first") && text.contains("last"));
        assert_eq!(text.matches("wy").count(), 200_000, "nothing is lost");
        let again = import(&app, &files.path("export.xml"), None, None).await;
        assert_eq!((again.report.counts.stories, again.report.counts.unchanged), (0, 5));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_article_becomes_a_story() {
    both(&[], |app| async move {
        let pasted = TextImport {
            text: "A Harbour Divided\n\n“We are not enemies.”\n\nThey met.\n\nLoad Comments".into(),
            ..TextImport::default()
        };
        let outcome = text(&app, pasted.clone()).await.unwrap();
        assert_eq!((outcome.path.as_deref(), outcome.unchanged), (Some("/news/a-harbour-divided"), false));
        assert!(at(&app, "/news/a-harbour-divided").await.is_some());
        let again = text(&app, pasted.clone()).await.unwrap();
        assert!(again.unchanged && again.story == outcome.story && again.path == outcome.path);
        let draft = text(
            &app,
            TextImport {
                draft: true,
                headline: Some("Other".into()),
                text: "x y z.".into(),
                section: Some("Sea".into()),
            },
        )
        .await
        .unwrap();
        assert_eq!(draft.path, None);
        assert_eq!(all_drafts(&app).await.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_sample_becomes_a_site() {
    let Some(folder) = super::samples("imports/wxr") else { return };
    let mut files = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "xml") {
                files.push(path);
            }
        }
    }
    files.sort();
    onrecord_base::testing::on_sqlite(&[], move |app| {
        let files = files.clone();
        async move {
            for file in files {
                let before = all_drafts(&app).await.len();
                let outcome = import(&app, &file, None, None).await;
                let bytes = std::fs::read(&file).unwrap();
                let text = String::from_utf8_lossy(&bytes);
                // Counted in the text of the file, apart from the reader.
                let posts = text
                    .split("<item>")
                    .skip(1)
                    .filter(|item| {
                        let kind =
                            item.split_once("<wp:post_type>").map(|(_, rest)| rest.trim_start_matches("<![CDATA["));
                        let trash = item.contains("<wp:status>trash") || item.contains("<wp:status><![CDATA[trash");
                        let complete = item.contains("</item>");
                        let post = kind.map_or(!item.contains("<wp:attachment_url>"), |kind| {
                            kind.starts_with("post") || kind.starts_with("page")
                        });
                        complete && post && !trash
                    })
                    .count();
                let after = all_drafts(&app).await.len();
                let counts = outcome.report.counts.clone();
                let known = counts.unchanged + counts.left_alone;
                assert_eq!((after - before) as u64 + known, posts as u64, "{}: {}", file.display(), outcome.report);
                assert_eq!(counts.stories + counts.pages + counts.drafts, (after - before) as u64);
                let lists = app.db.read(|conn| cards::cards(conn, &Filter::default(), None, 1)).await;
                assert!(lists.is_ok());
            }
        }
    })
    .await;
}
