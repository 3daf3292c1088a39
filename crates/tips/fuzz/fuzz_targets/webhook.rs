//! Any bytes as a provider's request: parameters, signature, the answer in XML, caller data, the beginning of a recording.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_tips::channels::{audio, caller::Caller, params::Params, signature, twiml};

fuzz_target!(|data: &[u8]| {
    let form = Params::form(data);
    let (first, second) = (form.get("From"), form.get("Body"));
    let signed = signature::sign("secret", first, &form.0);
    assert!(!signature::check("other", first, &form.0, &signed));
    let _ = signature::check_body("secret", first, data, second);
    let xml = twiml::Answer::default().say(first, second).record(first, second).xml();
    assert_eq!(xml.matches('<').count(), 6);
    let _ = (Params::json(data), Caller::read(data), audio::Sound::of(data), audio::says_complete(data, 100));
});
