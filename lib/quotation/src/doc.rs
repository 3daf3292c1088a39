//! One story cut into tokens, marked spans and sentences: what every later rule reads.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use crate::lex::{self, ALL_CAPS, CAP, CONTRACTED, DOTTED, INITIAL, Kind, SPACE_BEFORE, Tok};
use crate::marks::{self, Span};
use crate::view::{BlockKind, View};
use crate::words::{ADV, AUX, CONJ, DE, DET, EN, FUNCTION, Fnv, MONTH, PREP, SAY, SUB, TITLE};

/// Longest sentence, in tokens: what runs on longer is a list or a data dump, and rules that look at a whole sentence
/// stay linear.
const LONGEST: usize = 800;
/// Most digits of an ordinal number.
const ORDINAL: usize = 2;
/// Most marked stretches of a sentence.
const SPANS: usize = 48;

/// A sentence: a token range that may hold whole spans, in one block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentence {
    pub start: usize,
    pub end: usize,
    pub block: usize,
    /// Range of spans that begin in the sentence.
    pub spans: (usize, usize),
}

/// The story as the rules see it.
pub(crate) struct Doc<'a> {
    pub text: &'a str,
    pub toks: Vec<Tok>,
    pub spans: Vec<Span>,
    /// For each token the number of the span it lies in, plus one; 0 outside. Marks count as inside.
    pub inside: Vec<u32>,
    pub sentences: Vec<Sentence>,
    pub kinds: Vec<BlockKind>,
    pub german: bool,
    /// Words that have a capital inside a sentence: names, most of them.
    pub capitals: HashSet<&'a str, BuildHasherDefault<Fnv>>,
}

impl<'a> Doc<'a> {
    pub(crate) fn new(view: &'a View<'_>) -> Self {
        let text: &str = &view.text;
        let toks = lex::tokens(view);
        let spans = marks::spans(&toks, text);
        let mut inside = vec![0u32; toks.len()];
        for (n, s) in spans.iter().enumerate() {
            let end = if toks[s.close].kind == Kind::Mark { s.close + 1 } else { s.close };
            inside[s.open..end].fill(n as u32 + 1);
        }
        let (mut en, mut de) = (0usize, 0usize);
        for t in toks.iter().take(4000) {
            en += usize::from(t.is(EN) && t.is(FUNCTION) && !t.is(DE));
            de += usize::from(t.is(DE));
        }
        let kinds = view.blocks.iter().map(|b| b.kind).collect();
        let mut doc = Doc {
            text,
            toks,
            spans,
            inside,
            sentences: Vec::new(),
            kinds,
            german: de > en,
            capitals: HashSet::default(),
        };
        doc.cut();
        doc.learn_capitals();
        doc
    }

    fn learn_capitals(&mut self) {
        for s in &self.sentences {
            for i in s.start + 1..s.end {
                let t = &self.toks[i];
                let p = &self.toks[i - 1];
                let running = p.kind == Kind::Word && !p.has(DOTTED) || p.kind == Kind::Comma;
                if t.has(CAP) && t.word() && running {
                    let w = &self.text[t.s as usize..t.e as usize];
                    self.capitals.insert(w.strip_suffix("'s").or_else(|| w.strip_suffix("\u{2019}s")).unwrap_or(w));
                }
            }
        }
    }

