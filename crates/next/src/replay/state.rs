//! What a replay knows at a moment: counts of each story, faded and not.

use super::log::{List, Log};
use crate::rank::decay::Decayed;

/// Shown and clicked, at one half-life.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rate {
    pub shown: Decayed,
    pub clicked: Decayed,
}

/// One rate for each of several things, grown as they come.
#[derive(Debug, Default)]
pub(super) struct Rates {
    half_life: f64,
    all: Vec<Rate>,
    /// Of all of them together.
    sum: Rate,
}

impl Rates {
    pub fn new(half_life: f64) -> Rates {
        Rates { half_life, ..Rates::default() }
    }

    pub fn add(&mut self, thing: u32, look: f64, clicked: bool, at: f64) {
        let place = thing as usize;
        if self.all.len() <= place {
            self.all.resize(place + 1, Rate::default());
        }
        let clicked = f64::from(clicked);
        for rate in [&mut self.all[place], &mut self.sum] {
            rate.shown.add(look, at, self.half_life);
            rate.clicked.add(clicked, at, self.half_life);
        }
    }

    /// Clicks and looks of a thing.
    pub fn of(&self, thing: u32, at: f64) -> (f64, f64) {
        let rate = self.all.get(thing as usize).copied().unwrap_or_default();
        (rate.clicked.at_hour(at, self.half_life), rate.shown.at_hour(at, self.half_life))
    }

    /// What is usual.
    pub fn usual(&self, at: f64) -> f64 {
        let (clicked, shown) =
            (self.sum.clicked.at_hour(at, self.half_life), self.sum.shown.at_hour(at, self.half_life));
        (clicked + 1.0) / (shown + 20.0)
    }
}

/// Each story of a list with its place and whether it was clicked.
pub(super) fn each(list: &List) -> impl Iterator<Item = (usize, u32, bool)> + '_ {
    list.shown.iter().zip(&list.clicked).enumerate().map(|(place, (story, clicked))| (place, *story, *clicked))
}

/// The list at a place of the log.
pub(super) fn list(log: &Log, at: usize) -> &List {
    &log.lists[at]
}
