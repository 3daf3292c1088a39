//! A quotation on the record: the words, who said them, and how we know.

use serde::{Deserialize, Serialize};

/// The record of a quotation: one for the same words of the same person, in however many stories they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Its id; part of its address.
    pub id: String,
    /// The words.
    pub words: String,
    /// Id of the person who said it, once the desk has said who that is.
    pub person: Option<String>,
    /// The speaker as found in the text or written by the desk.
    pub speaker: String,
    /// How it was said: `interview`, `post`, ...; see [`CHANNELS`].
    pub channel: String,
    /// Network or outlet.
    pub outlet: String,
    /// To whom.
    pub addressee: String,
    /// When: `2018`, `2018-05` or `2018-05-03`, as far as known; empty for not at all.
    pub said_on: String,
    /// Id of the source it rests on.
    pub source: Option<String>,
    /// Id of the record whose words were changed into these while it stayed in other stories.
    pub variant_of: Option<String>,
    /// Whether a person at the desk has confirmed speaker, channel, date and addressee.
    pub confirmed: bool,
    /// Why its truth is disputed, if it is.
    pub disputed: Option<String>,
    /// Grows with every correction by the desk.
    pub version: i64,
}

impl Quotation {
    /// A record of which nothing is known but the words; its id is given when it is kept.
    pub fn new(words: &str) -> Quotation {
        Quotation {
            id: String::new(),
            words: words.into(),
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
            version: 1,
        }
    }
}

/// The channels of the library, in the order of the desk's form.
pub const CHANNELS: [&str; 11] = [
    "interview",
    "text message",
    "post",
    "broadcast",
    "statement",
    "court document",
    "speech",
    "letter",
    "book",
    "report",
    "unknown",
];

/// How a quotation stands with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The source says exactly this.
    Exact,
    /// The source says this but for what the house allows.
    Edited,
    /// No source is attached.
    Unsourced,
    /// The source says something else, or nothing like it.
    Altered,
    /// Somebody disputes it.
    Disputed,
}

impl State {
    /// As the store and the style sheet name it.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Exact => "exact",
            State::Edited => "edited",
            State::Unsourced => "unsourced",
            State::Altered => "altered",
            State::Disputed => "disputed",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<State> {
        [State::Exact, State::Edited, State::Unsourced, State::Altered, State::Disputed]
            .into_iter()
            .find(|state| state.as_str() == name)
    }

    /// Whether it may be published without anybody's override.
    pub fn passes(self) -> bool {
        matches!(self, State::Exact | State::Edited)
    }
}

/// The words as they are compared between stories: letters and digits of any script, without case and marks.
pub fn words_key(words: &str) -> String {
    words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A date of known precision: a year, a month or a day that exists.
pub fn is_partial_date(text: &str) -> bool {
    let full = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return false,
    };
    text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        && onrecord_base::Time::parse(&format!("{full}T00:00:00Z")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_do_not_make_another_quotation() {
        assert_eq!(words_key("“We’re — all — here.”"), words_key("we're all here"));
        assert_ne!(words_key("not here"), words_key("here"));
    }

    #[test]
    fn dates_are_as_precise_as_they_are_known() {
        assert!(["2018", "2018-05", "2018-05-31"].into_iter().all(is_partial_date));
        assert!(
            ["", "18", "2018-13", "2018-02-30", "2018-5", "May 2018", "2018/05"]
                .into_iter()
                .all(|d| !is_partial_date(d))
        );
    }
}
