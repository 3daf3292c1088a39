//! What is left to be done at a provider: fetch what could not be fetched when it was announced, delete the provider's
//! copy. Kept as a job in the transaction that keeps the message, so that no fault between the two leaves a copy behind.
//!
//! A job holds paths made of the provider's ids and the tip's own: no number, no word. It is dated to the day and due with
//! the nightly round, whenever its cause came; before that, tries are made from memory and are written nowhere.

use std::{collections::BTreeSet, time::Duration};

use onrecord_base::{
    App, Conn, Error, Result, Time,
    fetch::{Answer, Provider, Reach, Refusal},
    jobs::{self, Job},
    web::chrome,
};
use serde::{Deserialize, Serialize};

use crate::{
    Channel, Day, Guard, Line,
    arrive::Arriving,
    channels::audio::Sound,
    jobs::next_night,
    quota::Lane,
    stack, store,
    store::{channels, tips},
};

/// The job's kind.
pub(crate) const KIND: &str = "tips.errand";
/// Pauses before the first tries: a provider that is just restarting is back after some of them.
const SOON: [Duration; 3] = [Duration::ZERO, Duration::from_secs(20), Duration::from_secs(120)];
/// Pauses before the other tries that are made by day.
const LATER: [Duration; 2] = [Duration::from_secs(3600), Duration::from_secs(4 * 3600)];

/// How long the end of the line waits for the provider.
const LAST: Duration = Duration::from_secs(30);

/// An errand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Errand {
    pub(crate) channel: Channel,
    /// The tip that fetched media belong to.
    pub(crate) tip: Option<String>,
    /// Media that are still to be fetched.
    pub(crate) fetch: Vec<Media>,
    /// Paths of what is to be deleted.
    pub(crate) delete: Vec<String>,
}

/// Something that lies at the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Media {
    pub(crate) path: String,
    /// What the desk's copy is called.
    pub(crate) name: String,
    /// Its media type, as the provider names it.
    pub(crate) kind: String,
}

/// Who counts what comes in: the guard and the line, while a request waits for it.
pub(crate) type Counted<'a> = Option<(&'a Guard, &'a Line)>;

impl Errand {
    /// The errand of a tip, now that there is one.
    pub(crate) fn of(mut self, tip: &str) -> Errand {
        if !self.fetch.is_empty() {
            self.tip = Some(tip.to_owned());
        }
        self
    }
}

/// Puts an errand in line.
pub(crate) fn enqueue(conn: &mut Conn<'_>, id: &str, errand: &Errand, now: Time) -> Result<()> {
    jobs::enqueue(conn, id, KIND, errand, next_night(now), Day::of(now).begins())
}

/// Tries at once, without anybody waiting for it; the job is taken out of the line when it is done.
pub(crate) fn at_once(app: App, reach: Reach, id: String, errand: Errand) {
    try_after(SOON.into_iter().chain(LATER), app, reach, id, errand);
}

/// As [`at_once`], but not before an hour.
pub(crate) fn later(app: App, reach: Reach, id: String, errand: Errand) {
    try_after(LATER.into_iter(), app, reach, id, errand);
}

fn try_after(
    pauses: impl Iterator<Item = Duration> + Send + 'static,
    app: App,
    reach: Reach,
    id: String,
    errand: Errand,
) {
    tokio::spawn(stack::wiping(async move {
        for pause in pauses {
            tokio::time::sleep(pause).await;
            if run(&app, reach, &id, &errand).await.is_ok() {
                // If this fails the job finds nothing left to do.
                let _ = app.db.write(move |conn| jobs::cancel(conn, &id)).await;
                return;
            }
        }
    }));
}

/// Runs the job.
pub(crate) async fn handle(app: &App, job: &Job, reach: Reach) -> Result<()> {
    stack::wiping(run(app, reach, &job.id, &job.read()?)).await
}

async fn run(app: &App, reach: Reach, id: &str, errand: &Errand) -> Result<()> {
    let phone = app.db.read(channels::load).await?.phone;
    let provider = phone.provider(reach).map_err(refused)?;
    if let (false, Some(tip)) = (errand.fetch.is_empty(), &errand.tip) {
        add(app, &provider, id, tip, errand).await?;
    }
    for path in &errand.delete {
        delete(&provider, path).await?;
    }
    Ok(())
}

