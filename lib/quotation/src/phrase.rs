//! Noun phrases: names with their titles, roles, pronouns, the things that can speak.
//!
//! No parser and no model: closed word classes, capital letters and position.

use crate::doc::Doc;
use crate::lex::{ALL_CAPS, CAP, CONTRACTED, INITIAL, Kind, POSSESSIVE};
use crate::words::*;

/// What heads a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    /// A name ends the phrase.
    Name,
    /// A common noun ends the phrase ("a spokesman", "Mr. Smith's campaign").
    Nominal,
    Pronoun,
}

/// A noun phrase: token range, and where the name in it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase {
    pub start: usize,
    pub end: usize,
    pub head: Head,
    /// The bare name (titles cut), an empty range if there is none.
    pub name: (usize, usize),
    /// Classes of all words of the phrase but those of a possessor.
    pub bits: Bits,
    /// A possessor stands in the phrase ("Smith's campaign"): end of its tokens, else 0.
    pub possessor: usize,
}

impl Phrase {
    pub(crate) fn has_name(&self) -> bool {
        self.name.0 < self.name.1
    }
}

/// Phrases in order, and for each token the phrase it lies in, plus one.
pub(crate) struct Phrases {
    pub list: Vec<Phrase>,
    pub at: Vec<u32>,
}

impl Phrases {
    pub(crate) fn get(&self, tok: usize) -> Option<(usize, &Phrase)> {
        let n = (*self.at.get(tok)? as usize).checked_sub(1)?;
        Some((n, &self.list[n]))
    }
}

/// Longest phrase, in tokens: beyond that it is no phrase but a list in capitals.
const LONGEST: usize = 14;

/// All noun phrases outside marked spans.
pub(crate) fn phrases(doc: &Doc<'_>) -> Phrases {
    let mut out = Phrases { list: Vec::with_capacity(doc.toks.len() / 6), at: vec![0; doc.toks.len()] };
    for s in &doc.sentences {
        let mut i = s.start;
        while i < s.end {
            if let Some(span) = doc.span_of(i) {
                i = doc.after(span).max(i + 1);
                continue;
            }
            match phrase(doc, i, s.start, s.end) {
                Some(p) => {
                    out.at[p.start..p.end].fill(out.list.len() as u32 + 1);
                    i = p.end;
                    out.list.push(p);
                }
                None => i += 1,
            }
        }
    }
    out
}

/// Is the token a capitalised word that can be part of a name here?
pub(crate) fn name_word(doc: &Doc<'_>, i: usize, first: usize) -> bool {
    let t = &doc.toks[i];
    if !t.word() || !t.has(CAP) || !doc.outside(i) {
        return false;
    }
    // "(R-Tex.)", a bare "CEO", "No. 1"
    let tag = i > 0 && doc.toks[i - 1].kind == Kind::OpenBracket && doc.word(i).as_bytes().get(1) == Some(&b'-');
    if tag || (t.has(ALL_CAPS) && t.is(ROLE)) || doc.word(i) == "No." {
        return false;
    }
    // "the Sunday Times"
    let paper = t.is(WEEKDAY) && doc.toks.get(i + 1).is_some_and(|n| n.is(OUTLET) && n.has(CAP));
    if t.is(WEEKDAY) && !paper || (t.is(MONTH) && !t.is(GIVEN_F | GIVEN_M)) || t.has(CONTRACTED) {
        return false;
    }
    if i == first && !doc.german && !known_name(doc, i) {
        return false;
    }
    if i == first || doc.german {
        return !(t.is(FUNCTION | STOP_NAME) && !t.is(TITLE))
            && !(t.is(TIME) && !t.is(GIVEN_F | GIVEN_M))
            && !(i == first && t.is(CUE) && t.is(PAST | ING));
    }
    !(t.is(WH) && !t.is(TITLE)) && !(t.is(PRONOUN) && !t.has(ALL_CAPS)) && !(t.is(DET | POSS) && !t.has(ALL_CAPS))
}

