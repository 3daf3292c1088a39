//! From the text of a draft to its records: which quotation is which.
//!
//! A quotation keeps its record while the reporter works around it and on it. So what was found is matched with what
//! stood in the draft before: first by the same words, then by words that are mostly the same, in order. What is left
//! is looked for in other stories, and only then is a new record begun.

use crate::{quotation::words_key, store::standing::Standing};

/// A quotation as the library found it in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The words.
    pub words: String,
    /// What stands before.
    pub prefix: String,
    /// What stands after.
    pub suffix: String,
    /// `direct`, `mixed` or `block`.
    pub kind: String,
    /// Who said it, as far as the text says.
    pub speaker: String,
    /// How.
    pub channel: String,
    /// Where.
    pub outlet: String,
    /// To whom.
    pub addressee: String,
    /// When.
    pub said_on: String,
}

/// Which record a found quotation belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// The record it had, with the same words.
    Same(String),
    /// The record it had; its words were edited.
    Edited(String),
    /// Not in this draft before.
    New,
}

impl Match {
    /// The record it had.
    pub fn id(&self) -> Option<&str> {
        match self {
            Match::Same(id) | Match::Edited(id) => Some(id),
            Match::New => None,
        }
    }
}

/// Words that must be shared, of the longer side, for two quotations to be one that was edited: below half they are
/// rather two, and a wrong link would lend one quotation the other's source.
const SHARED: f64 = 0.5;

/// Matches what was found with what stood in the draft before.
pub fn match_up(found: &[Found], before: &[Standing]) -> Vec<Match> {
    let mut free: Vec<Option<&Standing>> = before.iter().map(Some).collect();
    let mut matches = vec![Match::New; found.len()];
    for (found, matched) in found.iter().zip(&mut matches) {
        let key = words_key(&found.words);
        let same = free.iter_mut().find(|slot| slot.is_some_and(|s| words_key(&s.words) == key));
        if let Some(standing) = same.and_then(Option::take) {
            *matched = match standing.words == found.words {
                true => Match::Same(standing.quotation.clone()),
                false => Match::Edited(standing.quotation.clone()),
            };
        }
    }
    for (found, matched) in found.iter().zip(&mut matches) {
        if *matched != Match::New {
            continue;
        }
        let best = free
            .iter_mut()
            .filter_map(|slot| slot.map(|standing| (shared(&found.words, &standing.words), slot)))
            .filter(|(share, _)| *share >= SHARED)
            .max_by(|(a, _), (b, _)| a.total_cmp(b));
        if let Some(standing) = best.and_then(|(_, slot)| slot.take()) {
            *matched = Match::Edited(standing.quotation.clone());
        }
    }
    matches
}

/// The share of the longer side's words that both have.
fn shared(a: &str, b: &str) -> f64 {
    let (a, b) = (words_key(a), words_key(b));
    let (a, mut b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let longer = a.len().max(b.len());
    let mut both = 0;
    for word in &a {
        if let Some(at) = b.iter().position(|other| other == word) {
            b.swap_remove(at);
            both += 1;
        }
    }
    f64::from(both) / longer as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Found {
        Found { words: words.into(), ..Found::default() }
    }

    fn standing(quotation: &str, words: &str) -> Standing {
        Standing {
            story: "s".into(),
            position: 0,
            quotation: quotation.into(),
            words: words.into(),
            prefix: String::new(),
            suffix: String::new(),
            kind: "direct".into(),
        }
    }

    #[test]
    fn a_quotation_keeps_its_record_while_its_words_are_worked_on() {
        let before = [standing("a", "We never signed it."), standing("b", "Nobody asked us at all.")];
        let after = [found("Nobody asked us at all."), found("A new one."), found("We never ever signed it.")];
        assert_eq!(match_up(&after, &before), [Match::Same("b".into()), Match::New, Match::Edited("a".into())]);
    }

    #[test]
    fn two_quotations_are_not_taken_for_one() {
        let before = [standing("a", "The bridge is safe and it will stay open.")];
        assert_eq!(match_up(&[found("The bridge is gone.")], &before), [Match::New]);
    }

    #[test]
    fn a_repeated_quotation_has_one_record_each_time_it_stood() {
        let before = [standing("a", "No."), standing("b", "No.")];
        assert_eq!(
            match_up(&[found("No."), found("No."), found("No.")], &before),
            [Match::Same("a".into()), Match::Same("b".into()), Match::New]
        );
    }
}
