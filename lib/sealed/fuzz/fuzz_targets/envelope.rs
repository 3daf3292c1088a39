//! The server's check: any bytes are a head, written as it was read, or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_sealed::laws;

fuzz_target!(|data: &[u8]| laws::head(data));
