//! Durable saves with many writers: `bench_store sqlite:FILE|POSTGRES-ADDRESS [WRITERS] [SECONDS]`.
//!
//! Each writer saves a draft of 4 kB and a line of the log, waits for the answer, and saves again. Prints one line:
//! saves, saves/s, p50 and p99 in milliseconds.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use onrecord_base::{Clock, Db, Random, Result, Target, args};

/// A story of 600 words as the editor's JSON.
const DRAFT: usize = 4_000;

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let place = arguments.next().unwrap_or_else(|| "sqlite:bench.sqlite".into());
    let writers: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(64);
    let seconds: u64 = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(10);
    let target = match place.strip_prefix("sqlite:") {
        Some(file) => Target::Sqlite(file.into()),
        None => Target::Postgres(place),
    };
    let db = Db::open(&target).await?;
    db.migrate().await?;
    db.write(|conn| {
        conn.batch(
            "CREATE TABLE IF NOT EXISTS bench_drafts (id TEXT NOT NULL PRIMARY KEY, story_id TEXT NOT NULL,
                 body TEXT NOT NULL, saved_at BIGINT NOT NULL)",
        )
    })
    .await?;
    let waits = Arc::new(Mutex::new(Vec::new()));
    let begun = Instant::now();
    let end = begun + Duration::from_secs(seconds);
    let tasks: Vec<_> =
        (0..writers).map(|writer| tokio::spawn(write(db.clone(), writer, end, waits.clone()))).collect();
    for task in tasks {
        task.await.map_err(|e| onrecord_base::Error::internal(e.to_string()))??;
    }
    let took = begun.elapsed().as_secs_f64();
    let mut waits = waits.lock().map(|waits| waits.clone()).unwrap_or_default();
    waits.sort_unstable();
    let at =
        |part: usize| waits.get(waits.len() * part / 100).map_or(0.0, |wait: &Duration| wait.as_secs_f64() * 1_000.0);
    println!("{} {:.0} {:.1} {:.1}", waits.len(), waits.len() as f64 / took, at(50), at(99));
    // What was answered must be there.
    let rows = db.read(|conn| conn.one("SELECT count(*) AS n FROM bench_drafts", &[])).await?;
    let rows = rows.map_or(Ok(0), |row| row.get::<i64>("n"))?;
    match usize::try_from(rows).is_ok_and(|rows| rows >= waits.len()) {
        true => Ok(()),
        false => Err(onrecord_base::Error::internal(format!("{} saves were answered, {rows} are there", waits.len()))),
    }
}

async fn write(db: Db, writer: usize, end: Instant, waits: Arc<Mutex<Vec<Duration>>>) -> Result<()> {
    let (clock, random) = (Clock::system(), Random::default());
    let body = "x".repeat(DRAFT);
    let mut own = Vec::new();
    while Instant::now() < end {
        let (id, story, body, now) = (random.id(clock.now()), format!("story-{writer}"), body.clone(), clock.now());
        let asked = Instant::now();
        db.write(move |conn| {
            conn.execute(
                "INSERT INTO bench_drafts (id, story_id, body, saved_at) VALUES ($1, $2, $3, $4)",
                args![id, &story, body, now],
            )?;
            conn.changed("story", &story, now)
        })
        .await?;
        own.push(asked.elapsed());
    }
    if let Ok(mut waits) = waits.lock() {
        waits.extend(own);
    }
    Ok(())
}
