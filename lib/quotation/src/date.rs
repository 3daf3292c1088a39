//! Dates as a story gives them: a day, a month or only a year; never more than the text says.

use std::fmt;

use crate::doc::{Doc, Sentence};
use crate::lex::{CAP, Kind};
use crate::words::{DET, MONTH, PREP};

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
}

/// A date of known precision. Prints as ISO 8601 does: `2018`, `2018-05`, `2018-05-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// Year, four digits.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day of the month.
    pub day: Option<u8>,
}

impl Date {
    /// What is known of the date.
    pub fn precision(&self) -> Precision {
        match (self.month, self.day) {
            (Some(_), Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            _ => Precision::Year,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(m) = self.month {
            write!(f, "-{m:02}")?;
            if let Some(d) = self.day {
                write!(f, "-{d:02}")?;
            }
        }
        Ok(())
    }
}

/// Years outside this range are numbers of something else.
const YEARS: std::ops::RangeInclusive<u16> = 1500..=2200;

const MONTHS: [&[&str]; 12] = [
    &["january", "jan.", "januar"],
    &["february", "feb.", "februar"],
    &["march", "mar.", "märz"],
    &["april", "apr."],
    &["may", "mai"],
    &["june", "jun.", "juni"],
    &["july", "jul.", "juli"],
    &["august", "aug."],
    &["september", "sept.", "sep."],
    &["october", "oct.", "oktober"],
    &["november", "nov."],
    &["december", "dec.", "dezember"],
];

/// The first date of a sentence, outside its quotations.
pub(crate) fn find(doc: &Doc<'_>, s: &Sentence) -> Option<Date> {
    let mut year_only = None;
    for i in s.start..s.end {
        if !doc.outside(i) {
            continue;
        }
        let t = &doc.toks[i];
        if t.kind == Kind::Number
            && let Some(d) = iso(doc.word(i))
        {
            return Some(d);
        }
        if t.is(MONTH)
            && t.has(CAP)
            && let Some(d) = around(doc, s, i)
        {
            return Some(d);
        }
        if year_only.is_none()
            && t.kind == Kind::Number
            && let Some(y) = year(doc, i)
        {
            let placed = i > s.start
                && doc.toks[i - 1].is(PREP)
                && !["since", "until", "till", "from", "to", "before", "of", "about", "over"]
                    .iter()
                    .any(|w| doc.eq(i - 1, w));
            if placed {
                year_only = Some(Date { year: y, month: None, day: None });
            }
        }
    }
    year_only
}

fn year(doc: &Doc<'_>, i: usize) -> Option<u16> {
    let w = doc.word(i);
    if w.len() != 4 || doc.toks[i].kind != Kind::Number {
        return None;
    }
    w.parse().ok().filter(|y| YEARS.contains(y))
}

/// "2018-05-03", as machines write it.
fn iso(word: &str) -> Option<Date> {
    let mut parts = word.split('-').map(|part| part.parse::<u16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let small = |n: u16| u8::try_from(n).ok();
    let fits = word.len() == 10 && YEARS.contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    (fits && parts.next().is_none()).then_some(Date { year, month: small(month), day: small(day) })
}

fn day(doc: &Doc<'_>, i: usize) -> Option<u8> {
    let w = doc.word(i).trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
    w.parse().ok().filter(|d| (1..=31).contains(d))
}

/// "May 3, 2018", "3 May 2018", "3. Mai 2018", "May 2018".
fn around(doc: &Doc<'_>, s: &Sentence, i: usize) -> Option<Date> {
    let w = doc.word(i).to_lowercase();
    let month = MONTHS.iter().position(|names| names.contains(&w.as_str()))? as u8 + 1;
    let mut j = i + 1;
    let mut d = None;
    if j < s.end && doc.toks[j].kind == Kind::Number && year(doc, j).is_none() {
        d = day(doc, j);
        j += 1;
    } else {
        let mut k = i;
        if k > s.start && doc.toks[k - 1].kind == Kind::Stop {
            k -= 1;
        }
        if k > s.start && doc.toks[k - 1].kind == Kind::Number {
            d = day(doc, k - 1);
        }
    }
    if j < s.end && (doc.toks[j].kind == Kind::Comma || doc.toks[j].is(DET) || doc.eq(j, "of")) {
        j += 1;
    }
    let y = (j < s.end).then(|| year(doc, j)).flatten()?;
    Some(Date { year: y, month: Some(month), day: d })
}
