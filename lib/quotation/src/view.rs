//! The visible text of an input and the way back to the input's own offsets.
//!
//! Every rule works on the view; only the last step maps a stretch of it back, so that markup in the input never
//! confuses a rule and never shifts an offset.

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

/// A stretch of the view and the stretch of the input it stands for.
#[derive(Clone, Copy, Debug)]
struct Piece {
    view: usize,
    source: usize,
    len: usize,
    /// Differs from `len` for `&quot;` and the like.
    source_len: usize,
}

/// Visible text, its blocks, and where each byte came from.
pub(crate) struct View<'a> {
    pub text: Cow<'a, str>,
    pub blocks: Vec<Block>,
    /// Empty when the view is the input itself.
    pieces: Vec<Piece>,
}

impl View<'_> {
    /// The byte of the input where the byte `at` of the view begins.
    pub(crate) fn start(&self, at: usize) -> usize {
        match self.piece(at) {
            None => at,
            Some(p) if p.len != p.source_len => p.source,
            Some(p) => p.source + (at - p.view).min(p.len),
        }
    }

    /// The byte of the input where the byte before `at` of the view ends.
    pub(crate) fn end(&self, at: usize) -> usize {
        match self.piece(at.saturating_sub(1)) {
            None => at,
            Some(p) if p.len != p.source_len => p.source + p.source_len,
            Some(p) => p.source + (at - p.view).min(p.len),
        }
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        if self.pieces.is_empty() {
            return None;
        }
        let i = self.pieces.partition_point(|p| p.view <= at);
        self.pieces.get(i.saturating_sub(1))
    }
}

/// Collects the view of marked-up text.
pub(crate) struct Builder<'a> {
    source: &'a str,
    text: String,
    pieces: Vec<Piece>,
    blocks: Vec<Block>,
    start: usize,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        let text = String::with_capacity(source.len());
        Builder { source, text, pieces: Vec::new(), blocks: Vec::new(), start: 0 }
    }

    /// Visible text exactly as the bytes `from..to` of the input have it.
    pub(crate) fn copy(&mut self, from: usize, to: usize) {
        if from >= to {
            return;
        }
        let view = self.text.len();
        self.text.push_str(&self.source[from..to]);
        match self.pieces.last_mut() {
            Some(p) if p.len == p.source_len && p.source + p.source_len == from && p.view + p.len == view => {
                p.len += to - from;
                p.source_len += to - from;
            }
            _ => self.pieces.push(Piece { view, source: from, len: to - from, source_len: to - from }),
        }
    }

    /// Visible text that the bytes `from..to` of the input stand for.
    pub(crate) fn stand_in(&mut self, text: &str, from: usize, to: usize) {
        if text.is_empty() {
            return;
        }
        let view = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece { view, source: from, len: text.len(), source_len: to - from });
    }

    /// Ends the block at hand, if it holds anything visible. "— Jane Smith" below the words of a block quotation names
    /// who said them.
    pub(crate) fn end_block(&mut self, kind: BlockKind) {
        let end = self.text.len();
        let words = self.text[self.start..end].trim();
        if !words.is_empty() {
            let below = self.blocks.last().is_some_and(|last| last.kind == BlockKind::Quotation);
            let credit = below && words.len() <= CREDIT_LINE && words.starts_with(['\u{2014}', '\u{2013}', '\u{2015}']);
            let kind = if credit && kind == BlockKind::Quotation { BlockKind::Caption } else { kind };
            self.blocks.push(Block { start: self.start, end, kind });
        }
        // A separator keeps words of two blocks apart; it belongs to neither.
        self.text.push('\n');
        self.start = self.text.len();
    }

    pub(crate) fn finish(mut self, kind: BlockKind) -> View<'a> {
        self.end_block(kind);
        if self.pieces.is_empty() {
            self.pieces.push(Piece { view: 0, source: 0, len: 0, source_len: 0 });
        }
        View { text: Cow::Owned(self.text), blocks: self.blocks, pieces: self.pieces }
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
        let trimmed = line.trim();
        if trimmed.is_empty() {
            fresh = true;
        } else if wrapped && !fresh {
            if let Some(b) = out.last_mut() {
                b.end = end;
            }
        } else {
            out.push(Block { start: at, end, kind: kind_of_line(trimmed) });
            fresh = false;
        }
        at = end + 1;
    }
    out
}

/// Longest line, in bytes, that can be a photo credit.
const CREDIT_LINE: usize = 160;

/// Photo credits in plain text: "Jane Smith | Agency", "Photo: Jane Smith", "© Agency".
fn kind_of_line(line: &str) -> BlockKind {
    let credit = line.len() <= CREDIT_LINE
        && !line.ends_with(['.', '!', '?', '"', '\u{201d}', '\u{201c}', ':'])
        && (line.contains(" | ") || line.contains('\u{a9}') || line.starts_with("Photo") || line.starts_with("Foto"));
    if credit { BlockKind::Caption } else { BlockKind::Paragraph }
}
