//! JSON value to document. Recursion is bounded: JSON readers refuse more than 128 levels.

use crate::change::{ChangeKind, Changes};
use crate::document::{Cell, Level, Picture, Post, Quotation, Row};
use crate::fit;
use crate::limits;
use crate::table::fit_table;
use crate::text::{clean_line, clean_text, clean_verbatim};
use crate::{Block, Document, Href, Inline, ListItem, Mark};
use serde_json::Value;

pub(super) fn document(value: &Value, changes: &mut Changes) -> Document {
    let mut reader = Reader { changes };
    if kind(value) != "doc" {
        reader.changes.note(ChangeKind::Unreadable, &value.to_string(), "not a document; its text was kept");
    }
    let mut blocks = match value {
        Value::Object(_) if kind(value) == "doc" => reader.blocks(content(value), 0),
        Value::Array(list) => reader.blocks(list, 0),
        other => reader.blocks(std::slice::from_ref(other), 0),
    };
    // An empty document is written with one empty paragraph, because the editor's schema wants a block.
    if matches!(blocks.as_slice(), [Block::Paragraph(run)] if run.is_empty()) {
        blocks.clear();
    }
    Document { blocks }
}

struct Reader<'a> {
    changes: &'a mut Changes,
}

impl Reader<'_> {
    /// Children as blocks; loose inlines are gathered into paragraphs.
    fn blocks(&mut self, list: &[Value], depth: usize) -> Vec<Block> {
        let mut out = Vec::new();
        let mut loose = Vec::new();
        for value in list {
            if is_inline(value) {
                self.inline(value, &mut loose);
                continue;
            }
            end_loose(&mut loose, &mut out);
            self.block(value, depth, &mut out);
        }
        end_loose(&mut loose, &mut out);
        out
    }

    fn block(&mut self, value: &Value, depth: usize, out: &mut Vec<Block>) {
        let name = kind(value);
        let deeper = match name {
            "quotation" | "post" => 1,
            "bullet_list" | "ordered_list" => 2,
            "table" => 3,
            _ => 0,
        };
        if deeper > 0 && depth + deeper > limits::STORED_CONTAINERS {
            self.changes.note(ChangeKind::TooDeep, &text_of(value), "nested too deeply; the text was kept");
            let inner = self.blocks(content(value), depth);
            out.extend(inner);
            return;
        }
        match name {
            "paragraph" => {
                let (run, stray) = self.run(content(value), depth);
                out.push(Block::Paragraph(run));
                out.extend(stray);
            }
            "heading" => {
                let level = attr(value, "level").and_then(Value::as_i64).unwrap_or(2);
                if !(2..=4).contains(&level) {
                    self.changes.note(
                        ChangeKind::Reshaped,
                        &text_of(value),
                        "a heading was given the nearest level of 2 to 4",
                    );
                }
                let (run, stray) = self.run(content(value), depth);
                out.push(Block::Heading(Level::nearest(level), run));
                out.extend(stray);
            }
            "bullet_list" => out.extend(self.items(value, depth).map(Block::BulletList)),
            "ordered_list" => {
                let order =
                    attr(value, "order").and_then(Value::as_i64).and_then(|n| i32::try_from(n).ok()).unwrap_or(1);
                out.extend(self.items(value, depth).map(|items| Block::OrderedList(order, items)));
            }
            "quotation" => self.quotation(value, depth, out),
            "picture" => self.picture(value, depth, out),
            "post" => self.post(value, depth, out),
            "preformatted" => {
                let text = clean_verbatim(&text_of(value));
                out.push(Block::Preformatted(text));
            }
            "divider" => out.push(Block::Divider),
            "table" => self.table(value, depth, out),
            _ => self.unknown(value, name, depth, out),
        }
    }

    fn unknown(&mut self, value: &Value, name: &str, depth: usize, out: &mut Vec<Block>) {
        let reason = match name {
            "" => "something that is no node; its text was kept".to_owned(),
            "list_item" | "table_row" | "table_cell" | "table_header" | "doc" => {
                format!("a stray {name}; its text was kept")
            }
            name => format!("unknown node {:?}; its text was kept", clean_line(name)),
        };
        self.changes.note(ChangeKind::Unwrapped, &value.to_string(), reason);
        let list = match value {
            Value::Array(list) => list.as_slice(),
            other => content(other),
        };
        let inner = self.blocks(list, depth);
        if inner.is_empty() {
            let text = clean_text(&text_of(value)).into_owned();
            if !text.trim().is_empty() {
                out.push(Block::Paragraph(vec![Inline::text(text)]));
            }
        }
        out.extend(inner);
    }

    fn items(&mut self, value: &Value, depth: usize) -> Option<Vec<ListItem>> {
        let items: Vec<ListItem> = content(value)
            .iter()
            .map(|child| {
                let blocks = if kind(child) == "list_item" {
                    self.blocks(content(child), depth + 2)
                } else {
                    self.blocks(std::slice::from_ref(child), depth + 2)
                };
                fit::fit_item(blocks)
            })
            .collect();
        (!items.is_empty()).then_some(items)
    }

    fn quotation(&mut self, value: &Value, depth: usize, out: &mut Vec<Block>) {
        let blocks = self.blocks(content(value), depth + 1);
        // An empty paragraph that someone is about to fill is not a fault.
        let keep_empty = matches!(blocks.as_slice(), [Block::Paragraph(_)]);
        let fits =
            blocks.iter().all(|b| matches!(b, Block::Paragraph(_) | Block::BulletList(_) | Block::OrderedList(..)));
        let (content, lifted) = if fits || keep_empty {
            (blocks, Vec::new())
        } else {
            self.changes.note(
                ChangeKind::Reshaped,
                &text_of(value),
                "a quotation holds paragraphs and lists; the rest follows it",
            );
            fit::fit_quotation(blocks)
        };
        let cite = attr(value, "cite").and_then(Value::as_str).map(clean_line).filter(|c| !c.is_empty());
        let url = self.href(attr(value, "url"));
        if !content.is_empty() {
            out.push(Block::Quotation(Quotation { cite, url, content }));
        }
        out.extend(lifted);
    }

    fn picture(&mut self, value: &Value, depth: usize, out: &mut Vec<Block>) {
        let line = |name| attr(value, name).and_then(Value::as_str).map(clean_line).unwrap_or_default();
        let id = attr(value, "picture").and_then(Value::as_str);
        let picture = id.and_then(picture_id);
        if let (Some(id), None) = (id, &picture) {
            self.changes.note(ChangeKind::Picture, id, "not the id of a picture");
        }
        let (alt, agency, photographer) = (line("alt"), line("agency"), line("photographer"));
        let (caption, stray) = self.run(content(value), depth);
        out.push(Block::Picture(Picture { picture, alt, agency, photographer, caption }));
        out.extend(stray);
    }

    fn post(&mut self, value: &Value, depth: usize, out: &mut Vec<Block>) {
        let line = |name| attr(value, name).and_then(Value::as_str).map(clean_line).unwrap_or_default();
        let (network, author, date) = (line("network"), line("author"), line("date"));
        let iso = iso_day(&date);
        if iso.is_none() && !date.is_empty() {
            self.changes.note(
                ChangeKind::Reshaped,
                &date,
                "the day of a post is not of the form YYYY-MM-DD and was left out",
            );
        }
        let url = self.href(attr(value, "url"));
        let mut paragraphs = Vec::new();
        let mut lifted = Vec::new();
        for child in content(value) {
            if kind(child) == "paragraph" {
                let (run, stray) = self.run(content(child), depth);
                paragraphs.push(run);
                lifted.extend(stray);
            } else {
                self.changes.note(ChangeKind::Reshaped, &text_of(child), "a post holds paragraphs; its text was kept");
                let blocks = self.blocks(std::slice::from_ref(child), depth + 1);
                let (more, pictures) = fit::paragraphs_of(blocks);
                paragraphs.extend(more);
                lifted.extend(pictures);
            }
        }
        if paragraphs.is_empty() {
            paragraphs.push(Vec::new());
        }
        out.push(Block::Post(Post { network, author, url, date: iso, content: paragraphs }));
        out.extend(lifted);
    }

    fn table(&mut self, value: &Value, depth: usize, out: &mut Vec<Block>) {
        let mut rows = Vec::new();
        for child in content(value) {
            if kind(child) != "table_row" {
                self.changes.note(
                    ChangeKind::Reshaped,
                    &text_of(child),
                    "a table holds rows; the text was moved before it",
                );
                self.block_or_inline(child, depth, out);
                continue;
            }
            let cells = content(child).iter().map(|cell| self.cell(cell, depth)).collect();
            rows.push(Row { cells });
        }
        let rows = fit_table(rows);
        if !rows.is_empty() {
            out.push(Block::Table(rows));
        }
    }

    fn cell(&mut self, value: &Value, depth: usize) -> Cell {
        let span = |name| attr(value, name).and_then(Value::as_u64).and_then(|n| u16::try_from(n).ok()).unwrap_or(1);
        let name = kind(value);
        let blocks = if matches!(name, "table_cell" | "table_header") {
            self.blocks(content(value), depth + 3)
        } else {
            self.blocks(std::slice::from_ref(value), depth + 3)
        };
        Cell {
            header: name == "table_header",
            colspan: span("colspan"),
            rowspan: span("rowspan"),
            blocks: fit::fit_cell(blocks),
        }
    }

    fn block_or_inline(&mut self, value: &Value, depth: usize, out: &mut Vec<Block>) {
        let inner = self.blocks(std::slice::from_ref(value), depth);
        out.extend(inner);
    }

    /// Children as a run of inlines; blocks among them are returned beside it.
    fn run(&mut self, list: &[Value], depth: usize) -> (Vec<Inline>, Vec<Block>) {
        let mut run = Vec::new();
        let mut stray = Vec::new();
        for value in list {
            if is_inline(value) {
                self.inline(value, &mut run);
            } else {
                self.changes.note(
                    ChangeKind::Reshaped,
                    &text_of(value),
                    "a block inside a line of text was moved after it",
                );
                self.block(value, depth, &mut stray);
            }
        }
        (run, stray)
    }

    fn inline(&mut self, value: &Value, run: &mut Vec<Inline>) {
        if kind(value) == "hard_break" {
            run.push(Inline::HardBreak);
            return;
        }
        let text = match value {
            Value::String(text) => text.as_str(),
            other => other.get("text").and_then(Value::as_str).unwrap_or(""),
        };
        let mut marks = Vec::new();
        for mark in value.get("marks").and_then(Value::as_array).into_iter().flatten() {
            marks.extend(self.mark(mark, text));
        }
        fit::push_inline(run, Inline::Text(clean_text(text).into_owned(), fit::fit_marks(&marks)));
    }

    fn mark(&mut self, value: &Value, text: &str) -> Option<Mark> {
        match kind(value) {
            "strong" => Some(Mark::Strong),
            "em" => Some(Mark::Em),
            "strike" => Some(Mark::Strike),
            "sub" => Some(Mark::Sub),
            "sup" => Some(Mark::Sup),
            "code" => Some(Mark::Code),
            "link" => {
                let title = attr(value, "title").and_then(Value::as_str).map(clean_line).filter(|t| !t.is_empty());
                self.href(attr(value, "href")).map(|href| Mark::Link(href, title))
            }
            other => {
                let reason = format!("unknown mark {:?}; the text was kept", clean_line(other));
                self.changes.note(ChangeKind::Unwrapped, text, reason);
                None
            }
        }
    }

    fn href(&mut self, value: Option<&Value>) -> Option<Href> {
        let raw = value?.as_str()?;
        let href = Href::parse(raw);
        if href.is_none() && !raw.is_empty() {
            self.changes.note(
                ChangeKind::Link,
                raw,
                "a link of a kind that is not allowed was removed; its text was kept",
            );
        }
        href
    }
}

