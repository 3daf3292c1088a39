//! What seizure surrenders: each row of the table in SECURITY.md has its test here.

use std::{
    fs,
    path::{Path, PathBuf},
};

use onrecord_base::{App, testing};

use super::{
    cast::{self, PASSPHRASE, Source, TEMPLATES, token_of},
    sealed_in_browser::run_jobs,
};
use crate::{Arrival, Channel, Kind, Part, arrive, offline::Reader, store::tips};

/// What must be found nowhere: words, a file's name and content.
const WORDS: &str = "canary-7f3a-the-wall-leans";
const FILE: &str = "canary-4c1d-evidence.txt";
const CONTENT: &str = "canary-9b2e-photograph";
const REPLY: &str = "canary-5e8c-since-when";

/// How often bytes stand in the files below some folders (or in some files).
pub(super) fn found(places: &[PathBuf], bytes: &[u8]) -> usize {
    places.iter().map(|place| found_in(place, bytes)).sum()
}

fn found_in(place: &Path, bytes: &[u8]) -> usize {
    if place.is_dir() {
        return fs::read_dir(place).expect("a folder").flatten().map(|entry| found_in(&entry.path(), bytes)).sum();
    }
    let content = fs::read(place).unwrap_or_default();
    let name = usize::from(place.to_string_lossy().as_bytes().windows(bytes.len()).any(|window| window == bytes));
    content.windows(bytes.len()).filter(|window| *window == bytes).count() + name
}

/// The files of tables of a PostgreSQL that runs on this machine and that we may read; none on SQLite.
pub(super) async fn postgres_files(app: &App, tables: &[&'static str]) -> Vec<PathBuf> {
    if app.db.is_sqlite() {
        return Vec::new();
    }
    let tables = tables.to_vec();
    let paths: Vec<String> = app
        .db
        .write(move |conn| {
            let mut paths = Vec::new();
            for table in tables {
                let row = conn.one(
                    "SELECT current_setting('data_directory') || '/' || pg_relation_filepath(c.oid) AS own,
                        current_setting('data_directory') || '/' || coalesce(pg_relation_filepath(c.reltoastrelid), '') AS toast
                     FROM pg_class c WHERE c.relname = $1",
                    onrecord_base::args![table],
                )?;
                let row = row.expect("a table");
                paths.push(row.get("own")?);
                paths.push(row.get("toast")?);
            }
            Ok(paths)
        })
        .await
        .expect("the files' names");
    // What PostgreSQL holds in memory is written out first.
    app.db.write(|conn| conn.batch("CHECKPOINT")).await.expect("a checkpoint");
    let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).filter(|path| path.is_file()).collect();
    paths.into_iter().filter(|path| fs::read(path).is_ok()).collect()
}

/// A source with a script, one without, and an answer to each.
async fn traffic(app: &App) -> (cast::Line, Source, String) {
    let line = cast::line(app).await;
    let mut source = line.source().await;
    let envelope = source.seal(&line.open().await, &line.desk, 0, WORDS, CONTENT.as_bytes());
    source.send(envelope).await;
    let page = source.door.get("/tip").await.text();
    let token = token_of(&page);
    let fields = [
        ("token", None, token.as_bytes()),
        ("desk", None, line.desk.id.as_bytes()),
        ("text", None, WORDS.as_bytes()),
        ("files", Some(FILE), CONTENT.as_bytes()),
    ];
    let sent = source.door.form("/tip", &fields).await;
    let after = sent.text().split_once("tip-codename\">").expect("a codename").1.to_owned();
    let codename = after.split('<').next().unwrap().to_owned();
    // And what comes by the channels that have no keys.
    let arrival = Arrival {
        channel: Some(Channel::Mail),
        text: WORDS.into(),
        facts: vec![("from".into(), "canary-77e0@example.org".into()), ("subject".into(), "canary-subject-2a".into())],
        parts: vec![Part { name: FILE.into(), media_type: "text/plain".into(), bytes: CONTENT.into() }],
        once: Some("canary-message-id@example.org".into()),
        ..Arrival::default()
    };
    arrive(app, arrival).await.unwrap();
    let reader = Reader::unlock(app, &line.ana.staff_id, PASSPHRASE).await.unwrap();
    for tip in app.db.read(tips::all).await.unwrap().into_iter().filter(|tip| tip.channel != Channel::Mail) {
        reader.write(app, &tip.id, Kind::Reply, REPLY, &[]).await.unwrap();
    }
    source.door.form("/tip/return", &[("codename", None, codename.as_bytes())]).await;
    (line, source, codename)
}

