//! How many results each section, author, person, kind and year has: counted, or, where that would take long, estimated
//! from samples spread over the whole index.

use std::collections::HashMap;

use onrecord_base::Result;
use tantivy::{
    DocId, DocSet, Searcher, SegmentReader, TERMINATED,
    columnar::{Column, StrColumn},
    query::{EnableScoring, Query, Scorer},
};

use crate::{
    generation::broken,
    schema::{AUTHOR, KIND, Kind, PERSON, SECTION, YEAR},
    timed::End,
};

/// Results that are counted one by one in all; of more a sample of about so many.
const COUNTED: u64 = 20_000;
/// Places of a segment that a sample is taken from.
const WINDOWS: u32 = 64;
/// Documents between two looks at the clock.
const EACH: u64 = 512;

/// The counts. Ids are the database's.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facets {
    /// Results in all.
    pub total: u64,
    /// Whether the counts are estimates.
    pub estimated: bool,
    /// By kind.
    pub kinds: HashMap<Kind, u64>,
    /// By section.
    pub sections: HashMap<String, u64>,
    /// By author.
    pub authors: HashMap<String, u64>,
    /// By person.
    pub people: HashMap<String, u64>,
    /// By year.
    pub years: HashMap<u64, u64>,
}

/// Counts what a query finds.
pub(crate) fn count(searcher: &Searcher, query: &dyn Query, end: &End) -> Result<Facets> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher)).map_err(broken)?;
    let mut facets = Facets::default();
    let all: u64 = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
    for segment in searcher.segment_readers() {
        let mut scorer = weight.scorer(segment, 1.0).map_err(broken)?;
        if scorer.doc() == TERMINATED {
            continue;
        }
        let expected = u64::from(scorer.size_hint()).max(1);
        // Each segment gets its share of what may be counted.
        let room = (COUNTED * u64::from(segment.max_doc()) / all.max(1)).max(EACH);
        let mut tally = Tally::new(segment)?;
        let part = match expected <= room {
            true => tally.all(scorer.as_mut(), segment, end),
            false => tally.sample(scorer.as_mut(), segment, room as f64 / expected as f64, end),
        };
        facets.estimated |= part < 1.0;
        tally.add_to(&mut facets, if part > 0.0 { 1.0 / part } else { 1.0 })?;
    }
    Ok(facets)
}

/// Counts of one segment, by the numbers it gives to ids.
struct Tally {
    kind: Column<u64>,
    year: Column<u64>,
    /// Sections, authors, people; none where the segment has none of them.
    columns: [Option<(StrColumn, Vec<u32>)>; 3],
    kinds: [u64; 4],
    years: HashMap<u64, u64>,
    total: u64,
}

impl Tally {
    fn new(segment: &SegmentReader) -> Result<Tally> {
        let fast = segment.fast_fields();
        let column = |name: &str| -> Result<_> {
            let column = fast.str(name).map_err(broken)?;
            Ok(column.map(|column| {
                let counts = vec![0; column.num_terms()];
                (column, counts)
            }))
        };
        let columns = [column(SECTION)?, column(AUTHOR)?, column(PERSON)?];
        Ok(Tally {
            kind: fast.u64(KIND).map_err(broken)?,
            year: fast.u64(YEAR).map_err(broken)?,
            columns,
            kinds: [0; 4],
            years: HashMap::new(),
            total: 0,
        })
    }

    fn one(&mut self, doc: DocId) {
        self.total += 1;
        if let Some(kind) = self.kind.first(doc).and_then(|kind| self.kinds.get_mut(kind as usize)) {
            *kind += 1;
        }
        if let Some(year) = self.year.first(doc) {
            *self.years.entry(year).or_default() += 1;
        }
        for (column, counts) in self.columns.iter_mut().flatten() {
            for ord in column.ords().values_for_doc(doc) {
                if let Some(count) = counts.get_mut(ord as usize) {
                    *count += 1;
                }
            }
        }
    }

    /// Counts all; the part of the segment that was looked at when the time was up.
    fn all(&mut self, scorer: &mut dyn Scorer, segment: &SegmentReader, end: &End) -> f64 {
        let mut seen = 0;
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            seen += 1;
            if seen % EACH == 0 && end.look() {
                return f64::from(doc) / f64::from(segment.max_doc().max(1));
            }
            if !segment.is_deleted(doc) {
                self.one(doc);
            }
            doc = scorer.advance();
        }
        1.0
    }

    /// Counts in the first part of each of [`WINDOWS`] places; the part of the segment that was looked at.
    fn sample(&mut self, scorer: &mut dyn Scorer, segment: &SegmentReader, part: f64, end: &End) -> f64 {
        let wide = segment.max_doc().div_ceil(WINDOWS).max(1);
        let look = ((f64::from(wide) * part).ceil() as u32).clamp(1, wide);
        let mut looked_at = 0;
        let mut doc = scorer.doc();
        for window in 0..WINDOWS {
            let (from, to) = (window * wide, (window * wide + look).min(segment.max_doc()));
            if from >= segment.max_doc() || end.look() {
                break;
            }
            if doc < from {
                doc = scorer.seek(from);
            }
            while doc < to {
                if !segment.is_deleted(doc) {
                    self.one(doc);
                }
                doc = scorer.advance();
            }
            looked_at += to - from;
        }
        f64::from(looked_at) / f64::from(segment.max_doc().max(1))
    }

    fn add_to(self, facets: &mut Facets, times: f64) -> Result<()> {
        let scaled = |count: u64| (count as f64 * times).round() as u64;
        facets.total += scaled(self.total);
        for (number, count) in self.kinds.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            if let Some(kind) = Kind::of_number(number as u64) {
                *facets.kinds.entry(kind).or_default() += scaled(count);
            }
        }
        for (year, count) in self.years {
            *facets.years.entry(year).or_default() += scaled(count);
        }
        let into = [&mut facets.sections, &mut facets.authors, &mut facets.people];
        for (column, into) in self.columns.into_iter().zip(into) {
            let Some((column, counts)) = column else { continue };
            // Only the largest are ever shown: ids are looked up for these alone.
            let mut largest: Vec<(usize, u32)> =
                counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
            largest.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            let mut id = String::new();
            for (ord, count) in largest.into_iter().take(LARGEST) {
                id.clear();
                if column.ord_to_str(ord as u64, &mut id)? {
                    *into.entry(id.clone()).or_default() += scaled(u64::from(count));
                }
            }
        }
        Ok(())
    }
}

/// Ids of one segment that counts are given for.
const LARGEST: usize = 24;
