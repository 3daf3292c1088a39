//! Two versions of a story side by side, word by word.

use std::time::Duration;

use jiff::tz::TimeZone;
use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use crate::Content;

/// Comparing stops here and shows the rest as replaced: hostile texts take quadratic time.
const PATIENCE: Duration = Duration::from_millis(300);

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Part {
    /// The field's name: its label is `stories-FIELD`.
    pub field: &'static str,
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
}

/// A piece of text that both have, or only one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Piece {
    /// `same`, `old` or `new`.
    pub side: &'static str,
    /// The text.
    pub text: String,
}

/// What differs between two versions, field by field; empty if nothing does.
pub(crate) fn contents(old: &Content, new: &Content, zone: &TimeZone) -> Vec<Part> {
    let bylines = |c: &Content| c.bylines.iter().map(|b| b.name.as_str()).collect::<Vec<_>>().join(", ");
    let time = |c: &Content| {
        c.published_at.map(|at| at.in_zone(zone).strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
    };
    let option = |value: &Option<String>| value.clone().unwrap_or_default();
    let fields = [
        ("kicker", old.kicker.clone(), new.kicker.clone()),
        ("headline", old.headline.clone(), new.headline.clone()),
        ("dek", old.dek.clone(), new.dek.clone()),
        ("slug", old.slug.clone(), new.slug.clone()),
        ("bylines", bylines(old), bylines(new)),
        ("dateline", old.dateline.clone(), new.dateline.clone()),
        ("tags", old.tags.join(", "), new.tags.join(", ")),
        ("language", old.language.clone(), new.language.clone()),
        ("canonical", option(&old.canonical), option(&new.canonical)),
        ("time", time(old), time(new)),
        ("text", onrecord_prose::to_markdown(&old.body), onrecord_prose::to_markdown(&new.body)),
    ];
    fields
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(field, old, new)| Part { field, pieces: pieces(&old, &new) })
        .collect()
}

fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_words(old, new);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let side = match change.tag() {
            ChangeTag::Equal => "same",
            ChangeTag::Delete => "old",
            ChangeTag::Insert => "new",
        };
        match pieces.last_mut() {
            Some(last) if last.side == side => last.text.push_str(change.value()),
            _ => pieces.push(Piece { side, text: change.value().to_owned() }),
        }
    }
    pieces
}

/// For samples of views.
pub(crate) fn sample() -> Vec<Part> {
    let piece = |side, text: &str| Piece { side, text: text.into() };
    vec![Part {
        field: "headline",
        pieces: vec![piece("same", "The wall "), piece("old", "falls"), piece("new", "<stands>")],
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_are_marked() {
        let text = |headline: &str| Content { headline: headline.into(), ..Content::default() };
        let parts = contents(&text("The wall falls"), &text("The wall stands"), &TimeZone::UTC);
        let sides: Vec<_> = parts[0].pieces.iter().map(|p| (p.side, p.text.as_str())).collect();
        assert_eq!(sides, [("same", "The wall "), ("old", "falls"), ("new", "stands")]);
        assert!(contents(&text("a"), &text("a"), &TimeZone::UTC).is_empty());
    }
}
