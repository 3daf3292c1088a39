//! What a page was made of, so that a change drops exactly the pages that show it.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

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
}
