//! What a person at the desk corrects in a record: only the fields that are given, so that two people who work on
//! different fields of one record do not undo one another.

use onrecord_base::{Conn, Error, FieldError, Result, Settings, Time};
use serde::{Deserialize, Deserializer};

use crate::{
    gate::profile,
    judge,
    person::LONGEST_NAME,
    quotation::{CHANNELS, Quotation, is_partial_date},
    store::{
        people, quotations as records,
        sources::{self, Narrow},
        standing::{self, PublishedStanding},
    },
};

/// Characters of why a quotation is disputed.
const LONGEST_REASON: usize = 2000;

/// A correction. What is not given stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Correction {
    pub speaker: Option<String>,
    #[serde(deserialize_with = "given")]
    pub person: Option<Option<String>>,
    pub channel: Option<String>,
    pub outlet: Option<String>,
    pub addressee: Option<String>,
    pub said_on: Option<String>,
    pub confirmed: Option<bool>,
    #[serde(deserialize_with = "given")]
    pub disputed: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    pub source: Option<Option<String>>,
    /// The version of the record it was made from, if the form knows.
    pub version: Option<i64>,
    /// The story in which it was made.
    pub story: Option<String>,
}

/// A member that is there, be it null.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(deserializer).map(Some)
}

impl Correction {
    /// Of a form's pairs.
    pub fn of_pairs(pairs: Vec<(String, String)>) -> Correction {
        let mut correction = Correction::default();
        let optional = |value: String| Some(Some(value).filter(|value| !value.trim().is_empty()));
        for (name, value) in pairs {
            match name.as_str() {
                "speaker" => correction.speaker = Some(value),
                "person" => correction.person = optional(value),
                "channel" => correction.channel = Some(value),
                "outlet" => correction.outlet = Some(value),
                "addressee" => correction.addressee = Some(value),
                "said_on" => correction.said_on = Some(value),
                "confirmed" => correction.confirmed = Some(value == "1"),
                "disputed" => correction.disputed = optional(value),
                "source" => correction.source = optional(value),
                "version" => correction.version = value.parse().ok(),
                "story" => correction.story = Some(value),
                _ => {}
            }
        }
        correction
    }

    /// The record as it is corrected.
    ///
    /// # Errors
    /// `Error::Invalid` with all fields that are wrong.
    pub fn apply(&self, conn: &mut Conn<'_>, record: &Quotation, sources: &Narrow) -> Result<Quotation> {
        let mut wrong = Vec::new();
        let mut new = record.clone();
        let lines = [
            ("speaker", &self.speaker, &mut new.speaker),
            ("channel", &self.channel, &mut new.channel),
            ("outlet", &self.outlet, &mut new.outlet),
            ("addressee", &self.addressee, &mut new.addressee),
            ("said_on", &self.said_on, &mut new.said_on),
        ];
        for (field, given, value) in lines {
            let Some(given) = given else { continue };
            *value = given.split_whitespace().collect::<Vec<_>>().join(" ");
            if value.chars().count() > LONGEST_NAME {
                wrong.push(FieldError::new(field, "record-line-long").arg("limit", LONGEST_NAME));
            }
        }
        if self.channel.is_some() && !CHANNELS.contains(&new.channel.as_str()) {
            wrong.push(FieldError::new("channel", "record-channel-wrong"));
        }
        if !new.said_on.is_empty() && self.said_on.is_some() && !is_partial_date(&new.said_on) {
            wrong.push(FieldError::new("said_on", "record-date-wrong"));
        }
        self.who(conn, record, &mut new, &mut wrong)?;
        if let Some(disputed) = &self.disputed {
            new.disputed = disputed.as_deref().map(paragraph).filter(|reason| !reason.is_empty());
            if new.disputed.as_ref().is_some_and(|reason| reason.chars().count() > LONGEST_REASON) {
                wrong.push(FieldError::new("disputed", "record-disputed-long").arg("limit", LONGEST_REASON));
            }
        }
        if let Some(source) = &self.source {
            new.source.clone_from(source);
            if let Some(id) = source
                && new.source != record.source
                && !sources::is_seen(conn, id, sources)?
            {
                wrong.push(FieldError::new("source", "record-source-gone"));
            }
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        // Who corrects what was read from the text has confirmed it; otherwise the text would win again.
        let same = read_from_text(&new) == read_from_text(record);
        new.confirmed = if same { self.confirmed.unwrap_or(record.confirmed) } else { true };
        Ok(new)
    }

    /// The person: as given, or whoever the new name belongs to.
    fn who(
        &self,
        conn: &mut Conn<'_>,
        record: &Quotation,
        new: &mut Quotation,
        wrong: &mut Vec<FieldError>,
    ) -> Result<()> {
        match &self.person {
            Some(None) => new.person = None,
            Some(Some(id)) => match people::find(conn, id)? {
                Some(person) => {
                    if new.speaker.is_empty() {
                        new.speaker = person.name;
                    }
                    new.person = Some(person.id);
                }
                None => wrong.push(FieldError::new("person", "record-person-gone")),
            },
            None if new.speaker != record.speaker => {
                new.person = people::by_name(conn, &new.speaker)?.map(|person| person.id);
            }
            None => {}
        }
        Ok(())
    }
}

fn read_from_text(record: &Quotation) -> [&str; 6] {
    let person = record.person.as_deref().unwrap_or_default();
    [&record.speaker, person, &record.channel, &record.outlet, &record.addressee, &record.said_on]
}

fn paragraph(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect::<String>().trim().to_owned()
}

/// Who corrects, and what they may.
#[derive(Debug, Clone)]
pub(crate) struct Hand {
    /// Staff id.
    pub by: String,
    /// Whether what they correct is shown to readers at once.
    pub public: bool,
    /// The sources they may attach.
    pub sources: Narrow,
}

/// Corrects a record, and what readers see of it as well if that is theirs to decide.
///
/// # Errors
/// `Error::NotFound`; `Error::Invalid`; `Error::Stale` if somebody has corrected it since.
pub(crate) fn correct(
    conn: &mut Conn<'_>,
    settings: &Settings,
    id: &str,
    correction: &Correction,
    hand: &Hand,
    now: Time,
) -> Result<()> {
    let record = records::find(conn, id)?.ok_or(Error::NotFound)?;
    if correction.version.is_some_and(|version| version != record.version) {
        return Err(Error::Stale);
    }
    let new = correction.apply(conn, &record, &hand.sources)?;
    if new == record {
        return Ok(());
    }
    if !records::correct(conn, &new, &hand.by, now)? {
        return Err(Error::Stale);
    }
    match hand.public {
        true => show(conn, settings, &new, now),
        false => Ok(()),
    }
}

/// Shows readers a corrected record, wherever it stands in public, in the words that stand there.
fn show(conn: &mut Conn<'_>, settings: &Settings, record: &Quotation, now: Time) -> Result<()> {
    let uses = standing::public_uses(conn, &record.id)?;
    let pairs: Vec<(&str, &Quotation)> = uses.iter().map(|use_| (use_.standing.words.as_str(), record)).collect();
    let judged = judge::all(conn, &pairs, profile(settings))?;
    let people: Vec<Option<String>> = uses.iter().map(|use_| use_.person.clone()).collect();
    let copies: Vec<PublishedStanding> = uses
        .into_iter()
        .zip(judged)
        .map(|(use_, judged)| PublishedStanding::of(use_.standing, record, judged.state))
        .collect();
    standing::correct(conn, &copies, people, now)
}
