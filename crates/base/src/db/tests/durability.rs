//! What was acknowledged is there, however the process ends.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use crate::{Db, Result, Target, args};

const FILE: &str = "ONRECORD_TEST_DURABILITY";

/// Not a test of its own: the process that [`every_acknowledged_write_survives_kill_9`] starts and kills.
#[tokio::test]
async fn writer_process() {
    let Ok(file) = std::env::var(FILE) else { return };
    let db = Db::open(&Target::Sqlite(file.into())).await.unwrap();
    db.write(|conn| conn.batch("CREATE TABLE IF NOT EXISTS saves (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL)"))
        .await
        .unwrap();
    let writers = (0..8).map(|writer| {
        let db = db.clone();
        tokio::spawn(async move {
            for number in 0.. {
                let id = format!("{writer}-{number}");
                let kept = id.clone();
                let saved: Result<u64> = db
                    .write(move |conn| {
                        conn.execute("INSERT INTO saves (id, body) VALUES ($1, $2)", args![id, "x".repeat(2_000)])
                    })
                    .await;
                saved.unwrap();
                println!("saved {kept}");
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
}

#[tokio::test]
async fn every_acknowledged_write_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("onrecord.sqlite");
    for round in 0..3 {
        if round > 0 {
            std::fs::remove_file(&file).unwrap();
        }
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "db::tests::durability::writer_process", "--nocapture", "--test-threads=1"])
            .env(FILE, &file)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let saved = |line: std::io::Result<String>| Some(line.ok()?.rsplit_once("saved ")?.1.to_owned());
        let mut acknowledged: Vec<String> = lines.by_ref().filter_map(saved).take(150 + 100 * round).collect();
        child.kill().unwrap();
        // What it still said before it died counts too.
        acknowledged.extend(lines.filter_map(saved));
        child.wait().unwrap();
        let db = Db::open(&Target::Sqlite(file.clone())).await.unwrap();
        let missing = db
            .read(move |conn| {
                let mut missing = Vec::new();
                for id in acknowledged {
                    if conn.one("SELECT 1 FROM saves WHERE id = $1", args![&id])?.is_none() {
                        missing.push(id);
                    }
                }
                let sound = conn.one("PRAGMA integrity_check", &[])?.unwrap();
                assert_eq!(sound.get::<String>("integrity_check")?, "ok");
                Ok(missing)
            })
            .await
            .unwrap();
        assert_eq!(missing, [""; 0]);
        drop(db);
        let _ = std::fs::remove_file(file.with_extension("sqlite-wal"));
        let _ = std::fs::remove_file(file.with_extension("sqlite-shm"));
    }
}

#[tokio::test]
async fn a_copy_is_consistent_while_others_write() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&Target::Sqlite(folder.path().join("a.sqlite"))).await.unwrap();
    db.write(|conn| conn.batch("CREATE TABLE pairs (a BIGINT NOT NULL, b BIGINT NOT NULL)")).await.unwrap();
    let writing = db.clone();
    let writer = tokio::spawn(async move {
        for number in 0..300 {
            let both = move |conn: &mut crate::Conn<'_>| {
                conn.execute("INSERT INTO pairs (a, b) VALUES ($1, 0)", args![number])?;
                conn.execute("UPDATE pairs SET b = $1 WHERE a = $1", args![number])
            };
            writing.write(both).await.unwrap();
        }
    });
    for number in 0..3 {
        let copy = folder.path().join(format!("copy-{number}.sqlite"));
        db.copy_to(copy.clone()).await.unwrap();
        let copy = Db::open(&Target::Sqlite(copy)).await.unwrap();
        let torn = copy.read(|conn| conn.query("SELECT a FROM pairs WHERE a <> b", &[])).await.unwrap();
        assert!(torn.is_empty());
    }
    writer.await.unwrap();
}
