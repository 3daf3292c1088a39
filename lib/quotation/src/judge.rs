//! Is a marked stretch a quotation, or a title, a nickname, a scare quote?
//!
//! A sum of plain pieces of evidence with weights set by hand; above zero it is a quotation.

use crate::doc::{Doc, Sentence};
use crate::frame::Frame;
use crate::lex::{CAP, CONTRACTED, Kind, POSSESSIVE};
use crate::marks::Ending;
use crate::words::*;

/// What attribution found around the span.
pub(crate) struct Link {
    /// The frame it belongs to, and whether it stands right beside it.
    pub frame: Option<(Frame, bool)>,
    /// A quotation stands before it in the same sentence.
    pub after_quotation: bool,
}

/// What the words inside a span look like.
struct Inside {
    words: usize,
    caps: usize,
    small: usize,
    sentence_like: usize,
    starts_cap: bool,
    stop: bool,
    comma: bool,
    /// A comma or a stop within, a contracted pronoun: no title.
    spoken: bool,
    /// Every word of weight has a capital, as in a title.
    titled: bool,
}

fn look(doc: &Doc<'_>, open: usize, close: usize) -> Inside {
    let mut r = Inside {
        words: 0,
        caps: 0,
        small: 0,
        sentence_like: 0,
        starts_cap: false,
        stop: false,
        comma: false,
        titled: false,
        spoken: false,
    };
    let mut last_cap = false;
    let mut linking = 0;
    let mut pause = false;
    for t in &doc.toks[open + 1..close] {
        if !matches!(t.kind, Kind::Word | Kind::Number) {
            pause |= matches!(t.kind, Kind::Comma | Kind::Stop);
            continue;
        }
        r.spoken |= pause && r.words < 5 || t.has(CONTRACTED);
        if r.words == 0 {
            r.starts_cap = t.has(CAP);
        }
        r.words += 1;
        last_cap = t.has(CAP) || t.kind == Kind::Number;
        if !t.has(CAP) && t.is(AUX) && linking == 0 {
            linking = 1;
        } else if t.has(CAP) || t.kind == Kind::Number {
            r.caps += 1;
        } else if !t.is(DET | PREP | CONJ | POSS) || t.is(PRONOUN) && !t.is(POSS) {
            r.small += 1;
        }
        if t.is(AUX | PRONOUN | NEG) {
            r.sentence_like += 1;
        }
    }
    let last = doc.toks[close - 1].kind;
    r.stop = last == Kind::Stop;
    r.comma = last == Kind::Comma;
    let most = r.starts_cap || r.caps * 2 > r.words;
    r.titled = r.small == 0
        && !(r.spoken && close - open < 12)
        && r.caps >= 1
        && last_cap
        && most
        && (linking == 0 || r.caps >= 3);
    if !r.titled {
        r.small += linking;
    }
    r
}

/// The evidence for a quotation.
pub(crate) fn score(doc: &Doc<'_>, s: &Sentence, span: usize, link: &Link) -> f32 {
    let sp = &doc.spans[span];
    let r = look(doc, sp.open, sp.close);
    if r.words == 0 {
        return -9.0;
    }
    if sp.ending == Ending::Block {
        return if r.words > 1 { 3.0 } else { -9.0 };
    }
    // A heading in single marks has capitals all over: they say nothing.
    let titled = r.titled && sp.ending != Ending::Single;
    let mut v: f32 = match r.words {
        1 => -1.2,
        2 => -0.9,
        3 => -0.4,
        4 => 0.2,
        5 => 0.8,
        6..=8 => 1.6,
        _ => 3.0,
    };
    if doc.german {
        return v + german(doc, s, span, &r, link);
    }
    if titled {
        v = v.min(0.2);
    }
    v += r.sentence_like.min(2) as f32 * 0.7;
    if titled {
        let said = spoken_beside(doc, span, link);
        v -= if r.words == 1 {
            1.0
        } else if said {
            1.5
        } else {
            3.3
        };
    } else if r.starts_cap && r.words >= 3 {
        v += 0.8;
    }
    if r.stop && !titled {
        v += 0.6;
    }
    let alone = sp.open == s.start && doc.after(span) >= s.end;
    if alone && !titled && (r.stop || r.words >= 3) {
        v += 2.0;
    }
    v += context(doc, s, sp.open, &r, link);
    v += linked(doc, span, link, &r);
    // "“A Long Way Home,” by Ann Lee": an article or a book with its author.
    let after = doc.after(span);
    let author = doc.eq(after, "by") && doc.toks.get(after + 1).is_some_and(|t| t.has(CAP) || t.is(DET));
    if author && r.comma && link.frame.is_none_or(|(_, beside)| !beside) {
        v -= 8.0;
    } else if author && titled {
        v -= 3.0;
    }
    if sp.ending == Ending::Single {
        // A cross-heading in single marks is the editor's.
        v += if alone && r.words < 12 { -5.0 } else { 0.3 };
    }
    v
}

