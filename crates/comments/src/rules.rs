//! The rules of a conversation: what a newsroom sets for its site, and what a section or a story does differently.

use onrecord_base::Time;
use serde::{Deserialize, Serialize};

use crate::comment::names;

names! {
    /// How comments come to be shown.
    Mode {
        /// Shown at once; moderators read afterwards.
        Open => "open",
        /// Held until a writer has a few that were approved, then shown at once.
        Newcomers => "newcomers",
        /// Held, every one.
        Held => "held",
        /// What is there can be read; nothing new comes.
        Closed => "closed",
        /// There are no comments here.
        Off => "off",
    }
}

names! {
    /// Who may write.
    Who {
        /// Anybody, with a name.
        Name => "name",
        /// Who opened a link sent to an e-mail address.
        Email => "email",
        /// Who has a passkey here.
        Passkey => "passkey",
    }
}

impl<'de> Deserialize<'de> for Mode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Mode, D::Error> {
        let text = String::deserialize(from)?;
        Mode::parse(&text).ok_or_else(|| serde::de::Error::custom("an unknown mode"))
    }
}

impl<'de> Deserialize<'de> for Who {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Who, D::Error> {
        let text = String::deserialize(from)?;
        Who::parse(&text).ok_or_else(|| serde::de::Error::custom("unknown writers"))
    }
}

/// Characters of a comment unless the newsroom sets another limit: a page of type.
pub const USUAL_LENGTH: i64 = 5_000;
/// The most a newsroom may allow.
pub const LONGEST: i64 = 20_000;
/// Characters of a name.
pub const LONGEST_NAME: usize = 60;
/// Words in each list.
pub const MOST_WORDS: usize = 5_000;
/// Reports after which a shown comment is held until somebody decides.
pub const REPORTS_TO_HOLD: i64 = 5;

/// What holds for a site. Lists of words stand here only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// How comments come to be shown.
    pub mode: Mode,
    /// Who may write.
    pub who: Who,
    /// Approved comments after which a writer is no newcomer.
    pub newcomers: i64,
    /// Days after publication when a story's thread closes; 0 for never.
    pub close_after_days: i64,
    /// Minutes in which a writer may change a comment.
    pub edit_minutes: i64,
    /// Links a comment may hold without being held.
    pub links: i64,
    /// Characters of a comment.
    pub longest: i64,
    /// Comments a minute of one writer; 0 for any number.
    pub a_minute: i64,
    /// Comments a minute from one network address, behind which many may sit; 0 for any number.
    pub a_minute_address: i64,
    /// Likelihood, in percent, from which the scorer holds; 0 for never.
    pub hold_score: i64,
    /// A comment with one of these is refused.
    pub banned: Vec<String>,
    /// A comment with one of these is held.
    pub suspect: Vec<String>,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            mode: Mode::Newcomers,
            who: Who::Name,
            newcomers: 1,
            close_after_days: 0,
            edit_minutes: 5,
            links: 2,
            longest: USUAL_LENGTH,
            a_minute: 4,
            a_minute_address: 20,
            hold_score: 90,
            banned: Vec::new(),
            suspect: Vec::new(),
        }
    }
}

/// What a section or a story does differently; none follows what stands above.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exception {
    /// How comments come to be shown.
    pub mode: Option<Mode>,
    /// Who may write.
    pub who: Option<Who>,
    /// Days after publication when the thread closes.
    pub close_after_days: Option<i64>,
}

impl Exception {
    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        *self == Exception::default()
    }
}

impl Rules {
    /// With what a section or story does differently.
    #[must_use]
    pub fn except(mut self, exception: &Exception) -> Rules {
        self.mode = exception.mode.unwrap_or(self.mode);
        self.who = exception.who.unwrap_or(self.who);
        self.close_after_days = exception.close_after_days.unwrap_or(self.close_after_days);
        self
    }

    /// The same without the lists, which may be long and hold for all alike.
    #[must_use]
    pub fn without_lists(&self) -> Rules {
        Rules { banned: Vec::new(), suspect: Vec::new(), ..*self }
    }

    /// The mode for a story published at `published`: an open thread closes when its days are over.
    pub fn mode_at(&self, published: Time, now: Time) -> Mode {
        match self.closes_at(published) {
            Some(closes) if now >= closes && self.mode != Mode::Off => Mode::Closed,
            _ => self.mode,
        }
    }

    /// When the thread of a story closes by itself.
    pub fn closes_at(&self, published: Time) -> Option<Time> {
        (self.close_after_days > 0).then(|| published.plus(self.close_after_days.saturating_mul(DAY)))
    }
}

/// A day in milliseconds.
pub(crate) const DAY: i64 = 86_400_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rule_holds() {
        let rules = Rules::default();
        let section = Exception { mode: Some(Mode::Held), ..Exception::default() };
        let story = Exception { close_after_days: Some(2), ..Exception::default() };
        let merged = rules.clone().except(&section).except(&story);
        assert_eq!((merged.mode, merged.close_after_days, merged.who), (Mode::Held, 2, Who::Name));
        let (published, day) = (Time::from_millis(0), 86_400_000);
        assert_eq!(merged.mode_at(published, Time::from_millis(2 * day - 1)), Mode::Held);
        assert_eq!(merged.mode_at(published, Time::from_millis(2 * day)), Mode::Closed);
        let off = Rules { mode: Mode::Off, ..merged };
        assert_eq!(off.mode_at(published, Time::from_millis(3 * day)), Mode::Off);
    }

    #[test]
    fn rules_of_an_older_version_are_read() {
        let rules: Rules = serde_json::from_str("{\"mode\":\"open\"}").unwrap();
        assert_eq!(rules, Rules { mode: Mode::Open, ..Rules::default() });
        assert!(serde_json::from_str::<Rules>("{\"mode\":\"x\"}").is_err());
    }
}
