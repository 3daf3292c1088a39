//! Cue frames: a verb of speech (or "according to") with the phrase that speaks.

use crate::doc::{Doc, Sentence};
use crate::lex::{CAP, CONTRACTED, Kind, POSSESSIVE};
use crate::phrase::{Head, Phrases};
use crate::subject::{preposition_before, promote, subject};
use crate::words::*;

/// How the speaker stands to the cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// "X said"
    Before,
    /// "said X"
    After,
    /// "saying", "and added": the subject of the clause before.
    Shared,
}

/// A cue and its speaker.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// Token of the verb, and one past the last token of the cue.
    pub verb: usize,
    pub verb_end: usize,
    pub bits: Bits,
    /// Index into the phrases.
    pub speaker: Option<usize>,
    pub order: Order,
    /// "according to", "laut": no verb.
    pub source: bool,
    /// The speaker is the possessor within the phrase ("Smith's claim that").
    pub owner: bool,
}

/// The frames of one sentence, in order.
pub(crate) fn frames(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, out: &mut Vec<Frame>) {
    out.clear();
    let mut i = s.start;
    while i < s.end {
        if let Some(span) = doc.span_of(i) {
            i = doc.after(span).max(i + 1);
            continue;
        }
        let frame = credit(doc, ph, s, i)
            .or_else(|| according(doc, ph, s, i))
            .or_else(|| verb(doc, ph, s, i, out))
            .or_else(|| claim(doc, ph, s, i));
        if let Some(f) = frame {
            i = f.verb_end;
            out.push(f);
        } else {
            i += 1;
        }
    }
}

/// No verb at all: "Smith: “...”", "“...” — Jane Smith, teacher".
fn credit(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, i: usize) -> Option<Frame> {
    let t = &doc.toks[i];
    if !matches!(t.kind, Kind::Dash | Kind::Colon) {
        return None;
    }
    let frame = |n: usize, order| Frame {
        verb: i,
        verb_end: i + 1,
        bits: SAY,
        speaker: Some(n),
        order,
        source: true,
        owner: false,
    };
    if i > s.start && i + 1 < s.end && doc.toks[i + 1].mark != crate::lex::Mark::None && doc.span_of(i + 1).is_some() {
        let (n, p) = ph.get(i - 1)?;
        if p.start > s.start
            && doc.toks[p.start - 1].kind == Kind::Comma
            && let Some((m, q)) = ph.get(s.start)
            && q.head == Head::Name
            && q.end == p.start - 1
        {
            // "Jane Smith, The Daily Post: “...”"
            return Some(frame(m, Order::Before));
        }
        let lone = t.kind == Kind::Dash && !preposition_before(doc, s, p.start)
            || p.start == s.start
            || doc.toks[p.start - 1].kind == Kind::Comma;
        return (p.head == Head::Name && lone).then(|| frame(n, Order::Before));
    }
    if t.kind == Kind::Colon
        && i > s.start
        && let Some((n, p)) = ph.get(s.start)
        && p.end == i
        && p.head == Head::Name
        && !doc.toks[p.start].is(DET)
    {
        return Some(frame(n, Order::Before));
    }
    let behind = i > s.start && (doc.span_of(i - 1).is_some() || doc.toks[i - 1].kind == Kind::Stop);
    if t.kind == Kind::Dash && behind {
        let (n, p) = ph.get(i + 1)?;
        let ends = doc
            .toks
            .get(p.end)
            .is_some_and(|e| matches!(e.kind, Kind::Break | Kind::Comma | Kind::Stop | Kind::Mark | Kind::OpenBracket));
        return (p.head == Head::Name && p.start == i + 1 && ends).then(|| frame(n, Order::After));
    }
    None
}

