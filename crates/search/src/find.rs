//! Asking the index: the best results, and how many there are of what.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    time::{Duration, Instant},
};

use onrecord_base::{Result, Time};
use tantivy::{
    DocAddress, DocId, Score, Searcher, SegmentReader, TERMINATED, TantivyDocument,
    query::{EnableScoring, Weight},
    schema::Value,
};

use crate::{
    compile::{Compiled, compile},
    facets::{self, Facets},
    generation::{Generation, broken},
    highlight::Marks,
    question::{PAGE, PAGES, Part, Sort},
    schema::{AT, Key, Kind},
    timed::End,
};

pub use crate::compile::Missing;

/// How long a question may take in all: the bar for an answer is 20 ms, and the page around it needs the rest.
pub const TIME: Duration = Duration::from_millis(12);
/// How much of that the best results may take; the rest is for counting.
const TIME_BEST: Duration = Duration::from_millis(9);
/// Documents between two looks at the clock: also what is looked at in any case, so that a small newsroom's answers are
/// whole however busy its machine is.
const EACH: u32 = 1024;
/// The best by their words alone, which are then put into order by their age too.
const CANDIDATES: usize = 2 * PAGE * PAGES;
/// What being new is worth: a story of this moment counts for so much more than an old one of the same words.
const FRESH: f32 = 0.6;
/// After so many days half of that is left.
const HALF_LIFE_DAYS: f32 = 120.0;

/// What narrows a question, as ids of the database.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    /// A kind.
    pub kind: Option<Kind>,
    /// A section.
    pub section: Option<String>,
    /// An author.
    pub author: Option<String>,
    /// A person.
    pub person: Option<String>,
    /// Who said it.
    pub said_by: Option<String>,
    /// Published at this time or later.
    pub from: Option<Time>,
    /// Published before this time.
    pub until: Option<Time>,
}

impl Filters {
    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        *self == Filters::default()
    }
}

/// A question for the index.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Its parts.
    pub parts: Vec<Part>,
    /// What narrows it.
    pub filters: Filters,
    /// The order.
    pub sort: Sort,
    /// The page, from 1.
    pub page: usize,
    /// Now.
    pub now: Time,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The results of the page, in order.
    pub keys: Vec<Key>,
    /// Pages there are, at most [`PAGES`].
    pub pages: usize,
    /// The page, from 1: the one asked for, or the last there is.
    pub page: usize,
    /// The counts.
    pub facets: Facets,
    /// Not everything was looked at in time: better results may exist.
    pub cut: bool,
    /// What to mark in the results.
    pub marks: Marks,
    /// Words that nothing has.
    pub missing: Vec<Missing>,
}

/// Asks.
///
/// # Errors
/// If the index is broken.
pub fn find(generation: &Generation, ask: &Ask) -> Result<Found> {
    let began = Instant::now();
    let searcher = generation.searcher();
    let compiled = compile(generation, &searcher, &ask.parts, &ask.filters)?;
    let mut found = Found { marks: compiled.marks.clone(), missing: compiled.missing.clone(), ..Found::default() };
    if compiled.is_hopeless() || (compiled.has_no_words() && ask.filters.is_empty()) {
        return Ok(found);
    }
    let newest = ask.sort == Sort::Newest || compiled.has_no_words();
    let mut best = Best { end: End::at(began + TIME_BEST), newest, kept: BinaryHeap::new(), seen: 0 };
    best.look(&compiled, &searcher)?;
    found.cut = best.end.is_reached();
    let ranked = best.ranked(&searcher, ask.now)?;
    let end = End::at(began + TIME);
    found.facets = facets::count(&searcher, compiled.query(&searcher, &end).as_ref(), &end)?;
    // An estimate may be off, what was found is not.
    found.facets.total = found.facets.total.max(ranked.len() as u64);
    if !found.facets.estimated && !found.cut && ranked.len() < CANDIDATES {
        found.facets.total = ranked.len() as u64;
    }
    found.pages = ranked.len().div_ceil(PAGE).min(PAGES);
    found.page = ask.page.clamp(1, found.pages.max(1));
    for address in ranked.into_iter().skip((found.page - 1) * PAGE).take(PAGE) {
        found.keys.extend(key_of(generation, &searcher, address)?);
    }
    Ok(found)
}

/// The key of a document.
pub(crate) fn key_of(generation: &Generation, searcher: &Searcher, address: DocAddress) -> Result<Option<Key>> {
    let document: TantivyDocument = searcher.doc(address).map_err(broken)?;
    let key = document.get_first(generation.fields().key);
    Ok(key.and_then(|value| value.as_str().map(Key::read)).flatten())
}

/// A rank, and the segment and number of what has it: of two equal ones the earlier is better.
type Ranked = (i64, Reverse<(u32, DocId)>);

/// The best results so far. What is kept is compared by its score or time, then by its place.
struct Best {
    end: End,
    newest: bool,
    kept: BinaryHeap<Reverse<Ranked>>,
    seen: u32,
}

