//! The word-for-word check under seeded changes.

use onrecord_quotation::verify::{Profile, Source, Verdict};
use serde_json::Value;

use crate::Story;

/// Changes of each kind of trial.
const TRIALS: usize = 10_000;
/// Shortest quotation used, in words: an interior word must exist.
const SHORTEST: usize = 6;
/// Words put in the place of others.
const STRANGERS: &[&str] = &["lantern", "gravel", "orchid", "velvet", "harbor", "walnut", "thimble", "copper"];

/// What the trials found.
pub struct Found {
    /// Percent of changes flagged in every profile.
    pub flagged: f64,
    /// Allowed edits called altered or not found.
    pub alarms: f64,
}

/// A small generator (xorshift), seeded, so that every run makes the same changes.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

struct Case {
    words: Vec<String>,
    doc: usize,
}

/// Runs all trials over the quotations of the gold sets.
pub fn check(docs: &[Value]) -> Found {
    let texts: Vec<&str> = docs.iter().map(|d| d["text"].as_str().unwrap_or_default()).collect();
    let sources: Vec<Source<'_>> = texts.iter().map(|t| Source::new(t)).collect();
    let mut cases = Vec::new();
    for (doc, d) in docs.iter().enumerate() {
        for q in d["quotes"].as_array().map(Vec::as_slice).unwrap_or_default() {
            let text = q["text"].as_str().unwrap_or_default();
            let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            let plain = words.iter().all(|w| {
                w.chars().any(char::is_alphanumeric) && !w.contains(['[', ']', '\u{2026}', '(']) && !w.contains("..")
            });
            if words.len() >= SHORTEST && plain && sources[doc].check(text, Profile::Strict).verdict == Verdict::Exact {
                cases.push(Case { words, doc });
            }
        }
    }
    let mut dice = Dice(0x5eed_2026);
    let mut flagged = 0;
    let mut trials = 0;
    while trials < TRIALS {
        let case = &cases[dice.roll(cases.len())];
        let Some(changed) = change(&case.words, trials % 5, &mut dice) else { continue };
        trials += 1;
        let caught = [Profile::Strict, Profile::Standard, Profile::Light]
            .iter()
            .all(|p| matches!(sources[case.doc].check(&changed, *p).verdict, Verdict::Altered | Verdict::NotFound));
        if caught {
            flagged += 1;
        } else {
            eprintln!("missed: {changed}");
        }
    }
    let mut alarms = 0;
    for n in 0..TRIALS {
        let case = &cases[dice.roll(cases.len())];
        let verdict = allowed(case, n % 6, &sources[case.doc], &mut dice);
        if !matches!(verdict, Verdict::Exact | Verdict::AllowedEdit) {
            alarms += 1;
            eprintln!("alarm {}: {}", n % 6, case.words.join(" "));
        }
    }
    Found { flagged: f64::from(flagged) * 100.0 / TRIALS as f64, alarms: f64::from(alarms) }
}

