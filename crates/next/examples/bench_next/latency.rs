//! How long the list below a story takes, at a hundred thousand stories, from the database as a page is made of it.

use std::time::{Duration, Instant};

use onrecord_base::{App, Clock, Conn, DataDir, Db, Result, Target, Time, args};
use onrecord_next::Next;

use super::Rows;

const STORIES: usize = 100_000;
const ASKED: usize = 3_000;
const BAR: Duration = Duration::from_millis(5);
const SECTIONS: usize = 12;

pub fn measure(rows: &mut Rows) {
    let name = format!("answer: p99 at {STORIES} stories");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let found =
        runtime.map_err(|e| e.to_string()).and_then(|runtime| runtime.block_on(answers()).map_err(|e| e.to_string()));
    match found {
        Ok((mut took, empty, itself)) => {
            took.sort_unstable();
            let at = |share: f64| took[((took.len() as f64 * share) as usize).min(took.len() - 1)];
            eprintln!("p50 {:?}, p90 {:?}, p99 {:?}, longest {:?}", at(0.5), at(0.9), at(0.99), at(1.0));
            let shown = format!("{:.2} ms", at(0.99).as_secs_f64() * 1000.0);
            rows.row(&name, shown, "<= 5 ms".into(), Some(at(0.99) <= BAR));
            rows.row(
                "answer: empty, or the story itself",
                format!("{empty} and {itself} of {ASKED}"),
                "0".into(),
                Some(empty + itself == 0),
            );
        }
        Err(error) => {
            eprintln!("{error}");
            rows.row(&name, "failed".into(), "<= 5 ms".into(), Some(false));
        }
    }
}

async fn answers() -> Result<(Vec<Duration>, usize, usize)> {
    let folder = std::env::temp_dir().join(format!("onrecord-next-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let target = Target::Sqlite(folder.join("onrecord.sqlite"));
    let db = Db::open(&target).await?;
    db.migrate().await?;
    let app = App::new(db, DataDir::temporary(&folder), Clock::system(), &[]).await?;
    let now = app.now();
    for chunk in 0..STORIES / 10_000 {
        app.db.write(move |conn| fill(conn, chunk * 10_000, now)).await?;
    }
    let began = Instant::now();
    let next = Next::open(&app).await?;
    eprintln!("model of {STORIES} stories read in {:.1} s", began.elapsed().as_secs_f64());
    let (mut took, mut empty, mut itself) = (Vec::new(), 0, 0);
    for asked in 0..ASKED {
        // Every other one among the newest hundred, where readers are; the others anywhere.
        let scattered = asked.wrapping_mul(7_919 * 31) % STORIES;
        let id = id(if asked % 2 == 0 { STORIES - 1 - scattered % 100 } else { scattered });
        let next = next.clone();
        let began = Instant::now();
        let (shown, id) = app.db.read(move |conn| Ok((next.list(conn, &id, false, now)?, id))).await?;
        took.push(began.elapsed());
        let stories = shown.map(|shown| shown.stories).unwrap_or_default();
        empty += usize::from(stories.is_empty());
        itself += usize::from(stories.iter().any(|one| one.card.id == id));
    }
    let _ = std::fs::remove_dir_all(&folder);
    Ok((took, empty, itself))
}

fn id(number: usize) -> String {
    format!("{number:012}")
}

/// Ten thousand stories of ten years; those of the last months have clicks.
fn fill(conn: &mut Conn<'_>, first: usize, now: Time) -> Result<()> {
    if first == 0 {
        for section in 0..SECTIONS {
            conn.execute(
                "INSERT INTO sections (id, slug, name, description, position) VALUES ($1, $1, $1, '', $2)",
                args![format!("s{section}"), section as i64],
            )?;
        }
    }
    let mut stories = Vec::new();
    let mut publications = Vec::new();
    let mut counts = Vec::new();
    let hour = now.millis() / 3_600_000;
    for number in first..first + 10_000 {
        let mut seed = number as u64;
        let mut draw = move |n: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % n
        };
        let age = (STORIES - number) as i64 * 10 * 365 * 24 * 3_600_000 / STORIES as i64;
        let section = format!("s{}", draw(SECTIONS));
        let words: Vec<String> =
            (0..22).map(|word| format!("word{}", if word < 8 { draw(300) } else { draw(30_000) })).collect();
        let (id, headline, dek) = (id(number), words[..8].join(" "), words[8..].join(" "));
        stories.push(args![&id, now.plus(-age), &headline, &section].to_vec());
        publications.push(args![&id, format!("/{section}/{id}"), &section, now.plus(-age), &headline, &dek].to_vec());
        if number + 3_000 >= STORIES {
            for place in 0..5 {
                counts
                    .push(args![hour - draw(48) as i64, &id, place as i64, draw(400) as i64, draw(9) as i64].to_vec());
            }
        }
    }
    conn.execute_each(
        "INSERT INTO stories (id, kind, created_at, version, saved_at, headline, section_id, language, words)
         VALUES ($1, 'story', $2, 1, $2, $3, $4, 'en', '')",
        &stories,
    )?;
    conn.execute_each(
        "INSERT INTO publications (story_id, kind, path, revision, section_id, published_at, language, slug, kicker, headline,
            dek, dateline, word_count, body) VALUES ($1, 'story', $2, 1, $3, $4, 'en', $1, '', $5, $6, '', 600, '{}')",
        &publications,
    )?;
    conn.execute_each(
        "INSERT INTO next_counts (hour, story_id, variant, position, shown, clicked) VALUES ($1, $2, 'a', $3, $4, $5)
         ON CONFLICT (hour, story_id, variant, position) DO NOTHING",
        &counts,
    )
}
