//! Cuts the visible text into tokens: words with their classes, punctuation, quotation marks, paragraph breaks.
//!
//! One pass, left to right, linear in the bytes of the text.

use crate::view::{BlockKind, View};
use crate::words::{self, ABBR, AUX, Bits, PRONOUN, REL, WH};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    Stop,
    Comma,
    Colon,
    Semicolon,
    Dash,
    OpenBracket,
    CloseBracket,
    /// A quotation mark; which one is in `Tok::mark`.
    Mark,
    /// The end of a block (paragraph, heading, caption).
    Break,
    Other,
}

/// The quotation marks by how they behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    None,
    /// `"` and `''`: either side.
    Straight,
    /// `“` and two backticks.
    Left,
    /// `”`
    Right,
    /// `„`
    Low,
    /// `«`
    AngleLeft,
    /// `»`
    AngleRight,
    /// `'`
    Single,
    /// `‘` and one backtick.
    SingleLeft,
    /// `’`
    SingleRight,
    /// `‚`
    SingleLow,
    /// The invisible bounds of a block quotation.
    Bound,
}

impl Mark {
    pub(crate) fn is_single(self) -> bool {
        matches!(self, Mark::Single | Mark::SingleLeft | Mark::SingleRight | Mark::SingleLow)
    }
    pub(crate) fn is_double(self) -> bool {
        !matches!(self, Mark::None | Mark::Bound) && !self.is_single()
    }
}

pub(crate) const CAP: u8 = 1;
pub(crate) const POSSESSIVE: u8 = 2;
/// White space (or the start of a block) stands before the token.
pub(crate) const SPACE_BEFORE: u8 = 4;
pub(crate) const ALL_CAPS: u8 = 8;
/// "he's", "who'd": a pronoun with its verb.
pub(crate) const CONTRACTED: u8 = 16;
/// Ends with a full stop that belongs to the word ("Mr.", "U.S.", "J.").
pub(crate) const DOTTED: u8 = 32;
/// One capital letter with a dot: an initial.
pub(crate) const INITIAL: u8 = 64;

/// One token: a byte range of the view and what is known about it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tok {
    pub s: u32,
    pub e: u32,
    pub bits: Bits,
    pub kind: Kind,
    pub mark: Mark,
    pub flags: u8,
}

impl Tok {
    pub(crate) fn is(&self, bits: Bits) -> bool {
        self.bits & bits != 0
    }
    pub(crate) fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
    pub(crate) fn word(&self) -> bool {
        self.kind == Kind::Word
    }
}

/// Longest word looked at as one piece: a 10 MB run of letters is not a word anyone must look up.
const LOOKED_UP: usize = 40;

/// The tokens of the view; every block ends with a `Break`.
pub(crate) fn tokens(view: &View) -> Vec<Tok> {
    let text = &*view.text;
    let mut out = Vec::with_capacity(text.len() / 5 + 8);
    let mut buf = String::with_capacity(64);
    for block in &view.blocks {
        let bounded = block.kind == BlockKind::Quotation;
        if bounded {
            out.push(bound(block.start));
        }
        let mut lexer = Lexer { text, at: block.start, end: block.end, space: true };
        while let Some(t) = lexer.next(&mut buf) {
            out.push(t);
        }
        if bounded {
            out.push(bound(block.end));
        }
        out.push(Tok { kind: Kind::Break, mark: Mark::None, ..bound(block.end) });
    }
    out
}

fn bound(at: usize) -> Tok {
    Tok { s: at as u32, e: at as u32, bits: 0, kind: Kind::Mark, mark: Mark::Bound, flags: SPACE_BEFORE }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    space: bool,
}

fn peek(text: &str, at: usize, end: usize) -> Option<char> {
    let b = *text.as_bytes().get(at).filter(|_| at < end)?;
    if b < 128 { Some(b as char) } else { text[at..end].chars().next() }
}

fn apostrophe(c: char) -> bool {
    c == '\'' || c == '\u{2019}'
}

