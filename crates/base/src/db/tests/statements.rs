use crate::{
    App, Conn, Error, Result, args,
    db::Value,
    testing::{START, both},
};

async fn with_table(app: &App) {
    app.db
        .write(|conn| {
            conn.batch(
                "CREATE TABLE jottings (id TEXT NOT NULL PRIMARY KEY, place TEXT NOT NULL, rank BIGINT NOT NULL, size DOUBLE PRECISION,
                     seen_at BIGINT, UNIQUE (place, rank));
                 CREATE TABLE jotting_tags (name TEXT NOT NULL);
                 CREATE UNIQUE INDEX jotting_tags_name_folded ON jotting_tags (lower(name));
                 CREATE TABLE jotting_lines (note_id TEXT NOT NULL REFERENCES jottings (id), at BIGINT NOT NULL, PRIMARY KEY (note_id, at))",
            )
        })
        .await
        .unwrap();
}

fn add(conn: &mut Conn<'_>, id: &str, place: &str, rank: i64) -> Result<u64> {
    conn.execute("INSERT INTO jottings (id, place, rank, size) VALUES ($1, $2, $3, 1.5)", args![id, place, rank])
}

async fn ids(app: &App) -> Vec<String> {
    let rows = app.db.read(|conn| conn.query("SELECT id FROM jottings ORDER BY id", &[])).await.unwrap();
    rows.iter().map(|row| row.get("id").unwrap()).collect()
}

