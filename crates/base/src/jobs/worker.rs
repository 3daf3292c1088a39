//! The loop that runs jobs.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
};

use super::{ATTEMPTS, Job, LEASE, Registry, pause, store};
use crate::{App, Error, Result, changes, events};

/// Jobs a node runs at once: enough that a slow mail relay does not hold up a publication, few enough for two cores.
const AT_ONCE: usize = 4;
/// How often to look without being woken: what was scheduled for a moment starts at most this late.
const LOOK: Duration = Duration::from_secs(1);
/// The pause between two looks, so that a busy writer does not make us look after every write.
const REST: Duration = Duration::from_millis(20);
/// How long a stopping node waits for running jobs; their leases run out later and others take them over.
const STOP: Duration = Duration::from_secs(10);
/// How often old lines of the log are removed.
const TIDY: i64 = 3_600_000;

/// Runs jobs until it is stopped.
pub struct Worker {
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Worker {
    /// Starts it on the current runtime.
    pub fn start(app: App, registry: Registry) -> Worker {
        let (stop, stopped) = watch::channel(false);
        Worker { stop, task: tokio::spawn(work(app, Arc::new(registry), stopped)) }
    }

    /// Takes nothing new, waits a moment for what runs, gives the rest back.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        let _ = self.task.await;
    }
}

async fn work(app: App, registry: Arc<Registry>, mut stopped: watch::Receiver<bool>) {
    let who = app.id();
    let finished = Arc::new(Notify::new());
    let mut written = app.db.written();
    let mut running = JoinSet::new();
    let mut tidy_at = app.now();
    while !*stopped.borrow() {
        written.mark_unchanged();
        while running.try_join_next().is_some() {}
        match take(&app, &registry, &who, AT_ONCE - running.len()).await {
            Ok((jobs, more)) => {
                let taken = !jobs.is_empty();
                for job in jobs {
                    let (app, registry, who, finished) = (app.clone(), registry.clone(), who.clone(), finished.clone());
                    running.spawn(async move {
                        let _ = run(&app, &registry, &who, job).await;
                        finished.notify_one();
                    });
                }
                if taken || more {
                    continue;
                }
            }
            Err(error) => tracing::warn!(%error, "jobs cannot be claimed"),
        }
        if app.now() >= tidy_at {
            tidy_at = app.now().plus(TIDY);
            tidy(&app).await;
        }
        tokio::select! {
            _ = stopped.changed() => break,
            () = finished.notified() => continue,
            _ = written.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
        tokio::select! {
            _ = stopped.changed() => break,
            () = tokio::time::sleep(REST) => {}
        }
    }
    let rest = async { while running.join_next().await.is_some() {} };
    if tokio::time::timeout(STOP, rest).await.is_err() {
        running.shutdown().await;
    }
    if let Err(error) = app.db.write(move |conn| store::give_back(conn, &who)).await {
        tracing::warn!(%error, "leases could not be given back; they run out by themselves");
    }
}

/// Hands events on and leases what is due; the flag says that there may be more events.
async fn take(app: &App, registry: &Arc<Registry>, who: &str, free: usize) -> Result<(Vec<Job>, bool)> {
    let now = app.now();
    if !app.db.read(move |conn| store::waiting(conn, now)).await? {
        return Ok((Vec::new(), false));
    }
    let (registry, who, random) = (registry.clone(), who.to_owned(), app.random.clone());
    app.db
        .write(move |conn| {
            let events = events::dispatch(conn, &registry, &random, now)?;
            Ok((store::claim(conn, &registry.kinds(), &who, free, now)?, events > 0))
        })
        .await
}

/// Runs one job, renewing its lease meanwhile, and writes down how it ended.
async fn run(app: &App, registry: &Registry, who: &str, job: Job) -> Ran {
    let Some(handler) = registry.handlers.get(job.kind.as_str()).cloned() else {
        return Ran { kind: job.kind, error: Some("no handler".into()) };
    };
    // A task of its own, so that a panic ends the job and not the worker.
    let mut task = tokio::spawn(handler(app.clone(), job.clone()));
    let renew = Duration::from_millis(LEASE.unsigned_abs() / 3);
    let outcome = loop {
        tokio::select! {
            ended = &mut task => break ended.unwrap_or_else(|e| Err(Error::internal(format!("the job panicked: {e}")))),
            () = tokio::time::sleep(renew) => {
                let (id, by, now) = (job.id.clone(), who.to_owned(), app.now());
                if let Ok(false) = app.db.write(move |conn| store::renew(conn, &id, &by, now)).await {
                    tracing::warn!(job = job.kind, "another node has taken this job over");
                }
            }
        }
    };
    let (id, by, now, kind) = (job.id.clone(), who.to_owned(), app.now(), job.kind.clone());
    let error = outcome.err().map(|e| e.to_string());
    let written = match error.clone() {
        None => app.db.write(move |conn| store::finish(conn, &id, &by)).await,
        Some(error) => {
            let dice = u16::from_ne_bytes(app.random.bytes());
            let again = (job.attempt < ATTEMPTS).then(|| now.plus(pause(job.attempt, dice)));
            match again {
                Some(_) => {
                    tracing::warn!(job = kind, attempt = job.attempt, error, "a job failed and will be tried again")
                }
                None => tracing::error!(job = kind, id, error, "a job failed for the last time and is laid aside"),
            }
            app.db.write(move |conn| store::fail(conn, &id, &by, &error, again, now)).await
        }
    };
    if let Err(error) = written {
        tracing::warn!(%error, job = kind, "how a job ended could not be written; it will be run again");
    }
    Ran { kind, error }
}

async fn tidy(app: &App) {
    let now = app.now();
    if let Err(error) = app.db.write(move |conn| changes::trim(conn, now)).await {
        tracing::warn!(%error, "old changes could not be removed");
    }
}

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// Its kind.
    pub kind: String,
    /// Why it failed, if it did.
    pub error: Option<String>,
}

/// Runs everything that is due, one after another, until nothing is, and says how each ended: for tests and commands.
///
/// # Errors
/// As [`Conn::query`](crate::Conn::query).
pub async fn drain(app: &App, registry: &Registry) -> Result<Vec<Ran>> {
    let who = app.id();
    let registry = Arc::new(registry.clone());
    let mut ran = Vec::new();
    loop {
        let (jobs, more) = take(app, &registry, &who, AT_ONCE).await?;
        if jobs.is_empty() && !more {
            return Ok(ran);
        }
        for job in jobs {
            ran.push(run(app, &registry, &who, job).await);
        }
    }
}
