//! The press: the few threads on which pages are compressed.
//!
//! Pages live long and everything else of their making dies young. Made on few threads they lie close together in
//! memory; made on any of the runtime's many blocking threads they would keep a region of each alive.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
};

use onrecord_base::{Error, Result};
use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// Threads that press pages, until it is dropped.
pub struct Press(mpsc::Sender<Job>);

impl Press {
    /// Starts so many threads.
    ///
    /// # Errors
    /// If the system gives none.
    pub fn start(threads: usize) -> Result<Press> {
        let (sender, jobs) = mpsc::channel::<Job>();
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 0..threads.max(1) {
            let jobs = jobs.clone();
            thread::Builder::new().name(format!("press-{number}")).spawn(move || {
                loop {
                    let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok(job) = job else { break };
                    // A page that cannot be pressed must not stop the press; who waits for it sees it fail.
                    let _ = catch_unwind(AssertUnwindSafe(job));
                }
            })?;
        }
        Ok(Press(sender))
    }

    /// Runs `work` there.
    ///
    /// # Errors
    /// If it panicked.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let (sender, answer) = oneshot::channel();
        let stopped = || Error::internal("a page could not be pressed");
        self.0
            .send(Box::new(move || {
                let _ = sender.send(work());
            }))
            .map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_page_that_panics_does_not_stop_the_press() {
        let press = Press::start(1).unwrap();
        assert!(press.run(|| -> u32 { panic!("on purpose") }).await.is_err());
        assert_eq!(press.run(|| 7).await.unwrap(), 7);
    }
}
