//! The model of a node: loaded once, kept up to date from the log of changes, asked by every page that is made.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use onrecord_base::{App, Conn, Result, Time, changes};
use onrecord_stories::published::{self, Card, Filter};

use crate::{
    counting::{Beacon, Tally},
    model::{Model, Scored},
    once::Once,
    rank::signals::Weights,
    ranker::Ranker,
    settings::Settings,
    store::{counts, facts, settings, trials, wishes},
    trial::{self, ALONE, Trial},
};

/// How often sums are written.
const FLUSH: Duration = Duration::from_secs(10);
/// How long after new counts the pages that hang on them may stay as they are.
const COUNTS: i64 = 60_000;
/// How often the pairs of reads are summed up anew.
const PAIRS: i64 = 5 * 60_000;
/// How often an import makes the model be read anew while it runs.
const RELOAD: i64 = 5_000;
/// How often old counts are let go.
const FORGET: i64 = 3_600_000;
/// Stories whose model is loaded before the server starts: no time at all.
const FEW: usize = 500;
/// How long a failed loading waits.
const AGAIN: Duration = Duration::from_secs(5);

/// A story that is recommended. It can only be made of what the publication tables gave.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Recommended {
    /// The story.
    pub card: Card,
}

/// What stands below a story.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The next article and further ones, best first.
    pub stories: Vec<Recommended>,
    /// What it is counted as: of which ranker in which trial.
    pub variant: String,
    /// The settings it was made with.
    pub settings: Settings,
    /// Whether two rankers stand side by side.
    pub trial: bool,
    /// The model was not there: something better may stand here soon.
    pub provisional: bool,
}

/// The next articles of a node. Cheap to clone.
#[derive(Clone, Default)]
pub struct Next(Arc<Inner>);

#[derive(Default)]
struct Inner {
    state: Mutex<State>,
    tally: Mutex<Tally>,
    once: Mutex<Once>,
    /// The model was loaded, and pages made without it are to be made anew.
    fresh: AtomicBool,
}

#[derive(Default)]
struct State {
    model: Option<Model>,
    settings: Settings,
    trial: Option<Trial>,
    /// The last line of the log that the model holds.
    seen: i64,
    /// When counts, pairs and weights were read or written last.
    counted: i64,
    paired: i64,
    told: i64,
    /// An import wrote: everything is to be read anew, and when that was done last.
    stale: bool,
    loaded: i64,
}

/// Reads a model whole.
///
/// # Errors
/// If the database does not answer.
pub async fn load(app: &App) -> Result<Model> {
    let now = app.now();
    app.db.read(move |conn| read(conn, now)).await.map(|state| state.model.unwrap_or_default())
}

fn read(conn: &mut Conn<'_>, now: Time) -> Result<State> {
    let mut model = Model::default();
    let seen = changes::last(conn)?;
    let mut last = String::new();
    loop {
        let chunk = facts::after(conn, &last)?;
        let Some(end) = chunk.last() else { break };
        last.clone_from(&end.id);
        chunk.iter().for_each(|facts| model.put(facts));
    }
    model.count(&counts::since(conn, counts::hour(now) - counts::HOURS)?, now);
    model.reads(&counts::pairs(conn)?);
    model.wish(wishes::all(conn)?);
    if let Some(learner) = settings::learned(conn)? {
        model.remember(learner);
    }
    let (settings, trial) = (settings::site(conn)?, trials::open(conn)?);
    let at = now.millis();
    Ok(State { model: Some(model), settings, trial, seen, counted: at, paired: at, told: at, stale: false, loaded: at })
}

impl Next {
    /// Loads the model and keeps it up to date for as long as the server runs. A large newsroom's is loaded in the
    /// background; until it is there, lists hold the newest stories.
    pub async fn start(app: &App) -> Next {
        let next = Next::default();
        let few = app.db.read(|conn| Ok(published::cards(conn, &Filter::all(), None, FEW)?.len() < FEW)).await;
        if few.unwrap_or(false)
            && let Err(error) = next.reload(app).await
        {
            tracing::error!(%error, "the stories cannot be read for the next article");
        }
        tokio::spawn(next.clone().follow(app.clone()));
        next
    }

