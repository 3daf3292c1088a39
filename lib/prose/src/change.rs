//! What a parser altered, so that nothing is dropped silently.

use crate::Document;
use crate::limits;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

/// A document made fit, and what had to be altered for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cleaned {
    /// The document.
    pub document: Document,
    /// What was altered; empty when the input was already fit.
    pub changes: Vec<Change>,
}

/// What kind of alteration a [`Change`] names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Script, style sheets, event handlers, plug-ins: removed.
    ActiveContent,
    /// A link whose scheme or form is not allowed; its text is kept.
    Link,
    /// An element or node that the document has no form for; its text is kept.
    Unwrapped,
    /// A frame, player or widget, replaced by a link to it.
    Embed,
    /// A picture that is not in the library: its caption and credit are kept.
    Picture,
    /// Nested deeper than the limit; the text is kept.
    TooDeep,
    /// Longer than the limit; cut.
    TooLong,
    /// Moved or reshaped to fit the document's rules.
    Reshaped,
    /// A placeholder of another system whose content is not in the input.
    Missing,
    /// Could not be read as what it claimed to be; the text found in it is kept.
    Unreadable,
    /// Further changes, counted only.
    More,
}

/// One kind of alteration, with the first place it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What was done.
    pub kind: ChangeKind,
    /// The beginning of what was altered.
    pub excerpt: String,
    /// Why, as a sentence for a person.
    pub reason: Cow<'static, str>,
    /// How often.
    pub count: usize,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)?;
        if !self.excerpt.is_empty() {
            write!(f, ": {}", self.excerpt)?;
        }
        if self.count > 1 {
            write!(f, " ({} times)", self.count)?;
        }
        Ok(())
    }
}

/// Collects changes while parsing; equal ones are counted together.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    list: Vec<Change>,
    seen: HashMap<(ChangeKind, Cow<'static, str>), usize>,
    more: usize,
}

impl Changes {
    pub(crate) fn note(&mut self, kind: ChangeKind, excerpt: &str, reason: impl Into<Cow<'static, str>>) {
        let reason = reason.into();
        if let Some(&at) = self.seen.get(&(kind, reason.clone())) {
            self.list[at].count += 1;
            return;
        }
        if self.list.len() >= limits::CHANGES {
            self.more += 1;
            return;
        }
        self.seen.insert((kind, reason.clone()), self.list.len());
        self.list.push(Change { kind, excerpt: excerpt_of(excerpt), reason, count: 1 });
    }

    pub(crate) fn finish(mut self) -> Vec<Change> {
        if self.more > 0 {
            let count = self.more;
            self.list.push(Change {
                kind: ChangeKind::More,
                excerpt: String::new(),
                reason: "further changes are not listed".into(),
                count,
            });
        }
        self.list
    }
}

/// The first characters of a text, on one line.
pub(crate) fn excerpt_of(text: &str) -> String {
    let mut out = String::new();
    let mut chars = 0;
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            space = !out.is_empty();
            continue;
        }
        if chars >= limits::EXCERPT_CHARS {
            out.push('…');
            break;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
            chars += 1;
        }
        out.push(c);
        chars += 1;
    }
    out
}
