//! Laws over files that were changed at random; the fuzz targets have the same body.

use std::sync::{Mutex, Once};

use proptest::prelude::*;

use super::made;
use crate::{Kind, preview, publication_copy};

/// Panics of our own code; those of others' decoders are what the fence is for.
static OURS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
            match place.contains("/tests/") {
                true => usual(panic),
                false if place.contains("strip/src/") => {
                    OURS.lock().unwrap_or_else(|held| held.into_inner()).push(place)
                }
                false => {}
            }
        }));
    });
}

/// What holds for any bytes.
fn law(bytes: &[u8]) {
    watch();
    if let Ok(copy) = publication_copy(bytes) {
        // What comes out is of the kind that is said, and can be copied again.
        assert_eq!(Kind::of(&copy.bytes), Ok(copy.kind));
        assert!(publication_copy(&copy.bytes).is_ok(), "{:?}", copy.kind);
    }
    let _ = preview(bytes);
    let ours = OURS.lock().unwrap_or_else(|held| held.into_inner()).clone();
    assert!(ours.is_empty(), "{ours:?}");
}

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
            law(&changed(file, &changes));
        }
    }

    #[test]
    fn bytes_behind_any_beginning_are_copied_or_refused(rest in prop::collection::vec(any::<u8>(), 0..200)) {
        for (_, file) in made::all() {
            law(&[&file[..file.len().min(24)], &rest[..]].concat());
        }
        law(&rest);
    }
}