    /// As [`Next::start`], loaded before it is given back, and followed by nobody: what is asked brings it up to date.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn open(app: &App) -> Result<Next> {
        let next = Next::default();
        next.reload(app).await?;
        Ok(next)
    }

    async fn follow(self, app: App) {
        while self.state().model.is_none()
            && let Err(error) = self.reload(&app).await
        {
            tracing::error!(%error, "the stories cannot be read for the next article");
            tokio::time::sleep(AGAIN).await;
        }
        let mut forgot = 0;
        loop {
            tokio::time::sleep(FLUSH).await;
            if let Err(error) = self.look_after(&app, &mut forgot).await {
                tracing::warn!(%error, "the counts of the next article wait");
            }
        }
    }

    async fn look_after(&self, app: &App, forgot: &mut i64) -> Result<()> {
        self.flush(app).await?;
        let now = app.now();
        let stale = {
            let state = self.state();
            state.stale && now.millis() - state.loaded >= RELOAD
        };
        if stale {
            self.reload(app).await?;
        }
        let next = self.clone();
        app.db.read(move |conn| next.state().catch_up(conn, now)).await?;
        if now.millis() - *forgot >= FORGET {
            *forgot = now.millis();
            app.db.write(move |conn| counts::forget(conn, now)).await?;
        }
        Ok(())
    }

    /// Reads everything anew.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn reload(&self, app: &App) -> Result<()> {
        let now = app.now();
        let mut read = app.db.read(move |conn| read(conn, now)).await?;
        let rankers = read.trial.as_ref().map_or([read.settings.ranker; 2], |trial| trial.rankers);
        if let Some(model) = &mut read.model {
            rankers.into_iter().for_each(|ranker| model.warm(ranker, now));
        }
        *self.state() = read;
        self.0.fresh.store(true, Ordering::Release);
        Ok(())
    }

    /// True once after the model was loaded: pages made before may be better now.
    pub fn became_ready(&self) -> bool {
        self.0.fresh.swap(false, Ordering::AcqRel)
    }

    /// What to read after a published story, as of this snapshot of the database: `second` for the second ranker of a trial;
    /// none if there is no trial.
    ///
    /// # Errors
    /// As [`Conn::query`].
    pub fn list(&self, conn: &mut Conn<'_>, from: &str, second: bool, now: Time) -> Result<Option<Shown>> {
        let (ids, shown) = {
            let mut state = self.state();
            state.catch_up(conn, now)?;
            let settings = state.settings;
            let (ranker, variant) = match (second, &state.trial) {
                (true, None) => return Ok(None),
                (second, Some(trial)) => {
                    let at = usize::from(second);
                    (trial.rankers[at], trial.variants()[at].clone())
                }
                (false, None) => (settings.ranker, ALONE.to_owned()),
            };
            let trial = state.trial.is_some();
            let ids = state.ids(conn, from, ranker, settings.links(), now)?;
            let provisional = ids.is_none();
            (ids, Shown { stories: Vec::new(), variant, settings, trial, provisional })
        };
        let mut cards = match ids {
            Some(ids) => published::cards_by_id(conn, &ids.iter().map(String::as_str).collect::<Vec<_>>())?,
            None => newest(conn, from, shown.settings.links())?,
        };
        if cards.is_empty() {
            // The model is behind by a whole newsroom: never empty while there is another story.
            cards = newest(conn, from, shown.settings.links())?;
        }
        Ok(Some(Shown { stories: cards.into_iter().map(|card| Recommended { card }).collect(), ..shown }))
    }

    /// What stands after a published story and what else was weighed, each with what speaks for it; none while the model is
    /// not loaded.
    ///
    /// # Errors
    /// As [`Conn::query`].
    pub fn explain(
        &self,
        conn: &mut Conn<'_>,
        from: &str,
        most: usize,
        now: Time,
    ) -> Result<Option<(Vec<Scored>, Vec<Scored>)>> {
        let mut state = self.state();
        state.catch_up(conn, now)?;
        let links = state.settings.links();
        let ranker = trial::of_pages(state.trial.as_ref(), &state.settings);
        if state.ids(conn, from, ranker, links, now)?.is_none() {
            return Ok(None);
        }
        let Some(model) = &mut state.model else { return Ok(None) };
        Ok(Some(model.weighed(from, ranker, links, most, now)))
    }

    /// The weights a ranker uses at the moment; none while the model is not loaded.
    pub fn weights(&self, ranker: Ranker) -> Option<Weights> {
        self.state().model.as_ref().map(|model| model.weights(ranker))
    }

    /// Takes what a browser of a network said. What cannot be is left out; while the model is not loaded nothing can be told
    /// apart.
    pub fn said(&self, beacon: Beacon, network: &str, now: Time) {
        let mut checked = {
            let mut state = self.state();
            let variants = state.trial.as_ref().map(Trial::variants);
            let Some(model) = &mut state.model else { return };
            // A page that was made before a trial began may still be open.
            let counted = |name: &str| name == ALONE || variants.iter().flatten().any(|one| one == name);
            let beacon = beacon.checked(counted, |id| model.has(id));
            for list in &beacon.lists {
                if let Some(clicked) = &list.clicked {
                    model.learn(&list.from, &list.list, clicked, now);
                }
            }
            beacon
        };
        {
            let mut once = lock(&self.0.once);
            checked.reads.retain(|(from, to)| from.as_ref().is_none_or(|from| once.is_new(now, network, (from, to))));
        }
        lock(&self.0.tally).add(&checked);
    }

    /// Writes the sums since the last time. Pages that hang on counts are made anew after a minute at the earliest.
    ///
    /// # Errors
    /// As [`onrecord_base::Db::write`]; the sums are lost then, which is better than counting them twice.
    pub async fn flush(&self, app: &App) -> Result<()> {
        let now = app.now();
        let sums = {
            let mut tally = lock(&self.0.tally);
            if tally.is_empty() {
                return Ok(());
            }
            tally.take()
        };
        let (tell, learner) = {
            let mut state = self.state();
            let tell = now.millis() - state.told >= COUNTS;
            if tell {
                state.told = now.millis();
            }
            (tell, state.model.as_ref().filter(|_| tell).map(|model| model.learner().clone()))
        };
        let written = app.db.write(move |conn| {
            counts::add(conn, &sums, now)?;
            if let Some(learner) = learner {
                settings::keep_learned(conn, &learner, now)?;
            }
            if tell { conn.changed("next", "counts", now) } else { Ok(()) }
        });
        written.await
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0.state)
    }
}

