use http::StatusCode;
use onrecord_base::{changes, testing::both};

use super::{ALL, browser_of};
use crate::Role;

fn form<'a>(change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("name", "The Salt Harbour"),
        ("tagline", ""),
        ("logo", ""),
        ("tip_phone", ""),
        ("time_zone", "Europe/Madrid"),
        ("languages", "en, es"),
        ("url_pattern", "/{section}/{slug}"),
        ("base_url", "http://localhost:8080"),
        ("trusted_proxies", ""),
        ("smtp_host", ""),
        ("smtp_port", "587"),
        ("smtp_security", "starttls"),
        ("smtp_user", ""),
        ("smtp_password", ""),
        ("smtp_from", ""),
    ];
    for (name, value) in change {
        if let Some(field) = form.iter_mut().find(|(known, _)| known == name) {
            field.1 = value;
        }
    }
    form
}

#[tokio::test]
async fn settings_are_saved_and_readers_pages_hear_of_it() {
    both(ALL, async |app| {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Owner).await;
        let saved = ana.post("/desk/settings", &form(&[("tip_phone", "+34 600 000 000")])).await;
        assert_eq!(saved.location, "/desk/settings", "{}", saved.body);
        let page = ana.get("/desk/settings").await;
        assert!(page.body.contains("The settings are saved.") && page.body.contains("The Salt Harbour"));
        assert!(page.body.contains(r#"value="+34 600 000 000""#), "{}", page.body);
        assert!(page.body.contains("http://localhost:8080/town/harbour-wall"));
        assert!(page.body.contains(r#"<option value="Europe/Madrid">"#), "the list of time zones");
        app.reload_settings().await.unwrap();
        assert_eq!(app.settings().time_zone, "Europe/Madrid");
        let log = app.db.read(|conn| changes::since(conn, 0)).await.unwrap();
        assert_eq!(log.iter().filter(|change| change.kind == "settings").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_form_comes_back_filled_in() {
    both(ALL, async |app| {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Publisher).await;
        let wrong = form(&[("tip_phone", "call \"us\""), ("url_pattern", "/desk/{slug}"), ("name", "Changed")]);
        let page = ana.post("/desk/settings", &wrong).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains(r#"value="call &quot;us&quot;""#), "{}", page.body);
        assert!(page.body.contains(r#"id="tip_phone-error""#) && page.body.contains("Addresses under /desk"));
        assert!(page.body.contains("2 fields need another look"));
        assert_eq!(app.settings().name, "Onrecord", "nothing is saved");
    })
    .await;
}

#[tokio::test]
async fn the_mail_password_never_comes_back() {
    both(ALL, async |app| {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Owner).await;
        let smtp = [
            ("smtp_host", "mail.example.org"),
            ("smtp_user", "desk"),
            ("smtp_password", "hunter2hunter2"),
            ("smtp_from", "desk@example.org"),
        ];
        ana.post("/desk/settings", &form(&smtp)).await;
        let page = ana.get("/desk/settings").await;
        assert!(page.body.contains("mail.example.org") && !page.body.contains("hunter2"));
        let kept = [("smtp_password", ""), ("tip_phone", "oops")];
        let again = ana.post("/desk/settings", &form(&[&smtp[..], &kept[..]].concat())).await;
        assert!(!again.body.contains("hunter2"));
        ana.post("/desk/settings", &form(&[&smtp[..], &kept[..1]].concat())).await;
        assert_eq!(app.settings().smtp.as_ref().unwrap().password, "hunter2hunter2", "an empty field keeps it");
    })
    .await;
}

#[tokio::test]
async fn going_over_to_https_keeps_ana_signed_in_with_a_new_secret() {
    both(ALL, async |app| {
        let mut ana = browser_of(&app, "Ana Ruiz", Role::Owner).await;
        let mut thief = ana.clone();
        let saved = ana.post("/desk/settings", &form(&[("base_url", "https://news.example")])).await;
        let cookie =
            saved.set_cookies.iter().find(|c| c.starts_with("__Host-onrecord_session=")).expect("a new cookie");
        assert!(cookie.ends_with("; Secure"));
        assert_eq!(ana.get("/desk/settings").await.status, StatusCode::OK);
        assert_eq!(thief.get("/desk/settings").await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn settings_are_for_those_who_run_the_house() {
    both(ALL, async |app| {
        let mut tomas = browser_of(&app, "Tomas Lind", Role::Editor).await;
        assert_eq!(tomas.get("/desk/settings").await.status, StatusCode::FORBIDDEN);
        assert_eq!(tomas.post("/desk/settings", &form(&[])).await.status, StatusCode::FORBIDDEN);
        assert_eq!(tomas.post("/desk/settings/test-mail", &[]).await.status, StatusCode::FORBIDDEN);
        assert!(!tomas.get("/desk/account").await.body.contains("/desk/settings"), "nor in the navigation");
    })
    .await;
}
