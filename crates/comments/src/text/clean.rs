//! Cleaning: what a comment or a name may be made of.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Marks on one Latin letter: two (Vietnamese) after composition. More is a tower of them over other people's words.
const MARKS_LATIN: usize = 2;
/// Marks on any other letter: points and accents of Hebrew, stacks of Tibetan.
const MARKS: usize = 4;
/// Empty lines in a row that stay.
const EMPTY_LINES: usize = 1;

/// A comment's text as it is kept: composed, with `\n` alone at the ends of lines, without what cannot be seen or turns
/// other text around.
pub fn text(raw: &str) -> String {
    let cleaned = characters(raw);
    let mut lines: Vec<&str> = Vec::new();
    let mut empty = 0;
    for line in cleaned.lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty <= EMPTY_LINES {
            lines.push(line);
        }
    }
    lines.join("\n").trim_matches(['\n', ' ']).to_owned()
}

/// A name as it is kept: as [`text`], in one line.
pub fn name(raw: &str) -> String {
    characters(raw).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn characters(raw: &str) -> String {
    let raw = raw.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let composed: Vec<char> =
        raw.chars().flat_map(|c| unfancy(c).unwrap_or(c).nfc()).collect::<String>().nfc().collect();
    let mut out = String::with_capacity(raw.len());
    let mut marks = 0;
    let mut base = ' ';
    for (at, &c) in composed.iter().enumerate() {
        if is_invisible(c) {
            continue;
        }
        if is_combining_mark(c) {
            let most = if is_latin(base) { MARKS_LATIN } else { MARKS };
            // A variation selector is a mark of emoji only.
            let fits = marks < most && !base.is_whitespace() && (!is_selector(c) || is_pictorial(base));
            if fits {
                out.push(c);
                marks += 1;
            }
            continue;
        }
        match c {
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            '\u{200c}' | '\u{200d}' => {
                // Joiners shape Persian, Indic scripts and emoji; between ASCII letters they only split words.
                let next = composed.get(at + 1).copied().unwrap_or(' ');
                if !base.is_ascii() && !next.is_ascii() && !matches!(next, '\u{200c}' | '\u{200d}') {
                    out.push(c);
                }
                continue;
            }
            c if c.is_control() => continue,
            c => out.push(c),
        }
        base = c;
        marks = 0;
    }
    out
}

/// Letters that only look like others: mathematical, full-width, circled and squared alphabets say what they spell.
fn unfancy(c: char) -> Option<char> {
    let plain = match u32::from(c) {
        0x1d400..=0x1d7ff | 0xff10..=0xff19 | 0xff21..=0xff3a | 0xff41..=0xff5a | 0x24b6..=0x24e9 => {
            return c.nfkc().next();
        }
        n @ 0x1f130..=0x1f149 => n - 0x1f130,
        n @ 0x1f150..=0x1f169 => n - 0x1f150,
        n @ 0x1f170..=0x1f189 => n - 0x1f170,
        _ => return None,
    };
    char::from_u32(u32::from('A') + plain)
}

fn is_latin(c: char) -> bool {
    u32::from(c) < 0x250 || (0x1e00..0x1f00).contains(&u32::from(c))
}

fn is_selector(c: char) -> bool {
    matches!(u32::from(c), 0xfe00..=0xfe0f | 0xe0100..=0xe01ef)
}

fn is_pictorial(c: char) -> bool {
    matches!(u32::from(c), 0x23 | 0x2a | 0x30..=0x39 | 0xa9 | 0xae | 0x2000..=0x33ff | 0x1f000..=0x1faff)
}

/// What has no shape of its own: direction controls, fillers, joiners of words, tags, characters that are none.
fn is_invisible(c: char) -> bool {
    let n = u32::from(c);
    matches!(n,
        0xad | 0x34f | 0x61c | 0x115f | 0x1160 | 0x17b4 | 0x17b5 | 0x180b..=0x180f | 0x200b | 0x200e | 0x200f
        | 0x202a..=0x202e | 0x2060..=0x206f | 0x2800 | 0x3164 | 0xfeff | 0xffa0 | 0xfff0..=0xfffb
        | 0x1bca0..=0x1bca3 | 0x1d173..=0x1d17a | 0xe0000..=0xe0fff | 0xfdd0..=0xfdef | 0xe000..=0xf8ff)
        || n & 0xfffe == 0xfffe
        || n >= 0xf0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, expected: &str) {
        assert_eq!(text(raw), expected);
        assert_eq!(text(expected), expected, "cleaned once is clean");
    }

    #[test]
    fn what_turns_text_around_is_taken_out() {
        check("user\u{202e}txt.exe", "usertxt.exe");
        check("a\u{2066}b\u{2069}\u{200f}c\u{feff}\u{200b}d", "abcd");
        check("fu\u{200d}nny \u{e0041}tag \u{ad}", "funny tag");
    }

    #[test]
    fn towers_of_marks_become_letters() {
        let tower = format!("Z{}algo", "\u{30d}\u{30e}\u{304}\u{305}".repeat(20));
        assert_eq!(text(&tower).chars().count(), "Zalgo".len() + MARKS_LATIN);
        check("cafe\u{301}", "café");
        check("Việt Nam, שָׁלוֹם, ภาษาไทย, नमस्ते, می\u{200c}خواهم", "Việt Nam, שָׁלוֹם, ภาษาไทย, नमस्ते, می\u{200c}خواهم");
    }

    #[test]
    fn letters_in_costume_say_what_they_spell() {
        check("𝐅𝐑𝐄𝐄 ｍｏｎｅｙ 🅱🅄🅈 Ⓝⓞⓦ", "FREE money BUY Now");
    }

    #[test]
    fn pictures_and_lines_stay() {
        check("👩\u{200d}🚀 ❤\u{fe0f} 1\u{fe0f}\u{20e3}", "👩\u{200d}🚀 ❤\u{fe0f} 1\u{fe0f}\u{20e3}");
        check("  \r\n\r\none  \r\n\r\n\r\n\r\ntwo\rthree\t4\n\n", "one\n\ntwo\nthree 4");
    }

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(name("  Ana \n\n Ruiz\u{202e} "), "Ana Ruiz");
        assert_eq!(name("\u{3164}\u{200b}"), "");
    }

    proptest::proptest! {
        #[test]
        fn whatever_comes_is_clean_after_once(raw in "(\\PC|[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{300}-\u{310}\u{fe00}-\u{fe0f}\r\n\t\0]|[a-zA-Z ]){0,80}") {
            let once = text(&raw);
            proptest::prop_assert_eq!(text(&once), once.clone());
            proptest::prop_assert!(!once.chars().any(|c| is_invisible(c) || c.is_control() && c != '\n'));
            let named = name(&raw);
            proptest::prop_assert_eq!(name(&named), named.clone());
        }
    }
}
