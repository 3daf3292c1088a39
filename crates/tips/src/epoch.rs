//! Epochs: the month a journalist's keys are made for.

use onrecord_base::Time;
use serde::Serialize;

/// A month, as `2026-11`, by UTC.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Epoch(String);

impl Epoch {
    /// The month a moment belongs to.
    pub fn of(time: Time) -> Epoch {
        Epoch(time.rfc3339().chars().take(7).collect())
    }

    /// Reads `2026-11`.
    pub fn parse(text: &str) -> Option<Epoch> {
        let (year, month) = text.split_once('-')?;
        let digits = |text: &str, long: usize| text.len() == long && text.bytes().all(|b| b.is_ascii_digit());
        let fits = digits(year, 4) && digits(month, 2) && (1..=12).contains(&month.parse::<u8>().ok()?);
        fits.then(|| Epoch(text.to_owned()))
    }

    /// The month after it.
    #[must_use]
    pub fn next(&self) -> Epoch {
        let mut parts = self.0.split('-').filter_map(|part| part.parse::<u32>().ok());
        let (year, month) = (parts.next().unwrap_or(1970), parts.next().unwrap_or(1));
        match month {
            12.. => Epoch(format!("{:04}-01", year + 1)),
            _ => Epoch(format!("{year:04}-{:02}", month + 1)),
        }
    }

    /// As `2026-11`.
    pub fn text(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_one_another() {
        let epoch = |text| Epoch::parse(text).unwrap();
        assert_eq!(Epoch::of(Time::parse("2026-11-30T23:00:00Z").unwrap()), epoch("2026-11"));
        assert_eq!(epoch("2026-11").next(), epoch("2026-12"));
        assert_eq!(epoch("2026-12").next(), epoch("2027-01"));
        assert!(epoch("2026-09") < epoch("2026-10"));
        for bad in ["", "2026", "2026-13", "2026-00", "2026-1", "26-11", "2026-11-01", "202x-11", "٢٠٢٦-11"] {
            assert_eq!(Epoch::parse(bad), None, "{bad}");
        }
    }
}