fn secrets(source: &Source, codename: &str) -> Vec<Vec<u8>> {
    let words = |phrase: &str| phrase.as_bytes().to_vec();
    let lookup = hex::decode(source.keys.lookup().hex().as_bytes()).unwrap();
    vec![
        words(WORDS),
        words(FILE),
        words(CONTENT),
        words(REPLY),
        words("canary-"),
        words(codename),
        words(&source.codename),
        words(&codename.replace(' ', "-")),
        words(&source.keys.lookup().hex()),
        lookup,
        source.keys.root().to_vec(),
        words(PASSPHRASE),
        words("198.51.100.7"),
        words("Tor Browser 99"),
    ]
}

/// The disk, and a backup of it: database, log, files, temporary ones.
#[tokio::test]
async fn a_seized_disk_holds_no_word_no_name_no_codename_and_no_address() {
    testing::both(TEMPLATES, async |app: App| {
        let (_line, source, codename) = traffic(&app).await;
        // Who came with an address and a browser's name leaves neither.
        let request = http::Request::get("/tip")
            .header("x-forwarded-for", "198.51.100.7")
            .header("user-agent", "Tor Browser 99")
            .body(axum::body::Body::empty())
            .unwrap();
        source.door.send(request).await;
        let tables = ["tips", "tip_messages", "tip_keys", "tip_key_lists", "tip_settings", "tip_arrivals", "jobs"];
        let mut places = vec![app.data.path().to_owned()];
        places.extend(postgres_files(&app, &tables).await);
        if app.db.is_sqlite() {
            let backup = app.data.path().join("backup.sqlite");
            app.db.copy_to(backup).await.unwrap();
        }
        for secret in secrets(&source, &codename) {
            assert_eq!(found(&places, &secret), 0, "{} is on the disk", String::from_utf8_lossy(&secret));
        }
        assert!(found(&places, b"ORSE") >= 1, "the scan reads what is there");
        run_jobs(&app).await;
    })
    .await;
}

/// Nothing at rest is dated finer than a day, and no id or name tells an order.
#[tokio::test]
async fn a_seized_disk_tells_the_day_and_not_the_hour() {
    testing::both(TEMPLATES, async |app: App| {
        traffic(&app).await;
        let day = app.now().millis() / 86_400_000 * 86_400_000;
        for file in crate::vault::all(&app.data).unwrap() {
            let meta = fs::metadata(crate::vault::path(&app.data, &file)).unwrap();
            let modified = meta.modified().unwrap().duration_since(std::time::SystemTime::UNIX_EPOCH).unwrap();
            assert_eq!(modified.as_millis() as i64, day);
        }
        // Folders change when a file comes: they have no date, and none was made for it.
        let folder = crate::vault::folder(&app.data);
        let folders: Vec<PathBuf> = fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.path()).collect();
        assert_eq!(folders.len(), 256);
        for folder in folders.iter().chain([&folder]) {
            assert_eq!(fs::metadata(folder).unwrap().modified().unwrap(), std::time::SystemTime::UNIX_EPOCH);
        }
        let numbers = app
            .db
            .read(|conn| {
                let mut numbers = Vec::new();
                for sql in [
                    "SELECT first_day AS n FROM tips UNION ALL SELECT last_day FROM tips",
                    "SELECT day AS n FROM tip_messages",
                    "SELECT made_day AS n FROM tip_keys",
                ] {
                    for row in conn.query(sql, &[])? {
                        numbers.push(row.get::<i64>("n")?);
                    }
                }
                assert!(conn.query("SELECT id FROM jobs", &[])?.is_empty(), "a tip puts nothing in line");
                let changes = conn.query("SELECT kind FROM changes WHERE kind LIKE '%tip%'", &[])?;
                assert!(changes.is_empty(), "nothing is written to the log of changes");
                Ok(numbers)
            })
            .await
            .unwrap();
        assert!(numbers.iter().all(|number| *number < 100_000), "days, not milliseconds: {numbers:?}");
        run_jobs(&app).await;
    })
    .await;
}

