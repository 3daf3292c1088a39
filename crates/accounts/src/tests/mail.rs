//! Mail to a real SMTP server.

use http::StatusCode;
use onrecord_base::{
    jobs::{self, Registry},
    testing::{Relay, both},
};

use super::{ALL, PASSWORD, ana, browser, browser_of, sign_in};
use crate::Role;

#[tokio::test]
async fn a_forgotten_password_is_mailed_for_and_strangers_learn_nothing() {
    both(ALL, async |app| {
        let Some(mut relay) = Relay::start(&app).await else { return };
        let mut registry = Registry::default();
        crate::jobs(&mut registry);
        ana(&app).await;
        let mut pages = Vec::new();
        for email in ["nobody@example.org", "ana.ruiz@example.org"] {
            let answer = browser(&app).post("/desk/recovery", &[("email", email)]).await;
            assert_eq!(answer.status, StatusCode::OK);
            pages.push(answer.body.replace(email, ""));
            jobs::drain(&app, &registry).await.expect("the jobs run");
        }
        assert_eq!(pages[0], pages[1]);
        let mail = relay.mail().await;
        assert_eq!(mail["to"][0], "Ana.Ruiz@example.org", "the first mail is hers: the stranger got none");
        assert_eq!(mail["subject"], "A new password for Süd, “Bote”");
        assert_eq!(mail["from"], "desk@news.example");
        assert_eq!(mail["sender"], "\"Süd, “Bote”\" <desk@news.example>");
        assert_eq!(mail["auto"], "auto-generated");
        assert_eq!(mail["type"], "text/plain");
        assert_eq!(mail["hello"], "news.example", "our machine's name stays ours");
        assert_eq!(mail["date"], "Sun, 22 Nov 2026 10:00:00 +0000");
        assert!(mail["id"].as_str().unwrap().ends_with("@news.example>"), "{mail}");
        let mut browser = browser(&app);
        assert_eq!(
            browser.post(&Relay::link(&mail), &[("password", "another four words here")]).await.location,
            "/desk"
        );
        assert_eq!(sign_in(&app, PASSWORD).await.1.status, StatusCode::UNPROCESSABLE_ENTITY);
        let wrong = browser.post("/desk/recovery", &[("email", "ana@x\r\nBcc: all@example.org")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fourth = browser.post("/desk/recovery", &[("email", "ana.ruiz@example.org")]).await;
        assert_eq!(fourth.status, StatusCode::OK);
        let fifth = browser.post("/desk/recovery", &[("email", "other@example.org")]).await;
        assert_eq!(fifth.status, StatusCode::TOO_MANY_REQUESTS, "three mails a visitor, then slowly");
        jobs::drain(&app, &registry).await.expect("the jobs run");
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_mailed_or_the_desk_says_that_it_was_not() {
    both(ALL, async |app| {
        let Some(mut relay) = Relay::start(&app).await else { return };
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Owner).await;
        let form = [("email", "mirela@example.org"), ("role", "editor")];
        assert!(ana.post("/desk/staff/invitations", &form).await.body.contains("A mail with the link is on its way."));
        let mail = relay.mail().await;
        assert_eq!(mail["subject"], "Ana Ruiz asks you in at Süd, “Bote”");
        assert!(browser(&app).get(&Relay::link(&mail)).await.body.contains("mirela@example.org"));
        let form = [("email", "refused@example.org"), ("role", "editor")];
        let failed = ana.post("/desk/staff/invitations", &form).await;
        assert!(failed.body.contains("did not take the mail") && failed.body.contains("/desk/invitations/"));
    })
    .await;
}

#[tokio::test]
async fn a_test_mail_shows_what_the_relay_says() {
    both(ALL, async |app| {
        let Some(mut relay) = Relay::start(&app).await else { return };
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Owner).await;
        assert_eq!(ana.post("/desk/settings/test-mail", &[]).await.location, "/desk/settings");
        assert!(ana.get("/desk/settings").await.body.contains("The relay has taken the mail."));
        assert_eq!(relay.mail().await["to"][0], "ana.ruiz@example.org");
        let mut refused = browser_of(&app, "Refused Person", Role::Owner).await;
        let page = refused.post("/desk/settings/test-mail", &[]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains("nobody here"), "{}", page.body);
    })
    .await;
}
