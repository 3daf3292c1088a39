//! Databases that are broken, missing, from the future, or do not answer.

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    thread,
};

use onrecord_base::{Db, Target, testing};

use super::place::{OWNER, PASSWORD, Place, Server, finish};

const COMMANDS: [&[&str]; 3] = [&["serve", "--listen", "127.0.0.1:0"], &["staff", "list"], &["backup", "copy.tar"]];

/// Every command refuses the database in `news` and leaves it as it is.
fn refused_by_all(place: &Place, words: &str) {
    let file = place.path("news/onrecord.sqlite");
    let before = fs::read(&file).ok();
    for command in COMMANDS {
        place.run(&[&["--data", "news"], command].concat()).refused(words);
        assert!(fs::read(&file).ok() == before, "{command:?} changes what it refuses");
        assert!(!place.path("copy.tar").exists());
    }
    let doctor = place.run(&["--data", "news", "doctor"]);
    assert_eq!(doctor.code, Some(1), "{doctor:?}");
    assert!(doctor.out.contains("FAIL"), "{doctor:?}");
}

#[test]
fn files_that_are_no_database_are_left_alone() {
    let place = Place::new();
    place.write("news/onrecord.sqlite", "This is a letter to the editor, not a database.\n".repeat(200));
    refused_by_all(&place, "news/onrecord.sqlite is not a database, or it is damaged: restore it from a backup");
    let args = ["init", "news", "--owner", OWNER, "--password-stdin"];
    finish(place.onrecord(&args), PASSWORD.as_bytes()).refused("it was left as it is");
    place.write("news/onrecord.sqlite", "");
    refused_by_all(&place, "the database news/onrecord.sqlite is empty");
    fs::remove_file(place.path("news/onrecord.sqlite")).unwrap();
    fs::create_dir(place.path("news/onrecord.sqlite")).unwrap();
    refused_by_all(&place, "cannot be opened");
    assert!(place.path("news/onrecord.sqlite").is_dir());
}

#[test]
fn a_database_cut_short_is_refused() {
    let place = Place::new();
    place.newsroom("news");
    let whole = fs::read(place.path("news/onrecord.sqlite")).unwrap();
    place.write("news/onrecord.sqlite", &whole[..whole.len() / 2]);
    refused_by_all(&place, "damaged");
    // As it was.
    place.write("news/onrecord.sqlite", &whole);
    place.run(&["--data", "news", "staff", "list"]).done();
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_to_that() {
    let place = Place::new();
    place.newsroom("news");
    let db = Db::open(&Target::Sqlite(place.path("news/onrecord.sqlite"))).await.unwrap();
    let later = "INSERT INTO migrations (name, sha256, applied_seq) VALUES ('9999_later', '', 9999)";
    db.write(move |conn| conn.execute(later, &[])).await.unwrap();
    drop(db);
    refused_by_all(&place, "the database was made by a newer Onrecord (it has 9999_later)");
}

/// Something that speaks PostgreSQL just long enough to refuse.
fn refusing_server(code: &'static str, message: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 1024]);
            let fields = format!("SFATAL\0VFATAL\0C{code}\0M{message}\0\0");
            let length = u32::try_from(fields.len() + 4).unwrap().to_be_bytes();
            let _ = stream.write_all(&[b"E", &length[..], fields.as_bytes()].concat());
        }
    });
    port
}

#[test]
fn a_postgres_that_is_not_there_or_does_not_let_us_in_is_told() {
    let place = Place::new();
    place.newsroom("news");
    let staff = |url: &str| {
        let said = place.run(&["--data", "news", "--database", url, "staff", "list"]);
        assert!(!said.err.contains("secret"), "{said:?}");
        said
    };
    staff("postgres://ana:secret@127.0.0.1:1/news").refused("PostgreSQL cannot be reached: Connection refused");
    staff("host=/nowhere user=ana dbname=news").refused("PostgreSQL cannot be reached: No such file or directory");
    staff("postgres://[").refused("the database address cannot be read");
    staff("postgres://ana:secret@127.0.0.1:port/news").refused("the database address cannot be read");
    staff("news").refused("--database takes a PostgreSQL address");
    let port = refusing_server("28P01", "password authentication failed for user \"ana\"");
    staff(&format!("postgres://ana:secret@127.0.0.1:{port}/news"))
        .refused("PostgreSQL does not let us in: password authentication failed for user \"ana\"");
    let port = refusing_server("3D000", "database \"news\" does not exist");
    staff(&format!("postgres://ana:secret@127.0.0.1:{port}/news")).refused("database \"news\" does not exist");
    // The system accepts for it; it never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    staff(&format!("postgres://ana:secret@127.0.0.1:{port}/news?connect_timeout=1"))
        .refused("PostgreSQL does not answer");
}

#[tokio::test]
async fn a_newsroom_can_live_in_postgres() {
    let Some(url) = testing::empty_postgres().await else { return };
    let place = Place::new();
    let with = |args: &[&str]| place.onrecord(&[&["--data", "news", "--database", &url], args].concat());
    fs::create_dir(place.path("news")).unwrap();
    finish(with(&["staff", "list"]), b"").refused("the database is empty. Make a newsroom: onrecord init news");
    let init = ["init", "--owner", OWNER, "--password-stdin"];
    finish(with(&init), PASSWORD.as_bytes()).done();
    finish(with(&init), PASSWORD.as_bytes()).refused("the PostgreSQL database holds a newsroom already");
    let listed = finish(with(&["staff", "list"]), b"");
    assert_eq!(listed.done().out.lines().count(), 1);
    let server = Server::start(with(&["serve", "--listen", "127.0.0.1:0"]), "http://");
    assert_eq!(server.get("/").status, 200);
    assert_eq!(server.stop("TERM"), Some(0));
}
