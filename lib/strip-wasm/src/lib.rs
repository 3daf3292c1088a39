//! The browser's door to publication copies and previews: a tip's files are open nowhere else, so they are made there.
//!
//! The built file is committed as `web/dist/strip.wasm` and embedded in the binary; `npm run wasm` in `web/` makes it anew.
//!
//! # How the worker calls it
//!
//! Exports over plain numbers, so that no binding generator is needed: `input(bytes)` answers where the file is to be written,
//! `copy()` and `preview()` work on it and answer the length of their JSON, `output()` says where that stands. The bytes of a
//! copy and the JPEGs of a preview are parts: `part(n)` says where the part begins, `part_length(n)` how long it is.
//!
//! `copy()`: `{"kind": "image/jpeg", "extension": "jpg", "notes": ["turned"]}` with one part, or `{"refused": "broken"}`.
//! `preview()`: `{"pictures": [{"width", "height", "text"}], "of": 12}` with a part for each, or `{"text", "more"}`, or
//! `{"refused"}`.
//!
//! # Invariants
//!
//! - One instance for one file: memory that was taken is given back only with the instance.
//! - A panic, or a want of more memory than `build.rs` grants, ends the instance with a trap; the worker says "broken".
//! - No pointer from outside is ever followed: the worker writes into a buffer that stays ours.
// An exported name must not be mangled; the lint counts that as unsafe. There is no unsafe block in here.
#![allow(unsafe_code)]

use std::cell::RefCell;

use onrecord_strip::{Preview, limits::MAX_INPUT, publication_copy};
use serde_json::{Value, json};

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<String> = const { RefCell::new(String::new()) };
    static PARTS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for a file of that many bytes and says where it is to be written; nowhere (0) if it is too large.
#[unsafe(no_mangle)]
pub extern "C" fn input(bytes: usize) -> *mut u8 {
    if bytes > MAX_INPUT {
        return std::ptr::null_mut();
    }
    INPUT.with_borrow_mut(|input| {
        input.clear();
        input.resize(bytes, 0);
        input.as_mut_ptr()
    })
}

/// Makes the publication copy; answers the length of the JSON.
#[unsafe(no_mangle)]
pub extern "C" fn copy() -> usize {
    let (said, parts) = match INPUT.with_borrow(|input| publication_copy(input)) {
        Ok(copy) => {
            let notes: Vec<&str> = copy.notes.iter().map(|note| note.name()).collect();
            let said = json!({ "kind": copy.kind.media_type(), "extension": copy.kind.extension(), "notes": notes });
            (said, vec![copy.bytes])
        }
        Err(refused) => (json!({ "refused": refused.name() }), Vec::new()),
    };
    answer(&said, parts)
}

/// Makes the preview; answers the length of the JSON.
#[unsafe(no_mangle)]
pub extern "C" fn preview() -> usize {
    let (said, parts) = match INPUT.with_borrow(|input| onrecord_strip::preview(input)) {
        Preview::Pictures(pages, of) => {
            let pictures: Vec<Value> = pages
                .iter()
                .map(|page| json!({ "width": page.width, "height": page.height, "text": page.text }))
                .collect();
            (json!({ "pictures": pictures, "of": of }), pages.into_iter().map(|page| page.jpeg).collect())
        }
        Preview::Text(text, more) => (json!({ "text": text, "more": more }), Vec::new()),
        Preview::None(refused) => (json!({ "refused": refused.name() }), Vec::new()),
    };
    answer(&said, parts)
}

/// Where the JSON of the last answer stands, until the next one.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    OUTPUT.with_borrow(|output| output.as_ptr())
}

/// Where a part of the last answer begins; nowhere (0) if there is none of that number.
#[unsafe(no_mangle)]
pub extern "C" fn part(number: usize) -> *const u8 {
    PARTS.with_borrow(|parts| parts.get(number).map_or(std::ptr::null(), |part| part.as_ptr()))
}

/// How long a part of the last answer is.
#[unsafe(no_mangle)]
pub extern "C" fn part_length(number: usize) -> usize {
    PARTS.with_borrow(|parts| parts.get(number).map_or(0, Vec::len))
}

fn answer(said: &Value, parts: Vec<Vec<u8>>) -> usize {
    let said = said.to_string();
    let length = said.len();
    PARTS.set(parts);
    OUTPUT.set(said);
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(file: &[u8], question: extern "C" fn() -> usize) -> Value {
        assert!(!input(file.len()).is_null());
        INPUT.with_borrow_mut(|input| input.copy_from_slice(file));
        let length = question();
        OUTPUT.with_borrow(|output| {
            assert_eq!(output.len(), length);
            serde_json::from_str(output).expect("JSON")
        })
    }

    #[test]
    fn a_copy_is_answered_with_its_bytes() {
        let said = ask(b"\xef\xbb\xbfThe filing\r\n", copy);
        assert_eq!(said, json!({ "kind": "text/plain", "extension": "txt", "notes": [] }));
        assert_eq!(PARTS.with_borrow(|parts| parts[0].clone()), b"The filing\n");
        assert_eq!((part_length(0), part_length(1)), (11, 0));
        assert!(!part(0).is_null() && part(1).is_null() && !output().is_null());
    }

    #[test]
    fn what_cannot_be_copied_or_shown_is_refused_by_name() {
        assert_eq!(ask(b"<svg onload=alert(1)>", copy), json!({ "refused": "active" }));
        assert_eq!(ask(b"", copy), json!({ "refused": "empty" }));
        assert_eq!(ask(b"RIFF\0\0\0\0WAVE", preview), json!({ "refused": "nothing-to-show" }));
        assert!(input(MAX_INPUT + 1).is_null());
    }

    #[test]
    fn text_is_shown_as_text() {
        assert_eq!(ask(b"<svg onload=alert(1)>", preview), json!({ "text": "<svg onload=alert(1)>", "more": false }));
    }
}
