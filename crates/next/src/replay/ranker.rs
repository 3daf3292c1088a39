//! The ranker under test: the newsroom's parts, with what was read before in the place of the story one comes from.

use std::collections::HashMap;

use super::{
    Contender,
    baselines::CoVisits,
    log::{List, Log},
    state::{Rates, each, list},
};
use crate::rank::{
    decay,
    learn::Learner,
    positions::{self, ByPlace, PLACES},
    text::TextIndex,
};

/// Half-lives in hours of the counts that are compared: this hour, today, these days, for ever.
const HALF_LIVES: [f64; 4] = [1.5, 8.0, 48.0, 1e9];
/// Looks that what is usual weighs against them.
const STRENGTHS: [f64; 4] = [15.0, 20.0, 20.0, 20.0];
/// Stories read before that are compared in words.
const RECENT: usize = 20;
/// How often the places are estimated anew, in lists.
const PLACED: usize = 500;
/// Signals of a story in a list; those a log does not have are nothing for all of its stories.
const SIGNALS: usize = 24;

/// Where the weights begin: with the smoothed click-through, which is hard to beat; the rest is to be learned.
const BEGAN: [f64; SIGNALS] = {
    let mut weights = [0.0; SIGNALS];
    weights[1] = 0.3;
    weights[2] = 0.3;
    weights[3] = 0.5;
    weights[7] = 0.1;
    weights[8] = 0.2;
    weights[11] = 0.3;
    weights[12] = 0.3;
    weights[9] = 0.05;
    weights[13] = 0.5;
    weights[19] = 0.15;
    weights
};

/// The ranker.
pub struct Replayed {
    stories: [Rates; 4],
    categories: Rates,
    subcategories: Rates,
    /// Clicks of each category, for what is usual to read.
    read: HashMap<u32, f64>,
    reads: f64,
    first_shown: HashMap<u32, f64>,
    text: TextIndex,
    known: Vec<bool>,
    co_visits: CoVisits,
    places: HashMap<u32, ByPlace>,
    looks: [f64; PLACES],
    learner: Learner,
    learned: usize,
}

impl Default for Replayed {
    fn default() -> Replayed {
        Replayed {
            stories: HALF_LIVES.map(Rates::new),
            categories: Rates::new(72.0),
            subcategories: Rates::new(72.0),
            read: HashMap::new(),
            reads: 0.0,
            first_shown: HashMap::new(),
            text: TextIndex::default(),
            known: Vec::new(),
            co_visits: CoVisits::default(),
            places: HashMap::new(),
            looks: std::array::from_fn(positions::assumed),
            learner: Learner::new(&BEGAN),
            learned: 0,
        }
    }
}

impl Contender for Replayed {
    fn name(&self) -> &'static str {
        "onrecord"
    }

    fn score(&mut self, log: &Log, at: usize) -> Vec<f64> {
        self.signals(log, list(log, at)).iter().map(|signals| self.learner.score(signals)).collect()
    }

    fn learn(&mut self, log: &Log, at: usize) {
        let list = list(log, at);
        let signals = self.signals(log, list);
        let look = |place: usize| {
            if log.ordered { self.looks.get(place).copied().unwrap_or(self.looks[PLACES - 1]) } else { 1.0 }
        };
        let looks: Vec<f64> = (0..list.shown.len()).map(look).collect();
        let learned: Vec<_> =
            each(list).map(|(place, _, clicked)| (&signals[place][..], looks[place].min(1.0), clicked)).collect();
        self.learner.learn(&learned);
        for (place, story, clicked) in each(list) {
            let look = if clicked { 1.0 } else { looks[place] };
            self.count(log, story, look, clicked, list.at);
            if log.ordered && place < PLACES {
                let places = self.places.entry(story).or_default();
                places.shown[place] += 1.0;
                places.clicked[place] += f64::from(clicked);
            }
        }
        self.co_visits.learn(log, at);
        self.learned += 1;
        if log.ordered && self.learned.is_multiple_of(PLACED) {
            self.looks = positions::estimate(&self.places.values().copied().collect::<Vec<_>>());
        }
    }
}

impl Replayed {
    /// The weights as they were learned.
    pub fn weights(&self) -> &[f64] {
        self.learner.weights()
    }

    fn count(&mut self, log: &Log, story: u32, look: f64, clicked: bool, at: f64) {
        let known = &log.stories[story as usize];
        for rates in &mut self.stories {
            rates.add(story, look, clicked, at);
        }
        self.categories.add(known.category, look, clicked, at);
        self.subcategories.add(known.subcategory, look, clicked, at);
        self.first_shown.entry(story).or_insert(at);
        if clicked {
            *self.read.entry(known.category).or_default() += 1.0;
            *self.read.entry(known.subcategory).or_default() += 1.0;
            self.reads += 1.0;
        }
    }

