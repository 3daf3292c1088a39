//! What browsers said since the last flush, added up: after this nobody can take the sums apart again.
//!
//! A flood is bounded four times: by rate and address (in memory, by [`onrecord_base::web::limits`]), because a way from
//! one story to another counts once an hour for one network ([`crate::once`]), by the number of sums, and because no story
//! rises above a good day ([`crate::rank::decay::BOUND`]).

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use crate::{rank::positions::PLACES, store::counts::Sums};

/// Sums of one flush: a site with more readers loses some counts and no request.
const SUMS: usize = 50_000;
/// The longest id that is looked up.
const ID: usize = 64;

/// What a browser says: a story was read, a list was seen, a link of it was clicked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Beacon {
    /// Page views (from nowhere), and ways from one story to another.
    pub reads: Vec<(Option<String>, String)>,
    /// Lists.
    pub lists: Vec<List>,
}

/// A list that was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct List {
    /// `a` or `b`.
    pub variant: String,
    /// The story it stood below.
    pub from: String,
    /// What was seen of it: places and stories.
    pub seen: Vec<(usize, String)>,
    /// What was clicked.
    pub clicked: Option<String>,
}

/// The most page views of one beacon: stories that a reader scrolls through before it is sent.
const READS: usize = 12;
/// The most lists of one beacon.
const LISTS: usize = 12;

impl Beacon {
    /// What of it can be: known stories, known places, no story and no way twice, clicks of what was seen.
    #[must_use]
    pub fn checked(self, known: impl Fn(&str) -> bool) -> Beacon {
        let known = |id: &str| id.len() <= ID && known(id);
        let mut reads = self.reads;
        reads.truncate(READS);
        let mut had = HashSet::new();
        reads.retain(|(from, to)| {
            let fits = known(to) && from.as_ref().is_none_or(|from| from != to && known(from));
            fits && had.insert((from.clone(), to.clone()))
        });
        let mut lists = self.lists;
        lists.truncate(LISTS);
        lists.retain(|list| matches!(list.variant.as_str(), "a" | "b") && known(&list.from));
        for list in &mut lists {
            let mut seen: Vec<(usize, String)> = Vec::new();
            for (place, id) in std::mem::take(&mut list.seen) {
                let fits = place < PLACES && known(&id) && id != list.from;
                if fits && seen.iter().all(|(other, had)| *other != place && *had != id) {
                    seen.push((place, id));
                }
            }
            list.clicked = list.clicked.take().filter(|id| seen.iter().any(|(_, had)| had == id));
            list.seen = seen;
        }
        lists.retain(|list| !list.seen.is_empty());
        Beacon { reads, lists }
    }
}

/// The sums since the last flush.
#[derive(Debug, Default)]
pub struct Tally {
    places: HashMap<(String, String, i64), (i64, i64)>,
    reads: HashMap<(String, String), i64>,
}

impl Tally {
    /// Adds a checked beacon.
    pub fn add(&mut self, beacon: &Beacon) {
        for (from, to) in &beacon.reads {
            let key = (from.clone().unwrap_or_default(), to.clone());
            if self.reads.len() < SUMS || self.reads.contains_key(&key) {
                *self.reads.entry(key).or_default() += 1;
            }
        }
        for list in &beacon.lists {
            for (place, id) in &list.seen {
                let key = (id.clone(), list.variant.clone(), *place as i64);
                if self.places.len() < SUMS || self.places.contains_key(&key) {
                    let (shown, clicked) = self.places.entry(key).or_default();
                    *shown += 1;
                    *clicked += i64::from(list.clicked.as_ref() == Some(id));
                }
            }
        }
    }

    /// True if nothing was said.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.reads.is_empty()
    }

    /// The sums, in an order of their own and not of arrival.
    pub fn take(&mut self) -> Sums {
        let mut places: Vec<_> =
            self.places.drain().map(|((id, v, p), (shown, clicked))| (id, v, p, shown, clicked)).collect();
        let mut reads: Vec<_> = self.reads.drain().map(|((from, to), n)| (from, to, n)).collect();
        places.sort();
        reads.sort();
        Sums { places, reads }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(variant: &str, from: &str, seen: &[(usize, &str)], clicked: Option<&str>) -> List {
        List {
            variant: variant.into(),
            from: from.into(),
            seen: seen.iter().map(|(place, id)| (*place, (*id).to_owned())).collect(),
            clicked: clicked.map(str::to_owned),
        }
    }

    #[test]
    fn what_cannot_be_is_not_counted() {
        let known = |id: &str| ["1", "2", "3"].contains(&id);
        let beacon = Beacon {
            reads: vec![
                (Some("2".into()), "1".into()),
                (Some("1".into()), "1".into()),
                (Some("9".into()), "1".into()),
                (Some("2".into()), "1".into()),
                (None, "9".into()),
                (None, "1".into()),
                (None, "1".into()),
            ],
            lists: vec![
                list("a", "1", &[(0, "2"), (0, "3"), (1, "2"), (2, "1"), (99, "3"), (3, "9")], Some("3")),
                list("c", "1", &[(0, "2")], None),
                list("b", "9", &[(0, "2")], None),
            ],
        };
        let checked = beacon.checked(known);
        assert_eq!(checked.reads, [(Some("2".into()), "1".into()), (None, "1".into())]);
        assert_eq!(checked.lists, [list("a", "1", &[(0, "2")], None)]);
    }

    #[test]
    fn a_flush_holds_sums_and_no_order() {
        let mut tally = Tally::default();
        for _ in 0..3 {
            tally.add(&Beacon {
                reads: vec![(None, "1".into())],
                lists: vec![list("a", "1", &[(0, "2"), (1, "3")], Some("3"))],
            });
        }
        let sums = tally.take();
        assert_eq!(sums.reads, [(String::new(), "1".into(), 3)]);
        assert_eq!(sums.places, [("2".into(), "a".into(), 0, 3, 0), ("3".into(), "a".into(), 1, 3, 3)]);
        assert!(tally.is_empty());
    }
}
