//! Following a text: its quotations are found and given their records.
//!
//! A draft is followed lazily: when its record is looked at and when it is published, never while it is saved. What a
//! person at the desk has confirmed is kept; what only the library read is read again.

use std::{collections::HashMap, sync::Arc};

use onrecord_base::{Conn, Random, Result, Time};
use onrecord_prose::{Document, NoPictures, to_html};
use onrecord_quotation::{Format, Span, anchor, quotations};

use crate::{
    memo,
    person::{Person, folded},
    quotation::{Quotation, words_key},
    scan::{Found, Match, match_up},
    store::{
        people, quotations as records,
        standing::{self, Standing},
    },
};

/// Words that the same speaker must have said for two stories to share a record: "No." is said on many days, and the
/// source of one day's bears out no other's.
const SAME: usize = 4;
/// As [`SAME`], where the text does not tell who speaks.
const SAME_UNNAMED: usize = 8;
/// Letters of a word, in scripts that write no spaces.
const LETTERS: usize = 3;

/// The text that is followed: a version of a story.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The story.
    pub story: &'a str,
    /// Its version.
    pub version: i64,
    /// Its quotations.
    pub found: &'a [Found],
}

/// The quotations of a text, as the library finds them. Remembered for texts seen before.
pub fn found(document: &Document) -> Arc<Vec<Found>> {
    memo::found(document, || find(document))
}

fn find(document: &Document) -> Vec<Found> {
    let html = to_html(document, &NoPictures);
    let text = document.plain_text();
    // The end of the last quotation, in bytes and in characters: a long text is counted once.
    let (mut from, mut characters) = (0, 0);
    quotations(&html, Format::Html)
        .into_iter()
        .map(|quotation| {
            // In order of the text, so that the second of two equal quotations is anchored at its own place.
            let at = text.get(from..).and_then(|rest| rest.find(&quotation.text)).map(|at| from + at);
            let (prefix, suffix) = match at {
                Some(at) => {
                    let start = characters + text.get(from..at).map_or(0, |between| between.chars().count());
                    let span = Span { start, end: start + quotation.text.chars().count() };
                    (from, characters) = (at + quotation.text.len(), span.end);
                    let selector = anchor::selector(&text, span);
                    (selector.prefix, selector.suffix)
                }
                None => (String::new(), String::new()),
            };
            Found {
                words: quotation.text,
                prefix,
                suffix,
                kind: quotation.kind.name().into(),
                // "They" and "the old bridge" are nobody's name: the desk says who it was.
                speaker: quotation.speaker.filter(|speaker| speaker.named).map(|s| s.name).unwrap_or_default(),
                channel: quotation.channel.medium.name().into(),
                outlet: quotation.channel.outlet.unwrap_or_default(),
                addressee: quotation.channel.addressee.unwrap_or_default(),
                said_on: quotation.channel.date.map(|date| date.to_string()).unwrap_or_default(),
            }
        })
        .collect()
}

/// The records a text's quotations have or would get, in order; writes nothing. A record that is not there yet has an
/// empty id.
///
/// # Errors
/// As [`Conn::query`].
pub fn plan(conn: &mut Conn<'_>, story: &str, found: &[Found]) -> Result<Vec<Quotation>> {
    let before = standing::of_draft(conn, story)?;
    let matches = match_up(found, &before);
    let known = Known::read(conn, found, &matches)?;
    found.iter().zip(&matches).map(|(found, matched)| Ok(known.resolve(conn, story, found, matched)?.record)).collect()
}

/// Brings the records of a story up to date with a text of it: the newest, or, if a newer one was followed already, one
/// that is published all the same. Returns where each stands, with its record.
///
/// # Errors
/// As [`Conn::query`].
pub fn follow(
    conn: &mut Conn<'_>,
    random: &Random,
    text: Text<'_>,
    by: &str,
    now: Time,
) -> Result<Vec<(Standing, Quotation)>> {
    let newest = standing::claim_draft(conn, text.story, text.version)?;
    let before = standing::of_draft(conn, text.story)?;
    let matches = match_up(text.found, &before);
    let mut known = Known::read(conn, text.found, &matches)?;
    // Ids of one moment are in no order of their own; in the text's, pages that list by id read as the story does.
    let mut ids: Vec<String> = text.found.iter().map(|_| random.id(now)).collect();
    ids.sort_unstable();
    let mut placed = Vec::with_capacity(text.found.len());
    let mut changed = Vec::new();
    for ((position, id), (found, matched)) in (0..).zip(ids).zip(text.found.iter().zip(&matches)) {
        let mut resolved = match newest {
            true => known.resolve(conn, text.story, found, matched)?,
            false => known.resolve_older(found, matched),
        };
        if resolved.record.id.is_empty() {
            resolved.record.id = id;
            known.began(&resolved.record);
        }
        if resolved.changed {
            changed.push(resolved.record.clone());
        }
        let standing = Standing {
            story: text.story.into(),
            position,
            quotation: resolved.record.id.clone(),
            words: found.words.clone(),
            prefix: found.prefix.clone(),
            suffix: found.suffix.clone(),
            kind: found.kind.clone(),
        };
        placed.push((standing, resolved.record));
    }
    records::save_each(conn, &changed, by, now)?;
    if newest && !placed.iter().map(|(standing, _)| standing).eq(&before) {
        standing::set_draft(conn, text.story, placed.iter().map(|(standing, _)| standing))?;
    }
    Ok(placed)
}

/// A record as it stands after following, and whether that is new.
struct Resolved {
    record: Quotation,
    changed: bool,
}

