//! Showing where a text has what was asked for: pieces of text, each marked or not. HTML is made of them by the template
//! alone, which escapes every piece.

use std::collections::HashSet;

use serde::Serialize;

use crate::words::{self, Word};

/// Characters of an excerpt, about.
const EXCERPT: usize = 260;
/// Characters before the first marked word of an excerpt, about.
const BEFORE: usize = 60;
/// Bytes of a text that are looked at: a very long one is shown by its beginning.
const LOOKED_AT: usize = 64 * 1024;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// Whether it is what was asked for.
    pub hit: bool,
}

/// What is to be marked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Words as texts are found by them.
    pub terms: HashSet<String>,
    /// Words as they are written.
    pub written: HashSet<String>,
}

impl Marks {
    /// The words of a text that are to be marked.
    fn hits(&self, language: &str, text: &str) -> Vec<Word> {
        let mut hits: Vec<Word> = Vec::new();
        if !self.terms.is_empty() {
            hits = words::words(language, text);
            hits.retain(|word| self.terms.contains(&word.term));
        }
        if !self.written.is_empty() {
            hits.extend(words::written(text).into_iter().filter(|word| self.written.contains(&word.term)));
            hits.sort_by_key(|word| word.from);
            hits.dedup_by_key(|word| word.from);
        }
        hits
    }

    /// A whole text with its marks.
    pub fn whole(&self, language: &str, text: &str) -> Vec<Piece> {
        let hits = self.hits(language, text);
        pieces(text, 0, text.len(), &hits)
    }

    /// The part of a text that shows most of what was asked for; its beginning if nothing of that is there.
    pub fn excerpt(&self, language: &str, text: &str) -> Vec<Piece> {
        let text = &text[..floor(text, LOOKED_AT)];
        let hits = self.hits(language, text);
        let (mut from, mut to) = (0, floor(text, EXCERPT));
        if let Some(first) = densest(&hits) {
            from = if first.from <= BEFORE * 2 {
                0
            } else {
                word_start(text, floor(text, first.from - BEFORE), first.from)
            };
            to = floor(text, from + EXCERPT).max(first.to);
        }
        to = word_end(text, from, to);
        let mut pieces = pieces(text, from, to, &hits);
        if from > 0 {
            pieces.insert(0, Piece { text: "… ".into(), hit: false });
        }
        if to < text.len() {
            pieces.push(Piece { text: " …".into(), hit: false });
        }
        pieces
    }
}

/// The hit from which on an excerpt holds the most different ones; of several the first.
fn densest(hits: &[Word]) -> Option<&Word> {
    let mut best: Option<(usize, &Word)> = None;
    for (at, first) in hits.iter().enumerate() {
        let within = hits[at..].iter().take_while(|hit| hit.to < first.from + EXCERPT - BEFORE);
        let different: HashSet<&str> = within.map(|hit| hit.term.as_str()).collect();
        if best.is_none_or(|(most, _)| different.len() > most) {
            best = Some((different.len(), first));
        }
    }
    best.map(|(_, first)| first)
}

/// The text between two places, cut at its hits. A line end is a space.
fn pieces(text: &str, from: usize, to: usize, hits: &[Word]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = from;
    let mut say = |from: usize, to: usize, hit: bool| {
        let Some(text) = text.get(from..to).filter(|text| !text.is_empty()) else { return };
        let text = text.replace(['\n', '\r', '\t'], " ").replace("  ", " ");
        pieces.push(Piece { text, hit });
    };
    for hit in hits.iter().filter(|hit| hit.from >= from && hit.to <= to) {
        if hit.from < at {
            continue;
        }
        say(at, hit.from, false);
        say(hit.from, hit.to, true);
        at = hit.to;
    }
    say(at, to, false);
    pieces
}

/// The last place up to `at` where a character begins.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first place after `from` where a word begins, at most `limit`.
fn word_start(text: &str, from: usize, limit: usize) -> usize {
    match text.get(from..limit).and_then(|part| part.find(char::is_whitespace)) {
        Some(at) => from + at + text[from + at..].chars().next().map_or(0, char::len_utf8),
        None => limit,
    }
}

/// The last place up to `to` where a word ends, if there is one after `from`.
fn word_end(text: &str, from: usize, to: usize) -> usize {
    if to >= text.len() {
        return text.len();
    }
    match text.get(from..to).and_then(|part| part.rfind(char::is_whitespace)) {
        Some(at) if at > 0 => from + at,
        _ => to,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marks(language: &str, text: &str) -> Marks {
        let terms = words::words(language, text).into_iter().map(|word| word.term).collect();
        Marks { terms, ..Marks::default() }
    }

    fn shown(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
    }

    #[test]
    fn what_was_asked_for_is_marked_in_its_own_form() {
        let shown = shown(&marks("en", "building wall").whole("en", "They build the <old> walls."));
        assert_eq!(shown, "They [build] the <old> [walls].");
    }

    #[test]
    fn an_excerpt_shows_where_most_of_it_stands() {
        let text = format!(
            "The wall. {} A wall of the harbour fell.\nThen silence {}",
            "Rain. ".repeat(100),
            "Rain. ".repeat(99)
        );
        let excerpt = shown(&marks("en", "harbour wall").excerpt("en", &text));
        assert!(excerpt.starts_with("… ") && excerpt.ends_with(" …"), "{excerpt}");
        assert!(excerpt.contains("A [wall] of the [harbour] fell. Then silence"), "{excerpt}");
        let nothing = shown(&marks("en", "lighthouse").excerpt("en", &text));
        assert!(nothing.starts_with("The wall. Rain.") && nothing.ends_with("Rain. …"), "{nothing}");
    }

    #[test]
    fn a_name_is_marked_as_it_is_written() {
        let marks = Marks { written: ["the".to_owned()].into(), ..Marks::default() };
        assert_eq!(shown(&marks.whole("en", "The wall, the sea")), "[The] wall, [the] sea");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_added(text in "(\\PC|[ \u{301}<&東]){0,120}", asked in "\\PC{0,20}") {
            for language in ["en", "de", "xx"] {
                let marks = Marks { written: words::written(&asked).into_iter().map(|w| w.term).collect(), ..marks(language, &asked) };
                let whole: String = marks.whole(language, &text).into_iter().map(|piece| piece.text).collect();
                prop_assert_eq!(whole, text.replace(['\n', '\r', '\t'], " ").replace("  ", " "));
                let excerpt = marks.excerpt(language, &text.repeat(9));
                prop_assert!(excerpt.iter().map(|piece| piece.text.len()).sum::<usize>() < EXCERPT * 4);
            }
        }
    }
}