fn bare(w: &str) -> String {
    w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn negates(w: &str) -> bool {
    let w = bare(w).replace('\u{2019}', "'");
    w.ends_with("n't")
        || [
            "not", "no", "never", "none", "nothing", "nobody", "neither", "nor", "without", "nicht", "kein", "keine",
            "nie", "niemals", "keinen", "keiner", "keinem", "nichts", "niemand", "ohne", "cannot", "hardly", "nowhere",
            "weder",
        ]
        .contains(&w.as_str())
        || w.ends_with("'t")
}

/// Change, drop, add, swap, negate: one interior word. The edges may be cut in any honest quotation.
fn change(words: &[String], kind: usize, dice: &mut Dice) -> Option<String> {
    let mut w = words.to_vec();
    let i = 1 + dice.roll(w.len() - 2);
    match kind {
        0 => w[i] = STRANGERS[dice.roll(STRANGERS.len())].to_owned(),
        1 => {
            // Dropping one of two equal neighbours, or the word that repeats, leaves what the source may have.
            if bare(&w[i]) == bare(&w[i - 1]) || bare(&w[i]) == bare(&w[i + 1]) {
                return None;
            }
            w.remove(i);
        }
        2 => w.insert(i, STRANGERS[dice.roll(STRANGERS.len())].to_owned()),
        3 => {
            let j = i.min(w.len() - 3).max(1);
            if bare(&w[j]) == bare(&w[j + 1])
                || w[j].contains(['-', '\u{2014}'])
                || w[j + 1].contains(['-', '\u{2014}'])
            {
                return None;
            }
            w.swap(j, j + 1);
        }
        _ => match (1..w.len() - 1).find(|&k| negates(&w[k])) {
            Some(k) if ["not", "never", "nicht"].contains(&bare(&w[k]).as_str()) => {
                w.remove(k);
            }
            _ => w.insert(i, "not".to_owned()),
        },
    }
    Some(w.join(" "))
}

/// Ellipsis, bracket, first letter, end punctuation, typography, hesitations.
fn allowed(case: &Case, kind: usize, source: &Source<'_>, dice: &mut Dice) -> Verdict {
    let mut w = case.words.clone();
    let last = w.len() - 1;
    let i = 1 + dice.roll(w.len() - 3);
    let n = 1 + dice.roll((last - i).min(4));
    let plain = !w[i..i + n].iter().any(|x| negates(x));
    match kind {
        0 if plain => {
            w.splice(i..i + n, ["\u{2026}".to_owned()]);
            source.check(&w.join(" "), Profile::Strict).verdict
        }
        1 if plain => {
            w.splice(i..i + n, ["[the matter]".to_owned()]);
            source.check(&w.join(" "), Profile::Strict).verdict
        }
        2 => {
            let mut letters = w[0].chars();
            let first = letters.next().unwrap_or(' ');
            let turned: String =
                if first.is_uppercase() { first.to_lowercase().collect() } else { first.to_uppercase().collect() };
            w[0] = turned + letters.as_str();
            source.check(&w.join(" "), Profile::Standard).verdict
        }
        3 => {
            let end = w[last].trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
            w[last] = end + [",", ".", "!", ""][dice.roll(4)];
            source.check(&w.join(" "), Profile::Standard).verdict
        }
        4 => {
            let text =
                w.join(" ").replace('\u{2019}', "'").replace('\u{2014}', "--").replace(['\u{201c}', '\u{201d}'], "\"");
            source.check(&text, Profile::Standard).verdict
        }
        _ => {
            let mut spoken = w.clone();
            let k = 1 + dice.roll(spoken.len() - 1);
            spoken.insert(k, ["uh,", "um,", "er", "um, uh,"][dice.roll(4)].to_owned());
            let said = format!("And then he said so. {} And that was all.", spoken.join(" "));
            Source::new(&said).check(&w.join(" "), Profile::Light).verdict
        }
    }
}

/// Milliseconds for forty words, one of them changed, against a source of 100,000 words, reading the source included.
pub fn milliseconds(docs: &[Story]) -> f64 {
    let mut text = String::new();
    let mut words = 0;
    for (_, t) in docs.iter().cycle().take(docs.len() * 4) {
        words += t.split_whitespace().count();
        text.push_str(t);
        text.push('\n');
        if words >= 100_000 {
            break;
        }
    }
    let all: Vec<&str> = text.split_whitespace().collect();
    let mut worst = 0f64;
    for n in 0..20 {
        let at = n * (all.len() - 50) / 20;
        let mut quoted: Vec<&str> = all[at..at + 40].to_vec();
        quoted[20] = "lantern";
        let quoted = quoted.join(" ");
        let mut best = f64::MAX;
        for _ in 0..5 {
            let start = crate::speed::Stopwatch::start();
            let verdict = Source::new(&text).check(&quoted, Profile::Standard).verdict;
            best = best.min(start.seconds() * 1000.0);
            assert_ne!(verdict, Verdict::Exact);
        }
        worst = worst.max(best);
    }
    worst
}
