//! The best compression, made in the background for what is read often.

use std::{
    sync::{Arc, Weak},
    thread,
    time::{Duration, Instant},
};

use onrecord_base::Result;

use super::{Edition, Inner, ask::Coding, encode, page::Page};

/// A page asked for so often is worth the work.
const WORTH: u32 = 16;
/// Pause when there is nothing to do.
const IDLE: Duration = Duration::from_secs(2);
/// Rest after each page, as a multiple of the work: readers and the desk come first.
const REST: u32 = 4;
/// The thread's niceness: the system gives it what nobody else wants.
const NICE: i32 = 19;

impl Edition {
    /// Begins to compress pages better while the machine has time for it, for as long as the edition is there.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn improve(&self) -> Result<()> {
        let inner = Arc::downgrade(&self.0);
        thread::Builder::new().name("improver".into()).spawn(move || {
            // Where the system refuses, the thread works as any other.
            let _ = rustix::process::nice(NICE);
            while let Some(rest) = one(&inner) {
                thread::sleep(rest);
            }
        })?;
        Ok(())
    }
}

/// Improves one page; how long to rest then. None when the edition is gone.
fn one(inner: &Weak<Inner>) -> Option<Duration> {
    let edition = inner.upgrade()?;
    let Some((path, page)) = edition.kept.most_asked(|page| page.asked() >= WORTH && page.may_improve()) else {
        return Some(IDLE);
    };
    let began = Instant::now();
    edition.kept.replace(&path, &page, Arc::new(better(&page)));
    Some(began.elapsed() * REST)
}

fn better(page: &Page) -> Page {
    let quick = page.ready(Coding::Br).map(|body| body.bytes.clone()).unwrap_or_default();
    let best = encode::brotli(&page.text(), encode::BEST);
    // Rarely the slower way gains nothing; the page is marked all the same, so as not to be tried again.
    page.with_best(if best.len() < quick.len() { best.into() } else { quick })
}
