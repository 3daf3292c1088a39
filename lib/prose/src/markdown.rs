//! Markdown, in and out. Read by a CommonMark reader into HTML and then as HTML, so that markup inside
//! Markdown is cleaned by the same rules; what Markdown cannot say is written as that HTML.

use crate::document::{Cell, Picture};
use crate::{Block, Cleaned, Document, Inline, ListItem, Mark, NoPictures, Row};
use pulldown_cmark::{Options, Parser};
use std::fmt::Write;

impl Document {
    /// Reads Markdown (CommonMark with tables and strikethrough).
    pub fn from_markdown(source: &str) -> Cleaned {
        let mut changes = crate::change::Changes::default();
        let source = crate::text::bounded(source, crate::limits::SOURCE_BYTES, &mut changes);
        let mut html = String::with_capacity(source.len() + source.len() / 8);
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        pulldown_cmark::html::push_html(&mut html, Parser::new_ext(source, options));
        let mut cleaned = Document::from_html(&html);
        cleaned.changes.splice(0..0, changes.finish());
        cleaned
    }
}

/// The document as Markdown.
pub fn to_markdown(document: &Document) -> String {
    let mut lines = Vec::new();
    blocks(&document.blocks, &mut lines);
    let mut out = lines.join("\n");
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Blocks as lines, an empty line between them.
fn blocks(list: &[Block], lines: &mut Vec<String>) {
    for block in list {
        let mut own = Vec::new();
        self::block(block, &mut own);
        if own.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
            // Two lists or two verbatim texts in a row would be read as one.
            if lines.len() > 1 && is_list(block) {
                lines.push("<!-- -->".to_owned());
                lines.push(String::new());
            }
        }
        lines.extend(own);
    }
}

fn is_list(block: &Block) -> bool {
    matches!(block, Block::BulletList(_) | Block::OrderedList(..))
}

fn block(block: &Block, lines: &mut Vec<String>) {
    match block {
        Block::Paragraph(run) => paragraph(run, lines),
        Block::Heading(level, run) => {
            let text = inlines(run).replace("\\\n", " ").replace('\n', " ");
            if !text.trim().is_empty() {
                lines.push(format!("{} {text}", "#".repeat(level.number().into())));
            }
        }
        Block::BulletList(items) => self::items(items, |_| "- ".to_owned(), lines),
        Block::OrderedList(order, items) if (0..100_000_000).contains(order) => {
            self::items(items, |at| format!("{}. ", *order as usize + at), lines);
        }
        Block::Quotation(quotation) => {
            let mut inner = Vec::new();
            blocks(&quotation.content, &mut inner);
            if let Some(cite) = &quotation.cite {
                inner.push(String::new());
                let cite = escaped(cite);
                inner.push(match &quotation.url {
                    Some(url) => format!("<cite>[{cite}](<{}>)</cite>", url.as_str()),
                    None => format!("<cite>{cite}</cite>"),
                });
            }
            lines.extend(
                inner.into_iter().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") }),
            );
        }
        Block::Picture(picture) => self::picture(picture, lines),
        Block::Preformatted(text) => {
            let fence = "`".repeat((longest_run(text, '`') + 1).max(3));
            lines.push(fence.clone());
            lines.extend(text.split('\n').map(str::to_owned));
            lines.push(fence);
        }
        Block::Divider => lines.push("* * *".to_owned()),
        Block::Table(rows) if is_simple(rows) => table(rows, lines),
        Block::Post(_) | Block::Table(_) | Block::OrderedList(..) => html(block, lines),
    }
}

/// A block as HTML on lines of its own; empty lines would end it.
fn html(block: &Block, lines: &mut Vec<String>) {
    let document = Document { blocks: vec![block.clone()] };
    let html = crate::to_html(&document, &NoPictures).replace("\n\n", "\n&#10;");
    lines.extend(html.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned));
}

/// A picture as the figure of our own pages, which carries id, alternative text and credit.
fn picture(picture: &Picture, lines: &mut Vec<String>) {
    let mut document = String::from("<figure class=\"picture\"><img");
    if let Some(id) = &picture.picture {
        let _ = write!(document, " data-picture=\"{id}\"");
    }
    document.push_str(" alt=\"");
    crate::render::escape(&picture.alt, &mut document);
    document.push_str("\">");
    // The renderer writes caption and credit; a picture without file has no image of its own.
    let bare = Picture { picture: None, ..picture.clone() };
    let rendered = crate::to_html(&Document { blocks: vec![Block::Picture(bare)] }, &NoPictures);
    let caption = rendered.trim_end().strip_prefix("<figure class=\"picture\">").unwrap_or("</figure>");
    lines.push(format!("{document}{caption}"));
}

fn paragraph(run: &[Inline], lines: &mut Vec<String>) {
    if run.iter().all(Inline::is_blank) {
        return;
    }
    let text = inlines(run);
    lines.extend(text.split('\n').map(guard_start));
}