fn end_loose(loose: &mut Vec<Inline>, out: &mut Vec<Block>) {
    let run = std::mem::take(loose);
    if !run.is_empty() {
        out.push(Block::Paragraph(run));
    }
}

fn is_inline(value: &Value) -> bool {
    value.is_string() || matches!(kind(value), "text" | "hard_break")
}

fn kind(value: &Value) -> &str {
    value.get("type").and_then(Value::as_str).unwrap_or("")
}

fn attr<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value.get("attrs")?.get(name)
}

fn content(value: &Value) -> &[Value] {
    value.get("content").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// All `text` below a node.
fn text_of(value: &Value) -> String {
    let mut out = String::new();
    gather(value, &mut out);
    out
}

fn gather(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            if map.get("type").and_then(Value::as_str) == Some("hard_break") {
                out.push('\n');
            }
            if let Some(text) = map.get("text").and_then(Value::as_str) {
                out.push_str(text);
            }
            if let Some(content) = map.get("content") {
                gather(content, out);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| gather(value, out)),
        Value::String(text) => out.push_str(text),
        _ => {}
    }
}

/// A picture's id: a UUID.
pub(crate) fn picture_id(raw: &str) -> Option<String> {
    let bytes = raw.as_bytes();
    let fits = bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => *b == b'-',
            _ => b.is_ascii_hexdigit(),
        });
    fits.then(|| raw.to_ascii_lowercase())
}

/// A calendar day at the beginning of an ISO date or time.
pub(crate) fn iso_day(raw: &str) -> Option<String> {
    let day = raw.get(..10)?;
    if raw[10..].chars().next().is_some_and(|c| !matches!(c, 'T' | 't' | ' ' | 'Z')) {
        return None;
    }
    let mut parts = day.split('-');
    let (year, month, date) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |text: &str, len| text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
    if !(digits(year, 4) && digits(month, 2) && digits(date, 2)) {
        return None;
    }
    let (year, month, date): (u32, u32, u32) = (year.parse().ok()?, month.parse().ok()?, date.parse().ok()?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (year > 0 && (1..=days).contains(&date)).then(|| day.to_owned())
}