/// "according to X", "in the words of X", "laut X", "nach Angaben von X".
fn according(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, i: usize) -> Option<Frame> {
    let end = s.end;
    let mut j = i;
    if doc.eq(i, "according") && doc.eq(i + 1, "to") {
        j = i + 2;
    } else if doc.eq(i, "laut") || doc.eq(i, "zufolge") {
        j = i + 1;
    } else if doc.german && (doc.eq(i, "nach") || doc.eq(i, "mit") || doc.eq(i, "in")) {
        let k = (i + 1..(i + 5).min(end)).find(|&k| doc.outside(k) && doc.toks[k].is(NOUN_CUE))?;
        j = k + 1;
        if j < end && doc.eq(j, "von") {
            j += 1;
        }
    } else if doc.german && doc.eq(i, "so") && i > s.start && doc.toks[i - 1].kind == Kind::Comma {
        j = i + 1;
    } else if doc.eq(i, "words") && doc.eq(i + 1, "of") {
        j = i + 2;
    }
    if j == i {
        return None;
    }
    let speaker = (j..(j + 3).min(end)).find_map(|k| ph.get(k).map(|(n, _)| n))?;
    Some(Frame {
        verb: i,
        verb_end: j,
        bits: SAY,
        speaker: Some(promote(doc, ph, speaker, end)),
        order: Order::After,
        source: true,
        owner: false,
    })
}

/// "Smith's claim that", "his call for", "words of Smith": a noun of speech with its owner.
fn claim(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, i: usize) -> Option<Frame> {
    let t = &doc.toks[i];
    if !t.is(NOUN_CUE) || t.has(CAP) {
        return None;
    }
    let (n, p) = ph.get(i)?;
    if p.end != i + 1 {
        return None;
    }
    let owned = p.possessor > p.start || doc.toks[p.start].is(POSS);
    if owned {
        return Some(Frame {
            verb: i,
            verb_end: i + 1,
            bits: THINK,
            speaker: Some(n),
            order: Order::Before,
            source: false,
            owner: true,
        });
    }
    let by = p.end + 1 < s.end && doc.outside(p.end) && (doc.eq(p.end, "by") || doc.eq(p.end, "from"));
    let (m, _) = ph.get(p.end + 1).filter(|_| by)?;
    Some(Frame {
        verb: i,
        verb_end: p.end,
        bits: THINK,
        speaker: Some(promote(doc, ph, m, s.end)),
        order: Order::After,
        source: false,
        owner: false,
    })
}

/// Is the verb form at `i` used as a noun here?
fn noun_use(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, i: usize) -> bool {
    let t = &doc.toks[i];
    if t.has(CAP) && i != s.start && !doc.german {
        return true;
    }
    if let Some((_, p)) = ph.get(i) {
        // Inside a phrase it is a noun or an adjective, unless it is a lone word.
        return p.end - p.start > 1 || p.head != Head::Nominal || t.is(ROLE | GROUP);
    }
    let before = (i > s.start && doc.outside(i - 1)).then(|| &doc.toks[i - 1]);
    if let Some(b) = before {
        if b.is(DET | POSS) && !b.is(REL) && !(b.is(SHE) && t.is(PAST)) || b.has(POSSESSIVE) {
            return true;
        }
        if t.is(NOUN_CUE | GROUP) && !t.is(PAST) && b.is(PREP) && !doc.eq(i - 1, "to") {
            return true;
        }
    }
    doc.toks.get(i + 1).is_some_and(|n| n.is(NOUN_CUE) && t.is(PAST) && !n.is(PAST) && doc.german)
}

const BE: &[&str] =
    &["is", "are", "was", "were", "be", "been", "being", "wurde", "wurden", "wird", "werden", "worden", "gets", "got"];

