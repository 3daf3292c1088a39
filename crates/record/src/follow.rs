//! Following a draft: after each save its quotations are found anew and given their records.

use onrecord_base::{Conn, Random, Result, Time};
use onrecord_prose::{Document, NoPictures, to_html};
use onrecord_quotation::{Format, Span, anchor, quotations};

use crate::{
    quotation::Quotation,
    scan::{Found, Match, match_up},
    store::{people, quotations as records, standing},
};

/// The quotations of a text, as the library finds them.
pub fn found(document: &Document) -> Vec<Found> {
    let html = to_html(document, &NoPictures);
    let text = document.plain_text();
    let mut from = 0;
    quotations(&html, Format::Html)
        .into_iter()
        .map(|quotation| {
            // In order of the text, so that the second of two equal quotations is anchored at its own place.
            let at = text.get(from..).and_then(|rest| rest.find(&quotation.text)).map(|at| from + at);
            let (prefix, suffix) = match at {
                Some(at) => {
                    from = at + quotation.text.len();
                    let start = text.get(..at).map_or(0, |before| before.chars().count());
                    let span = Span { start, end: start + quotation.text.chars().count() };
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

/// Brings the records of a story up to date with its text.
///
/// What a person at the desk has confirmed is kept; what only the library read is read again.
///
/// # Errors
/// As [`Conn::query`].
pub fn follow(conn: &mut Conn<'_>, random: &Random, story: &str, found: Vec<Found>, by: &str, now: Time) -> Result<()> {
    let before = standing::of_draft(conn, story)?;
    let matches = match_up(&found, &before);
    let mut placed = Vec::with_capacity(found.len());
    for (found, matched) in found.into_iter().zip(matches) {
        let record = match matched {
            Match::Same(id) => reread(conn, &id, &found, by, now)?,
            Match::Edited(id) => edited(conn, random, story, &id, &found, by, now)?,
            Match::New => None,
        };
        let id = match record {
            Some(id) => id,
            None => begun(conn, random, &found, by, now)?,
        };
        placed.push((found, id));
    }
    standing::set_draft(conn, story, &placed)
}

/// A record that nobody has confirmed says what the text says now.
fn reread(conn: &mut Conn<'_>, id: &str, found: &Found, by: &str, now: Time) -> Result<Option<String>> {
    let Some(record) = records::find(conn, id)? else { return Ok(None) };
    if !record.confirmed {
        let fresh = Quotation { words: found.words.clone(), ..read(conn, record.clone(), found)? };
        if fresh != record {
            records::save(conn, &fresh, by, now)?;
        }
    }
    Ok(Some(record.id))
}

/// The words were worked on: the record follows them, unless it stands elsewhere too; then a variant begins.
fn edited(
    conn: &mut Conn<'_>,
    random: &Random,
    story: &str,
    id: &str,
    found: &Found,
    by: &str,
    now: Time,
) -> Result<Option<String>> {
    let Some(record) = records::find(conn, id)? else { return Ok(None) };
    if record.words == found.words {
        return reread(conn, id, found, by, now);
    }
    let stays = !standing::elsewhere(conn, id, story)?.is_empty();
    let changed = Quotation {
        id: if stays { random.id(now) } else { record.id.clone() },
        variant_of: if stays { Some(record.id.clone()) } else { record.variant_of.clone() },
        words: found.words.clone(),
        ..record
    };
    records::save(conn, &changed, by, now)?;
    Ok(Some(changed.id))
}

/// The record these words have already, in whatever story, or a new one.
fn begun(conn: &mut Conn<'_>, random: &Random, found: &Found, by: &str, now: Time) -> Result<String> {
    let known = records::with_words(conn, &found.words)?
        .into_iter()
        .find(|record| record.words == found.words && (found.speaker.is_empty() || record.speaker == found.speaker));
    if let Some(record) = known {
        return Ok(record.id);
    }
    let empty = Quotation {
        id: random.id(now),
        words: found.words.clone(),
        person: None,
        speaker: String::new(),
        channel: String::new(),
        outlet: String::new(),
        addressee: String::new(),
        said_on: String::new(),
        source: None,
        variant_of: None,
        confirmed: false,
        disputed: None,
    };
    let record = read(conn, empty, found)?;
    records::save(conn, &record, by, now)?;
    Ok(record.id)
}

fn read(conn: &mut Conn<'_>, record: Quotation, found: &Found) -> Result<Quotation> {
    let person = match people::by_name(conn, &found.speaker)? {
        Some(person) => Some(person.id),
        None => record.person.clone(),
    };
    Ok(Quotation {
        person,
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
                .into_iter()
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
