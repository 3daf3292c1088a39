//! Quotation and source as words with the punctuation behind them.

use crate::words::{self, FILLER, NEG};

/// A word and what follows it up to the next word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub start: u32,
    pub end: u32,
    /// End of the punctuation behind the word (spaces at its end not counted).
    pub tail: u32,
    /// Hash of the word in small letters with straight apostrophes.
    pub folded: u64,
    pub filler: bool,
    pub negates: bool,
    /// In a quotation: brackets stand in or around the word.
    pub bracket: Bracket,
}

/// How a word of a quotation stands to brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bracket {
    None,
    /// A whole bracket "[the mayor]": stands for some words, or explains.
    Whole,
    /// "[W]e", "clos[ing]": only the letters outside must be the source's.
    Within,
}

/// A stretch of a quotation between ellipses.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub words: Vec<Word>,
    pub start: usize,
    pub end: usize,
    /// The quotation begins with this piece.
    pub first: bool,
    /// The quotation ends with this piece.
    pub last: bool,
}

/// The words of a source text.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 6 + 1);
    scan(text, 0, text.len(), &mut out);
    out
}

fn joins(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '-' | '\u{2010}' | '\u{2011}' | '.' | ',')
}

/// Straight marks for curly, one hyphen for all, small letters.
fn fold(c: char, buf: &mut String) {
    match c {
        '\u{2019}' | '\u{2018}' => buf.push('\''),
        '\u{2010}' | '\u{2011}' => buf.push('-'),
        '\u{ad}' | '\u{200b}' => {}
        c if c.is_ascii() => buf.push(c.to_ascii_lowercase()),
        c => buf.extend(c.to_lowercase()),
    }
}

/// FNV-1a of the folded word.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
}

fn scan(text: &str, from: usize, to: usize, out: &mut Vec<Word>) {
    let mut chars = text[from..to].char_indices().peekable();
    let mut buf = String::new();
    while let Some((i, c)) = chars.next() {
        let start = from + i;
        if !c.is_alphanumeric() {
            if let Some(w) = out.last_mut().filter(|w| w.end as usize >= from)
                && !c.is_whitespace()
            {
                w.tail = (start + c.len_utf8()) as u32;
            }
            continue;
        }
        buf.clear();
        fold(c, &mut buf);
        let mut end = start + c.len_utf8();
        while let Some(&(j, d)) = chars.peek() {
            let at = from + j;
            if !(d.is_alphanumeric() || d == '\u{ad}') {
                if !joins(d) {
                    break;
                }
                let next = text[at + d.len_utf8()..to].chars().next();
                let number = matches!(d, '.' | ',');
                let inside = next.is_some_and(|n| {
                    if number { n.is_ascii_digit() && c.is_ascii_digit() } else { n.is_alphanumeric() }
                });
                if !inside {
                    break;
                }
            }
            fold(d, &mut buf);
            end = at + d.len_utf8();
            chars.next();
        }
        out.push(word(start, end, &buf));
    }
}

fn word(start: usize, end: usize, folded: &str) -> Word {
    let bits = words::classes(folded);
    let contracted = folded.ends_with("n't") || folded == "cannot";
    Word {
        start: start as u32,
        end: end as u32,
        tail: end as u32,
        folded: hash(folded),
        filler: bits & FILLER != 0,
        negates: bits & NEG != 0 || contracted,
        bracket: Bracket::None,
    }
}

/// The folded word as text, for comparing letters outside brackets.
pub(crate) fn folded(text: &str) -> String {
    let mut buf = String::with_capacity(text.len());
    text.chars().for_each(|c| fold(c, &mut buf));
    buf
}

/// The pieces of a quotation between its ellipses.
pub(crate) fn cut(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while at < text.len() {
        let n = ellipsis(&text[at..]);
        if n > 0 {
            piece(text, from, at, &mut out);
            at += n;
            from = at;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    piece(text, from, text.len(), &mut out);
    if let Some(p) = out.first_mut() {
        p.first = true;
    }
    if let Some(p) = out.last_mut() {
        p.last = true;
    }
    out
}

/// Length of the ellipsis at the head of `text`: "…", "...", ". . .", each also in brackets.
fn ellipsis(text: &str) -> usize {
    let (open, body) = match text.strip_prefix(['[', '(']) {
        Some(b) => (1, b),
        None => (0, text),
    };
    let n = if body.starts_with('\u{2026}') {
        3
    } else if let Some(more) = body.strip_prefix("...") {
        3 + more.bytes().take_while(|b| *b == b'.').count()
    } else if body.starts_with(". . .") {
        5
    } else {
        return 0;
    };
    if open == 0 {
        return n;
    }
    if body[n..].starts_with([']', ')']) { n + 2 } else { 0 }
}

fn piece(text: &str, from: usize, to: usize, out: &mut Vec<Piece>) {
    let mut list: Vec<Word> = Vec::new();
    let mut at = from;
    while let Some(n) = text[at..to].find('[') {
        let open = at + n;
        let Some(m) = text[open..to].find(']') else { break };
        let close = open + m + 1;
        scan(text, at, open, &mut list);
        at = bracket(text, open, close, to, &mut list);
    }
    scan(text, at, to, &mut list);
    if let (Some(f), Some(l)) = (list.first(), list.last()) {
        let (start, end) = (f.start as usize, l.tail.max(l.end) as usize);
        out.push(Piece { words: list, start, end, first: false, last: false });
    }
}

/// One bracket, whole or within a word. Returns where to go on.
fn bracket(text: &str, open: usize, close: usize, to: usize, list: &mut Vec<Word>) -> usize {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = letter(text[..open].chars().next_back()) && list.last().is_some_and(|w| w.end as usize == open);
    let after = letter(text[close..to].chars().next());
    let mut start = open;
    let mut end = close;
    if before && let Some(w) = list.pop() {
        start = w.start as usize;
    }
    if after {
        end = close
            + text[close..to]
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '\'' || *c == '\u{2019}')
                .map(char::len_utf8)
                .sum::<usize>();
    }
    let mut w = word(start, end, "");
    w.negates = folded(&text[open..close])
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .any(|x| words::classes(x) & NEG != 0);
    w.bracket = if before || after { Bracket::Within } else { Bracket::Whole };
    list.push(w);
    end
}
