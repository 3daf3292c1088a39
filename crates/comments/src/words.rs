//! Lists of words, and finding them through the usual evasions: spaces and dots between letters, digits for letters,
//! letters drawn out, letters of other alphabets. Whole words only: Scunthorpe is a town.

use std::collections::HashMap;

use crate::text::plain;

/// Words of a phrase.
const LONGEST_PHRASE: usize = 6;

/// A list ready for looking up.
#[derive(Debug, Default)]
pub struct Words {
    /// First word, rest, and how the newsroom wrote it.
    phrases: HashMap<String, Vec<(Vec<String>, String)>>,
    /// Beginnings of words (`idiot*`).
    beginnings: Vec<(String, String)>,
}

impl Words {
    /// Reads a list; an entry may be a phrase, or end in `*` for any ending.
    pub fn new(list: &[String]) -> Words {
        let mut words = Words::default();
        for entry in list {
            if let Some(beginning) = entry.trim().strip_suffix('*') {
                let beginning = squeezed(&plain(beginning.trim()), 2);
                // Two letters begin half of all words.
                if beginning.chars().count() > 2 {
                    words.beginnings.push((beginning, entry.clone()));
                }
                continue;
            }
            let parts: Vec<String> = plain(entry)
                .split_whitespace()
                .map(|word| squeezed(trimmed(word), 2))
                .filter(|w| !w.is_empty())
                .collect();
            if let [first, rest @ ..] = parts.as_slice()
                && rest.len() < LONGEST_PHRASE
            {
                words.phrases.entry(first.clone()).or_default().push((rest.to_vec(), entry.clone()));
            }
        }
        words
    }

    /// The first entry that stands in the text, as the newsroom wrote it.
    pub fn find(&self, text: &Folded) -> Option<&str> {
        if self.phrases.is_empty() && self.beginnings.is_empty() {
            return None;
        }
        text.words.iter().enumerate().find_map(|(at, forms)| {
            forms.iter().find_map(|form| {
                let phrase = self.phrases.get(form).into_iter().flatten().find(|(rest, _)| {
                    rest.iter().enumerate().all(|(n, word)| {
                        text.words.get(at + 1 + n).is_some_and(|forms| forms.iter().any(|form| form == word))
                    })
                });
                let beginning = || self.beginnings.iter().find(|(beginning, _)| form.starts_with(beginning.as_str()));
                phrase.map(|(_, entry)| entry.as_str()).or_else(|| beginning().map(|(_, entry)| entry.as_str()))
            })
        })
    }
}

/// A text as lists are compared with it: each word in the forms it may be meant in.
#[derive(Debug)]
pub struct Folded {
    words: Vec<Vec<String>>,
}

impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Folded {
        let plain = plain(text);
        let raw: Vec<&str> = plain.split_whitespace().collect();
        let mut words: Vec<Vec<String>> = Vec::with_capacity(raw.len());
        let mut letters = String::new();
        for word in raw {
            let core = trimmed(word);
            // `f u c k`: letters alone in a row are one word. Two (`a b`) are not.
            if core.chars().count() == 1 {
                letters.push_str(core);
            } else {
                end(&mut letters, &mut words);
            }
            words.push(forms(word));
        }
        end(&mut letters, &mut words);
        Folded { words }
    }
}

fn end(letters: &mut String, words: &mut Vec<Vec<String>>) {
    if letters.chars().count() > 2 {
        words.push(forms(letters));
    }
    letters.clear();
}

