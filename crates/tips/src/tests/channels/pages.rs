//! What the tip page says of each way.

use onrecord_base::{App, Settings, fetch::Reach, testing};

use super::{
    super::{cast, cast::TEMPLATES, cast::Visitor},
    cast::{door, set_up},
};
use crate::{Folders, Guard, store::channels};

#[tokio::test]
async fn each_way_has_its_badge_only_while_it_is_set_up() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        cast::line(&app).await;
        let page = door(&app).get("/tip?lang=en").await.text();
        assert!(!page.contains("who sees what") && !page.contains("tip-phone-title"));
        let settings = Settings { tip_phone: "+1 555 0100".into(), ..(*app.settings()).clone() };
        app.save_settings(settings).await.unwrap();
        let page = door(&app).get("/tip?lang=en").await.text();
        assert!(page.contains("+1 555 0100") && !page.contains("who sees what"), "somebody answers it");
        set_up(&app, "http://127.0.0.1:9", "").await;
        for (language, words) in [
            (
                "en",
                ["A text message: who sees what", "A call: who sees what", "An e-mail: who sees what", "no codename"],
            ),
            ("es", ["Un SMS: quién ve qué", "Una llamada: quién ve qué", "Un correo: quién ve qué", "nombre clave"]),
            (
                "de",
                [
                    "Eine SMS: wer was sieht",
                    "Ein Anruf: wer was sieht",
                    "Eine E-Mail: wer was sieht",
                    "keinen Decknamen",
                ],
            ),
        ] {
            let page = door(&app).get(&format!("/tip?lang={language}")).await.text();
            for word in words {
                assert!(page.contains(word), "{language}: {word}");
            }
            assert!(page.contains("mailto:tips@example.org") && page.contains("tel:+15550100"), "{page}");
            for secret in ["mail-secret", "recordings-secret", super::cast::TOKEN, super::cast::ACCOUNT] {
                assert!(!page.contains(secret));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_watched_folder_is_a_way_too() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        cast::line(&app).await;
        let settings = Settings { tip_phone: "+1 555 0100".into(), ..(*app.settings()).clone() };
        app.save_settings(settings).await.unwrap();
        let folders = Folders { recordings: Some("/x".into()), mail: Some("/y".into()) };
        let door = Visitor::guarded(&app, Guard::new(folders, Reach::Public));
        let page = door.get("/tip?lang=en").await.text();
        assert!(page.contains("A telephone system of our own records"), "{page}");
        assert!(!page.contains("mailto:"), "no address is printed yet");
        app.db
            .write(|conn| {
                let mut kept = channels::load(conn)?;
                kept.mail.address = "tips@example.org".into();
                channels::save(conn, &kept)
            })
            .await
            .unwrap();
        assert!(door.get("/tip?lang=en").await.text().contains("mailto:tips@example.org"));
    })
    .await;
}
