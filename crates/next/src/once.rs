//! Ways that were counted from a network within the hour, so that nobody makes a way between two stories count alone.
//!
//! In memory alone: hashes with a key of this process, forgotten with the hour. What is written are sums, as always.

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
};

use onrecord_base::Time;

use crate::store::counts::hour;

/// Ways that are remembered: beyond them none is counted before the next hour. A few megabytes.
const MOST: usize = 200_000;

/// The ways of this hour.
#[derive(Debug, Default)]
pub(crate) struct Once {
    key: RandomState,
    hour: i64,
    had: HashSet<u64>,
}

impl Once {
    /// True the first time a network took this way within the hour.
    pub(crate) fn is_new(&mut self, now: Time, network: &str, way: (&str, &str)) -> bool {
        if hour(now) != self.hour {
            *self = Once { hour: hour(now), ..Once::default() };
        }
        self.had.len() < MOST && self.had.insert(self.key.hash_one((network, way)))
    }
}

#[cfg(test)]
mod tests {
    use onrecord_base::testing::START;

    use super::*;

    #[test]
    fn a_network_takes_a_way_once_an_hour() {
        let mut once = Once::default();
        let mut is_new = |minutes: i64, network: &str, way| once.is_new(START.plus(minutes * 60_000), network, way);
        assert!(is_new(0, "one", ("1", "2")));
        assert!(!is_new(0, "one", ("1", "2")));
        assert!(is_new(0, "one", ("2", "1")) && is_new(0, "other", ("1", "2")));
        assert!(is_new(60, "one", ("1", "2")));
        assert!(!is_new(60, "one", ("1", "2")));
    }
}
