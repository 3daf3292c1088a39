//! The visible text of an input and the way back to the input's own offsets.

use std::borrow::Cow;

/// What a block of the text is; attribution treats them differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Paragraph,
    Heading,
    Caption,
    /// A block quotation: words of another without marks.
    Quotation,
}

/// A block of visible text: a byte range of `View::text`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub start: usize,
    pub end: usize,
    pub kind: BlockKind,
}

/// A stretch of the view that lies in the input byte for byte.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub view: usize,
    pub source: usize,
    pub len: usize,
    /// Bytes of the input that these `len` bytes of the view stand for (differs for `&quot;` and the like).
    pub source_len: usize,
}

/// Visible text, its blocks, and where each byte came from.
pub(crate) struct View<'a> {
    pub text: Cow<'a, str>,
    pub blocks: Vec<Block>,
    /// Empty when the view is the input itself.
    pub pieces: Vec<Piece>,
}

impl View<'_> {
    /// The byte of the input at which the byte `at` of the view begins; `after` asks for the end of the byte before.
    pub(crate) fn source(&self, at: usize, after: bool) -> usize {
        if self.pieces.is_empty() {
            return at;
        }
        let key = if after { at.saturating_sub(1) } else { at };
        let i = self.pieces.partition_point(|p| p.view <= key);
        let Some(p) = i.checked_sub(1).and_then(|i| self.pieces.get(i)) else {
            return 0;
        };
        let inside = at - p.view;
        if p.len != p.source_len {
            return if after { p.source + p.source_len } else { p.source };
        }
        p.source + inside.min(p.source_len)
    }
}

/// The view of plain text: the text itself, a block a paragraph.
pub(crate) fn plain(text: &str) -> View<'_> {
    View { text: Cow::Borrowed(text), blocks: lines(text, wrapped(text)), pieces: Vec::new() }
}

/// Shortest and longest line of text that a mail program or a terminal would have wrapped.
const WRAP: std::ops::RangeInclusive<usize> = 40..=100;
/// Fewer line breaks than this say nothing about wrapping.
const WRAP_SAMPLE: usize = 6;

/// Are single line breaks inside paragraphs mere wrapping? True if nearly all broken lines have a page's width.
fn wrapped(text: &str) -> bool {
    let (mut all, mut fits) = (0usize, 0usize);
    let mut previous: Option<&str> = None;
    for line in text.split('\n') {
        let line = line.trim_end();
        if let (Some(p), false) = (previous, line.is_empty()) {
            all += 1;
            fits += usize::from(WRAP.contains(&p.len()));
        }
        previous = (!line.is_empty()).then_some(line);
    }
    all >= WRAP_SAMPLE && fits * 10 >= all * 9
}

fn lines(text: &str, wrapped: bool) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut at = 0;
    let mut fresh = true;
    for line in text.split('\n') {
        let end = at + line.len();
        if line.trim().is_empty() {
            fresh = true;
        } else if wrapped && !fresh {
            if let Some(b) = out.last_mut() {
                b.end = end;
            }
        } else {
            out.push(Block { start: at, end, kind: BlockKind::Paragraph });
            fresh = false;
        }
        at = end + 1;
    }
    out
}
