//! The nouns: document, blocks, inlines, marks.

use crate::Href;

/// A story's body: a list of blocks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
}

/// One block.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading of a section inside the story.
    Heading(Level, Vec<Inline>),
    /// A list with bullets.
    BulletList(Vec<ListItem>),
    /// A numbered list and its first number.
    OrderedList(i32, Vec<ListItem>),
    /// A block quotation.
    Quotation(Quotation),
    /// A picture with caption and credit.
    Picture(Picture),
    /// A post from elsewhere, as a copy of its text.
    Post(Post),
    /// Verbatim text.
    Preformatted(String),
    /// A break between parts.
    Divider,
    /// A table.
    Table(Vec<Row>),
}

/// Heading levels inside a story; level 1 is the headline, which is not part of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `h2`
    Two,
    /// `h3`
    Three,
    /// `h4`
    Four,
}

impl Level {
    /// The nearest level inside a story for any number.
    pub fn nearest(number: i64) -> Level {
        match number {
            i64::MIN..=2 => Level::Two,
            3 => Level::Three,
            _ => Level::Four,
        }
    }

    /// 2, 3 or 4.
    pub fn number(self) -> u8 {
        match self {
            Level::Two => 2,
            Level::Three => 3,
            Level::Four => 4,
        }
    }
}

/// An item of a list: at least one block, the first a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct ListItem(pub Vec<Block>);

/// A block quotation: paragraphs and lists.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quotation {
    /// Who said it, or where it stands.
    pub cite: Option<String>,
    /// Where it can be read.
    pub url: Option<Href>,
    /// Paragraphs and lists.
    pub content: Vec<Block>,
}

/// A picture with its caption and credit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picture {
    /// The picture's id in the media library; none when an import had no file for it.
    pub picture: Option<String>,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// Agency of the credit.
    pub agency: String,
    /// Photographer of the credit.
    pub photographer: String,
    /// The caption.
    pub caption: Vec<Inline>,
}

impl Picture {
    /// The credit as printed: "Agency / Photographer", or the one that is known.
    pub fn credit(&self) -> Option<String> {
        credit(&self.agency, &self.photographer)
    }
}

/// A credit as printed: "Agency / Photographer", or the one that is known.
pub fn credit(agency: &str, photographer: &str) -> Option<String> {
    match (agency.trim(), photographer.trim()) {
        ("", "") => None,
        ("", one) | (one, "") => Some(one.to_owned()),
        (agency, photographer) => Some(format!("{agency} / {photographer}")),
    }
}

/// A post from elsewhere, kept as text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Post {
    /// The network's name.
    pub network: String,
    /// Who posted.
    pub author: String,
    /// Its address.
    pub url: Option<Href>,
    /// Its day, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Its paragraphs.
    pub content: Vec<Vec<Inline>>,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Cells from the first column on.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// True for a heading cell.
    pub header: bool,
    /// Columns it spans.
    pub colspan: u16,
    /// Rows it spans.
    pub rowspan: u16,
    /// At least one block.
    pub blocks: Vec<Block>,
}

/// Text or a line break.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// A run of text with its marks, in the order of [`Mark`], each kind at most once.
    Text(String, Vec<Mark>),
    /// A line break inside a block.
    HardBreak,
}

/// A mark on a run of text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// A link, with an optional title.
    Link(Href, Option<String>),
    /// Strong importance.
    Strong,
    /// Emphasis.
    Em,
    /// Struck out.
    Strike,
    /// Subscript.
    Sub,
    /// Superscript.
    Sup,
    /// Code.
    Code,
}

impl Mark {
    /// True when both are of one kind, whatever their attributes.
    pub fn same_kind(&self, other: &Mark) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

impl Document {
    /// True when nothing would be shown: no text, no picture, no divider.
    pub fn is_empty(&self) -> bool {
        let mut empty = true;
        self.walk(&mut |block| {
            empty &= match block {
                Block::Picture(_) | Block::Divider => false,
                Block::Preformatted(text) => text.trim().is_empty(),
                _ => block.inlines().iter().all(|run| run.iter().all(Inline::is_blank)),
            };
        });
        empty
    }

    /// All pictures in reading order.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        let mut found = Vec::new();
        self.walk(&mut |block| {
            if let Block::Picture(picture) = block {
                found.push(picture);
            }
        });
        found.into_iter()
    }

    /// The text of the first heading.
    pub fn first_heading(&self) -> Option<String> {
        let mut found = None;
        self.walk(&mut |block| {
            if let (None, Block::Heading(_, content)) = (&found, block) {
                found = Some(crate::inline_text(content)).filter(|t| !t.trim().is_empty());
            }
        });
        found
    }

    /// Calls `visit` for every block, a container before what it holds.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Block)) {
        walk_blocks(&self.blocks, visit);
    }

    /// Calls `change` for every picture, so that an import can fill in ids.
    pub fn pictures_mut(&mut self, change: &mut dyn FnMut(&mut Picture)) {
        change_pictures(&mut self.blocks, change);
    }
}

impl Block {
    /// The runs of inlines that this block itself holds (not those of blocks inside it).
    pub fn inlines(&self) -> Vec<&[Inline]> {
        match self {
            Block::Paragraph(run) | Block::Heading(_, run) => vec![run],
            Block::Picture(picture) => vec![&picture.caption],
            Block::Post(post) => post.content.iter().map(Vec::as_slice).collect(),
            _ => Vec::new(),
        }
    }
}

impl Inline {
    /// A run of text without marks.
    pub fn text(text: impl Into<String>) -> Inline {
        Inline::Text(text.into(), Vec::new())
    }

    /// True for space and breaks.
    pub fn is_blank(&self) -> bool {
        match self {
            Inline::Text(text, _) => text.trim().is_empty(),
            Inline::HardBreak => true,
        }
    }
}

fn walk_blocks<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        match block {
            Block::BulletList(items) | Block::OrderedList(_, items) => {
                items.iter().for_each(|item| walk_blocks(&item.0, visit));
            }
            Block::Quotation(quotation) => walk_blocks(&quotation.content, visit),
            Block::Table(rows) => {
                rows.iter().flat_map(|row| &row.cells).for_each(|cell| walk_blocks(&cell.blocks, visit));
            }
            _ => {}
        }
    }
}

fn change_pictures(blocks: &mut [Block], change: &mut dyn FnMut(&mut Picture)) {
    for block in blocks {
        match block {
            Block::Picture(picture) => change(picture),
            Block::BulletList(items) | Block::OrderedList(_, items) => {
                items.iter_mut().for_each(|item| change_pictures(&mut item.0, change));
            }
            Block::Quotation(quotation) => change_pictures(&mut quotation.content, change),
            Block::Table(rows) => rows
                .iter_mut()
                .flat_map(|row| &mut row.cells)
                .for_each(|cell| change_pictures(&mut cell.blocks, change)),
            _ => {}
        }
    }
}
