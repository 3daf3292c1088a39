//! Pairs quotation marks, as people really type them: mismatched, missing, doubled, tokenised.
//!
//! The result is every marked stretch of text; whether a stretch is a quotation is for [`crate::judge`] to say.

use crate::lex::{CAP, Kind, Mark, SPACE_BEFORE, Tok};
use crate::words::{AUX, PRONOUN, SAY};

/// How a marked stretch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// With its closing mark.
    Closed,
    /// At the end of its paragraph; the next one opens with a mark again.
    Continued,
    /// In single marks.
    Single,
    /// Words of a block quotation, without marks.
    Block,
    /// At the end of its paragraph; the next line within the marks names the speaker.
    Credited,
}

/// A marked stretch: token indices of its marks (the words lie between them).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    /// Index of the opening mark.
    pub open: usize,
    /// Index of the closing mark, or of the `Break` where the paragraph ends.
    pub close: usize,
    pub ending: Ending,
}

/// Longest credit line, in tokens.
const CREDIT: usize = 22;

/// Longest stretch of tokens a quotation may run over paragraphs without a mark.
const CARRY: usize = 1500;

/// All outermost marked stretches, in order, never overlapping.
pub(crate) fn spans(toks: &[Tok], text: &str) -> Vec<Span> {
    let marks: Vec<usize> = (0..toks.len()).filter(|&i| toks[i].kind == Kind::Mark).collect();
    let doubles: Vec<usize> = marks.iter().copied().filter(|&i| toks[i].mark.is_double()).collect();
    let mut out = Pairing::new(toks, text, &doubles).run();
    blocks(toks, &marks, &mut out);
    let singles: Vec<usize> = marks.iter().copied().filter(|&i| toks[i].mark.is_single()).collect();
    if !singles.is_empty() {
        let found = singles_outside(toks, text, &singles, &out);
        if !found.is_empty() {
            out.extend(found);
            out.sort_by_key(|s| s.open);
            // A double-marked stretch within a single-marked one is nested: the outermost stays.
            let mut end = 0;
            out.retain(|s| {
                let free = s.open >= end;
                end = if free { s.close.max(end) } else { end };
                free
            });
        }
    }
    out
}

/// Block quotations: all words of the block, unless marks within say better.
fn blocks(toks: &[Tok], marks: &[usize], out: &mut Vec<Span>) {
    let bounds: Vec<usize> = marks.iter().copied().filter(|&i| toks[i].mark == Mark::Bound).collect();
    let mut found = Vec::new();
    for pair in bounds.chunks_exact(2) {
        let (open, end) = (pair[0], pair[1]);
        let from = out.partition_point(|s| s.close < open);
        let to = out.partition_point(|s| s.open < end);
        let marked: usize = out[from..to].iter().map(|s| s.close.min(end) - s.open.max(open)).sum();
        if marked * 2 > end - open || end <= open + 1 {
            continue;
        }
        // The credit "— Jane Smith" at the end of the block is not part of the words.
        let dash = (end.saturating_sub(CREDIT).max(open + 2)..end).rev().find(|&i| {
            toks[i].kind == Kind::Dash
                && toks[i].has(SPACE_BEFORE)
                && toks[i - 1].kind == Kind::Stop
                && toks.get(i + 1).is_some_and(|t| t.has(CAP))
        });
        found.push((from, to, Span { open, close: dash.unwrap_or(end), ending: Ending::Block }));
    }
    let mut kept = Vec::with_capacity(out.len() + found.len());
    let mut next = 0;
    for (from, to, span) in found {
        kept.extend_from_slice(&out[next..from.max(next)]);
        kept.push(span);
        next = to.max(next);
    }
    kept.extend_from_slice(&out[next..]);
    *out = kept;
}

/// What the neighbours of a mark allow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Either,
}

fn char_before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

fn char_after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

