//! Days: the finest date that is kept about a tip.

use onrecord_base::{
    Time,
    db::{FromValue, Value},
};
use serde::{Deserialize, Serialize};

const MILLIS: i64 = 86_400_000;

/// A day: the number of days since 1970-01-01, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(i64);

impl Day {
    /// The day of that number.
    pub const fn new(number: i64) -> Day {
        Day(number)
    }

    /// The day a moment belongs to.
    pub fn of(time: Time) -> Day {
        Day(time.millis().div_euclid(MILLIS))
    }

    /// Its number.
    pub fn number(self) -> i64 {
        self.0
    }

    /// So many days later.
    #[must_use]
    pub fn plus(self, days: i64) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// Its first moment.
    pub fn begins(self) -> Time {
        Time::from_millis(self.0.saturating_mul(MILLIS))
    }

    /// As `2026-11-22`.
    pub fn text(self) -> String {
        self.begins().rfc3339().chars().take(10).collect()
    }

    /// The day written as `2026-11-22`.
    pub fn parse(text: &str) -> Option<Day> {
        Time::parse(&format!("{text}T00:00:00Z")).map(Day::of)
    }
}

impl From<Day> for Value {
    fn from(day: Day) -> Value {
        Value::Int(day.0)
    }
}

impl FromValue for Day {
    fn from_value(value: &Value) -> Option<Day> {
        i64::from_value(value).map(Day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_forgets_the_hour() {
        let time = |text| Time::parse(text).unwrap();
        let day = Day::of(time("2026-11-22T23:59:59.999Z"));
        assert_eq!(day, Day::of(time("2026-11-22T00:00:00Z")));
        assert_eq!((day.text().as_str(), day.begins()), ("2026-11-22", time("2026-11-22T00:00:00Z")));
        assert_eq!(Day::parse("2026-11-22"), Some(day));
        assert_eq!(Day::parse("yesterday"), None);
        assert_eq!(Day::of(time("1969-12-31T23:00:00Z")).number(), -1);
    }
}
