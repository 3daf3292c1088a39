//! The stories by number, with the ways to find them: newest, by section, by who speaks, by their words.

use std::collections::{BTreeSet, HashMap};

use onrecord_base::Time;

use crate::rank::text::TextIndex;

/// What the model wants to know of a published story.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Its id.
    pub id: String,
    /// Its section.
    pub section: Option<String>,
    /// Its language.
    pub language: String,
    /// What it is a translation of.
    pub translation_of: Option<String>,
    /// When it was first published.
    pub published_at: i64,
    /// Kicker, headline and dek.
    pub text: String,
    /// Ids of its tags.
    pub tags: Vec<String>,
    /// When it was last corrected.
    pub corrected_at: Option<i64>,
    /// Who speaks in it.
    pub voices: Vec<Voice>,
}

/// A quotation of a story, as far as it ties stories together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Voice {
    /// The quotation's id.
    pub quotation: String,
    /// Id of the person, or the name as printed.
    pub speaker: String,
    /// To whom it was said; may be empty.
    pub addressee: String,
}

/// A story.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    id: Box<str>,
    alive: bool,
    pub section: u32,
    pub language: u32,
    pub group: u32,
    pub published_at: i64,
    pub corrected_at: Option<i64>,
    pub people: Box<[u32]>,
    pub exchanges: Box<[u32]>,
    pub tags: Box<[u32]>,
}

/// Stories in order of time; numbers break ties.
pub(super) type Timeline = BTreeSet<(i64, u32)>;

#[derive(Debug, Default)]
pub(super) struct Entries {
    numbers: HashMap<Box<str>, u32>,
    all: Vec<Entry>,
    living: usize,
    names: HashMap<Box<str>, u32>,
    text: TextIndex,
    pub by_time: Timeline,
    pub by_language: HashMap<u32, Timeline>,
    pub by_section: HashMap<(u32, u32), Timeline>,
    pub by_person: HashMap<u32, Timeline>,
    pub by_exchange: HashMap<u32, Timeline>,
}

impl Entries {
    /// The number of an id, published or not: counts may come before the story, and outlive it.
    pub fn number(&mut self, id: &str) -> u32 {
        if let Some(number) = self.numbers.get(id) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.numbers.insert(id.into(), number);
        self.all.push(Entry { id: id.into(), ..Entry::default() });
        number
    }

    /// The number of a published story.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.numbers.get(id).copied().filter(|story| self.get(*story).alive)
    }

    pub fn get(&self, story: u32) -> &Entry {
        &self.all[story as usize]
    }

    pub fn id(&self, story: u32) -> &str {
        &self.get(story).id
    }

    pub fn section(&self, story: u32) -> u32 {
        self.get(story).section
    }

    pub fn group(&self, story: u32) -> u32 {
        self.get(story).group
    }

    pub fn published_at(&self, story: u32) -> i64 {
        self.get(story).published_at
    }

    pub fn len(&self) -> usize {
        self.living
    }

    pub fn newest(&self, most: usize) -> Vec<u32> {
        let mut newest: Vec<u32> = self.by_time.iter().rev().take(most).map(|(_, story)| *story).collect();
        // Numbers hang on what was read first.
        newest.sort_by(|a, b| (self.published_at(*b), self.id(*b)).cmp(&(self.published_at(*a), self.id(*a))));
        newest
    }

    pub fn cosine(&self, one: u32, other: u32) -> f64 {
        self.text.cosine(one, other)
    }

    pub fn like(&self, story: u32, most: usize) -> Vec<u32> {
        self.text.like(story, most)
    }

    pub fn put(&mut self, facts: &Facts) {
        self.remove(&facts.id);
        let story = self.number(&facts.id);
        let group = facts.translation_of.as_deref().unwrap_or(&facts.id);
        let group = self.number(group);
        let name = |entries: &mut Entries, kind: &str, name: &str| entries.name(&format!("{kind}/{name}"));
        let mut people: Vec<u32> = Vec::new();
        let mut exchanges: Vec<u32> = Vec::new();
        for voice in &facts.voices {
            let speaker = voice.speaker.to_lowercase();
            if !speaker.is_empty() {
                people.push(name(self, "p", &speaker));
            }
            exchanges.push(name(self, "q", &voice.quotation));
            if !voice.addressee.is_empty() && !speaker.is_empty() {
                let mut both = [speaker, voice.addressee.to_lowercase()];
                both.sort();
                exchanges.push(name(self, "x", &both.join("/")));
            }
        }
        let entry = Entry {
            id: facts.id.as_str().into(),
            alive: true,
            section: facts.section.as_ref().map_or(0, |id| name(self, "s", id)),
            language: name(self, "l", facts.language.split('-').next().unwrap_or_default()),
            group,
            published_at: facts.published_at,
            corrected_at: facts.corrected_at,
            people: ordered(people),
            exchanges: ordered(exchanges),
            tags: ordered(facts.tags.iter().map(|tag| name(self, "t", tag)).collect()),
        };
        self.all[story as usize] = entry;
        self.text.put(story, &facts.text);
        self.living += 1;
        self.list(story, |timeline, at| {
            timeline.insert(at);
        });
    }

    /// The number of the story if there was one.
    pub fn remove(&mut self, id: &str) -> Option<u32> {
        let story = self.find(id)?;
        self.list(story, |timeline, at| {
            timeline.remove(&at);
        });
        self.text.remove(story);
        self.all[story as usize].alive = false;
        self.living -= 1;
        Some(story)
    }

    /// Every list a story stands in.
    fn list(&mut self, story: u32, mut change: impl FnMut(&mut Timeline, (i64, u32))) {
        let entry = &self.all[story as usize];
        let at = (entry.published_at, story);
        change(&mut self.by_time, at);
        change(self.by_language.entry(entry.language).or_default(), at);
        change(self.by_section.entry((entry.language, entry.section)).or_default(), at);
        for person in &entry.people {
            change(self.by_person.entry(*person).or_default(), at);
        }
        for exchange in &entry.exchanges {
            change(self.by_exchange.entry(*exchange).or_default(), at);
        }
    }

    /// How much two stories have in common in who speaks: somebody who speaks everywhere ties little together.
    pub fn share_people(&self, one: &Entry, other: &Entry) -> f64 {
        let both = one.people.iter().filter(|person| other.people.binary_search(person).is_ok());
        let rarity = |person: &u32| {
            let stories = self.by_person.get(person).map_or(1, Timeline::len) as f64;
            (1.0 + self.living as f64 / stories).ln() / (2.0 + self.living as f64).ln()
        };
        1.0 - (-both.map(rarity).sum::<f64>()).exp()
    }

    fn name(&mut self, name: &str) -> u32 {
        // Zero is no name.
        let next = self.names.len() as u32 + 1;
        match self.names.get(name) {
            Some(known) => *known,
            None => *self.names.entry(name.into()).or_insert(next),
        }
    }
}

/// How many of two ordered lists are in both.
pub(super) fn common(one: &[u32], other: &[u32]) -> usize {
    one.iter().filter(|name| other.binary_search(name).is_ok()).count()
}

fn ordered(mut names: Vec<u32>) -> Box<[u32]> {
    names.sort_unstable();
    names.dedup();
    names.into()
}

impl Facts {
    /// With a time.
    #[must_use]
    pub fn at(self, time: Time) -> Facts {
        Facts { published_at: time.millis(), ..self }
    }
}
