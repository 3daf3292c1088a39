//! Bad luck with files and servers: a sentence for the operator each time.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use crate::{Db, Error, Result, Target, args};

async fn complaint(path: &Path) -> String {
    match Db::open(&Target::Sqlite(path.to_owned())).await {
        Err(Error::Unavailable(sentence)) => sentence,
        Err(other) => panic!("no sentence: {other:?}"),
        Ok(_) => panic!("it opened"),
    }
}

#[tokio::test]
async fn files_that_cannot_be_used_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let sentence = complaint(&folder.path().join("missing/onrecord.sqlite")).await;
    assert!(sentence.contains("there is no folder"), "{sentence}");
    let text = folder.path().join("text.sqlite");
    fs::write(&text, "This is not a database, but a text of some length.".repeat(40)).unwrap();
    let sentence = complaint(&text).await;
    assert!(sentence.contains("is not a database, or it is damaged"), "{sentence}");
    let sentence = complaint(folder.path()).await;
    assert!(sentence.contains("cannot be opened"), "{sentence}");
}

#[tokio::test]
async fn a_read_only_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("onrecord.sqlite");
    drop(Db::open(&Target::Sqlite(file.clone())).await.unwrap());
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    // Root may write everywhere: then there is nothing to refuse.
    if fs::write(folder.path().join("probe"), "").is_err() {
        let sentence = complaint(&file).await;
        assert!(sentence.contains("cannot be written") || sentence.contains("cannot be opened"), "{sentence}");
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[tokio::test]
async fn a_damaged_page_is_an_error_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("onrecord.sqlite");
    {
        let connection = rusqlite::Connection::open(&file).unwrap();
        connection
            .execute_batch("CREATE TABLE big (id INTEGER PRIMARY KEY, body TEXT); CREATE TABLE small (id INTEGER)")
            .unwrap();
        connection.execute_batch("BEGIN").unwrap();
        for _ in 0..200 {
            connection.execute("INSERT INTO big (body) VALUES (?1)", ["x".repeat(1_000)]).unwrap();
        }
        connection.execute_batch("COMMIT").unwrap();
    }
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0xaa);
    fs::write(&file, bytes).unwrap();
    let db = Db::open(&Target::Sqlite(file)).await.unwrap();
    let read: Result<_> = db.read(|conn| conn.query("SELECT sum(length(body)) FROM big", &[])).await;
    assert!(matches!(read, Err(Error::Unavailable(sentence)) if sentence.contains("damaged")));
    db.write(|conn| conn.execute("INSERT INTO small (id) VALUES (1)", &[])).await.unwrap();
}

#[tokio::test]
async fn a_full_disk_refuses_the_write_and_keeps_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&Target::Sqlite(folder.path().join("onrecord.sqlite"))).await.unwrap();
    db.write(|conn| conn.batch("CREATE TABLE notes (body TEXT NOT NULL); PRAGMA max_page_count = 20")).await.unwrap();
    db.write(|conn| conn.execute("INSERT INTO notes (body) VALUES ('small')", &[])).await.unwrap();
    let large = "x".repeat(200_000);
    let writes = (0..6).map(|number| {
        let (db, large) = (db.clone(), large.clone());
        tokio::spawn(async move {
            let body = if number == 2 { large } else { format!("note {number}") };
            db.write(move |conn| conn.execute("INSERT INTO notes (body) VALUES ($1)", args![body])).await
        })
    });
    let mut kept = 1;
    for write in writes.collect::<Vec<_>>() {
        match write.await.unwrap() {
            Ok(_) => kept += 1,
            Err(Error::Unavailable(sentence)) => assert!(sentence.contains("full"), "{sentence}"),
            Err(other) => panic!("{other:?}"),
        }
    }
    let rows = db.read(|conn| conn.query("SELECT body FROM notes", &[])).await.unwrap();
    assert_eq!(rows.len(), kept, "what was answered with yes is there, and nothing else");
    db.write(|conn| conn.execute("INSERT INTO notes (body) VALUES ('after')", &[])).await.unwrap();
}

#[tokio::test]
async fn an_edited_migration_is_refused() {
    crate::testing::both(&[], |app| async move {
        app.db
            .write(|conn| conn.execute("UPDATE migrations SET sha256 = 'x' WHERE name = '0001_base'", &[]))
            .await
            .unwrap();
        let Err(Error::Unavailable(sentence)) = app.db.migrate().await else { panic!("refused") };
        assert!(sentence.contains("0001_base was edited"));
    })
    .await;
}

#[tokio::test]
async fn a_postgres_that_is_not_there_is_told() {
    for (url, word) in [
        ("host=/nowhere user=x dbname=y", "PostgreSQL cannot be reached: No such file"),
        ("what is this", "cannot be read"),
    ] {
        let Err(Error::Unavailable(sentence)) = Db::open(&Target::Postgres(url.into())).await else {
            panic!("refused")
        };
        assert!(sentence.contains(word), "{sentence}");
    }
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused_and_a_sound_one_has_no_faults() {
    crate::testing::both(&[], |app| async move {
        assert_eq!(app.db.faults().await.unwrap(), [""; 0]);
        let schema = app.db.schema().await.unwrap();
        assert!(schema.applied > 1 && schema.pending.is_empty() && schema.unknown.is_empty());
        let add = "INSERT INTO migrations (name, sha256, applied_seq) VALUES ('9999_later', '', 9999)";
        app.db.write(move |conn| conn.execute(add, &[])).await.unwrap();
        assert_eq!(app.db.schema().await.unwrap().unknown, ["9999_later"]);
        let Err(Error::Unavailable(sentence)) = app.db.migrate().await else { panic!("refused") };
        assert!(sentence.contains("newer Onrecord"));
    })
    .await;
}
