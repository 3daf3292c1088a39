//! The boxes of the ISO base media format: read within bounds, written with their lengths.

use crate::{Outcome, Refused, limits};

/// A box: its type and content.
pub(crate) type Found<'a> = ([u8; 4], &'a [u8]);

/// The boxes side by side in some bytes. What is too short for a box at the end is none.
pub(crate) fn boxes(bytes: &[u8]) -> Outcome<Vec<Found<'_>>> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some(head) = rest.get(..8) {
        if found.len() >= limits::MAX_BOXES {
            return Err(Refused::TooComplex);
        }
        let name = [head[4], head[5], head[6], head[7]];
        let (begin, length) = match u32::from_be_bytes([head[0], head[1], head[2], head[3]]) {
            0 => (8, rest.len()),
            1 => {
                let wide = rest.get(8..16).and_then(|eight| eight.try_into().ok()).ok_or(Refused::Broken)?;
                (16, usize::try_from(u64::from_be_bytes(wide)).map_err(|_| Refused::Broken)?)
            }
            length => (8, length as usize),
        };
        // A film that was cut off: its media are shorter than said.
        let length = if &name == b"mdat" { length.min(rest.len()) } else { length };
        let content = rest.get(begin..length);
        let Some(content) = content else {
            // Zeros and junk behind the last box are read over, a box that is cut off is not.
            return if found.is_empty() || is_name(name) { Err(Refused::Broken) } else { Ok(found) };
        };
        found.push((name, content));
        rest = &rest[length..];
    }
    Ok(found)
}

fn is_name(name: [u8; 4]) -> bool {
    matches!(&name, b"moov" | b"trak" | b"mdia" | b"minf" | b"stbl" | b"meta" | b"iprp" | b"ipco")
}

/// The content of the first box of a type.
pub(crate) fn child<'a>(found: &[Found<'a>], name: &[u8; 4]) -> Option<&'a [u8]> {
    found.iter().find(|(kind, _)| kind == name).map(|(_, body)| *body)
}

/// Writes a box whose content is written by `fill`.
pub(crate) fn put(out: &mut Vec<u8>, name: &[u8; 4], fill: impl FnOnce(&mut Vec<u8>)) {
    let begin = out.len();
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(name);
    fill(out);
    let length = (out.len() - begin) as u32;
    out[begin..begin + 4].copy_from_slice(&length.to_be_bytes());
}

/// Reads numbers one after the other.
pub(crate) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(rest: &'a [u8]) -> Self {
        Cursor { rest }
    }

    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    pub(crate) fn skip(&mut self, count: usize) -> Option<()> {
        self.take(count).map(|_| ())
    }

    /// A number of that many bytes; none of them is zero.
    pub(crate) fn number(&mut self, bytes: usize) -> Option<u64> {
        if bytes > 8 {
            return None;
        }
        Some(self.take(bytes)?.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        self.number(1).map(|value| value as u8)
    }

    pub(crate) fn u16(&mut self) -> Option<u16> {
        self.number(2).map(|value| value as u16)
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.number(4).map(|value| value as u32)
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }
}