/// German writes all nouns with a capital, so a title shows not by its letters but by what stands before it.
fn german(doc: &Doc<'_>, s: &Sentence, span: usize, r: &Inside, link: &Link) -> f32 {
    let sp = &doc.spans[span];
    let mut v = r.sentence_like.min(2) as f32 * 0.7;
    let alone = sp.open == s.start && doc.after(span) >= s.end;
    if r.stop {
        v += 0.6;
    }
    if alone && r.words >= 3 {
        v += 2.0;
    }
    if !r.starts_cap && r.words >= 2 {
        v += 0.4;
    }
    let linked = linked(doc, span, link, r);
    let named = link.frame.is_some_and(|(f, _)| f.bits & CALL != 0 && (f.verb >= sp.open || sp.open - f.verb < 14));
    v += linked;
    if r.titled && !named {
        v -= if r.words == 1 { 0.6 } else { 1.6 };
    }
    if sp.open > s.start {
        let b = &doc.toks[sp.open - 1];
        let as_what = doc.eq(sp.open - 1, "als") || b.is(DET);
        if b.kind == Kind::Colon {
            v += 1.5;
        } else if (b.is(WORK | SO_CALLED)) && !b.is(NOUN_CUE) {
            v -= 3.5;
        } else if named && as_what {
            v += 1.0;
        } else if b.has(CAP) && !b.is(NOUN_CUE) && r.starts_cap {
            // "die Yacht „X“", "die Firma „X“"
            v -= 1.8;
        } else if b.is(DET) && r.starts_cap {
            v -= if r.words < 6 { 1.6 } else { 2.6 };
        } else if doc.eq(sp.open - 1, "laut") || b.is(ALIAS) || doc.eq(sp.open - 1, "genannt") {
            v -= 2.5;
        }
    }
    let after = doc.after(span);
    if doc.eq(after, "genannt") || doc.eq(after, "genannten") {
        v -= 2.0;
    }
    v
}

/// A verb of speech touches the marks: "chanted “Close The Mine”". Books and songs are read, written, sung.
fn spoken_beside(doc: &Doc<'_>, span: usize, link: &Link) -> bool {
    let Some((f, true)) = &link.frame else { return false };
    let other = ["read", "reads", "reading", "wrote", "writes", "sang", "sings", "singing", "presented"];
    if f.bits & SAY == 0 || f.source || other.iter().any(|w| doc.eq(f.verb, w)) {
        return false;
    }
    let open = doc.spans[span].open;
    let behind = f.verb >= open && f.verb - doc.after(span) < 4;
    let before = f.verb < open && (f.verb_end..open).all(|i| matches!(doc.toks[i].kind, Kind::Comma | Kind::Colon));
    behind || before
}

fn linked(doc: &Doc<'_>, span: usize, link: &Link, r: &Inside) -> f32 {
    let mut v = 0.0;
    if let Some((f, beside)) = &link.frame {
        let before = f.verb < doc.spans[span].open;
        let gap = if before { doc.spans[span].open - f.verb_end } else { f.verb - doc.after(span) };
        let base: f32 = if f.bits & SAY != 0 {
            1.6
        } else if f.bits & CALL != 0 {
            1.5
        } else {
            0.7
        };
        let spoken =
            f.bits & SAY != 0 && before && matches!(doc.toks[doc.spans[span].open - 1].kind, Kind::Comma | Kind::Colon);
        v += if *beside {
            base + if r.stop && !r.titled || spoken { 2.0 } else { 1.0 }
        } else if gap < 14 {
            base
        } else {
            base * 0.7
        };
        if f.speaker.is_none() {
            v -= 0.7;
        }
    }
    if link.after_quotation {
        v += 0.6;
    }
    v
}

/// What stands before and behind the marks.
fn context(doc: &Doc<'_>, s: &Sentence, open: usize, r: &Inside, link: &Link) -> f32 {
    let mut v = 0.0;
    // "called it a “mess”"
    let named = link.frame.is_some_and(|(f, _)| f.bits & CALL != 0 && f.verb < open && open - f.verb < 9);
    let titled = r.titled;
    if open > s.start {
        let b = &doc.toks[open - 1];
        if b.kind == Kind::Colon {
            v += 1.5;
        } else if b.is(SO_CALLED) || b.is(WORK) && !b.is(CUE) {
            v -= 2.0;
        } else if b.has(POSSESSIVE) && titled {
            v -= 1.5;
        } else if b.is(DET) && !named {
            v -= 0.4;
        }
        let work =
            open > s.start + 1 && b.kind == Kind::Comma && doc.toks[open - 2].is(WORK) && !doc.toks[open - 2].is(CUE);
        if work && titled {
            v -= 2.0;
        }
        if b.is(ALIAS) && titled {
            v -= 2.5;
        }
    }
    v
}