fn verb(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, i: usize, earlier: &[Frame]) -> Option<Frame> {
    let t = &doc.toks[i];
    let puts = (doc.eq(i, "put") || doc.eq(i, "puts")) && doc.eq(i + 1, "it");
    if !(t.is(CUE) || puts) || !t.word() || !puts && noun_use(doc, ph, s, i) {
        return None;
    }
    let weak = doc.eq(i, "like") || doc.eq(i, "past") || doc.eq(i, "used");
    if weak && !(i > s.start && ph.get(i - 1).is_some()) {
        return None;
    }
    if !puts && !t.is(PAST | ING) && !present_fits(doc, ph, s, i) {
        return None;
    }
    let mut f = Frame {
        verb: i,
        verb_end: i + 1,
        bits: if puts { SAY } else { t.bits },
        speaker: None,
        order: Order::Before,
        source: false,
        owner: false,
    };
    if passive(doc, s, i) {
        let by = (i + 1..(i + 9).min(s.end)).find(|&k| doc.outside(k) && (doc.eq(k, "by") || doc.eq(k, "von")));
        let speaker = by.and_then(|k| ph.get(k + 1)).map(|(n, _)| n);
        if let Some(n) = speaker {
            f.speaker = Some(promote(doc, ph, n, s.end));
            f.order = Order::After;
            return Some(f);
        }
        if !doc.eq(i, "quoted") {
            return None;
        }
    }
    if !puts && let Some(n) = inverted(doc, ph, s, i) {
        f.speaker = Some(promote(doc, ph, n, s.end));
        f.order = Order::After;
        return Some(f);
    }
    let (speaker, order) = subject(doc, ph, s, i, earlier);
    f.speaker = speaker;
    f.order = order;
    Some(f)
}

/// Present forms look like nouns ("remarks", "press"): a fitting subject, an auxiliary or "to" must stand before.
fn present_fits(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, i: usize) -> bool {
    if doc.german {
        return true;
    }
    let base = doc.toks[i].is(BASE);
    let mut k = i;
    while k > s.start && doc.outside(k - 1) && i - k < 4 {
        let b = &doc.toks[k - 1];
        if b.is(AUX | NEG) || doc.eq(k - 1, "to") {
            return base;
        }
        if !(b.is(ADV) && !b.is(DET) || doc.word(k - 1).ends_with("ly")) {
            break;
        }
        k -= 1;
    }
    if k == s.start {
        return false;
    }
    if doc.span_of(k - 1).is_some() {
        return true;
    }
    let b = &doc.toks[k - 1];
    let next = doc.toks.get(i + 1);
    let nounish = doc.toks[i].is(NOUN_CUE | AMBIGUOUS);
    if !base && nounish {
        let adjective = ph.get(k - 1).is_some_and(|(_, p)| p.end - p.start == 1 && p.bits & (PLACE | ROLE) != 0);
        let ends =
            next.is_some_and(|n| matches!(n.kind, Kind::Comma | Kind::Stop) || n.is(AUX | CONJ | CUE | VERB | PREP));
        if adjective || ends {
            return false;
        }
    }
    if b.is(REL) || b.kind == Kind::CloseBracket || b.kind == Kind::Dash || (b.kind == Kind::Comma && k > s.start + 1) {
        return true;
    }
    if b.is(CONJ) {
        return !base || doc.toks[s.start..k].iter().any(|t| t.is(THEY | PLURAL_ROLE | I_WE));
    }
    match ph.get(k - 1) {
        Some((_, p)) if base => {
            p.bits & (THEY | I_WE | PLURAL_ROLE) != 0
                || doc.word(p.end - 1).ends_with('s') && p.head == Head::Nominal
                || p.head == Head::Name && doc.word(p.end - 1).ends_with("ans") && p.end - p.start == 1
        }
        Some((_, p)) => p.bits & (THEY | I_WE) == 0 && !doc.toks[p.end - 1].has(POSSESSIVE),
        None => false,
    }
}

/// "was told", "is called", "been quoted": the words are not the subject's.
fn passive(doc: &Doc<'_>, s: &Sentence, i: usize) -> bool {
    let t = &doc.toks[i];
    if !t.is(PAST) || t.is(ING) {
        return false;
    }
    let mut k = i;
    while k > s.start && i - k < 4 && doc.outside(k - 1) {
        k -= 1;
        let b = &doc.toks[k];
        if b.is(AUX) && (BE.iter().any(|w| doc.eq(k, w)) || b.has(CONTRACTED)) {
            // "is said" but "he's said": a contraction may be "has".
            return !b.has(CONTRACTED);
        }
        if !b.is(ADV | AUX) && !doc.word(k).ends_with("ly") {
            return false;
        }
    }
    false
}