/// Where the heads of some tips lie in the database's own files, in the order of the tips; none if we may not read them.
async fn places(app: &App, tips: &[String]) -> Vec<usize> {
    crate::erase::scrub(app, &[]).await.unwrap();
    let mut files = postgres_files(app, &["tip_messages"]).await;
    if app.db.is_sqlite() {
        files.push(app.data.database());
    }
    let content: Vec<u8> = files.iter().flat_map(|place| fs::read(place).unwrap()).collect();
    let ids = tips.to_vec();
    let heads = |conn: &mut onrecord_base::Conn<'_>, ids: Vec<String>| -> onrecord_base::Result<Vec<Vec<u8>>> {
        ids.iter().map(|id| crate::store::messages::head(conn, id, 0)).collect()
    };
    let heads = app.db.read(move |conn| heads(conn, ids)).await.unwrap();
    // Well within what does not fit beside a row; pieces, for one may lie across two pages.
    let pieces = |head: &[u8]| [20_000, 20_100, 20_200].map(|at| head[at..at + 16].to_vec());
    let find = |piece: &Vec<u8>| content.windows(16).position(|window| window == piece);
    heads.iter().filter_map(|head| pieces(head).iter().find_map(find)).collect()
}

/// How many pairs stand the other way round: none in order, about half of all (33 of 12 tips) by chance.
fn turned(places: &[usize]) -> usize {
    let after = |at: usize| places[at + 1..].iter().filter(move |later| **later < places[at]).count();
    (0..places.len()).map(after).sum()
}

/// Nor do the places where rows lie tell the order of a day's tips, once the night's round was made.
#[tokio::test]
async fn after_the_night_nothing_on_the_disk_tells_the_order_of_a_days_tips() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let mut sent = Vec::new();
        for number in 0..12 {
            let text = format!("number {number}");
            sent.push(arrive(&app, Arrival { text, ..Arrival::default() }).await.unwrap().unwrap());
        }
        if app.db.is_sqlite() {
            let kept = "SELECT count(*) AS n FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID%'
                        AND name IN ('tips', 'tip_messages', 'tip_arrivals')";
            let kept = app.db.read(move |conn| conn.one(kept, &[])).await.unwrap().unwrap();
            assert_eq!(kept.get::<i64>("n").unwrap(), 3, "no number of a row counts up");
        }
        let made = |app: &App| -> Vec<std::time::SystemTime> {
            let files = crate::vault::all(&app.data).unwrap();
            let of = |file: &String| fs::metadata(crate::vault::path(&app.data, file)).unwrap().created();
            files.iter().filter_map(|file| of(file).ok()).collect()
        };
        let (before, came) = (places(&app, &sent).await, made(&app));
        crate::keep_order(&app).await.unwrap();
        run_jobs(&app).await;
        let after = places(&app, &sent).await;
        if !before.is_empty() {
            assert_eq!((before.len(), after.len()), (sent.len(), sent.len()));
            assert!(turned(&before) <= 6, "the scan sees what the round is for: {before:?}");
            assert!((8..=58).contains(&turned(&after)), "by chance: {after:?}");
        }
        assert!(made(&app).iter().all(|made| came.iter().all(|came| made > came)), "files are of the round");
        if !app.db.is_sqlite() {
            let sql = "SELECT count(DISTINCT CAST(xmin AS TEXT)) AS n FROM tips";
            let transactions = app.db.read(move |conn| conn.one(sql, &[])).await.unwrap().unwrap();
            assert_eq!(transactions.get::<i64>("n").unwrap(), 1, "no row says which transaction wrote it");
        }
        let reader = Reader::unlock(&app, &line.ana.staff_id, PASSPHRASE).await.unwrap();
        for (number, id) in sent.iter().enumerate() {
            let (_, opened) = reader.thread(&app, id).await.unwrap();
            assert_eq!(opened[0].index.as_ref().unwrap().text, format!("number {number}"));
        }
    })
    .await;
}

