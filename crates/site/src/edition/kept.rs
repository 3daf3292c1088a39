//! The pages in memory: within a budget of bytes, and never older than the log of changes as far as it was followed.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use quick_cache::{OptionsBuilder, Weighter, sync::Cache};

use super::page::Page;

/// Bytes of a usual page, for sizing tables.
const USUAL: u64 = 8 * 1024;
/// Parts that are locked on their own. Few, since a page must fit into the budget of one part.
const PARTS: usize = 4;

/// Pages by address.
pub struct Kept {
    pages: Cache<Box<str>, Arc<Page>, Weigh>,
    /// Counts the batches of changes that were applied. Held while a page is put in and while pages are dropped, so
    /// that a page made before a change cannot slip in after it.
    generation: Mutex<u64>,
}

/// A page that a change dropped.
pub struct Dropped {
    /// Where it stood.
    pub path: Box<str>,
    /// What it was.
    pub page: Arc<Page>,
}

#[derive(Clone)]
struct Weigh;

impl Weighter<Box<str>, Arc<Page>> for Weigh {
    fn weight(&self, path: &Box<str>, page: &Arc<Page>) -> u64 {
        (path.len() + page.weight()) as u64
    }
}

impl Kept {
    /// Room for so many bytes.
    pub fn new(budget: u64) -> Kept {
        let items = usize::try_from(budget / USUAL).unwrap_or(usize::MAX).max(64);
        let options =
            OptionsBuilder::new().shards(PARTS).weight_capacity(budget).estimated_items_capacity(items).build();
        let pages = match options {
            Ok(options) => Cache::with_options(options, Weigh, Default::default(), Default::default()),
            Err(_) => Cache::with_weighter(items, budget, Weigh),
        };
        Kept { pages, generation: Mutex::new(0) }
    }

    /// The page at an address.
    pub fn get(&self, path: &str) -> Option<Arc<Page>> {
        self.pages.get(path)
    }

    /// To be read before the data a page is made of is read; [`Kept::keep`] wants it back.
    pub fn generation(&self) -> u64 {
        *self.gate()
    }

    /// Keeps a page unless anything changed since `generation` was read.
    pub fn keep(&self, path: &str, page: Arc<Page>, generation: u64) -> bool {
        let gate = self.gate();
        if *gate == generation {
            self.pages.insert(path.into(), page);
        }
        *gate == generation
    }

    /// Puts another form of a page in its place, if it still stands there.
    pub fn replace(&self, path: &str, old: &Arc<Page>, new: Arc<Page>) {
        let _gate = self.gate();
        if self.pages.peek(path).is_some_and(|now| Arc::ptr_eq(&now, old)) {
            self.pages.insert(path.into(), new);
        }
    }

    /// Drops the pages that `concerned` names; those being made meanwhile will not be kept.
    pub fn drop_where(&self, concerned: impl Fn(&Page) -> bool) -> Vec<Dropped> {
        let mut gate = self.gate();
        *gate += 1;
        let dropped = Mutex::new(Vec::new());
        self.pages.retain(|path, page| {
            let drop = concerned(page);
            if drop {
                let mut dropped = dropped.lock().unwrap_or_else(PoisonError::into_inner);
                dropped.push(Dropped { path: path.clone(), page: page.clone() });
            }
            !drop
        });
        dropped.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page asked for most, of those that `fits` accepts.
    pub fn most_asked(&self, fits: impl Fn(&Page) -> bool) -> Option<(Box<str>, Arc<Page>)> {
        self.pages.iter().filter(|(_, page)| fits(page)).max_by_key(|(_, page)| page.asked())
    }

    /// Bytes in use, and pages.
    pub fn size(&self) -> (u64, usize) {
        (self.pages.weight(), self.pages.len())
    }

    fn gate(&self) -> MutexGuard<'_, u64> {
        // What the lock guards is a number: no panic can leave it half changed.
        self.generation.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
