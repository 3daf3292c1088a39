//! The containers that are open while HTML is read, and what becomes of them when they close.

use crate::document::{Cell, Picture, Post, Quotation, Row};
use crate::{Block, Inline, ListItem, fit};

/// An open container.
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    /// Blocks gathered so far.
    pub(super) blocks: Vec<Block>,
}

pub(super) enum FrameKind {
    /// The document.
    Root,
    Quotation(Quotation),
    /// A list; `Some` with the first number when it is numbered.
    List(Option<i32>, Vec<ListItem>),
    Item,
    Table(Vec<Row>),
    Row(Vec<Cell>),
    /// A cell without its blocks.
    Cell(Cell),
    /// A figure and its caption's paragraphs.
    Figure(Figure),
    /// A caption of a figure or a table.
    Caption,
    /// Who a quotation is by.
    Cite,
    Post(Post, Signed),
    /// A named part of a post's caption.
    PostPart(PostPart),
    /// A part of a credit in a caption.
    Credit(CreditPart),
}

#[derive(Default)]
pub(super) struct Figure {
    pub(super) caption: Vec<Vec<Inline>>,
    pub(super) agency: String,
    pub(super) photographer: String,
    /// The id our own pages write.
    pub(super) picture: Option<String>,
}

/// Where a post says who wrote it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Signed {
    /// In the last line of its text, as networks hand posts out.
    InItsText,
    /// Beside its text, as we write posts: all of the text is the post's.
    Apart,
}

#[derive(Clone, Copy)]
pub(super) enum PostPart {
    Author,
    Network,
    Source,
}

#[derive(Clone, Copy)]
pub(super) enum CreditPart {
    Agency,
    Photographer,
    /// The credit as one text.
    Whole,
    /// The licence: the library has it.
    Licence,
}

impl Frame {
    pub(super) fn new(kind: FrameKind) -> Frame {
        Frame { kind, blocks: Vec::new() }
    }

    /// True where text between rows and cells stands, which belongs before the table.
    pub(super) fn is_table_part(&self) -> bool {
        matches!(self.kind, FrameKind::Table(_) | FrameKind::Row(_))
    }
}

impl Figure {
    /// The figure's blocks: its caption goes to the one picture without caption, to the quotation as who
    /// said it, or else follows as a paragraph.
    pub(super) fn close(self, mut blocks: Vec<Block>) -> Vec<Block> {
        let caption: Vec<Inline> = fit::joined(self.caption);
        let mut bare: Vec<&mut Picture> = blocks
            .iter_mut()
            .filter_map(|block| match block {
                Block::Picture(picture) => Some(picture),
                _ => None,
            })
            .collect();
        let pictures = bare.len();
        if let [picture] = bare.as_mut_slice() {
            picture.picture = picture.picture.take().or(self.picture);
            fill(&mut picture.agency, self.agency);
            fill(&mut picture.photographer, self.photographer);
            let before = std::mem::take(&mut picture.caption);
            picture.caption = fit::joined([before, caption].into_iter().filter(|run| !run.is_empty()).collect());
            return blocks;
        }
        let credited = self.picture.is_some() || !self.agency.is_empty() || !self.photographer.is_empty();
        if pictures == 0 && blocks.is_empty() && credited {
            // Our own page showing a picture that has no file.
            return vec![Block::Picture(Picture {
                picture: self.picture,
                alt: String::new(),
                agency: self.agency,
                photographer: self.photographer,
                caption,
            })];
        }
        let credit = crate::document::credit(&self.agency, &self.photographer);
        if let [Block::Quotation(quotation)] = blocks.as_mut_slice()
            && quotation.cite.is_none()
            && !caption.is_empty()
        {
            quotation.cite = Some(cite_of(&caption));
            return blocks;
        }
        if !caption.is_empty() {
            blocks.push(Block::Paragraph(caption));
        }
        blocks.extend(credit.map(|credit| Block::Paragraph(vec![Inline::text(credit)])));
        blocks
    }
}

fn fill(field: &mut String, value: String) {
    if field.is_empty() {
        *field = value;
    }
}

/// Who is cited: the text on one line without the dash before it.
pub(super) fn cite_of(run: &[Inline]) -> String {
    let line = crate::text::clean_line(&crate::inline_text(run));
    line.trim_start_matches(|c: char| is_dash(c) || c.is_whitespace()).to_owned()
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '~')
}
