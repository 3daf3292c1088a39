//! Sources at the desk: attached, kept while something rests on them, and the confidential ones.

use http::StatusCode;
use onrecord_accounts::Role;
use onrecord_base::{App, testing::both};
use onrecord_stories::testing as newsroom;

use super::{
    browsing::{ALL, browser, publish, quoted},
    save,
    taking::send,
};
use crate::{
    Quotation, capture,
    store::{quotations, sources},
};

async fn record(app: &App, id: &str) -> Quotation {
    let id = id.to_owned();
    app.db.read(move |conn| quotations::find(conn, &id)).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_source_is_brought_for_a_quotation_and_says_how_it_stands() {
    both(ALL, |app| async move {
        let mut mirela = browser(&app, "Mirela Osei", Role::Editor).await;
        let (story, quotation) = quoted(&app, "ana").await;
        let asked = format!("/desk/sources/new?kind=notes&quotation={}&story={story}", quotation.id);
        let form = mirela.get(&asked).await.body;
        assert!(form.contains("For: “We will not close the bridge"), "{form}");
        let texts = [
            ("kind", "notes"),
            ("quotation", quotation.id.as_str()),
            ("story", story.as_str()),
            ("text", "Q: When? A: We will not close the bridge before the autumn, I said."),
        ];
        let kept = send(&mut mirela, false, &texts, &[]).await;
        assert_eq!(kept.location, format!("/desk/stories/{story}/record"), "{}", kept.body);
        let source = record(&app, &quotation.id).await.source.unwrap();
        let place = format!("/desk/sources/{source}");
        let page = mirela.get(&place).await.body;
        assert!(
            page.contains("Not what the source says")
                && page.contains("We will not close the bridge before the summer"),
            "{page}"
        );
        assert!(page.contains(&format!("/desk/stories/{story}/record")), "{page}");

        let refused = mirela.post(&format!("{place}/removal"), &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("It cannot be removed.") && refused.body.contains("We will not close"));
        let rests = record(&app, &quotation.id).await;
        save(&app, Quotation { source: None, ..rests }).await;
        let sha256 = {
            let source = source.clone();
            app.db.read(move |conn| sources::find(conn, &source)).await.unwrap().unwrap().sha256
        };
        assert!(capture::path(&app.data, &sha256).exists());
        assert_eq!(mirela.post(&format!("{place}/removal"), &[]).await.location, "/desk/sources");
        assert!(!capture::path(&app.data, &sha256).exists());
        assert_eq!(mirela.get(&place).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn nobody_hangs_a_source_on_a_quotation_of_somebody_else_s_draft() {
    both(ALL, |app| async move {
        let mut ana = browser(&app, "Ana Ruiz", Role::Reporter).await;
        let (_, quotation) = quoted(&app, "somebody else").await;
        for id in [quotation.id.as_str(), "no-such-quotation"] {
            let texts = [("kind", "notes"), ("text", "Words."), ("quotation", id)];
            let refused = send(&mut ana, false, &texts, &[]).await;
            assert_eq!(refused.status, StatusCode::NOT_FOUND, "{id}");
        }
        assert_eq!(record(&app, &quotation.id).await.source, None);
        assert!(ana.get("/desk/sources").await.body.contains("No sources yet"), "and nothing was kept");
        let form = ana.get(&format!("/desk/sources/new?quotation={}", quotation.id)).await.body;
        assert!(!form.contains("We will not close"), "{form}");
    })
    .await;
}

#[tokio::test]
async fn a_confidential_source_is_for_its_bringer_and_for_editors() {
    both(ALL, |app| async move {
        let mut ana = browser(&app, "Ana Ruiz", Role::Reporter).await;
        let mut cem = browser(&app, "Cem Ak", Role::Reporter).await;
        let mut mirela = browser(&app, "Mirela Osei", Role::Editor).await;
        let texts = [("kind", "notes"), ("text", "Met the clerk."), ("title", "Clerk, 3 May"), ("confidential", "on")];
        let place = send(&mut ana, false, &texts, &[]).await.location;
        for sees in [&mut ana, &mut mirela] {
            let page = sees.get(&place).await.body;
            assert!(page.contains("Marked confidential on 22 November 2026, 10:00 by Ana Ruiz."), "{page}");
            assert!(sees.get("/desk/sources?q=clerk").await.body.contains("Clerk, 3 May"));
        }
        for path in ["", "/file", "/text", "/warc", "/recording"] {
            assert_eq!(cem.get(&format!("{place}{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in ["", "/removal", "/confidence", "/confidence/removal"] {
            let answer = cem.post(&format!("{place}{path}"), &[("title", "x")]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert!(!cem.get("/desk/sources?q=clerk").await.body.contains("3 May"));
        let accept = [("accept", "application/json")];
        let listed = cem.send(http::Method::GET, "/desk/sources", "".into(), &accept).await.body;
        assert_eq!(listed, "[]");

        mirela.post(&format!("{place}/confidence/removal"), &[]).await;
        let page = cem.get(&place).await.body;
        assert!(page.contains("Not confidential") && !page.contains("/removal\""), "seen, not changed: {page}");
        assert_eq!(cem.post(&place, &[("title", "Mine")]).await.status, StatusCode::FORBIDDEN);
        mirela.post(&format!("{place}/confidence"), &[]).await;
        assert!(ana.get(&place).await.body.contains("by Mirela Osei."), "who marked it last is named");
        let changed = ana.post(&place, &[("title", "  Clerk  "), ("notes", "two\nlines")]).await;
        assert_eq!(changed.status, StatusCode::SEE_OTHER);
        assert!(ana.post(&place, &[("title", ""), ("notes", "kept")]).await.body.contains("A source needs a title."));
        let mut bo = browser(&app, "Bo Lind", Role::Moderator).await;
        assert_eq!(bo.get("/desk/sources").await.status, StatusCode::FORBIDDEN);
        assert_eq!(bo.get(&place).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn a_mark_of_confidence_reaches_every_page_that_readers_have() {
    both(ALL, |app| async move {
        let mut mirela = browser(&app, "Mirela Osei", Role::Editor).await;
        let (story, quotation) = quoted(&app, "ana").await;
        let texts = [
            ("kind", "post"),
            ("text", "We will not close the bridge before the summer,"),
            ("url", "https://example.org/post/1"),
            ("quotation", quotation.id.as_str()),
        ];
        let place = send(&mut mirela, false, &texts, &[]).await.location;
        publish(&app, &story, &record(&app, &quotation.id).await).await;
        let before = app.db.read(onrecord_base::changes::last).await.unwrap();
        mirela.post(&format!("{place}/confidence"), &[]).await;
        let logged = newsroom::log_since(&app, before).await;
        assert!(logged.contains(&("quotation".into(), quotation.id.clone())), "{logged:?}");
        let bad = [("kind", "post"), ("text", "Words."), ("url", "javascript:alert(1)")];
        assert!(send(&mut mirela, false, &bad, &[]).await.body.contains("begins with https"));
    })
    .await;
}

#[tokio::test]
async fn the_editor_s_script_brings_and_lists_sources() {
    both(ALL, |app| async move {
        let mut ana = browser(&app, "Ana Ruiz", Role::Reporter).await;
        let kept = send(&mut ana, true, &[("kind", "notes"), ("text", "She said no."), ("title", "3 May")], &[]).await;
        assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.body);
        let source: serde_json::Value = serde_json::from_str(&kept.body).unwrap();
        assert_eq!(
            (&source["kind"], &source["title"], &source["captured_by"], &source["confidential"]),
            (&"notes".into(), &"3 May".into(), &"Ana Ruiz".into(), &false.into())
        );
        assert_eq!(source["captured_at"], "2026-11-22T10:00:00Z");
        assert_eq!(kept.location, format!("/desk/sources/{}", source["id"].as_str().unwrap()));
        let accept = [("accept", "application/json")];
        let listed = ana.send(http::Method::GET, "/desk/sources?q=may", "".into(), &accept).await.body;
        assert_eq!(serde_json::from_str::<serde_json::Value>(&listed).unwrap(), serde_json::json!([source]));
    })
    .await;
}
