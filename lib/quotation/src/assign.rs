//! Which frame a marked stretch belongs to, by where it stands; the label of a transcript's line; a phrase as words.

use crate::doc::{Doc, Sentence};
use crate::frame::{Frame, Order};
use crate::lex::{ALL_CAPS, INITIAL, Kind, POSSESSIVE};
use crate::phrase::{Head, Phrase, Phrases};
use crate::words::*;

/// A phrase as words, with what follows by "of" or "for", without a possessive ending.
pub(crate) fn words(doc: &Doc<'_>, ph: &Phrases, p: &Phrase) -> String {
    let mut end = p.end;
    if p.head == Head::Nominal {
        for _ in 0..2 {
            let prep = end + 1 < doc.toks.len() && doc.outside(end) && doc.toks[end].is(PREP);
            let governs = prep && ["of", "for", "at", "in", "from", "with", "von", "to"].iter().any(|w| doc.eq(end, w));
            match ph.get(end + 1) {
                Some((_, q)) if governs && q.start == end + 1 && !q.bits & TIME != 0 => end = q.end,
                _ => break,
            }
        }
    }
    let text = doc.slice(p.start, end);
    let last = &doc.toks[end - 1];
    if last.has(POSSESSIVE) {
        return text.trim_end_matches(['s', 'S']).trim_end_matches(['\'', '\u{2019}']).trim_end().to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a verb of thought loses against one of speech.
const WEAK: i32 = -22;
/// Frames weighed on each side of a quotation.
const FRAMES: usize = 8;
/// Gaps wider than this are not counted out.
const GAP: usize = 120;

/// The frame a span belongs to, and whether it stands right beside it.
pub(crate) fn choose(
    doc: &Doc<'_>,
    ph: &Phrases,
    s: &Sentence,
    frames: &[Frame],
    span: usize,
) -> Option<(usize, bool)> {
    let mut best: Option<(i32, usize, bool)> = None;
    // The nearest frames on either side: farther ones never win.
    let here = frames.partition_point(|f| f.verb < doc.spans[span].open);
    let near = here.saturating_sub(FRAMES)..(here + FRAMES).min(frames.len());
    for n in near {
        let f = &frames[n];
        let Some((score, beside)) = rate(doc, ph, s, f, span) else { continue };
        if best.is_none_or(|(b, _, _)| score > b) {
            best = Some((score, n, beside));
        }
    }
    best.map(|(_, n, beside)| (n, beside))
}

/// How well a frame fits a span.
fn rate(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, f: &Frame, span: usize) -> Option<(i32, bool)> {
    let sp = &doc.spans[span];
    let class = if f.bits & SAY != 0 {
        0
    } else if f.bits & CALL != 0 {
        -2
    } else {
        WEAK
    };
    let speaker = f.speaker.map(|p| &ph.list[p]);
    let nobody = match speaker {
        None => -15,
        Some(_) if f.owner => -14,
        Some(p) if p.head == Head::Nominal && p.bits & (ROLE | GROUP | NOUN_CUE | TITLE) == 0 && !p.has_name() => -14,
        Some(p) if p.head == Head::Pronoun && (p.bits & IT != 0 || doc.eq(p.start, "you")) => -12,
        Some(_) => 0,
    };
    let standing = class + nobody;
    if f.verb >= sp.open {
        return behind(doc, ph, s, f, span, standing, class == WEAK);
    }
    let aside = aside(doc, ph, s, f, sp.open)?;
    let gap = (f.verb_end.max(sp.open.saturating_sub(GAP))..sp.open).filter(|&i| doc.outside(i)).count() as i32;
    let other = (s.spans.0..s.spans.1).filter(|&o| o < span && doc.spans[o].open > f.verb).count() as i32;
    let before = &doc.toks[sp.open.saturating_sub(1)];
    let beside = gap <= 1 || matches!(before.kind, Kind::Colon | Kind::Comma) && gap < 12;
    Some((60 - aside - gap.min(40) - other * 3 + standing + if beside { 10 } else { 0 }, beside))
}

/// How well a frame behind the span fits.
fn behind(
    doc: &Doc<'_>,
    ph: &Phrases,
    s: &Sentence,
    f: &Frame,
    span: usize,
    standing: i32,
    weak: bool,
) -> Option<(i32, bool)> {
    let after = doc.after(span);
    if f.verb < after {
        return None;
    }
    let lead = match f.speaker.map(|p| &ph.list[p]) {
        Some(p) if f.order == Order::Before && p.start >= after => p.start,
        _ => f.verb,
    };
    let other = (s.spans.0..s.spans.1).any(|o| o > span && doc.spans[o].open < lead);
    let gap = (after..lead.min(after + GAP)).filter(|&i| doc.outside(i)).count() as i32;
    let last = doc.toks[doc.last_inside(span)].kind;
    let comma = matches!(last, Kind::Comma | Kind::Dash) || doc.toks[after].kind == Kind::Comma;
    let stop = last == Kind::Stop;
    if weak
        && !(comma && f.speaker.map(|p| &ph.list[p]).is_some_and(|p| p.head != Head::Nominal && p.end - p.start < 5))
    {
        return None;
    }
    let filler = lead - after < GAP
        && (after..lead).all(|i| {
            let t = &doc.toks[i];
            matches!(t.kind, Kind::Comma | Kind::Dash) || t.is(ADV | AUX) || doc.word(i).ends_with("ly")
        });
    if f.order == Order::Shared {
        return Some((20 - gap + standing, false));
    }
    if filler && !other && (comma || stop || f.order == Order::After || f.source) {
        let sure = if comma || stop { 100 } else { 70 };
        return Some((sure - gap + standing, true));
    }
    let penalty = if other { 25 } else { 0 };
    let closing = f.order == Order::After && f.verb > s.start && doc.toks[f.verb - 1].kind == Kind::Comma;
    let far = if comma || closing { 45 } else { 25 };
    Some((far - gap.min(20) - penalty + standing, false))
}

/// What a frame loses that stands in a clause of its own before the main one; nothing at all if that one has a speaker.
fn aside(doc: &Doc<'_>, ph: &Phrases, s: &Sentence, f: &Frame, open: usize) -> Option<i32> {
    let opener = &doc.toks[s.start];
    // "As Smith put it, ..."
    let as_said =
        doc.eq(s.start, "as") && f.bits & SAY != 0 && f.speaker.is_some_and(|p| ph.list[p].start <= s.start + 3);
    let aside = if opener.is(SUB) && !as_said && !opener.is(PRONOUN) && !doc.eq(s.start, "that") {
        let comma = (s.start..open.min(s.start + 40)).find(|&i| doc.outside(i) && doc.toks[i].kind == Kind::Comma);
        let main = |c: usize| {
            (c + 1..open).any(|i| {
                ph.get(i).is_some_and(|(_, p)| {
                    p.start == i
                        && (p.head == Head::Name || p.bits & (HE | SHE | THEY) != 0 && p.head == Head::Pronoun)
                        && !doc.toks[i - 1].is(PREP)
                })
            })
        };
        match comma {
            Some(c) if f.verb < c && main(c) => return None,
            Some(c) if f.verb < c => 24,
            _ => 0,
        }
    } else {
        0
    };
    let restrictive = f.verb >= s.start + 2 && doc.toks[f.verb - 1].is(REL) && doc.toks[f.verb - 2].kind == Kind::Word;
    Some(aside + if restrictive { 14 } else { 0 })
}

/// "SMITH: Well, ..." within the marks: the label at the head of a transcript's line.
pub(crate) fn label(doc: &Doc<'_>, span: usize) -> Option<(usize, usize)> {
    let sp = &doc.spans[span];
    let first = sp.open + 1;
    let mut i = first;
    while i < sp.close && i < first + 4 && doc.toks[i].word() && doc.toks[i].has(ALL_CAPS | INITIAL) {
        i += 1;
    }
    (i > first && i < sp.close && doc.toks[i].kind == Kind::Colon && !doc.toks[first].is(FUNCTION))
        .then_some((first, i))
}