/// A line that would begin another block is escaped.
fn guard_start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && matches!(line.as_bytes().get(digits), Some(b'.' | b')')) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    match line.chars().next() {
        Some('#' | '+' | '-' | '=' | ':' | '>' | '|') => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

fn items(items: &[ListItem], marker: impl Fn(usize) -> String, lines: &mut Vec<String>) {
    for (at, item) in items.iter().enumerate() {
        let marker = marker(at);
        let mut inner = Vec::new();
        blocks(&item.0, &mut inner);
        let indent = " ".repeat(marker.len());
        if inner.is_empty() {
            lines.push(marker.trim_end().to_owned());
        }
        for (number, line) in inner.into_iter().enumerate() {
            lines.push(match (number, line.is_empty()) {
                (0, _) => format!("{marker}{line}"),
                (_, true) => line,
                (_, false) => format!("{indent}{line}"),
            });
        }
    }
}

/// A table that Markdown can say: a heading row, no spans, one paragraph a cell.
fn is_simple(rows: &[Row]) -> bool {
    let columns = rows.first().map_or(0, |row| row.cells.len());
    let simple = |cell: &Cell| {
        let one_line = |run: &Vec<Inline>| !run.contains(&Inline::HardBreak);
        cell.colspan == 1
            && cell.rowspan == 1
            && matches!(cell.blocks.as_slice(), [Block::Paragraph(run)] if one_line(run))
    };
    columns > 0
        && rows.iter().enumerate().all(|(at, row)| {
            row.cells.len() == columns && row.cells.iter().all(|cell| simple(cell) && cell.header == (at == 0))
        })
}

fn table(rows: &[Row], lines: &mut Vec<String>) {
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|cell| match cell.blocks.as_slice() {
                [Block::Paragraph(run)] => inlines(run),
                _ => String::new(),
            })
            .collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if at == 0 {
            lines.push(format!("|{}", " --- |".repeat(row.cells.len())));
        }
    }
}

/// A run as Markdown. Marks whose signs would not be read as such beside their neighbours are written as
/// HTML elements.
fn inlines(run: &[Inline]) -> String {
    let mut out = String::new();
    for (at, inline) in run.iter().enumerate() {
        match inline {
            Inline::HardBreak => out.push_str("\\\n"),
            Inline::Text(text, marks) => {
                let after = match run.get(at + 1) {
                    Some(Inline::Text(next, marks)) if marks.is_empty() => next.chars().next(),
                    Some(Inline::Text(..)) => Some('x'),
                    _ => None,
                };
                out.push_str(&marked(text, marks, out.chars().last(), after));
            }
        }
    }
    out
}

fn marked(text: &str, marks: &[Mark], before: Option<char>, after: Option<char>) -> String {
    // Space at the edges stands outside the marks.
    let core = text.trim_matches(' ');
    if marks.is_empty() || core.is_empty() {
        return escaped(text);
    }
    let (lead, tail) =
        (&text[..text.len() - text.trim_start_matches(' ').len()], &text[text.trim_end_matches(' ').len()..]);
    let apart = |c: Option<char>| c.is_none_or(|c| c.is_whitespace());
    let edge = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let clean = (apart(before) || !lead.is_empty())
        && (apart(after) || !tail.is_empty())
        && edge(core.chars().next())
        && edge(core.chars().last())
        && marks.iter().filter(|mark| !matches!(mark, Mark::Link(..))).count() <= 1;
    let mut inner = escaped(core);
    for mark in marks.iter().rev() {
        inner = match mark {
            Mark::Strong if clean => format!("**{inner}**"),
            Mark::Em if clean => format!("*{inner}*"),
            Mark::Strike if clean => format!("~~{inner}~~"),
            Mark::Link(href, title) => {
                let title = title
                    .as_deref()
                    .map(|title| format!(" \"{}\"", escaped(title).replace('"', "\\\"")))
                    .unwrap_or_default();
                format!("[{inner}](<{}>{title})", href.as_str())
            }
            Mark::Strong => format!("<strong>{inner}</strong>"),
            Mark::Em => format!("<em>{inner}</em>"),
            Mark::Strike => format!("<s>{inner}</s>"),
            Mark::Sub => format!("<sub>{inner}</sub>"),
            Mark::Sup => format!("<sup>{inner}</sup>"),
            Mark::Code => format!("<code>{inner}</code>"),
        };
    }
    format!("{lead}{inner}{tail}")
}

/// Text in which every sign that Markdown could read is escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let inside_word = before.is_alphanumeric() && chars.peek().is_some_and(|next| next.is_alphanumeric());
        match c {
            '_' if inside_word => {}
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&' => out.push('\\'),
            _ => {}
        }
        out.push(c);
        before = c;
    }
    out
}

fn longest_run(text: &str, sign: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == sign { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