impl Best {
    fn look(&mut self, compiled: &Compiled, searcher: &Searcher) -> Result<()> {
        let query = compiled.query(searcher, &self.end);
        let scoring = match self.newest {
            true => EnableScoring::disabled_from_searcher(searcher),
            false => EnableScoring::enabled_from_searcher(searcher),
        };
        let weight = query.weight(scoring).map_err(broken)?;
        for (number, segment) in (0..).zip(searcher.segment_readers()) {
            match compiled.is_plain() && !self.newest {
                true => self.pruned(weight.as_ref(), number, segment)?,
                false => self.each(weight.as_ref(), number, segment)?,
            }
        }
        Ok(())
    }

    /// Skips whatever cannot be among the best.
    fn pruned(&mut self, weight: &dyn Weight, number: u32, segment: &SegmentReader) -> Result<()> {
        let threshold = self.threshold();
        weight
            .for_each_pruning(threshold, segment, &mut |doc, score| {
                if self.is_over() {
                    return Score::MAX;
                }
                if !segment.is_deleted(doc) {
                    self.keep(of_score(score), number, doc);
                }
                self.threshold()
            })
            .map_err(broken)
    }

    fn each(&mut self, weight: &dyn Weight, number: u32, segment: &SegmentReader) -> Result<()> {
        let at = segment.fast_fields().i64(AT).map_err(broken)?;
        let mut scorer = weight.scorer(segment, 1.0).map_err(broken)?;
        let mut doc = scorer.doc();
        while doc != TERMINATED && !self.is_over() {
            if !segment.is_deleted(doc) {
                let rank = match self.newest {
                    true => at.first(doc).unwrap_or(i64::MIN),
                    false => of_score(scorer.score()),
                };
                self.keep(rank, number, doc);
            }
            doc = scorer.advance();
        }
        Ok(())
    }

    fn is_over(&mut self) -> bool {
        self.seen += 1;
        self.end.is_reached() || (self.seen.is_multiple_of(EACH) && self.end.look())
    }

    fn keep(&mut self, rank: i64, segment: u32, doc: DocId) {
        let one = Reverse((rank, Reverse((segment, doc))));
        if self.kept.len() < CANDIDATES {
            self.kept.push(one);
        } else if let Some(mut worst) = self.kept.peek_mut()
            && one < *worst
        {
            *worst = one;
        }
    }

    /// The score that a document must have more than to be kept.
    fn threshold(&self) -> Score {
        match self.kept.peek() {
            Some(Reverse((rank, _))) if self.kept.len() == CANDIDATES => to_score(*rank),
            _ => Score::MIN,
        }
    }

    /// The best, in order.
    fn ranked(self, searcher: &Searcher, now: Time) -> Result<Vec<DocAddress>> {
        // Opened once: a column's head is as long as its segment is large.
        let times = match self.newest {
            true => Vec::new(),
            false => {
                let times = searcher.segment_readers().iter().map(|segment| segment.fast_fields().i64(AT));
                times.collect::<tantivy::Result<Vec<_>>>().map_err(broken)?
            }
        };
        let rank = |rank: i64, segment: u32, doc: DocId| match times.get(segment as usize) {
            None => rank,
            Some(at) => of_score(to_score(rank) * freshness(at.first(doc).unwrap_or(i64::MIN), now)),
        };
        let mut ranked: Vec<(Reverse<i64>, DocAddress)> = self
            .kept
            .into_iter()
            .map(|Reverse((score, Reverse((segment, doc))))| {
                (Reverse(rank(score, segment, doc)), DocAddress::new(segment, doc))
            })
            .collect();
        ranked.sort();
        Ok(ranked.into_iter().map(|(_, address)| address).collect())
    }
}

/// What being new multiplies a score with.
fn freshness(at: i64, now: Time) -> f32 {
    let days = now.millis().saturating_sub(at).max(0) as f32 / 86_400_000.0;
    1.0 + FRESH * (-days / HALF_LIFE_DAYS).exp2()
}

/// A score as a number that can be compared; scores are not negative.
fn of_score(score: Score) -> i64 {
    i64::from(score.max(0.0).to_bits())
}

fn to_score(rank: i64) -> Score {
    Score::from_bits(u32::try_from(rank).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_ordered_as_numbers() {
        let scores = [0.0, 0.1, 1.0, 7.25, 1e9];
        assert!(scores.windows(2).all(|pair| of_score(pair[0]) < of_score(pair[1])));
        assert!(scores.iter().all(|score| to_score(of_score(*score)) == *score));
        assert_eq!(of_score(-1.0), 0);
    }

    #[test]
    fn what_is_new_counts_for_more_and_nothing_counts_for_less() {
        let now = Time::constant(1_795_341_600_000);
        let days = |days: i64| freshness(now.plus(-days * 86_400_000).millis(), now);
        assert!(days(0) > days(1) && days(1) > days(120) && days(120) > days(4000) && days(4000) >= 1.0);
        assert_eq!(days(-5), days(0), "a story of tomorrow is as new as one of today");
    }
}
