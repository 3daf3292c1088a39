//! Where a piece of a quotation stands in the source, and what differs there.

use std::collections::HashMap;

use super::EditKind;
use super::pieces::{self, Bracket, Piece, Word};
use crate::words::FastMap;

/// A difference in byte offsets of both texts.
#[derive(Clone, Debug)]
pub(crate) struct RawEdit {
    pub kind: EditKind,
    pub quotation: (usize, usize),
    pub source: (usize, usize),
    /// At the first letter or the last mark of the quotation.
    pub edge: bool,
}

/// A piece at its place: the source's words `start..end`.
#[derive(Clone, Debug)]
pub(crate) struct Aligned {
    pub start: usize,
    pub end: usize,
    /// Words that are the same.
    pub same: usize,
    pub edits: Vec<RawEdit>,
}

/// Words of the source a bracket may stand for.
const BRACKET: usize = 12;
/// Words behind a bracket that must all stand in the source to say where it ends.
const LOOK_AHEAD: usize = 4;
/// Hesitations skipped in a row.
const FILLERS: usize = 4;
/// Words compared in all while looking for a piece: enough for any story, a bound for texts of one word.
const WORK: usize = 20_000_000;
/// Places with the same words that are looked at closely; the rest are repeats.
const PLACES: usize = 64;

/// The piece as it stands, from word `from` of the source on: all words the same but for case, typography,
/// hesitations, and brackets. Of several places the one with the fewest differences.
pub(crate) fn exact(source: &[Word], text: &str, quotation: &str, p: &Piece, from: usize) -> Option<Aligned> {
    let lead = p.words.iter().position(|w| w.bracket == Bracket::None)?;
    let first = &p.words[lead];
    let next = p.words.get(lead + 1).filter(|w| w.bracket == Bracket::None && !first.filler);
    let mut best: Option<Aligned> = None;
    let mut places = 0;
    let mut attempts = (WORK / p.words.len()).max(PLACES);
    for at in from..source.len() {
        if source[at].folded != first.folded {
            continue;
        }
        if let Some(n) = next
            && !source[at + 1..].iter().take(FILLERS + 1).any(|w| w.folded == n.folded)
        {
            continue;
        }
        attempts -= 1;
        if attempts == 0 {
            break;
        }
        let Some(a) = matched(source, text, quotation, p, lead, at) else { continue };
        let bad = a.edits.len();
        if best.as_ref().is_none_or(|b| bad < b.edits.len()) {
            best = Some(a);
        }
        places += 1;
        if bad == 0 || places >= PLACES {
            break;
        }
    }
    best
}

/// Follows the piece from word `lead` at the source's word `at`.
fn matched(source: &[Word], text: &str, quotation: &str, p: &Piece, lead: usize, at: usize) -> Option<Aligned> {
    let mut pairs: Vec<(usize, usize, usize)> = Vec::with_capacity(p.words.len());
    let mut j = at;
    // A bracket before the first plain word: the word before it, if letters outside fit.
    let mut start = at;
    for (i, w) in p.words[..lead].iter().enumerate().rev() {
        if w.bracket == Bracket::Within {
            start = start.checked_sub(1)?;
            if !within(quotation, w, text, &source[start]) {
                return None;
            }
        }
        pairs.insert(0, (i, start, start + usize::from(w.bracket == Bracket::Within)));
    }
    let mut i = lead;
    while i < p.words.len() {
        let w = &p.words[i];
        match w.bracket {
            Bracket::None => {
                let skip = (0..=FILLERS)
                    .take_while(|k| *k == 0 || source.get(j + k - 1).is_some_and(|s| s.filler))
                    .find(|k| source.get(j + k).is_some_and(|s| s.folded == w.folded))?;
                if i == lead && skip > 0 {
                    return None;
                }
                pairs.push((i, j + skip, j + skip + 1));
                j += skip + 1;
            }
            Bracket::Within => {
                if !within(quotation, w, text, source.get(j)?) {
                    return None;
                }
                pairs.push((i, j, j + 1));
                j += 1;
            }
            Bracket::Whole => {
                let next = p.words[i + 1..].iter().find(|n| n.bracket != Bracket::Whole);
                let after: Vec<&Word> =
                    p.words[i + 1..].iter().take(LOOK_AHEAD).take_while(|n| n.bracket == Bracket::None).collect();
                let follows = |k: usize| {
                    after.iter().enumerate().all(|(n, w)| source.get(j + k + n).is_some_and(|s| s.folded == w.folded))
                };
                let width = match next {
                    None => 0,
                    Some(n) if n.bracket == Bracket::Within => {
                        (0..=BRACKET).find(|k| source.get(j + k).is_some_and(|s| within(quotation, n, text, s)))?
                    }
                    Some(_) if !after.is_empty() => (0..=BRACKET).find(|&k| follows(k))?,
                    Some(n) => (0..=BRACKET).find(|k| source.get(j + k).is_some_and(|s| s.folded == n.folded))?,
                };
                pairs.push((i, j, j + width));
                j += width;
            }
        }
        i += 1;
    }
    Some(describe(source, text, quotation, p, &pairs, start, j))
}