/// The forms a word may be meant in.
fn forms(word: &str) -> Vec<String> {
    let core = trimmed(word);
    let mut forms = vec![squeezed(core, 2), squeezed(core, 1)];
    // `f.u.c.k`, `i-d-i-o-t`: signs between single letters.
    let parts: Vec<&str> = core.split(|c: char| !c.is_alphanumeric()).collect();
    if parts.len() > 2 && parts.iter().all(|part| part.chars().count() <= 1) {
        forms.push(squeezed(&parts.concat(), 2));
    } else if parts.len() > 1 {
        // `idiot/liar` are two words.
        forms.extend(parts.iter().filter(|part| !part.is_empty()).map(|part| squeezed(part, 2)));
    }
    let signs = word.trim_matches(|c: char| !c.is_alphanumeric() && deciphered(c).is_none());
    if signs.chars().any(char::is_alphabetic) && signs.chars().any(|c| !c.is_alphabetic()) {
        for one in ['i', 'l'] {
            let meant = |c: char| match deciphered(c) {
                _ if c.is_alphabetic() => Some(c),
                Some('i') => Some(one),
                other => other,
            };
            forms.push(squeezed(&signs.chars().filter_map(meant).collect::<String>(), 2));
        }
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// A word as it is meant that has digits or signs in place of letters (`1d10t`); none for any other.
pub fn meant(word: &str) -> Option<String> {
    let signs = word.trim_matches(|c: char| !c.is_alphanumeric() && deciphered(c).is_none());
    let letters = signs.chars().filter(|c| c.is_alphabetic()).count();
    let others = signs.chars().filter(|c| deciphered(*c).is_some()).count();
    // `4th`, `2nd`, `b2b`: what has fewer letters than two, or signs alone at one end, says what it says.
    let inside =
        signs.char_indices().any(|(at, c)| deciphered(c).is_some() && at > 0 && at + c.len_utf8() < signs.len());
    (letters > 1 && others > 0 && inside)
        .then(|| signs.chars().filter_map(|c| if c.is_alphabetic() { Some(c) } else { deciphered(c) }).collect())
}

/// The letter that a digit or sign stands for.
fn deciphered(c: char) -> Option<char> {
    Some(match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        '9' => 'g',
        _ => return None,
    })
}

/// With letters that are drawn out (three or more in a row) cut to `most`; `ass` stays what it is.
fn squeezed(word: &str, most: usize) -> String {
    let mut out = String::with_capacity(word.len());
    let chars: Vec<char> = word.chars().collect();
    for run in chars.chunk_by(|a, b| a == b) {
        let keep = if run.len() > 2 { most } else { run.len() };
        out.extend(run.iter().take(keep));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(words: &[&str]) -> Words {
        Words::new(&words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn evasions_are_seen_through() {
        let words = list(&["idiot", "buy now", "moron*", "ass", "kill"]);
        for text in [
            "You IDIOT!",
            "1d10t",
            "i d i o t",
            "i.d.i.o.t",
            "i-d-i-o-t",
            "idiooooot",
            "idıot",
            "іdіоt",
            "ıdiot",
            "𝐢diot",
            "id\u{200b}iot",
            "BUY   now",
            "moronic",
            "you.idiot",
            "(idiot)",
            "idiot/liar",
            "@ss",
            "a$s",
            "k1ll",
            "ki11",
            "i d 1 o t",
            "ïdîot",
        ] {
            let cleaned = crate::text::text(text);
            assert!(words.find(&Folded::new(&cleaned)).is_some(), "{text}");
        }
    }

    #[test]
    fn honest_words_pass() {
        let words = list(&["ass", "cunt", "tit", "idiot", "cum", "buy now"]);
        for text in [
            "The class in Scunthorpe",
            "title, assess, document",
            "a b c",
            "idiotypes",
            "buy it now",
            "",
            "1055",
            "$455",
        ] {
            assert_eq!(words.find(&Folded::new(text)), None, "{text}");
        }
        assert_eq!(list(&["", " ", "*", "a*"]).find(&Folded::new("a b")), None);
    }

    #[test]
    fn an_entry_is_named_as_it_was_written() {
        assert_eq!(list(&["Ídiot"]).find(&Folded::new("idiot")), Some("Ídiot"));
    }

    proptest::proptest! {
        #[test]
        fn a_listed_word_is_found_wherever_it_stands(word in "[a-z]{3,9}", before in "[a-z ]{0,20}", after in "[a-z ]{0,20}") {
            let found = list(&[&word]);
            let text = format!("{before} {word} {after}");
            proptest::prop_assert!(found.find(&Folded::new(&text)).is_some());
        }
    }
}
