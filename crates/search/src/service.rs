//! The index in use, and how it is asked.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use arc_swap::ArcSwapOption;
use onrecord_base::{App, Error, Result, changes};
use tokio::sync::{Semaphore, watch};

use crate::generation::{self, Generation};

/// How long a question waits for others before it: then the machine is overloaded, and the reader is told so.
const PATIENCE: Duration = Duration::from_secs(2);

/// Search. Cheap to clone.
#[derive(Clone)]
pub struct Search(Arc<Inner>);

struct Inner {
    app: App,
    current: ArcSwapOption<Generation>,
    /// Questions asked at once: more than the processors only make all of them slower.
    room: Semaphore,
    /// A question met a broken index.
    broken: AtomicBool,
    /// The last line of the log that is in the index; -1 before there is one.
    seen: watch::Sender<i64>,
}

impl Search {
    /// Opens the index there is. Without one, or with a broken one, questions are answered with a calm sentence until
    /// [`Search::follow`] has made a new one.
    pub fn open(app: App) -> Search {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let search = Search(Arc::new(Inner {
            app,
            current: ArcSwapOption::empty(),
            room: Semaphore::new(cores),
            broken: AtomicBool::new(false),
            seen: watch::Sender::new(-1),
        }));
        if let Some(name) = generation::current(&search.0.app.data) {
            // A library that reads a damaged file may break in ways of its own.
            let open = std::panic::AssertUnwindSafe(|| Generation::open(&search.0.app.data, &name));
            match std::panic::catch_unwind(open) {
                Ok(Ok(generation)) => search.0.current.store(Some(Arc::new(generation))),
                Ok(Err(error)) => tracing::warn!(%error, "the search index is made again"),
                Err(_) => tracing::warn!("the search index cannot be read and is made again"),
            }
        }
        search
    }

    /// The newsroom.
    pub fn app(&self) -> &App {
        &self.0.app
    }

    /// The index in use, if there is one.
    pub fn generation(&self) -> Option<Arc<Generation>> {
        self.0.current.load_full()
    }

    /// Puts an index into use, or takes a broken one away.
    pub(crate) fn exchange(&self, generation: Option<Arc<Generation>>) {
        self.0.broken.store(false, Ordering::Relaxed);
        self.0.current.store(generation);
    }

    /// True if a question met a broken index since the last exchange.
    pub(crate) fn is_broken(&self) -> bool {
        self.0.broken.load(Ordering::Relaxed)
    }

    /// Says that the index is broken: it is made again.
    pub(crate) fn break_off(&self) {
        self.0.broken.store(true, Ordering::Relaxed);
    }

    /// Says how far the log is in the index.
    pub(crate) fn followed_to(&self, seq: i64) {
        self.0.seen.send_replace(seq);
    }

    /// Asks the index; none if there is no index at the moment. Whatever breaks meanwhile is the index's fault, not the
    /// reader's.
    ///
    /// # Errors
    /// `Error::Unavailable` if too many ask at once.
    pub async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Generation) -> Result<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let permit = tokio::time::timeout(PATIENCE, self.0.room.acquire()).await;
        let _permit = permit
            .map_err(|_| Error::unavailable("too many questions at once"))?
            .map_err(|e| Error::internal(e.to_string()))?;
        let Some(generation) = self.generation() else { return Ok(None) };
        match tokio::task::spawn_blocking(move || work(&generation)).await {
            Ok(Ok(found)) => return Ok(Some(found)),
            Ok(Err(error)) => tracing::error!(%error, "the search index is broken"),
            // What was asked stands in no log.
            Err(_) => tracing::error!("the search index broke a question"),
        }
        self.break_off();
        Ok(None)
    }

    /// Waits until what was written before now is in the index: for tests, and whoever measures.
    ///
    /// # Errors
    /// If the log cannot be read.
    pub async fn settle(&self) -> Result<()> {
        let last = self.0.app.db.read(changes::last).await?;
        let mut seen = self.0.seen.subscribe();
        let _ = seen.wait_for(|seen| *seen >= last).await;
        Ok(())
    }
}
