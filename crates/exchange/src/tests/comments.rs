//! Comments from elsewhere: threads, dates and writers kept; twice is once.

use std::path::{Path, PathBuf};

use onrecord_base::{App, testing};
use onrecord_comments::store::threads;
use onrecord_prose::Document;
use onrecord_stories::{
    Content, Kind,
    import::{self, Imported, Standing},
};

use crate::comments::{Format, Source, bring, export, path_of, read, settle};

const DISQUS: &str = r#"`<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><id/><link>https://old.example/2012/pier/?p=1</link><title>Pier</title><author><name>Ed</name></author><isDeleted>false</isDeleted></thread>
<thread dsq:id="2"><link>https://old.example/gone/</link><isDeleted>true</isDeleted></thread>
<post dsq:id="11"><message><![CDATA[<p>Hello &amp; <i>welcome</i>.</p>]]></message><createdAt>2012-10-10T19:20:29Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Ola</name></author><ipAddress>127.0.0.1</ipAddress><thread dsq:id="1"/></post>
<post dsq:id="12"><message>An answer</message><createdAt>2012-10-11T06:51:33Z</createdAt><isDeleted>false</isDeleted><isSpam>123</isSpam><author><name>Eve</name></author><thread dsq:id="1"/><parent dsq:id="11"/></post>
<post dsq:id="13"><message>Buy</message><createdAt>2012-10-11T06:51:33Z</createdAt><isSpam>true</isSpam><author><name>X</name></author><thread dsq:id="1"/></post>
<post dsq:id="14"><message>Lost</message><createdAt>2012-10-11T06:51:33Z</createdAt><author><name>X</name></author><thread dsq:id="2"/></post>
<post dsq:id="15"><message/><createdAt>2012-10-12T06:51:33Z</createdAt><isDeleted>true</isDeleted><author><name>Bo</name></author><thread dsq:id="1"/></post>
<post dsq:id="16"><message>To Bo</message><createdAt>2012-10-13T06:51:33Z</createdAt><author><name>Ola</name></author><thread dsq:id="1"/><parent dsq:id="15"/></post>
</disqus>"#;

const REMARK: &str = r#"{"version":1,"users":[],"posts":[]}
{"id":"a","pid":"","text":"<p>One</p>","user":{"name":"Ola","id":"u"},"locator":{"site":"s","url":"https://old.example/2012/pier/"},"score":3,"time":"2017-12-17T04:47:50Z"}
{"id":"b","pid":"a","text":"<p>Two</p>","user":{"name":"Eve","id":"v"},"locator":{"site":"s","url":"https://old.example/2012/pier/"},"score":-1,"time":"2017-12-17T04:48:50Z"}
"#;

fn file(folder: &Path, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

/// A story at the address it had elsewhere.
async fn story(app: &App, path: &str) -> String {
    let (id, now, settings) = (app.id(), app.now(), app.settings());
    let imported = Imported {
        id: id.clone(),
        kind: Kind::Story,
        content: Content {
            headline: "Pier".into(),
            language: "en".into(),
            body: Document::from_text("The pier.").document,
            ..Content::default()
        },
        tags: Vec::new(),
        created_at: now,
        changed_at: now,
        standing: Standing::Published { path: Some(path.into()), at: now },
    };
    app.db.write(move |conn| import::keep(conn, &settings, imported).map(drop)).await.unwrap();
    id
}

async fn roots(app: &App, story: &str) -> Vec<(String, usize)> {
    let story = story.to_owned();
    let sort = onrecord_comments::thread::Sort::Oldest;
    let thread = app.db.read(move |conn| threads::page(conn, &story, sort, None)).await.unwrap();
    let text = |b: &onrecord_comments::thread::Branch| b.root.shown.as_ref().map_or("-".into(), |s| s.text.clone());
    thread.branches.iter().map(|branch| (text(branch), branch.answers.len())).collect()
}

#[tokio::test]
async fn a_disqus_export_comes_to_its_stories_once() {
    testing::both(&[], async |app: App| {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "disqus.xml", DISQUS.as_bytes());
        let pier = story(&app, "/2012/pier/").await;
        let found = read(&path).unwrap();
        assert_eq!((found.source, found.comments.len(), found.left_out), (Source::Disqus, 4, 2));
        let first = bring(&app, found).await.unwrap();
        assert_eq!((first.read, first.counts.added, first.homeless), (6, 4, 0));
        let expected = [("Hello & *welcome*.".to_owned(), 1), ("-".to_owned(), 1)];
        assert_eq!(roots(&app, &pier).await, expected);
        let again = bring(&app, read(&path).unwrap()).await.unwrap();
        assert_eq!((again.counts.added, again.counts.known), (0, 4));
        assert_eq!(roots(&app, &pier).await, expected);
        // Out in the same shape, and in again elsewhere.
        let mut out = Vec::new();
        assert_eq!(export(&app, Format::Disqus, &mut out).await.unwrap(), 3);
        let own = read(&file(folder.path(), "own.xml", &out)).unwrap();
        assert_eq!((own.comments.len(), own.comments[0].text.as_str()), (3, "Hello & *welcome*."));
        assert_eq!(own.comments[1].parent, own.comments[0].key);
        let mut json = Vec::new();
        export(&app, Format::Json, &mut json).await.unwrap();
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(json.as_array().map(Vec::len), Some(4));
    })
    .await;
}

