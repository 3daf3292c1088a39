use http::{Method, StatusCode};
use onrecord_base::testing::both;

use super::{ALL, PASSWORD, ana, browser, browser_of, sign_in};
use crate::{Role, operator};

/// Milliseconds in a day.
const DAY: i64 = 86_400_000;

#[tokio::test]
async fn ana_comes_to_the_page_she_asked_for() {
    both(ALL, async |app| {
        ana(&app).await;
        let mut browser = browser(&app);
        let asked = browser.get("/desk/staff?x=1").await;
        assert_eq!(
            (asked.status, asked.location.as_str()),
            (StatusCode::SEE_OTHER, "/desk/sign-in?to=/desk/staff%3Fx%3D1")
        );
        let page = browser.get(&asked.location).await;
        assert!(page.body.contains(r#"name="to" value="/desk/staff?x=1""#), "{}", page.body);
        let form = [("email", " ANA.ruiz@example.org "), ("password", PASSWORD), ("to", "/desk/staff?x=1")];
        let answer = browser.post("/desk/sign-in", &form).await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/desk/staff?x=1"));
        assert!(answer.set_cookies[0].contains("HttpOnly; SameSite=Lax"));
        let staff = browser.get("/desk/staff").await;
        assert!(staff.body.contains("Ana Ruiz") && staff.body.contains("Ana.Ruiz@example.org"), "{}", staff.body);
        assert_eq!(browser.get("/desk/sign-in?to=/desk/account").await.location, "/desk/account", "already in");
        assert_eq!(browser.get("/desk").await.location, "/desk/stories");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_look_the_same() {
    both(ALL, async |app| {
        ana(&app).await;
        let mut stranger = browser(&app);
        let mut answers = Vec::new();
        for email in ["ana.ruiz@example.org", "nobody@example.org"] {
            let form = [("email", email), ("password", "not her password"), ("to", "https://evil.example/")];
            let answer = stranger.post("/desk/sign-in", &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(!stranger.has_session());
            answers.push(answer.body.replace(email, ""));
        }
        assert_eq!(answers[0], answers[1]);
        assert!(!answers[0].contains("not her password"), "a password is never sent back");
        let form = [("email", "ana.ruiz@example.org"), ("password", PASSWORD), ("to", "//evil.example/")];
        assert_eq!(stranger.post("/desk/sign-in", &form).await.location, "/desk", "we lead to our own pages only");
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    both(ALL, async |app| {
        ana(&app).await;
        let mut last = StatusCode::OK;
        for _ in 0..11 {
            last = sign_in(&app, "guess").await.1.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(sign_in(&app, PASSWORD).await.1.status, StatusCode::TOO_MANY_REQUESTS, "even when right");
    })
    .await;
}

#[tokio::test]
async fn another_site_cannot_sign_anybody_in_or_out() {
    both(ALL, async |app| {
        ana(&app).await;
        let (mut browser, _) = sign_in(&app, PASSWORD).await;
        for headers in [[("sec-fetch-site", "cross-site")], [("origin", "https://evil.example")]] {
            let answer = browser.send(Method::POST, "/desk/sign-out", "".into(), &headers).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
        }
        assert_eq!(browser.get("/desk/account").await.status, StatusCode::OK, "still signed in");
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_session_and_not_only_the_cookie() {
    both(ALL, async |app| {
        ana(&app).await;
        let (mut browser, _) = sign_in(&app, PASSWORD).await;
        let mut copy = browser.clone();
        let answer = browser.post("/desk/sign-out", &[]).await;
        assert_eq!(answer.location, "/desk/sign-in");
        assert!(!browser.has_session());
        assert_eq!(copy.get("/desk/account").await.status, StatusCode::SEE_OTHER, "a copied cookie opens nothing");
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_by_rest_and_by_age() {
    both(ALL, async |app| {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Editor).await;
        for _ in 0..4 {
            app.clock.advance(6 * DAY);
            assert_eq!(ana.get("/desk/account").await.status, StatusCode::OK, "used within the week");
        }
        app.clock.advance(6 * DAY);
        assert_eq!(ana.get("/desk/account").await.status, StatusCode::SEE_OTHER, "30 days old");
        let mut tomas = browser_of(&app, "Tomas Lind", Role::Editor).await;
        app.clock.advance(7 * DAY);
        assert_eq!(tomas.get("/desk/account").await.status, StatusCode::SEE_OTHER, "a week at rest");
    })
    .await;
}

#[tokio::test]
async fn a_link_signs_in_once_and_for_an_hour() {
    both(ALL, async |app| {
        let ana = ana(&app).await;
        let link = operator::one_time_sign_in(&app, &ana.id).await.unwrap();
        let mut preview = browser(&app);
        preview.send(Method::GET, &link, "".into(), &[("sec-purpose", "prefetch")]).await;
        preview.send(Method::HEAD, &link, "".into(), &[]).await;
        assert!(!preview.has_session(), "programs that look ahead do not use it up");
        let mut browser_of_ana = browser(&app);
        assert_eq!(browser_of_ana.get(&link).await.location, "/desk");
        assert_eq!(browser_of_ana.get("/desk/account").await.status, StatusCode::OK);
        assert_eq!(browser_of_ana.get(&link).await.location, "/desk", "again, but she is in already");
        assert_eq!(browser(&app).get(&link).await.status, StatusCode::NOT_FOUND, "used");
        let late = operator::one_time_sign_in(&app, &ana.id).await.unwrap();
        app.clock.advance(3_600_000);
        assert_eq!(browser(&app).get(&late).await.status, StatusCode::NOT_FOUND, "too late");
    })
    .await;
}

#[tokio::test]
async fn who_asks_for_json_is_told_in_json() {
    both(ALL, async |app| {
        let headers = [("accept", "application/json")];
        let answer = browser(&app).send(Method::GET, "/desk/account", "".into(), &headers).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(answer.body.starts_with('{'), "{}", answer.body);
        let answer = browser(&app).post("/desk/account/name", &[("name", "x")]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "a form is not lost in a redirect");
    })
    .await;
}

#[tokio::test]
async fn what_the_router_refuses_looks_like_the_desk_too() {
    both(ALL, async |app| {
        let mut browser = browser(&app);
        for (path, status) in [
            ("/desk/nothing/here", StatusCode::NOT_FOUND),
            ("/desk/sign-out", StatusCode::METHOD_NOT_ALLOWED),
            ("/desk/recovery/%ff", StatusCode::BAD_REQUEST),
        ] {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, status, "{path}");
            assert!(answer.body.contains("desk.css"), "{path}: {}", answer.body);
        }
        let bytes = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        let answer = browser.send(Method::POST, "/desk/sign-in", "email=%ff&password=x".into(), &bytes).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.body.contains("characters that are not text"), "{}", answer.body);
        let huge = "x".repeat(3_000_000);
        let answer = browser.send(Method::POST, "/desk/sign-in", huge.into(), &bytes).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.body.contains("larger than the newsroom takes"), "{}", answer.body);
    })
    .await;
}

#[tokio::test]
async fn at_another_name_of_the_machine_the_page_says_where_to_go() {
    both(ALL, async |app| {
        let settings = onrecord_base::Settings { base_url: "https://news.example".into(), ..Default::default() };
        app.save_settings(settings).await.unwrap();
        let at = async |host| browser(&app).send(Method::GET, "/desk/sign-in", "".into(), &[("host", host)]).await;
        assert!(at("10.0.0.5:8080").await.body.contains(r#"<a href="https://news.example/desk/sign-in">"#));
        assert!(!at("News.example").await.body.contains("another"));
    })
    .await;
}
