//! How a picture is to be held: the one entry of its Exif data that changes what is seen.

use super::super::limits::MAX_PARTS;

const ORIENTATION: u16 = 0x0112;

/// The orientation (1 upright to 8) that a block of Exif data asks for; 1 if it does not.
pub(crate) fn orientation(exif: &[u8]) -> u8 {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    find(exif).filter(|value| (1..=8).contains(value)).unwrap_or(1)
}

fn find(exif: &[u8]) -> Option<u8> {
    let little = match exif.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let bytes = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| -> Option<u32> {
        let bytes = exif.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let first = long(4)? as usize;
    let entries = usize::from(short(first)?).min(MAX_PARTS);
    (0..entries).map_while(|entry| first.checked_add(2 + 12 * entry)).find_map(|at| match short(at)? {
        // One short number, in the first half of the value.
        ORIENTATION if short(at + 2)? == 3 => u8::try_from(short(at + 8)?).ok(),
        _ => None,
    })
}
