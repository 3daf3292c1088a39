//! A behaviour log, whatever it was read from.

use std::collections::HashMap;

/// A story of the log.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Story {
    /// Its category and the finer one.
    pub category: u32,
    /// The finer one.
    pub subcategory: u32,
    /// What it is about, in words.
    pub text: String,
    /// Who and what it names.
    pub entities: Vec<u32>,
    /// When it was published, in hours; none where the log does not say.
    pub published: Option<f64>,
}

/// A list that was shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// When, in hours.
    pub at: f64,
    /// What was read before, oldest first.
    pub history: Vec<u32>,
    /// The story below which it stood.
    pub from: Option<u32>,
    /// The stories of the list.
    pub shown: Vec<u32>,
    /// Which of them was clicked.
    pub clicked: Vec<bool>,
}

/// A log in the order of time.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// The stories.
    pub stories: Vec<Story>,
    /// The lists.
    pub lists: Vec<List>,
    /// True if stories stand in the order they were shown in; published logs are shuffled.
    pub ordered: bool,
    numbers: HashMap<String, u32>,
    names: HashMap<String, u32>,
}

/// What was read before, as far as it is looked at.
pub const HISTORY: usize = 50;

impl Log {
    /// Nothing yet; `ordered` says whether lists will come in the order they were shown in.
    pub fn new(ordered: bool) -> Log {
        Log { ordered, ..Log::default() }
    }

    /// The number of a story; one that was not described has no category and no words.
    pub fn story(&mut self, id: &str) -> u32 {
        let next = self.stories.len() as u32;
        let number = *self.numbers.entry(id.to_owned()).or_insert(next);
        if number == next {
            self.stories.push(Story::default());
        }
        number
    }

    /// The number of a category or an entity.
    pub fn name(&mut self, name: &str) -> u32 {
        let next = self.names.len() as u32 + 1;
        *self.names.entry(name.to_owned()).or_insert(next)
    }

    /// Adds a list.
    pub fn push(&mut self, mut list: List) {
        let old = list.history.len().saturating_sub(HISTORY);
        list.history.drain(..old);
        self.lists.push(list);
    }

    /// Puts the lists in the order of time.
    pub fn sort(&mut self) {
        self.lists.sort_by(|a, b| a.at.total_cmp(&b.at));
    }

    /// How many showings and clicks there are.
    pub fn counts(&self) -> (usize, usize) {
        let shown = self.lists.iter().map(|list| list.shown.len()).sum();
        let clicked = self.lists.iter().map(|list| list.clicked.iter().filter(|one| **one).count()).sum();
        (shown, clicked)
    }
}