fn side(toks: &[Tok], text: &str, i: usize) -> Side {
    let t = &toks[i];
    let before = if t.has(SPACE_BEFORE) { None } else { char_before(text, t.s as usize) };
    let after = char_after(text, t.e as usize).filter(|c| !c.is_whitespace());
    let last = toks.get(i + 1).is_none_or(|n| n.kind == Kind::Break);
    let opening_before = before.is_none_or(|c| "([{—–-/=>".contains(c) || is_open_mark(c));
    let closing_after = after.is_none() || last || after.is_some_and(|c| ".,;:?!)]}—–-/<…".contains(c) || is_mark(c));
    let first = i == 0 || toks[i - 1].kind == Kind::Break;
    match (opening_before, closing_after) {
        (true, false) => Side::Opens,
        (false, true) => Side::Closes,
        (true, true) if first => Side::Opens,
        (true, true) if last && before.is_some() => Side::Closes,
        (true, true) if before.is_none() && after.is_some_and(|c| "\u{2026}([{-'\u{2018}.".contains(c)) => Side::Opens,
        _ => Side::Either,
    }
}

fn is_open_mark(c: char) -> bool {
    matches!(c, '\u{201c}' | '\u{2018}' | '\u{201e}' | '\u{201a}' | '\u{ab}' | '"')
}

fn is_mark(c: char) -> bool {
    is_open_mark(c) || matches!(c, '\u{201d}' | '\u{2019}' | '\u{bb}' | '\'')
}

struct Pairing<'a> {
    toks: &'a [Tok],
    text: &'a str,
    marks: &'a [usize],
    /// Opening marks not yet closed, outermost first: indices of tokens.
    open: Vec<usize>,
    /// Inside the value of an attribute.
    value: bool,
    out: Vec<Span>,
}

impl<'a> Pairing<'a> {
    fn new(toks: &'a [Tok], text: &'a str, marks: &'a [usize]) -> Self {
        Pairing { toks, text, marks, open: Vec::new(), value: false, out: Vec::new() }
    }

    fn run(mut self) -> Vec<Span> {
        let mut next_break = 0;
        for k in 0..self.marks.len() {
            let i = self.marks[k];
            self.leave_blocks(i, k, &mut next_break);
            self.step(k, i);
        }
        let end = self.toks.len();
        self.leave_blocks(end, self.marks.len(), &mut next_break);
        self.out
    }

    /// Settles what is open whenever a paragraph ends before the mark `i`, the `k`th of all.
    fn leave_blocks(&mut self, i: usize, k: usize, next_break: &mut usize) {
        let Some(&outer) = self.open.first() else {
            *next_break = i;
            return;
        };
        let mut b = (*next_break).max(outer);
        while b < i && self.toks[b].kind != Kind::Break {
            b += 1;
        }
        *next_break = b;
        if b >= i {
            return;
        }
        // A paragraph has ended while a mark was open.
        let mark = self.marks.get(k).map(|&m| side(self.toks, self.text, m));
        let starts_block = i > 0 && self.toks.get(i - 1).is_some_and(|t| t.kind == Kind::Break);
        let closes = match self.marks.get(k).map(|&m| self.toks[m].mark) {
            Some(Mark::Right) => !starts_block,
            Some(Mark::Low) => false,
            Some(Mark::Left) => self.toks[outer].mark == Mark::Low && mark != Some(Side::Opens),
            Some(_) => mark == Some(Side::Closes) || (mark == Some(Side::Either) && !starts_block),
            None => false,
        };
        if closes && i - outer < CARRY {
            *next_break = i;
            return;
        }
        let next_opens = self.toks.get(b + 1).is_some_and(|t| t.mark.is_double());
        if next_opens && self.toks[b.saturating_sub(1)].kind != Kind::Mark && b > outer + 1 {
            self.out.push(Span { open: outer, close: b, ending: Ending::Continued });
        }
        self.open.clear();
        *next_break = i;
    }

