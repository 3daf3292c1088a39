//! A source without a script: the form, the codename, the way back.

use http::StatusCode;
use onrecord_base::{App, testing};
use onrecord_sealed::Codename;

use super::{
    cast::{self, Got, PASSPHRASE, TEMPLATES, Visitor, token_of},
    sealed_in_browser::run_jobs,
};
use crate::{Kind, offline::Reader, store::tips};

/// The codename on the page that shows it.
fn codename_of(html: &str) -> String {
    let after = html.split_once("lang=\"en\" dir=\"ltr\" class=\"tip-codename\">").expect("a codename").1;
    after.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_tip_without_a_script_is_sealed_on_arrival_and_answered() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let door = Visitor::new(&app);
        let page = door.get("/tip").await.text();
        assert!(page.contains("this way is the weaker one") && page.contains(&line.key.public().fingerprint()));
        let token = token_of(&page);
        let file = vec![b'p'; 200_000];
        let fields = [
            ("token", None, token.as_bytes()),
            ("desk", None, line.desk.id.as_bytes()),
            ("text", None, "The wall leans.".as_bytes()),
            ("files", Some("wall.jpg"), file.as_slice()),
            ("files", Some(""), b"".as_slice()),
        ];
        let sent = door.form("/tip", &fields).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        let codename = codename_of(&sent.text());
        Codename::parse(&codename).unwrap();
        assert_eq!(door.form("/tip", &fields).await.status, StatusCode::FORBIDDEN, "a form is good for one time");

        let tip = app.db.read(tips::all).await.unwrap().remove(0);
        let reader = Reader::unlock(&app, &line.ana.staff_id, PASSPHRASE).await.unwrap();
        let (_, opened) = reader.thread(&app, &tip.id).await.unwrap();
        let index = opened[0].index.as_ref().unwrap();
        assert_eq!((index.text.as_str(), index.parts[0].name.as_str()), ("The wall leans.", "wall.jpg"));
        assert_eq!(index.parts[0].length, 200_000);
        let map = app.data.path().join("map \u{fc}.txt");
        let content = "the third bollard ".repeat(10_000);
        std::fs::write(&map, &content).unwrap();
        reader.write(&app, &tip.id, Kind::Reply, "Since <when>?", &[map]).await.unwrap();

        let back = door.form("/tip/return", &[("codename", None, codename.to_uppercase().as_bytes())]).await;
        assert_eq!(back.status, StatusCode::OK, "{}", back.text());
        assert!(back.text().contains("Since &lt;when&gt;?"), "{}", back.text());
        assert!(back.text().contains(">map \u{fc}.txt</button>"), "{}", back.text());
        let fetch = async |codename: &str, message: &str, file: &str| {
            let fields = [
                ("codename", None, codename.as_bytes()),
                ("message", None, message.as_bytes()),
                ("file", None, file.as_bytes()),
            ];
            door.form("/tip/return/file", &fields).await
        };
        let file = fetch(&codename, "1", "0").await;
        assert_eq!((file.status, file.text()), (StatusCode::OK, content));
        assert_eq!(file.headers["content-disposition"], "attachment; filename*=UTF-8''map%20%C3%BC.txt");
        assert_eq!(file.headers["content-type"], "application/octet-stream");
        assert_eq!(
            (&file.headers["cache-control"], &file.headers["x-content-type-options"]),
            (&"no-store".parse().unwrap(), &"nosniff".parse().unwrap())
        );
        for (message, number) in [("0", "0"), ("1", "1"), ("7", "0"), ("-1", "0")] {
            let status = fetch(&codename, message, number).await.status;
            assert_eq!(status, StatusCode::NOT_FOUND, "{message} {number}");
        }
        let other = "abacus abdomen abdominal abide abiding ability ablaze";
        assert_eq!(fetch(other, "1", "0").await.status, StatusCode::NOT_FOUND);
        assert_eq!(fetch("abacus", "1", "0").await.status, StatusCode::BAD_REQUEST);
        let more = [
            ("token", None, token_of(&back.text()).into_bytes()),
            ("codename", None, codename.clone().into_bytes()),
            ("text", None, b"Since spring.".to_vec()),
        ];
        let more: Vec<(&str, Option<&str>, &[u8])> =
            more.iter().map(|(name, file, bytes)| (*name, *file, bytes.as_slice())).collect();
        let again = door.form("/tip/return", &more).await;
        assert!(again.text().contains("Your codename stays the same"), "{}", again.text());
        let (_, opened) = reader.thread(&app, &tip.id).await.unwrap();
        assert_eq!(opened.last().unwrap().index.as_ref().unwrap().text, "Since spring.");
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_not_right_comes_back_with_its_text() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let door = Visitor::new(&app);
        let send = async |desk: &str, text: &str| {
            let token = door.token().await;
            let fields =
                [("token", None, token.as_bytes()), ("desk", None, desk.as_bytes()), ("text", None, text.as_bytes())];
            door.form("/tip", &fields).await
        };
        let wrong = send("0", "words that were typed").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("words that were typed") && wrong.text().contains("Choose one of the desks"));
        assert!(send(&line.desk.id, "  ").await.text().contains("Write something"));
        let typed = async |codename: &str| door.form("/tip/return", &[("codename", None, codename.as_bytes())]).await;
        assert!(typed("one two").await.text().contains("these are 2"));
        assert!(typed("abacus abacus abacus abacus xyzzyx abacus abacus").await.text().contains("Word 5"));
        let unknown = typed("abacus abdomen abdominal abide abiding ability ablaze").await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        assert!(unknown.text().contains("Nothing lies under this codename"));
        assert_eq!(app.db.read(tips::all).await.unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_is_never_lost_to_a_form_that_is_not_taken() {
    const WORDS: &[u8] = b"words that took an evening";
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let door = Visitor::new(&app);
        let fields = |token: &str, text: &[u8]| {
            let token = token.as_bytes().to_vec();
            vec![("token", token), ("desk", line.desk.id.clone().into_bytes()), ("text", text.to_vec())]
        };
        let given_back = |got: &Got, status: StatusCode| {
            assert_eq!(got.status, status, "{}", got.text());
            assert!(got.text().contains("words that took an evening</textarea>"), "{}", got.text());
            token_of(&got.text())
        };
        let old = send(&door, "/tip", &fields("x", WORDS), true).await;
        assert!(
            old.text().contains("too old, or was sent before") && old.text().contains("Files must be chosen again")
        );
        let token = given_back(&old, StatusCode::FORBIDDEN);
        let long = [WORDS, &b"!".repeat(200_000)].concat();
        let long = send(&door, "/tip", &fields(&token, &long), false).await;
        assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!long.text().contains("Files must be chosen"), "there were none");
        assert!(long.text().contains(&"!".repeat(200_000)) && long.text().contains("too long for one message"));

        let full = messages_an_hour(&app, 0).await;
        let busy = send(&door, "/tip", &fields(&token_of(&long.text()), WORDS), true).await;
        assert!(busy.headers.contains_key("retry-after") && busy.text().contains("Files must be chosen again"));
        let token = given_back(&busy, StatusCode::TOO_MANY_REQUESTS);
        messages_an_hour(&app, full).await;
        let sent = send(&door, "/tip", &fields(&token, WORDS), false).await;
        assert_eq!(sent.status, StatusCode::OK, "the form that came back can go again: {}", sent.text());

        let codename = codename_of(&sent.text()).into_bytes();
        let more = |token: &str| {
            vec![("token", token.as_bytes().to_vec()), ("codename", codename.clone()), ("text", WORDS.to_vec())]
        };
        let old = send(&door, "/tip/return", &more("x"), true).await;
        let token = given_back(&old, StatusCode::FORBIDDEN);
        messages_an_hour(&app, 0).await;
        let busy = send(&door, "/tip/return", &more(&token), false).await;
        let token = given_back(&busy, StatusCode::TOO_MANY_REQUESTS);
        messages_an_hour(&app, full).await;
        let again = send(&door, "/tip/return", &more(&token), false).await;
        assert!(again.text().contains("Your codename stays the same"), "{}", again.text());
        let tip = app.db.read(tips::all).await.unwrap().remove(0);
        crate::erase::tip(&app, &tip.id).await.unwrap();
        let gone = send(&door, "/tip/return", &more(&token_of(&again.text())), false).await;
        given_back(&gone, StatusCode::NOT_FOUND);
        assert!(gone.text().contains("action=\"/tip\""), "it can be sent as something new");
    })
    .await;
}