impl Lexer<'_> {
    fn next(&mut self, buf: &mut String) -> Option<Tok> {
        let mut c = peek(self.text, self.at, self.end)?;
        while c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
            self.space = true;
            self.at += c.len_utf8();
            c = peek(self.text, self.at, self.end)?;
        }
        let s = self.at;
        let mut tok = Tok { s: s as u32, e: 0, bits: 0, kind: Kind::Other, mark: Mark::None, flags: 0 };
        if self.space {
            tok.flags |= SPACE_BEFORE;
        }
        self.space = false;
        if c.is_alphanumeric() || ((c == '@' || c == '#') && self.alnum_at(s + 1)) {
            self.word(c, &mut tok, buf);
        } else if self.clitic(c, &mut tok) {
        } else {
            self.punctuation(c, &mut tok);
        }
        tok.e = self.at as u32;
        Some(tok)
    }

    fn alnum_at(&self, at: usize) -> bool {
        peek(self.text, at, self.end).is_some_and(char::is_alphanumeric)
    }

    /// Tokenised text writes "Inn 's", "did n't": the piece after the space is no quotation.
    fn clitic(&mut self, c: char, tok: &mut Tok) -> bool {
        if !apostrophe(c) || !tok.has(SPACE_BEFORE) {
            return false;
        }
        let rest = &self.text[self.at + c.len_utf8()..self.end];
        for (piece, bits) in [("s", 0), ("re", AUX), ("ve", AUX), ("ll", AUX), ("d", AUX), ("m", AUX)] {
            if let Some(after) = rest.strip_prefix(piece)
                && after.starts_with(|d: char| d.is_whitespace() || d == ',' || d == '.')
            {
                tok.kind = Kind::Word;
                tok.bits = bits;
                if piece == "s" {
                    tok.flags |= POSSESSIVE;
                }
                self.at += c.len_utf8() + piece.len();
                return true;
            }
        }
        false
    }

    fn word(&mut self, first: char, tok: &mut Tok, buf: &mut String) {
        let s = self.at;
        let mut at = s + first.len_utf8();
        let mut upper = first.is_uppercase();
        let all_from = upper;
        let mut letters = 1usize;
        let mut all_caps = upper;
        while let Some(c) = peek(self.text, at, self.end) {
            let next = at + c.len_utf8();
            let joins = apostrophe(c) || c == '-' || c == '.' || c == '_' || c == '/' || c == ':' || c == ',';
            if c.is_alphanumeric() {
                letters += 1;
                all_caps &= !c.is_lowercase();
            } else if joins && self.joined(s, at, next, c) {
            } else {
                break;
            }
            at = next;
        }
        upper &= all_from;
        tok.kind = if first.is_numeric() { Kind::Number } else { Kind::Word };
        if upper {
            tok.flags |= CAP;
        }
        if all_caps && letters > 1 {
            tok.flags |= ALL_CAPS;
        }
        self.at = at;
        self.classify(s, tok, buf);
    }

    /// Does the mark at `at` belong inside the word that began at `s`?
    fn joined(&self, s: usize, at: usize, next: usize, c: char) -> bool {
        let after = peek(self.text, next, self.end);
        match c {
            '-' | '_' => after.is_some_and(char::is_alphanumeric),
            '.' => {
                // "U.S", "d.h", "example.org", "3.5"
                after.is_some_and(|a| a.is_alphanumeric() && !(a.is_uppercase() && at - s > 2))
            }
            ',' => self.text.as_bytes()[at - 1].is_ascii_digit() && after.is_some_and(|a| a.is_ascii_digit()),
            '/' | ':' => {
                let w = &self.text[s..at];
                (w.starts_with("http") || w.starts_with("www")) && after.is_some_and(|a| !a.is_whitespace() && a != '"')
            }
            _ => apostrophe(c) && after.is_some_and(char::is_alphabetic) && !self.text[s..at].ends_with('\''),
        }
    }

    fn classify(&mut self, s: usize, tok: &mut Tok, buf: &mut String) {
        let raw = &self.text[s..self.at];
        if raw.len() > LOOKED_UP {
            return;
        }
        buf.clear();
        let mut letters = 0;
        for c in raw.chars() {
            letters += 1;
            match c {
                '\u{2019}' => buf.push('\''),
                c if c.is_ascii() => buf.push(c.to_ascii_lowercase()),
                c => buf.extend(c.to_lowercase()),
            }
        }
        if self.text.as_bytes().get(self.at) == Some(&b'.') && self.at < self.end {
            let initials = tok.has(CAP) && (letters == 1 || (buf.contains('.') && letters <= 5));
            buf.push('.');
            let bits = if initials { ABBR } else { words::classes(buf) };
            if bits & ABBR != 0 && !(buf.len() == 3 && buf == "no." && !self.digit_follows()) {
                let listed = words::classes(buf);
                self.at += 1;
                tok.flags |= DOTTED | if letters == 1 { INITIAL } else { 0 };
                tok.bits = bits | listed;
                return;
            }
            buf.pop();
        }
        tok.bits = words::classes(buf);
        if tok.bits == 0
            && let Some((_, tail)) = buf.rsplit_once('-')
        {
            tok.bits =
                words::classes(tail) & (words::ROLE | words::TITLE | words::FEM | words::MASC | words::PLURAL_ROLE);
        }
        if tok.bits == 0 && tok.has(CAP) {
            tok.bits = words::office(buf);
        }
        if let Some((base, tail)) = buf.split_once('\'') {
            let base_bits = words::classes(base);
            match tail {
                "s" if base_bits & (PRONOUN | REL | WH) != 0 || base == "that" || base == "there" => {
                    tok.bits = base_bits | AUX;
                    tok.flags |= CONTRACTED;
                }
                "d" | "ll" | "re" | "ve" | "m" => {
                    tok.bits = base_bits | AUX;
                    tok.flags |= CONTRACTED;
                }
                "s" => {
                    tok.bits = base_bits;
                    tok.flags |= POSSESSIVE;
                }
                _ => {}
            }
        } else if buf.ends_with('s') && self.plural_possessive() {
            tok.flags |= POSSESSIVE;
            self.at += peek(self.text, self.at, self.end).map_or(0, char::len_utf8);
        }
    }

    fn digit_follows(&self) -> bool {
        self.text[self.at..self.end].chars().skip(1).take(2).any(|c| c.is_ascii_digit())
    }

    /// "officials' complaint": an apostrophe, a space and a small letter after the s.
    fn plural_possessive(&self) -> bool {
        let mut rest = self.text[self.at..self.end].chars();
        rest.next().is_some_and(apostrophe) && rest.next() == Some(' ') && rest.next().is_some_and(char::is_lowercase)
    }

    fn punctuation(&mut self, c: char, tok: &mut Tok) {
        let n = c.len_utf8();
        let second = peek(self.text, self.at + n, self.end);
        let mut len = n;
        tok.kind = match c {
            '.' | '?' | '!' | '\u{2026}' => {
                // A run of stops is one token: "...", "?!".
                while peek(self.text, self.at + len, self.end)
                    .is_some_and(|d| matches!(d, '.' | '?' | '!' | '\u{2026}'))
                {
                    len += peek(self.text, self.at + len, self.end).map_or(0, char::len_utf8);
                }
                Kind::Stop
            }
            ',' => Kind::Comma,
            ':' => Kind::Colon,
            ';' => Kind::Semicolon,
            '-' | '\u{2013}' | '\u{2014}' | '\u{2015}' | '\u{2012}' => {
                if second == Some('-') {
                    len += 1;
                }
                Kind::Dash
            }
            '(' | '[' | '{' => Kind::OpenBracket,
            ')' | ']' | '}' => Kind::CloseBracket,
            '&' => Kind::Word,
            _ => {
                let (mark, more) = self.mark(c, second, tok.has(SPACE_BEFORE));
                tok.mark = mark;
                len += more;
                if mark == Mark::None { Kind::Other } else { Kind::Mark }
            }
        };
        if c == '&' {
            tok.bits = words::CONJ;
        }
        self.at += len;
    }

    fn mark(&self, c: char, second: Option<char>, spaced: bool) -> (Mark, usize) {
        match c {
            '"' | '\u{ff02}' | '\u{2033}' => (Mark::Straight, 0),
            '\'' if second == Some('\'') => {
                // Three in a row: the outer pair is the double one.
                let third = peek(self.text, self.at + 2, self.end) == Some('\'');
                if third && !spaced { (Mark::Single, 0) } else { (Mark::Straight, 1) }
            }
            '\'' => (Mark::Single, 0),
            '`' if second == Some('`') => (Mark::Left, 1),
            '`' | '\u{2018}' | '\u{201b}' => (Mark::SingleLeft, 0),
            '\u{2019}' if second == Some('\u{2019}') => (Mark::Right, 3),
            '\u{2019}' => (Mark::SingleRight, 0),
            '\u{201a}' => (Mark::SingleLow, 0),
            '\u{201c}' | '\u{300c}' | '\u{300e}' => (Mark::Left, 0),
            '\u{201d}' | '\u{300d}' | '\u{300f}' => (Mark::Right, 0),
            '\u{201e}' | '\u{201f}' => (Mark::Low, 0),
            '\u{ab}' => (Mark::AngleLeft, 0),
            '\u{bb}' => (Mark::AngleRight, 0),
            _ => (Mark::None, 0),
        }
    }
}