/// The phrase right behind the verb, where a quotation or a comma stands before it.
fn inverted(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, i: usize) -> Option<usize> {
    let t = &doc.toks[i];
    let mut k = i;
    // Over "also", "then", and German auxiliaries back to the mark.
    while k > s.start && doc.outside(k - 1) && doc.toks[k - 1].is(ADV) {
        k -= 1;
    }
    let behind_mark = k > s.start && (doc.span_of(k - 1).is_some() || after_span_comma(doc, s, k));
    let comma = k > s.start && doc.toks[k - 1].kind == Kind::Comma;
    let verb_second = doc.german
        && k > s.start
        && doc.outside(k - 1)
        && ph.get(k - 1).is_none_or(|(_, p)| preposition_before(doc, s, p.start));
    let german_head = doc.german && k == s.start;
    if !(behind_mark || comma || verb_second || german_head) || t.is(ING) || (t.is(BASE) && !t.is(PAST) && !behind_mark)
    {
        return None;
    }
    let mut j = i + 1;
    while j < s.end && doc.outside(j) && (doc.toks[j].is(ADV) && !doc.toks[j].is(DET) || doc.word(j).ends_with("ly")) {
        j += 1;
    }
    if doc.german && j < s.end && (doc.eq(j, "sich") || doc.eq(j, "dazu") || doc.eq(j, "unter")) {
        j += if doc.eq(j, "unter") { 2 } else { 1 };
    }
    let (n, p) = ph.get(j)?;
    let accusative = doc.german && ["den", "dem", "einen", "einem", "diesen", "diesem"].iter().any(|w| doc.eq(j, w));
    if accusative && !behind_mark {
        return None;
    }
    if doc.german && p.bits & IT != 0 {
        return Some(document(doc, ph, s, j).unwrap_or(n));
    }
    if p.start != j || (p.end < s.end && doc.toks[p.end - 1].has(POSSESSIVE)) {
        return None;
    }
    let object =
        p.head == Head::Pronoun && ["him", "them", "us", "me", "himself", "herself"].iter().any(|w| doc.eq(p.start, w));
    if object {
        return None;
    }
    if p.head == Head::Nominal && p.bits & (ROLE | GROUP) == 0 && !p.has_name() && !behind_mark {
        return None;
    }
    // ", told reporters that": the phrase behind is who was told, if a subject stands before the comma.
    let tells = doc.word(i).starts_with("told") || doc.word(i).starts_with("tell") || doc.word(i).starts_with("ask");
    if tells
        && !(behind_mark
            && doc.toks.get(p.end).is_some_and(|t| t.is(DET | THEY) || t.has(CAP) || ph.get(p.end).is_some()))
        && !(doc.word(i).starts_with("ask") && behind_mark)
    {
        return None;
    }
    if comma && !behind_mark && !doc.german {
        // "X, a friend, said Y was": after the phrase a verb follows, so it is the subject of what was said.
        let next = doc.toks.get(p.end)?;
        let ends =
            matches!(next.kind, Kind::Stop | Kind::Comma | Kind::Break | Kind::Colon) || next.is(PREP | REL | WEEKDAY);
        let subject_before = ph.get(k.wrapping_sub(2)).is_some() && !spans_before(doc, s, k);
        let full = p.head == Head::Name && p.name.1 - p.name.0 >= 2 && next.kind == Kind::Comma;
        if !ends || (subject_before && !full) {
            return None;
        }
    }
    Some(n)
}

/// "In dem Antrag heißt es", "heißt es auf der Seite": the paper speaks, not "es".
fn document(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, es: usize) -> Option<usize> {
    let at = |prep: usize| {
        let placed = ["in", "im", "auf", "aus"].iter().any(|w| doc.eq(prep, w));
        ph.get(prep + 1).filter(|(_, p)| placed && p.start == prep + 1).map(|(n, _)| n)
    };
    at(es + 1).or_else(|| at(s.start)).or_else(|| at(s.start + 1))
}

fn spans_before(doc: &Doc<'_>, s: &Sentence, k: usize) -> bool {
    (s.spans.0..s.spans.1).any(|n| doc.spans[n].open < k)
}

fn after_span_comma(doc: &Doc<'_>, s: &Sentence, k: usize) -> bool {
    k >= s.start + 2 && matches!(doc.toks[k - 1].kind, Kind::Comma | Kind::Dash) && doc.span_of(k - 2).is_some()
}