impl State {
    /// The ids of the list; none if the model is not there or does not know the story.
    fn ids(
        &mut self,
        conn: &mut Conn<'_>,
        from: &str,
        ranker: Ranker,
        links: usize,
        now: Time,
    ) -> Result<Option<Vec<String>>> {
        let Some(model) = &mut self.model else { return Ok(None) };
        if !model.has(from) {
            // Published by an import that the model has not read yet.
            match facts::one(conn, from)? {
                Some(facts) => model.put(&facts),
                None => return Ok(None),
            }
        }
        Ok(Some(model.list(from, ranker, links, now).into_iter().map(|one| one.id).collect()))
    }

    /// Applies what the log says since it was read last.
    fn catch_up(&mut self, conn: &mut Conn<'_>, now: Time) -> Result<()> {
        if self.model.is_none() {
            return Ok(());
        }
        loop {
            let lines = changes::since(conn, self.seen)?;
            let Some(last) = lines.last() else { break };
            let more = lines.len() as i64 == changes::BATCH;
            let (mut stories, mut next) = (Vec::new(), Vec::new());
            for line in &lines {
                match line.kind.as_str() {
                    "story" | "marks" => stories.push(line.subject.clone()),
                    "quotation" => stories.extend(facts::quoting(conn, &line.subject)?),
                    "all" => self.stale = true,
                    "next" => next.push(line.subject.as_str()),
                    _ => {}
                }
            }
            stories.sort();
            stories.dedup();
            let facts = stories.iter().map(|id| facts::one(conn, id)).collect::<Result<Vec<_>>>()?;
            let wishes = if next.contains(&"wishes") { Some(wishes::all(conn)?) } else { None };
            if next.contains(&"settings") {
                (self.settings, self.trial) = (settings::site(conn)?, trials::open(conn)?);
            }
            if next.contains(&"counts") {
                self.recount(conn, now)?;
            }
            self.seen = last.seq;
            let Some(model) = &mut self.model else { return Ok(()) };
            for (id, facts) in stories.iter().zip(facts) {
                match facts {
                    Some(facts) => model.put(&facts),
                    None => model.remove(id),
                }
            }
            if let Some(wishes) = wishes {
                model.wish(wishes);
            }
            if !more {
                break;
            }
        }
        Ok(())
    }

    /// Reads the counts of the last hours.
    fn recount(&mut self, conn: &mut Conn<'_>, now: Time) -> Result<()> {
        let Some(model) = &mut self.model else { return Ok(()) };
        // All rows of these hours were known when they were read last, and older ones no longer grow.
        let last = counts::hour(Time::from_millis(self.counted));
        model.count(&counts::since(conn, last - 1)?, now);
        self.counted = now.millis();
        if now.millis() - self.paired >= PAIRS {
            model.reads(&counts::pairs(conn)?);
            self.paired = now.millis();
        }
        Ok(())
    }
}

/// The newest other stories: what stands there while nothing better is known.
fn newest(conn: &mut Conn<'_>, from: &str, links: usize) -> Result<Vec<Card>> {
    let mut cards = published::cards(conn, &Filter::all(), None, links + 1)?;
    cards.retain(|card| card.id != from);
    cards.truncate(links);
    Ok(cards)
}

/// What is half done when a thread panics is a sum or a rank of the next minute.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
