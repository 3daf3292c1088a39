//! Readers who miss the same page at once wait for one making of it.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{runtime::Handle, sync::watch};

type Key = (Box<str>, u64);
type Answer<T> = watch::Receiver<Option<T>>;

/// What is being made now, by address and generation: a reader who comes after a change does not join a making that
/// began before it.
pub struct Flights<T>(Arc<Mutex<HashMap<Key, Answer<T>>>>);

impl<T: Clone + Send + Sync + 'static> Flights<T> {
    /// None yet.
    pub fn new() -> Flights<T> {
        Flights(Arc::default())
    }

    /// Joins the making of `path`, or begins it on `runtime`. None if it came to nothing (it panicked).
    pub async fn join<F, Fut>(&self, path: &str, generation: u64, runtime: &Handle, make: F) -> Option<T>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = T> + Send + 'static,
    {
        let mut answer = {
            let mut flights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let key = (path.into(), generation);
            match flights.get(&key) {
                Some(answer) => answer.clone(),
                None => {
                    let (sender, answer) = watch::channel(None);
                    flights.insert(key.clone(), answer.clone());
                    let landed = Landed(self.0.clone(), key);
                    let making = make();
                    // On its own, so that a reader who leaves does not stop it for the others.
                    runtime.spawn(async move {
                        let _landed = landed;
                        sender.send_replace(Some(making.await));
                    });
                    answer
                }
            }
        };
        answer.wait_for(Option::is_some).await.ok().and_then(|made| made.clone())
    }
}

/// Strikes a making from the list, however it ended.
struct Landed<T>(Arc<Mutex<HashMap<Key, Answer<T>>>>, Key);

impl<T> Drop for Landed<T> {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn many_readers_one_making() {
        let flights = Flights::new();
        let made = Arc::new(AtomicUsize::new(0));
        let runtime = Handle::current();
        let one = |generation| {
            let made = made.clone();
            flights.join("/", generation, &runtime, move || async move {
                tokio::task::yield_now().await;
                made.fetch_add(1, Ordering::SeqCst) + 1
            })
        };
        assert_eq!(tokio::join!(one(1), one(1), one(1)), (Some(1), Some(1), Some(1)));
        let (before, after) = tokio::join!(one(1), one(2));
        assert_ne!(before, after);
        assert!(flights.0.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_making_that_panics_is_not_waited_for() {
        let flights: Flights<u32> = Flights::new();
        let runtime = Handle::current();
        assert_eq!(flights.join("/", 1, &runtime, || async { panic!("on purpose") }).await, None);
        assert_eq!(flights.join("/", 1, &runtime, || async { 7 }).await, Some(7));
    }
}
