//! Shown, clicked, read on: the counts of each story with their half-lives.

use std::collections::HashMap;

use super::HALF_LIVES;
use crate::rank::{
    decay::{self, Decayed},
    positions::{self, ByPlace, PLACES},
};

/// Looks that the usual rate weighs against a story's own, for what is read now and for what lasts.
const STRENGTH: [f64; 2] = [60.0, 120.0];
/// Stories that are kept as the most clicked.
const HOT: usize = 120;
/// Reads that no reading on weighs against one.
const WENT: f64 = 20.0;

/// One row of the counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Hours since 1970.
    pub hour: i64,
    /// The story.
    pub story: String,
    /// Which of two rankers put it there.
    pub variant: String,
    /// The place it stood at, from 0.
    pub position: i64,
    /// How often it was shown.
    pub shown: i64,
    /// How often it was clicked.
    pub clicked: i64,
}

#[derive(Debug, Clone, Default)]
struct Story {
    shown: [[Decayed; PLACES]; 2],
    clicked: [Decayed; 2],
    places: ByPlace,
}

#[derive(Debug)]
pub(super) struct Counts {
    stories: HashMap<u32, Story>,
    /// What the rows of the last hours were when they were read last: they still grow.
    known: HashMap<(i64, u32, String, i64), (i64, i64)>,
    looks: [f64; PLACES],
    usual: [f64; 2],
    hot: Vec<u32>,
    went: HashMap<u32, (f64, Vec<(u32, f64)>)>,
}

impl Default for Counts {
    fn default() -> Counts {
        Counts {
            stories: HashMap::new(),
            known: HashMap::new(),
            looks: std::array::from_fn(positions::assumed),
            usual: [0.05; 2],
            hot: Vec::new(),
            went: HashMap::new(),
        }
    }
}

impl Counts {
    /// Takes a row; the same row again, grown, counts what it has grown by.
    pub fn put(&mut self, number: u32, count: &Count) {
        let Some(place) = usize::try_from(count.position).ok().filter(|place| *place < PLACES) else { return };
        let key = (count.hour, number, count.variant.clone(), count.position);
        let (shown, clicked) = self.known.insert(key, (count.shown, count.clicked)).unwrap_or_default();
        let (shown, clicked) = ((count.shown - shown).max(0) as f64, (count.clicked - clicked).max(0) as f64);
        let story = self.stories.entry(number).or_default();
        // In the middle of its hour.
        let hour = count.hour as f64 + 0.5;
        for (at, half_life) in HALF_LIVES.into_iter().enumerate() {
            story.shown[at][place].add(shown, hour, half_life);
            story.clicked[at].add(clicked, hour, half_life);
        }
        story.places.shown[place] += shown;
        story.places.clicked[place] += clicked;
    }

    /// After rows were taken: what is usual, how much is looked at where, and what is clicked most.
    pub fn settle(&mut self, now: f64) {
        // A node's last flush comes within seconds; hours before the last two are closed.
        self.known.retain(|(hour, ..), _| *hour as f64 >= now - 3.0);
        let places: Vec<ByPlace> = self.stories.values().map(|story| story.places).collect();
        self.looks = positions::estimate(&places);
        let mut sums = [[1.0, 20.0]; 2];
        for story in self.stories.values() {
            for (at, sum) in sums.iter_mut().enumerate() {
                let (clicked, looked) = self.seen(story, at, now);
                sum[0] += clicked;
                sum[1] += looked;
            }
        }
        self.usual = sums.map(|[clicked, looked]| (clicked / looked).clamp(1e-4, 1.0));
        let mut hot: Vec<(f64, u32)> = Vec::new();
        for (number, story) in &self.stories {
            let (clicked, _) = self.seen(story, 1, now);
            if clicked >= 0.5 {
                let (short, long) = self.lifts(*number, now);
                hot.push((short + long, *number));
            }
        }
        hot.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        hot.truncate(HOT);
        self.hot = hot.into_iter().map(|(_, number)| number).collect();
    }

    /// Takes the pairs anew.
    pub fn reads(&mut self, pairs: &[(u32, u32, f64)]) {
        self.went.clear();
        for (from, to, reads) in pairs {
            let (total, went) = self.went.entry(*from).or_default();
            *total += reads;
            went.push((*to, *reads));
        }
        for (_, went) in self.went.values_mut() {
            went.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        }
    }

    /// How a story's clicks compare with what is usual: now, and over days.
    pub fn lifts(&self, number: u32, now: f64) -> (f64, f64) {
        let Some(story) = self.stories.get(&number) else { return (0.0, 0.0) };
        let lift = |at: usize| {
            let (clicked, looked) = self.seen(story, at, now);
            decay::lift(clicked, looked, self.usual[at], STRENGTH[at])
        };
        (lift(0), lift(1))
    }

    /// Clicks and looks of a story, faded.
    fn seen(&self, story: &Story, at: usize, now: f64) -> (f64, f64) {
        let looked =
            story.shown[at].iter().zip(self.looks).map(|(n, look)| n.at_hour(now, HALF_LIVES[at]) * look).sum();
        (story.clicked[at].at_hour(now, HALF_LIVES[at]), looked)
    }

    /// How many of those who read on from one story went to the other.
    pub fn went(&self, from: u32, to: u32) -> f64 {
        let Some((total, went)) = self.went.get(&from) else { return 0.0 };
        let reads = went.iter().find(|(other, _)| *other == to).map_or(0.0, |(_, reads)| *reads);
        (1.0 + 20.0 * reads / (total + WENT)).ln()
    }

    pub fn went_to(&self, from: u32) -> impl Iterator<Item = u32> + '_ {
        self.went.get(&from).into_iter().flat_map(|(_, went)| went.iter().map(|(to, _)| *to))
    }

    pub fn hot(&self) -> &[u32] {
        &self.hot
    }

    pub fn looks(&self) -> &[f64] {
        &self.looks
    }
}
