//! Plain text: UTF-8, composed characters, plain line ends, nothing invisible that could mark a copy.

use unicode_normalization::UnicodeNormalization;

use crate::{Kind, Note, Outcome, Refused, limits};

/// Bytes looked at to know text from markup.
const HEAD: usize = 1_024;

/// Whether unknown bytes are plain text. Markup is refused: what a browser would run is no plain text.
pub(crate) fn kind(bytes: &[u8]) -> Outcome<Kind> {
    if bytes.len() > limits::MAX_TEXT {
        return Err(Refused::UnknownFormat);
    }
    let text = read(bytes).ok_or(Refused::UnknownFormat)?;
    if text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}' | '\u{1a}' | '\u{1b}'))
    {
        return Err(Refused::UnknownFormat);
    }
    // As the copy has it: what is invisible neither hides markup nor makes a text.
    let (text, _) = normal(&text);
    let head = text.trim_start();
    let head = head.get(..floor(head, HEAD)).unwrap_or(head).to_ascii_lowercase();
    let markup = ["<!doctype", "<?xml", "<?php", "<html", "<svg", "<script", "<head", "<body", "<!--", "#!"];
    if markup.iter().any(|mark| head.starts_with(mark))
        || ["<svg", "<html", "<script"].iter().any(|mark| head.contains(mark))
    {
        return Err(Refused::Active);
    }
    if text.trim().is_empty() { Err(Refused::Empty) } else { Ok(Kind::Text) }
}

/// The text, written anew.
pub(crate) fn rebuild(bytes: &[u8], notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    let text = read(bytes).ok_or(Refused::Broken)?;
    let (text, left_out) = normal(&text);
    if left_out {
        notes.push(Note::InvisibleLeftOut);
    }
    Ok(text.into_bytes())
}

/// Text in UTF-8, or in UTF-16 with its mark.
fn read(bytes: &[u8]) -> Option<String> {
    let wide = |pairs: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = pairs.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] if rest.len() % 2 == 0 => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] if rest.len() % 2 == 0 => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
    }
}

/// Composed, with plain line ends and without invisible characters; and whether such were there.
pub(crate) fn normal(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut left_out = false;
    let mut letters = text.nfc().peekable();
    let mut before = ' ';
    while let Some(c) = letters.next() {
        let after = letters.peek().copied().unwrap_or(' ');
        match c {
            '\r' if after == '\n' => continue,
            '\r' | '\u{85}' | '\u{2028}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            // They join and part letters of some scripts, and the parts of emoji; elsewhere they are seen by nobody.
            '\u{200c}' | '\u{200d}' if is_joined(before) && is_joined(after) => out.push(c),
            c if c.is_control() || is_invisible(c) => {
                left_out |= !matches!(c, '\u{c}' | '\u{feff}');
                continue;
            }
            c => out.push(c),
        }
        before = c;
    }
    // What stood apart may have come together.
    (out.nfc().collect(), left_out)
}

fn is_joined(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && !is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0e}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// The longest prefix of at most that many bytes that ends between two characters.
pub(crate) fn floor(text: &str, bytes: usize) -> usize {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}
