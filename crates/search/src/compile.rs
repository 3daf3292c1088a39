//! From what was typed to a query of the index.

use std::{
    collections::{BTreeSet, HashSet},
    ops::Bound,
};

use onrecord_base::Result;
use tantivy::{
    Searcher, Term,
    query::{AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery},
    schema::{Field, IndexRecordOption},
};

use crate::{
    find::Filters,
    generation::{Generation, broken},
    highlight::Marks,
    nearby::nearby,
    question::{MOST_WORDS, Part},
    schema::Fields,
    timed::{End, Timed},
    words,
};

/// Languages whose rules one word is read by. More than these, and the rest is found as it is written.
const MOST_LANGUAGES: usize = 8;

/// A way to read one part of a question: its words with their places.
type Reading = Vec<(usize, String)>;

/// One part of a question, read.
#[derive(Debug)]
struct Clause {
    /// Words of headlines rather than of texts: the part says nothing but "the".
    in_names: bool,
    /// The ways it may be read, one of which must be there.
    readings: BTreeSet<Reading>,
    /// Beside these, ways it may be read in headlines: nothing else is asked, and in some language it says nothing.
    also_in_names: BTreeSet<Reading>,
    /// In some language it says nothing by itself: it may be missing.
    optional: bool,
    not: bool,
}

/// A question, ready to be asked.
#[derive(Debug)]
pub(crate) struct Compiled {
    clauses: Vec<Clause>,
    filters: Filters,
    fields: Fields,
    /// What results are to be marked with.
    pub marks: Marks,
    /// Words that nothing has, and whether others that are written nearly so are looked for in their place.
    pub missing: Vec<Missing>,
}

/// A word that nothing has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// As it was typed.
    pub typed: String,
    /// What is looked for in its place; empty if there is nothing.
    pub instead: Vec<String>,
    /// The word of a headline or name that is written nearly so.
    pub name: Option<String>,
}

/// Reads the parts of a question against what the index has.
pub(crate) fn compile(
    generation: &Generation,
    searcher: &Searcher,
    parts: &[Part],
    filters: &Filters,
) -> Result<Compiled> {
    let fields = *generation.fields();
    let languages = generation.languages();
    let mut compiled = Compiled {
        clauses: Vec::new(),
        filters: filters.clone(),
        fields,
        marks: Marks::default(),
        missing: Vec::new(),
    };
    for part in parts {
        let mut clause = read(&languages, part);
        let field = clause.field(&fields);
        keep_known(searcher, field, &mut clause.readings)?;
        if clause.readings.is_empty() && clause.optional && !clause.in_names {
            // In another language it would have been a word, but nothing has it.
            clause = in_names(part);
            keep_known(searcher, fields.names, &mut clause.readings)?;
        } else if clause.readings.is_empty() && !part.phrase && !part.not && !clause.in_names {
            clause = instead(searcher, &languages, part, &fields, &mut compiled.missing)?;
        }
        if !clause.not {
            let into = if clause.in_names { &mut compiled.marks.written } else { &mut compiled.marks.terms };
            into.extend(clause.readings.iter().flatten().map(|(_, word)| word.clone()));
        }
        compiled.clauses.push(clause);
    }
    if !compiled.asks_something() {
        for (clause, part) in compiled.clauses.iter_mut().zip(parts) {
            if !clause.in_names && !clause.not {
                clause.also_in_names = in_names(part).readings;
                keep_known(searcher, fields.names, &mut clause.also_in_names)?;
                compiled.marks.written.extend(clause.also_in_names.iter().flatten().map(|(_, word)| word.clone()));
            }
        }
    }
    compiled.leave_out();
    Ok(compiled)
}

/// One part in every language of the index.
fn read(languages: &[String], part: &Part) -> Clause {
    let mut clause = Clause::new(part);
    let plain = String::new();
    let languages = languages.iter().take(MOST_LANGUAGES).chain(languages.is_empty().then_some(&plain));
    for language in languages {
        let words = words::words(language, &part.text);
        clause.optional |= words.is_empty();
        clause.readings.extend(reading(words));
    }
    if clause.readings.is_empty() { in_names(part) } else { clause }
}