/// "clos[ing]" and "closed": the letters outside the bracket stand at the word's ends.
fn within(quotation: &str, w: &Word, text: &str, s: &Word) -> bool {
    let q = &quotation[w.start as usize..w.end as usize];
    let (Some(open), Some(close)) = (q.find('['), q.rfind(']')) else { return false };
    let source = pieces::folded(&text[s.start as usize..s.end as usize]);
    let (head, tail) = (pieces::folded(&q[..open]), pieces::folded(&q[close + 1..]));
    source.len() >= head.len().max(tail.len()) && source.starts_with(&head) && source.ends_with(&tail)
}

/// The differences of a match: (word, from, to) with `from..to` the source's words it stands for.
fn describe(
    source: &[Word],
    text: &str,
    quotation: &str,
    p: &Piece,
    pairs: &[(usize, usize, usize)],
    start: usize,
    end: usize,
) -> Aligned {
    let mut edits = Vec::new();
    let mut same = 0;
    let mut previous: Option<(usize, usize)> = None;
    for &(i, from, to) in pairs {
        let w = &p.words[i];
        let q = (w.start as usize, w.end as usize);
        if let Some((pi, pj)) = previous {
            skipped(source, pj, from, q.0, &mut edits);
            let fillers = from > pj;
            let plain = p.words[pi].bracket == Bracket::None && w.bracket == Bracket::None && !fillers;
            if plain {
                punctuation(text, quotation, &p.words[pi], &source[pj - 1], false, &mut edits);
            }
        }
        match w.bracket {
            Bracket::None => {
                same += 1;
                letters(text, quotation, w, &source[from], p.first && i == 0, &mut edits);
            }
            _ => {
                same += 1;
                let words = &source[from..to];
                let s = words.first().zip(words.last()).map_or_else(
                    || {
                        let at = source.get(from).map_or(text.len(), |s| s.start as usize);
                        (at, at)
                    },
                    |(f, l)| (f.start as usize, l.end as usize),
                );
                // A bracket in the place of a bare "not" turns the sense round.
                let lost = words.len() <= 2 && words.iter().any(|s| s.negates) && !w.negates;
                edits.push(RawEdit {
                    kind: if lost { EditKind::Negated } else { EditKind::Bracket },
                    quotation: q,
                    source: s,
                    edge: false,
                });
            }
        }
        previous = Some((i, to));
    }
    if let Some((pi, pj)) = previous
        && p.words[pi].bracket == Bracket::None
        && pj > 0
    {
        punctuation(text, quotation, &p.words[pi], &source[pj - 1], true, &mut edits);
    }
    Aligned { start: start.min(source.len() - 1), end: end.max(start + 1).min(source.len()), same, edits }
}

fn skipped(source: &[Word], from: usize, to: usize, at: usize, edits: &mut Vec<RawEdit>) {
    for s in source.get(from..to).unwrap_or(&[]) {
        edits.push(RawEdit {
            kind: EditKind::Filler,
            quotation: (at, at),
            source: (s.start as usize, s.end as usize),
            edge: false,
        });
    }
}

/// Differences within a word that is the same when folded.
fn letters(text: &str, quotation: &str, w: &Word, s: &Word, first: bool, edits: &mut Vec<RawEdit>) {
    let (q, o) = ((w.start as usize, w.end as usize), (s.start as usize, s.end as usize));
    let (a, b) = (&quotation[q.0..q.1], &text[o.0..o.1]);
    if a == b {
        return;
    }
    let (x, y) = (typography(a), typography(b));
    if x == y {
        edits.push(RawEdit { kind: EditKind::Typography, quotation: q, source: o, edge: false });
        return;
    }
    let rest = |s: &str| s.chars().skip(1).collect::<String>();
    let edge = first && rest(&x) == rest(&y);
    edits.push(RawEdit { kind: EditKind::Case, quotation: q, source: o, edge });
}