/// The first word of a sentence has a capital anyhow: is it a name? Yes if the story writes it so elsewhere, if more
/// capitals follow, or if a verb of speech does.
fn known_name(doc: &Doc<'_>, i: usize) -> bool {
    let t = &doc.toks[i];
    if t.is(TITLE | GIVEN_F | GIVEN_M | ROLE | GROUP)
        || t.has(POSSESSIVE | ALL_CAPS | INITIAL)
        || doc.capitals.contains(doc.word(i))
    {
        return true;
    }
    let w = doc.word(i);
    if w.ends_with("ing") || w.ends_with("ly") || t.is(EN) {
        return doc.toks.get(i + 1).is_some_and(|n| n.has(CAP) && n.word() && n.is(GIVEN_F | GIVEN_M));
    }
    doc.toks.get(i + 1).is_some_and(|n| {
        n.word() && n.has(CAP)
            || n.is(CUE | AUX | ADV)
            || matches!(n.kind, Kind::OpenBracket | Kind::Comma | Kind::Colon)
    }) || w.ends_with('s')
}

/// A lower-case word that can stand inside a phrase.
fn noun_like(doc: &Doc<'_>, i: usize) -> bool {
    let t = &doc.toks[i];
    t.word()
        && doc.outside(i)
        && !t.has(CAP)
        && (!t.is(FUNCTION) || t.is(ROLE))
        && !t.is(TIME | VERB)
        && !doc.word(i).ends_with("ly")
}

fn phrase(doc: &Doc<'_>, i: usize, first: usize, end: usize) -> Option<Phrase> {
    let t = &doc.toks[i];
    if !t.word() && t.kind != Kind::Number {
        return None;
    }
    if t.is(PRONOUN) && !t.is(DET) && !(t.is(POSS) && i + 1 < end && follows_noun(doc, i + 1, first)) {
        let speaks = !t.has(POSSESSIVE);
        return speaks.then(|| Phrase {
            start: i,
            end: i + 1,
            head: Head::Pronoun,
            name: (0, 0),
            bits: t.bits,
            possessor: 0,
        });
    }
    let clause = doc.eq(i, "that")
        && (i > first && doc.toks[i - 1].is(CUE | NOUN_CUE)
            || doc.toks.get(i + 1).is_some_and(|n| {
                n.is(DET | POSS | PRONOUN | AUX) || n.has(CAP) || n.word() && doc.word(i + 1).ends_with('s')
            }));
    let determined = !clause && t.is(DET | POSS) && !(t.has(CAP) && i != first && t.has(ALL_CAPS));
    let starts = determined
        || name_word(doc, i, first)
        || (t.kind == Kind::Number && i + 1 < end && noun_like(doc, i + 1))
        || (t.has(CAP) && i == first && t.is(ROLE | GROUP | TITLE))
        || bare(doc, i, end);
    if !starts {
        return None;
    }
    build(doc, i, first, end, determined)
}

fn follows_noun(doc: &Doc<'_>, i: usize, first: usize) -> bool {
    let t = &doc.toks[i];
    doc.outside(i) && t.word() && (name_word(doc, i, first) || (noun_like(doc, i) && !(t.is(CUE) && t.is(PAST))))
}

/// A phrase without an article: "officials", "former Gov. Jane Smith", "campaign manager Joe Smith".
fn bare(doc: &Doc<'_>, i: usize, end: usize) -> bool {
    let mut j = i;
    while j < end && j < i + 5 && doc.outside(j) {
        let t = &doc.toks[j];
        if t.has(CAP) && j > i {
            return name_word(doc, j, i) && !t.is(TIME);
        }
        if t.is(ROLE | GROUP) && !t.is(CUE) {
            return true;
        }
        if !noun_like(doc, j) || t.is(CUE) || t.has(POSSESSIVE) {
            return t.is(TITLE) && !t.is(FUNCTION);
        }
        j += 1;
    }
    false
}

