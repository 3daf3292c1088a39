//! A source with a script: sealed in the browser, kept by the server, opened by the desk, answered.

use http::StatusCode;
use onrecord_base::{App, testing};
use onrecord_sealed::{Author, Head, Opener, Place};

use super::cast::{self, PASSPHRASE, TEMPLATES};
use crate::{
    Kind, State,
    offline::Reader,
    store::{messages, tips},
};

#[tokio::test]
async fn what_a_source_seals_the_desk_opens_and_answers() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let mut source = line.source().await;
        let envelope = source.seal(&line.open().await, &line.desk, 0, "The wall leans.", b"a photograph");
        let sent = source.send(envelope).await;
        assert_eq!((sent.status, sent.json()["sequence"].as_i64()), (StatusCode::CREATED, Some(0)), "{}", sent.text());

        let reader = Reader::unlock(&app, &line.ben.staff_id, PASSPHRASE).await.unwrap();
        let id = source.keys.lookup().tip().to_string();
        let (tip, opened) = reader.thread(&app, &id).await.unwrap();
        assert_eq!((tip.state, tip.unread, opened.len()), (State::New, true, 1));
        let index = opened[0].index.as_ref().unwrap();
        assert_eq!(index.text, "The wall leans.");
        assert!(matches!(&index.author, Author::Source(public) if *public == source.keys.public()));
        let folder = app.data.path().join("exported");
        let files = reader.export(&app, &id, &folder).await.unwrap();
        assert_eq!(std::fs::read(&files[1]).unwrap(), b"a photograph");

        reader.write(&app, &id, Kind::Note, "Ask the harbour master.", &[]).await.unwrap();
        reader.write(&app, &id, Kind::Reply, "Since when?", &[]).await.unwrap();
        let thread = source.thread().await.json();
        let listed = thread["messages"].as_array().unwrap();
        assert_eq!(listed.len(), 2, "the note is not the source's: {listed:?}");
        assert_eq!((listed[1]["from"].as_str(), listed[1]["sequence"].as_u64()), (Some("us"), Some(1)));
        assert_eq!((thread["next"].as_i64(), thread["tip"].as_str()), (Some(2), Some(id.as_str())));

        use base64::Engine;
        let head = base64::engine::general_purpose::STANDARD.decode(listed[1]["head"].as_str().unwrap()).unwrap();
        let lookup = source.keys.lookup().hex().as_bytes().to_vec();
        let body = source.door.post("/tip/thread/1", &[], lookup.clone()).await;
        assert_eq!(body.status, StatusCode::OK);
        let end = base64::engine::general_purpose::STANDARD.decode(listed[1]["end"].as_str().unwrap()).unwrap();
        assert!(body.bytes.ends_with(&end) && !end.is_empty(), "what is read of it came with the thread");
        let open = line.open().await;
        let place = Place { newsroom: open.newsroom(), tip: source.keys.lookup().tip(), sequence: 1 };
        let opener = Opener::source(&Head::parse(&head).unwrap(), &place, &source.keys).unwrap();
        let (index, _) = opener.whole(&body.bytes).unwrap();
        assert_eq!(index.text, "Since when?");
        let desk = onrecord_sealed::DeskId::parse(&line.desk.id).unwrap();
        assert!(matches!(&index.author, Author::Journalist(key) if open.list.speaks_for(desk, key)));
        let part = source.door.post("/tip/thread/1", &[("range", "bytes=10-19")], lookup.clone()).await;
        assert_eq!((part.status, part.bytes.as_slice()), (StatusCode::PARTIAL_CONTENT, &body.bytes[10..20]));
        for other in ["/tip/thread/0", "/tip/thread/65536", "/tip/thread/9"] {
            assert_eq!(source.door.post(other, &[], lookup.clone()).await.status, StatusCode::NOT_FOUND, "{other}");
        }

        let more = source.seal(&open, &line.desk, 2, "Since spring.", b"");
        assert_eq!(source.send(more).await.json()["sequence"].as_i64(), Some(2));
        let (_, opened) = reader.thread(&app, &id).await.unwrap();
        let texts: Vec<&str> = opened.iter().map(|one| one.index.as_ref().unwrap().text.as_str()).collect();
        assert_eq!(texts, ["The wall leans.", "Ask the harbour master.", "Since when?", "Since spring."]);
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn an_envelope_is_taken_only_in_its_own_place() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let open = line.open().await;
        let (mut source, other) = (line.source().await, line.source().await);
        let good = source.seal(&open, &line.desk, 0, "x", b"");

        let stolen = other.send(good.clone()).await;
        assert_eq!(stolen.status, StatusCode::BAD_REQUEST, "another's thread");
        let mut longer = good.clone();
        longer.push(0);
        let shorter = good[..good.len() - 1].to_vec();
        let mut broken = good.clone();
        broken[6] ^= 1;
        let early = source.seal(&open, &line.desk, 4, "x", b"");
        let replies = [(longer, 400), (shorter, 400), (broken, 400), (early, 409), (b"encrypted: yes".to_vec(), 400)];
        for (envelope, status) in replies {
            assert_eq!(source.send(envelope).await.status.as_u16(), status);
        }
        assert_eq!(source.send(good.clone()).await.status, StatusCode::CREATED);
        assert_eq!(source.send(good.clone()).await.status, StatusCode::CONFLICT, "a second time");
        let wrong_desk = cast::desk(&app, "Sport", &[&line.ana]).await;
        let unlisted = crate::Desk { id: wrong_desk.id, ..line.desk.clone() };
        let lost =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| source.seal(&open, &unlisted, 1, "x", b"")));
        assert!(lost.is_err(), "nobody can be written to at a desk that is not in the list");
        line.sign().await;
        let outdated = source.seal(&open, &line.desk, 1, "x", b"");
        assert_eq!(source.send(outdated).await.status, StatusCode::CONFLICT, "sealed to the keys of before");
        let without = source.door.post("/tip/envelopes", &[("x-tip-lookup", &"0".repeat(64))], good).await;
        assert_eq!(without.status, StatusCode::FORBIDDEN, "no work");
        let all = app.db.read(tips::all).await.unwrap();
        assert_eq!(all.len(), 1);
        let files = app.db.read(messages::all_files).await.unwrap();
        assert_eq!(files.len(), 1);
        assert_eq!(crate::vault::all(&app.data).unwrap().len(), 1, "what was refused left no file");
        let parts = std::fs::read_dir(crate::vault::folder(&app.data)).unwrap().flatten();
        assert!(parts.into_iter().all(|entry| entry.path().is_dir()), "nothing half written is left");
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn an_envelope_in_pieces_is_one_once_its_head_has_come() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let open = line.open().await;
        let mut source = line.source().await;
        let envelope = source.seal(&open, &line.desk, 0, "In pieces.", &vec![b'p'; 300_000]);
        let (head, body) = envelope.split_at(envelope.len() % onrecord_sealed::SEALED_CHUNK);
        let (lookup, door) = (source.keys.lookup().hex().to_string(), source.door.clone());
        let begin = async |work: &str| {
            door.post("/tip/uploads", &[("x-tip-work", work), ("x-tip-lookup", &lookup)], Vec::new()).await
        };
        assert_eq!(begin("1:1").await.status, StatusCode::FORBIDDEN, "no work");
        let begun = async || {
            let begun = begin(&door.work().await).await;
            assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
            begun.json()["upload"].as_str().unwrap().to_owned()
        };
        let id = begun().await;
        let send = async |id: &str, to: &str, bytes: &[u8]| {
            door.post(&format!("/tip/uploads/{id}/{to}"), &[], bytes.to_vec()).await.status
        };
        assert_eq!(send(&id, "0", &body[..200_000]).await, StatusCode::NO_CONTENT);
        assert_eq!(send(&id, "0", &body[..200_000]).await, StatusCode::CONFLICT, "that piece is there");
        assert_eq!(send("0".repeat(32).as_str(), "0", b"x").await, StatusCode::NOT_FOUND);
        assert_eq!(send(&id, "200000", &body[200_000..]).await, StatusCode::NO_CONTENT);
        assert_eq!(send(&id, "head", b"encrypted: yes").await, StatusCode::BAD_REQUEST);
        assert_eq!(app.db.read(tips::all).await.unwrap().len(), 0);
        assert_eq!(send(&id, "head", head).await, StatusCode::CREATED);
        assert_eq!(send(&id, "head", head).await, StatusCode::NOT_FOUND, "it is finished");
        let reader = Reader::unlock(&app, &line.ben.staff_id, PASSPHRASE).await.unwrap();
        let tip = source.keys.lookup().tip().to_string();
        let (_, opened) = reader.thread(&app, &tip).await.unwrap();
        assert_eq!(opened[0].index.as_ref().unwrap().parts[0].length, 300_000);

        // A body that is not what the head says, and one that nobody goes on with, leave nothing.
        let short = begun().await;
        assert_eq!(send(&short, "0", &body[..100]).await, StatusCode::NO_CONTENT);
        let more = source.seal(&open, &line.desk, 1, "x", b"");
        let head = &more[..more.len() % onrecord_sealed::SEALED_CHUNK];
        assert_eq!(send(&short, "head", head).await, StatusCode::BAD_REQUEST);
        let left = begun().await;
        assert_eq!(send(&left, "0", &body[..100]).await, StatusCode::NO_CONTENT);
        app.clock.advance(6 * 60_000);
        assert_eq!(send(&left, "100", &body[100..200]).await, StatusCode::NOT_FOUND);
        assert_eq!(crate::vault::all(&app.data).unwrap().len(), 1);
        let parts = std::fs::read_dir(crate::vault::folder(&app.data)).unwrap().flatten();
        assert!(parts.into_iter().all(|entry| entry.path().is_dir()), "nothing half written is left");
        run_jobs(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_guess_and_an_unanswered_thread_look_alike() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let (mut source, nobody) = (line.source().await, line.source().await);
        let envelope = source.seal(&line.open().await, &line.desk, 0, "x", b"");
        source.send(envelope).await;
        let (known, unknown) = (source.thread().await, nobody.thread().await);
        assert_eq!((known.status, unknown.status), (StatusCode::OK, StatusCode::OK));
        assert_eq!(known.bytes.len(), unknown.bytes.len());
        assert_eq!(unknown.json()["messages"].as_array().map(Vec::len), Some(0));
        let reader = Reader::unlock(&app, &line.ana.staff_id, PASSPHRASE).await.unwrap();
        reader.write(&app, &source.keys.lookup().tip().to_string(), Kind::Note, "n", &[]).await.unwrap();
        assert_eq!(source.thread().await.bytes, known.bytes, "the desk's notes do not show");
        run_jobs(&app).await;
    })
    .await;
}

