//! What long texts gave once is remembered: finding is a function of the text, comparing one of the words, the source
//! and the house's rules. So the page, the editor and the publication that follow one another do the work once, and the
//! transaction that publishes finds it done.

use std::sync::{Arc, LazyLock};

use onrecord_prose::Document;
use onrecord_quotation::verify::Profile;
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};

use crate::{judge::Comparison, scan::Found};

/// Bytes of each of the two memories: some thousand stories being worked on.
const BUDGET: u64 = 16 * 1024 * 1024;
/// Entries expected; only the tables are sized by it.
const EXPECTED: usize = 2_000;

#[derive(Clone)]
struct Weight;

impl Weighter<[u8; 32], Arc<Vec<Found>>> for Weight {
    fn weight(&self, _: &[u8; 32], found: &Arc<Vec<Found>>) -> u64 {
        found.iter().map(|f| 200 + f.words.len() as u64).sum::<u64>() + 64
    }
}

impl Weighter<[u8; 32], Arc<Comparison>> for Weight {
    fn weight(&self, _: &[u8; 32], comparison: &Arc<Comparison>) -> u64 {
        let pieces = comparison.aligned.iter().map(|p| 64 + (p.quoted.len() + p.original.len()) as u64);
        pieces.sum::<u64>() + 256
    }
}

static FOUND: LazyLock<Cache<[u8; 32], Arc<Vec<Found>>, Weight>> =
    LazyLock::new(|| Cache::with_weighter(EXPECTED, BUDGET, Weight));
static COMPARED: LazyLock<Cache<[u8; 32], Arc<Comparison>, Weight>> =
    LazyLock::new(|| Cache::with_weighter(EXPECTED, BUDGET, Weight));

/// What `find` finds in a text.
pub(crate) fn found(document: &Document, find: impl FnOnce() -> Vec<Found>) -> Arc<Vec<Found>> {
    let key: [u8; 32] = Sha256::digest(document.to_json().as_bytes()).into();
    if let Some(known) = FOUND.get(&key) {
        return known;
    }
    let found = Arc::new(find());
    FOUND.insert(key, found.clone());
    found
}

/// A comparison of words with a source. A source's text never changes, and its id is never given twice.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Compared([u8; 32]);

impl Compared {
    pub(crate) fn of(words: &str, source: &str, profile: Profile) -> Compared {
        let profile = match profile {
            Profile::Strict => "strict",
            Profile::Standard => "standard",
            Profile::Light => "light",
        };
        let mut hash = Sha256::new();
        for part in [profile, source, words] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        Compared(hash.finalize().into())
    }

    pub(crate) fn known(self) -> Option<Arc<Comparison>> {
        COMPARED.get(&self.0)
    }

    pub(crate) fn keep(self, comparison: Comparison) -> Arc<Comparison> {
        let kept = Arc::new(comparison);
        COMPARED.insert(self.0, kept.clone());
        kept
    }
}
