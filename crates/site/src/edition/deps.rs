//! What a page was made of, so that a change drops exactly the pages that show it.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use onrecord_base::changes::Change;

/// Dependencies of one page: hashes of kind and subject as the log of changes names them. Two that share a hash drop a
/// page too many, never one too few.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deps(Box<[u64]>);

impl Deps {
    /// Of nothing that changes.
    pub fn none() -> Deps {
        Deps(Box::new([]))
    }

    /// True if one of the changes concerns the page.
    pub fn any_of(&self, changes: &[u64]) -> bool {
        changes.iter().any(|change| self.0.binary_search(change).is_ok())
    }

    /// The keys under which a network in front of us keeps the page, with spaces between. A page of more than
    /// [`MOST_KEYS`] things, a site map, has the one of all changes instead: headers have an end.
    pub fn keys(&self) -> String {
        let all = key(hash("all", ""));
        if self.0.len() > MOST_KEYS {
            return format!("{all} {}", key(hash("any", "")));
        }
        self.0.iter().fold(all, |keys, dependency| format!("{keys} {}", key(*dependency)))
    }

    /// Bytes in memory.
    pub fn weight(&self) -> usize {
        self.0.len() * size_of::<u64>()
    }
}

/// Gathers dependencies while a page is made.
#[derive(Debug, Clone, Default)]
pub struct Noted(Vec<u64>);

impl Noted {
    /// Nothing yet.
    pub fn new() -> Noted {
        Noted::default()
    }

    /// The page shows this.
    pub fn note(&mut self, kind: &str, subject: &str) {
        self.0.push(hash(kind, subject));
    }

    /// All that was noted.
    pub fn done(mut self) -> Deps {
        self.0.sort_unstable();
        self.0.dedup();
        Deps(self.0.into())
    }
}

/// Keys of one page: 17 bytes each, in headers that proxies end at 16 kB or before.
const MOST_KEYS: usize = 200;

/// A dependency as a network in front of us knows it.
pub fn key(hash: u64) -> String {
    format!("{hash:016x}")
}

/// What a batch of the log means for pages: hashes of its lines, and of the frame where every page shows it.
pub fn hashes(lines: &[Change]) -> Vec<u64> {
    let mut hashes: Vec<u64> = lines.iter().map(|line| hash(&line.kind, &line.subject)).collect();
    if lines.iter().any(|line| matches!(line.kind.as_str(), "settings" | "section" | "page")) {
        hashes.push(hash("frame", ""));
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// The hash of a line of the log.
pub fn hash(kind: &str, subject: &str) -> u64 {
    // Fixed keys: what is hashed are our own ids, which no visitor chooses.
    BuildHasherDefault::<DefaultHasher>::default().hash_one((kind, subject))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_what_it_shows() {
        let mut noted = Noted::new();
        noted.note("story", "7");
        noted.note("list", "section/3");
        noted.note("story", "7");
        let deps = noted.done();
        assert_eq!(deps.weight(), 16);
        assert!(deps.any_of(&[hash("author", "1"), hash("list", "section/3")]));
        assert!(!deps.any_of(&[hash("story", "8"), hash("section", "7")]));
        assert!(!Deps::none().any_of(&[hash("story", "7")]));
    }

    #[test]
    fn keys_stay_the_same_from_one_version_to_the_next() {
        // A network in front of us keeps pages under them while we are replaced.
        assert_eq!(key(hash("story", "7")), "6f7eaf5edba5d4ba");
        let mut noted = Noted::new();
        noted.note("story", "7");
        assert_eq!(noted.clone().done().keys(), format!("{} 6f7eaf5edba5d4ba", key(hash("all", ""))));
        (0..300).for_each(|n| noted.note("story", &n.to_string()));
        assert_eq!(noted.done().keys().split(' ').count(), 2);
    }
}
