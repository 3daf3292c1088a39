//! The builder's state: open containers, open elements, the run of text being gathered.

use super::frames::{Frame, FrameKind};
use super::word::WordItem;
use super::{HtmlOptions, frames};
use crate::change::{ChangeKind, Changes};
use crate::document::{Level, Mark, Quotation};
use crate::{Block, Cleaned, Document, Inline, fit, limits, table, text};
use std::collections::HashMap;

/// An element that is open.
pub(super) struct Open {
    pub(super) name: String,
    pub(super) effect: Effect,
}

/// What the end of an element undoes.
pub(super) enum Effect {
    /// Ends a block.
    Boundary,
    /// Nothing.
    None,
    /// Takes as many marks off again.
    Marks(Vec<Mark>),
    /// Closes containers down to this many.
    Frames(usize),
    /// Ends a heading.
    Heading,
    /// Ends verbatim text.
    Verbatim,
    /// Ends the marker of a word processor's list.
    Marker,
    /// Puts a closing quotation mark.
    Quote,
}

pub(super) struct Builder<'a> {
    pub(super) options: &'a HtmlOptions<'a>,
    pub(super) changes: Changes,
    pub(super) frames: Vec<Frame>,
    pub(super) open: Vec<Open>,
    /// Elements too deep to be remembered, by name, so that their ends do not close outer ones.
    overflow: HashMap<String, usize>,
    /// Marks in force, in the order in which they began.
    pub(super) marks: Vec<Mark>,
    /// The same, sorted and without repetition, made when needed.
    fitted: Option<Vec<Mark>>,
    pub(super) run: Vec<Inline>,
    /// Nothing but space has been written since the block or the last break began.
    at_space: bool,
    /// A break has just been written: one line end after it says the same again.
    after_break: bool,
    pub(super) heading: Option<Level>,
    /// Verbatim text being gathered.
    pub(super) verbatim: Option<String>,
    /// Inside a poem: line ends are breaks.
    pub(super) verse: bool,
    /// Inside an element whose text is no part of the story, and what to say when there is some.
    pub(super) raw: Option<&'static str>,
    /// The next string is markup for browsers without script.
    pub(super) fallback: bool,
    /// Reading such markup: it is not looked for again inside.
    in_fallback: bool,
    /// Inside the marker of a word processor's list item, and the marker.
    pub(super) marker: Option<String>,
    /// Set for a paragraph that is really a list item.
    pub(super) word_item: Option<WordItem>,
    /// List items gathered from such paragraphs.
    pub(super) word_items: Vec<WordItem>,
    /// Pictures and embeds met inside a paragraph: they follow it.
    pub(super) pending: Vec<Block>,
    /// The last picture's address, because lazy loading writes it twice.
    pub(super) last_src: String,
}

impl<'a> Builder<'a> {
    pub(super) fn new(options: &'a HtmlOptions<'a>, changes: Changes) -> Self {
        Builder {
            options,
            changes,
            frames: vec![Frame::new(FrameKind::Root)],
            open: Vec::new(),
            overflow: HashMap::new(),
            marks: Vec::new(),
            fitted: None,
            run: Vec::new(),
            at_space: true,
            after_break: false,
            heading: None,
            verbatim: None,
            verse: false,
            raw: None,
            fallback: false,
            in_fallback: false,
            marker: None,
            word_item: None,
            word_items: Vec::new(),
            pending: Vec::new(),
            last_src: String::new(),
        }
    }

    pub(super) fn finish(mut self) -> Cleaned {
        self.end_verbatim();
        self.flush();
        while self.frames.len() > 1 {
            self.close_frame();
        }
        self.flush_word();
        let blocks = self.frames.pop().map(|frame| frame.blocks).unwrap_or_default();
        Cleaned { document: Document { blocks }, changes: self.changes.finish() }
    }

    pub(super) fn note(&mut self, kind: ChangeKind, excerpt: &str, reason: impl Into<std::borrow::Cow<'static, str>>) {
        self.changes.note(kind, excerpt, reason);
    }

    // Text.

