//! What a reader may mean while they type: people and headlines with words that begin so, or nearly so where none does.

use onrecord_base::Result;
use tantivy::{
    DocAddress, TERMINATED, Term,
    query::{BooleanQuery, ConstScoreQuery, EnableScoring, Query, TermQuery},
    schema::IndexRecordOption,
};

use crate::{
    find::key_of,
    generation::{Generation, broken},
    nearby::{beginning, nearby, nearly_beginning},
    schema::{AT, KIND, Key, Kind},
    timed::End,
    words::written,
};

/// Suggestions at once: what one sees without looking for it.
pub const MOST: usize = 8;
/// Letters of the last word before anything is suggested.
pub const SHORTEST: usize = 2;
/// Words that are read into the beginning of one.
const BEGINNINGS: usize = 24;
/// Words that are looked at.
const WORDS: usize = 8;
/// Documents that are looked at, the newest of each part of the index first.
const LOOKED_AT: u32 = 20_000;
/// How long it may take: somebody types.
const TIME: std::time::Duration = std::time::Duration::from_millis(8);

/// The keys of what to suggest, people first, then by time. `forgiving` takes what is written nearly so for a word that
/// nothing has.
///
/// # Errors
/// If the index is broken.
pub fn suggest(generation: &Generation, typed: &str, forgiving: bool) -> Result<Vec<Key>> {
    let mut words: Vec<String> = written(typed).into_iter().map(|word| word.term).collect();
    words.truncate(WORDS);
    let Some(last) = words.pop() else { return Ok(Vec::new()) };
    if last.chars().count() < SHORTEST && words.is_empty() {
        return Ok(Vec::new());
    }
    let searcher = generation.searcher();
    let names = generation.fields().names;
    let term = |word: &str| Term::from_field_text(names, word);
    let any = |words: Vec<String>| -> Box<dyn Query> {
        let each = |word: &String| -> Box<dyn Query> { Box::new(TermQuery::new(term(word), IndexRecordOption::Basic)) };
        Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(words.iter().map(each).collect())), 1.0))
    };
    let end = End::at(std::time::Instant::now() + TIME);
    // A word that nothing has is a slip of the fingers.
    let whole = |word: String| match searcher.doc_freq(&term(&word)).map_err(broken)? {
        0 if forgiving && !end.look() => nearby(&searcher, names, &word),
        0 => Ok(Vec::new()),
        _ => Ok(vec![word]),
    };
    let begun = |word: String| match beginning(&searcher, names, &word, BEGINNINGS)? {
        none if none.is_empty() && forgiving && !end.look() => nearly_beginning(&searcher, names, &word, BEGINNINGS),
        found => Ok(found),
    };
    let mut parts = Vec::new();
    // After a space the last word is whole.
    let is_whole = typed.ends_with(char::is_whitespace);
    for (word, is_last) in words.into_iter().map(|word| (word, false)).chain([(last, true)]) {
        let meant = if is_last && !is_whole { begun(word)? } else { whole(word)? };
        if meant.is_empty() {
            return Ok(Vec::new());
        }
        parts.push(any(meant));
    }
    let query = BooleanQuery::intersection(parts);
    let weight = query.weight(EnableScoring::disabled_from_searcher(&searcher)).map_err(broken)?;
    let mut best: Vec<(bool, i64, DocAddress)> = Vec::new();
    for (number, segment) in (0..).zip(searcher.segment_readers()) {
        let at = segment.fast_fields().i64(AT).map_err(broken)?;
        let kind = segment.fast_fields().u64(KIND).map_err(broken)?;
        let mut scorer = weight.scorer(segment, 1.0).map_err(broken)?;
        let mut doc = scorer.doc();
        let mut seen = 0;
        while doc != TERMINATED && seen < LOOKED_AT {
            seen += 1;
            if seen.is_multiple_of(1024) && end.look() {
                break;
            }
            if !segment.is_deleted(doc) {
                let person = kind.first(doc) == Some(Kind::Person.number());
                best.push((person, at.first(doc).unwrap_or(i64::MIN), DocAddress::new(number, doc)));
            }
            if best.len() >= 4 * MOST {
                keep_best(&mut best);
            }
            doc = scorer.advance();
        }
    }
    keep_best(&mut best);
    best.into_iter().filter_map(|(_, _, address)| key_of(generation, &searcher, address).transpose()).collect()
}

fn keep_best(best: &mut Vec<(bool, i64, DocAddress)>) {
    best.sort_by(|a, b| b.cmp(a));
    best.truncate(MOST);
}