fn build(doc: &Doc<'_>, i: usize, first: usize, end: usize, determined: bool) -> Option<Phrase> {
    let mut j = i + usize::from(determined || doc.toks[i].kind == Kind::Number);
    while determined && j < end && j < i + 3 && doc.toks[j].is(DET) && !doc.toks[j].has(CAP) {
        j += 1;
    }
    let mut nouns = 0usize;
    let mut possessor = 0;
    let mut bits = 0;
    let mut run: (usize, usize) = (0, 0);
    let limit = end.min(i + LONGEST);
    while j < limit {
        if doc.span_of(j).is_some() {
            let Some(after) = nickname(doc, j, first, limit).filter(|_| run.1 == j) else { break };
            j = after;
            run.1 = after;
            continue;
        }
        let t = &doc.toks[j];
        if name_word(doc, j, first) {
            run = if run.1 == j { (run.0, j + 1) } else { (j, j + 1) };
        } else if let Some(k) = joint(doc, j, limit, first, run) {
            run.1 = k;
            j = k;
            continue;
        } else if !takes(doc, j, i, nouns, determined, possessor, run) {
            break;
        }
        nouns += 1;
        bits |= t.bits;
        j += 1;
        if t.has(POSSESSIVE) {
            if j >= limit
                || !doc.outside(j)
                || !(name_word(doc, j, first) || noun_like(doc, j) || doc.toks[j].is(NUM | DET))
            {
                // Nothing follows: the possessor is the phrase.
                break;
            }
            possessor = j;
            bits = 0;
            run = (j, j);
        }
    }
    let state = j == i + 1
        && doc.toks[i].is(ABBR)
        && !doc.toks[i].is(TITLE | TIME)
        && !doc.toks[i].has(POSSESSIVE)
        && doc.word(i) != "U.S."
        && doc.word(i) != "U.N.";
    if nouns == 0 || state {
        return None;
    }
    let party = run.0 < run.1 && doc.toks[run.0..run.1].iter().all(|t| t.is(ROLE) && !t.is(GIVEN_F | GIVEN_M));
    // In German every noun has a capital: one word behind an article is a thing or a role.
    let common = doc.german && determined && run.1 - run.0 == 1;
    let last_is_name = run.1 == j && run.0 >= possessor && !party && !common;
    let name = if run.0 < run.1 && !party && !common && (last_is_name || possessor == 0) {
        trim_name(doc, run)
    } else {
        (0, 0)
    };
    Some(Phrase {
        start: i,
        end: j,
        head: if last_is_name { Head::Name } else { Head::Nominal },
        name,
        bits,
        possessor,
    })
}

/// George "Jay" Smith: a nickname stays within the name. Returns the token behind its closing mark.
fn nickname(doc: &Doc<'_>, j: usize, first: usize, limit: usize) -> Option<usize> {
    let after = doc.after(doc.span_of(j)?);
    let short = after - j <= 4 && after < limit && after >= j + 2;
    let word = short && doc.toks[after - 2].word() && !doc.toks[after - 2].has(POSSESSIVE);
    (word && name_word(doc, after, first)).then_some(after)
}

/// Particles and the "of" of offices and bodies that hold a name together. Returns the token after the joined word.
fn joint(doc: &Doc<'_>, j: usize, limit: usize, first: usize, run: (usize, usize)) -> Option<usize> {
    if run.1 != j || run.0 >= run.1 {
        return None;
    }
    let t = &doc.toks[j];
    let mut k = j + 1;
    if t.is(PARTICLE) && !t.has(CAP) && !(doc.german && t.is(DET)) {
        while k < limit && k < j + 2 && doc.toks[k].is(PARTICLE) {
            k += 1;
        }
        return (k < limit && name_word(doc, k, first)).then_some(k + 1);
    }
    let org = doc.toks[run.0..run.1].iter().any(|t| t.is(ORG));
    if org && (doc.eq(j, "of") || doc.eq(j, "for") || doc.eq(j, "on") || doc.eq(j, "and")) {
        if k < limit && doc.eq(k, "the") {
            k += 1;
        }
        return (k < limit && name_word(doc, k, first) && !doc.toks[k].is(TITLE | GIVEN_F | GIVEN_M)).then_some(k + 1);
    }
    if doc.word(j) == "&" && k < limit && name_word(doc, k, first) {
        return Some(k + 1);
    }
    None
}

