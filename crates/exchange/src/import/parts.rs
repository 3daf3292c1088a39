//! Articles whose text is larger than the store takes: kept in parts, since nothing may be lost.

use onrecord_prose::{Block, Document};

use crate::wordpress::article::Article;

/// Source text below this cannot become a body that is too large, whatever its markup.
const HARMLESS_BYTES: usize = 256 * 1024;
/// JSON of one part: half of what the store takes.
const PART_BYTES: usize = onrecord_stories::LARGEST_BODY / 2;
/// Runs of one paragraph; a paragraph with more is cut into several.
const RUNS: usize = 5_000;

/// The article, or its parts. The first has its address, comments and place; the others follow as articles of their own.
pub(super) fn of(mut article: Article, source_bytes: usize) -> Vec<Article> {
    if source_bytes < HARMLESS_BYTES || article.body.to_json().len() <= onrecord_stories::LARGEST_BODY {
        return vec![article];
    }
    let mut bodies = bodies(std::mem::take(&mut article.body)).into_iter();
    article.body = bodies.next().unwrap_or_default();
    let mut parts = vec![article];
    for (number, body) in (2..).zip(bodies) {
        let mut next = parts[0].clone();
        next.key = format!("{}#part{number}", next.key);
        next.headline = format!("{} ({number})", next.headline);
        next.slug = if next.slug.is_empty() { String::new() } else { format!("{}-part-{number}", next.slug) };
        (next.body, next.path, next.lead, next.sticky) = (body, None, None, false);
        next.comments.clear();
        next.notes.clear();
        parts.push(next);
    }
    let count = parts.len();
    parts[0].notes.push((format!("its text is too large for one story and was kept in {count} parts"), String::new()));
    parts
}

fn bodies(document: Document) -> Vec<Document> {
    let mut bodies = Vec::new();
    let mut blocks = Vec::new();
    let mut bytes = 0;
    for block in document.blocks.into_iter().flat_map(smaller) {
        let block_bytes = bytes_of(&block);
        if bytes + block_bytes > PART_BYTES && !blocks.is_empty() {
            bodies.push(Document { blocks: std::mem::take(&mut blocks) });
            bytes = 0;
        }
        bytes += block_bytes;
        blocks.push(block);
    }
    bodies.push(Document { blocks });
    bodies
}

/// A block that alone is too large, in smaller ones: a paragraph by its runs, others as their text.
fn smaller(block: Block) -> Vec<Block> {
    match block {
        Block::Paragraph(run) if run.len() > RUNS => {
            run.chunks(RUNS).map(|part| Block::Paragraph(part.to_vec())).collect()
        }
        block if bytes_of(&block) <= PART_BYTES => vec![block],
        block => Document::from_text(&Document { blocks: vec![block] }.plain_text()).document.blocks,
    }
}

fn bytes_of(block: &Block) -> usize {
    Document { blocks: vec![block.clone()] }.to_json().len()
}
