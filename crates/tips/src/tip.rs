//! A tip: a thread of sealed messages between a source and a desk.

use onrecord_base::{App, Random};
use serde::{Deserialize, Serialize};

use crate::Day;

/// Days after closing until a tip is erased by itself, unless its desk or somebody at the desk says otherwise.
pub const RETENTION: i64 = 90;
/// The longest retention that can be asked for: ten years. For ever is not offered.
pub const LONGEST_RETENTION: i64 = 3653;
/// Messages of one thread: more than any source and desk will write, few enough that a thread is read in one go.
pub const MOST_MESSAGES: i64 = 2000;

/// A thread, as far as the server knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tip {
    /// Its id, random.
    pub id: String,
    /// The desk it was sent to.
    pub desk_id: String,
    /// How it came.
    pub channel: Channel,
    /// Where it stands.
    pub state: State,
    /// Staff id of who follows it.
    pub assigned_to: Option<String>,
    /// When it came.
    pub first_day: Day,
    /// When something was last added.
    pub last_day: Day,
    /// Whether the source has written something that nobody has opened.
    pub unread: bool,
    /// The number that its next message between source and desk gets.
    pub next_sequence: i64,
    /// Notes and links that the desk has kept to itself so far.
    pub inside: i64,
    /// When it was closed.
    pub closed_day: Option<Day>,
    /// When it is erased by itself.
    pub erase_day: Option<Day>,
}

/// One message of a thread: a sealed envelope. Its head is read apart from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The thread.
    pub tip_id: String,
    /// Its place in it; see [`Series`].
    pub sequence: i64,
    /// What it is.
    pub kind: Kind,
    /// Who wrote it, if it was somebody at the desk.
    pub by_id: Option<String>,
    /// When.
    pub day: Day,
    /// Bytes of its sealed body.
    pub size: i64,
    /// The body's file.
    pub file: String,
}

macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$each:meta])* $name:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $type { $($(#[$each])* $name),* }

        impl $type {
            /// All of them.
            pub const ALL: &[$type] = &[$($type::$name),*];

            /// As the database, forms and JSON name it.
            pub fn name(self) -> &'static str {
                match self { $($type::$name => $text),* }
            }

            /// The one of that name.
            pub fn parse(name: &str) -> Option<$type> {
                $type::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}

names! {
    /// Where a tip stands in the newsroom.
    State {
        /// Nobody has taken it.
        New = "new",
        /// Somebody is to look at it.
        Assigned = "assigned",
        /// Somebody works on it.
        Following = "following",
        /// Done with; its days are counted.
        Closed = "closed",
    }
}

names! {
    /// How a tip came. What others could see of it on the way depends on it.
    Channel {
        /// Sealed in the source's browser.
        Web = "web",
        /// By the form without a script: sealed here on arrival.
        Form = "form",
        /// By text message.
        Sms = "sms",
        /// By telephone.
        Voice = "voice",
        /// By e-mail.
        Mail = "mail",
        /// From a folder or by upload from the newsroom's own telephone system.
        Drop = "drop",
    }
}

names! {
    /// What a message is.
    Kind {
        /// From the source.
        Tip = "tip",
        /// From the desk to the source.
        Reply = "reply",
        /// For the desk alone.
        Note = "note",
        /// What the tip has to do with: a story, a quotation.
        Link = "link",
    }
}

/// Which messages are numbered together.
///
/// What passes between source and desk has the numbers 0, 1, 2 … without a gap. Notes and links have numbers of their own,
/// which the source neither is told nor can infer: were they counted among the others, the next number would tell that
/// something was written that it was not shown, such as that its tip has become a story. Theirs are
/// `A × INSIDE + N`: written after the first `A` messages, the `N`th of the desk's own. So a number says both which series it
/// is of and where it is shown, and as a part of the place it is bound into the envelope with that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// Between source and desk.
    Shared,
    /// The desk's own.
    Inside,
}

/// Above all numbers between source and desk, and above how many notes there can be.
pub(crate) const INSIDE: i64 = 1 << 16;
const _: () = assert!(MOST_MESSAGES < INSIDE && INSIDE * INSIDE <= u32::MAX as i64 + 1);

impl Series {
    /// The series a message of that kind is numbered in.
    pub fn of(kind: Kind) -> Series {
        match kind {
            Kind::Tip | Kind::Reply => Series::Shared,
            Kind::Note | Kind::Link => Series::Inside,
        }
    }

    /// The next number, after so many messages and so many of the desk's own.
    pub fn next(self, messages: i64, inside: i64) -> i64 {
        match self {
            Series::Shared => messages,
            Series::Inside => messages * INSIDE + inside,
        }
    }

    /// Where a message of that number is shown: what sorts by it stands in the order in which it was written.
    pub fn order(sequence: i64) -> (i64, i64) {
        if sequence < INSIDE { (sequence, 0) } else { (sequence / INSIDE - 1, sequence % INSIDE + 1) }
    }
}

impl Tip {
    /// The number its next message of that kind gets.
    pub fn next(&self, kind: Kind) -> i64 {
        Series::of(kind).next(self.next_sequence, self.inside)
    }

    /// How the thread stands after its source has written: what was closed is open again.
    pub fn heard(&mut self, today: Day) {
        if self.state == State::Closed {
            self.state = if self.assigned_to.is_some() { State::Assigned } else { State::New };
        }
        (self.last_day, self.unread, self.closed_day, self.erase_day) = (today, true, None, None);
    }

    /// Puts it in another state; closing begins to count the days.
    pub fn stand(&mut self, state: State, retention: i64, today: Day) {
        if state == State::Closed && self.state != State::Closed {
            self.closed_day = Some(today);
            self.erase_day = Some(today.plus(retention.clamp(0, LONGEST_RETENTION)));
        }
        if state != State::Closed {
            (self.closed_day, self.erase_day) = (None, None);
        }
        self.state = state;
    }

    /// Gives it to somebody, or to nobody.
    pub fn assign(&mut self, to: Option<String>) {
        self.state = match (&to, self.state) {
            (Some(_), State::New) => State::Assigned,
            (None, State::Assigned) => State::New,
            (_, state) => state,
        };
        self.assigned_to = to;
    }
}

/// A random id: 128 bits, in hexadecimal. Not by time, as other ids are: it must not tell when.
pub fn random_id(random: &Random) -> String {
    hex::encode(random.bytes::<16>())
}

/// Today.
pub fn today(app: &App) -> Day {
    Day::of(app.now())
}

/// True for what [`random_id`] makes.
pub fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// The bytes of an id.
pub fn id_bytes(id: &str) -> Option<[u8; 16]> {
    hex::decode(id).ok()?.try_into().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn tip() -> Tip {
        Tip {
            id: "0".repeat(32),
            desk_id: "1".repeat(32),
            channel: Channel::Web,
            state: State::New,
            assigned_to: None,
            first_day: Day::new(100),
            last_day: Day::new(100),
            unread: true,
            next_sequence: 1,
            inside: 0,
            closed_day: None,
            erase_day: None,
        }
    }

    #[test]
    fn closing_counts_the_days_and_opening_stops_it() {
        let mut tip = tip();
        tip.stand(State::Closed, 90, Day::new(110));
        assert_eq!((tip.closed_day, tip.erase_day), (Some(Day::new(110)), Some(Day::new(200))));
        tip.stand(State::Closed, 90, Day::new(150));
        assert_eq!(tip.erase_day, Some(Day::new(200)), "closing twice gains nothing");
        tip.stand(State::Following, 90, Day::new(150));
        assert_eq!((tip.closed_day, tip.erase_day), (None, None));
    }

    #[test]
    fn a_source_that_writes_again_is_heard() {
        let mut tip = tip();
        tip.assign(Some("ana".into()));
        assert_eq!(tip.state, State::Assigned);
        tip.stand(State::Closed, 90, Day::new(110));
        tip.heard(Day::new(120));
        assert_eq!((tip.state, tip.erase_day, tip.unread), (State::Assigned, None, true));
        tip.assign(None);
        assert_eq!(tip.state, State::New);
    }

    #[test]
    fn what_the_desk_keeps_to_itself_is_numbered_apart_and_shown_in_its_place() {
        let mut tip = tip();
        let mut written = vec![0];
        for kind in [Kind::Note, Kind::Link, Kind::Reply, Kind::Tip, Kind::Note, Kind::Reply] {
            written.push(tip.next(kind));
            match Series::of(kind) {
                Series::Shared => tip.next_sequence += 1,
                Series::Inside => tip.inside += 1,
            }
        }
        let shared: Vec<i64> = written.iter().copied().filter(|number| *number < INSIDE).collect();
        assert_eq!(shared, [0, 1, 2, 3], "no gap tells of a note");
        let mut sorted = written.clone();
        sorted.sort_unstable();
        assert_ne!(sorted, written);
        sorted.sort_by_key(|number| Series::order(*number));
        assert_eq!(sorted, written);
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        assert!(State::ALL.iter().all(|one| State::parse(one.name()) == Some(*one)));
        assert!(Channel::ALL.iter().all(|one| Channel::parse(one.name()) == Some(*one)));
        assert!(Kind::ALL.iter().all(|one| Kind::parse(one.name()) == Some(*one)));
        assert_eq!(State::parse("lost"), None);
    }

    #[test]
    fn ids_tell_no_time() {
        let random = Random::default();
        let ids: Vec<String> = (0..64).map(|_| random_id(&random)).collect();
        assert!(ids.iter().all(|id| is_id(id)));
        assert!(!ids.is_sorted());
        assert!(!is_id("ABCDEF00112233445566778899aabbcc") && !is_id(""));
    }
}
