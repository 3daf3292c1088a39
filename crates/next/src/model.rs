//! The model: every published story as far as ranking needs it, with the counts, in memory.
//!
//! A function of the log of changes and the counts: [`crate::Next`] loads it and keeps it up to date. It holds published
//! stories alone, and what it answers are numbers of stories, which become links only through
//! [`onrecord_stories::published::cards_by_id`], that is through the publication tables.

mod counts;
mod entries;
mod pools;

use std::collections::{HashMap, HashSet};

use onrecord_base::Time;

pub use self::{
    counts::Count,
    entries::{Facts, Voice},
};
use self::{counts::Counts, entries::Entries};
use crate::{
    rank::{
        chain::Chain,
        decay,
        learn::Learner,
        signals::{COUNT, Signal, Signals, Weights},
        spread::{self, Item},
    },
    ranker::Ranker,
};

/// How long a correction is held against a story.
const CORRECTED: i64 = 7 * 24 * 3_600_000;
/// Stories whose first links are settled before anybody asks.
const WARM: usize = 120;
/// Age in hours beyond which each doubling costs the same.
const FRESH_HOURS: f64 = 6.0;

/// The model.
#[derive(Debug)]
pub struct Model {
    entries: Entries,
    counts: Counts,
    wishes: Wishes,
    chains: HashMap<Ranker, Chain>,
    learner: Learner,
}

/// What editors asked for, by story.
#[derive(Debug, Default, Clone)]
pub struct Wishes {
    /// What stands first after a story, oldest wish first.
    pub pins: HashMap<String, Vec<String>>,
    /// What never stands after a story.
    pub excludes: HashMap<String, HashSet<String>>,
    /// What stands nowhere.
    pub withheld: HashSet<String>,
}

/// A candidate with what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The story's id.
    pub id: String,
    /// How strong each signal is.
    pub signals: Signals,
    /// What each signal adds.
    pub parts: [f64; COUNT],
    /// The sum.
    pub score: f64,
    /// An editor put it there.
    pub pinned: bool,
}

/// A candidate by number.
#[derive(Debug, Clone, Copy)]
struct Ranked {
    story: u32,
    score: f64,
}

impl Default for Model {
    fn default() -> Model {
        Model {
            entries: Entries::default(),
            counts: Counts::default(),
            wishes: Wishes::default(),
            chains: HashMap::new(),
            learner: Learner::new(&Weights::default().0),
        }
    }
}

impl Model {
    /// Adds a published story, or what became of it.
    pub fn put(&mut self, facts: &Facts) {
        self.entries.put(facts);
    }

    /// Forgets a story that is no longer published.
    pub fn remove(&mut self, id: &str) {
        if let Some(story) = self.entries.remove(id) {
            self.chains.values_mut().for_each(|chain| chain.remove(story));
        }
    }

    /// Whether a story is published, as far as the model knows.
    pub fn has(&self, id: &str) -> bool {
        self.entries.find(id).is_some()
    }

    /// How many stories there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes counts as they stand in the database.
    pub fn count(&mut self, counts: &[Count], now: Time) {
        for count in counts {
            let story = self.entries.number(&count.story);
            self.counts.put(story, count);
        }
        self.counts.settle(hour(now));
    }

    /// Takes how often readers went from one story to another; only pairs that were read often enough are handed in.
    pub fn reads(&mut self, pairs: &[(String, String, i64)]) {
        let pairs = pairs.iter().map(|(from, to, n)| (self.entries.number(from), self.entries.number(to), *n as f64));
        self.counts.reads(&pairs.collect::<Vec<_>>());
    }

    /// Takes what editors asked for.
    pub fn wish(&mut self, wishes: Wishes) {
        self.wishes = wishes;
    }

    /// Takes weights that were learned before.
    pub fn remember(&mut self, learner: Learner) {
        if learner.weights().len() == COUNT {
            self.learner = learner;
        }
    }

    /// The weights that are being learned.
    pub fn learner(&self) -> &Learner {
        &self.learner
    }

