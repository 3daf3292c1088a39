//! A small scorer of how likely a comment is toxic: a linear model over words, pairs of words and pieces of words, in
//! memory, without a network. It orders what waits and may hold; it never refuses anything.
//!
//! `examples/train_scorer.rs` trains and evaluates it; `model/CARD.md` says from what, how well, and where it fails.

use std::sync::LazyLock;

use crate::text;

/// Weights, as a power of two.
pub const BITS: u32 = 18;
/// Words that are looked at: the longest comment has fewer.
const WORDS: usize = 4_000;
/// Letters of a word that are looked at.
const LETTERS: usize = 24;
/// Pieces of words, in letters.
const PIECES: std::ops::RangeInclusive<usize> = 3..=5;
/// Words that are named as the score's cause.
const NAMED: usize = 4;
/// A word that did less than this share of the strongest one's work is not named.
const NAMED_SHARE: f32 = 0.3;
/// From this likelihood on causes are named.
const NAMED_FROM: f64 = 0.3;
const MAGIC: &[u8; 8] = b"ONRTOX01";

static MODEL: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(include_bytes!("../model/toxicity.bin")));

/// What the scorer thinks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Score {
    /// How likely the comment is toxic, from 0 to 1, if as many are as are not.
    pub likelihood: f64,
    /// The words that drove it, the strongest first, with spaces between.
    pub drove: String,
}

/// Scores a comment's text.
pub fn score(text: &str) -> Score {
    MODEL.as_ref().map_or_else(Score::default, |model| model.score(text))
}

/// A trained model.
pub struct Model {
    bias: f32,
    scale: f32,
    weights: Vec<i8>,
}

impl Model {
    /// Reads a model; none if it is not one.
    pub fn read(bytes: &[u8]) -> Option<Model> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (bias, rest) = rest.split_first_chunk::<4>()?;
        let (scale, rest) = rest.split_first_chunk::<4>()?;
        let weights: Vec<i8> = rest.iter().map(|b| b.cast_signed()).collect();
        let whole = weights.len() == 1 << BITS;
        whole.then(|| Model { bias: f32::from_le_bytes(*bias), scale: f32::from_le_bytes(*scale), weights })
    }

    /// A model of trained weights, each kept in one byte.
    pub fn new(bias: f32, weights: &[f32]) -> Model {
        let largest = weights.iter().fold(0.0_f32, |most, w| most.max(w.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        Model { bias, scale, weights: weights.iter().map(|w| (w / scale).round() as i8).collect() }
    }

    /// As it is kept in a file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.bias.to_le_bytes());
        bytes.extend(self.scale.to_le_bytes());
        bytes.extend(self.weights.iter().map(|w| w.cast_unsigned()));
        bytes
    }

    /// Scores a text.
    pub fn score(&self, text: &str) -> Score {
        let words = words(text);
        let mut causes: Vec<(f32, &str)> = Vec::with_capacity(words.len());
        let (mut sum, mut count) = (0.0_f32, 0_u32);
        features(&words, |at, feature| {
            let weight = f32::from(self.weights[feature as usize]) * self.scale;
            sum += weight;
            count += 1;
            match causes.last_mut() {
                Some(cause) if causes_same(cause.1, &words[at]) => cause.0 += weight,
                _ => causes.push((weight, words[at].as_str())),
            }
        });
        let raw = self.bias + sum / (count.max(1) as f32).sqrt();
        let likelihood = f64::from(1.0 / (1.0 + (-raw).exp()));
        let drove = if likelihood < NAMED_FROM { String::new() } else { named(causes) };
        Score { likelihood, drove }
    }
}

/// The same slice, not only the same letters: a word may come twice.
fn causes_same(a: &str, b: &str) -> bool {
    std::ptr::eq(a.as_ptr(), b.as_ptr())
}

fn named(mut causes: Vec<(f32, &str)>) -> String {
    causes.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut found: Vec<&str> = Vec::new();
    let least = causes.first().map_or(0.0, |(most, _)| most * NAMED_SHARE);
    for (weight, word) in causes {
        if weight > least && found.len() < NAMED && !found.contains(&word) {
            found.push(word);
        }
    }
    found.join(" ")
}

/// The words of a text as the model knows them: small letters of the plainest form, without names of accounts, addresses
/// and numbers.
pub fn words(text: &str) -> Vec<String> {
    let plain = text::plain(text);
    let mut words = Vec::new();
    for raw in plain.split_whitespace().take(WORDS) {
        if raw.starts_with('@') || raw.contains("://") || raw.starts_with('&') {
            continue;
        }
        for word in raw.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '*' | '$' | '@')) {
            let meant = crate::words::meant(word);
            let word: String =
                meant.as_deref().unwrap_or(word).trim_matches(['\'', '’', '*']).chars().take(LETTERS).collect();
            if word.chars().any(char::is_alphabetic) {
                words.push(word);
            }
        }
    }
    words
}

/// Calls `found` with each feature of the words: the word it belongs to, and its number.
pub fn features(words: &[String], mut found: impl FnMut(usize, u32)) {
    let mut letters: Vec<char> = Vec::new();
    let mut piece = String::new();
    for (at, word) in words.iter().enumerate() {
        found(at, number(b'w', word.as_bytes(), b""));
        letters.clear();
        letters.push('<');
        letters.extend(word.chars());
        letters.push('>');
        for size in PIECES {
            for window in letters.windows(size) {
                piece.clear();
                piece.extend(window);
                found(at, number(b'p', piece.as_bytes(), b""));
            }
        }
        if let Some(next) = words.get(at + 1) {
            found(at, number(b'b', word.as_bytes(), next.as_bytes()));
        }
    }
}

/// FNV-1a, folded to the number of weights.
fn number(kind: u8, first: &[u8], second: &[u8]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in [kind].iter().chain(first).chain([0].iter()).chain(second) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    ((hash >> 40) ^ hash) as u32 & ((1 << BITS) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_there_and_tells_insult_from_praise() {
        assert!(MODEL.is_some());
        let insult = score("You are a stupid idiot and everybody knows it.");
        let praise = score("Thank you for this careful report about the harbour wall.");
        assert!(insult.likelihood > 0.8, "{insult:?}");
        assert!(praise.likelihood < 0.4, "{praise:?}");
        assert!(insult.drove.contains("idiot") && praise.drove.is_empty(), "{insult:?}");
    }

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let mut weights = vec![0.0; 1 << BITS];
        weights[3] = 1.5;
        let model = Model::new(0.25, &weights);
        let again = Model::read(&model.bytes()).map(|m| m.bytes());
        assert_eq!(again, Some(model.bytes()));
        assert!(Model::read(b"ONRTOX01").is_none() && Model::read(b"").is_none());
    }

    #[test]
    fn whatever_is_written_has_a_score() {
        for text in ["", " ", "👩\u{200d}🚀", "@a https://b.example &c; 123", &"x".repeat(20_000), &"a ".repeat(20_000)]
        {
            let score = score(text);
            assert!((0.0..=1.0).contains(&score.likelihood), "{score:?}");
        }
    }
}
