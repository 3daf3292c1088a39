//! Jobs: work that happens after its cause, at least once, on whichever node comes first.
//!
//! A store function calls [`enqueue`] (or [`Conn::emit`](crate::Conn::emit), see [`events`](crate::events)) in the
//! transaction of its cause; a [`Worker`] claims what is due with a lease, runs it, and removes it.
//!
//! Invariants:
//! - a job is kept if and only if its cause is: both stand in one transaction;
//! - a job that fails is tried again later and later, [`ATTEMPTS`] times, then laid aside as dead with its last error,
//!   never dropped;
//! - a lease that runs out (a node that died) is taken over; so handlers must bear being run twice.

pub mod store;
mod worker;

use std::{collections::HashMap, future::Future, pin::Pin, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};

pub use self::{
    store::{Dead, cancel, dead, retry},
    worker::{Ran, Worker, drain},
};
use crate::{App, Conn, Error, Result, Time};

/// Tries before a job is laid aside; with the doubling pauses that is about half a day.
pub const ATTEMPTS: i64 = 14;
/// How long a node may be silent before its job is taken over; leases of running jobs are renewed.
pub const LEASE: i64 = 60_000;
/// The first pause after a failure; each further one is twice as long.
const FIRST_PAUSE: i64 = 2_000;
/// The longest pause.
const LONGEST_PAUSE: i64 = 3_600_000;

/// A job as its handler gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// What is to be done.
    pub kind: String,
    /// With what, as JSON.
    pub payload: String,
    /// Which try this is, from 1.
    pub attempt: i64,
}

impl Job {
    /// The payload as a type.
    ///
    /// # Errors
    /// `Error::Internal` if it has another shape.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.payload)
            .map_err(|e| Error::internal(format!("job {} cannot be read: {e}", self.kind)))
    }
}

type Running = Pin<Box<dyn Future<Output = Result<()>> + Send>>;
type Handler = Arc<dyn Fn(App, Job) -> Running + Send + Sync>;

/// Which kinds of jobs there are, who runs them, and which events cause them. Areas fill it, the binary holds it.
#[derive(Clone, Default)]
pub struct Registry {
    handlers: HashMap<&'static str, Handler>,
    topics: Vec<(&'static str, &'static str)>,
}

impl Registry {
    /// An empty one.
    pub fn new() -> Registry {
        Registry::default()
    }

    /// Every event of `topic` becomes a job of `kind` with the event's payload.
    pub fn on(&mut self, topic: &'static str, kind: &'static str) -> &mut Registry {
        self.topics.push((topic, kind));
        self
    }

    /// Jobs of `kind` are run by `handler`.
    pub fn job<F, Fut>(&mut self, kind: &'static str, handler: F) -> &mut Registry
    where
        F: Fn(App, Job) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        self.handlers.insert(kind, Arc::new(move |app, job| Box::pin(handler(app, job))));
        self
    }

    /// The kinds that have a handler here. Others wait for a node that has one.
    pub fn kinds(&self) -> Vec<&'static str> {
        let mut kinds: Vec<_> = self.handlers.keys().copied().collect();
        kinds.sort_unstable();
        kinds
    }

    pub(crate) fn caused_by(&self, topic: &str) -> impl Iterator<Item = &'static str> {
        self.topics.iter().filter(move |(on, _)| *on == topic).map(|(_, kind)| *kind)
    }
}

/// Starts running jobs on the current runtime.
pub fn start(app: App, registry: Registry) -> Worker {
    Worker::start(app, registry)
}

/// Puts a job in line, to be run at `run_at` or soon after. The id of a waiting job (say `publish:STORY`) replaces it;
/// one that runs ends first, and is then run once more.
///
/// # Errors
/// As [`Conn::query`].
pub fn enqueue(
    conn: &mut Conn<'_>,
    id: &str,
    kind: &str,
    payload: &impl Serialize,
    run_at: Time,
    now: Time,
) -> Result<()> {
    let payload = serde_json::to_string(payload).map_err(|e| Error::internal(format!("job {kind}: {e}")))?;
    store::insert(conn, id, kind, &payload, run_at, now)
}

/// The pause after the given failed try: doubling, with up to a quarter more or less so that jobs that failed together
/// do not come back together. `dice` is any random number.
fn pause(attempt: i64, dice: u16) -> i64 {
    let doublings = u32::try_from(attempt.clamp(1, 30) - 1).unwrap_or(0);
    let pause = FIRST_PAUSE.saturating_mul(1 << doublings).min(LONGEST_PAUSE);
    pause * 3 / 4 + pause / 2 * i64::from(dice) / i64::from(u16::MAX)
}

#[cfg(test)]
mod tests;
