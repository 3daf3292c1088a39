//! WebP. Stills are decoded and encoded anew without loss; animations are built anew from the pictures' own chunks.

use std::io::Cursor;

use image_webp::{ColorType, DecodingError, WebPDecoder, WebPEncoder};

use super::{Channels, Raster, bounded, colour, exif};
use crate::{Note, Outcome, Refused, limits};

/// The picture, encoded anew.
pub(crate) fn rebuild(bytes: &[u8], notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    if decoder.is_animated() {
        return animation(bytes, decoder.dimensions(), notes);
    }
    drop(decoder);
    let raster = decode(bytes, notes)?;
    raster.told(notes);
    let (width, height) = raster.size();
    let colour = match raster.channels {
        Channels::Rgba => ColorType::Rgba8,
        _ => ColorType::Rgb8,
    };
    let mut out = Vec::new();
    WebPEncoder::new(&mut out).encode(&raster.upright()?, width, height, colour).map_err(|_| Refused::Variety)?;
    Ok(out)
}

/// The pixels of the picture, or of the first of an animation.
pub(crate) fn decode(bytes: &[u8], notes: &mut Vec<Note>) -> Outcome<Raster> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    decoder.set_memory_limit(limits::MAX_RASTER);
    let (width, height) = decoder.dimensions();
    let channels = if decoder.has_alpha() { Channels::Rgba } else { Channels::Rgb };
    let size = bounded(width, height, channels as usize)?;
    // The decoder holds the picture a second time.
    if size > limits::MAX_TURNED {
        return Err(Refused::TooManyPixels);
    }
    let orientation = decoder.exif_metadata().ok().flatten().map_or(1, |exif| exif::orientation(&exif));
    let profile = decoder.icc_profile().ok().flatten();
    let mut pixels = vec![0; size];
    if decoder.output_buffer_size() != Some(size) {
        return Err(Refused::Broken);
    }
    decoder.read_image(&mut pixels).map_err(|error| refusal(&error))?;
    drop(decoder);
    colour::bake(&mut pixels, channels, profile.as_deref(), notes);
    Raster::new(width, height, channels, pixels, orientation)
}

/// The chunks of a RIFF body: name and content.
fn chunks(body: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = body;
    std::iter::from_fn(move || {
        let (name, length) = (rest.get(..4)?, rest.get(4..8)?);
        let length = u32::from_le_bytes(length.try_into().ok()?) as usize;
        let content = rest.get(8..8usize.checked_add(length)?)?;
        rest = rest.get(8 + length + length % 2..).unwrap_or_default();
        Some((name, content))
    })
}

fn chunk(out: &mut Vec<u8>, name: &[u8], content: &[u8]) {
    out.extend_from_slice(name);
    out.extend_from_slice(&(content.len() as u32).to_le_bytes());
    out.extend_from_slice(content);
    if content.len() % 2 == 1 {
        out.push(0);
    }
}

fn animation(bytes: &[u8], (width, height): (u32, u32), notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    /// Of the flags, those for animation and transparency.
    const ALLOWED: u8 = 0x12;
    let body = bytes.get(12..).ok_or(Refused::Broken)?;
    let mut content = Vec::from(*b"WEBP");
    let mut flags = 2;
    let mut profile = false;
    let (mut begin, mut frames) = (None, Vec::new());
    for (name, part) in chunks(body).take(limits::MAX_BOXES) {
        match name {
            b"VP8X" => flags |= part.first().copied().unwrap_or(0) & ALLOWED,
            b"ANIM" if begin.is_none() => begin = part.get(..6),
            b"ANMF" => frames.push(frame(part)?),
            b"ICCP" => profile = true,
            _ => {}
        }
    }
    let begin = begin.ok_or(Refused::Broken)?;
    if frames.is_empty() {
        return Err(Refused::Broken);
    }
    if frames.len() > limits::MAX_FRAMES {
        return Err(Refused::TooComplex);
    }
    if profile {
        notes.push(Note::ColoursApproximate);
    }
    notes.push(Note::EncodedAsBefore);
    let mut head = vec![flags, 0, 0, 0];
    for side in [width, height] {
        head.extend_from_slice(&side.saturating_sub(1).to_le_bytes()[..3]);
    }
    chunk(&mut content, b"VP8X", &head);
    chunk(&mut content, b"ANIM", begin);
    frames.iter().for_each(|frame| chunk(&mut content, b"ANMF", frame));
    let mut out = Vec::new();
    chunk(&mut out, b"RIFF", &content);
    Ok(out)
}

/// Place and time of a frame, and its picture's own chunks.
fn frame(part: &[u8]) -> Outcome<Vec<u8>> {
    let mut out = part.get(..16).ok_or(Refused::Broken)?.to_vec();
    let mut pictures = 0;
    for (name, content) in chunks(&part[16..]).take(limits::MAX_BOXES) {
        match name {
            b"ALPH" if pictures == 0 && out.len() == 16 => chunk(&mut out, name, content),
            b"VP8 " | b"VP8L" if pictures == 0 => {
                pictures = 1;
                chunk(&mut out, name, content);
            }
            _ => {}
        }
    }
    if pictures == 1 { Ok(out) } else { Err(Refused::Broken) }
}

fn refusal(error: &DecodingError) -> Refused {
    match error {
        DecodingError::ImageTooLarge | DecodingError::MemoryLimitExceeded => Refused::TooManyPixels,
        DecodingError::UnsupportedFeature(_) => Refused::Variety,
        _ => Refused::Broken,
    }
}
