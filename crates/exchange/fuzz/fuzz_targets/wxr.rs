//! Whatever comes in as an export or a pasted article: no panic, no endless loop.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_exchange::{plain, wxr::Wxr};

fuzz_target!(|bytes: &[u8]| {
    Wxr::new(bytes).for_each(drop);
    plain::read(&String::from_utf8_lossy(bytes), None);
});
