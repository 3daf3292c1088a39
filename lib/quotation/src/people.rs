//! Who is who in one story: full names from surnames, people from pronouns.

use crate::doc::Doc;
use crate::lex::{ALL_CAPS, CAP, POSSESSIVE};
use crate::phrase::{Head, Phrase};
use crate::words::*;

/// What is known of a person's (or body's) gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Unknown,
    She,
    He,
    /// A body, a paper, a place: never "he" or "she".
    Thing,
}

/// Someone or something named in the story.
#[derive(Debug)]
pub(crate) struct Person {
    /// The fullest early form of the name.
    pub name: String,
    words: usize,
    pub gender: Gender,
    /// Gender known from a title, a role or "he", not guessed from the given name.
    sure: bool,
    pub mentions: u32,
    /// Sentence number of the last mention, of the last time as subject, of the last time as speaker.
    pub seen: usize,
    pub subject: usize,
    pub spoke: usize,
}

/// Everyone named so far.
#[derive(Default)]
pub(crate) struct People {
    pub list: Vec<Person>,
    by_last: FastMap<String, Vec<usize>>,
    by_full: FastMap<String, usize>,
}

/// More bearers of one surname than this are not told apart.
const NAMESAKES: usize = 6;
/// Pronouns look back over at most this many people, the latest named.
const LOOK_BACK: usize = 60;

impl People {
    /// The person a phrase with a name means; made when new.
    pub(crate) fn meet(&mut self, doc: &Doc<'_>, p: &Phrase, sentence: usize, minor: bool) -> Option<usize> {
        if !p.has_name() {
            return None;
        }
        let parts = parts(doc, p.name);
        let (gender, sure) = gender(doc, p, &parts);
        let full = parts.join(" ");
        let key = fold(&full);
        let found = self.by_full.get(&key).copied().or_else(|| self.namesake(&parts, gender, sure));
        let id = match found {
            Some(id) => {
                self.refine(id, &full, &parts, gender, sure);
                id
            }
            None => self.add(&full, &parts, gender, sure),
        };
        self.by_full.entry(key).or_insert(id);
        let person = &mut self.list[id];
        person.mentions += 1;
        if !minor || person.seen == 0 {
            person.seen = sentence + 1;
        }
        Some(id)
    }

    fn add(&mut self, full: &str, parts: &[&str], gender: Gender, sure: bool) -> usize {
        let id = self.list.len();
        self.list.push(Person {
            name: full.to_owned(),
            words: parts.len(),
            gender,
            sure,
            mentions: 0,
            seen: 0,
            subject: 0,
            spoke: 0,
        });
        let by_first = parts.len() > 1 && classes(&fold(parts[0])) & (GIVEN_F | GIVEN_M) != 0;
        for key in [parts.last(), parts.first()].into_iter().flatten().take(if by_first { 2 } else { 1 }) {
            let ids = self.by_last.entry(fold(key)).or_default();
            if ids.len() < NAMESAKES {
                ids.push(id);
            }
        }
        id
    }

    fn refine(&mut self, id: usize, full: &str, parts: &[&str], gender: Gender, sure: bool) {
        let person = &mut self.list[id];
        if person.words < 2 && parts.len() > person.words {
            person.name = full.to_owned();
            person.words = parts.len();
            for key in [parts[0], parts[parts.len() - 1]] {
                let ids = self.by_last.entry(fold(key)).or_default();
                if ids.len() < NAMESAKES && !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
        let person = &mut self.list[id];
        if gender != Gender::Unknown && (person.gender == Gender::Unknown || (sure && !person.sure)) {
            person.gender = gender;
            person.sure = sure;
        }
    }

    /// The bearer of the surname (or given name) that fits best.
    fn namesake(&self, parts: &[&str], gender: Gender, sure: bool) -> Option<usize> {
        let single = parts.len() == 1;
        let key = fold(parts.last()?);
        let ids = self.by_last.get(&key)?;
        let fits = |&&id: &&usize| {
            let p = &self.list[id];
            let clash = (sure || !single)
                && matches!((gender, p.gender), (Gender::He, Gender::She) | (Gender::She, Gender::He));
            if clash {
                return false;
            }
            if single {
                return true;
            }
            // Two full names: same first name, or one of them had only the surname so far.
            p.words == 1 && p.gender != Gender::Thing
                || fold(&p.name).split(' ').next() == Some(fold(parts[0]).as_str())
        };
        ids.iter()
            .filter(fits)
            .max_by_key(|&&id| {
                let p = &self.list[id];
                let by_last = fold(&p.name).ends_with(&key);
                (by_last, sure && p.gender == gender, p.mentions, p.seen)
            })
            .copied()
    }

    /// "he" or "she" was used of someone whose gender was not known.
    pub(crate) fn called(&mut self, id: usize, bits: Bits, sentence: usize) {
        let p = &mut self.list[id];
        p.seen = sentence + 1;
        if p.gender == Gender::Unknown {
            p.gender = if bits & HE != 0 { Gender::He } else { Gender::She };
        }
    }

    /// The person a pronoun means in this sentence, if anyone fits.
    pub(crate) fn resolve(&self, bits: Bits, sentence: usize, cue: bool) -> Option<usize> {
        let want = if bits & HE != 0 {
            Gender::He
        } else if bits & SHE != 0 {
            Gender::She
        } else {
            return None;
        };
        let now = sentence + 1;
        let mut best: Option<(i64, usize)> = None;
        for (id, p) in self.list.iter().enumerate().rev().take(LOOK_BACK.max(self.list.len().min(400))) {
            if p.gender == Gender::Thing || (p.gender != Gender::Unknown && p.gender != want) {
                continue;
            }
            let mut score = 0i64;
            let age = |at: usize| if at == 0 { 1000 } else { (now - at.min(now)) as i64 };
            let spoke = age(p.spoke).min(12) * 10;
            let subject = age(p.subject).min(12) * 10 + if cue { 6 } else { 0 };
            score -= age(p.seen) * 6 + spoke.min(subject);
            if p.subject == 0 && p.spoke == 0 {
                score -= 15;
            }
            score += i64::from(p.mentions.min(6));
            if p.gender == want {
                score += 9;
            }
            if p.words < 2 && p.spoke == 0 {
                score -= 4;
            }
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, id));
            }
        }
        best.filter(|(s, _)| *s > -400).map(|(_, id)| id)
    }
}

