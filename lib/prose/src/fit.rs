//! The document's rules of containment, shared by all parsers: what may stand in an item, a quotation,
//! a post, a cell. Content that may not stand somewhere is reshaped or lifted out, never lost.

use crate::{Block, Inline, ListItem, Mark};

/// Sorts marks and keeps the last of each kind.
pub(crate) fn fit_marks(marks: &[Mark]) -> Vec<Mark> {
    let mut fitted: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks.iter().rev() {
        if !fitted.iter().any(|known| known.same_kind(mark)) {
            fitted.push(mark.clone());
        }
    }
    fitted.sort();
    fitted
}

/// Appends an inline; text with equal marks grows the run before it.
pub(crate) fn push_inline(run: &mut Vec<Inline>, inline: Inline) {
    if let (Some(Inline::Text(text, marks)), Inline::Text(more, same)) = (run.last_mut(), &inline)
        && marks == same
    {
        text.push_str(more);
        return;
    }
    if !matches!(&inline, Inline::Text(text, _) if text.is_empty()) {
        run.push(inline);
    }
}

/// Space that means nothing at the edge of a block; word processors fill it with no-break spaces.
const EDGE: [char; 2] = [' ', '\u{a0}'];

/// Removes space and breaks at both ends. The space before or after a break goes too, as on a page.
pub(crate) fn trim(run: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(run.len());
    for inline in run {
        match inline {
            Inline::HardBreak => {
                trim_end(&mut out);
                if !out.is_empty() {
                    out.push(Inline::HardBreak);
                }
            }
            Inline::Text(text, marks) => {
                let at_start = matches!(out.last(), None | Some(Inline::HardBreak));
                let text = if at_start { text.trim_start_matches(EDGE).to_owned() } else { text };
                push_inline(&mut out, Inline::Text(text, marks));
            }
        }
    }
    loop {
        trim_end(&mut out);
        match out.last() {
            Some(Inline::HardBreak) => out.pop(),
            _ => break out,
        };
    }
}

fn trim_end(run: &mut Vec<Inline>) {
    while let Some(Inline::Text(text, _)) = run.last_mut() {
        let keep = text.trim_end_matches(EDGE).len();
        text.truncate(keep);
        if keep > 0 {
            break;
        }
        run.pop();
    }
}

/// Splits a run where two or more breaks follow one another: that is how a paragraph was meant.
pub(crate) fn split_paragraphs(run: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut parts = vec![Vec::new()];
    let mut breaks = 0;
    for inline in trim(run) {
        if inline == Inline::HardBreak {
            breaks += 1;
            continue;
        }
        match std::mem::take(&mut breaks) {
            0 => {}
            1 => parts.last_mut().unwrap_or(&mut Vec::new()).push(Inline::HardBreak),
            _ => parts.push(Vec::new()),
        }
        if let Some(part) = parts.last_mut() {
            part.push(inline);
        }
    }
    parts.retain(|part| !part.iter().all(is_void));
    parts
}

/// True for what shows nothing on a page, no-break spaces and invisible characters included.
pub(crate) fn is_void(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text, _) => text.chars().all(|c| c.is_whitespace() || crate::href::is_invisible(c)),
        Inline::HardBreak => true,
    }
}

/// An item begins with a paragraph.
pub(crate) fn fit_item(blocks: Vec<Block>) -> ListItem {
    let mut blocks = blocks;
    if !matches!(blocks.first(), Some(Block::Paragraph(_))) {
        blocks.insert(0, Block::Paragraph(Vec::new()));
    }
    ListItem(blocks)
}

/// Galleries are often written as lists: the pictures of a list that holds nothing else. An empty list is one of none.
pub(crate) fn pictures_alone(items: Vec<ListItem>) -> Result<Vec<Block>, Vec<ListItem>> {
    let alone = |block: &Block| match block {
        Block::Picture(_) => true,
        Block::Paragraph(run) => run.iter().all(is_void),
        _ => false,
    };
    if !items.iter().flat_map(|item| &item.0).all(alone) {
        return Err(items);
    }
    let blocks = items.into_iter().flat_map(|item| item.0);
    Ok(blocks.filter(|block| matches!(block, Block::Picture(_))).collect())
}