    pub(crate) fn word(&self, i: usize) -> &'a str {
        let t = &self.toks[i];
        &self.text[t.s as usize..t.e as usize]
    }

    pub(crate) fn slice(&self, from: usize, to: usize) -> &'a str {
        if from >= to {
            return "";
        }
        &self.text[self.toks[from].s as usize..self.toks[to - 1].e as usize]
    }

    /// Case-insensitive comparison with an ASCII word.
    pub(crate) fn eq(&self, i: usize, word: &str) -> bool {
        self.toks.get(i).is_some_and(|t| (t.e - t.s) as usize == word.len() && self.word(i).eq_ignore_ascii_case(word))
    }

    pub(crate) fn span_of(&self, i: usize) -> Option<usize> {
        (self.inside.get(i).copied().unwrap_or(0) as usize).checked_sub(1)
    }

    pub(crate) fn outside(&self, i: usize) -> bool {
        self.inside[i] == 0
    }

    /// Index of the last word or stop within a span.
    pub(crate) fn last_inside(&self, span: usize) -> usize {
        self.spans[span].close - 1
    }

    /// First token after the span's closing mark.
    pub(crate) fn after(&self, span: usize) -> usize {
        let c = self.spans[span].close;
        if self.toks[c].kind == Kind::Mark { c + 1 } else { c }
    }

    fn cut(&mut self) {
        let mut start = 0;
        let mut block = 0;
        let mut span = 0;
        let mut i = 0;
        let mut out = Vec::new();
        let n = self.toks.len();
        let mut spans_here = 0;
        let mut push = |start: usize, end: usize, block: usize, spans: &[Span], span: &mut usize| {
            let first = *span;
            while *span < spans.len() && spans[*span].open < end {
                *span += 1;
            }
            if end > start {
                out.push(Sentence { start, end, block, spans: (first, *span) });
            }
        };
        while i < n {
            if let Some(s) = self.span_of(i) {
                let after = self.after(s);
                // Breaks inside a carried span still count as blocks.
                block += self.toks[i..after].iter().filter(|t| t.kind == Kind::Break).count();
                i = after;
                spans_here += 1;
                if i < n && (self.ends_with_span(s, i) || spans_here >= SPANS) {
                    push(start, i, block, &self.spans, &mut span);
                    start = i;
                    spans_here = 0;
                }
                continue;
            }
            if self.toks[i].kind == Kind::Break {
                push(start, i, block, &self.spans, &mut span);
                block += 1;
                start = i + 1;
                i += 1;
                spans_here = 0;
                continue;
            }
            i += 1;
            if self.ends_at(i - 1) || i - start >= LONGEST {
                while i < n && self.toks[i].kind == Kind::CloseBracket {
                    i += 1;
                }
                push(start, i, block, &self.spans, &mut span);
                start = i;
                spans_here = 0;
            }
        }
        push(start, n, block, &self.spans, &mut span);
        self.sentences = out;
    }

    fn starts_sentence(&self, j: usize) -> bool {
        self.toks.get(j).is_none_or(|t| {
            matches!(t.kind, Kind::Break | Kind::Mark | Kind::Number | Kind::Dash | Kind::OpenBracket) || t.has(CAP)
        })
    }

    /// "WASHINGTON (AP) —": the place at the head of a paragraph is no part of its first sentence.
    fn dateline(&self, i: usize) -> bool {
        let start = (i.saturating_sub(14)..i).rev().find(|&k| k == 0 || self.toks[k - 1].kind == Kind::Break);
        let Some(s) = start else { return false };
        self.toks[s].has(ALL_CAPS)
            && self.toks[s..i]
                .iter()
                .all(|t| t.has(CAP) || !t.word() && t.mark == crate::lex::Mark::None || t.is(MONTH | PREP))
            && self.toks[i].has(SPACE_BEFORE)
    }

    /// "am 12. Juni", "der 3. Senat": the stop belongs to the number before it.
    fn ordinal(&self, i: usize) -> bool {
        let Some(number) = i.checked_sub(1).map(|n| &self.toks[n]) else { return false };
        let short = number.kind == Kind::Number && (number.e - number.s) as usize <= ORDINAL && self.word(i) == ".";
        let Some(next) = self.toks.get(i + 1).filter(|n| short && n.word() && n.has(CAP)) else { return false };
        let led = i >= 2 && self.toks[i - 2].is(DET | PREP);
        self.german && (next.is(MONTH) || led && !next.is(FUNCTION))
    }

    /// Does a sentence end with the outside token `i`?
    fn ends_at(&self, i: usize) -> bool {
        let t = &self.toks[i];
        let j = i + 1;
        match t.kind {
            Kind::Stop => self.starts_sentence(j) && !self.ordinal(i),
            Kind::Dash => self.dateline(i),
            Kind::Word if t.has(DOTTED) && !t.has(INITIAL) && !t.is(TITLE) => {
                self.toks.get(j).is_some_and(|n| n.has(CAP) && n.is(FUNCTION) && !n.is(TITLE))
            }
            _ => false,
        }
    }

    /// Does the sentence end with the span that was just passed, `next` being the token after it?
    fn ends_with_span(&self, span: usize, next: usize) -> bool {
        let last = &self.toks[self.last_inside(span)];
        if last.kind != Kind::Stop {
            return false;
        }
        let n = &self.toks[next];
        if n.kind == Kind::Mark {
            return true;
        }
        if !(n.has(CAP) || n.kind == Kind::Number) {
            return false;
        }
        let w = self.word(self.last_inside(span));
        !self.attribution_follows(next, w == ".")
    }

    /// "Really?" Jane Smith asked: a name and a verb of speech right behind.
    fn attribution_follows(&self, next: usize, full_stop: bool) -> bool {
        let mut j = next;
        if self.toks[j].is(FUNCTION) && !self.toks[j].is(crate::words::PRONOUN | DET) {
            return false;
        }
        if self.toks[j].has(CONTRACTED) {
            return false;
        }
        let mut comma = false;
        while j < self.toks.len() && j < next + 25 {
            let t = &self.toks[j];
            let after_comma = j > next && self.toks[j - 1].kind == Kind::Comma;
            if t.is(SAY) && j > next && (!comma || after_comma) && (!t.has(CAP) || after_comma) {
                break;
            }
            comma |= t.kind == Kind::Comma;
            let passes = t.word() && (comma || !t.is(AUX | CONJ | SUB))
                || t.kind == Kind::Comma
                || comma && t.kind == Kind::Number;
            if !passes || self.inside[j] != 0 || (!comma && j > next + 8) {
                return false;
            }
            j += 1;
        }
        let Some(t) = self.toks.get(j).filter(|t| t.is(SAY)) else { return false };
        if t.is(ADV) {
            return false;
        }
        // After a full stop only the bare "Smith said." counts: a typist's slip.
        !full_stop || self.toks.get(j + 1).is_none_or(|n| matches!(n.kind, Kind::Stop | Kind::Break))
    }
}
