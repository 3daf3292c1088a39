//! Work of this area that happens after its cause: reading what an import published, in small steps, so that readers
//! and the desk come first.

use std::time::Duration;

use onrecord_base::{
    App, Conn, Error, Result, Time,
    jobs::{self, Job, Registry},
};
use onrecord_prose::Document;
use onrecord_stories::import;
use serde::{Deserialize, Serialize};

use crate::{
    capture,
    follow::{self, Text},
    gate,
    scan::Found,
    store::standing::{self, Unread},
};

/// The kind of job that hears of an import.
const HEARD: &str = "record.heard";
/// The kind of job that reads what was published without passing the gate, and the id of the only one of it.
const READING: &str = "record.reading";
/// Stories in one transaction: some milliseconds, so that nobody at the desk waits for it.
const STEP: usize = 8;
/// The pause after each step: the processors are free at least half of the time.
const PAUSE: Duration = Duration::from_millis(20);
/// Steps of one run; then the job goes to the end of the line.
const STEPS: usize = 250;
/// An import goes on for a while after its first batch, and needs the processors itself.
const AFTER: i64 = 2_000;

/// Adds this area's jobs.
pub fn jobs(registry: &mut Registry) {
    registry.on(import::IMPORTED, HEARD);
    registry.job(HEARD, |app, _| async move {
        let now = app.now();
        app.db.write(move |conn| enqueue(conn, None, now.plus(AFTER), now)).await
    });
    registry.job(READING, read);
}

/// What a node does when it starts: files that a crash left unfinished go, and the reading is put in line if anything was
/// published without being read, by an import, or before there was a record.
///
/// # Errors
/// As [`Conn::query`].
pub async fn catch_up(app: &App) -> Result<()> {
    let (data, now) = (app.data.clone(), app.now());
    if let Ok(Err(error)) = tokio::task::spawn_blocking(move || capture::sweep(&data, now)).await {
        tracing::warn!(%error, "what interrupted uploads left behind stays there");
    }
    read_on(app).await
}

/// Puts the reading in line if anything is left to read.
async fn read_on(app: &App) -> Result<()> {
    let now = app.now();
    if !app.db.read(standing::any_unread).await? {
        return Ok(());
    }
    app.db.write(move |conn| enqueue(conn, None, now, now)).await
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct From {
    /// The last story that was read: when it was published, and its id.
    after: Option<(Time, String)>,
}

fn enqueue(conn: &mut Conn<'_>, after: Option<(Time, String)>, at: Time, now: Time) -> Result<()> {
    jobs::enqueue(conn, READING, READING, &From { after }, at, now)
}

/// The newest stories come first: they are what is read.
async fn read(app: App, job: Job) -> Result<()> {
    let From { mut after } = job.read()?;
    for _ in 0..STEPS {
        let from = after.clone();
        let unread = app.db.read(move |conn| standing::unread(conn, from.as_ref(), STEP)).await?;
        let Some(last) = unread.last() else {
            // What was published meanwhile stands before where we are.
            return if after.is_some() { read_on(&app).await } else { Ok(()) };
        };
        after = Some((last.published_at, last.story.clone()));
        step(&app, unread).await?;
        tokio::time::sleep(PAUSE).await;
    }
    let now = app.now();
    app.db.write(move |conn| enqueue(conn, after, now, now)).await
}

/// Reads some stories. One that cannot be read holds up no other: it is set aside until it is published anew.
async fn step(app: &App, unread: Vec<Unread>) -> Result<()> {
    match publish_each(app, unread.clone()).await {
        Err(error) if !is_the_story_s(&error) => return Err(error),
        Err(_) => {}
        Ok(()) => return Ok(()),
    }
    for story in unread {
        let (id, revision) = (story.story.clone(), story.revision);
        match publish_each(app, vec![story]).await {
            Err(error) if !is_the_story_s(&error) => return Err(error),
            Err(error) => {
                tracing::error!(story = id, %error, "the quotations of a published story cannot be read; it is set aside until it is published anew");
                app.db
                    .write(move |conn| match standing::is_unread(conn, &id, revision)? {
                        true => standing::follow_publication(conn, &id, Some(revision)),
                        false => Ok(()),
                    })
                    .await?;
            }
            Ok(()) => {}
        }
    }
    Ok(())
}

/// Whether an error comes from what is read: a disk that is full or a database that is away pass by themselves.
fn is_the_story_s(error: &Error) -> bool {
    !matches!(error, Error::Unavailable(_))
}

async fn publish_each(app: &App, unread: Vec<Unread>) -> Result<()> {
    let read = tokio::task::spawn_blocking(move || {
        let found = |story: Unread| {
            let found = follow::found(&Document::from_json(&story.body).document);
            (story, found)
        };
        unread.into_iter().map(found).collect::<Vec<_>>()
    });
    let read = read.await.map_err(|e| Error::internal(e.to_string()))?;
    let (settings, random, now) = (app.settings(), app.random.clone(), app.now());
    app.db
        .write(move |conn| {
            for (story, found) in &read {
                // It may have been published anew, or withdrawn, since we looked.
                if standing::is_unread(conn, &story.story, story.revision)? {
                    publish(conn, &settings, &random, story, found, now)?;
                }
            }
            Ok(())
        })
        .await
}

fn publish(
    conn: &mut Conn<'_>,
    settings: &onrecord_base::Settings,
    random: &onrecord_base::Random,
    story: &Unread,
    found: &[Found],
    now: Time,
) -> Result<()> {
    let text = Text { story: &story.story, version: story.revision, found };
    let placed = follow::follow(conn, random, text, "", now)?;
    gate::publish(conn, settings, &story.story, story.revision, placed, now)
}
