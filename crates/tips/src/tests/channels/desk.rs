//! The settings at the desk.

use http::StatusCode;
use onrecord_base::{App, testing};

use super::{
    super::{cast, cast::TEMPLATES},
    cast::{ACCOUNT, TOKEN, door},
};
use crate::store::channels;

#[tokio::test]
async fn secrets_are_written_and_never_shown_again() {
    testing::both(TEMPLATES, async |app: App| {
        let mut line = cast::line(&app).await;
        let page = "/desk/tips/channels";
        assert_eq!(line.ben_browser.get(page).await.status, StatusCode::FORBIDDEN, "not for everybody at the desk");
        let empty = line.ana_browser.get(page).await.body;
        assert!(empty.contains("Off until a secret is made") && empty.contains("/tip/sms"), "{empty}");
        let wrong = line.ana_browser.post(&format!("{page}/phone"), &[("sms", "1"), ("account", "AC/..")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.replace("&#x2f;", "/").contains("AC/.."), "{}", wrong.body);
        assert!(wrong.body.contains("no signature can be checked"), "{}", wrong.body);
        let set = [("sms", "1"), ("account", ACCOUNT), ("token", TOKEN), ("desk", line.desk.id.as_str())];
        assert_eq!(line.ana_browser.post(&format!("{page}/phone"), &set).await.location, page);
        let shown = line.ana_browser.get(page).await.body;
        assert!(shown.contains(ACCOUNT) && !shown.contains(TOKEN) && shown.contains("Set, and not shown again"));
        line.ana_browser.post(&format!("{page}/phone"), &[("voice", "1"), ("account", ACCOUNT)]).await;
        let kept = app.db.read(channels::load).await.unwrap();
        assert_eq!((kept.phone.token.as_str(), kept.phone.sms, kept.phone.voice), (TOKEN, false, true));
        for channel in ["recordings", "mail"] {
            let made = line.ana_browser.post(&format!("{page}/{channel}/secret"), &[]).await;
            let kept = app.db.read(channels::load).await.unwrap();
            let secret = if channel == "mail" { kept.mail.secret } else { kept.recordings.secret };
            assert!(secret.len() == 64 && made.body.contains(&secret), "shown once");
            assert!(!line.ana_browser.get(page).await.body.contains(&secret));
            line.ana_browser.post(&format!("{page}/{channel}/secret/removal"), &[]).await;
        }
        let kept = app.db.read(channels::load).await.unwrap();
        assert!(kept.mail.secret.is_empty() && kept.recordings.secret.is_empty());
        line.ana_browser.post(&format!("{page}/recordings"), &[("desk", "nobody")]).await;
        assert_eq!(app.db.read(channels::load).await.unwrap().recordings.desk, "");
        assert_eq!(line.ben_browser.post(&format!("{page}/mail/secret"), &[]).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_set_up_is_not_there() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        cast::line(&app).await;
        for path in [
            "/tip/sms",
            "/tip/voice",
            "/tip/voice/end",
            "/tip/voice/recording",
            "/tip/voice/status",
            "/tip/recordings",
            "/tip/mail",
        ] {
            let got = door(&app).post(path, &[], Vec::new()).await;
            assert_eq!(got.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(got.headers["cache-control"], "no-store");
            assert!(!got.headers.contains_key("set-cookie"));
        }
    })
    .await;
}
