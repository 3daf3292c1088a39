//! The browser's door to the quotation library: the editor underlines with the same rules by which the desk records.
//!
//! The built file is committed as `web/dist/quotation.wasm` and embedded in the binary, so that a machine without the
//! wasm target builds the whole; `npm run wasm` in `web/` makes it anew.
//!
//! # How the page calls it
//!
//! Three exports over plain numbers, so that no binding generator is needed: `input(bytes)` answers where the text (HTML in
//! UTF-8) is to be written, `find()` looks and answers the length of its JSON, `output()` says where that stands.
//!
//! # Invariants
//!
//! - Offsets are UTF-16 code units of the input, as scripts count; a speaker whom the text does not name is none, as at
//!   the desk; everything else is as the library says.
//! - No pointer from outside is ever followed: the page writes into a buffer that stays ours.
//! - Absent on purpose: dependencies beyond the library, so that the file is small and carries no one else's licence.
// An exported name must not be mangled; the lint counts that as unsafe. There is no unsafe block in here.
#![allow(unsafe_code)]

mod json;

use std::cell::RefCell;

use onrecord_quotation::{Format, Quotation, quotations};

/// A longer input is answered with no quotations: the desk takes no story of that size.
const MAX_INPUT: usize = 16 << 20;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Makes room for an input of that many bytes and says where it is to be written.
#[unsafe(no_mangle)]
pub extern "C" fn input(bytes: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        input.clear();
        input.resize(bytes.min(MAX_INPUT), 0);
        input.as_mut_ptr()
    })
}

/// Finds the quotations of the input; answers the length of the JSON.
#[unsafe(no_mangle)]
pub extern "C" fn find() -> usize {
    let json = INPUT.with_borrow(|input| answer(&String::from_utf8_lossy(input)));
    let length = json.len();
    OUTPUT.set(json);
    length
}

/// Where the JSON of the last answer stands, until the next one.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    OUTPUT.with_borrow(|output| output.as_ptr())
}

/// The quotations of an HTML text as a JSON list.
fn answer(html: &str) -> String {
    let found = quotations(html, Format::Html);
    let places = Places::of(html, &found);
    let mut out = String::from("[");
    for (at, quotation) in found.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(&mut out, quotation, &places);
    }
    out.push(']');
    out
}

fn write(out: &mut String, quotation: &Quotation, places: &Places) {
    let speaker = quotation.speaker.as_ref().filter(|speaker| speaker.named);
    let channel = &quotation.channel;
    let mut object = json::Object::begin(out);
    object.number("start", places.at(quotation.span.start));
    object.number("end", places.at(quotation.span.end));
    object.text("text", Some(&quotation.text));
    object.text("kind", Some(quotation.kind.name()));
    object.text("speaker", speaker.map(|speaker| speaker.name.as_str()));
    object.text("mention", speaker.map(|speaker| speaker.mention.as_str()));
    object.text("channel", Some(channel.medium.name()));
    object.text("outlet", channel.outlet.as_deref());
    object.text("addressee", channel.addressee.as_deref());
    object.text("date", channel.date.map(|date| date.to_string()).as_deref());
    object.share("confidence", quotation.confidence);
    object.end();
}

/// From Unicode scalar values to UTF-16 code units, at the places that are asked for.
struct Places(Vec<(usize, usize)>);

impl Places {
    fn of(text: &str, found: &[Quotation]) -> Places {
        let mut wanted: Vec<usize> =
            found.iter().flat_map(|quotation| [quotation.span.start, quotation.span.end]).collect();
        wanted.sort_unstable();
        let mut chars = text.chars();
        let (mut scalars, mut units) = (0, 0);
        let known = wanted.into_iter().map(|place| {
            units += chars.by_ref().take(place - scalars).map(char::len_utf16).sum::<usize>();
            scalars = place;
            (place, units)
        });
        Places(known.collect())
    }

    fn at(&self, place: usize) -> usize {
        self.0.binary_search_by_key(&place, |known| known.0).map_or(0, |at| self.0[at].1)
    }
}

#[cfg(test)]
mod tests;
