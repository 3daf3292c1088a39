//! Slugs: the readable parts of addresses.

use unicode_normalization::UnicodeNormalization;

/// Longest slug: search engines and mail programs cut longer addresses, file systems stop at 255 bytes.
pub const LONGEST: usize = 96;

/// A slug out of any text: letters and digits of every script, small, joined by hyphens. Latin letters lose their
/// accents, others stay what they are. Empty if the text has neither letter nor digit.
pub fn from_text(text: &str) -> String {
    let mut slug = String::new();
    let mut gap = false;
    let letters = text.nfkd().flat_map(char::to_lowercase).flat_map(plain);
    // Once more: small letters and what stands for others may bring accents of their own.
    for letter in letters.nfkd().filter(|c| !is_latin_accent(*c)).nfc() {
        if letter.is_alphanumeric() || is_mark(letter) {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(letter);
        } else if !matches!(letter, '\'' | '’' | '\u{200d}' | '\u{200c}') {
            gap = true;
        }
    }
    cut(&slug)
}

/// Letters that decomposition leaves whole but every typist writes otherwise.
fn plain(letter: char) -> Vec<char> {
    match letter {
        'ß' => vec!['s', 's'],
        'æ' => vec!['a', 'e'],
        'œ' => vec!['o', 'e'],
        'ø' => vec!['o'],
        'đ' => vec!['d'],
        'ł' => vec!['l'],
        'ı' => vec!['i'],
        other => vec![other],
    }
}

/// Accents of Latin and Greek; the marks of other scripts are part of their words.
fn is_latin_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

fn is_mark(letter: char) -> bool {
    // Vowel signs of Indic, Thai, Arabic and other scripts are marks, not letters, and words cannot do without them.
    matches!(letter as u32, 0x0591..=0x05c7 | 0x0610..=0x061a | 0x064b..=0x065f | 0x0900..=0x0dff | 0x0e31..=0x0e4e | 0x3099..=0x309a)
}

/// Cut to [`LONGEST`] bytes at a word's end where there is one.
fn cut(slug: &str) -> String {
    if slug.len() <= LONGEST {
        return slug.to_owned();
    }
    let mut end = LONGEST;
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    let whole = &slug[..end];
    let words = if slug[end..].starts_with('-') { whole } else { whole.rsplit_once('-').map_or(whole, |(w, _)| w) };
    words.to_owned()
}

/// True if `slug` is one that [`from_text`] could have made.
pub fn is_valid(slug: &str) -> bool {
    !slug.is_empty() && from_text(slug) == slug
}

/// True for the first part of an address that the site uses itself.
pub fn is_reserved(slug: &str) -> bool {
    slug.starts_with('.') || onrecord_base::web::RESERVED.contains(&slug)
}

/// `slug`, or the first of `slug-2`, `slug-3`, ... that `taken` does not know.
pub fn free<E>(slug: &str, mut taken: impl FnMut(&str) -> Result<bool, E>) -> Result<String, E> {
    if !taken(slug)? {
        return Ok(slug.to_owned());
    }
    let mut number = 2_u64;
    loop {
        let end = format!("-{number}");
        let mut stem = slug;
        while stem.len() + end.len() > LONGEST {
            let mut shorter = stem.len() - 1;
            while !stem.is_char_boundary(shorter) {
                shorter -= 1;
            }
            stem = &stem[..shorter];
        }
        let next = format!("{}{end}", stem.trim_end_matches('-'));
        if !taken(&next)? {
            return Ok(next);
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slugs_read_like_their_text() {
        let check = |text: &str, slug: &str| assert_eq!(from_text(text), slug);
        check("Harbour wall to be rebuilt!", "harbour-wall-to-be-rebuilt");
        check("  The mayor’s “secret” café -- Straße ", "the-mayors-secret-cafe-strasse");
        check("Łódź & Ærø, 2026", "lodz-aero-2026");
        check("東京の朝", "東京の朝");
        check("हिन्दी समाचार", "हिन्दी-समाचार");
        check("Ελλάδα", "ελλαδα");
        check("…!?", "");
    }

    #[test]
    fn long_slugs_end_at_a_word() {
        let slug = from_text(&"harbour wall ".repeat(20));
        assert!(slug.len() <= LONGEST && slug.ends_with("harbour") || slug.ends_with("wall"), "{slug}");
    }

    #[test]
    fn a_taken_slug_gets_the_next_number() {
        let taken = ["wall", "wall-2"];
        let free = free::<()>("wall", |s| Ok(taken.contains(&s))).unwrap();
        assert_eq!(free, "wall-3");
    }

    proptest! {
        #[test]
        fn a_slug_of_a_slug_is_itself(text in "\\PC{0,200}") {
            let slug = from_text(&text);
            prop_assert!(slug.len() <= LONGEST);
            prop_assert_eq!(from_text(&slug), slug);
        }
    }
}