/// A part that says nothing but "the": it is looked for in headlines and names.
fn in_names(part: &Part) -> Clause {
    let readings = reading(words::written(&part.text)).into_iter().collect();
    Clause { in_names: true, readings, optional: true, ..Clause::new(part) }
}

fn reading(words: Vec<words::Word>) -> Option<Reading> {
    let first = words.first()?.place;
    Some(words.into_iter().take(MOST_WORDS).map(|word| (word.place - first, word.term)).collect())
}

/// Leaves out readings with a word that nothing has.
fn keep_known(searcher: &Searcher, field: Field, readings: &mut BTreeSet<Reading>) -> Result<()> {
    let mut unknown: HashSet<String> = HashSet::new();
    for word in readings.iter().flatten().map(|(_, word)| word) {
        if searcher.doc_freq(&Term::from_field_text(field, word)).map_err(broken)? == 0 {
            unknown.insert(word.clone());
        }
    }
    readings.retain(|reading| reading.iter().all(|(_, word)| !unknown.contains(word)));
    Ok(())
}

/// A word that nothing has, read as words that are written nearly so.
fn instead(
    searcher: &Searcher,
    languages: &[String],
    part: &Part,
    fields: &Fields,
    missing: &mut Vec<Missing>,
) -> Result<Clause> {
    let mut clause = Clause { optional: false, ..read(languages, part) };
    let field = clause.field(fields);
    let mut found = BTreeSet::new();
    for reading in std::mem::take(&mut clause.readings) {
        if let [(_, word)] = reading.as_slice() {
            found.extend(nearby(searcher, field, word)?);
        }
    }
    let mut name = None;
    if let [word] = words::written(&part.text).as_slice() {
        name = nearby(searcher, fields.names, &word.term)?.into_iter().next();
    }
    missing.push(Missing { typed: part.text.clone(), instead: found.iter().cloned().collect(), name });
    clause.readings = found.into_iter().map(|word| vec![(0, word)]).collect();
    Ok(clause)
}

impl Clause {
    fn new(part: &Part) -> Clause {
        Clause {
            in_names: false,
            readings: BTreeSet::new(),
            also_in_names: BTreeSet::new(),
            optional: false,
            not: part.not,
        }
    }

    fn is_empty(&self) -> bool {
        self.readings.is_empty() && self.also_in_names.is_empty()
    }

    fn field(&self, fields: &Fields) -> Field {
        if self.in_names { fields.names } else { fields.text }
    }

    fn has_phrase(&self) -> bool {
        self.readings.iter().any(|reading| reading.len() > 1)
    }

    fn query(&self, fields: &Fields) -> Box<dyn Query> {
        let field = self.field(fields);
        let mut queries: Vec<Box<dyn Query>> =
            self.readings.iter().map(|reading| of_reading(field, self.in_names, reading)).collect();
        queries.extend(self.also_in_names.iter().map(|reading| of_reading(fields.names, true, reading)));
        match queries.len() {
            1 => queries.remove(0),
            _ => Box::new(BooleanQuery::union(queries)),
        }
    }

    /// The rarest word of each reading: what every document with the clause has.
    fn rarest(&self, fields: &Fields, searcher: &Searcher) -> Box<dyn Query> {
        let field = self.field(fields);
        let frequency = |word: &str| searcher.doc_freq(&Term::from_field_text(field, word)).unwrap_or(0);
        let rarest = self.readings.iter().filter_map(|reading| reading.iter().min_by_key(|(_, word)| frequency(word)));
        let mut queries: Vec<Box<dyn Query>> =
            rarest.map(|(_, word)| term(field, word, IndexRecordOption::Basic)).collect();
        queries.extend(self.also_in_names.iter().map(|reading| of_reading(fields.names, true, reading)));
        match queries.len() {
            1 => queries.remove(0),
            _ => Box::new(BooleanQuery::union(queries)),
        }
    }
}

fn of_reading(field: Field, in_names: bool, reading: &Reading) -> Box<dyn Query> {
    let option = if in_names { IndexRecordOption::Basic } else { IndexRecordOption::WithFreqs };
    match reading.as_slice() {
        [(_, word)] => term(field, word, option),
        // Headlines' own words have no places.
        words if in_names => {
            Box::new(BooleanQuery::intersection(words.iter().map(|(_, word)| term(field, word, option)).collect()))
        }
        words => {
            let words = words.iter().map(|(place, word)| (*place, Term::from_field_text(field, word))).collect();
            Box::new(PhraseQuery::new_with_offset(words))
        }
    }
}

