//! Ola leaves: nothing of her is left, in tables, files, log and queue of jobs.

use onrecord_base::{App, Random, testing};

use super::room::{Browser, TEMPLATES, answered, browser, read, run_jobs, story, thread};
use crate::{
    Mode, Reader, Who,
    store::{comments, readers},
    thread::Sort,
};

/// Comes in as a reader with an address, as the link in the mail would let them.
pub(super) async fn sign_in(app: &App, browser: &mut Browser, name: &str, email: &str) -> String {
    sign_in_by(app, browser, name, email, "/town/the-wall/comments").await
}

/// The same by a link that leads to this path.
pub(super) async fn sign_in_by(app: &App, browser: &mut Browser, name: &str, email: &str, back: &str) -> String {
    let back = back.to_owned();
    let (now, token) = (app.now(), Random::default().token());
    let claim = Reader::new(app.id(), name.into(), email.into(), &app.random, now);
    let link = token.clone();
    let id = app
        .db
        .write(move |conn| {
            let reader = readers::claim(conn, &claim)?;
            readers::link(conn, &reader.id, &link, &back, now)?;
            Ok(reader.id)
        })
        .await
        .expect("a reader");
    let path = format!("/comments/sign-in/{token}");
    assert!(browser.get(&path).await.body.contains(&format!("Hello, {name}")));
    let answer = browser.post(&path, &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(answer.set_cookies[0].contains("HttpOnly; SameSite=Lax"));
    assert_eq!(browser.get(&path).await.status, 404, "a link works once");
    id
}

/// Every byte of the newsroom's folder.
fn everything(folder: &std::path::Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder").flatten() {
        if entry.path().is_file() {
            bytes.extend(std::fs::read(entry.path()).expect("a file"));
        }
    }
    bytes
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

const SECRETS: [&str; 5] = ["Ola Nordmann", "ola.nordmann@example.org", "blue ferry", "grey ferry", "Because it lies"];

async fn furnish(app: &App) -> (String, Browser) {
    let story = story(app, Mode::Open, Who::Name).await.article.id.clone();
    let mut ola = browser(app);
    sign_in(app, &mut ola, "Ola Nordmann", "ola.nordmann@example.org").await;
    let answer = ola.post(&format!("/comments/on/{story}"), &[("text", "I saw the blue ferry.")]).await;
    let comment = super::room::id_of(&answer);
    ola.post(&format!("/comments/{comment}/own/me"), &[("text", "I saw the grey ferry.")]).await;
    let mut eve = browser(app);
    let other = answered(&mut eve, &story, &comment, "Eve", "So did I.").await;
    ola.post(&format!("/comments/{other}/report"), &[("reason", "other"), ("text", "Because it lies")]).await;
    ola.post(&format!("/comments/{other}/respect"), &[]).await;
    (story, ola)
}

#[tokio::test]
async fn whoever_leaves_leaves_nothing() {
    testing::both(TEMPLATES, async |app: App| {
        let (story, mut ola) = furnish(&app).await;
        if app.db.is_sqlite() {
            let before = everything(app.data.path());
            for secret in SECRETS {
                assert!(holds(&before, secret), "{secret} is there before, or the search finds nothing");
            }
        }
        assert_eq!(ola.post("/comments/me/erasure", &[]).await.status, 403, "not by mistake");
        let answer = ola.post("/comments/me/erasure", &[("sure", "1")]).await;
        assert_eq!(answer.status, 200);
        assert!(answer.set_cookies[0].contains("Max-Age=0"));
        run_jobs(&app).await;
        if app.db.is_sqlite() {
            let after = everything(app.data.path());
            for secret in SECRETS {
                assert!(!holds(&after, secret), "{secret} is still in a file");
            }
        }
        let thread = thread(&app, &story, Sort::Newest).await;
        assert_eq!(thread.shown, 1);
        assert!(thread.branches[0].root.by_writer && thread.branches[0].root.shown.is_none());
        let all = read(&app, |conn| comments::after(conn, onrecord_base::Time::from_millis(i64::MIN), "", 99)).await;
        let text = serde_json::to_string(&all).expect("JSON");
        assert!(SECRETS.iter().all(|secret| !text.contains(secret)));
    })
    .await;
}

#[tokio::test]
async fn a_reader_takes_their_data_along() {
    testing::both(TEMPLATES, async |app: App| {
        let (story, mut ola) = furnish(&app).await;
        let page = ola.get("/comments/me").await;
        assert!(page.body.contains("grey ferry"), "{}", page.body);
        let data = ola.get("/comments/me/data").await;
        let json: serde_json::Value = serde_json::from_str(&data.body).expect("JSON");
        assert_eq!(json["email"], "ola.nordmann@example.org");
        assert_eq!(json["comments"][0]["text"], "I saw the grey ferry.");
        assert_eq!(json["reports"][0]["text"], "Because it lies");
        let mine: serde_json::Value =
            serde_json::from_str(&ola.get(&format!("/comments/me/on/{story}")).await.body).expect("JSON");
        assert_eq!(
            (mine["own"].as_array().map(Vec::len), mine["respects"].as_array().map(Vec::len)),
            (Some(1), Some(1))
        );
        assert_eq!(browser(&app).get("/comments/me").await.location, "/comments/sign-in");
        ola.post("/comments/sign-out", &[]).await;
        assert_eq!(ola.get("/comments/me").await.status, 303);
    })
    .await;
}
