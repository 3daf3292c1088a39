use std::sync::Arc;

use onrecord_base::{
    messages::Messages,
    views::{View, Views},
    web::{Chrome, ErrorPage, chrome::Flash},
};

use super::ALL;
use crate::{Role, nav, web};

fn chrome() -> Chrome {
    Chrome {
        lang: "en".into(),
        site: "The \"<Salt>\" Harbour".into(),
        person: "Ana \"<Ruiz>\"".into(),
        nav: nav::items(Role::Owner, "/desk/staff"),
        flash: Some(Flash { kind: "error", key: "accounts-last-owner".into() }),
    }
}

/// Renders every sample, and looks for what must never stand on a page.
fn check<V: View>() {
    let views = Views::new(ALL, Arc::new(Messages::built_in())).unwrap();
    for (at, sample) in V::samples().into_iter().enumerate() {
        let html = views.render(&sample, &chrome()).unwrap();
        assert!(html.contains("</html>"), "{html}");
        for wrong in [" style=", " onclick=", "<script>", "\"<Ruiz>", "<Salt>", "accounts-", "base-", "secret"] {
            assert!(!html.contains(wrong), "{} shows {wrong}:\n{html}", V::TEMPLATE);
        }
        // `ONRECORD_PAGES=FOLDER` keeps the pages, to be looked at in a browser.
        if let Ok(folder) = std::env::var("ONRECORD_PAGES") {
            let name = format!("{}-{at}.html", V::TEMPLATE.replace(['/', '.'], "-"));
            std::fs::write(std::path::Path::new(&folder).join(name), &html).unwrap();
        }
        let (open, closed) = (html.matches("<form").count(), html.matches("</form>").count());
        assert_eq!(open, closed, "{}", V::TEMPLATE);
    }
}

#[test]
fn every_page_renders_with_every_sample() {
    check::<ErrorPage>();
    check::<web::SignIn>();
    check::<web::Recovery>();
    check::<web::NewPassword>();
    check::<web::UsedLink>();
    check::<web::Accept>();
    check::<web::StaffPage>();
    check::<web::Account>();
    check::<web::SettingsPage>();
}

#[test]
fn every_text_a_page_or_a_rule_names_exists() {
    let messages = Messages::built_in();
    let sources = [
        include_str!("../staff.rs"),
        include_str!("../password.rs"),
        include_str!("../settings.rs"),
        include_str!("../nav.rs"),
        include_str!("../store/staff.rs"),
        include_str!("../web/account.rs"),
        include_str!("../web/staff.rs"),
        include_str!("../web/settings.rs"),
    ];
    let templates = ALL.iter().copied().flatten().map(|(_, text)| *text);
    for text in sources.into_iter().chain(templates) {
        for quoted in text.split('"') {
            let key = (quoted.starts_with("accounts-") || quoted.starts_with("base-"))
                && quoted.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                && !quoted.ends_with('-');
            assert!(!key || messages.has("en", quoted), "no text for {quoted}");
        }
    }
    for role in Role::ALL {
        assert!(messages.has("en", &format!("accounts-role-{role}")));
    }
}
