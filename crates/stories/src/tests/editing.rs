use http::StatusCode;
use onrecord_accounts::Role;
use onrecord_base::testing::both;
use serde_json::json;

use super::{ALL, begin, browser_of, put, put_raw};
use crate::{LARGEST_BODY, store::drafts, testing::read};

#[tokio::test]
async fn ana_writes_and_the_editor_saves_by_itself() {
    both(ALL, |app| async move {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Reporter).await;
        let id = begin(&mut ana, "/desk/stories").await;
        let page = ana.get(&format!("/desk/stories/{id}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("data-version=\"1\"") && page.body.contains("editor.js"), "{}", page.body);
        assert!(page.body.contains("value=\"Ana Ruiz\""), "the byline is hers");
        assert!(!page.body.contains("/publication"), "a reporter does not publish");

        let fields = json!({ "headline": "Harbour <wall>", "tags": "Harbour, Town", "bylines": ["Ana Ruiz", "AFP"] });
        let (status, answer) = put(&mut ana, &id, 1, fields, "The wall gave way.").await;
        assert_eq!((status, answer["version"].as_i64()), (StatusCode::OK, Some(2)));
        assert_eq!(answer["saved_at"], "2026-11-22T10:00:00Z");
        let story = id.clone();
        let draft = read(&app, move |conn| drafts::get(conn, &story)).await;
        assert_eq!(draft.content.tags, ["Harbour", "Town"]);
        assert_eq!(draft.content.bylines.len(), 2);
        assert_eq!(draft.content.body.plain_text().trim(), "The wall gave way.");
        let page = ana.get(&format!("/desk/stories/{id}")).await;
        assert!(page.body.contains("Harbour &lt;wall&gt;") && !page.body.contains("Harbour <wall>"));
        assert!(ana.get("/desk/stories").await.body.contains("Harbour &lt;wall&gt;"));
    })
    .await;
}

#[tokio::test]
async fn a_stale_save_gets_both_versions_with_and_without_script() {
    both(ALL, |app| async move {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Editor).await;
        let mut tomas = browser_of(&app, "Tomas Lind", Role::Editor).await;
        let id = begin(&mut ana, "/desk/stories").await;
        put(&mut tomas, &id, 1, json!({ "headline": "Tomas was faster" }), "His text.").await;
        let (status, answer) = put(&mut ana, &id, 1, json!({ "headline": "Ana was slower" }), "Her text.").await;
        assert_eq!((status, answer["version"].as_i64()), (StatusCode::CONFLICT, Some(2)));
        let theirs = &answer["theirs"];
        assert_eq!((&theirs["fields"]["headline"], &theirs["by"]), (&json!("Tomas was faster"), &json!("Tomas Lind")));
        assert!(theirs["body"].to_string().contains("His text."));

        let path = format!("/desk/stories/{id}");
        let form = [
            ("base_version", "1"),
            ("headline", "Ana was slower"),
            ("body_format", "markdown"),
            ("body", "Her text.\r\n\r\n## And more"),
        ];
        let page = ana.post(&path, &form).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        for text in
            ["Tomas Lind", "<del>Tomas</del>", "<ins>Ana</ins>", "Her text.", "name=\"base_version\" value=\"2\""]
        {
            assert!(page.body.contains(text), "{text} is missing in {}", page.body);
        }
        // Nothing was written, and keeping hers is one more save over the version she has seen.
        let form =
            [("base_version", "2"), ("headline", "Ana was slower"), ("body_format", "markdown"), ("body", "Her text.")];
        assert_eq!(ana.post(&path, &form).await.status, StatusCode::SEE_OTHER);
        let story = id.clone();
        let draft = read(&app, move |conn| drafts::get(conn, &story)).await;
        assert_eq!((draft.version, draft.content.headline.as_str()), (3, "Ana was slower"));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_a_sentence_and_changes_nothing() {
    both(ALL, |app| async move {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Editor).await;
        let id = begin(&mut ana, "/desk/stories").await;
        put(&mut ana, &id, 1, json!({ "headline": "Wall" }), "Text.").await;
        for garbled in [&b""[..], b"{", b"[]", b"{\"base_version\":2}", b"{\"base_version\":2,\"body\":\"\xff\"}"] {
            let (status, answer) = put_raw(&mut ana, &id, garbled.to_vec()).await;
            assert_eq!(status, StatusCode::BAD_REQUEST);
            assert!(answer["error"].as_str().is_some_and(|text| text.ends_with('.')), "{answer}");
        }
        let (status, answer) = put(&mut ana, &id, 2, json!({ "published_at": "soon", "headline": "x" }), "Text.").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer["errors"]["published_at"].is_string(), "{answer}");
        let path = format!("/desk/stories/{id}");
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        let raw = b"base_version=2&headline=%ff".to_vec();
        let answer = ana.send(http::Method::POST, &path, raw.into(), &headers).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        for broken in ["{\"type\":\"doc\"", "The words", ""] {
            for place in [path.clone(), format!("{path}/publication")] {
                let form = [("base_version", "2"), ("headline", "Wall"), ("body", broken)];
                assert_eq!(ana.post(&place, &form).await.status, StatusCode::BAD_REQUEST, "{broken}");
            }
        }
        let form = [("base_version", "2"), ("headline", "Kept on the page"), ("canonical", "javascript:alert(1)")];
        let again = ana.post(&path, &form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("Kept on the page") && again.body.contains("canonical-error"));
        let story = id.clone();
        let draft = read(&app, move |conn| drafts::get(conn, &story)).await;
        assert_eq!((draft.version, draft.content.headline.as_str()), (2, "Wall"));
    })
    .await;
}

