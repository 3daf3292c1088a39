//! The subject of a verb: the phrase that speaks, over appositives, asides and prepositions.

use crate::doc::{Doc, Sentence};
use crate::frame::{Frame, Order};
use crate::lex::{CAP, Kind, POSSESSIVE};
use crate::phrase::{Head, Phrases};
use crate::words::*;

/// The subject of the verb at `v`, looked for on its left.
pub(crate) fn subject(
    doc: &Doc<'_>,
    ph: &Phrases,
    s: &Sentence,
    v: usize,
    earlier: &[Frame],
) -> (Option<usize>, Order) {
    let shared = || (shared(doc, ph, s, v, earlier), Order::Shared);
    let t = &doc.toks[v];
    let mut i = v;
    let mut infinitive = false;
    while i > s.start && doc.outside(i - 1) {
        let b = &doc.toks[i - 1];
        let skips = b.is(AUX | ADV | NEG) && !b.is(PRONOUN) && !b.is(DET & !ADV)
            || b.is(TIME) && ph.get(i - 1).is_none()
            || doc.word(i - 1).ends_with("ly") && ph.get(i - 1).is_none();
        let when = b.is(PREP | ADV) && doc.toks.get(i).is_some_and(|n| n.is(TIME)) && ph.get(i).is_none();
        if doc.eq(i - 1, "to") && t.is(BASE) {
            infinitive = true;
        } else if !skips && !when {
            break;
        }
        i -= 1;
    }
    if infinitive
        && i > s.start
        && let Some((n, p)) = ph.get(i - 1)
        && p.start > s.start
        && doc.eq(p.start - 1, "for")
    {
        // "only for Smith to say"
        return (Some(n), Order::Before);
    }
    if infinitive || i == s.start {
        return shared();
    }
    let b = &doc.toks[i - 1];
    if doc.span_of(i - 1).is_some() || b.is(CONJ) || b.kind == Kind::Dash {
        return shared();
    }
    if b.is(REL) && !b.has(POSSESSIVE) {
        let mut k = i - 1;
        while k > s.start && (doc.toks[k - 1].kind == Kind::Comma || doc.toks[k - 1].is(PREP)) {
            k -= 1;
        }
        let found = left(doc, ph, s, k);
        return (found, Order::Before);
    }
    if t.is(ING) {
        // "with X saying", "X, saying"
        if let Some((n, p)) = ph.get(i - 1)
            && (p.head == Head::Name && !preposition_before(doc, s, p.start)
                || p.start > s.start && ["with", "of", "as"].iter().any(|w| doc.eq(p.start - 1, w)))
        {
            return (Some(promote(doc, ph, n, v)), Order::Before);
        }
        return shared();
    }
    match left(doc, ph, s, i) {
        Some(n) => (Some(promote(doc, ph, n, v)), Order::Before),
        None => shared(),
    }
}

/// The subject a verb shares with the clause before: "saying", "and added".
fn shared(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, v: usize, earlier: &[Frame]) -> Option<usize> {
    let t_ing = doc.toks[v].is(ING);
    let main = || {
        clause_subject(doc, ph, s.start, v).filter(|&n| {
            let p = &ph.list[n];
            p.head != Head::Nominal && p.bits & IT == 0 || p.bits & (ROLE | GROUP) != 0
        })
    };
    if t_ing && v == s.start {
        return clause_subject(doc, ph, s.start, s.end);
    }
    // "..., X said, adding", "tweeting ... and asking"
    if let Some(f) = earlier.last().filter(|f| f.speaker.is_some() && !f.owner)
        && t_ing
        && (v <= f.verb_end + 2 || doc.toks[f.verb].is(ING) && v > 0 && doc.toks[v - 1].is(CONJ))
    {
        return f.speaker;
    }
    let subordinate = doc.toks[s.start].is(SUB) && doc.outside(s.start);
    if (t_ing || subordinate)
        && let Some(n) = main()
    {
        return Some(n);
    }
    let from = earlier.iter().rev().find(|f| f.speaker.is_some() && !f.source && !f.owner && f.order != Order::After);
    from.and_then(|f| f.speaker).or_else(|| clause_subject(doc, ph, s.start, v))
}