/// Punctuation behind a word of both texts.
fn punctuation(text: &str, quotation: &str, w: &Word, s: &Word, last: bool, edits: &mut Vec<RawEdit>) {
    let (q, o) = ((w.end as usize, w.tail as usize), (s.end as usize, s.tail as usize));
    let squeeze = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (a, b) = (squeeze(&quotation[q.0..q.1]), squeeze(&text[o.0..o.1]));
    // At the end the quotation may stop before the source's next mark.
    if a == b || (last && b.starts_with(&a)) {
        return;
    }
    let marks = |t: &str| typography(t).chars().filter(|c| !matches!(c, '\'' | '"')).collect::<String>();
    let (x, y) = (marks(&a), marks(&b));
    let kind = if x == y || (last && y.starts_with(&x)) { EditKind::Typography } else { EditKind::Punctuation };
    edits.push(RawEdit { kind, quotation: q, source: o, edge: last });
}

/// One form for all marks of the same meaning.
fn typography(t: &str) -> String {
    let mut out = String::with_capacity(t.len());
    for c in t.chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '`' => out.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}' => out.push('"'),
            '\u{2010}'..='\u{2015}' => out.push('-'),
            '\u{2026}' => out.push_str("..."),
            '\u{ad}' | '\u{200b}' => {}
            c => out.push(c),
        }
    }
    while out.contains("--") {
        out = out.replace("--", "-");
    }
    out
}

/// The likeliest place of a piece that stands nowhere as it is, with the differences.
pub(crate) fn nearest(source: &[Word], text: &str, quotation: &str, p: &Piece, from: usize) -> Option<Aligned> {
    let at = place(source, p, from)?;
    let n = p.words.len();
    let lo = at.saturating_sub(n / 2 + 4);
    let hi = (at + n + n / 2 + 8).min(source.len());
    let window = &source[lo..hi];
    if window.is_empty() {
        return None;
    }
    Some(edit_script(source, text, quotation, p, lo, window))
}

/// Width of a band of diagonals that vote together.
const BAND: i64 = 8;

/// The place where most of the piece's words stand near each other, rare words counting more.
fn place(source: &[Word], p: &Piece, from: usize) -> Option<usize> {
    let mut index: FastMap<u64, Vec<u32>> = FastMap::default();
    for (i, w) in p.words.iter().enumerate().filter(|(_, w)| w.bracket == Bracket::None) {
        let v = index.entry(w.folded).or_default();
        if v.len() < 8 {
            v.push(i as u32);
        }
    }
    let mut frequency: HashMap<u64, u32> = HashMap::with_capacity(index.len());
    let hits: Vec<usize> = (0..source.len()).filter(|&j| index.contains_key(&source[j].folded)).collect();
    for &j in &hits {
        *frequency.entry(source[j].folded).or_default() += 1;
    }
    let mut votes: HashMap<i64, f32> = HashMap::new();
    for &j in &hits {
        let weight = 1.0 / (1.0 + (frequency[&source[j].folded] as f32).ln()) + if j >= from { 0.01 } else { 0.0 };
        for &i in &index[&source[j].folded] {
            let band = (j as i64 - i64::from(i)).div_euclid(BAND);
            *votes.entry(band).or_default() += weight;
            *votes.entry(band + 1).or_default() += weight * 0.6;
        }
    }
    let mut best: Option<(f32, i64)> = None;
    for (&band, &v) in &votes {
        // Ties go to the earlier place, so that the outcome does not hang on the order of a table.
        if best.is_none_or(|(b, at)| v > b + 1e-4 || ((v - b).abs() <= 1e-4 && band < at)) {
            best = Some((v, band));
        }
    }
    best.map(|(_, band)| (band * BAND).max(0) as usize)
}

/// Costs: a changed word is dearer than a dropped or added one, but cheaper than both.
const DROP: u32 = 10;
const CHANGE: u32 = 15;

/// What a step along both texts costs.
fn step(w: &Word, s: &Word) -> u32 {
    match (w.bracket == Bracket::None, w.folded == s.folded) {
        (false, _) => 2,
        (true, true) => 0,
        (true, false) => CHANGE,
    }
}

