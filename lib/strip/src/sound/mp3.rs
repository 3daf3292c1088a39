//! MPEG audio, layers II and III: a row of frames and nothing between them. (Of layer I there are no files, and it begins as text
//! in UTF-16 does.) ID3 of both kinds, APE and Lyrics blocks stand
//! outside frames; the information frame of encoders (Xing, Info, LAME, VBRI) is one without sound and is left out; what
//! encoders write into the unused bits of layer III (LAME puts its name there) is overwritten with zeros.

use crate::{Note, Outcome, Refused, limits};

/// Frames in a row that make a beginning believable.
const BELIEVED: usize = 2;
/// Bytes of a frame's head, that the word of synchronisation begins.
const SYNC: usize = 4;

const RATES_1_2: [u16; 15] = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
const RATES_1_3: [u16; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const RATES_2_23: [u16; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/// A frame's head, understood.
#[derive(Clone, Copy)]
struct Head {
    length: usize,
    /// MPEG 1, not 2 or 2.5.
    first: bool,
    layer: u8,
    checked: bool,
    mono: bool,
    /// What may not change within a file: version, layer, sample rate.
    stream: u32,
}

impl Head {
    fn read(bytes: &[u8]) -> Option<Head> {
        let head = u32::from_be_bytes(bytes.get(..SYNC)?.try_into().ok()?);
        let (version, layer, rate) = ((head >> 19) & 3, (head >> 17) & 3, (head >> 10) & 3);
        let bits = ((head >> 12) & 15) as usize;
        if head >> 21 != 0x7ff || version == 1 || !matches!(layer, 1 | 2) || rate == 3 || bits == 0 || bits == 15 {
            return None;
        }
        let first = version == 3;
        let layer = 4 - layer as u8;
        let kilobits = match (first, layer) {
            (true, 2) => RATES_1_2[bits],
            (true, _) => RATES_1_3[bits],
            (false, _) => RATES_2_23[bits],
        };
        let hertz = [44_100, 48_000, 32_000][rate as usize] >> [2, 0, 1, 0][version as usize];
        let padding = ((head >> 9) & 1) as usize;
        let bits = usize::from(kilobits) * 1_000;
        let length = match layer {
            3 if !first => 72 * bits / hertz + padding,
            _ => 144 * bits / hertz + padding,
        };
        let (checked, mono) = ((head >> 16) & 1 == 0, (head >> 6) & 3 == 3);
        (length >= 24).then_some(Head { length, first, layer, checked, mono, stream: head & 0xfffe_0c00 })
    }

    /// Bytes of layer III's side information, and where it begins.
    fn side(self) -> (usize, usize) {
        let begin = if self.checked { 6 } else { 4 };
        let length = match (self.first, self.mono) {
            (true, false) => 32,
            (true, true) | (false, false) => 17,
            (false, true) => 9,
        };
        (begin, length)
    }
}

/// The frames, one behind the other.
pub(crate) fn rebuild(bytes: &[u8], notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    let mut at = after_tags(bytes);
    let mut out = Vec::with_capacity(bytes.len());
    let mut frames: Vec<(usize, Head)> = Vec::new();
    let mut stream = None;
    while at + SYNC <= bytes.len() {
        let found = Head::read(&bytes[at..]).filter(|head| stream.is_none_or(|stream| stream == head.stream));
        let Some(head) =
            found.filter(|head| at + head.length <= bytes.len() && is_followed(bytes, at, *head, stream.is_some()))
        else {
            at += 1;
            continue;
        };
        stream = Some(head.stream);
        let frame = &bytes[at..at + head.length];
        at += head.length;
        if frames.is_empty() && is_information(frame, head) {
            continue;
        }
        if frames.len() >= limits::MAX_SAMPLES {
            return Err(Refused::TooComplex);
        }
        frames.push((out.len(), head));
        out.extend_from_slice(frame);
    }
    if frames.is_empty() {
        return Err(Refused::Broken);
    }
    silence_unused(&mut out, &frames);
    notes.push(Note::EncodedAsBefore);
    Ok(out)
}

/// Behind the ID3v2 tags at the beginning, of which there can be several.
fn after_tags(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some([b'I', b'D', b'3', _, _, flags, a, b, c, d]) = bytes.get(at..at + 10) {
        let size = [a, b, c, d].iter().fold(0usize, |sum, byte| sum << 7 | usize::from(**byte & 0x7f));
        at = at.saturating_add(10 + size + if flags & 0x10 == 0 { 0 } else { 10 });
    }
    at.min(bytes.len())
}

/// Whether the frame is followed by more of its kind, or by the end: a sync word alone is found in any bytes.
fn is_followed(bytes: &[u8], at: usize, head: Head, begun: bool) -> bool {
    let mut next = at + head.length;
    for _ in 0..if begun { 1 } else { BELIEVED } {
        match bytes.get(next..) {
            None | Some([]) => return true,
            // Tags at the end.
            Some(
                [b'T', b'A', b'G', ..] | [b'A', b'P', b'E', b'T', ..] | [b'L', b'Y', b'R', ..] | [b'I', b'D', b'3', ..],
            ) => return true,
            Some(rest) => match Head::read(rest).filter(|following| following.stream == head.stream) {
                Some(following) => next += following.length,
                // Within a stream, the last frame before some other block is still sound.
                None => return begun,
            },
        }
    }
    true
}

fn is_information(frame: &[u8], head: Head) -> bool {
    let (begin, length) = head.side();
    let mark = |at: usize| frame.get(at..at + 4);
    // Encoders leave the checksum out or not; both places are looked at.
    [begin + length, 4 + length, 36].iter().any(|at| matches!(mark(*at), Some(b"Xing" | b"Info" | b"VBRI")))
}

/// Layer III fills a stream of its own: each frame says how far before its own place its sound begins and how long it is.
/// What is between the end of one frame's sound and the beginning of the next one's is unused.
fn silence_unused(out: &mut [u8], frames: &[(usize, Head)]) {
    // Where the stream's bytes stand in the file, frame by frame, and where sound begins and ends in the stream.
    let mut places = Vec::with_capacity(frames.len());
    let mut used = Vec::with_capacity(frames.len());
    let mut total = 0usize;
    for (at, head) in frames {
        if head.layer != 3 {
            return;
        }
        let (begin, length) = head.side();
        let main = begin + length;
        if main > head.length {
            return;
        }
        let (back, bits) = sound_of(&out[*at + begin..*at + main], *head);
        places.push((*at + main, total, head.length - main));
        // A frame whose reservoir was cut away with what came before begins where it can.
        let from = total.saturating_sub(back);
        used.push((from, from + bits.div_ceil(8)));
        total += head.length - main;
    }
    let mut end = 0;
    for (from, to) in used.iter().copied().chain([(total, total)]) {
        if from > end {
            zero(out, &places, end, from);
        }
        end = end.max(to);
    }
}

/// How many bytes before its place a frame's sound begins, and its bits.
fn sound_of(side: &[u8], head: Head) -> (usize, usize) {
    let bits = |at: usize, count: usize| {
        (at..at + count).fold(0usize, |value, bit| value << 1 | usize::from(side[bit / 8] >> (7 - bit % 8) & 1))
    };
    let channels = if head.mono { 1 } else { 2 };
    let (back, mut at, granules, each) = match head.first {
        true => (bits(0, 9), 9 + if head.mono { 5 } else { 3 } + 4 * channels, 2, 59),
        false => (bits(0, 8), 8 + channels, 1, 63),
    };
    let mut sum = 0;
    for _ in 0..granules * channels {
        sum += bits(at, 12);
        at += each;
    }
    (back, sum)
}

/// Overwrites a part of the stream, which lies in pieces.
fn zero(out: &mut [u8], places: &[(usize, usize, usize)], from: usize, to: usize) {
    let first = places.partition_point(|(_, begin, length)| begin + length <= from);
    for (place, begin, length) in places[first..].iter().take_while(|(_, begin, _)| *begin < to) {
        let (low, high) = (from.max(*begin), to.min(begin + length));
        if low < high {
            out[place + low - begin..place + high - begin].fill(0);
        }
    }
}