/// The phrase that ends at (or, over appositives, before) token `i`.
fn left(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, mut i: usize) -> Option<usize> {
    let mut best: Option<usize> = None;
    let mut commas = 0;
    while i > s.start {
        let b = &doc.toks[i - 1];
        if doc.span_of(i - 1).is_some() {
            break;
        }
        if b.kind == Kind::CloseBracket {
            let open = (s.start..i - 1).rev().take(30).find(|&k| doc.toks[k].kind == Kind::OpenBracket)?;
            i = open;
            continue;
        }
        if b.kind == Kind::Comma || b.kind == Kind::Dash {
            commas += 1;
            if commas > 8 {
                break;
            }
            match over_appositive(doc, ph, s, i - 1) {
                Some((n, at)) => {
                    best = Some(n);
                    i = at;
                    continue;
                }
                None => break,
            }
        }
        if let Some((n, p)) = ph.get(i - 1) {
            if best.is_some() && commas > 0 && best != Some(n) {
                break;
            }
            best = Some(n);
            // Over "of", "for", "in" to the phrase that governs this one.
            match governor(doc, ph, s, p.start) {
                Some(g) => {
                    i = ph.list[g].end;
                    continue;
                }
                None => {
                    i = p.start;
                    let bare = p.head == Head::Nominal && p.bits & ROLE != 0 && !doc.toks[p.start].is(DET | POSS);
                    let appositive =
                        (commas > 0 || bare) && i > s.start && matches!(doc.toks[i - 1].kind, Kind::Comma | Kind::Dash);
                    if !appositive || !apposed(doc, ph, s, i) {
                        break;
                    }
                    continue;
                }
            }
        }
        break;
    }
    best
}

/// Does the stretch that begins at `start` (behind a comma) describe the phrase before the comma?
fn apposed(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, start: usize) -> bool {
    let Some((_, p)) = ph.get(start) else { return false };
    let comma = start - 1;
    let Some((_, q)) = comma.checked_sub(1).and_then(|k| ph.get(k)) else { return false };
    let named = q.has_name() && q.head == Head::Name;
    if q.start > s.start
        && doc.toks[q.start - 1].is(PREP)
        && governor(doc, ph, s, q.start).is_none()
        && p.head != Head::Nominal
    {
        return false;
    }
    match p.head {
        Head::Pronoun => false,
        // "X, the chairman" but not "In Ohio, the chairman"
        Head::Nominal => {
            named && !(q.start > s.start && doc.toks[q.start - 1].is(PREP) && governor(doc, ph, s, q.start).is_none())
        }
        // "the chairman, X"
        Head::Name => q.head == Head::Nominal && q.bits & (ROLE | GROUP) != 0,
    }
}

/// Walks left over a parenthetical that ends with the comma `c`: the phrase before it and where it ends.
fn over_appositive(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, c: usize) -> Option<(usize, usize)> {
    // Look left for the comma that opens the parenthetical, up to the start of the sentence.
    let mut k = c;
    let mut found = None;
    let mut tries = 0;
    while k > s.start && c - k < 60 {
        k -= 1;
        if doc.span_of(k).is_some() {
            continue;
        }
        if !matches!(doc.toks[k].kind, Kind::Comma | Kind::Dash) {
            continue;
        }
        tries += 1;
        let opener = &doc.toks[k + 1];
        let opens = opener.is(DET | REL | POSS | PREP | NUM | ING | ADV)
            || opener.kind == Kind::Number
            || ph.get(k + 1).is_some_and(|(_, p)| p.bits & (ROLE | TITLE) != 0)
            || opener.is(ABBR)
            || opener.has(CAP)
            || doc.word(k + 1).ends_with("ing")
            || doc.word(k + 1).ends_with("ed");
        let before = k.checked_sub(1).filter(|&b| b >= s.start).and_then(|b| ph.get(b));
        if let (true, Some((n, p))) = (opens, before)
            && (p.head == Head::Name || p.head == Head::Pronoun || p.bits & (ROLE | GROUP) != 0)
        {
            let prep = preposition_before(doc, s, p.start);
            let governed = governor(doc, ph, s, p.start);
            if let Some(g) = governed {
                found = Some((g, ph.list[g].end));
            } else if !prep {
                found = Some((n, p.end));
            }
            if found.is_some() && p.head == Head::Name && !in_list(doc, ph, s, p.start) {
                return found;
            }
        }
        if tries > 4 {
            break;
        }
    }
    found.or_else(|| clause_subject(doc, ph, s.start, c).map(|n| (n, s.start)))
}

/// "Republican of Ohio" style pieces: is the phrase at `start` itself behind a comma and short?
fn in_list(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, start: usize) -> bool {
    start > s.start && doc.toks[start - 1].kind == Kind::Comma && apposed(doc, ph, s, start)
}