    /// The share of readers that looks at each place of a list.
    pub fn looks(&self) -> &[f64] {
        self.counts.looks()
    }

    /// Learns from one list that was shown after `from`: its stories with their places, and which was clicked.
    pub fn learn(&mut self, from: &str, shown: &[(usize, String)], clicked: &str, now: Time) {
        let Some(from) = self.entries.find(from) else { return };
        let list: Vec<(Signals, f64, bool)> = shown
            .iter()
            .filter_map(|(place, id)| {
                let story = self.entries.find(id)?;
                let look = self.counts.looks().get(*place).copied().unwrap_or(0.1).min(1.0);
                Some((self.signals(from, story, now), look, id == clicked))
            })
            .collect();
        let list: Vec<_> = list.iter().map(|(signals, look, clicked)| (&signals.0[..], *look, *clicked)).collect();
        self.learner.learn(&list);
    }

    /// What to read after a story: at most `wanted`, best first. Never the story itself or its translation, never what is
    /// not published; empty only if there is nothing else.
    pub fn list(&mut self, from: &str, ranker: Ranker, wanted: usize, now: Time) -> Vec<Scored> {
        let Some(from) = self.entries.find(from) else { return Vec::new() };
        let mut ranked = self.rank(from, ranker, now);
        let pinned: Vec<u32> = self.pins(from);
        // What an editor pinned stands first, whatever the circle; the rest follows without small circles.
        let first = match pinned.first() {
            Some(pin) => Some(*pin),
            None => self.settle(from, ranker, &ranked, now),
        };
        let item = |entries: &Entries, story: u32| Item {
            story,
            section: entries.section(story),
            group: entries.group(story),
        };
        let order: Vec<Item> = pinned
            .iter()
            .copied()
            .chain(ranked.iter().map(|one| one.story))
            .map(|story| item(&self.entries, story))
            .collect();
        let first = first.map(|story| item(&self.entries, story));
        let list = spread::spread(&order, first, wanted);
        ranked.retain(|one| list.iter().any(|item| item.story == one.story));
        list.iter().map(|item| self.scored(from, item.story, ranker, pinned.contains(&item.story), now)).collect()
    }

    /// All candidates after a story with what speaks for each, best first.
    pub fn explain(&self, from: &str, ranker: Ranker, most: usize, now: Time) -> Vec<Scored> {
        let Some(from) = self.entries.find(from) else { return Vec::new() };
        let pinned = self.pins(from);
        let ranked = self.rank(from, ranker, now);
        let rest = ranked.iter().map(|one| one.story).filter(|story| !pinned.contains(story));
        pinned
            .iter()
            .copied()
            .chain(rest)
            .take(most)
            .map(|story| self.scored(from, story, ranker, pinned.contains(&story), now))
            .collect()
    }

    /// The weights a ranker uses.
    pub fn weights(&self, ranker: Ranker) -> Weights {
        match ranker {
            Ranker::Chosen | Ranker::Newest => Weights::default(),
            Ranker::Learning => {
                let mut weights = Weights::default();
                weights.0.copy_from_slice(self.learner.weights());
                weights
            }
        }
    }

    /// What stands after a story, and the best of what else was weighed.
    pub fn weighed(
        &mut self,
        from: &str,
        ranker: Ranker,
        wanted: usize,
        most: usize,
        now: Time,
    ) -> (Vec<Scored>, Vec<Scored>) {
        let list = self.list(from, ranker, wanted, now);
        let mut others = self.explain(from, ranker, most + wanted, now);
        others.retain(|one| list.iter().all(|shown| shown.id != one.id));
        others.truncate(most);
        (list, others)
    }

    /// Settles the first links of the newest stories, the newest first and before any other: so no reader waits for it, and
    /// it does not hang on who asked first which of them it is.
    pub fn warm(&mut self, ranker: Ranker, now: Time) {
        if self.chains.contains_key(&ranker) {
            return;
        }
        self.chains.insert(ranker, Chain::default());
        for story in self.entries.newest(WARM) {
            let ranked = self.rank(story, ranker, now);
            self.settle(story, ranker, &ranked, now);
        }
    }