/// A cell holds at least one block.
pub(crate) fn fit_cell(blocks: Vec<Block>) -> Vec<Block> {
    if blocks.is_empty() { vec![Block::Paragraph(Vec::new())] } else { blocks }
}

/// A quotation holds paragraphs and lists. Returns those, and the blocks that must follow it instead.
pub(crate) fn fit_quotation(blocks: Vec<Block>) -> (Vec<Block>, Vec<Block>) {
    let mut content = Vec::new();
    let mut lifted = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(_) | Block::BulletList(_) | Block::OrderedList(..) => content.push(block),
            Block::Heading(_, run) => content.push(Block::Paragraph(with_mark(run, &Mark::Strong))),
            Block::Quotation(inner) => {
                content.extend(inner.content);
                if let Some(cite) = inner.cite {
                    content.push(Block::Paragraph(vec![Inline::text(format!("— {cite}"))]));
                }
            }
            Block::Preformatted(text) => content.push(Block::Paragraph(lines_of(&text))),
            Block::Divider => {}
            other => lifted.push(other),
        }
    }
    content.retain(|block| !matches!(block, Block::Paragraph(run) if run.iter().all(is_void)));
    (content, lifted)
}

/// All text of the blocks as paragraphs; pictures are returned beside them.
pub(crate) fn paragraphs_of(blocks: Vec<Block>) -> (Vec<Vec<Inline>>, Vec<Block>) {
    let mut paragraphs = Vec::new();
    let mut lifted = Vec::new();
    flatten(blocks, &mut paragraphs, &mut lifted);
    paragraphs.retain(|run: &Vec<Inline>| !run.iter().all(is_void));
    (paragraphs, lifted)
}

fn flatten(blocks: Vec<Block>, out: &mut Vec<Vec<Inline>>, lifted: &mut Vec<Block>) {
    for block in blocks {
        match block {
            Block::Paragraph(run) => out.push(run),
            Block::Heading(_, run) => out.push(with_mark(run, &Mark::Strong)),
            Block::BulletList(items) | Block::OrderedList(_, items) => {
                items.into_iter().for_each(|item| flatten(item.0, out, lifted));
            }
            Block::Quotation(quotation) => {
                flatten(quotation.content, out, lifted);
                out.extend(quotation.cite.map(|cite| vec![Inline::text(format!("— {cite}"))]));
            }
            Block::Post(post) => out.extend(post.content),
            Block::Preformatted(text) => out.push(lines_of(&text)),
            Block::Divider => {}
            Block::Table(rows) => {
                rows.into_iter().flat_map(|row| row.cells).for_each(|cell| flatten(cell.blocks, out, lifted))
            }
            Block::Picture(_) => lifted.push(block),
        }
    }
}

/// Paragraphs joined into one run by breaks, for captions.
pub(crate) fn joined(paragraphs: Vec<Vec<Inline>>) -> Vec<Inline> {
    let mut run = Vec::new();
    for paragraph in paragraphs {
        if !run.is_empty() {
            run.push(Inline::HardBreak);
        }
        run.extend(paragraph);
    }
    run
}

/// The run with a mark added to all its text.
pub(crate) fn with_mark(run: Vec<Inline>, mark: &Mark) -> Vec<Inline> {
    let mut out = Vec::with_capacity(run.len());
    for inline in run {
        match inline {
            Inline::Text(text, mut marks) => {
                marks.push(mark.clone());
                push_inline(&mut out, Inline::Text(text, fit_marks(&marks)));
            }
            Inline::HardBreak => out.push(Inline::HardBreak),
        }
    }
    out
}

/// The run without a kind of mark.
pub(crate) fn without_mark(run: Vec<Inline>, mark: &Mark) -> Vec<Inline> {
    let mut out = Vec::with_capacity(run.len());
    for inline in run {
        match inline {
            Inline::Text(text, mut marks) => {
                marks.retain(|known| !known.same_kind(mark));
                push_inline(&mut out, Inline::Text(text, marks));
            }
            Inline::HardBreak => out.push(Inline::HardBreak),
        }
    }
    out
}

/// Verbatim text as a run with breaks.
fn lines_of(text: &str) -> Vec<Inline> {
    let mut run = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            run.push(Inline::HardBreak);
        }
        push_inline(&mut run, Inline::text(line));
    }
    trim(run)
}
