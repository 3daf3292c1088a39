use onrecord_quotation::{Format, quotations};
use serde_json::Value;

use super::*;

const STORY: &str = "<p>Ana Brandt, the mayor 👍, told the <em>Harbour</em> Post on 4 May 2018 that it would stay.</p>\n\
     <p>\u{201c}We will not close it\\, &amp; that is \t all 🚢,\u{201d} she said.</p>\n<p>Nothing here.</p>";

fn list(json: &str) -> Vec<Value> {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

#[test]
fn the_answer_is_what_the_library_says() {
    let found = quotations(STORY, Format::Html);
    let answered = list(&answer(STORY));
    assert_eq!(answered.len(), found.len());
    assert!(!found.is_empty());
    for (mut answered, found) in answered.into_iter().zip(found) {
        let said = serde_json::to_value(&found).expect("serializes");
        for name in ["text", "kind", "speaker", "mention", "channel", "outlet", "addressee", "date", "confidence"] {
            assert_eq!(answered[name].take(), said[name], "{name}");
        }
    }
}

#[test]
fn offsets_count_as_scripts_do() {
    let answered = list(&answer(STORY));
    let units: Vec<u16> = STORY.encode_utf16().collect();
    let place = |name: &str| answered[0][name].as_u64().expect("a number") as usize;
    let words = String::from_utf16(&units[place("start")..place("end")]).expect("whole characters");
    assert!(words.starts_with("We will") && words.ends_with("🚢,"), "{words}");
}

#[test]
fn the_page_is_answered_through_the_buffers() {
    // What the page does through memory, done through the same cells.
    assert!(!input(STORY.len()).is_null());
    INPUT.with_borrow_mut(|input| input.copy_from_slice(STORY.as_bytes()));
    let length = find();
    assert!(!output().is_null());
    OUTPUT.with_borrow(|output| assert_eq!((output.len(), output.as_str()), (length, answer(STORY).as_str())));
}

#[test]
fn broken_bytes_and_nothing_at_all_are_answered() {
    input(3);
    INPUT.with_borrow_mut(|input| input.copy_from_slice(&[0xff, b'"', 0xc3]));
    assert_eq!(find(), 2);
    input(0);
    assert_eq!(find(), 2);
}
