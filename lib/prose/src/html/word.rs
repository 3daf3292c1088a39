//! Lists as word processors paste them: paragraphs with a class, a level in a style, a marker as text.

use super::builder::Builder;
use super::style::property;
use super::tags::Tag;
use crate::document::ListItem;
use crate::{Block, Inline};

/// Deepest list level of a word processor.
const LEVELS: usize = 9;

/// A paragraph that is an item of a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WordItem {
    pub(super) level: usize,
    pub(super) ordered: bool,
    pub(super) run: Vec<Inline>,
}

/// The list item that a paragraph's tag says it is.
pub(super) fn item_of(tag: &Tag) -> Option<WordItem> {
    let list = tag.get("style").and_then(|style| property(style, "mso-list")).filter(|list| !list.starts_with("none"));
    let class =
        tag.class().split_whitespace().find(|c| c.starts_with("MsoListBullet") || c.starts_with("MsoListNumber"));
    if list.is_none() && class.is_none() {
        return None;
    }
    let level = list
        .and_then(|list| list.split_whitespace().find_map(|word| word.strip_prefix("level")?.parse::<usize>().ok()))
        .or_else(|| class.and_then(|class| class.chars().last()?.to_digit(10)).map(|digit| digit as usize))
        .unwrap_or(1);
    let ordered = class.is_some_and(|class| class.starts_with("MsoListNumber"));
    Some(WordItem { level: level.clamp(1, LEVELS), ordered, run: Vec::new() })
}

/// True for the element that holds the marker as text.
pub(super) fn is_marker(style: &str) -> bool {
    property(style, "mso-list").is_some_and(|value| value.eq_ignore_ascii_case("ignore"))
}

impl Builder<'_> {
    /// The marker says whether the list is numbered.
    pub(super) fn word_marker(&mut self, marker: &str) {
        let marker = marker.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}');
        let body = marker.trim_start_matches('(').trim_end_matches(['.', ')']);
        let numbered =
            body.len() < marker.len() && !body.is_empty() && body.chars().all(|c| c.is_alphanumeric() || c == '.');
        if let Some(item) = &mut self.word_item {
            item.ordered |= numbered;
        }
    }
}

/// Nested lists from items with levels.
pub(super) fn lists(items: Vec<WordItem>) -> Vec<Block> {
    let mut out = Vec::new();
    // Lists that are open, outermost first: level, numbered, items.
    let mut open: Vec<(usize, bool, Vec<ListItem>)> = Vec::new();
    for item in items {
        while open.last().is_some_and(|(level, ordered, _)| {
            *level > item.level || (*level == item.level && *ordered != item.ordered)
        }) {
            close(&mut open, &mut out);
        }
        if open.last().is_none_or(|(level, ..)| *level < item.level) {
            open.push((item.level, item.ordered, Vec::new()));
        }
        if let Some((_, _, list)) = open.last_mut() {
            list.push(ListItem(vec![Block::Paragraph(item.run)]));
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut out);
    }
    out
}

fn close(open: &mut Vec<(usize, bool, Vec<ListItem>)>, out: &mut Vec<Block>) {
    let Some((_, ordered, items)) = open.pop() else { return };
    let list = if ordered { Block::OrderedList(1, items) } else { Block::BulletList(items) };
    match open.last_mut().and_then(|(_, _, list)| list.last_mut()) {
        Some(item) => item.0.push(list),
        None => out.push(list),
    }
}
