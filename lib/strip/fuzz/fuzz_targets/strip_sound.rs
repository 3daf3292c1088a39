//! Whatever comes as sound: no panic; what comes out is of the kind that is said, and can be copied again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_strip::laws;

fuzz_target!(|data: &[u8]| laws::behind("strip_sound", data));