/// What leaving out a word of the source costs.
fn skip(s: &Word) -> u32 {
    if s.filler { 3 } else { DROP }
}

/// The cheapest cost of each beginning of the piece against each beginning of the window.
fn costs(p: &Piece, window: &[Word]) -> Vec<u32> {
    let (n, m) = (p.words.len(), window.len());
    let width = m + 1;
    let mut cost = vec![0u32; (n + 1) * width];
    for i in 1..=n {
        let w = &p.words[i - 1];
        let extra = if w.bracket != Bracket::None { 1 } else { DROP };
        cost[i * width] = cost[(i - 1) * width] + extra;
        for j in 1..=m {
            let s = &window[j - 1];
            let diagonal = cost[(i - 1) * width + j - 1] + step(w, s);
            let add = cost[(i - 1) * width + j] + extra;
            // Words of the source behind the piece cost nothing.
            let drop = cost[i * width + j - 1] + skip(s);
            cost[i * width + j] = diagonal.min(add).min(drop);
        }
    }
    cost
}

/// The cheapest way from the window's words to the piece's.
fn edit_script(source: &[Word], text: &str, quotation: &str, p: &Piece, lo: usize, window: &[Word]) -> Aligned {
    let (n, m) = (p.words.len(), window.len());
    let width = m + 1;
    let cost = costs(p, window);
    let mut j = (0..=m).min_by_key(|&j| (cost[n * width + j], j)).unwrap_or(m);
    let end = lo + j;
    let mut i = n;
    let mut edits: Vec<RawEdit> = Vec::new();
    let mut same = 0;
    while i > 0 {
        let here = cost[i * width + j];
        let w = &p.words[i - 1];
        let q = (w.start as usize, w.end as usize);
        let free = w.bracket != Bracket::None;
        let equal = j > 0 && w.folded == window[j - 1].folded;
        if j > 0 && here == cost[(i - 1) * width + j - 1] + step(w, &window[j - 1]) {
            let s = &window[j - 1];
            let o = (s.start as usize, s.end as usize);
            if free {
                edits.push(RawEdit { kind: EditKind::Bracket, quotation: q, source: o, edge: false });
            } else if equal {
                same += 1;
                letters(text, quotation, w, s, p.first && i == 1, &mut edits);
            } else {
                let kind = if w.negates != s.negates { EditKind::Negated } else { EditKind::Changed };
                edits.push(RawEdit { kind, quotation: q, source: o, edge: false });
            }
            i -= 1;
            j -= 1;
        } else if j > 0 && here == cost[i * width + j - 1] + skip(&window[j - 1]) {
            let s = &window[j - 1];
            let kind = if s.filler {
                EditKind::Filler
            } else if s.negates {
                EditKind::Negated
            } else {
                EditKind::Dropped
            };
            edits.push(RawEdit {
                kind,
                quotation: (q.1, q.1),
                source: (s.start as usize, s.end as usize),
                edge: false,
            });
            j -= 1;
        } else {
            let at = if j > 0 { window[j - 1].end as usize } else { window[0].start as usize };
            let kind = if free {
                EditKind::Bracket
            } else if w.negates {
                EditKind::Negated
            } else {
                EditKind::Added
            };
            edits.push(RawEdit { kind, quotation: q, source: (at, at), edge: false });
            i -= 1;
        }
    }
    edits.reverse();
    moved(text, quotation, &mut edits);
    let start = (lo + j).min(source.len() - 1);
    Aligned { start, end: end.max(start + 1), same, edits }
}

/// A word dropped here and added there was moved.
fn moved(text: &str, quotation: &str, edits: &mut [RawEdit]) {
    let dropped: Vec<(usize, String)> = edits
        .iter()
        .enumerate()
        .filter(|(_, e)| e.kind == EditKind::Dropped)
        .map(|(n, e)| (n, pieces::folded(&text[e.source.0..e.source.1])))
        .collect();
    for (n, word) in dropped {
        let twin = edits.iter().position(|e| {
            e.kind == EditKind::Added && pieces::folded(&quotation[e.quotation.0..e.quotation.1]) == word
        });
        if let Some(k) = twin {
            edits[n].kind = EditKind::Reordered;
            edits[k].kind = EditKind::Reordered;
        }
    }
}
