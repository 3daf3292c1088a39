use http::StatusCode;
use onrecord_base::testing::both;

use super::{ALL, PASSWORD, ana, browser, sign_in};
use crate::operator;

#[tokio::test]
async fn the_operator_lets_ana_in_again() {
    both(ALL, async |app| {
        ana(&app).await;
        let (mut old, _) = sign_in(&app, PASSWORD).await;
        let first = operator::reset(&app, "ana.ruiz@example.org").await.unwrap();
        let link = operator::reset(&app, "ana.ruiz@example.org").await.unwrap();
        let path = |link: &str| link.strip_prefix("http://localhost:8080").unwrap().to_owned();
        let mut browser = browser(&app);
        assert_eq!(browser.get(&path(&first)).await.status, StatusCode::NOT_FOUND, "the newer one counts");
        assert!(browser.get(&path(&link)).await.body.contains("Ana.Ruiz@example.org"));
        let short = browser.post(&path(&link), &[("password", "short")]).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(short.body.contains("at least 12"));
        let chosen = browser.post(&path(&link), &[("password", "another four words here")]).await;
        assert_eq!(chosen.location, "/desk");
        assert_eq!(browser.get("/desk/account").await.status, StatusCode::OK, "signed in right away");
        assert_eq!(old.get("/desk/account").await.status, StatusCode::SEE_OTHER, "the old session ended");
        let again = browser.post(&path(&link), &[("password", "yet another four words")]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND, "used");
        assert_eq!(sign_in(&app, "another four words here").await.1.location, "/desk");
    })
    .await;
}

#[tokio::test]
async fn a_link_runs_out_after_an_hour() {
    both(ALL, async |app| {
        ana(&app).await;
        let link = operator::reset(&app, "ana.ruiz@example.org").await.unwrap();
        let path = link.strip_prefix("http://localhost:8080").unwrap();
        app.clock.advance(3_600_000 - 1);
        assert_eq!(browser(&app).get(path).await.status, StatusCode::OK);
        app.clock.advance(1);
        assert_eq!(browser(&app).get(path).await.status, StatusCode::NOT_FOUND);
        assert!(operator::reset(&app, "nobody@example.org").await.is_err(), "the operator may know");
    })
    .await;
}

#[tokio::test]
async fn without_a_relay_the_page_says_what_to_do() {
    both(ALL, async |app| {
        let page = browser(&app).get("/desk/recovery").await;
        assert!(page.body.contains("no mail relay") && page.body.contains("staff reset"), "{}", page.body);
        assert!(!page.body.contains("<form"));
        let sent = browser(&app).post("/desk/recovery", &[("email", "ana.ruiz@example.org")]).await;
        assert!(sent.body.contains("no mail relay"), "and nothing waits to be sent");
    })
    .await;
}
