//! The plainest form of a text, for comparing: what it says to a reader's eye, whatever alphabet it borrows from.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Small letters, without accents, with letters of other alphabets that look Latin replaced by those they look like.
/// Only for comparing; never shown.
pub fn plain(text: &str) -> String {
    let folded = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in folded {
        if c.is_alphanumeric() || is_written_into_words(c) {
            word.push(c);
        } else {
            end(&mut word, &mut out);
            out.push(c);
        }
    }
    end(&mut word, &mut out);
    out
}

/// A word that borrows is written in Latin; a word wholly in another alphabet stays.
fn end(word: &mut String, out: &mut String) {
    let latin = word.chars().any(|c| c.is_ascii_alphabetic());
    let all_alike = word.chars().all(|c| c.is_ascii() || lookalike(c).is_some());
    if !word.is_ascii() && (latin || all_alike) {
        out.extend(word.chars().map(|c| lookalike(c).unwrap_or(c)));
    } else {
        out.push_str(word);
    }
    word.clear();
}

/// Signs that people write in place of letters.
fn is_written_into_words(c: char) -> bool {
    matches!(c, '@' | '$' | '€' | '!' | '|' | '+' | '*')
}

/// True if a word is put together from the Latin and another alphabet whose letters look the same: no language does.
pub fn mixes_scripts(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| {
        let latin = word.chars().any(|c| c.is_ascii_alphabetic());
        latin && word.chars().any(|c| matches!(u32::from(c), 0x370..=0x52f) && lookalike(c).is_some())
    })
}

/// The Latin letter that a letter of another alphabet looks like.
fn lookalike(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' | 'ɑ' | 'Α' | 'А' => 'a',
        'в' | 'ь' | 'β' | 'В' | 'Β' => 'b',
        'с' | 'ϲ' | 'ᴄ' | 'С' => 'c',
        'ԁ' | 'ɗ' => 'd',
        'е' | 'є' | 'ε' | 'Е' | 'Ε' => 'e',
        'ғ' => 'f',
        'ɡ' | 'ց' => 'g',
        'һ' | 'н' | 'Н' | 'Η' => 'h',
        'і' | 'ι' | 'ı' | 'ɩ' | 'І' | 'Ι' => 'i',
        'ј' | 'ϳ' | 'Ј' => 'j',
        'к' | 'κ' | 'К' | 'Κ' => 'k',
        'ӏ' | 'ⅼ' | 'ǀ' => 'l',
        'м' | 'М' | 'Μ' => 'm',
        'п' | 'η' | 'ո' | 'Ν' => 'n',
        'о' | 'ο' | 'օ' | 'σ' | 'О' | 'Ο' | 'ө' => 'o',
        'р' | 'ρ' | 'Р' | 'Ρ' => 'p',
        'ԛ' => 'q',
        'г' | 'ᴦ' => 'r',
        'ѕ' | 'Ѕ' => 's',
        'т' | 'τ' | 'Т' | 'Τ' => 't',
        'υ' | 'ս' | 'ц' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ш' | 'ω' | 'ѡ' => 'w',
        'х' | 'χ' | 'Х' | 'Χ' => 'x',
        'у' | 'γ' | 'ү' | 'У' | 'Υ' => 'y',
        'ᴢ' | 'Ζ' | 'ζ' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borrowed_letters_are_read_as_they_look() {
        assert_eq!(plain("Саsinо ВОNUS"), "casino bonus");
        assert_eq!(plain("ÉLÈVE Straße"), "eleve straße");
        // A word of nothing but such letters could be either; both sides of a comparison are read the same way.
        assert_eq!(plain("Это обычный текст"), "это обычныи tekct");
    }

    #[test]
    fn only_words_of_two_alphabets_are_mixed() {
        assert!(mixes_scripts("frее money"));
        assert!(!mixes_scripts("Это iPhone и всё"));
        assert!(!mixes_scripts("naïve, Ωmega"));
        assert!(!mixes_scripts(""));
    }
}
