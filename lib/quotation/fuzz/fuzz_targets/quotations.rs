//! No panic on any bytes; spans in order and within the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_quotation::{Format, quotations};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let length = text.chars().count();
    for format in [Format::Plain, Format::Html, Format::Markdown] {
        let mut end = 0;
        for q in quotations(&text, format) {
            assert!(q.span.start >= end && q.span.start <= q.span.end && q.span.end <= length);
            end = q.span.end;
        }
    }
});