/// The phrase before a preposition that stands before `start`: "a spokesman | for | X".
pub(crate) fn governor(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, start: usize) -> Option<usize> {
    if start < s.start + 2 || !doc.outside(start - 1) {
        return None;
    }
    let t = &doc.toks[start - 1];
    if !t.is(PREP)
        || doc.eq(start - 1, "as")
        || doc.eq(start - 1, "after")
        || doc.eq(start - 1, "before")
        || doc.eq(start - 1, "during")
    {
        return None;
    }
    let mut k = start - 2;
    // "close to", "familiar with", "with longtime ties to"
    let mut steps = 0;
    while k > s.start && ph.get(k).is_none() && doc.outside(k) && steps < 5 {
        let t = &doc.toks[k];
        if !t.word() || t.has(CAP) || t.is(FUNCTION & !PREP | CUE | TIME) {
            return None;
        }
        k -= 1;
        steps += 1;
    }
    let (n, p) = ph.get(k)?;
    let speaks = p.head == Head::Nominal && (p.bits & (ROLE | GROUP | NOUN_CUE) != 0 || p.has_name())
        || p.head == Head::Name
            && (doc.eq(start - 1, "of")
                || doc.eq(start - 1, "from")
                || doc.eq(start - 1, "at")
                || doc.eq(start - 1, "in")
                || doc.eq(start - 1, "with"))
        || p.head == Head::Nominal && doc.eq(start - 1, "of");
    speaks.then_some(n)
}

/// The first phrase between two tokens that is no object of a preposition.
pub(crate) fn clause_subject(doc: &Doc<'_>, ph: &Phrases, from: usize, to: usize) -> Option<usize> {
    let mut i = from;
    let mut fallback = None;
    let opener = doc.toks.get(from)?;
    // "When X did, Y said": the main clause begins behind the comma.
    if (opener.is(SUB | PREP | ING) || opener.has(CAP) && doc.word(from).ends_with("ing")) && !opener.is(PRONOUN) {
        let comma = (from..to.min(from + 40)).find(|&k| doc.outside(k) && doc.toks[k].kind == Kind::Comma);
        if let Some(c) = comma
            && let Some(n) = clause_subject_plain(doc, ph, c + 1, to)
        {
            return Some(n);
        }
    }
    while i < to {
        if let Some((n, p)) = ph.get(i) {
            let prep = i > from && doc.toks[i - 1].is(PREP) && doc.outside(i - 1);
            if !prep && !doc.toks[p.end - 1].has(POSSESSIVE) {
                return Some(promote(doc, ph, n, to));
            }
            fallback = fallback.or(Some(n));
            i = p.end;
        } else {
            i += 1;
        }
    }
    None
}

fn clause_subject_plain(doc: &Doc<'_>, ph: &Phrases, from: usize, to: usize) -> Option<usize> {
    let mut i = from;
    let mut head = true;
    while i < to.min(from + 40) {
        let t = &doc.toks[i];
        if head && t.word() && doc.outside(i) && t.is(PREP | REL | SUB | ING) && !t.is(PRONOUN) {
            // A further aside: on to its comma.
            i = (i..to.min(from + 40)).find(|&k| doc.outside(k) && doc.toks[k].kind == Kind::Comma)? + 1;
            continue;
        }
        head = false;
        if let Some((n, p)) = ph.get(i) {
            let place = p.bits & PLACE != 0 && doc.toks.get(p.end).is_some_and(|t| t.kind == Kind::Comma);
            let prep = i > from && doc.toks[i - 1].is(PREP);
            if !prep && !place {
                return Some(promote(doc, ph, n, to));
            }
            i = p.end;
        } else {
            head = t.kind == Kind::Comma;
            i += 1;
        }
    }
    None
}

/// "the chairman, Jane Smith,": the name behind the comma stands for the role.
pub(crate) fn promote(doc: &Doc<'_>, ph: &Phrases, n: usize, limit: usize) -> usize {
    let p = &ph.list[n];
    let role = p.bits & (ROLE | TITLE) != 0;
    if p.head != Head::Nominal || !(role || doc.toks[p.start].is(DET | POSS)) || p.bits & PLURAL_ROLE != 0 {
        return n;
    }
    let mut end = p.end;
    // "the chairman of the board, Jane Smith"
    for _ in 0..2 {
        if end + 1 < limit
            && doc.toks[end].is(PREP)
            && doc.outside(end)
            && let Some((_, q)) = ph.get(end + 1)
        {
            end = q.end;
        }
    }
    if end + 1 >= limit || doc.toks[end].kind != Kind::Comma {
        return n;
    }
    match ph.get(end + 1) {
        Some((m, q))
            if q.head == Head::Name
                && q.has_name()
                && q.start == end + 1
                && q.name.1 - q.name.0 >= 2
                && !doc.toks[q.start].is(DET)
                && (role || doc.toks.get(q.end).is_some_and(|t| t.kind == Kind::Comma)) =>
        {
            m
        }
        _ => n,
    }
}

pub(crate) fn preposition_before(doc: &Doc<'_>, s: &Sentence, start: usize) -> bool {
    start > s.start && doc.toks[start - 1].is(PREP)
}
