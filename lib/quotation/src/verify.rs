//! A quotation against its source, word for word.
//!
//! The quotation is cut at its ellipses; each piece is looked for in the source as it stands (folded for case and
//! typography, so that these differences are seen and named, not missed), and where it does not stand so, it is aligned
//! with the likeliest place to say what differs. What a house allows is its [`Profile`]; a word changed, added, dropped
//! without a mark, moved, or a negation lost is altered in every profile.
//!
//! ```
//! use onrecord_quotation::verify::{Profile, Source, Verdict};
//!
//! let source = Source::new("We will not, uh, close the bridge this year.");
//! let check = |words| source.check(words, Profile::Standard).verdict;
//! assert_eq!(check("close the bridge"), Verdict::Exact);
//! assert_eq!(check("Close the … year,"), Verdict::AllowedEdit);
//! assert_eq!(check("We will close the bridge"), Verdict::Altered);
//! assert_eq!(check("The tunnel has been open since May"), Verdict::NotFound);
//! ```

mod align;
mod pieces;

use crate::report::{Characters, Span};
use align::Aligned;
use pieces::{Piece, Word};

/// What a house lets its reporters change without a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Only a marked ellipsis and [brackets].
    Strict,
    /// Also the case of the first letter, the punctuation at the end, and typographic marks (curly or straight, dashes).
    Standard,
    /// Also hesitations left out: um, uh, er.
    Light,
}

/// The outcome of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The words stand in the source as quoted.
    Exact,
    /// They differ only as the profile allows.
    AllowedEdit,
    /// They stand there changed.
    Altered,
    /// Nothing like them stands there.
    NotFound,
}

/// What was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EditKind {
    /// Words left out behind an ellipsis.
    Ellipsis,
    /// Words replaced or explained in brackets.
    Bracket,
    /// A capital or small letter.
    Case,
    /// Punctuation.
    Punctuation,
    /// Curly or straight marks, dashes, ligatures of the keyboard.
    Typography,
    /// A hesitation left out.
    Filler,
    /// A word of the source left out without a mark.
    Dropped,
    /// A word the source does not have.
    Added,
    /// Another word.
    Changed,
    /// A word moved.
    Reordered,
    /// A negation lost or put in.
    Negated,
}

impl EditKind {
    /// Its name in a word, as tables and JSON have it.
    pub fn name(self) -> &'static str {
        match self {
            EditKind::Ellipsis => "ellipsis",
            EditKind::Bracket => "bracket",
            EditKind::Case => "case",
            EditKind::Punctuation => "punctuation",
            EditKind::Typography => "typography",
            EditKind::Filler => "filler",
            EditKind::Dropped => "dropped",
            EditKind::Added => "added",
            EditKind::Changed => "changed",
            EditKind::Reordered => "reordered",
            EditKind::Negated => "negated",
        }
    }
}

/// One difference between quotation and source. Spans are Unicode scalar values of each text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What kind of difference.
    pub kind: EditKind,
    /// Does the profile allow it?
    pub allowed: bool,
    /// Where in the quotation.
    pub quotation: Span,
    /// Where in the source.
    pub source: Span,
    /// The words of the quotation.
    pub quoted: String,
    /// The words of the source.
    pub original: String,
}

/// The outcome of a check with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The verdict.
    pub verdict: Verdict,
    /// Where the words stand in the source, from the first to the last.
    pub source: Option<Span>,
    /// All differences, in the order of the quotation.
    pub edits: Vec<Edit>,
}

impl Check {
    fn not_found() -> Self {
        Check { verdict: Verdict::NotFound, source: None, edits: Vec::new() }
    }
}

/// Words of a quotation beyond this are compared as they stand but not aligned: nobody quotes a book.
const ALIGNED_WORDS: usize = 3_000;
/// Share of a piece's words that must be found for it to count as the same words altered.
const FOUND: (usize, usize) = (1, 2);

/// A source text made ready for many checks.
pub struct Source<'a> {
    text: &'a str,
    chars: Characters<'a>,
    words: Vec<Word>,
}

impl<'a> Source<'a> {
    /// Reads the source once.
    pub fn new(text: &'a str) -> Self {
        let text = if text.len() > crate::MAX_INPUT { "" } else { text };
        Source { text, chars: Characters::new(text), words: pieces::words(text) }
    }

    /// Compares a quotation with the source.
    pub fn check(&self, quotation: &str, profile: Profile) -> Check {
        if quotation.len() > crate::MAX_INPUT {
            return Check::not_found();
        }
        let parts = pieces::cut(quotation);
        if parts.is_empty() {
            return Check::not_found();
        }
        let Some(aligned) = self.align(quotation, &parts) else {
            return Check::not_found();
        };
        self.report(quotation, &parts, &aligned, profile)
    }

