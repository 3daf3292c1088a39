//! The pages in memory: within a budget of bytes, and never older than the log of changes as far as it was followed.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use quick_cache::{OptionsBuilder, Weighter, sync::Cache};

use super::page::Page;

/// Changes that are remembered for pages still being made: far more than come while one is.
const REMEMBERED: usize = 16 * 1024;

/// Bytes of a usual page, for sizing tables.
const USUAL: u64 = 8 * 1024;
/// Parts that are locked on their own. Few, since a page must fit into the budget of one part.
const PARTS: usize = 4;

/// Pages by address.
pub struct Kept {
    pages: Cache<Box<str>, Arc<Page>, Weigh>,
    /// Held while a page is put in and while pages are dropped, so that a page made before a change that concerns it
    /// cannot slip in after it.
    gate: Mutex<Gate>,
}

/// What changed lately. A thread that is written to many times a second keeps its own pages out, and no others.
#[derive(Default)]
struct Gate {
    /// Counts the batches of changes that were applied.
    generation: u64,
    /// Pages begun before this batch are not kept: it concerned every page, or what it concerned is forgotten.
    floor: u64,
    /// The last changes, oldest first, each with the batch that brought it.
    lately: VecDeque<(u64, u64)>,
}

impl Gate {
    /// True if nothing that a page shows changed since `generation`.
    fn is_open(&self, page: &Page, generation: u64) -> bool {
        if generation < self.floor {
            return false;
        }
        // The last ones first: most pages take less time than passes between two changes.
        let mut since = self.lately.iter().rev().take_while(|(batch, _)| *batch > generation);
        !since.any(|(_, change)| page.deps().any_of(&[*change]))
    }
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
        Kept { pages, gate: Mutex::default() }
    }

    /// The page at an address.
    pub fn get(&self, path: &str) -> Option<Arc<Page>> {
        self.pages.get(path)
    }

    /// To be read before the data a page is made of is read; [`Kept::keep`] wants it back.
    pub fn generation(&self) -> u64 {
        self.gate().generation
    }

    /// Keeps a page unless something that it shows changed since `generation` was read.
    pub fn keep(&self, path: &str, page: Arc<Page>, generation: u64) -> bool {
        let gate = self.gate();
        let open = gate.is_open(&page, generation);
        if open {
            self.pages.insert(path.into(), page);
        }
        open
    }

    /// Puts another form of a page in its place, if it still stands there.
    pub fn replace(&self, path: &str, old: &Arc<Page>, new: Arc<Page>) {
        let _gate = self.gate();
        if self.pages.peek(path).is_some_and(|now| Arc::ptr_eq(&now, old)) {
            self.pages.insert(path.into(), new);
        }
    }

    /// Drops the pages that show one of these changes (hashes in order, see [`super::deps`]); of those being made
    /// meanwhile, pages that show one will not be kept.
    pub fn drop_changed(&self, changes: &[u64]) -> Vec<Dropped> {
        let mut gate = self.gate();
        gate.generation += 1;
        let batch = gate.generation;
        gate.lately.extend(changes.iter().map(|change| (batch, *change)));
        while gate.lately.len() > REMEMBERED {
            if let Some((forgotten, _)) = gate.lately.pop_front() {
                gate.floor = forgotten;
            }
        }
        self.dropped(|page| page.deps().any_of(changes))
    }

    /// Drops every page; those being made meanwhile will not be kept.
    pub fn drop_all(&self) -> Vec<Dropped> {
        let mut gate = self.gate();
        gate.generation += 1;
        gate.floor = gate.generation;
        gate.lately.clear();
        self.dropped(|_| true)
    }

    fn dropped(&self, concerned: impl Fn(&Page) -> bool) -> Vec<Dropped> {
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

    fn gate(&self) -> MutexGuard<'_, Gate> {
        // Numbers and a list of them: no panic leaves them half changed in a way that lets an old page in.
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