    fn settle(&mut self, from: u32, ranker: Ranker, ranked: &[Ranked], now: Time) -> Option<u32> {
        self.warm(ranker, now);
        let mut chain = self.chains.remove(&ranker).unwrap_or_default();
        let first = chain.settle(from, |story| match story == from {
            true => ranked.iter().map(|one| one.story).collect(),
            false => self.rank(story, ranker, now).iter().map(|one| one.story).collect(),
        });
        self.chains.insert(ranker, chain);
        first
    }

    fn pins(&self, from: u32) -> Vec<u32> {
        let pins = self.wishes.pins.get(self.entries.id(from)).map_or(&[][..], |pins| pins);
        pins.iter().filter_map(|id| self.entries.find(id)).filter(|story| self.allowed(from, *story)).collect()
    }

    fn rank(&self, from: u32, ranker: Ranker, now: Time) -> Vec<Ranked> {
        let weights = self.weights(ranker);
        let mut ranked: Vec<Ranked> = self
            .candidates(from)
            .into_iter()
            .map(|story| {
                let score = match ranker {
                    Ranker::Newest => self.newest_first(from, story, now),
                    _ => weights.score(&self.signals(from, story, now)),
                };
                Ranked { story, score }
            })
            .collect();
        ranked.sort_unstable_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| self.entries.id(b.story).cmp(self.entries.id(a.story)))
        });
        ranked
    }

    fn scored(&self, from: u32, story: u32, ranker: Ranker, pinned: bool, now: Time) -> Scored {
        let signals = self.signals(from, story, now);
        let parts = self.weights(ranker).parts(&signals);
        let score = match ranker {
            Ranker::Newest => self.newest_first(from, story, now),
            _ => parts.iter().sum(),
        };
        Scored { id: self.entries.id(story).to_owned(), signals, parts, score, pinned }
    }

    /// The control: the newest of the section, then the newest of all.
    fn newest_first(&self, from: u32, story: u32, now: Time) -> f64 {
        let own = self.entries.section(from) == self.entries.section(story);
        f64::from(own) * 1e6 - (now.millis() - self.entries.published_at(story)) as f64 / 3_600_000.0
    }

    fn signals(&self, from: u32, story: u32, now: Time) -> Signals {
        let (entries, at) = (&self.entries, hour(now));
        let (here, there) = (entries.get(from), entries.get(story));
        let mut signals = Signals::default();
        let (short, long) = self.counts.lifts(story, at);
        signals.set(Signal::Clicks, short);
        signals.set(Signal::Lasting, long);
        signals.set(Signal::Reads, self.counts.went(from, story));
        signals.set(Signal::Text, entries.cosine(from, story));
        signals.set(Signal::People, entries.share_people(here, there));
        signals.set(Signal::Exchange, f64::from(entries::common(&here.exchanges, &there.exchanges) > 0));
        signals.set(Signal::Section, f64::from(here.section == there.section));
        let tags = entries::common(&here.tags, &there.tags) as f64;
        signals.set(Signal::Tags, tags / (1.0 + (here.tags.len().max(there.tags.len())) as f64));
        let age = (now.millis() - there.published_at).max(0) as f64 / 3_600_000.0;
        signals.set(Signal::Fresh, -(1.0 + age / FRESH_HOURS).log2());
        if there.corrected_at.is_some_and(|corrected| now.millis() - corrected < CORRECTED) {
            signals.set(Signal::Corrected, -1.0);
        }
        signals
    }
}

/// The hour of a time, with its fraction.
pub fn hour(time: Time) -> f64 {
    time.millis() as f64 / 3_600_000.0
}

/// Both half-lives, for those who keep counts.
pub(crate) const HALF_LIVES: [f64; 2] = [decay::SHORT, decay::LONG];
