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
    /// What it is counted as: see [`crate::Shown::variant`].
    pub variant: String,
    /// The story it stood below.
    pub from: String,
    /// What was seen of it and not said before: places and stories.
    pub seen: Vec<(usize, String)>,
    /// With a click, all of it that was in view by then.
    pub list: Vec<(usize, String)>,
    /// What was clicked; said once for a list.
    pub clicked: Option<String>,
}

/// The most page views of one beacon: stories that a reader scrolls through before it is sent.
const READS: usize = 12;
/// The most lists of one beacon.
const LISTS: usize = 12;

impl Beacon {
    /// What of it can be: variants that are counted, known stories, known places, no story and no way twice, clicks of what was seen.
    #[must_use]
    pub fn checked(self, variant: impl Fn(&str) -> bool, known: impl Fn(&str) -> bool) -> Beacon {
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
        lists.retain(|list| variant(&list.variant) && known(&list.from));
        for list in &mut lists {
            let fits = |place: usize, id: &str| place < PLACES && known(id) && id != list.from;
            let seen = once(std::mem::take(&mut list.seen), fits);
            // What was not said before is in view as well.
            let all = [seen.clone(), std::mem::take(&mut list.list)].concat();
            list.list = once(all, fits);
            list.seen = seen;
            list.clicked = list.clicked.take().filter(|id| list.place_of(id).is_some());
            if list.clicked.is_none() {
                list.list.clear();
            }
        }
        lists.retain(|list| !list.seen.is_empty() || list.clicked.is_some());
        Beacon { reads, lists }
    }
}

impl List {
    /// The place at which a story was in view when something was clicked.
    fn place_of(&self, id: &str) -> Option<usize> {
        self.list.iter().find(|(_, had)| had == id).map(|(place, _)| *place)
    }
}

/// What fits, no place and no story twice.
fn once(stories: Vec<(usize, String)>, fits: impl Fn(usize, &str) -> bool) -> Vec<(usize, String)> {
    let mut kept: Vec<(usize, String)> = Vec::new();
    for (place, id) in stories {
        if fits(place, &id) && kept.iter().all(|(other, had)| *other != place && *had != id) {
            kept.push((place, id));
        }
    }
    kept
}

/// The sums since the last flush.
#[derive(Debug, Default)]
pub struct Tally {
    places: HashMap<(String, String, i64), (i64, i64)>,
    /// Showings and clicks for which there is no room.
    spilt: (i64, i64),
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
                self.place(list, id, *place).0 += 1;
            }
            // A click some seconds later is no second showing.
            if let Some(id) = &list.clicked
                && let Some(place) = list.place_of(id)
            {
                self.place(list, id, place).1 += 1;
            }
        }
    }

    fn place(&mut self, list: &List, id: &str, place: usize) -> &mut (i64, i64) {
        let key = (id.to_owned(), list.variant.clone(), place as i64);
        if self.places.len() < SUMS || self.places.contains_key(&key) {
            self.places.entry(key).or_default()
        } else {
            &mut self.spilt
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
            seen: places(seen),
            list: Vec::new(),
            clicked: clicked.map(str::to_owned),
        }
    }

    fn places(seen: &[(usize, &str)]) -> Vec<(usize, String)> {
        seen.iter().map(|(place, id)| (*place, (*id).to_owned())).collect()
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
                list("b", "1", &[(0, "2")], None),
                list("a", "9", &[(0, "2")], None),
            ],
        };
        let checked = beacon.checked(|name| name == "a", known);
        assert_eq!(checked.reads, [(Some("2".into()), "1".into()), (None, "1".into())]);
        assert_eq!(checked.lists, [list("a", "1", &[(0, "2")], None)]);
    }

    #[test]
    fn a_click_some_seconds_after_the_list_was_seen_is_no_second_showing() {
        let mut tally = Tally::default();
        let known = |id: &str| ["1", "2", "3"].contains(&id);
        let seen = list("a", "1", &[(0, "2"), (1, "3")], None);
        let clicked = List { list: places(&[(0, "2"), (1, "3")]), ..list("a", "1", &[], Some("3")) };
        for said in [seen, clicked] {
            tally.add(&Beacon { reads: vec![], lists: vec![said] }.checked(|_| true, known));
        }
        assert_eq!(tally.take().places, [("2".into(), "a".into(), 0, 1, 0), ("3".into(), "a".into(), 1, 1, 1)]);
    }

    #[test]
    fn a_flush_holds_sums_and_no_order() {
        let mut tally = Tally::default();
        for _ in 0..3 {
            tally.add(
                &Beacon {
                    reads: vec![(None, "1".into())],
                    lists: vec![list("a", "1", &[(0, "2"), (1, "3")], Some("3"))],
                }
                .checked(|_| true, |_| true),
            );
        }
        let sums = tally.take();
        assert_eq!(sums.reads, [(String::new(), "1".into(), 3)]);
        assert_eq!(sums.places, [("2".into(), "a".into(), 0, 3, 0), ("3".into(), "a".into(), 1, 3, 3)]);
        assert!(tally.is_empty());
    }
}
