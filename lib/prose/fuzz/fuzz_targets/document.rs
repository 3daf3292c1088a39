//! Whatever comes in as HTML, Markdown, JSON or text: no panic, and a page without script.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_prose::{Document, NoPictures, to_html, to_markdown};

fuzz_target!(|bytes: &[u8]| {
    let source = String::from_utf8_lossy(bytes);
    let read = [
        Document::from_html(&source),
        Document::from_wordpress_html(&source, &Default::default()),
        Document::from_markdown(&source),
        Document::from_json(&source),
        Document::from_text(&source),
    ];
    for cleaned in read {
        let page = to_html(&cleaned.document, &NoPictures).to_lowercase();
        assert!(!page.contains("<script") && !page.contains("href=\"javascript:"));
        let again = Document::from_json(&cleaned.document.to_json());
        assert!(again.changes.is_empty());
        let _ = to_markdown(&cleaned.document);
    }
});