fn term(field: Field, word: &str, option: IndexRecordOption) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), option))
}

impl Compiled {
    /// True if one of the words says something in every language.
    fn asks_something(&self) -> bool {
        self.clauses.iter().any(|clause| !clause.not && !clause.optional && !clause.in_names)
    }

    /// Words that may be missing are not asked for, as long as others are.
    fn leave_out(&mut self) {
        if self.asks_something() {
            self.clauses.retain(|clause| clause.not || !clause.in_names);
        } else {
            self.clauses.iter_mut().for_each(|clause| clause.optional = false);
        }
        // What is not there anyway need not be kept out.
        self.clauses.retain(|clause| !(clause.is_empty() && (clause.not || clause.optional)));
    }

    /// True if nothing can match.
    pub(crate) fn is_hopeless(&self) -> bool {
        self.clauses.iter().any(|clause| !clause.not && clause.is_empty())
    }

    /// True if nothing is asked for but a filter.
    pub(crate) fn has_no_words(&self) -> bool {
        !self.clauses.iter().any(|clause| !clause.not)
    }

    /// True if the best can be found without looking at all: words alone, each read in one way or one word in several.
    pub(crate) fn is_plain(&self) -> bool {
        let single = |clause: &Clause| clause.readings.len() == 1 && clause.also_in_names.is_empty();
        self.filters.is_empty()
            && self.clauses.iter().all(|c| !c.not && !c.optional && !c.in_names && !c.has_phrase())
            && (self.clauses.iter().all(single) || matches!(&self.clauses[..], [one] if one.also_in_names.is_empty()))
    }

    /// The query, which ends in time if it has phrases.
    pub(crate) fn query(&self, searcher: &Searcher, end: &End) -> Box<dyn Query> {
        if self.is_hopeless() {
            return Box::new(EmptyQuery);
        }
        let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for clause in &self.clauses {
            let occur = match (clause.not, clause.optional) {
                (true, _) => Occur::MustNot,
                (false, true) => Occur::Should,
                (false, false) => Occur::Must,
            };
            if occur == Occur::Must && clause.has_phrase() && !clause.in_names {
                parts.push((Occur::Must, Box::new(Timed::new(clause.rarest(&self.fields, searcher), end.clone()))));
            }
            parts.push((occur, clause.query(&self.fields)));
        }
        parts.extend(self.filters.queries(&self.fields).into_iter().map(|query| (Occur::Must, query)));
        if !parts.iter().any(|(occur, _)| *occur == Occur::Must) {
            parts.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
        }
        match parts.as_slice() {
            [(Occur::Must, _)] => parts.remove(0).1,
            _ => Box::new(BooleanQuery::new(parts)),
        }
    }
}

impl Filters {
    fn queries(&self, fields: &Fields) -> Vec<Box<dyn Query>> {
        let mut queries: Vec<Box<dyn Query>> = Vec::new();
        let of = |field: Field, value: &Option<String>| {
            value.as_ref().map(|value| term(field, value, IndexRecordOption::Basic))
        };
        queries.extend(of(fields.section, &self.section));
        queries.extend(of(fields.author, &self.author));
        queries.extend(of(fields.person, &self.person));
        queries.extend(of(fields.person, &self.said_by));
        if let Some(kind) = self.kind {
            let term = Term::from_field_u64(fields.kind, kind.number());
            queries.push(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
        }
        if self.from.is_some() || self.until.is_some() {
            let at = |millis: i64| Term::from_field_i64(fields.at, millis);
            let from = self.from.map_or(Bound::Unbounded, |from| Bound::Included(at(from.millis())));
            let until = self.until.map_or(Bound::Unbounded, |until| Bound::Excluded(at(until.millis())));
            queries.push(Box::new(RangeQuery::new(from, until)));
        }
        queries.into_iter().map(|query| Box::new(ConstScoreQuery::new(query, 0.0)) as Box<dyn Query>).collect()
    }
}
