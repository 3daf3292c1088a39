//! Any bytes as a mail: it is read, or handed on whole, and nothing breaks.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use onrecord_tips::channels::mail;

fuzz_target!(|data: &[u8]| {
    let letter = mail::read(&Bytes::copy_from_slice(data));
    assert!(!letter.parts.is_empty() && letter.parts.len() <= 64);
});
