//! Laws over files that were changed at random; the fuzz targets have the same laws.

use proptest::prelude::*;

use super::made;
use crate::laws;

/// A change: bytes overwritten, a piece cut out, a piece doubled, the end cut off.
fn changed(mut bytes: Vec<u8>, changes: &[(u8, prop::sample::Index, u8)]) -> Vec<u8> {
    for (how, place, value) in changes {
        if bytes.is_empty() {
            break;
        }
        let at = place.index(bytes.len());
        let end = (at + usize::from(*value)).min(bytes.len());
        match how {
            0 => bytes[at] = *value,
            1 => bytes[at] ^= 1 << (value % 8),
            2 => bytes[at..end].fill(0xff),
            3 => drop(bytes.drain(at..end)),
            4 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => bytes.truncate(at.max(bytes.len() / 2)),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_files_are_copied_or_refused(
        changes in prop::collection::vec((0u8..6, any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        for (_, file) in made::all() {
            laws::file(&changed(file, &changes));
        }
    }

    #[test]
    fn bytes_behind_any_beginning_are_copied_or_refused(rest in prop::collection::vec(any::<u8>(), 0..200)) {
        for (_, file) in made::all() {
            laws::file(&[&file[..file.len().min(24)], &rest[..]].concat());
        }
        laws::file(&rest);
        for (target, heads) in laws::TARGETS {
            for which in 0..=heads.len() {
                laws::behind(target, &[&[which as u8], &rest[..]].concat());
            }
        }
    }
}