/// Lower case with straight apostrophes and no dots, for comparing names.
pub(crate) fn fold(s: &str) -> String {
    s.chars()
        .filter(|c| *c != '.')
        .flat_map(char::to_lowercase)
        .map(|c| if c == '\u{2019}' { '\'' } else { c })
        .collect()
}

fn parts<'a>(doc: &Doc<'a>, name: (usize, usize)) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::with_capacity(4);
    for i in name.0..name.1 {
        let t = &doc.toks[i];
        if !t.word() || (doc.span_of(i).is_some() && doc.outside(name.0)) {
            continue;
        }
        let mut w = doc.word(i);
        if t.has(POSSESSIVE) {
            w = w.strip_suffix("'s").or_else(|| w.strip_suffix("\u{2019}s")).unwrap_or(w);
            if w.starts_with(['\'', '\u{2019}']) {
                continue;
            }
        }
        let suffix = matches!(w, "Jr." | "Sr." | "Jr" | "Sr" | "II" | "III" | "IV");
        if suffix && !out.is_empty() {
            continue;
        }
        out.push(w);
    }
    out
}

fn gender(doc: &Doc<'_>, p: &Phrase, parts: &[&str]) -> (Gender, bool) {
    if doc.eq(p.end, "herself") {
        return (Gender::She, true);
    }
    if doc.eq(p.end, "himself") {
        return (Gender::He, true);
    }
    let outer = doc.toks[p.start..p.name.0].iter().fold(0, |b, t| b | t.bits);
    if outer & (TITLE_F | FEM) != 0 && outer & (TITLE_M | MASC) == 0 {
        return (Gender::She, true);
    }
    if outer & (TITLE_M | MASC) != 0 && outer & (TITLE_F | FEM) == 0 {
        return (Gender::He, true);
    }
    if outer & (TITLE | ROLE) != 0 {
        return (given(doc, p), false);
    }
    let name = &doc.toks[p.name.0..p.name.1];
    let org = name.iter().any(|t| t.is(ORG | MEDIUM | GROUP))
        || name.first().is_some_and(|t| {
            t.is(PLACE)
                && !t.is(GIVEN_F | GIVEN_M)
                && !(name.len() > 1 && t.has(CAP) && name.len() == 2 && !name[1].is(PLACE | ORG))
        })
        || p.head == Head::Nominal;
    let all_caps = parts.len() == 1 && name.iter().all(|t| t.has(ALL_CAPS));
    let article = p.start < p.name.0 && doc.toks[p.start].is(DET) && !doc.german;
    if org || all_caps || article {
        return (Gender::Thing, false);
    }
    (given(doc, p), false)
}

fn given(doc: &Doc<'_>, p: &Phrase) -> Gender {
    let n = &doc.toks[p.name.0..p.name.1];
    let Some(first) = n.first() else { return Gender::Unknown };
    match (first.is(GIVEN_F), first.is(GIVEN_M)) {
        (true, false) => Gender::She,
        (false, true) => Gender::He,
        _ => Gender::Unknown,
    }
}
