//! Whatever is typed as a codename, and whatever a file is called.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_sealed::laws;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    laws::codename(&text);
    laws::name(&text);
});
