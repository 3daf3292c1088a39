//! Units of H.264 and H.265 streams: supplements that are not needed to show the pictures stay out. Encoders write their
//! name and settings there, cameras write places and serial numbers.

/// How a stream's units are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Units {
    /// Bytes of a unit's length.
    pub(crate) width: usize,
    /// H.265, not H.264.
    pub(crate) hevc: bool,
}

/// Supplements that say how to show the pictures: buffering, timing, points to begin at, brightness, colours.
const ALLOWED: [usize; 8] = [0, 1, 6, 45, 129, 137, 144, 147];

impl Units {
    /// Appends a sample without the supplements that are not allowed; a sample that is not made of units as it is.
    pub(crate) fn copy(self, sample: &[u8], out: &mut Vec<u8>) {
        let begin = out.len();
        if self.try_copy(sample, out).is_none() {
            out.truncate(begin);
            out.extend_from_slice(sample);
        }
    }

    fn try_copy(self, sample: &[u8], out: &mut Vec<u8>) -> Option<()> {
        let mut rest = sample;
        while !rest.is_empty() {
            let length = rest.get(..self.width)?.iter().fold(0usize, |value, byte| value << 8 | usize::from(*byte));
            let whole = rest.get(..self.width.checked_add(length)?)?;
            rest = &rest[whole.len()..];
            if self.is_allowed(&whole[self.width..]) {
                out.extend_from_slice(whole);
            }
        }
        Some(())
    }

    fn is_allowed(self, unit: &[u8]) -> bool {
        let Some(first) = unit.first() else { return false };
        match self.hevc {
            true => match (first >> 1) & 0x3f {
                39 | 40 => unit.get(2..).is_some_and(is_allowed),
                // Delimiters, fillers, and types that nobody has defined.
                kind => kind <= 34,
            },
            false => match first & 0x1f {
                6 => is_allowed(&unit[1..]),
                kind => matches!(kind, 1..=5 | 7 | 8 | 13 | 14 | 15 | 19 | 20),
            },
        }
    }
}

/// Whether all messages of a supplement are allowed ones.
fn is_allowed(mut rest: &[u8]) -> bool {
    // What is left at the end is the stop bit.
    while rest.len() > 1 {
        let (Some(kind), Some(length)) = (number(&mut rest), number(&mut rest)) else { return false };
        if !ALLOWED.contains(&kind) || length > rest.len() {
            return false;
        }
        rest = &rest[length..];
    }
    true
}

fn number(rest: &mut &[u8]) -> Option<usize> {
    let mut value = 0usize;
    loop {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        value += usize::from(*byte);
        if *byte != 255 {
            return Some(value);
        }
    }
}

/// The configuration of an H.265 stream without supplements.
pub(crate) fn hevc_configuration(body: &[u8]) -> Option<(Vec<u8>, Units)> {
    let mut out = body.get(..22)?.to_vec();
    let units = Units { width: usize::from(body[21] & 3) + 1, hevc: true };
    let mut cursor = super::boxes::Cursor::new(&body[22..]);
    let (mut kept, mut arrays) = (0u8, Vec::new());
    for _ in 0..cursor.u8()? {
        let head = cursor.u8()?;
        let count = cursor.u16()?;
        let allowed = matches!(head & 0x3f, 32..=34);
        if allowed {
            kept += 1;
            arrays.push(head);
            arrays.extend_from_slice(&count.to_be_bytes());
        }
        for _ in 0..count {
            let length = cursor.u16()?;
            let unit = cursor.take(usize::from(length))?;
            if allowed {
                arrays.extend_from_slice(&length.to_be_bytes());
                arrays.extend_from_slice(unit);
            }
        }
    }
    out.push(kept);
    out.append(&mut arrays);
    Some((out, units))
}
