//! Any bytes are a key list, written as it was read, or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_sealed::laws;

fuzz_target!(|data: &[u8]| laws::list(data));