#[tokio::test]
async fn five_megabytes_are_saved_and_what_is_beyond_the_limit_is_refused() {
    both(ALL, |app| async move {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Editor).await;
        let id = begin(&mut ana, "/desk/stories").await;
        let words = "harbour ".repeat(5_000_000 / 8);
        let (status, answer) = put(&mut ana, &id, 1, json!({}), &words).await;
        assert_eq!((status, answer["version"].as_i64()), (StatusCode::OK, Some(2)));
        for bytes in [LARGEST_BODY + 100_000, LARGEST_BODY * 3] {
            let (status, _) = put(&mut ana, &id, 2, json!({}), &"x".repeat(bytes)).await;
            assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{bytes}");
        }
        let story = id.clone();
        assert_eq!(read(&app, move |conn| drafts::get(conn, &story)).await.version, 2);
    })
    .await;
}

#[tokio::test]
async fn text_typed_without_script_is_markdown_and_untouched_text_stays() {
    both(ALL, |app| async move {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Editor).await;
        let id = begin(&mut ana, "/desk/stories").await;
        let path = format!("/desk/stories/{id}");
        let form = [("base_version", "1"), ("body_format", "markdown"), ("body", "One.\r\n\r\n## Two\r\n\r\n> Three.")];
        let saved = ana.post(&path, &form).await;
        assert_eq!(saved.location, format!("{path}?plain=1"));
        let page = ana.get(&saved.location).await;
        assert!(page.body.contains("## Two") && !page.body.contains("editor.js"), "{}", page.body);
        let story = id.clone();
        let draft = read(&app, move |conn| drafts::get(conn, &story)).await;
        assert_eq!(draft.content.body.first_heading().as_deref(), Some("Two"));
        // Sent again as it came: no new version.
        let text = onrecord_prose::to_markdown(&draft.content.body).replace('\n', "\r\n");
        let form = [("base_version", "2"), ("body_format", "markdown"), ("body", text.as_str())];
        ana.post(&path, &form).await;
        let story = id.clone();
        assert_eq!(read(&app, move |conn| drafts::get(conn, &story)).await.version, 2);
    })
    .await;
}

#[tokio::test]
async fn older_versions_are_shown_compared_and_brought_back() {
    both(ALL, |app| async move {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Editor).await;
        let id = begin(&mut ana, "/desk/stories").await;
        put(&mut ana, &id, 1, json!({ "headline": "The wall stands" }), "First text.").await;
        app.clock.advance(3_600_000);
        put(&mut ana, &id, 2, json!({ "headline": "The wall falls" }), "Second text.").await;
        let list = ana.get(&format!("/desk/stories/{id}/revisions")).await;
        assert!(list.body.contains("Version 3") && list.body.contains("Version 2"), "{}", list.body);
        let page = ana.get(&format!("/desk/stories/{id}/revisions/3")).await;
        assert!(page.body.contains("<del>stands</del>") && page.body.contains("<ins>falls</ins>"), "{}", page.body);
        let restored = ana.post(&format!("/desk/stories/{id}/revisions/2"), &[("base_version", "3")]).await;
        assert_eq!(restored.location, format!("/desk/stories/{id}"));
        let story = id.clone();
        let draft = read(&app, move |conn| drafts::get(conn, &story)).await;
        assert_eq!((draft.version, draft.content.headline.as_str()), (4, "The wall stands"));
        assert_eq!(ana.get(&format!("/desk/stories/{id}/revisions/99")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