#[tokio::test]
async fn arguments_are_bound_by_what_their_names_say() {
    both(&[], |app| async move {
        with_table(&app).await;
        let found = app
            .db
            .write(|conn| {
                conn.execute(
                    "INSERT INTO jottings (rank, place, id, seen_at) VALUES ($3, $2, $1, $3)",
                    args!["a", "harbour", 7],
                )?;
                conn.one("SELECT id, rank, seen_at, size FROM jottings WHERE rank = $2 AND id = $1", args!["a", 7])
            })
            .await
            .unwrap()
            .unwrap();
        assert_eq!(found.get::<String>("id").unwrap(), "a");
        assert_eq!(found.get::<i64>("seen_at").unwrap(), 7);
        assert_eq!(found.get::<Option<f64>>("size").unwrap(), None);
        assert!(found.get::<i64>("id").is_err());
        assert!(found.get::<i64>("nothing").is_err());
        for wrong in [args!["a"].to_vec(), args!["a", 7, 8].to_vec()] {
            let answer =
                app.db.read(move |conn| conn.query("SELECT 1 FROM jottings WHERE id = $1 AND rank = $2", &wrong));
            assert!(matches!(answer.await, Err(Error::Internal(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn one_text_serves_both() {
    both(&[], |app| async move {
        with_table(&app).await;
        app.db
            .write(|conn| {
                for (id, place, rank) in [("a", "Übersee", 1), ("b", "harbour", 2), ("c", "tower", 3)] {
                    add(conn, id, place, rank)?;
                }
                let upsert = "INSERT INTO jottings (id, place, rank) VALUES ($1, $2, $3)
                              ON CONFLICT (id) DO UPDATE SET rank = jottings.rank + excluded.rank RETURNING rank";
                assert_eq!(conn.one(upsert, args!["a", "x", 10])?.unwrap().get::<i64>("rank")?, 11);
                let one = |conn: &mut Conn<'_>, sql: &str, args: &[Value]| -> Result<i64> {
                    conn.one(sql, args)?.unwrap().get("n")
                };
                assert_eq!(
                    one(conn, "SELECT count(*) AS n FROM jottings WHERE (rank, id) < ($1, $2)", args![3, "c"])?,
                    1
                );
                assert_eq!(
                    one(conn, "SELECT count(*) AS n FROM jottings WHERE lower(place) LIKE $1", args!["übe%"])?,
                    1
                );
                assert_eq!(one(conn, "SELECT count(*) AS n FROM jottings WHERE place LIKE 'HARB%'", &[])?, 0);
                assert_eq!(one(conn, "SELECT CAST(sum(rank) AS BIGINT) AS n FROM jottings", &[])?, 16);
                assert_eq!(
                    one(conn, "SELECT count(*) AS n FROM jottings WHERE seen_at IS NULL AND $1 = ''", args![""])?,
                    3
                );
                let bytes = conn.one("SELECT $1 AS text", args!["plain"])?.unwrap();
                assert_eq!(bytes.get::<String>("text")?, "plain");
                let windowed =
                    "SELECT id, row_number() OVER (ORDER BY rank DESC) AS n FROM jottings ORDER BY n LIMIT 1";
                assert_eq!(conn.one(windowed, &[])?.unwrap().get::<String>("id")?, "a");
                Ok(())
            })
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn broken_constraints_are_named_alike() {
    both(&[], |app| async move {
        with_table(&app).await;
        app.db
            .write(|conn| {
                add(conn, "a", "harbour", 1)?;
                conn.execute("INSERT INTO jotting_lines (note_id, at) VALUES ('a', 1)", &[])
            })
            .await
            .unwrap();
        let name = |sql: &'static str| {
            let db = app.db.clone();
            async move {
                match db.write(move |conn| conn.execute(sql, &[])).await {
                    Err(Error::Unique(name)) => name,
                    other => panic!("{sql}: {other:?}"),
                }
            }
        };
        assert_eq!(name("INSERT INTO jottings (id, place, rank) VALUES ('a', 'x', 2)").await, "jottings_id");
        assert_eq!(
            name("INSERT INTO jottings (id, place, rank) VALUES ('b', 'harbour', 1)").await,
            "jottings_place_rank"
        );
        app.db.write(|conn| conn.execute("INSERT INTO jotting_tags (name) VALUES ('Harbour')", &[])).await.unwrap();
        assert_eq!(name("INSERT INTO jotting_tags (name) VALUES ('HARBOUR')").await, "jotting_tags_name_folded");
        assert_eq!(name("INSERT INTO jotting_lines (note_id, at) VALUES ('a', 1)").await, "jotting_lines_note_id_at");
        assert_eq!(
            name("INSERT INTO settings (name, value, updated_at) SELECT 'x', '', 0 UNION ALL SELECT 'x', '', 0").await,
            "settings_name"
        );
        let orphan =
            app.db.write(|conn| conn.execute("INSERT INTO jotting_lines (note_id, at) VALUES ('z', 1)", &[])).await;
        assert!(matches!(orphan, Err(Error::Internal(_))));
    })
    .await;
}

#[tokio::test]
async fn an_error_undoes_all_of_its_write_and_nothing_else() {
    both(&[], |app| async move {
        with_table(&app).await;
        let writes = (0..120).map(|number| {
            let db = app.db.clone();
            tokio::spawn(async move {
                db.write(move |conn| {
                    add(conn, &format!("{number:03}"), &format!("place {number}"), number)?;
                    match number % 3 {
                        0 => Ok(()),
                        1 => Err(Error::Stale),
                        _ => panic!("as a broken handler would"),
                    }
                })
                .await
            })
        });
        let mut done = 0;
        for write in writes.collect::<Vec<_>>() {
            done += usize::from(write.await.unwrap().is_ok());
        }
        assert_eq!(done, 40);
        assert_eq!(ids(&app).await.len(), 40);
        assert!(ids(&app).await.iter().all(|id| id.parse::<i64>().unwrap() % 3 == 0));
    })
    .await;
}

#[tokio::test]
async fn a_failed_statement_that_is_ignored_fails_the_write_unless_it_was_an_attempt() {
    both(&[], |app| async move {
        with_table(&app).await;
        app.db.write(|conn| add(conn, "a", "harbour", 1)).await.unwrap();
        let ignored = app
            .db
            .write(|conn| {
                add(conn, "b", "tower", 1)?;
                let _ = add(conn, "a", "again", 1);
                Ok(())
            })
            .await;
        assert!(matches!(ignored, Err(Error::Unique(_))));
        assert_eq!(ids(&app).await, ["a"]);
        app.db
            .write(|conn| {
                add(conn, "b", "tower", 1)?;
                let taken = conn.attempt(|conn| {
                    add(conn, "c", "mill", 1)?;
                    add(conn, "a", "again", 1)
                });
                assert!(matches!(taken, Err(Error::Unique(_))));
                conn.attempt(|conn| add(conn, "d", "quay", 1))?;
                Ok(())
            })
            .await
            .unwrap();
        assert_eq!(ids(&app).await, ["a", "b", "d"]);
    })
    .await;
}

#[tokio::test]
async fn a_read_sees_one_moment_and_changes_nothing() {
    both(&[], |app| async move {
        with_table(&app).await;
        let refused = app.db.read(|conn| add(conn, "a", "harbour", 1)).await;
        assert!(refused.is_err());
        let (begun, begun_seen) = std::sync::mpsc::channel();
        let (go, gone) = std::sync::mpsc::channel::<()>();
        let db = app.db.clone();
        let reader = tokio::spawn(async move {
            db.read(move |conn| {
                let count =
                    |conn: &mut Conn<'_>| conn.one("SELECT count(*) AS n FROM jottings", &[])?.unwrap().get::<i64>("n");
                let before = count(conn)?;
                begun.send(()).unwrap();
                gone.recv().unwrap();
                Ok((before, count(conn)?))
            })
            .await
        });
        tokio::task::spawn_blocking(move || begun_seen.recv().unwrap()).await.unwrap();
        app.db.write(|conn| add(conn, "a", "harbour", 1)).await.unwrap();
        go.send(()).unwrap();
        assert_eq!(reader.await.unwrap().unwrap(), (0, 0));
        assert_eq!(ids(&app).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_log_keeps_the_order_of_commits_and_is_trimmed_but_for_its_last_line() {
    both(&[], |app| async move {
        let writers = (0..40).map(|number| {
            let db = app.db.clone();
            tokio::spawn(async move { db.write(move |conn| conn.changed("story", &number.to_string(), START)).await })
        });
        let db = app.db.clone();
        let follower = tokio::spawn(async move {
            let (mut seen, mut last) = (Vec::new(), 0);
            while seen.len() < 40 {
                for change in db.read(move |conn| crate::changes::since(conn, last)).await.unwrap() {
                    last = change.seq;
                    seen.push(change.subject);
                }
            }
            seen
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap().unwrap();
        }
        let mut seen = follower.await.unwrap();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 40);
        let last = app.db.read(crate::changes::last).await.unwrap();
        assert_eq!(app.db.read(crate::changes::trimmed_to).await.unwrap(), 0);
        app.db.write(|conn| crate::changes::trim(conn, START)).await.unwrap();
        assert_eq!(app.db.read(|conn| crate::changes::since(conn, 0)).await.unwrap().len(), 40);
        app.db.write(|conn| crate::changes::trim(conn, START.plus(crate::changes::KEPT + 1))).await.unwrap();
        assert_eq!(app.db.read(|conn| crate::changes::since(conn, 0)).await.unwrap().len(), 1);
        assert_eq!(app.db.read(crate::changes::last).await.unwrap(), last);
        assert!(app.db.read(crate::changes::trimmed_to).await.unwrap() < last);
    })
    .await;
}

#[tokio::test]
async fn a_write_of_another_process_wakes() {
    both(&[], |app| async move {
        let mut written = app.db.written();
        let other = match app.db.is_sqlite() {
            true => crate::Db::open(&crate::Target::Sqlite(app.data.path().join("onrecord.sqlite"))).await.unwrap(),
            // Any process that listens to the same database is another node.
            false => app.db.clone(),
        };
        written.mark_unchanged();
        other.write(|conn| conn.changed("story", "1", START)).await.unwrap();
        written.changed().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn one_statement_runs_for_each_set_of_arguments_and_fails_as_one() {
    both(&[], |app| async move {
        with_table(&app).await;
        let each: Vec<Vec<Value>> = (0..600_i64).map(|n| args![format!("{n:03}"), "quay", n].to_vec()).collect();
        let add = "INSERT INTO jottings (id, place, rank) VALUES ($1, $2, $3)";
        let asked = [args!["007"].to_vec(), args!["nobody"].to_vec(), args!["599"].to_vec()];
        let rows = app
            .db
            .write(move |conn| {
                conn.execute_each(add, &each)?;
                conn.query_each("SELECT rank FROM jottings WHERE id = $1", &asked)
            })
            .await
            .unwrap();
        let ranks: Vec<Vec<i64>> =
            rows.iter().map(|rows| rows.iter().map(|row| row.get("rank").unwrap()).collect()).collect();
        assert_eq!(ranks, [vec![7], vec![], vec![599]]);
        let twice = [args!["a", "pier", 1].to_vec(), args!["b", "pier", 1].to_vec(), args!["c", "pier", 2].to_vec()];
        let answer = app.db.write(move |conn| conn.execute_each(add, &twice)).await;
        assert!(matches!(&answer, Err(Error::Unique(name)) if name == "jottings_place_rank"), "{answer:?}");
        assert_eq!(ids(&app).await.len(), 600, "nothing of it is left");
    })
    .await;
}
