//! No panic on any bytes behind the beginning of archives of XML; what comes out is of the kind that is said and can be copied again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_strip::{preview, publication_copy};

const HEADS: &[&[u8]] = &[b"PK\x03\x04"];

fuzz_target!(|data: &[u8]| {
    let (which, rest) = data.split_first().map_or((0, data), |(which, rest)| (usize::from(*which), rest));
    // As it is, so that a corpus of whole files is of use, or behind a beginning.
    let file = if which == 0 { rest.to_vec() } else { [HEADS[which % HEADS.len()], rest].concat() };
    if let Ok(copy) = publication_copy(&file) {
        let again = publication_copy(&copy.bytes).expect("a copy can be copied");
        assert_eq!(again.kind, copy.kind);
    }
    let _ = preview(&file);
});