#[tokio::test]
async fn a_line_that_closed_meanwhile_gives_the_words_back_to_be_copied() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let door = Visitor::new(&app);
        for (path, codename) in [("/tip", ""), ("/tip/return", "one two")] {
            let fields =
                [("token", b"x".to_vec()), ("codename", codename.into()), ("text", b"words <of an evening".to_vec())];
            let closed = send(&door, path, &fields, true).await;
            assert_eq!(closed.status, StatusCode::FORBIDDEN);
            let html = closed.text();
            assert!(
                html.contains("The line was closed meanwhile") && html.contains("it is nowhere but on this page"),
                "{html}"
            );
            assert!(html.contains("words &lt;of an evening</textarea>") && !html.contains("<form"), "{html}");
            let nothing = send(&door, path, &fields[..2], false).await.text();
            assert!(nothing.contains("The line was closed meanwhile") && !nothing.contains("<textarea"), "{nothing}");
        }
    })
    .await;
}

/// Sends a form, with a file behind its other fields or without.
async fn send(door: &Visitor, path: &str, fields: &[(&str, Vec<u8>)], file: bool) -> Got {
    let mut fields: Vec<(&str, Option<&str>, &[u8])> =
        fields.iter().map(|(name, value)| (*name, None, value.as_slice())).collect();
    // As browsers send a field of files that was left empty.
    fields.push(("files", Some(""), b""));
    if file {
        fields.push(("files", Some("wall.jpg"), b"a wall"));
    }
    door.form(path, &fields).await
}

