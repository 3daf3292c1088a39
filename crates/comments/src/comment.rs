//! A comment, where it stands, and why.

use onrecord_base::Time;
use serde::Serialize;

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident => $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $text)] $variant),* }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// As the database and forms have it.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }

            /// The one of that name.
            pub fn parse(text: &str) -> Option<$name> {
                match text { $($text => Some($name::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use names;

names! {
    /// Where a comment stands.
    State {
        /// Its writer has not opened the link in the mail yet.
        Unconfirmed => "unconfirmed",
        /// Waits for a moderator.
        Held => "held",
        /// Readers see it.
        Shown => "shown",
        /// A moderator took it out.
        Rejected => "rejected",
        /// Its writer took it out.
        Removed => "removed",
        /// Its writer took out all they had written: nothing is left of it but its place.
        Erased => "erased",
    }
}

names! {
    /// Where a moderator meets a comment next.
    Queue {
        /// A reader reported it.
        Reported => "reported",
        /// It waits to be shown.
        Held => "held",
        /// It is shown, and nobody of the newsroom has looked at it yet.
        New => "new",
        /// Nowhere: it was looked at, or its writer has not confirmed it.
        Nowhere => "",
    }
}

names! {
    /// Why a comment is held; `None` for one that is not.
    Why {
        /// Not held.
        None => "",
        /// Everything is read before it is shown here.
        Mode => "mode",
        /// Its writer is new.
        Newcomer => "newcomer",
        /// It holds a suspect word.
        Word => "word",
        /// It holds many links.
        Links => "links",
        /// It puts words together from several alphabets.
        Letters => "letters",
        /// The scorer thinks it likely to be toxic.
        Score => "score",
        /// Its writer's comments are held without telling them.
        Shadow => "shadow",
        /// It was reported so often that it waits for a decision.
        Reports => "reports",
        /// It was changed after it had been shown.
        Edited => "edited",
    }
}

/// A comment as the desk and its writer see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comment {
    /// Its id.
    pub id: String,
    /// The story it stands below.
    pub story_id: String,
    /// The comment that began its branch; itself, if it did.
    pub root_id: String,
    /// What it answers.
    pub parent_id: Option<String>,
    /// How many it stands below.
    pub depth: i64,
    /// When it was written.
    pub at: Time,
    /// When it was last changed.
    pub edited_at: Option<Time>,
    /// Where it stands.
    pub state: State,
    /// Why it is held.
    pub why: Why,
    /// Where a moderator meets it.
    pub queue: Queue,
    /// Its writer's name.
    pub name: String,
    /// Its writer, if they have an address here.
    pub reader_id: Option<String>,
    /// Who of the staff wrote it.
    pub staff_id: Option<String>,
    /// How many respect it.
    pub respect: i64,
    /// How many answers are shown.
    pub replies: i64,
    /// How many reports are open.
    pub reports: i64,
    /// When it was featured.
    pub featured_at: Option<Time>,
    /// How likely it is toxic, as the scorer thinks, from 0 to 1.
    pub score: f64,
    /// The words that drove the score.
    pub drove: String,
    /// Its text.
    pub text: String,
}

impl Comment {
    /// Whether readers see it.
    pub fn is_shown(&self) -> bool {
        self.state == State::Shown
    }

    /// Whether its writer may still change it.
    pub fn may_be_edited(&self, minutes: i64, now: Time) -> bool {
        matches!(self.state, State::Shown | State::Held | State::Unconfirmed)
            && now.millis() < self.at.plus(minutes.saturating_mul(60_000)).millis()
    }

    /// Whether its writer may take it out.
    pub fn may_be_removed(&self) -> bool {
        !matches!(self.state, State::Removed | State::Erased)
    }

    /// As its writer is told: a shadow is not mentioned.
    pub fn told(&self) -> State {
        match (self.state, self.why) {
            (State::Held, Why::Shadow) => State::Shown,
            (state, _) => state,
        }
    }
}

/// What a thread shows of a comment.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The comment that began its branch.
    pub root_id: String,
    /// The answered comment and its writer's name, if it is not the branch's first; the name is none if that comment is
    /// not shown any more.
    pub answers: Option<(String, Option<String>)>,
    /// When it was written.
    pub at: Time,
    /// When it was last changed.
    pub edited_at: Option<Time>,
    /// Who wrote it; none if it is not shown any more and only keeps its place above its answers.
    pub shown: Option<Shown>,
    /// How many respect it.
    pub respect: i64,
    /// How many answers are shown below it.
    pub replies: i64,
    /// True if its writer took it out, false if a moderator did; only where it is not shown.
    pub by_writer: bool,
}

/// The part of an entry that goes when the comment goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Its writer's name.
    pub name: String,
    /// True if the newsroom wrote it.
    pub staff: bool,
    /// True if the newsroom features it.
    pub featured: bool,
    /// Its text.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_as_they_are_written() {
        for state in State::ALL {
            assert_eq!(State::parse(state.name()), Some(*state));
        }
        for why in Why::ALL {
            assert_eq!(Why::parse(why.name()), Some(*why));
        }
        assert_eq!(Queue::parse(""), Some(Queue::Nowhere));
        assert_eq!(Queue::parse("x"), None);
    }
}
