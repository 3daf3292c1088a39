//! Mails by webhook.

use http::StatusCode;
use onrecord_base::{App, testing};
use ring::hmac;

use super::{
    super::{cast, cast::TEMPLATES, sealed_in_browser::run_jobs},
    cast::{door, fact, files, read, set_up},
};
use crate::Channel;

pub(super) const MAIL: &[u8] =
    b"From: =?utf-8?q?Zo=C3=AB?= <zoe@example.net>\r\nTo: tips@example.org\r\nSubject: The wall\r\n\
    Date: Sun, 22 Nov 2026 09:00:00 +0000\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
    Content-Type: text/plain; charset=iso-8859-1\r\n\r\nIt leans, caf\xe9.\r\n--b\r\n\
    Content-Type: image/jpeg; name=wall.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\nYSBwaWN0dXJl\r\n--b--\r\n";

#[tokio::test]
async fn a_mail_arrives_sealed_with_its_files_once() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        set_up(&app, "http://127.0.0.1:9", "").await;
        let door = door(&app);
        let send = async |authorization: &str| {
            door.post("/tip/mail", &[("authorization", authorization)], MAIL.to_vec()).await.status
        };
        assert_eq!(send("Bearer wrong").await, StatusCode::FORBIDDEN);
        assert_eq!(send("").await, StatusCode::FORBIDDEN);
        assert_eq!(send("Bearer mail-secret").await, StatusCode::CREATED);
        assert_eq!(send("Basic eDptYWlsLXNlY3JldA==").await, StatusCode::OK, "the same mail, by the other way");
        let all = read(&line).await;
        assert_eq!((all.len(), all[0].0.channel), (1, Channel::Mail));
        let message = &all[0].1[0];
        assert_eq!((message.text.as_str(), fact(message, "subject")), ("It leans, café.", "The wall"));
        assert_eq!(fact(message, "from"), "Zoë <zoe@example.net>");
        let kept = files(&line, &all[0].0).await;
        assert_eq!(kept[0], b"a picture");
        assert!(kept[1].starts_with(b"From: ") && kept[1].ends_with(b"\r\n\r\n"), "the head as it came");
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_mail_may_be_signed_instead() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        cast::line(&app).await;
        set_up(&app, "http://127.0.0.1:9", "").await;
        let door = door(&app);
        let at = app.now().millis() / 1000;
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"mail-secret");
        let code = hex::encode(hmac::sign(&key, &[format!("{at}.").as_bytes(), MAIL].concat()));
        let good = format!("t={at},v1={code}");
        let send = async |signature: &str, mail: &[u8]| {
            door.post("/tip/mail", &[("x-onrecord-signature", signature)], mail.to_vec()).await.status
        };
        assert_eq!(send(&good, b"Subject: other\r\n\r\nx").await, StatusCode::FORBIDDEN);
        assert_eq!(send(&good, MAIL).await, StatusCode::CREATED);
        app.clock.advance(400_000);
        assert_eq!(send(&good, MAIL).await, StatusCode::FORBIDDEN, "too old");
        app.clock.advance(-400_000);
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_mail_nobody_can_read_is_handed_on_whole() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        set_up(&app, "http://127.0.0.1:9", "").await;
        let door = door(&app);
        let deep: Vec<u8> = (0..40)
            .flat_map(|level| {
                format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n").into_bytes()
            })
            .collect();
        let sent = door.post("/tip/mail", &[("authorization", "Bearer mail-secret")], deep.clone()).await;
        assert_eq!(sent.status, StatusCode::CREATED);
        let all = read(&line).await;
        assert_eq!(all[0].1[0].parts[0].name, "message.eml");
        assert_eq!(files(&line, &all[0].0).await, [deep]);
        run_jobs(&app).await;
    })
    .await;
}