    pub(super) fn text(&mut self, value: &str) {
        if let Some(reason) = self.raw {
            if !value.trim().is_empty() && !reason.is_empty() {
                self.note(ChangeKind::ActiveContent, value, reason);
            }
            return;
        }
        if std::mem::take(&mut self.fallback) && !self.in_fallback {
            self.in_fallback = true;
            super::feed(self, value);
            self.in_fallback = false;
            return;
        }
        if let Some(marker) = &mut self.marker {
            marker.push_str(value);
            return;
        }
        if let Some(verbatim) = &mut self.verbatim {
            // The standard ignores one line end right after the opening tag.
            let value = if verbatim.is_empty() { value.strip_prefix('\n').unwrap_or(value) } else { value };
            verbatim.push_str(value);
            return;
        }
        if self.options.autop || self.verse {
            let value = value.replace("\r\n", "\n").replace('\r', "\n");
            for (at, line) in value.split('\n').enumerate() {
                if at > 0 && !std::mem::take(&mut self.after_break) {
                    self.hard_break(false);
                }
                self.words(line);
            }
        } else {
            self.words(value);
        }
    }

    /// Appends text with its space folded as a browser folds it.
    fn words(&mut self, value: &str) {
        let mut folded = String::with_capacity(value.len());
        for c in value.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
                if !self.at_space {
                    folded.push(' ');
                }
                self.at_space = true;
            } else if !text::clean_text(c.encode_utf8(&mut [0; 4])).is_empty() {
                folded.push(c);
                self.at_space = false;
                self.after_break = false;
            }
        }
        if folded.is_empty() {
            return;
        }
        let marks = self.fitted.get_or_insert_with(|| fit::fit_marks(&self.marks)).clone();
        fit::push_inline(&mut self.run, Inline::Text(folded, marks));
    }

    /// A break: `written` when by an element, not by a line end.
    pub(super) fn hard_break(&mut self, written: bool) {
        if let Some(verbatim) = &mut self.verbatim {
            verbatim.push('\n');
            return;
        }
        self.after_break = written;
        self.at_space = true;
        // Two say what ten say: another paragraph.
        if !self.run.ends_with(&[Inline::HardBreak, Inline::HardBreak]) {
            self.run.push(Inline::HardBreak);
        }
    }

    // Marks.

    pub(super) fn add_marks(&mut self, marks: &[Mark]) {
        self.marks.extend_from_slice(marks);
        self.fitted = None;
    }

    pub(super) fn drop_marks(&mut self, marks: &[Mark]) {
        for mark in marks {
            if let Some(at) = self.marks.iter().rposition(|known| known == mark) {
                self.marks.remove(at);
            }
        }
        self.fitted = None;
    }

    // Open elements.

    /// Remembers an element; false when too many are open.
    pub(super) fn push_open(&mut self, name: &str, effect: Effect) -> bool {
        if self.open.len() >= limits::OPEN_ELEMENTS {
            *self.overflow.entry(name.to_owned()).or_default() += 1;
            self.note(ChangeKind::TooDeep, name, "elements nested too deeply; their text was kept");
            return false;
        }
        self.open.push(Open { name: name.to_owned(), effect });
        true
    }

    /// True when the end of such an element belongs to one that was too deep to be remembered.
    pub(super) fn pop_overflow(&mut self, name: &str) -> bool {
        match self.overflow.get_mut(name) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// Closes the element at `at` and the blocks opened inside it; marks opened inside go on, as they do
    /// in browsers, unless a cell or a caption ends.
    pub(super) fn close_at(&mut self, at: usize) {
        let ends_marks =
            matches!(self.open[at].name.as_str(), "td" | "th" | "caption" | "figcaption" | "figure" | "table");
        let inner = self.open.split_off(at);
        for (position, open) in inner.into_iter().enumerate().rev() {
            if let Effect::Marks(marks) = &open.effect
                && position > 0
                && !ends_marks
                && !marks.is_empty()
            {
                self.open.insert(at, open);
            } else {
                self.undo(open.effect);
            }
        }
    }

    fn undo(&mut self, effect: Effect) {
        match effect {
            Effect::None => {}
            Effect::Boundary => self.flush(),
            Effect::Marks(marks) => self.drop_marks(&marks),
            Effect::Frames(depth) => {
                self.flush();
                while self.frames.len() > depth.max(1) {
                    self.close_frame();
                }
            }
            Effect::Heading => {
                self.flush();
                self.heading = None;
            }
            Effect::Verbatim => self.end_verbatim(),
            Effect::Marker => {
                let marker = self.marker.take().unwrap_or_default();
                self.word_marker(&marker);
            }
            Effect::Quote => self.text("”"),
        }
    }

    // Blocks.

    /// Ends the run of text: it becomes a paragraph, a heading, or nothing.
    pub(super) fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        self.at_space = true;
        self.after_break = false;
        let parts = fit::split_paragraphs(run);
        let word_item = self.word_item.take();
        if let Some(level) = self.heading {
            if !parts.is_empty() {
                let run = fit::joined(parts);
                // A heading that is bold throughout says nothing by it.
                let bold =
                    run.iter().all(|i| i.is_blank() || matches!(i, Inline::Text(_, m) if m.contains(&Mark::Strong)));
                let run = if bold { fit::without_mark(run, &Mark::Strong) } else { run };
                self.push_block(Block::Heading(level, run));
            }
        } else if let Some(mut item) = word_item {
            item.run = fit::joined(parts);
            if !item.run.is_empty() {
                self.word_items.push(item);
            }
        } else {
            for part in parts {
                self.push_block(Block::Paragraph(part));
            }
        }
        for block in std::mem::take(&mut self.pending) {
            self.push_block(block);
        }
    }

    /// True for a picture that was just written: lazy loading repeats it for browsers without script.
    pub(super) fn is_lazy_copy(&self, src: &str) -> bool {
        self.in_fallback && src == self.last_src
    }

    pub(super) fn run_is_blank(&self) -> bool {
        self.run.iter().all(fit::is_void)
    }

    pub(super) fn end_verbatim(&mut self) {
        self.verse = false;
        if let Some(verbatim) = self.verbatim.take() {
            let verbatim = text::clean_verbatim(&verbatim);
            let verbatim = verbatim.trim_end_matches('\n');
            if !verbatim.trim().is_empty() {
                self.push_block(Block::Preformatted(verbatim.to_owned()));
            }
        } else {
            self.flush();
        }
    }

    pub(super) fn push_block(&mut self, block: Block) {
        self.flush_word();
        self.append(block);
    }

    /// Puts a block where it belongs: text between rows before the table, loose text in a list into an item.
    pub(super) fn append(&mut self, block: Block) {
        let mut at = self.frames.len() - 1;
        while at > 0 && self.frames[at].is_table_part() {
            at -= 1;
        }
        let frame = &mut self.frames[at];
        match &mut frame.kind {
            FrameKind::List(_, items) => match (items.last_mut(), &block) {
                (Some(item), Block::BulletList(_) | Block::OrderedList(..)) => item.0.push(block),
                _ => items.push(fit::fit_item(vec![block])),
            },
            _ => match (frame.blocks.last(), &block) {
                (Some(Block::Divider), Block::Divider) => {}
                _ => frame.blocks.push(block),
            },
        }
    }

    fn flush_word(&mut self) {
        let items = std::mem::take(&mut self.word_items);
        for block in super::word::lists(items) {
            self.append(block);
        }
    }

    // Containers.

    /// Opens a container for an element; false when too deep.
    pub(super) fn open_frame(&mut self, name: &str, kind: FrameKind) -> bool {
        self.flush();
        self.flush_word();
        if self.frames.len() >= limits::CONTAINERS {
            self.note(ChangeKind::TooDeep, name, "elements nested too deeply; their text was kept");
            self.push_open(name, Effect::Boundary);
            return false;
        }
        let depth = self.frames.len();
        if self.push_open(name, Effect::Frames(depth)) {
            self.frames.push(Frame::new(kind));
            true
        } else {
            false
        }
    }

    fn close_frame(&mut self) {
        self.flush();
        self.flush_word();
        let Some(Frame { kind, blocks }) = self.frames.pop() else { return };
        match kind {
            FrameKind::Root => self.frames.push(Frame { kind: FrameKind::Root, blocks }),
            FrameKind::Quotation(quotation) => self.close_quotation(quotation, blocks),
            FrameKind::List(order, items) => match fit::pictures_alone(items) {
                Ok(pictures) => pictures.into_iter().for_each(|picture| self.append(picture)),
                Err(items) => self.append(match order {
                    Some(order) => Block::OrderedList(order, items),
                    None => Block::BulletList(items),
                }),
            },
            FrameKind::Item => {
                if !blocks.is_empty()
                    && let Some(FrameKind::List(_, items)) = self.frames.last_mut().map(|frame| &mut frame.kind)
                {
                    items.push(fit::fit_item(blocks));
                } else {
                    blocks.into_iter().for_each(|block| self.append(block));
                }
            }
            FrameKind::Table(rows) => {
                let rows = table::fit_table(rows);
                if rows.iter().flat_map(|row| &row.cells).any(|cell| !cell.blocks.is_empty()) {
                    let mut rows = rows;
                    for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
                        cell.blocks = fit::fit_cell(std::mem::take(&mut cell.blocks));
                    }
                    self.append(Block::Table(rows));
                }
            }
            FrameKind::Row(cells) => {
                if let Some(FrameKind::Table(rows)) = self.frames.last_mut().map(|frame| &mut frame.kind) {
                    rows.push(crate::Row { cells });
                }
            }
            FrameKind::Cell(mut cell) => {
                cell.blocks = blocks;
                if let Some(FrameKind::Row(cells)) = self.frames.last_mut().map(|frame| &mut frame.kind) {
                    cells.push(cell);
                }
            }
            FrameKind::Figure(figure) => figure.close(blocks).into_iter().for_each(|block| self.append(block)),
            FrameKind::Caption => self.close_caption(blocks),
            FrameKind::Cite => self.close_cite(blocks),
            FrameKind::Post(post, signed) => self.close_post(post, signed, blocks),
            FrameKind::PostPart(part) => self.close_post_part(part, blocks),
            FrameKind::Credit(part) => self.close_credit(part, blocks),
        }
    }

    fn close_quotation(&mut self, mut quotation: Quotation, blocks: Vec<Block>) {
        let (content, lifted) = fit::fit_quotation(blocks);
        if !lifted.is_empty() {
            self.note(
                ChangeKind::Reshaped,
                "",
                "a quotation holds paragraphs and lists; pictures, posts and tables in it follow it",
            );
        }
        match quotation.cite.take() {
            Some(cite) if content.is_empty() => self.append(Block::Paragraph(vec![Inline::text(cite)])),
            cite => {
                quotation.cite = cite;
                quotation.content = content;
            }
        }
        if !quotation.content.is_empty() {
            self.append(Block::Quotation(quotation));
        }
        lifted.into_iter().for_each(|block| self.append(block));
    }

    fn close_cite(&mut self, blocks: Vec<Block>) {
        let (paragraphs, lifted) = fit::paragraphs_of(blocks);
        let run = fit::joined(paragraphs);
        let link = run.iter().find_map(|inline| match inline {
            Inline::Text(_, marks) => marks.iter().find_map(|mark| match mark {
                Mark::Link(href, _) => Some(href.clone()),
                _ => None,
            }),
            Inline::HardBreak => None,
        });
        let cite = frames::cite_of(&run);
        match self.frames.last_mut().map(|frame| &mut frame.kind) {
            Some(FrameKind::Quotation(quotation)) if !cite.is_empty() => {
                quotation.url = quotation.url.take().or(link);
                quotation.cite = Some(match quotation.cite.take() {
                    Some(before) => format!("{before}, {cite}"),
                    None => cite,
                });
            }
            _ if !run.is_empty() => self.append(Block::Paragraph(run)),
            _ => {}
        }
        lifted.into_iter().for_each(|block| self.append(block));
    }
}
