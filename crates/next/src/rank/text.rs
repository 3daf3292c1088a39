//! Words in common: an index of headlines, deks and tags, with rare words weighing more (TF-IDF, cosine).

use std::collections::HashMap;

/// Words of one story that are kept: a headline, a dek and a kicker have fewer.
const WORDS: usize = 48;
/// Letters of a word that are kept.
const LETTERS: usize = 24;
/// Stories beyond which a word says nothing about any of them.
const COMMON: usize = 2_000;
/// Stories looked at for one question.
const LOOKS: usize = 4_000;

/// The words of a text as they are compared: small letters, without what stands at the ends of English and German plurals.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().take(3).count() == 3).map(|word| {
        let mut word: String = word.chars().flat_map(char::to_lowercase).take(LETTERS).collect();
        if word.chars().count() > 4 && word.ends_with('s') && !word.ends_with("ss") {
            word.pop();
        }
        word
    })
}

/// The index. Stories are numbered by whoever holds it.
#[derive(Debug, Clone, Default)]
pub struct TextIndex {
    terms: HashMap<Box<str>, u32>,
    /// For each word the stories that have it.
    postings: Vec<Vec<u32>>,
    /// For each story its words, in order.
    stories: Vec<Box<[u32]>>,
    count: usize,
}

impl TextIndex {
    /// Adds the text of a story that has none here.
    pub fn put(&mut self, story: u32, text: &str) {
        let mut own: Vec<u32> = words(text).take(WORDS).map(|word| self.term(word)).collect();
        own.sort_unstable();
        own.dedup();
        for term in &own {
            let posting = &mut self.postings[*term as usize];
            // Nearly always at the end: new stories have the highest numbers.
            if let Err(at) = posting.binary_search(&story) {
                posting.insert(at, story);
            }
        }
        let at = story as usize;
        if self.stories.len() <= at {
            self.stories.resize(at + 1, Box::default());
        }
        self.stories[at] = own.into();
        self.count += 1;
    }

    /// Empties a story's place.
    pub fn remove(&mut self, story: u32) {
        let Some(words) = self.stories.get_mut(story as usize).map(std::mem::take) else { return };
        for term in words {
            let posting = &mut self.postings[term as usize];
            if let Ok(at) = posting.binary_search(&story) {
                posting.remove(at);
            }
        }
        self.count = self.count.saturating_sub(1);
    }

    /// The stories with most in common, best first.
    pub fn like(&self, story: u32, most: usize) -> Vec<u32> {
        let mut terms: Vec<(usize, u32)> =
            self.of(story).iter().map(|t| (self.postings[*t as usize].len(), *t)).collect();
        terms.sort_unstable();
        let mut found: HashMap<u32, f64> = HashMap::new();
        let mut looks = 0;
        for (stories, term) in terms {
            if stories > COMMON || looks + stories > LOOKS {
                break;
            }
            looks += stories;
            let weight = self.rarity(term);
            for other in &self.postings[term as usize] {
                *found.entry(*other).or_default() += weight * weight;
            }
        }
        found.remove(&story);
        let mut found: Vec<(u32, f64)> = found.into_iter().collect();
        let order = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0));
        if found.len() > most {
            found.select_nth_unstable_by(most, order);
            found.truncate(most);
        }
        found.sort_unstable_by(order);
        found.into_iter().map(|(story, _)| story).collect()
    }

    /// How alike two stories are, from 0 to 1.
    pub fn cosine(&self, one: u32, other: u32) -> f64 {
        let (a, b) = (self.of(one), self.of(other));
        let (mut at, mut dot) = (0, 0.0);
        for term in a {
            while b.get(at).is_some_and(|theirs| theirs < term) {
                at += 1;
            }
            if b.get(at) == Some(term) {
                dot += self.rarity(*term).powi(2);
            }
        }
        // Most pairs have nothing in common, and then it does not matter how long they are.
        if dot == 0.0 { 0.0 } else { dot / (self.norm(a) * self.norm(b)) }
    }

    fn norm(&self, terms: &[u32]) -> f64 {
        terms.iter().map(|term| self.rarity(*term).powi(2)).sum::<f64>().sqrt()
    }

    fn rarity(&self, term: u32) -> f64 {
        (1.0 + self.count as f64 / (1.0 + self.postings[term as usize].len() as f64)).ln()
    }

    fn of(&self, story: u32) -> &[u32] {
        self.stories.get(story as usize).map_or(&[], |terms| terms)
    }

    fn term(&mut self, word: String) -> u32 {
        let next = self.postings.len() as u32;
        let term = *self.terms.entry(word.into_boxed_str()).or_insert(next);
        if term == next {
            self.postings.push(Vec::new());
        }
        term
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(texts: &[&str]) -> TextIndex {
        let mut index = TextIndex::default();
        for (story, text) in texts.iter().enumerate() {
            index.put(story as u32, text);
        }
        index
    }

    #[test]
    fn rare_words_bind_and_common_ones_do_not() {
        let texts = [
            "The harbour wall gave way",
            "Masons at the harbour wall",
            "The mayor of the town",
            "The town and the sea",
        ];
        let mut index = index(&texts);
        assert_eq!(index.like(0, 9)[0], 1);
        assert!(index.cosine(0, 1) > 3.0 * index.cosine(0, 2));
        assert!((index.cosine(0, 0) - 1.0).abs() < 1e-9);
        assert_eq!(index.cosine(0, 1), index.cosine(1, 0));
        index.remove(1);
        assert!(!index.like(0, 9).contains(&1));
        assert_eq!(index.cosine(0, 1), 0.0);
    }

    #[test]
    fn words_are_compared_without_case_marks_and_plurals() {
        let words: Vec<String> = words("“Walls”, WALL; Straße ab über-all 2026 glass").collect();
        assert_eq!(words, ["wall", "wall", "straße", "über", "all", "2026", "glass"]);
    }
}