/// Sets how many messages are taken in an hour; returns how many were.
async fn messages_an_hour(app: &App, most: u64) -> u64 {
    app.db
        .write(move |conn| {
            let line = crate::store::line::load(conn)?.unwrap();
            crate::store::line::save(conn, &crate::Line { messages_an_hour: most, ..line.clone() })?;
            Ok(line.messages_an_hour)
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn the_page_speaks_three_languages_and_leaves_nothing_behind() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let closed = Visitor::new(&app).get("/tip").await;
        assert!(closed.text().contains("is not open") && !closed.text().contains("<form"));
        cast::line(&app).await;
        let door = Visitor::new(&app);
        for (path, words) in [
            ("/tip", "Send us a tip"),
            ("/tip?lang=es", "Envíenos un aviso"),
            ("/tip?lang=de", "Geben Sie uns einen Hinweis"),
            ("/tip?lang=xx", "Send us a tip"),
            ("/tip/return?lang=de", "Lesen Sie unsere Antwort"),
        ] {
            let page = door.get(path).await;
            assert!(page.text().contains(words), "{path}");
            assert_eq!(page.headers["cache-control"], "no-store");
            assert_eq!(page.headers["referrer-policy"], "no-referrer");
            assert!(!page.headers.contains_key("set-cookie") && !page.headers.contains_key("etag"));
            let policy = page.headers["content-security-policy"].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'; script-src 'self';") && !policy.contains("unsafe"));
            assert!(!page.headers.contains_key("onion-location"));
            let elsewhere = page.text().matches("://").count();
            assert_eq!(elsewhere, 0, "no address of another host: {}", page.text());
        }
        for path in ["/tip", "/tip/return"] {
            let page = door.get(path).await.text();
            assert!(page.contains("translate=\"no\"") && page.contains("What is protected, and what is not"), "{path}");
            assert!(page.contains("Ask a journalist of ours"), "nobody said where the fingerprint is printed: {path}");
        }
        let onion = format!("http://{}.onion", "a2".repeat(28));
        let set = onion.clone();
        app.db
            .write(move |conn| {
                let line = crate::store::line::load(conn)?.unwrap();
                crate::store::line::save(conn, &crate::Line { onion: set, printed: "page <2>.".into(), ..line })
            })
            .await
            .unwrap();
        let page = door.get("/tip").await;
        assert_eq!(page.headers["onion-location"].to_str().unwrap(), format!("{onion}/tip"));
        assert!(page.text().contains(&onion) && !page.text().contains(&format!("href=\"{onion}")));
        assert!(page.text().contains("printed elsewhere: page &lt;2&gt;. Look there"), "{}", page.text());
        let back = door.get("/tip/return").await;
        assert_eq!(back.headers["onion-location"].to_str().unwrap(), format!("{onion}/tip/return"));
    })
    .await;
}