/// Whoever watches the line sees one request and one answer of one size, whether we answered or not; with a form too.
#[tokio::test]
async fn answers_cannot_be_counted_by_who_watches_the_line() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let (mut answered, mut waiting) = (line.source().await, line.source().await);
        for source in [&mut answered, &mut waiting] {
            let envelope = source.seal(&line.open().await, &line.desk, 0, "x", b"");
            assert_eq!(source.send(envelope).await.status, StatusCode::CREATED);
        }
        let reader = Reader::unlock(&app, &line.ana.staff_id, PASSPHRASE).await.unwrap();
        let back = async |source: &cast::Source| {
            let codename = source.codename.clone();
            source.door.form("/tip/return", &[("codename", None, codename.as_bytes())]).await
        };
        for text in ["Since when?", "Who else knows?", &"Where? ".repeat(2000)] {
            let tip = answered.keys.lookup().tip().to_string();
            reader.write(&app, &tip, Kind::Reply, text, &[]).await.unwrap();
            let (with, without) = (answered.thread().await, waiting.thread().await);
            assert_eq!(with.bytes.len(), without.bytes.len());
            let messages = with.json()["messages"].as_array().unwrap().clone();
            let replies = messages.iter().filter(|one| one["from"] == "us");
            assert!(replies.clone().count() > 0 && replies.clone().all(|one| !one["end"].as_str().unwrap().is_empty()));
            let (with, without) = (back(&answered).await, back(&waiting).await);
            assert_eq!((with.status, without.status), (StatusCode::OK, StatusCode::OK));
            assert!(with.text().contains(text.trim()) && with.text().ends_with("-->"));
            assert_eq!(with.bytes.len(), without.bytes.len());
            let unknown = b"abacus abdomen abdominal abide abiding ability ablaze";
            let unknown = waiting.door.form("/tip/return", &[("codename", None, unknown)]).await;
            assert_eq!(unknown.bytes.len(), without.bytes.len());
        }
        run_jobs(&app).await;
    })
    .await;
}

pub(super) async fn run_jobs(app: &App) {
    run_jobs_with(app, crate::jobs).await;
}

/// The same, where a provider stands on this machine.
pub(super) async fn run_jobs_reaching(app: &App) {
    run_jobs_with(app, |registry| crate::jobs::register_reaching(registry, onrecord_base::fetch::Reach::Loopback))
        .await;
}

async fn run_jobs_with(app: &App, register: impl Fn(&mut onrecord_base::jobs::Registry)) {
    // All hours of a day, the night among them.
    app.clock.advance(86_400_000);
    let mut registry = onrecord_base::jobs::Registry::new();
    register(&mut registry);
    let ran = onrecord_base::jobs::drain(app, &registry).await.expect("jobs");
    assert!(ran.iter().all(|ran| ran.error.is_none()), "{ran:?}");
}