#[tokio::test]
async fn a_remark42_backup_keeps_its_threads() {
    testing::on_sqlite(&[], async |app: App| {
        let folder = tempfile::tempdir().unwrap();
        let pier = story(&app, "/2012/pier/").await;
        let path = file(folder.path(), "backup", REMARK.as_bytes());
        let outcome = bring(&app, read(&path).unwrap()).await.unwrap();
        assert_eq!(outcome.counts.added, 2);
        assert_eq!(roots(&app, &pier).await, [("One".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn an_isso_database_is_read() {
    testing::on_sqlite(&[], async |app: App| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("comments.db");
        let isso = rusqlite::Connection::open(&path).unwrap();
        isso.execute_batch(
            "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR UNIQUE, title VARCHAR);
             CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL,
                modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR,
                website VARCHAR, likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL);
             INSERT INTO threads VALUES (1, '/2012/pier/', 'Pier');
             INSERT INTO comments VALUES (1, 1, NULL, 1400000000.5, NULL, 1, '::1', 'One', 'Ola', NULL, NULL, 4, 1, x'00');
             INSERT INTO comments VALUES (1, 2, 1, 1400000001.0, NULL, 2, '::1', 'Waits', NULL, NULL, NULL, 0, 0, x'00');
             INSERT INTO comments VALUES (1, 3, 1, 1400000002.0, NULL, 1, '::1', 'Two', 'Eve', NULL, NULL, 0, 0, x'00');",
        )
        .unwrap();
        drop(isso);
        let pier = story(&app, "/2012/pier/").await;
        let found = read(&path).unwrap();
        assert_eq!((found.source, found.comments.len(), found.comments[0].respect), (Source::Isso, 3, 3));
        let outcome = bring(&app, found).await.unwrap();
        assert_eq!(outcome.counts.added, 3);
        assert_eq!(roots(&app, &pier).await, [("One".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_file_of_comments_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [
        ("a", &b"hello"[..]),
        ("b", b""),
        ("c", b"<disqus><post>"),
        ("d", b"{\"x\""),
        ("e", b"SQLite format 3\0 and nothing"),
        ("f", b"\x1f\x8b and nothing"),
        ("g", b"<!DOCTYPE x [<!ENTITY a \"b\">]><disqus/>"),
        ("h", b"[{\"comments\": [{\"id\": 0, \"text\": \"x\"}], \"id\": \"/posts/1/\"}]"),
    ] {
        assert!(read(&file(folder.path(), name, content)).is_err(), "{name}");
    }
}

const WORDPRESS: &str = r#"<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://old.example</link><wp:base_site_url>https://old.example</wp:base_site_url><wp:base_blog_url>https://old.example</wp:base_blog_url>
<item><title>Pier</title><link>https://old.example/2012/pier/</link><wp:post_id>4</wp:post_id><wp:post_date_gmt>2012-10-09 10:00:00</wp:post_date_gmt><wp:post_name>pier</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_author>Ola</wp:comment_author><wp:comment_date_gmt>2012-10-10 19:20:29</wp:comment_date_gmt><wp:comment_content>One</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>
<wp:comment><wp:comment_id>8</wp:comment_id><wp:comment_author>Eve</wp:comment_author><wp:comment_date_gmt>2012-10-10 19:21:29</wp:comment_date_gmt><wp:comment_content>Two</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>7</wp:comment_parent></wp:comment>
</item></channel></rss>"#;

#[tokio::test]
async fn comments_that_came_with_their_stories_do_not_come_again() {
    testing::both(&[], async |app: App| {
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "export.xml", WORDPRESS.as_bytes());
        let import = crate::import::WordpressImport { file: path.clone(), media: None, report: None };
        crate::import::wordpress(&app, &import, std::sync::Arc::new(|_| ())).await.unwrap();
        assert_eq!(settle(&app).await.unwrap().added, 2);
        let pier = app.db.read(|conn| crate::comments::story_at(conn, "/2012/pier/")).await.unwrap();
        let (pier, _) = pier.expect("the story is found at its old address");
        assert_eq!(roots(&app, &pier).await, [("One".to_owned(), 1)]);
        // The same export again, as stories and as comments.
        crate::import::wordpress(&app, &import, std::sync::Arc::new(|_| ())).await.unwrap();
        assert_eq!(settle(&app).await.unwrap().added, 0);
        let again = bring(&app, read(&path).unwrap()).await.unwrap();
        assert_eq!((again.counts.added, again.counts.known), (0, 2));
        assert_eq!(roots(&app, &pier).await, [("One".to_owned(), 1)]);
    })
    .await;
}

/// The files that users bring, where they are at hand.
#[tokio::test]
async fn the_files_of_other_projects_are_read_and_counted() {
    let data = std::env::var("ONRECORD_BENCH_DATA")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let folder = data.join("imports/comments");
    if !folder.is_dir() {
        eprintln!("not run: no {}", folder.display());
        return;
    }
    for (name, source, comments, left_out) in [
        ("isso/disqus.xml", Source::Disqus, 5, 1),
        ("isso/wordpress.xml", Source::Wordpress, 8, 0),
        ("remark42/disqus.xml", Source::Disqus, 3, 3),
        ("remark42/disqus-deleted-post.xml", Source::Disqus, 3, 3),
        ("remark42/disqus-deleted-thread.xml", Source::Disqus, 1, 5),
        ("remark42/wordpress.xml", Source::Wordpress, 3, 1),
        ("remark42/tree_bench.json", Source::Remark42, 58, 0),
    ] {
        let found = read(&folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!((found.source, found.comments.len(), found.left_out), (source, comments, left_out), "{name}");
        assert!(found.comments.iter().all(|c| c.at.is_some() && !c.key.is_empty()), "{name}");
        // Brought to stories at their addresses: each once, however often.
        let path = folder.join(name);
        testing::on_sqlite(&[], async |app: App| {
            let mut paths: Vec<String> =
                found.comments.iter().map(|c| path_of(&c.address)).filter(|p| p != "/").collect();
            paths.sort();
            paths.dedup();
            for path in &paths {
                story(&app, path).await;
            }
            let first = bring(&app, read(&path).unwrap()).await.unwrap();
            let [added, empty] = [first.counts.added, first.counts.empty];
            assert_eq!((added + empty + first.homeless) as usize, comments, "{name}: {first:?}");
            let front = found.comments.iter().filter(|c| path_of(&c.address) == "/").count();
            assert_eq!((first.homeless as usize, first.counts.known), (front, 0), "{name}: {first:?}");
            let again = bring(&app, read(&path).unwrap()).await.unwrap();
            assert_eq!((again.counts.added, again.counts.known), (0, added), "{name}: {again:?}");
        })
        .await;
    }
    for name in ["isso/generic.json", "remark42/commento.json", "remark42/commento-api.json"] {
        assert!(read(&folder.join(name)).is_err(), "{name} is another tool's, and says so");
    }
}
