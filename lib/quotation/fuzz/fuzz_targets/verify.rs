//! No panic on any pair of texts; the source's span within the source.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_quotation::verify::{Profile, verify};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (quoted, source) = text.split_once('\n').unwrap_or((&text, &text));
    let length = source.chars().count();
    for profile in [Profile::Strict, Profile::Standard, Profile::Light] {
        let check = verify(quoted, source, profile);
        assert!(check.source.is_none_or(|s| s.start <= s.end && s.end <= length));
    }
});
