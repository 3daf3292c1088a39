//! A trial of two rankers: which of them a list came from is a coin that the browser tosses for each list and forgets.

use onrecord_base::Time;

use crate::{ranker::Ranker, settings::Settings};

/// Two rankers side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Its id.
    pub id: String,
    /// The first and the second.
    pub rankers: [Ranker; 2],
    /// Since when.
    pub began_at: Time,
}

/// What lists are counted as while there is no trial.
pub const ALONE: &str = "a";

impl Trial {
    /// What the lists of its first and second ranker are counted as: of this trial and no other, so that neither what was
    /// counted before it nor a trial that ended within the hour is among its figures.
    pub fn variants(&self) -> [String; 2] {
        ["a", "b"].map(|letter| format!("{}-{letter}", self.id))
    }
}

/// The ranker of the lists that stand on stories' pages: in a trial the first.
pub fn of_pages(trial: Option<&Trial>, settings: &Settings) -> Ranker {
    trial.map_or(settings.ranker, |trial| trial.rankers[0])
}

/// A share with its interval of 95 per cent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The share.
    pub share: f64,
    /// Where its interval begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
}

/// Standard deviations of an interval of 95 per cent.
const Z: f64 = 1.96;

/// Clicks of lists, with Wilson's interval, which holds for few lists and for none clicked.
pub fn share(clicks: i64, lists: i64) -> Option<Share> {
    if lists <= 0 {
        return None;
    }
    let n = lists as f64;
    let p = (clicks.max(0) as f64 / n).min(1.0);
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let reach = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    Some(Share { share: p, low: (middle - reach).max(0.0), high: (middle + reach).min(1.0) })
}

/// How much larger the second share is than the first, by Newcombe's interval out of the two of Wilson.
pub fn difference(first: Share, second: Share) -> Share {
    let share = second.share - first.share;
    let low = share - ((second.share - second.low).powi(2) + (first.high - first.share).powi(2)).sqrt();
    let high = share + ((second.high - second.share).powi(2) + (first.share - first.low).powi(2)).sqrt();
    Share { share, low, high }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_textbook() {
        let near = |found: f64, expected: f64| assert!((found - expected).abs() < 5e-4, "{found} {expected}");
        // Wilson for 10 of 100.
        let ten = share(10, 100).unwrap();
        near(ten.low, 0.0552);
        near(ten.high, 0.1744);
        assert_eq!(share(0, 0), None);
        assert!(share(0, 50).unwrap().high > 0.05);
        // Newcombe 1998, method 10: 56 of 70 against 48 of 80.
        let found = difference(share(48, 80).unwrap(), share(56, 70).unwrap());
        near(found.share, 0.2);
        near(found.low, 0.0524);
        near(found.high, 0.3339);
    }
}
