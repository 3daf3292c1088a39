//! Text out of something that should have been a document and cannot be parsed: cut off, nested beyond
//! the parser's limit, or not JSON at all.

use crate::text::clean_text;
use crate::{Block, Document, Inline};

/// One paragraph for each node that holds text, in order; the whole source when there is none.
pub(super) fn document(source: &str) -> Document {
    let mut blocks = Vec::new();
    let mut run = String::new();
    let mut key: Option<String> = None;
    let mut rest = source;
    while let Some(start) = rest.find('"') {
        let literal = string_literal(&rest[start..]);
        let after = rest[start + literal.len()..].trim_start();
        let text = unquoted(literal);
        if let Some(value) = after.strip_prefix(':') {
            key = Some(text);
            rest = value;
            continue;
        }
        match key.take().as_deref() {
            Some("type") if !matches!(text.as_str(), "text" | "hard_break" | "link" | "strong" | "em" | "code") => {
                end(&mut run, &mut blocks);
            }
            Some("text") => run.push_str(&text),
            _ => {}
        }
        rest = after;
    }
    end(&mut run, &mut blocks);
    if blocks.is_empty() {
        return Document::from_text(source).document;
    }
    Document { blocks }
}

fn end(run: &mut String, blocks: &mut Vec<Block>) {
    let text = clean_text(&std::mem::take(run)).into_owned();
    if !text.trim().is_empty() {
        blocks.push(Block::Paragraph(vec![Inline::text(text)]));
    }
}

/// From a quotation mark to the one that closes it, or to the end.
fn string_literal(source: &str) -> &str {
    let mut escaped = false;
    for (at, c) in source.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return &source[..=at],
            _ => {}
        }
    }
    source
}

fn unquoted(literal: &str) -> String {
    serde_json::from_str(literal).unwrap_or_else(|_| literal.trim_matches('"').to_owned())
}
