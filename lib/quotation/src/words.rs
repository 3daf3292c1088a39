//! The closed word classes of English and German that the rules lean on.
//!
//! Written by hand from general knowledge of both languages; no word in these lists was chosen for one story.
//! A word may belong to several classes; the rules decide by context.

mod de;
mod en;
mod given;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

/// A set of word classes, one bit a class.
pub(crate) type Bits = u64;

macro_rules! classes {
    ($($name:ident),* $(,)?) => { classes!(@ 0u32; $($name),*); };
    (@ $n:expr; $head:ident $(, $tail:ident)*) => {
        pub(crate) const $head: Bits = 1 << ($n);
        classes!(@ $n + 1; $($tail),*);
    };
    (@ $n:expr;) => {};
}

classes!(
    DET,
    POSS,
    PREP,
    CONJ,
    SUB,
    AUX,
    ADV,
    HE,
    SHE,
    THEY,
    I_WE,
    IT,
    REL,
    TITLE,
    ROLE,
    FEM,
    MASC,
    TIME,
    SAY,
    CALL,
    THINK,
    ING,
    NOUN_CUE,
    ABBR,
    ORG,
    WORK,
    NEG,
    GIVEN_F,
    GIVEN_M,
    PARTICLE,
    MONTH,
    EN,
    DE,
    PLURAL_ROLE,
    ALIAS,
    FILLER,
    NUM,
    BASE,
    WH,
    MEDIUM,
    GROUP,
    PAST,
    TITLE_F,
    TITLE_M,
    WEEKDAY,
    SO_CALLED,
    OUTLET_NOUN,
    STOP_NAME,
    PLACE,
    VERB,
    AMBIGUOUS,
    OUTLET,
    CHANNEL,
);

/// Any personal pronoun that can be a speaker.
pub(crate) const PRONOUN: Bits = HE | SHE | THEY | I_WE | IT;
/// Any verb that introduces words.
pub(crate) const CUE: Bits = SAY | CALL | THINK;
/// Words that never stand inside a name or a noun phrase.
pub(crate) const FUNCTION: Bits = DET | POSS | PREP | CONJ | SUB | AUX | ADV | PRONOUN | REL | WH;

/// FNV-1a: short keys, no need to resist an adversary (the table is fixed).
#[derive(Default)]
pub(crate) struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        let mut h = self.0 ^ 0xcbf2_9ce4_8422_2325;
        for b in bytes {
            h = (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self.0 = h;
    }
    fn write_u8(&mut self, _: u8) {}
}

pub(crate) type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// The longest word of the table, in bytes; longer words are unknown without a look.
const LONGEST: usize = 28;

/// The classes of a lower-case word with straight apostrophes; none when unknown.
pub(crate) fn classes(lower: &str) -> Bits {
    if lower.len() > LONGEST {
        return 0;
    }
    static TABLE: OnceLock<FastMap<&'static str, Bits>> = OnceLock::new();
    TABLE.get_or_init(build).get(lower).copied().unwrap_or(0)
}

/// German offices are compounds: "Verkehrsminister", "Vorstandsvorsitzende".
pub(crate) fn office(lower: &str) -> Bits {
    let long = lower.len() >= OFFICE;
    let found = long && de::OFFICES.iter().any(|o| lower.ends_with(o));
    match (found, lower.ends_with("in")) {
        (false, _) => 0,
        (true, true) => ROLE | TITLE | FEM,
        (true, false) => ROLE | TITLE,
    }
}

/// Shortest compound taken for an office, in bytes.
const OFFICE: usize = 9;

fn build() -> FastMap<&'static str, Bits> {
    let mut map: FastMap<&'static str, Bits> = FastMap::default();
    for (bits, words) in en::CLASSES {
        for w in words.split_whitespace() {
            *map.entry(w).or_default() |= bits | EN;
        }
    }
    for (bits, words) in de::CLASSES.iter().chain(given::CLASSES) {
        for w in words.split_whitespace() {
            *map.entry(w).or_default() |= bits;
        }
    }
    for w in de::MARKERS.split_whitespace() {
        *map.entry(w).or_default() |= DE;
    }
    for (bits, lines) in en::REGULAR {
        for base in lines.split_whitespace() {
            for (form, extra) in inflect(base) {
                // The table lives as long as the program: leaking its few thousand keys once is the simplest owner.
                *map.entry(String::leak(form)).or_default() |= bits | extra;
            }
        }
    }
    for (bits, line) in en::IRREGULAR {
        let kinds = [BASE, 0, PAST, PAST, ING];
        for group in line.split(';') {
            for (w, kind) in group.split_whitespace().zip(kinds) {
                *map.entry(w).or_default() |= bits | kind;
            }
        }
    }
    map
}

/// The forms of a regular English verb: base, -s, -ed, -ing. A trailing `!` doubles the last consonant.
fn inflect(entry: &str) -> [(String, Bits); 4] {
    let (base, double) = match entry.strip_suffix('!') {
        Some(b) => (b, true),
        None => (entry, false),
    };
    let last = base.chars().last().unwrap_or(' ');
    let before = base.chars().rev().nth(1).unwrap_or(' ');
    let vowel = |c: char| "aeiou".contains(c);
    let (s, stem_ed, stem_ing) = if double {
        (format!("{base}s"), format!("{base}{last}ed"), format!("{base}{last}ing"))
    } else if last == 'e' {
        let stem = &base[..base.len() - 1];
        let ing = if before == 'e' || before == 'y' { format!("{base}ing") } else { format!("{stem}ing") };
        (format!("{base}s"), format!("{base}d"), ing)
    } else if last == 'y' && !vowel(before) {
        let stem = &base[..base.len() - 1];
        (format!("{stem}ies"), format!("{stem}ied"), format!("{base}ing"))
    } else if base.ends_with("sh") || base.ends_with("ch") || last == 's' || last == 'x' || last == 'z' {
        (format!("{base}es"), format!("{base}ed"), format!("{base}ing"))
    } else {
        (format!("{base}s"), format!("{base}ed"), format!("{base}ing"))
    };
    [(base.to_owned(), BASE), (s, 0), (stem_ed, PAST), (stem_ing, ING)]
}