/// The last chance of all that is left to be done at the provider, before the account's secret goes: copies are deleted, and
/// nothing is fetched any more. Returns how many copies may still lie there.
///
/// # Errors
/// If the jobs cannot be read.
pub(crate) async fn last(app: &App, reach: Reach) -> Result<usize> {
    let (phone, jobs) =
        app.db.read(|conn| Ok((channels::load(conn)?.phone, store::jobs::payloads(conn, KIND)?))).await?;
    let errands = jobs.iter().filter_map(|job| serde_json::from_str::<Errand>(job).ok());
    let copies: BTreeSet<String> = errands.flat_map(|errand| errand.delete).collect();
    let Ok(provider) = phone.provider(reach) else { return Ok(copies.len()) };
    let mut left = copies.len();
    let all = async {
        for path in &copies {
            if delete(&provider, path).await.is_ok() {
                left -= 1;
            }
        }
    };
    // Who destroys everything may be in a hurry.
    let _ = tokio::time::timeout(LAST, all).await;
    Ok(left)
}

async fn delete(provider: &Provider, path: &str) -> Result<()> {
    let status = provider.delete(path).await.map_err(refused)?;
    // What is gone already was deleted by an earlier try.
    match status.is_success() || matches!(status.as_u16(), 404 | 410) {
        true => Ok(()),
        false => Err(Error::unavailable(format!("the provider answered {} to a deletion", status.as_u16()))),
    }
}

/// Adds media to a tip that announced them.
async fn add(app: &App, provider: &Provider, id: &str, tip: &str, errand: &Errand) -> Result<()> {
    let wanted = tip.to_owned();
    // Erased meanwhile: then nobody wants it any more, and the provider's copy goes too.
    let Some(tip) = app.db.read(move |conn| tips::find(conn, &wanted)).await? else { return Ok(()) };
    let once = id.to_owned();
    let channel = errand.channel;
    if app.db.read(move |conn| crate::store::arrivals::known(conn, channel, &once)).await? {
        return Ok(());
    }
    // The first answer before a number of the thread is taken: most failures show here.
    let Some((first, rest)) = errand.fetch.split_first() else { return Ok(()) };
    let answer = open(provider, first).await?;
    let mut arriving = Arriving::begin(app, "", channel, None, Some(tip)).await?;
    pour(&mut arriving, first, answer, None).await?;
    for media in rest {
        let answer = open(provider, media).await?;
        pour(&mut arriving, media, answer, None).await?;
    }
    let text = app.messages.text(&chrome::language(app), "tips-arrived-later", []);
    arriving.once(Some(id.to_owned())).keep(&text, &[]).await.map(drop)
}

/// Begins to fetch something.
pub(crate) async fn open(provider: &Provider, media: &Media) -> Result<Answer> {
    let answer = provider.get(&media.path).await.map_err(refused)?;
    match answer.status.as_u16() {
        200 => Ok(answer),
        other => Err(Error::unavailable(format!("the provider answered {other}"))),
    }
}

/// Seals something as it comes.
pub(crate) async fn pour(
    arriving: &mut Arriving,
    media: &Media,
    mut answer: Answer,
    counted: Counted<'_>,
) -> Result<()> {
    let mut begun = false;
    while let Some(chunk) = answer.chunk().await.map_err(refused)? {
        if chunk.is_empty() {
            continue;
        }
        if !begun {
            // What the bytes are counts more than what they are called, where it is a recording.
            let kind = Sound::of(&chunk).map_or_else(|| media.kind.clone(), |sound| sound.media_type().to_owned());
            arriving.file(&media.name, &kind).await?;
            begun = true;
        }
        if let Some((guard, line)) = counted {
            guard.add(line, Lane::Plain, chunk.len() as u64, arriving.app())?;
        }
        arriving.push(&chunk).await?;
    }
    // Announced, and nothing in it: to be asked for again, for it may not be ready.
    if begun { Ok(()) } else { Err(Error::unavailable("the provider gave an empty file")) }
}

/// What the fetcher refused. It names no address.
pub(crate) fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::Failed(_) => Error::unavailable("the provider does not answer"),
        other => Error::unavailable(format!("the provider: {other}")),
    }
}