/// One journalist's laptop with the keys unlocked opens the tips of that journalist's desks, and no others.
#[tokio::test]
async fn one_journalists_keys_open_their_own_desks_alone() {
    testing::both(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let other = cast::desk(&app, "City hall", &[&line.ana]).await;
        line.sign().await;
        let mut source = line.source().await;
        let envelope = source.seal(&line.open().await, &other, 0, WORDS, b"");
        source.send(envelope).await;
        let id = source.keys.lookup().tip().to_string();
        let ana = Reader::unlock(&app, &line.ana.staff_id, PASSPHRASE).await.unwrap();
        assert!(ana.thread(&app, &id).await.unwrap().1[0].index.is_ok());
        let ben = Reader::unlock(&app, &line.ben.staff_id, PASSPHRASE).await.unwrap();
        assert!(ben.thread(&app, &id).await.is_err(), "the server does not hand it out");
        // Whoever takes the whole disk and Ben's passphrase gets no further.
        let ben = line.keys_of(&line.ben).await;
        let (tip, lookup) = (id.clone(), source.keys.lookup().tip());
        let head = app.db.read(move |conn| crate::store::messages::head(conn, &tip, 0)).await.unwrap();
        let head = onrecord_sealed::Head::parse(&head).unwrap();
        let place = onrecord_sealed::Place { newsroom: line.key.newsroom(), tip: lookup, sequence: 0 };
        assert!(onrecord_sealed::Opener::journalist(&head, &place, [&ben]).is_err());
        run_jobs(&app).await;
    })
    .await;
}

/// Somebody who watches the line sees sizes in steps: short words and long ones look alike, one desk like another.
#[tokio::test]
async fn an_observer_of_the_line_sees_sizes_in_steps() {
    testing::on_sqlite(TEMPLATES, async |app: App| {
        let line = cast::line(&app).await;
        let (mut one, mut two) = (line.source().await, line.source().await);
        let open = line.open().await;
        let short = one.seal(&open, &line.desk, 0, "x", b"");
        let long = two.seal(&open, &line.desk, 0, &"x".repeat(20_000), &[0; 20_000]);
        assert_eq!(short.len(), long.len());
    })
    .await;
}

/// A running server that is taken over can use what passes through it from then on, and what lies there stays sealed:
/// nothing in its memory between requests opens a tip, because nothing it keeps does.
#[tokio::test]
async fn a_running_server_has_no_key_that_opens_what_lies_there() {
    testing::both(TEMPLATES, async |app: App| {
        let (line, ..) = traffic(&app).await;
        let kept = app.db.read(crate::store::keys::all).await.unwrap();
        for key in &kept {
            let closed = key.wrapped.as_ref().unwrap();
            let wrong = onrecord_sealed::Lock::of("not the passphrase at all", closed).unwrap();
            assert!(onrecord_sealed::JournalistKeys::open(&wrong, closed).is_err());
        }
        // The newsroom's key is not here: the server cannot put another reader into the list.
        let now = app.now();
        let draft = app.db.read(move |conn| crate::keys::propose(conn, now)).await.unwrap();
        let mut random = onrecord_sealed::Entropy::new([1; 32]);
        let forged = onrecord_sealed::NewsroomKey::generate(Some(line.key.newsroom()), &mut random);
        assert!(crate::keys::accept(&app, draft.sign(&forged).unwrap()).await.is_err());
        run_jobs(&app).await;
    })
    .await;
}