    /// One alignment a piece, in the order of the source if there is one.
    fn align(&self, quotation: &str, parts: &[Piece]) -> Option<Vec<Aligned>> {
        let mut from = 0;
        let mut out: Vec<Aligned> = Vec::with_capacity(parts.len());
        for part in parts {
            let exact = align::exact(&self.words, self.text, quotation, part, from)
                .or_else(|| if from > 0 { align::exact(&self.words, self.text, quotation, part, 0) } else { None });
            let aligned = match exact {
                Some(a) => a,
                None if part.words.len() > ALIGNED_WORDS => return None,
                None => align::nearest(&self.words, self.text, quotation, part, from)?,
            };
            from = aligned.end;
            out.push(aligned);
        }
        let words: usize = parts.iter().map(|p| p.words.len()).sum();
        let same: usize = out.iter().map(|a| a.same).sum();
        (same * FOUND.1 >= words * FOUND.0 && same > 0).then_some(out)
    }

    fn report(&self, quotation: &str, parts: &[Piece], aligned: &[Aligned], profile: Profile) -> Check {
        let chars = Characters::new(quotation);
        let mut edits = Vec::new();
        for (n, a) in aligned.iter().enumerate() {
            if n > 0 {
                self.gap(quotation, &parts[n - 1], &parts[n], &aligned[n - 1], a, &mut edits);
            }
            edits.extend(a.edits.iter().cloned());
        }
        let last = edits.len();
        let edits: Vec<Edit> = edits
            .into_iter()
            .map(|e| {
                let q = (chars.at(e.quotation.0), chars.at(e.quotation.1));
                let s = (self.chars.at(e.source.0), self.chars.at(e.source.1));
                Edit {
                    kind: e.kind,
                    allowed: allowed(&e, profile),
                    quotation: Span { start: q.0, end: q.1 },
                    source: Span { start: s.0, end: s.1 },
                    quoted: quotation[e.quotation.0..e.quotation.1].to_owned(),
                    original: self.text[e.source.0..e.source.1].to_owned(),
                }
            })
            .collect();
        let verdict = if last == 0 {
            Verdict::Exact
        } else if edits.iter().all(|e| e.allowed) {
            Verdict::AllowedEdit
        } else {
            Verdict::Altered
        };
        let start = aligned.iter().map(|a| self.words[a.start].start as usize).min().unwrap_or(0);
        let end = aligned.iter().map(|a| self.words[a.end - 1].end as usize).max().unwrap_or(0);
        Check { verdict, source: Some(Span { start: self.chars.at(start), end: self.chars.at(end) }), edits }
    }

    /// The words an ellipsis stands for: an allowed cut, unless it goes backwards or hides a lone negation.
    fn gap(
        &self,
        quotation: &str,
        before: &Piece,
        after: &Piece,
        a: &Aligned,
        b: &Aligned,
        out: &mut Vec<align::RawEdit>,
    ) {
        let q = (before.end.min(quotation.len()), after.start.max(before.end));
        if b.start < a.end {
            let s = (self.words[b.start].start as usize, self.words[b.end - 1].end as usize);
            out.push(align::RawEdit {
                kind: EditKind::Reordered,
                quotation: (after.start, after.end),
                source: s,
                edge: false,
            });
            return;
        }
        let cut = &self.words[a.end..b.start];
        let s = match (cut.first(), cut.last()) {
            (Some(f), Some(l)) => (f.start as usize, l.end as usize),
            _ => (self.words[b.start].start as usize, self.words[b.start].start as usize),
        };
        let between = &self.text[self.words[a.end - 1].end as usize..self.words[b.start].start as usize];
        if cut.is_empty() && (between.contains("..") || between.contains('\u{2026}') || between.contains(". .")) {
            // The source itself has the ellipsis.
            return;
        }
        let hides = cut.len() <= SHORT_CUT && cut.iter().any(|w| w.negates);
        let kind = if hides { EditKind::Negated } else { EditKind::Ellipsis };
        out.push(align::RawEdit { kind, quotation: q, source: s, edge: false });
    }
}

/// An ellipsis over no more words than this that swallows a "not" hides nothing but the negation. Over more words it is
/// a cut like any other: the profile names it, and the reader of the source sees it.
const SHORT_CUT: usize = 1;

fn allowed(e: &align::RawEdit, profile: Profile) -> bool {
    match e.kind {
        EditKind::Ellipsis | EditKind::Bracket => true,
        // At the edge: the first letter, the last mark.
        EditKind::Case | EditKind::Punctuation => e.edge && profile != Profile::Strict,
        EditKind::Typography => profile != Profile::Strict,
        EditKind::Filler => profile == Profile::Light,
        EditKind::Dropped | EditKind::Added | EditKind::Changed | EditKind::Reordered | EditKind::Negated => false,
    }
}

/// Compares a quotation with a source once. For many quotations make a [`Source`].
pub fn verify(quotation: &str, source: &str, profile: Profile) -> Check {
    Source::new(source).check(quotation, profile)
}
