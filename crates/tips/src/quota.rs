//! How much may come in an hour, counted in memory for all senders together: an address says little behind Tor, and none
//! is remembered here. A message counts once it is kept, its bytes as they come.
//!
//! A flood shall not close the line for everybody. What costs its sender nothing (forms without a script, telephone, mail)
//! gets a third of the hour; a quarter more than the hour is kept for sources that come back; and as the hour fills, those
//! who do work do more of it ([`Quota::harder`]).

use onrecord_base::{Error, Result, Time};

use crate::Line;

const HOUR: i64 = 3_600_000;

/// What came in the running hour.
#[derive(Debug, Clone, Default)]
pub struct Quota {
    began: Option<Time>,
    all: Came,
    /// Of those, what came without work.
    plain: Came,
}

#[derive(Debug, Clone, Copy, Default)]
struct Came {
    messages: u64,
    bytes: u64,
}

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Somebody new, who has worked for it.
    New,
    /// Somebody new whom it cost nothing: a form without a script, a telephone, a mail.
    Plain,
    /// A source with a codename that leads to a thread.
    Returning,
}

impl Quota {
    /// Whether there is room for a message that begins.
    ///
    /// # Errors
    /// `Error::TooMany` if the hour is full.
    pub fn begin(&mut self, line: &Line, lane: Lane, now: Time) -> Result<()> {
        self.turn(now);
        let most = |full: u64| with_reserve(full, lane);
        let full = self.all.messages >= most(line.messages_an_hour) || self.all.bytes >= most(line.bytes_an_hour);
        let share =
            self.plain.messages >= third(line.messages_an_hour) || self.plain.bytes >= third(line.bytes_an_hour);
        if full || lane == Lane::Plain && share { Err(self.full(now)) } else { Ok(()) }
    }

    /// Counts a message that was kept.
    pub fn kept(&mut self, lane: Lane, now: Time) {
        self.turn(now);
        self.all.messages += 1;
        self.plain.messages += u64::from(lane == Lane::Plain);
    }

    /// Counts bytes as they come.
    ///
    /// # Errors
    /// As [`Quota::begin`].
    pub fn add(&mut self, line: &Line, lane: Lane, bytes: u64, now: Time) -> Result<()> {
        self.turn(now);
        self.all.bytes = self.all.bytes.saturating_add(bytes);
        let mut full = self.all.bytes > with_reserve(line.bytes_an_hour, lane);
        if lane == Lane::Plain {
            self.plain.bytes = self.plain.bytes.saturating_add(bytes);
            full |= self.plain.bytes > third(line.bytes_an_hour);
        }
        if full { Err(self.full(now)) } else { Ok(()) }
    }

    /// How many bits of work more than usual are asked for: none in an hour that is half empty, three (eight times the work)
    /// in one that is nearly full.
    pub fn harder(&mut self, line: &Line, now: Time) -> u32 {
        self.turn(now);
        let sixths = |came: u64, most: u64| came.saturating_mul(6) / most.max(1);
        let filled = sixths(self.all.messages, line.messages_an_hour).max(sixths(self.all.bytes, line.bytes_an_hour));
        u32::try_from(filled.clamp(2, 5) - 2).unwrap_or(0)
    }

    fn turn(&mut self, now: Time) {
        if self.began.is_none_or(|began| now.millis() - began.millis() >= HOUR || now < began) {
            *self = Quota { began: Some(now), ..Quota::default() };
        }
    }

    fn full(&self, now: Time) -> Error {
        let left = self.began.map_or(HOUR, |began| HOUR - (now.millis() - began.millis()));
        Error::TooMany { seconds: u64::try_from(left / 1000 + 1).unwrap_or(60) }
    }
}

fn third(full: u64) -> u64 {
    full.div_ceil(3)
}

fn with_reserve(full: u64, lane: Lane) -> u64 {
    match lane {
        Lane::New | Lane::Plain => full,
        Lane::Returning => full.saturating_add(full / 4),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const NOW: Time = Time::constant(1_795_341_600_000);

    fn line() -> Line {
        Line { messages_an_hour: 4, bytes_an_hour: 1000, ..Line::new([0; 16], [0; 32]) }
    }

    fn keep(quota: &mut Quota, lane: Lane, now: Time) -> Result<()> {
        quota.begin(&line(), lane, now).map(|()| quota.kept(lane, now))
    }

    #[test]
    fn a_flood_leaves_room_for_who_comes_back() {
        let mut quota = Quota::default();
        for _ in 0..4 {
            keep(&mut quota, Lane::New, NOW).unwrap();
        }
        assert!(matches!(keep(&mut quota, Lane::New, NOW.plus(60_000)), Err(Error::TooMany { seconds: 3541 })));
        keep(&mut quota, Lane::Returning, NOW).unwrap();
        assert!(keep(&mut quota, Lane::Returning, NOW).is_err());
        keep(&mut quota, Lane::New, NOW.plus(HOUR)).unwrap();
    }

    #[test]
    fn what_costs_nothing_gets_a_third_and_leaves_the_rest_to_those_who_work() {
        let (mut quota, line) = (Quota::default(), line());
        keep(&mut quota, Lane::Plain, NOW).unwrap();
        keep(&mut quota, Lane::Plain, NOW).unwrap();
        assert!(keep(&mut quota, Lane::Plain, NOW).is_err(), "a flood of forms ends here");
        keep(&mut quota, Lane::New, NOW).unwrap();
        keep(&mut quota, Lane::New, NOW).unwrap();
        let mut quota = Quota::default();
        assert!(quota.add(&line, Lane::Plain, 335, NOW).is_err());
        assert!(quota.begin(&line, Lane::Plain, NOW).is_err());
        quota.begin(&line, Lane::New, NOW).unwrap();
    }

    #[test]
    fn what_is_not_kept_is_not_counted() {
        let (mut quota, line) = (Quota::default(), line());
        for _ in 0..100 {
            quota.begin(&line, Lane::New, NOW).unwrap();
        }
        keep(&mut quota, Lane::New, NOW).unwrap();
    }

    #[test]
    fn a_full_hour_asks_for_more_work() {
        let (mut quota, line) = (Quota::default(), Line { messages_an_hour: 6, ..line() });
        let mut asked = Vec::new();
        for _ in 0..=6 {
            asked.push(quota.harder(&line, NOW));
            quota.kept(Lane::New, NOW);
        }
        assert_eq!(asked, [0, 0, 0, 1, 2, 3, 3]);
        assert_eq!(quota.harder(&line, NOW.plus(HOUR)), 0);
    }

    #[test]
    fn bytes_are_counted_as_they_come() {
        let (mut quota, line) = (Quota::default(), line());
        quota.add(&line, Lane::New, 600, NOW).unwrap();
        assert!(quota.add(&line, Lane::New, 600, NOW).is_err());
        assert!(quota.begin(&line, Lane::New, NOW).is_err());
        quota.begin(&line, Lane::Returning, NOW).unwrap();
        quota.add(&line, Lane::Returning, 40, NOW).unwrap();
        assert!(quota.add(&line, Lane::Returning, 40, NOW).is_err());
        // A clock that was put back does not close the line for ever.
        quota.begin(&line, Lane::New, NOW.plus(-HOUR)).unwrap();
    }
}
