//! A query that ends in time: what it wraps is asked as before, until the time is up; then there is nothing more.
//!
//! Checking a phrase costs a hundred times what finding a word does, and a phrase of frequent words is checked in every
//! second document. Intersections ask the cheapest of their parts first, which is a phrase's rarest word rather than the
//! phrase: wrapped in this and put beside the phrase, it sees every document that is to be checked. It adds nothing to a
//! document's score.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use tantivy::{
    DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED,
    query::{EnableScoring, Explanation, Query, Scorer, Weight},
};

/// Documents between two looks at the clock: less than a millisecond of checking phrases.
const EACH: u32 = 128;

/// When a query ends, and whether that was before it was done.
#[derive(Debug, Clone)]
pub struct End {
    until: Instant,
    reached: Arc<AtomicBool>,
}

impl End {
    /// At this time.
    pub fn at(until: Instant) -> End {
        End { until, reached: Arc::default() }
    }

    /// True if some query was not done by then.
    pub fn is_reached(&self) -> bool {
        self.reached.load(Ordering::Relaxed)
    }

    /// Looks at the clock.
    pub fn look(&self) -> bool {
        let over = Instant::now() >= self.until;
        if over {
            self.reached.store(true, Ordering::Relaxed);
        }
        over
    }
}

/// A query with an end.
#[derive(Debug)]
pub struct Timed {
    query: Box<dyn Query>,
    end: End,
}

impl Timed {
    /// Wraps a query.
    pub fn new(query: Box<dyn Query>, end: End) -> Timed {
        Timed { query, end }
    }
}

impl Clone for Timed {
    fn clone(&self) -> Timed {
        Timed { query: self.query.box_clone(), end: self.end.clone() }
    }
}

impl Query for Timed {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(TimedWeight { weight: self.query.weight(scoring)?, end: self.end.clone() }))
    }
}

struct TimedWeight {
    weight: Box<dyn Weight>,
    end: End,
}

impl Weight for TimedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scorer = self.weight.scorer(reader, boost)?;
        Ok(Box::new(TimedScorer { scorer, end: self.end.clone(), asked: 0, over: false }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }
}

struct TimedScorer {
    scorer: Box<dyn Scorer>,
    end: End,
    asked: u32,
    over: bool,
}

impl TimedScorer {
    fn is_over(&mut self) -> bool {
        self.asked += 1;
        if !self.over && self.asked.is_multiple_of(EACH) {
            self.over = self.end.look();
        }
        self.over
    }
}

impl DocSet for TimedScorer {
    fn advance(&mut self) -> DocId {
        if self.is_over() { TERMINATED } else { self.scorer.advance() }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.is_over() { TERMINATED } else { self.scorer.seek(target) }
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if self.is_over() { SeekDangerResult::SeekLowerBound(TERMINATED) } else { self.scorer.seek_danger(target) }
    }

    fn doc(&self) -> DocId {
        if self.over { TERMINATED } else { self.scorer.doc() }
    }

    fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }

    fn cost(&self) -> u64 {
        self.scorer.cost()
    }
}

impl Scorer for TimedScorer {
    fn score(&mut self) -> Score {
        0.0
    }
}