    fn step(&mut self, k: usize, i: usize) {
        if self.attribute(i) {
            return;
        }
        let side = side(self.toks, self.text, i);
        let innermost = self.open.last().copied();
        if self.measure(i, innermost) {
            return;
        }
        let closes = match (self.toks[i].mark, innermost) {
            (Mark::Low, _) => false,
            (Mark::Left, None) => {
                if side == Side::Closes {
                    return;
                }
                false
            }
            (Mark::Left, Some(o)) => match self.toks[o].mark {
                Mark::Low => side != Side::Opens,
                _ => side == Side::Closes,
            },
            (Mark::Right, None) => {
                if side == Side::Closes || !self.pairs_ahead(k) {
                    return;
                }
                false
            }
            (Mark::Right, Some(o)) => !(side == Side::Opens && self.toks[o].mark == Mark::Right),
            (_, None) => {
                if side == Side::Closes {
                    return;
                }
                false
            }
            (_, Some(_)) => side != Side::Opens,
        };
        if closes {
            if let Some(o) = self.open.pop()
                && self.open.is_empty()
            {
                self.close(o, i);
            }
        } else if innermost.is_some() && !self.nests(k) {
            // The outer mark was never closed.
            self.open.clear();
            self.open.push(i);
        } else {
            self.open.push(i);
        }
    }

    /// `name="value"` left in plain text: neither mark is a quotation's.
    fn attribute(&mut self, i: usize) -> bool {
        let t = &self.toks[i];
        if self.value {
            self.value = false;
            return true;
        }
        let opens = t.mark == Mark::Straight
            && !t.has(SPACE_BEFORE)
            && self.open.is_empty()
            && char_before(self.text, t.s as usize) == Some('=');
        self.value = opens;
        opens
    }

    /// Feet and inches: a straight mark behind a digit with nothing open.
    fn measure(&self, i: usize, innermost: Option<usize>) -> bool {
        let t = &self.toks[i];
        if t.mark != Mark::Straight || t.has(SPACE_BEFORE) || i == 0 || self.toks[i - 1].kind != Kind::Number {
            return false;
        }
        let feet = i >= 3 && self.toks[i - 2].mark.is_single() && self.toks[i - 3].kind == Kind::Number;
        innermost.is_none() || feet
    }

    /// Is the next mark one that can close this one, in the same paragraph?
    fn pairs_ahead(&self, k: usize) -> bool {
        let (Some(&i), Some(&j)) = (self.marks.get(k), self.marks.get(k + 1)) else {
            return false;
        };
        j - i < CARRY && side(self.toks, self.text, j) != Side::Opens
    }

    /// Is the opening mark `k`, met inside an open quotation, the start of a quotation within it?
    /// Yes if it is closed and the outer one is closed after it, before anything else opens.
    fn nests(&self, k: usize) -> bool {
        let i = self.marks[k];
        let closing = |n: usize| {
            self.marks.get(k + n).is_some_and(|&j| {
                j - i < CARRY && side(self.toks, self.text, j) == Side::Closes && self.toks[j].mark != Mark::Low
            })
        };
        if closing(1) && closing(2) {
            return true;
        }
        // The outer mark is never closed: inside a running sentence the inner closing mark ends both.
        let before = self.toks[i.saturating_sub(1)].kind;
        closing(1) && before == Kind::Word && self.toks[i].mark != Mark::Straight
    }

    /// A pull quote with the credit inside its marks: the words, a line break, "Jane Smith, teacher", the closing mark.
    fn credit(&self, o: usize, i: usize) -> Option<usize> {
        let from = i.saturating_sub(CREDIT).max(o);
        let b = (from..i).rev().find(|&k| self.toks[k].kind == Kind::Break)?;
        let line = &self.toks[b + 1..i];
        let named = line.first()?.has(CAP)
            && line.get(1)?.has(CAP)
            && self.toks.get(i + 1).is_none_or(|t| t.kind == Kind::Break);
        let verbless = !line.iter().any(|t| t.is(AUX | PRONOUN | SAY));
        (named && verbless && b > o + 2).then_some(b)
    }

    fn close(&mut self, o: usize, i: usize) {
        if i <= o + 1 {
            return;
        }
        match self.credit(o, i) {
            Some(b) => self.out.push(Span { open: o, close: b, ending: Ending::Credited }),
            None => self.out.push(Span { open: o, close: i, ending: Ending::Closed }),
        }
    }
}

/// Small words that begin with an apostrophe.
const CLIPPED: &[&str] = &["em", "til", "tis", "twas", "cause", "n", "round", "bout", "cos", "s", "t"];

