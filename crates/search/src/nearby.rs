//! Words that are written nearly like one that nothing has.

use std::collections::HashMap;

use onrecord_base::Result;
use tantivy::{
    Searcher, Term,
    query::{DfaWrapper, FuzzyTermQuery},
    schema::Field,
};

use crate::generation::broken;

/// Letters of the shortest word that another is taken for.
const SHORTEST: usize = 4;
/// From this length on two letters may differ.
const TWO: usize = 8;
/// Words that are taken for one.
const MOST: usize = 4;
/// Words that are looked at of one dictionary.
const LOOKED_AT: usize = 2_000;

/// The words of a field that are nearest to `word`, of equally near ones the most frequent: one letter changed, left out,
/// added or swapped with the next; of long words two. The first letter is right first of all: there typing goes wrong
/// least, and a dictionary is looked through in a twentieth of the time.
pub(crate) fn nearby(searcher: &Searcher, field: Field, word: &str) -> Result<Vec<String>> {
    if !may_slip(word) {
        return Ok(Vec::new());
    }
    let length = word.chars().count();
    let first = word.chars().next().map(String::from).unwrap_or_default();
    let tries: &[(u8, bool)] =
        if length >= TWO { &[(1, true), (1, false), (2, true)] } else { &[(1, true), (1, false)] };
    for (distance, same_first) in tries {
        let query = FuzzyTermQuery::new(Term::from_field_text(field, word), *distance, true);
        let automaton = query.automaton().map_err(broken)?;
        let found = look(searcher, field, &automaton, if *same_first { &first } else { "" }, MOST)?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// The words of a field that begin nearly like `typed`, which somebody is still writing: its first letter is right, one
/// other is not.
pub(crate) fn nearly_beginning(searcher: &Searcher, field: Field, typed: &str, most: usize) -> Result<Vec<String>> {
    if !may_slip(typed) {
        return Ok(Vec::new());
    }
    let first = typed.chars().next().map(String::from).unwrap_or_default();
    let query = FuzzyTermQuery::new_prefix(Term::from_field_text(field, typed), 1, true);
    look(searcher, field, &query.automaton().map_err(broken)?, &first, most)
}

/// A short word is too like too many others, and with another digit a year is another year.
fn may_slip(word: &str) -> bool {
    word.chars().count() >= SHORTEST && !word.chars().any(char::is_numeric)
}

fn look(searcher: &Searcher, field: Field, automaton: &DfaWrapper, prefix: &str, most: usize) -> Result<Vec<String>> {
    let mut found: HashMap<String, u64> = HashMap::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).map_err(broken)?;
        let mut builder = inverted.terms().search(automaton);
        if !prefix.is_empty() {
            builder = builder.ge(prefix);
            if let Some(end) = after(prefix) {
                builder = builder.lt(end);
            }
        }
        let mut terms = builder.into_stream()?;
        let mut looked_at = 0;
        while looked_at < LOOKED_AT && terms.advance() {
            looked_at += 1;
            let word = String::from_utf8_lossy(terms.key()).into_owned();
            *found.entry(word).or_default() += u64::from(terms.value().doc_freq);
        }
    }
    Ok(most_frequent(found, most))
}

/// The words of a field that begin so, the most frequent first.
pub(crate) fn beginning(searcher: &Searcher, field: Field, prefix: &str, most: usize) -> Result<Vec<String>> {
    let mut found: HashMap<String, u64> = HashMap::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field).map_err(broken)?;
        let mut builder = inverted.terms().range().ge(prefix);
        if let Some(end) = after(prefix) {
            builder = builder.lt(end);
        }
        let mut terms = builder.into_stream()?;
        let mut looked_at = 0;
        while looked_at < LOOKED_AT && terms.advance() {
            looked_at += 1;
            let word = String::from_utf8_lossy(terms.key()).into_owned();
            *found.entry(word).or_default() += u64::from(terms.value().doc_freq);
        }
    }
    Ok(most_frequent(found, most))
}

fn most_frequent(found: HashMap<String, u64>, most: usize) -> Vec<String> {
    let mut found: Vec<(String, u64)> = found.into_iter().collect();
    found.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    found.into_iter().take(most).map(|(word, _)| word).collect()
}

/// The first bytes after all that begin with `prefix`.
fn after(prefix: &str) -> Option<Vec<u8>> {
    let mut end = prefix.as_bytes().to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}
