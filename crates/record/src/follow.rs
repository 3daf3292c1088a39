//! Following a text: its quotations are found and given their records.
//!
//! A draft is followed lazily: when its record is looked at and when it is published, never while it is saved. What a
//! person at the desk has confirmed is kept; what only the library read is read again.

use std::sync::Arc;

use onrecord_base::{Conn, Random, Result, Time};
use onrecord_prose::{Document, NoPictures, to_html};
use onrecord_quotation::{Format, Span, anchor, quotations};

use crate::{
    memo,
    quotation::Quotation,
    scan::{Found, Match, match_up},
    store::{
        people, quotations as records,
        standing::{self, Standing},
    },
};

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
                speaker: quotation.speaker.map(|speaker| speaker.name).unwrap_or_default(),
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
    found.iter().zip(matches).map(|(found, matched)| Ok(resolve(conn, story, found, &matched)?.record)).collect()
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
    let mut placed = Vec::with_capacity(text.found.len());
    for (position, (found, matched)) in (0..).zip(text.found.iter().zip(matches)) {
        let mut resolved = match newest {
            true => resolve(conn, text.story, found, &matched)?,
            false => resolve_older(conn, found, &matched)?,
        };
        if resolved.record.id.is_empty() {
            resolved.record.id = random.id(now);
        }
        if resolved.changed {
            records::save(conn, &resolved.record, by, now)?;
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

fn resolve(conn: &mut Conn<'_>, story: &str, found: &Found, matched: &Match) -> Result<Resolved> {
    if let Match::Same(id) | Match::Edited(id) = matched
        && let Some(record) = records::find(conn, id)?
    {
        return match record.words == found.words {
            true => reread(conn, record, found),
            false => edited(conn, story, record, found),
        };
    }
    begun(conn, found)
}

/// A record that nobody has confirmed says what the text says now.
fn reread(conn: &mut Conn<'_>, record: Quotation, found: &Found) -> Result<Resolved> {
    if record.confirmed {
        return Ok(Resolved { record, changed: false });
    }
    let fresh = read(conn, record.clone(), found)?;
    Ok(Resolved { changed: fresh != record, record: fresh })
}

/// The words were worked on: the record follows them, unless it stands elsewhere too; then a variant begins.
fn edited(conn: &mut Conn<'_>, story: &str, record: Quotation, found: &Found) -> Result<Resolved> {
    let words = found.words.clone();
    let changed = match standing::elsewhere(conn, &record.id, story)?.is_empty() {
        true => Quotation { words, ..record },
        false => Quotation { id: String::new(), variant_of: Some(record.id.clone()), words, ..record },
    };
    Ok(Resolved { changed: true, ..reread(conn, changed, found)? })
}

/// A text that is not the newest changes no record: the newest text's are the desk's.
fn resolve_older(conn: &mut Conn<'_>, found: &Found, matched: &Match) -> Result<Resolved> {
    let known = match matched {
        Match::Same(id) | Match::Edited(id) => records::find(conn, id)?,
        Match::New => None,
    };
    match known {
        Some(record) if record.words == found.words => Ok(Resolved { changed: false, ..reread(conn, record, found)? }),
        Some(record) => match begun(conn, found)? {
            same if !same.record.id.is_empty() => Ok(Resolved { changed: false, ..same }),
            _ => {
                let (words, variant_of) = (found.words.clone(), Some(record.id.clone()));
                Ok(Resolved { record: Quotation { id: String::new(), words, variant_of, ..record }, changed: true })
            }
        },
        None => begun(conn, found),
    }
}

/// The record these words have already, in whatever story, or a new one.
fn begun(conn: &mut Conn<'_>, found: &Found) -> Result<Resolved> {
    let person = people::by_name(conn, &found.speaker)?;
    let same_speaker = |record: &Quotation| {
        found.speaker.is_empty()
            || record.speaker == found.speaker
            || record.person.is_some() && record.person == person.as_ref().map(|person| person.id.clone())
    };
    let known = records::with_words(conn, &found.words)?
        .into_iter()
        .find(|record| record.words == found.words && same_speaker(record));
    if let Some(record) = known {
        return Ok(Resolved { record, changed: false });
    }
    let record = read(conn, Quotation::new(&found.words), found)?;
    Ok(Resolved { record, changed: true })
}

/// The record with what the text says.
fn read(conn: &mut Conn<'_>, record: Quotation, found: &Found) -> Result<Quotation> {
    let person = match people::by_name(conn, &found.speaker)? {
        Some(person) => Some(person.id),
        // Another name in the text is another person.
        None if record.speaker == found.speaker => record.person.clone(),
        None => None,
    };
    Ok(Quotation {
        person,
        words: found.words.clone(),
        speaker: found.speaker.clone(),
        channel: found.channel.clone(),
        outlet: found.outlet.clone(),
        addressee: found.addressee.clone(),
        said_on: found.said_on.clone(),
        ..record
    })
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
