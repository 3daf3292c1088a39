//! Plain text, in and out.

use crate::change::{ChangeKind, Changes};
use crate::document::credit;
use crate::fit;
use crate::limits;
use crate::{Block, Cleaned, Document, Inline, ListItem};
use std::borrow::Cow;

impl Document {
    /// Reads plain text: blank lines part paragraphs, single line ends become breaks.
    pub fn from_text(source: &str) -> Cleaned {
        let mut changes = Changes::default();
        let source = bounded(source, limits::SOURCE_BYTES, &mut changes);
        let source = source.replace("\r\n", "\n").replace('\r', "\n");
        let mut blocks = Vec::new();
        let mut run = Vec::new();
        for line in source.lines() {
            let line = clean_text(line);
            let line = line.trim();
            if line.is_empty() {
                end_paragraph(&mut run, &mut blocks);
                continue;
            }
            if !run.is_empty() {
                run.push(Inline::HardBreak);
            }
            run.push(Inline::text(line));
        }
        end_paragraph(&mut run, &mut blocks);
        Cleaned { document: Document { blocks }, changes: changes.finish() }
    }

    /// The story as plain text, for search, counting and quotations. The same as [`to_text`].
    pub fn plain_text(&self) -> String {
        to_text(self)
    }

    /// How many words the story has.
    pub fn words(&self) -> usize {
        self.plain_text().split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
    }

    /// The first `chars` characters of the running text, cut at a word, with an ellipsis when cut.
    pub fn excerpt(&self, chars: usize) -> String {
        let mut text = String::new();
        for block in &self.blocks {
            if let Block::Paragraph(run) = block {
                let paragraph = inline_text(run);
                if !paragraph.trim().is_empty() {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    text.extend(paragraph.split_whitespace().flat_map(|word| [word, " "]));
                    text.truncate(text.trim_end().len());
                }
            }
            // Bytes, not characters: at least as many, so the loop ends in time.
            if text.len() > chars.saturating_mul(4) {
                break;
            }
        }
        cut_at_word(&text, chars)
    }
}

fn end_paragraph(run: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
    let run = std::mem::take(run);
    if !run.iter().all(fit::is_void) {
        blocks.push(Block::Paragraph(run));
    }
}

fn cut_at_word(text: &str, chars: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(chars) else { return text.to_owned() };
    let head = &text[..end];
    let head =
        if text[end..].starts_with(' ') { head } else { head.rsplit_once(' ').map_or(head, |(before, _)| before) };
    format!(
        "{}…",
        head.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '–' | '—' | '-'))
    )
}

/// The story as plain text: blank lines between blocks, "- " before items, "— " before who is cited,
/// "Agency / Photographer" under a caption.
pub fn to_text(document: &Document) -> String {
    let mut out = String::new();
    write_blocks(&document.blocks, "", &mut out);
    out
}

/// The text of a run, a break as a line end.
pub fn inline_text(run: &[Inline]) -> String {
    let mut out = String::new();
    for inline in run {
        match inline {
            Inline::Text(text, _) => out.push_str(text),
            Inline::HardBreak => out.push('\n'),
        }
    }
    out
}

fn write_blocks(blocks: &[Block], indent: &str, out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(run) | Block::Heading(_, run) => paragraph(&inline_text(run), indent, out),
            Block::BulletList(items) => list(items, |_| "- ".to_owned(), indent, out),
            Block::OrderedList(order, items) => {
                list(items, |at| format!("{}. ", i64::from(*order) + at as i64), indent, out);
            }
            Block::Quotation(quotation) => {
                write_blocks(&quotation.content, indent, out);
                if let Some(cite) = &quotation.cite {
                    paragraph(&format!("— {cite}"), indent, out);
                }
            }
            Block::Picture(picture) => {
                let credit = credit(&picture.agency, &picture.photographer).unwrap_or_default();
                let caption = inline_text(&picture.caption);
                paragraph(format!("{caption}\n{credit}").trim_matches('\n'), indent, out);
            }
            Block::Post(post) => {
                post.content.iter().for_each(|run| paragraph(&inline_text(run), indent, out));
                let parts = [post.author.as_str(), &post.network, post.date.as_deref().unwrap_or("")];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                if !parts.is_empty() {
                    paragraph(&format!("— {}", parts.join(", ")), indent, out);
                }
            }
            Block::Preformatted(text) => paragraph(text, indent, out),
            Block::Divider => paragraph("* * *", indent, out),
            Block::Table(rows) => {
                let lines: Vec<String> = rows
                    .iter()
                    .map(|row| {
                        let cells = row.cells.iter().map(|cell| {
                            let mut text = String::new();
                            write_blocks(&cell.blocks, "", &mut text);
                            text.split_whitespace().collect::<Vec<_>>().join(" ")
                        });
                        cells.collect::<Vec<_>>().join("\t")
                    })
                    .collect();
                paragraph(&lines.join("\n"), indent, out);
            }
        }
    }
}

fn list(items: &[ListItem], marker: impl Fn(usize) -> String, indent: &str, out: &mut String) {
    let inner = format!("{indent}  ");
    for (at, item) in items.iter().enumerate() {
        let mut text = String::new();
        write_blocks(&item.0, &inner, &mut text);
        if !out.is_empty() {
            out.push_str(if at == 0 { "\n\n" } else { "\n" });
        }
        out.push_str(indent);
        out.push_str(&marker(at));
        out.push_str(text.trim_start_matches(' '));
    }
}

fn paragraph(text: &str, indent: &str, out: &mut String) {
    if text.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push_str("\n\n");
    }
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        out.push_str(indent);
        out.push_str(line);
    }
}

/// The source up to the limit, with a change noted when something was cut.
pub(crate) fn bounded<'a>(source: &'a str, limit: usize, changes: &mut Changes) -> &'a str {
    if source.len() <= limit {
        return source;
    }
    let end = source.floor_char_boundary(limit);
    let reason = format!("the text is longer than {} MB; what follows was cut", limit / 1024 / 1024);
    changes.note(ChangeKind::TooLong, &source[end..], reason);
    &source[..end]
}

/// Text without characters that no page may hold: controls and noncharacters. Line ends and tabs
/// become spaces.
pub(crate) fn clean_text(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_textual) {
        return Cow::Borrowed(text);
    }
    let cleaned = text.chars().filter_map(|c| match c {
        '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c => Some(c).filter(|c| is_textual(*c)),
    });
    Cow::Owned(cleaned.collect())
}

/// Verbatim text without controls and noncharacters; tabs and line ends stay.
pub(crate) fn clean_verbatim(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || is_textual(*c)).collect()
}

/// A short one-line text: cleaned, trimmed, bounded.
pub(crate) fn clean_line(text: &str) -> String {
    let text = clean_text(text);
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(limits::LINE_CHARS) {
        line.truncate(end);
        line.truncate(line.trim_end().len());
    }
    line
}

fn is_textual(c: char) -> bool {
    let code = c as u32;
    let noncharacter = (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe;
    !(c.is_control() || noncharacter || matches!(c, '\u{2028}' | '\u{2029}'))
}