/// All that a text's quotations may turn out to be, read together: a database that is far away is asked a few times for
/// a text, not a few times for each quotation.
struct Known {
    /// The records that the text had, by id.
    records: HashMap<String, Quotation>,
    /// Who answers to the names in the text, by the folded name.
    people: HashMap<String, Person>,
    /// The records of the same words, by [`words_key`].
    words: HashMap<String, Vec<Quotation>>,
}

impl Known {
    fn read(conn: &mut Conn<'_>, found: &[Found], matches: &[Match]) -> Result<Known> {
        let records = records::with_ids(conn, matches.iter().filter_map(Match::id))?;
        let people = people::by_names(conn, found.iter().map(|found| found.speaker.as_str()))?;
        let open = found.iter().zip(matches).filter(|(found, matched)| {
            matched.id().and_then(|id| records.get(id)).is_none_or(|record| record.words != found.words)
        });
        let words = records::with_words(conn, open.map(|(found, _)| found.words.as_str()))?;
        Ok(Known { records, people, words })
    }

    fn resolve(&self, conn: &mut Conn<'_>, story: &str, found: &Found, matched: &Match) -> Result<Resolved> {
        match matched.id().and_then(|id| self.records.get(id)) {
            Some(record) if record.words == found.words => Ok(self.reread(record.clone(), found)),
            Some(record) => self.edited(conn, story, record.clone(), found),
            None => Ok(self.begun(found)),
        }
    }

    /// A text that is not the newest changes no record: the newest text's are the desk's.
    fn resolve_older(&self, found: &Found, matched: &Match) -> Resolved {
        match matched.id().and_then(|id| self.records.get(id)) {
            Some(record) if record.words == found.words => {
                Resolved { changed: false, ..self.reread(record.clone(), found) }
            }
            Some(record) => match self.begun(found) {
                same if !same.record.id.is_empty() => Resolved { changed: false, ..same },
                _ => Resolved { record: variant(record.clone(), found), changed: true },
            },
            None => self.begun(found),
        }
    }

    /// A record that nobody has confirmed says what the text says now.
    fn reread(&self, record: Quotation, found: &Found) -> Resolved {
        if record.confirmed {
            return Resolved { record, changed: false };
        }
        let fresh = self.with_what_the_text_says(record.clone(), found);
        Resolved { changed: fresh != record, record: fresh }
    }

    /// The words were worked on: the record follows them, unless it stands elsewhere too; then a variant begins.
    fn edited(&self, conn: &mut Conn<'_>, story: &str, record: Quotation, found: &Found) -> Result<Resolved> {
        let changed = match standing::elsewhere(conn, &record.id, story)?.is_empty() {
            true => Quotation { words: found.words.clone(), ..record },
            false => variant(record, found),
        };
        Ok(Resolved { changed: true, ..self.reread(changed, found) })
    }

    /// The record these words have already, in whatever story, or a new one.
    fn begun(&self, found: &Found) -> Resolved {
        let person = self.people.get(&folded(&found.speaker)).map(|person| &person.id);
        let same_speaker = |record: &Quotation| {
            found.speaker.is_empty()
                || record.speaker == found.speaker
                || record.person.is_some() && record.person.as_ref() == person
        };
        let key = words_key(&found.words);
        let least = if found.speaker.is_empty() { SAME_UNNAMED } else { SAME };
        let with_words = self.words.get(&key).filter(|_| says_enough(&key, least));
        let known =
            with_words.and_then(|all| all.iter().find(|one| one.words == found.words && same_speaker(one)).cloned());
        match known {
            Some(record) => Resolved { record, changed: false },
            None => {
                let record = self.with_what_the_text_says(Quotation::new(&found.words), found);
                Resolved { record, changed: true }
            }
        }
    }

    /// The same words once more in the same text have the same record.
    fn began(&mut self, record: &Quotation) {
        self.words.entry(words_key(&record.words)).or_default().push(record.clone());
    }

    fn with_what_the_text_says(&self, record: Quotation, found: &Found) -> Quotation {
        let person = match self.people.get(&folded(&found.speaker)) {
            Some(person) => Some(person.id.clone()),
            // Another name in the text is another person.
            None if record.speaker == found.speaker => record.person.clone(),
            None => None,
        };
        Quotation {
            person,
            words: found.words.clone(),
            speaker: found.speaker.clone(),
            channel: found.channel.clone(),
            outlet: found.outlet.clone(),
            addressee: found.addressee.clone(),
            said_on: found.said_on.clone(),
            ..record
        }
    }
}

fn variant(record: Quotation, found: &Found) -> Quotation {
    Quotation { id: String::new(), variant_of: Some(record.id), words: found.words.clone(), ..record }
}

/// Whether words are so many that nobody says them twice by chance. Scripts without spaces have one long word.
fn says_enough(key: &str, least: usize) -> bool {
    match key.contains(' ') {
        true => key.split(' ').count() >= least,
        false => !key.is_ascii() && key.chars().count() >= least * LETTERS,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// The samples that the editor's own tests read too: what it underlines while one types is what is recorded here.
    const SAMPLES: &str = include_str!("../../../web/test/samples/quotations.json");

    #[test]
    fn the_editor_and_the_desk_find_the_same() {
        let samples: Vec<Value> = serde_json::from_str(SAMPLES).expect("the samples are JSON");
        assert!(samples.len() > 5);
        for sample in samples {
            let found: Vec<Value> = found(&Document::from_value(&sample["doc"]).document)
                .iter()
                .map(|one| {
                    json!({
                        "text": one.words, "kind": one.kind, "speaker": one.speaker, "channel": one.channel,
                        "outlet": one.outlet, "addressee": one.addressee, "said_on": one.said_on,
                    })
                })
                .collect();
            let found = Value::Array(found);
            assert_eq!(found, sample["quotations"], "{}: {found}", sample["name"]);
        }
    }
}