/// Single-marked stretches that lie in no double-marked one.
fn singles_outside(toks: &[Tok], text: &str, singles: &[usize], doubles: &[Span]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let primary = primary_single(toks, text, singles, doubles);
    let mut d = 0;
    let mut open: Option<usize> = None;
    let mut scanned = 0;
    for (k, &i) in singles.iter().enumerate() {
        while d < doubles.len() && doubles[d].close < i {
            d += 1;
        }
        if doubles.get(d).is_some_and(|s| s.open < i) {
            continue;
        }
        if let Some(o) = open {
            let limit = if primary { CARRY } else { 120 };
            scanned = scanned.max(o);
            let mut crossed = i - o > limit;
            if !primary && !crossed {
                crossed = toks[o..i].iter().any(|t| t.kind == Kind::Break || t.mark.is_double());
            }
            if crossed {
                open = None;
            }
        }
        match open {
            None => {
                if opens_single(toks, text, i) {
                    open = Some(i);
                }
            }
            Some(o) => {
                if closes_single(toks, text, i, primary) && i > o + 1 {
                    out.push(Span { open: o, close: i, ending: Ending::Single });
                    open = None;
                } else if toks[i].mark != Mark::SingleRight && opens_single(toks, text, i) {
                    let nested = primary
                        && toks[i - 1].kind == Kind::Word
                        && singles.get(k + 1).is_some_and(|&j| closes_single(toks, text, j, true));
                    if !nested {
                        open = Some(i);
                    }
                }
            }
        }
    }
    out
}

/// Does this text use single marks for its quotations, as British books do?
fn primary_single(toks: &[Tok], text: &str, singles: &[usize], doubles: &[Span]) -> bool {
    let opening = singles
        .iter()
        .filter(|&&i| toks[i].mark != Mark::SingleRight && opens_single(toks, text, i))
        .take(doubles.len() * 3 + 4)
        .count();
    opening >= 3 && opening > doubles.len() * 2
}

fn opens_single(toks: &[Tok], text: &str, i: usize) -> bool {
    let t = &toks[i];
    let before = if t.has(SPACE_BEFORE) { None } else { char_before(text, t.s as usize) };
    if before.is_some_and(|c| !"([{—–-/>\"\u{201c}".contains(c)) {
        return false;
    }
    let Some(next) =
        toks.get(i + 1).filter(|n| matches!(n.kind, Kind::Word | Kind::Number | Kind::Stop | Kind::OpenBracket))
    else {
        return toks.get(i + 1).is_some_and(|n| t.mark == Mark::SingleLeft && n.kind != Kind::Break);
    };
    if t.mark == Mark::SingleLeft || t.mark == Mark::SingleLow {
        return true;
    }
    let word = &text[next.s as usize..next.e as usize];
    let glued = !next.has(SPACE_BEFORE);
    t.mark == Mark::Single
        && !(glued && (next.kind == Kind::Number || CLIPPED.iter().any(|c| word.eq_ignore_ascii_case(c))))
}

fn closes_single(toks: &[Tok], text: &str, i: usize, primary: bool) -> bool {
    let t = &toks[i];
    if t.mark == Mark::SingleLow || i == 0 {
        return false;
    }
    if char_after(text, t.e as usize).is_some_and(char::is_alphanumeric) {
        return false;
    }
    let before = &toks[i - 1];
    let punctuated = matches!(before.kind, Kind::Stop | Kind::Comma | Kind::Dash | Kind::Semicolon | Kind::Colon)
        || before.kind == Kind::Mark;
    if primary {
        // In a book an apostrophe may end any word; a quotation ends with a mark of punctuation.
        return punctuated;
    }
    if t.has(SPACE_BEFORE) {
        return false;
    }
    if punctuated || t.mark == Mark::SingleLeft {
        return true;
    }
    // "Singin' Sam'": a clipped word is followed by more, and another mark closes.
    let w = &text[before.s as usize..before.e as usize];
    !(w.ends_with("in") && char_after(text, t.e as usize) == Some(' '))
}
