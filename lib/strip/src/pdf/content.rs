//! Content: operators that draw, with their operands, written anew. Comments, marks (which carry texts and identities), parts
//! of layers that are off, and operators that nobody has defined stay out.

use std::{collections::HashSet, io::Write};

use hayro_syntax::{
    content::UntypedIter,
    object::{Object, Stream},
};

use crate::{Outcome, Refused, limits};

/// State, paths, colours, text: what a page is drawn with.
const ALLOWED: [&[u8]; 61] = [
    b"q", b"Q", b"cm", b"w", b"J", b"j", b"M", b"d", b"ri", b"i", b"gs", b"m", b"l", b"c", b"v", b"y", b"h", b"re",
    b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n", b"W", b"W*", b"BT", b"ET", b"Tc", b"Tw", b"Tz",
    b"TL", b"Tf", b"Tr", b"Ts", b"Td", b"TD", b"Tm", b"T*", b"Tj", b"TJ", b"'", b"\"", b"d0", b"d1", b"CS", b"cs",
    b"SC", b"SCN", b"sc", b"scn", b"G", b"g", b"RG", b"rg", b"K", b"k",
];
/// Operators that put something onto the page, apart from paths.
const PAINTING: [&[u8]; 6] = [b"Tj", b"TJ", b"'", b"\"", b"Do", b"sh"];
/// Operators that end a path by painting it.
const PATHS: [&[u8]; 9] = [b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"];
/// Deepest state kept; deeper nesting is met in attacks on readers only.
const MAX_STATES: usize = 512;

/// Writes a content anew; `hidden` are the names of layers that are off.
pub(super) fn rewrite(text: &[u8], hidden: &HashSet<Vec<u8>>) -> Outcome<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut iter = UntypedIter::new(text);
    // Marks that are open, and whether each began a part that is off.
    let mut marks: Vec<bool> = Vec::new();
    let mut states = 0usize;
    while let Some(instruction) = iter.next() {
        let operands: Vec<&Object<'_>> = instruction.operands().collect();
        let operator: &[u8] = instruction.operator;
        let off = marks.iter().any(|off| *off);
        match operator {
            b"BMC" | b"BDC" => {
                let layer = matches!(operands.first(), Some(Object::Name(tag)) if tag.as_ref() == b"OC");
                let off =
                    matches!(operands.get(1), Some(Object::Name(name)) if layer && hidden.contains(name.as_ref()));
                if marks.len() < limits::MAX_PAGES {
                    marks.push(off);
                }
            }
            b"EMC" => {
                marks.pop();
            }
            b"q" if states >= MAX_STATES => return Err(Refused::TooComplex),
            b"q" => {
                states += 1;
                out.extend_from_slice(b"q\n");
            }
            // One more than there were: readers pass over it, and so do we, since what stands around must not be touched.
            b"Q" if states == 0 => {}
            b"Q" => {
                states -= 1;
                out.extend_from_slice(b"Q\n");
            }
            b"BI" if !off => {
                if let Some(Object::Stream(stream)) = operands.first() {
                    super::pictures::inline(stream, &mut out);
                }
            }
            _ if off && PAINTING.contains(&operator) => {}
            _ if off && PATHS.contains(&operator) => out.extend_from_slice(b"n\n"),
            _ if ALLOWED.contains(&operator) || PAINTING.contains(&operator) => {
                let begin = out.len();
                if operands.iter().all(|operand| write(operand, &mut out, 0)) {
                    out.extend_from_slice(operator);
                    out.push(b'\n');
                } else {
                    out.truncate(begin);
                }
            }
            _ => {}
        }
        if out.len() > limits::MAX_STREAM {
            return Err(Refused::UnpacksTooLarge);
        }
    }
    out.extend(std::iter::repeat_n(*b"Q\n", states).flatten());
    Ok(out)
}

/// Writes an operand; false for one that no operator here has.
pub(super) fn write(object: &Object<'_>, out: &mut Vec<u8>, depth: usize) -> bool {
    match object {
        Object::Number(number) => {
            let value = number.as_f64();
            // Writing into memory does not fail.
            let _ = match value.fract() == 0.0 && value.abs() < 1e15 {
                true => write!(out, "{} ", value as i64),
                false if value.is_finite() => write!(out, "{} ", value as f32),
                false => write!(out, "0 "),
            };
        }
        Object::Boolean(value) => out.extend_from_slice(if *value { b"true " } else { b"false " }),
        Object::Null(_) => out.extend_from_slice(b"null "),
        Object::Name(name) => {
            out.push(b'/');
            for byte in name.iter() {
                match byte {
                    b'!'..=b'~' if !b"#()<>[]{}/%".contains(byte) => out.push(*byte),
                    byte => {
                        let _ = write!(out, "#{byte:02X}");
                    }
                }
            }
            out.push(b' ');
        }
        Object::String(text) => {
            out.push(b'<');
            for byte in text.as_bytes() {
                let _ = write!(out, "{byte:02X}");
            }
            out.extend_from_slice(b"> ");
        }
        Object::Array(array) if depth < 4 => {
            out.push(b'[');
            let all = array.iter::<Object<'_>>().all(|item| write(&item, out, depth + 1));
            out.extend_from_slice(b"] ");
            return all;
        }
        Object::Array(_) | Object::Dict(_) | Object::Stream(_) => return false,
    }
    true
}

/// A character map without its comments, which programs and people write into its head.
pub(super) fn without_comments(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let (mut comment, mut text) = (false, 0usize);
    let mut escaped = false;
    for byte in data {
        match byte {
            b'\n' | b'\r' => comment = false,
            _ if comment => continue,
            _ if escaped => escaped = false,
            b'\\' if text > 0 => escaped = true,
            b'(' => text += 1,
            b')' => text = text.saturating_sub(1),
            b'%' if text == 0 => {
                comment = true;
                continue;
            }
            _ => {}
        }
        out.push(*byte);
    }
    out
}

/// An inline picture's stream, seen from the outside.
pub(super) type Inline<'a> = Stream<'a>;