    fn signals(&mut self, log: &Log, list: &List) -> Vec<[f64; SIGNALS]> {
        for story in list.shown.iter().chain(&list.history).chain(&list.from) {
            self.index(log, *story);
        }
        let usual: Vec<f64> = self.stories.iter().map(|rates| rates.usual(list.at)).collect();
        let before = Before::of(log, list);
        list.shown.iter().map(|story| self.one(log, list, &before, *story, &usual)).collect()
    }

    fn one(&self, log: &Log, list: &List, before: &Before, story: u32, usual: &[f64]) -> [f64; SIGNALS] {
        let (now, known) = (list.at, &log.stories[story as usize]);
        // A story that is not known yet stands where its like stand.
        let group = |rates: &Rates, thing: u32, strength: f64| {
            let (clicked, shown) = rates.of(thing, now);
            decay::lift(clicked, shown, rates.usual(now), strength)
        };
        let category = group(&self.categories, known.category, 200.0);
        let subcategory = group(&self.subcategories, known.subcategory, 100.0);
        let mut signals = [0.0; SIGNALS];
        for (at, rates) in self.stories.iter().enumerate() {
            let (clicked, shown) = rates.of(story, now);
            let like = usual[at] * (0.7 * subcategory).exp();
            signals[at] = decay::lift(clicked, shown, like.min(0.9), STRENGTHS[at]) + 0.7 * subcategory;
        }
        let (clicked, shown) = self.stories[1].of(story, now);
        let (long, _) = self.stories[3].of(story, now);
        signals[4] = (1.0 + clicked).ln();
        signals[5] = (1.0 + shown).ln();
        signals[6] = (1.0 + long).ln();
        signals[7] = category;
        signals[8] = subcategory;
        let age = self.first_shown.get(&story).map_or(0.0, |first| now - first);
        signals[9] = -(1.0 + age / 2.0).ln();
        signals[10] = f64::from(self.first_shown.contains_key(&story));
        signals[11] = before.likes(known.category, self.share(known.category));
        signals[12] = before.likes(known.subcategory, self.share(known.subcategory));
        let mut alike: Vec<f64> = before.recent.iter().map(|other| self.text.cosine(*other, story)).collect();
        alike.sort_by(|a, b| b.total_cmp(a));
        signals[13] = alike.first().copied().unwrap_or_default();
        signals[14] = alike.iter().take(4).sum::<f64>() / 4.0;
        let went: f64 = before.recent.iter().map(|other| (1.0 + self.co_visits.of(*other, story)).ln()).sum();
        signals[15] = went / (1.0 + before.recent.len() as f64);
        signals[16] = went / (1.0 + long);
        signals[17] = f64::from(before.recent.contains(&story));
        let entities = known.entities.iter().filter(|entity| before.entities.contains_key(entity)).count();
        signals[18] = (1.0 + entities as f64).ln();
        if let Some(published) = known.published {
            let age = (now - published).max(0.0);
            signals[19] = -(1.0 + age / 4.0).ln();
            signals[20] = f64::from(age > 48.0);
        }
        if let Some(from) = list.from {
            signals[21] = self.text.cosine(from, story);
            signals[22] = f64::from(log.stories[from as usize].category == known.category);
        }
        signals[23] = signals[3] * signals[11];
        signals
    }

    /// The share of all clicks that went to a category.
    fn share(&self, category: u32) -> f64 {
        (self.read.get(&category).copied().unwrap_or_default() + 1.0) / (self.reads + 50.0)
    }

    fn index(&mut self, log: &Log, story: u32) {
        let at = story as usize;
        if self.known.len() <= at {
            self.known.resize(at + 1, false);
        }
        if !std::mem::replace(&mut self.known[at], true) {
            self.text.put(story, &log.stories[at].text);
        }
    }
}

/// What was read before a list.
struct Before {
    recent: Vec<u32>,
    categories: HashMap<u32, f64>,
    entities: HashMap<u32, u32>,
    count: f64,
}

impl Before {
    fn of(log: &Log, list: &List) -> Before {
        let (mut categories, mut entities) = (HashMap::new(), HashMap::new());
        for story in &list.history {
            let known = &log.stories[*story as usize];
            *categories.entry(known.category).or_insert(0.0) += 1.0;
            *categories.entry(known.subcategory).or_insert(0.0) += 1.0;
            for entity in &known.entities {
                *entities.entry(*entity).or_insert(0) += 1;
            }
        }
        let recent = list.history.iter().rev().take(RECENT).copied().collect();
        Before { recent, categories, entities, count: list.history.len() as f64 }
    }

    /// How much more often than usual a category was read.
    fn likes(&self, category: u32, usual: f64) -> f64 {
        let read = self.categories.get(&category).copied().unwrap_or_default();
        ((read + 5.0 * usual) / (self.count + 5.0) / usual).ln().clamp(-2.5, 2.5)
    }
}