/// Does the lower-case token `j` belong to the phrase that began at `i`?
fn takes(
    doc: &Doc<'_>,
    j: usize,
    i: usize,
    nouns: usize,
    determined: bool,
    possessor: usize,
    run: (usize, usize),
) -> bool {
    let t = &doc.toks[j];
    if t.kind == Kind::Number {
        return nouns == 0;
    }
    if !noun_like(doc, j) || (t.is(CONJ) && !t.has(CAP)) {
        return false;
    }
    let fresh = nouns == 0 || possessor == j;
    let next = doc.toks.get(j + 1);
    if t.is(GROUP | NOUN_CUE) && !t.is(PAST) && next.is_some_and(|n| n.is(CUE) && n.is(PAST)) && run.1 == j {
        return true;
    }
    if t.is(CUE) && t.is(BASE) && !t.is(PAST) && next.is_some_and(|n| n.is(ROLE) && !n.has(CAP)) {
        return true;
    }
    let headless = !doc.toks[i..j].iter().any(|t| t.is(ROLE | GROUP | NOUN_CUE) || t.has(CAP));
    if t.is(NOUN_CUE | AMBIGUOUS) && t.is(CUE) && determined && headless && !t.is(PAST) {
        return true;
    }
    if t.is(CUE) && !t.is(ROLE | GROUP) {
        return fresh && (determined || possessor == j) && !t.is(ING);
    }
    if t.is(CUE) && t.is(GROUP | ROLE) {
        return fresh || !doc.toks[j - 1].is(ROLE | GROUP) && doc.toks.get(j + 1).is_some_and(|n| n.is(CUE | AUX));
    }
    if fresh {
        return true;
    }
    let w = doc.word(j);
    let verbal = (w.ends_with("ed") || w.ends_with("ing")) && !t.is(ROLE);
    if verbal {
        return false;
    }
    // After a full name only a role or a body can go on ("Smith administration").
    if run.1 == j && j > i {
        let one = run.1 - run.0 <= 3;
        if determined && one && (doc.eq(i, "a") || doc.eq(i, "an")) {
            return true;
        }
        let joins =
            doc.toks.get(j + 1).is_some_and(|n| n.has(CAP) && n.word() && !n.is(FUNCTION | TIME)) && !w.ends_with('s');
        return one
            && (joins
                || t.is(ROLE | GROUP | TITLE | NOUN_CUE)
                || doc.toks.get(j + 1).is_some_and(|n| n.is(ROLE | GROUP | CUE | AUX)));
    }
    true
}

/// Cuts titles, roles and what stands before them from a run of capitals.
fn trim_name(doc: &Doc<'_>, run: (usize, usize)) -> (usize, usize) {
    let (mut s, e) = run;
    let mut i = s;
    while i + 1 < e {
        let t = &doc.toks[i];
        let of = doc.eq(i + 1, "of") || doc.eq(i + 1, "for");
        let title = t.is(TITLE | ROLE) && !t.is(GIVEN_F | GIVEN_M) && !t.has(INITIAL);
        let kept = t.is(ORG) && e - i == 2 && doc.toks[i + 1].is(ORG | GROUP);
        if title && !of && !kept {
            s = i + 1;
        } else if title && of && t.is(TITLE | ROLE) && e > i + 4 {
            // "Secretary of State Jane Smith"
            s = i + 3;
        }
        i += 1;
    }
    // "Former", "Then", "Ex" at the head of a sentence.
    while s + 1 < e && (doc.eq(s, "former") || doc.eq(s, "then") || doc.eq(s, "longtime") || doc.eq(s, "the")) {
        s += 1;
    }
    (s, e)
}
