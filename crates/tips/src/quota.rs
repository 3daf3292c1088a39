//! How much may come in an hour, counted in memory for all senders together: an address says little behind Tor, and none
//! is remembered here. A quarter more is kept for sources that come back.

use onrecord_base::{Error, Result, Time};

use crate::Line;

const HOUR: i64 = 3_600_000;

/// What came in the running hour.
#[derive(Debug, Clone, Default)]
pub struct Quota {
    began: Option<Time>,
    messages: u64,
    bytes: u64,
}

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Somebody new.
    New,
    /// A source with a codename that leads to a thread.
    Returning,
}

impl Quota {
    /// Counts a message that begins.
    ///
    /// # Errors
    /// `Error::TooMany` if the hour is full.
    pub fn begin(&mut self, line: &Line, lane: Lane, now: Time) -> Result<()> {
        self.turn(now);
        let most = |full: u64| with_reserve(full, lane);
        if self.messages >= most(line.messages_an_hour) || self.bytes >= most(line.bytes_an_hour) {
            return Err(self.full(now));
        }
        self.messages += 1;
        Ok(())
    }

    /// Counts bytes as they come.
    ///
    /// # Errors
    /// As [`Quota::begin`].
    pub fn add(&mut self, line: &Line, lane: Lane, bytes: u64, now: Time) -> Result<()> {
        self.turn(now);
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > with_reserve(line.bytes_an_hour, lane) { Err(self.full(now)) } else { Ok(()) }
    }

    fn turn(&mut self, now: Time) {
        if self.began.is_none_or(|began| now.millis() - began.millis() >= HOUR || now < began) {
            *self = Quota { began: Some(now), messages: 0, bytes: 0 };
        }
    }

    fn full(&self, now: Time) -> Error {
        let left = self.began.map_or(HOUR, |began| HOUR - (now.millis() - began.millis()));
        Error::TooMany { seconds: u64::try_from(left / 1000 + 1).unwrap_or(60) }
    }
}

fn with_reserve(full: u64, lane: Lane) -> u64 {
    match lane {
        Lane::New => full,
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

    #[test]
    fn a_flood_leaves_room_for_who_comes_back() {
        let (mut quota, line) = (Quota::default(), line());
        for _ in 0..4 {
            quota.begin(&line, Lane::New, NOW).unwrap();
        }
        assert!(matches!(quota.begin(&line, Lane::New, NOW.plus(60_000)), Err(Error::TooMany { seconds: 3541 })));
        quota.begin(&line, Lane::Returning, NOW).unwrap();
        assert!(quota.begin(&line, Lane::Returning, NOW).is_err());
        quota.begin(&line, Lane::New, NOW.plus(HOUR)).unwrap();
    }

    #[test]
    fn bytes_are_counted_as_they_come() {
        let (mut quota, line) = (Quota::default(), line());
        quota.begin(&line, Lane::New, NOW).unwrap();
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
