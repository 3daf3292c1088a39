//! Quotations on the record: find them, name who said them, tell by which channel, check them word for word.
//!
//! # Example
//!
//! ```
//! use onrecord_quotation::{Format, Medium, quotations};
//!
//! let story = "Ana Brandt, the mayor, told the Harbour Post that the bridge would stay.\n\n\
//!              \"We will not close it,\" she said.";
//! let found = quotations(story, Format::Plain);
//! assert_eq!(found[0].text, "We will not close it,");
//! assert_eq!(found[0].speaker.as_ref().unwrap().name, "Ana Brandt");
//! assert_eq!(found[0].channel.medium, Medium::Interview);
//! assert_eq!(found[0].channel.outlet.as_deref(), Some("Harbour Post"));
//! ```
//!
//! # Method
//!
//! No model and no data: rules over closed word classes (cue verbs, titles, roles, prepositions, given names as a hint
//! for gender) in English and German, in one pass.
//!
//! 1. `view`, `html`, `markdown`: the visible text, with the way back to the input's offsets.
//! 2. `lex`: tokens; `marks`: pairs of quotation marks however they were typed; `doc`: sentences.
//! 3. `phrase`: noun phrases; `people`: surnames and pronouns to people; `frame`: verbs of speech with their subject.
//! 4. `story`: sentence by sentence, which frame each marked stretch belongs to; `judge`: whether it is a quotation.
//! 5. `channel`, `date`: by which way and when; `report`: what callers get.
//! 6. `verify`: a quotation against its source; `anchor`: selectors and links to the very words.
//!
//! The cues that pay, measured by the field: inversion after a comma, appositives, and remembering the speaker of
//! indirect speech for the pronouns that follow (Pareti 2012 on attribution; Newell et al. 2018, PolNeAR; Muzny et al.
//! 2017 on fiction). Selectors follow the W3C Web Annotation Data Model; links follow the WICG text-fragment draft.
//!
//! # Invariants
//!
//! - Pure: no I/O, no clock, no randomness; the same input gives the same output, natively and in the browser.
//! - Offsets are Unicode scalar values over the input as it stands, markup included; spans never overlap and are in order.
//! - Linear in the input, and no panic on any input.
//! - Absent on purpose: names, places or phrases of particular stories; anything learned from a corpus.
// The rules read as they are argued: "not (a and not b)".
#![allow(clippy::nonminimal_bool)]
#![forbid(unsafe_code)]

pub mod anchor;
mod assign;
mod channel;
mod date;
mod doc;
mod frame;
mod html;
mod judge;
mod lex;
mod markdown;
mod marks;
mod medium;
mod people;
mod phrase;
mod report;
mod story;
mod subject;
pub mod verify;
mod view;
mod words;

#[cfg(test)]
mod tests;

pub use channel::Channel;
pub use date::{Date, Precision};
pub use medium::Medium;
pub use report::{Kind, Quotation, Span, Speaker};

/// How the input is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text as it is read.
    Plain,
    /// An HTML page or fragment.
    Html,
    /// Markdown.
    Markdown,
}

impl Format {
    /// The format a file's name tells, if it tells one.
    pub fn of_name(name: &str) -> Option<Format> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "html" | "htm" | "xhtml" => Some(Format::Html),
            "md" | "markdown" => Some(Format::Markdown),
            "txt" | "text" => Some(Format::Plain),
            _ => None,
        }
    }

    /// The format the text itself shows: HTML by its block tags, Markdown only by unmistakable structure.
    pub fn detect(text: &str) -> Format {
        let head: &str = {
            let mut n = text.len().min(DETECTED);
            while !text.is_char_boundary(n) {
                n -= 1;
            }
            &text[..n]
        };
        let start = head.trim_start();
        let doctype =
            start.get(..5).is_some_and(|s| s.eq_ignore_ascii_case("<!doc") || s.eq_ignore_ascii_case("<html"));
        let closed =
            ["</p>", "</div>", "</blockquote>", "</li>", "</h1>", "</h2>", "</article>", "</body>", "</figure>"];
        if doctype || closed.iter().any(|t| head.contains(t)) {
            return Format::Html;
        }
        let mut signs = 0;
        for line in head.lines() {
            let l = line.trim_start();
            signs += usize::from(
                l.starts_with("# ") || l.starts_with("## ") || l.starts_with("### ") || l.starts_with("> "),
            );
            signs += usize::from(l.contains("](http") || l.contains("](/"));
        }
        if signs >= 1 { Format::Markdown } else { Format::Plain }
    }
}

/// How much of a text is looked at to tell its format.
const DETECTED: usize = 64 * 1024;

/// Largest input, in bytes: token offsets are 32 bits wide. A longer text has no quotations as far as we can tell.
pub const MAX_INPUT: usize = 1 << 31;

/// All quotations of a text, in order, with speakers and channels.
pub fn quotations(text: &str, format: Format) -> Vec<Quotation> {
    if text.len() > MAX_INPUT {
        return Vec::new();
    }
    let view = match format {
        Format::Plain => view::plain(text),
        Format::Html => html::view(text),
        Format::Markdown => markdown::view(text),
    };
    let story = story::read(doc::Doc::new(&view));
    report::quotations(text, &view, &story)
}
