//! Days and months. There is no clock here: whoever calls says which day it is.

use std::fmt;

use crate::Refused;

/// Days since 1970-01-01, UTC. The finest time that tips know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u32);

impl Day {
    /// The day of a time in seconds since 1970.
    pub fn of_unix_seconds(seconds: i64) -> Day {
        Day(u32::try_from(seconds.div_euclid(86_400)).unwrap_or(0))
    }

    /// The epoch in which the day lies.
    pub fn epoch(self) -> Epoch {
        // Days to civil dates, counted from 0000-03-01 so that the leap day ends its year (H. Hinnant's algorithm).
        let days = u64::from(self.0) + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let months = (era * 400 + year_of_era) * 12 + month_from_march + 2;
        Epoch(u16::try_from(months).unwrap_or(u16::MAX))
    }
}

/// A calendar month, as years times twelve plus months: keys are made, and destroyed, by the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch(pub u16);

impl Epoch {
    /// Reads `2026-11`.
    pub fn parse(text: &str) -> Result<Epoch, Refused> {
        const BAD: Refused = Refused::Malformed("not a month");
        let (year, month) = text.split_once('-').ok_or(BAD)?;
        if year.len() != 4 || month.len() != 2 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return Err(BAD);
        }
        let (year, month): (u16, u16) = (year.parse().map_err(|_| BAD)?, month.parse().map_err(|_| BAD)?);
        match (year, month) {
            (..=5_000, 1..=12) => Ok(Epoch(year * 12 + month - 1)),
            _ => Err(BAD),
        }
    }

    /// The month after this one.
    pub fn next(self) -> Epoch {
        Epoch(self.0.saturating_add(1))
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0 / 12, self.0 % 12 + 1)
    }
}
