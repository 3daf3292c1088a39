//! Anchors: the words of a quotation at their place in a page, for machines and for a reader's browser.
//!
//! The selector is the TextQuoteSelector of the W3C Web Annotation Data Model; the link is a text fragment as the WICG
//! draft "URL Fragment Text Directives" has it.
//!
//! ```
//! use onrecord_quotation::{Span, anchor};
//!
//! let page = "The mayor spoke. We will not close it. The council agreed.";
//! let selector = anchor::selector(page, Span { start: 17, end: 37 });
//! assert_eq!(selector.exact, "We will not close it");
//! assert_eq!(anchor::link("https://example.org/a", page, &selector),
//!            "https://example.org/a#:~:text=We%20will%20not%20close%20it");
//! ```

use serde::Serialize;

use crate::report::Span;

/// A W3C TextQuoteSelector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextQuoteSelector {
    /// Always `TextQuoteSelector`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The words themselves.
    pub exact: String,
    /// What stands before them.
    pub prefix: String,
    /// What stands behind them.
    pub suffix: String,
}

/// Characters of context on each side: enough to tell repeats apart, short enough to survive edits nearby.
const CONTEXT: usize = 32;
/// A fragment of more characters names only the first and the last words.
const WHOLE: usize = 200;
/// Words named at each end of a long fragment, and of context.
const WORDS: usize = 4;

/// The selector of a stretch of a text, in Unicode scalar values. A stretch beyond the text is cut to it.
pub fn selector(text: &str, span: Span) -> TextQuoteSelector {
    let at = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(i, _)| i);
    let start = at(span.start);
    let end = at(span.end.max(span.start));
    let before: Vec<char> = text[..start].chars().rev().take(CONTEXT).collect();
    TextQuoteSelector {
        kind: "TextQuoteSelector",
        exact: text[start..end].to_owned(),
        prefix: before.into_iter().rev().collect(),
        suffix: text[end..].chars().take(CONTEXT).collect(),
    }
}

/// A link to the words on the page at `url` whose visible text is `text`.
///
/// Context is named only where the words stand more than once.
pub fn link(url: &str, text: &str, selector: &TextQuoteSelector) -> String {
    let exact = squeeze(&selector.exact);
    let page = squeeze(text);
    let mut out = String::from(url);
    if !url.contains('#') {
        out.push('#');
    }
    out.push_str(":~:text=");
    let repeated = !exact.is_empty() && page.matches(exact.as_str()).nth(1).is_some();
    if repeated {
        let before = squeeze(&selector.prefix);
        let words: Vec<&str> = before.split(' ').collect();
        let tail = words[words.len().saturating_sub(WORDS)..].join(" ");
        if !tail.is_empty() {
            escape(&tail, &mut out);
            out.push_str("-,");
        }
    }
    let words: Vec<&str> = exact.split(' ').collect();
    if exact.chars().count() > WHOLE && words.len() > WORDS * 2 {
        escape(&words[..WORDS].join(" "), &mut out);
        out.push(',');
        escape(&words[words.len() - WORDS..].join(" "), &mut out);
    } else {
        escape(&exact, &mut out);
    }
    if repeated {
        let after = squeeze(&selector.suffix);
        let head = after.split(' ').take(WORDS).collect::<Vec<_>>().join(" ");
        if !head.is_empty() {
            out.push_str(",-");
            escape(&head, &mut out);
        }
    }
    out
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Percent-encoding; the dash, the comma and the ampersand have a meaning in the directive and are encoded too.
fn escape(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'~' | b'!' | b'\'' | b'(' | b')' | b'*') {
            out.push(b as char);
        } else {
            out.push('%');
            out.push(HEX[usize::from(b >> 4)] as char);
            out.push(HEX[usize::from(b & 15)] as char);
        }
    }
}
