//! What the ranker has to beat.

use std::collections::HashMap;

use super::{
    Contender,
    log::Log,
    metrics::mix,
    state::{Rates, each, list},
};

/// For ever, as good as.
const NEVER: f64 = 1e9;
/// Half-life of the decayed clicks, in hours.
const HALF_LIFE: f64 = 6.0;
/// Showings that the usual rate weighs in the smoothed click-through.
const STRENGTH: f64 = 20.0;
/// Stories read before that co-visitation looks at.
const RECENT: usize = 20;

/// All of them.
pub fn all() -> Vec<Box<dyn Contender>> {
    vec![
        Box::new(Random),
        Box::new(Clicks { rates: Rates::new(NEVER), name: "popularity" }),
        Box::new(Clicks { rates: Rates::new(HALF_LIFE), name: "decayed clicks" }),
        Box::new(Smoothed(Rates::new(NEVER))),
        Box::<CoVisits>::default(),
    ]
}

struct Random;

impl Contender for Random {
    fn name(&self) -> &'static str {
        "random"
    }

    fn score(&mut self, log: &Log, at: usize) -> Vec<f64> {
        (0..list(log, at).shown.len()).map(|place| (mix(at as u64 ^ 0x5eed, place) >> 11) as f64).collect()
    }

    fn learn(&mut self, _: &Log, _: usize) {}
}

struct Clicks {
    rates: Rates,
    name: &'static str,
}

impl Contender for Clicks {
    fn name(&self) -> &'static str {
        self.name
    }

    fn score(&mut self, log: &Log, at: usize) -> Vec<f64> {
        let list = list(log, at);
        list.shown.iter().map(|story| self.rates.of(*story, list.at).0).collect()
    }

    fn learn(&mut self, log: &Log, at: usize) {
        let list = list(log, at);
        for (_, story, clicked) in each(list) {
            self.rates.add(story, 1.0, clicked, list.at);
        }
    }
}

struct Smoothed(Rates);

impl Contender for Smoothed {
    fn name(&self) -> &'static str {
        "smoothed click-through"
    }

    fn score(&mut self, log: &Log, at: usize) -> Vec<f64> {
        let list = list(log, at);
        let usual = self.0.usual(list.at);
        let rate = |story: &u32| {
            let (clicked, shown) = self.0.of(*story, list.at);
            (clicked + usual * STRENGTH) / (shown + STRENGTH)
        };
        list.shown.iter().map(rate).collect()
    }

    fn learn(&mut self, log: &Log, at: usize) {
        let list = list(log, at);
        for (_, story, clicked) in each(list) {
            self.0.add(story, 1.0, clicked, list.at);
        }
    }
}

/// Readers of this read that.
#[derive(Default)]
pub(super) struct CoVisits {
    pairs: HashMap<(u32, u32), f64>,
}

impl CoVisits {
    /// How often `story` was clicked by those who had read `before`.
    pub fn of(&self, before: u32, story: u32) -> f64 {
        self.pairs.get(&(before, story)).copied().unwrap_or_default()
    }
}

impl Contender for CoVisits {
    fn name(&self) -> &'static str {
        "co-visitation"
    }

    fn score(&mut self, log: &Log, at: usize) -> Vec<f64> {
        let list = list(log, at);
        let before = || list.history.iter().rev().take(RECENT).chain(&list.from);
        list.shown.iter().map(|story| before().map(|before| self.of(*before, *story)).sum()).collect()
    }

    fn learn(&mut self, log: &Log, at: usize) {
        let list = list(log, at);
        for (_, story, _) in each(list).filter(|(_, _, clicked)| *clicked) {
            for before in list.history.iter().rev().take(RECENT).chain(&list.from) {
                *self.pairs.entry((*before, story)).or_default() += 1.0;
            }
        }
    }
}
