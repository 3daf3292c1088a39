//! What must hold for any bytes whatsoever. Property tests run these on stable, fuzz targets for as long as one likes.

use std::sync::{Mutex, Once, PoisonError};

use crate::{Kind, preview, publication_copy};

/// The fuzz targets, each with what its files begin with: bytes alone seldom get past the first four.
pub const TARGETS: &[(&str, &[&[u8]])] = &[
    ("strip_picture", &[b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"GIF89a", b"II*\0", b"MM\0*"]),
    ("strip_heic", &[b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"]),
    ("strip_pdf", &[b"%PDF-1.7\n"]),
    ("strip_document", &[b"PK\x03\x04"]),
    (
        "strip_film",
        &[b"\0\0\0\x14ftypisom\0\0\0\0isom", b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", b"\0\0\0\x14ftypM4A \0\0\0\0M4A "],
    ),
    ("strip_sound", &[b"\xff\xfb\x90\x44", b"ID3\x04\0\0\0\0\0\0", b"RIFF\0\0\0\0WAVE"]),
    ("strip_text", &[b"", b"\xff\xfe", b"\xef\xbb\xbf"]),
];

/// Where our own code panicked; the decoders of others are what the fence is for.
static OURS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// From here on a panic of ours is known, also one that the fence caught.
fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
            let ours = place.contains("strip/src/") || ["src/", "../src/"].iter().any(|own| place.starts_with(own));
            if place.contains("/tests/") || place.contains("/laws.rs:") {
                usual(panic);
            } else if ours {
                eprintln!("{panic}");
                OURS.lock().unwrap_or_else(PoisonError::into_inner).push(place);
            }
        }));
    });
}

/// Whatever a file holds: a copy of the kind that is said, which can be copied again, or a refusal; and no panic of ours.
///
/// # Panics
/// If that does not hold.
pub fn file(bytes: &[u8]) {
    watch();
    if let Ok(copy) = publication_copy(bytes) {
        assert_eq!(Kind::of(&copy.bytes), Ok(copy.kind));
        let again = publication_copy(&copy.bytes);
        assert!(again.is_ok_and(|again| again.kind == copy.kind), "{:?}", copy.kind);
    }
    let _ = preview(bytes);
    let ours = OURS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert!(ours.is_empty(), "{ours:?}");
}

/// The same of what a fuzzer hands to a target: behind a first byte that is 0 stands a whole file, so that a corpus of files
/// is of use; behind another one what follows a beginning of the target's.
///
/// # Panics
/// As [`file`], and if there is no such target.
pub fn behind(target: &str, data: &[u8]) {
    let (which, rest) = data.split_first().map_or((0, data), |(which, rest)| (usize::from(*which), rest));
    let heads = TARGETS.iter().find(|(name, _)| *name == target).map(|(_, heads)| *heads);
    let heads = heads.unwrap_or_else(|| panic!("no such target: {target}"));
    match which {
        0 => file(rest),
        which => file(&[heads[which % heads.len()], rest].concat()),
    }
}
