use http::StatusCode;
use onrecord_base::testing::both;

use super::{ALL, PASSWORD, ana, browser_of, sign_in};
use crate::{Role, operator};

#[tokio::test]
async fn ana_changes_her_password_and_is_alone_again() {
    both(ALL, async |app| {
        ana(&app).await;
        let (mut here, _) = sign_in(&app, PASSWORD).await;
        let (mut elsewhere, _) = sign_in(&app, PASSWORD).await;
        let link = operator::reset(&app, "ana.ruiz@example.org").await.unwrap();
        let wrong = here.post("/desk/account/password", &[("current", "no"), ("password", "short")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("not your present password") && wrong.body.contains("at least 12"));
        let form = [("current", PASSWORD), ("password", "another four words here")];
        assert_eq!(here.post("/desk/account/password", &form).await.location, "/desk/account");
        assert!(here.get("/desk/account").await.body.contains("Your password is changed"));
        assert_eq!(elsewhere.get("/desk/account").await.status, StatusCode::SEE_OTHER);
        let path = link.strip_prefix("http://localhost:8080").unwrap();
        assert_eq!(elsewhere.get(path).await.status, StatusCode::NOT_FOUND, "open links are void");
        assert_eq!(sign_in(&app, PASSWORD).await.1.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(sign_in(&app, "another four words here").await.1.location, "/desk");
    })
    .await;
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    both(ALL, async |app| {
        ana(&app).await;
        let (mut here, _) = sign_in(&app, PASSWORD).await;
        let (mut there, _) = sign_in(&app, PASSWORD).await;
        let mut tomas = browser_of(&app, "Tomas Lind", Role::Owner).await;
        let page = here.get("/desk/account").await.body;
        assert_eq!(page.matches("Firefox, Linux").count(), 2, "{page}");
        let (_, rest) = page.split_once("/desk/account/sessions/").unwrap();
        let end = format!("/desk/account/sessions/{}", rest.split('"').next().unwrap());
        assert_eq!(tomas.post(&end, &[]).await.status, StatusCode::NOT_FOUND, "not his to end");
        assert_eq!(here.post(&end, &[]).await.location, "/desk/account");
        assert_eq!(there.get("/desk/account").await.status, StatusCode::SEE_OTHER);
        let (mut third, _) = sign_in(&app, PASSWORD).await;
        here.post("/desk/account/sessions/others/end", &[]).await;
        assert_eq!(third.get("/desk/account").await.status, StatusCode::SEE_OTHER);
        assert_eq!(here.get("/desk/account").await.body.matches("Firefox, Linux").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_name_is_changed_or_comes_back_with_a_word() {
    both(ALL, async |app| {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Moderator).await;
        assert_eq!(ana.get("/desk").await.location, "/desk/comments");
        let wrong = ana.post("/desk/account/name", &[("name", " ")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("Write a name."));
        ana.post("/desk/account/name", &[("name", "Ana <Ruiz> \u{202e}")]).await;
        let page = ana.get("/desk/account").await;
        assert!(page.body.contains("Ana &lt;Ruiz&gt;") && page.body.contains("Your name is saved."), "{}", page.body);
        assert!(!ana.get("/desk/account").await.body.contains("Your name is saved."), "said once");
        assert_eq!(ana.post("/desk/account/name", &[]).await.status, StatusCode::BAD_REQUEST);
    })
    .await;
}
