//! Descriptions of samples: the codec, its sizes and its configuration.

use super::{
    boxes::{Cursor, boxes, child, put},
    nal::{Units, hevc_configuration},
};
use crate::{Outcome, Refused, limits};

/// Codecs of pictures that are copied.
const PICTURES: [&[u8; 4]; 11] =
    [b"avc1", b"avc3", b"hvc1", b"hev1", b"mp4v", b"av01", b"vp09", b"vp08", b"s263", b"apcn", b"apch"];
/// Codecs of sound that are copied.
const SOUNDS: [&[u8; 4]; 17] = [
    b"mp4a", b"alac", b"ac-3", b"ec-3", b"Opus", b"samr", b"sawb", b"sowt", b"twos", b"lpcm", b"in24", b"in32",
    b"fl32", b"fl64", b"ulaw", b"alaw", b".mp3",
];
/// Configurations and shapes that come along.
const INNER: [&[u8; 4]; 15] = [
    b"avcC", b"esds", b"av1C", b"vpcC", b"pasp", b"clap", b"fiel", b"alac", b"dac3", b"dec3", b"dOps", b"damr",
    b"chan", b"d263", b"frma",
];
/// Descriptions in one track; all but one in a hundred films have one.
const MAX_ENTRIES: u32 = 16;

/// What is to be known of a codec to copy its samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Codec {
    /// Whether samples are made of units.
    pub(super) units: Option<Units>,
    /// Bytes of a sample where the table says "one": sound of old QuickTime counts single values.
    pub(super) frame: usize,
}

/// The descriptions, written anew; none if one of their codecs is not known.
pub(super) fn rebuild(body: &[u8], sound: bool) -> Outcome<Option<(Vec<u8>, Codec)>> {
    let mut cursor = Cursor::new(body);
    let count = cursor.skip(4).and_then(|()| cursor.u32()).ok_or(Refused::Broken)?;
    let entries = boxes(cursor.rest())?;
    if count == 0 || count > MAX_ENTRIES || entries.len() < count as usize {
        return Err(Refused::Broken);
    }
    let mut out = vec![0; 4];
    out.extend_from_slice(&count.to_be_bytes());
    let mut codec: Option<Codec> = None;
    for (name, body) in entries.iter().take(count as usize) {
        let known = if sound { SOUNDS.contains(&name) } else { PICTURES.contains(&name) };
        if !known || body.len() > limits::MAX_BOX_COPY {
            return Ok(None);
        }
        let (bytes, found) = if sound { self::sound(name, body)? } else { picture(name, body)? };
        if codec.is_some_and(|codec| codec != found) {
            return Ok(None);
        }
        codec = Some(found);
        put(&mut out, name, |out| out.extend_from_slice(&bytes));
    }
    Ok(codec.map(|codec| (out, codec)))
}

fn picture(name: &[u8; 4], body: &[u8]) -> Outcome<(Vec<u8>, Codec)> {
    let fixed = body.get(..78).ok_or(Refused::Broken)?;
    let mut out = vec![0; 78];
    // Which data, width and height, resolution, pictures in a sample, depth. Not: vendor, qualities, the encoder's name.
    for part in [6..8, 24..36, 40..42, 74..76] {
        out[part.clone()].copy_from_slice(&fixed[part]);
    }
    out[76..78].fill(0xff);
    let inner = boxes(&body[78..]).unwrap_or_default();
    let mut units = None;
    for (kind, body) in &inner {
        match kind {
            b"hvcC" => {
                let (configuration, found) = hevc_configuration(body).ok_or(Refused::Broken)?;
                units = Some(found);
                put(&mut out, kind, |out| out.extend_from_slice(&configuration));
            }
            b"colr" => colours(body, &mut out),
            _ if INNER.contains(&kind) => put(&mut out, kind, |out| out.extend_from_slice(body)),
            _ => {}
        }
        if kind == b"avcC" {
            let width = usize::from(body.get(4).ok_or(Refused::Broken)? & 3) + 1;
            units = Some(Units { width, hevc: false });
        }
    }
    if units.is_none() && matches!(name, b"avc1" | b"avc3" | b"hvc1" | b"hev1") {
        return Err(Refused::Broken);
    }
    Ok((out, Codec { units, frame: 1 }))
}

/// Colours by number come along; a profile, which can name a device, does not.
pub(crate) fn colours(body: &[u8], out: &mut Vec<u8>) {
    let length = match body.get(..4) {
        Some(b"nclx") => 11,
        Some(b"nclc") => 10,
        _ => return,
    };
    if let Some(body) = body.get(..length) {
        put(out, b"colr", |out| out.extend_from_slice(body));
    }
}

fn sound(name: &[u8; 4], body: &[u8]) -> Outcome<(Vec<u8>, Codec)> {
    let version = body.get(8..10).map(|two| u16::from_be_bytes([two[0], two[1]])).ok_or(Refused::Broken)?;
    let length = match version {
        0 => 28,
        1 => 44,
        2 => 64,
        _ => return Err(Refused::Variety),
    };
    let mut out = body.get(..length).ok_or(Refused::Broken)?.to_vec();
    out[..6].fill(0);
    // Revision and vendor.
    out[10..16].fill(0);
    let number = |at: usize| usize::from(u16::from_be_bytes([body[at], body[at + 1]]));
    let long = |at: usize| u32::from_be_bytes([body[at], body[at + 1], body[at + 2], body[at + 3]]) as usize;
    let plain = matches!(name, b"sowt" | b"twos" | b"lpcm" | b"in24" | b"in32" | b"fl32" | b"fl64" | b"ulaw" | b"alaw");
    let frame = match version {
        1 if long(28) > 0 => long(36) / long(28),
        0 if plain => number(16) * number(18) / 8,
        _ => 1,
    };
    for (kind, body) in boxes(&body[length..]).unwrap_or_default() {
        match &kind {
            // QuickTime wraps the configuration once more.
            b"wave" => {
                let inner = boxes(body).unwrap_or_default();
                put(&mut out, b"wave", |out| {
                    for name in [b"frma", b"mp4a", b"enda", b"esds", b"alac"] {
                        if let Some(body) = child(&inner, name).filter(|body| name != b"mp4a" || body.len() <= 4) {
                            put(out, name, |out| out.extend_from_slice(body));
                        }
                    }
                    put(out, &[0; 4], |_| {});
                });
            }
            kind if INNER.contains(&kind) => put(&mut out, kind, |out| out.extend_from_slice(body)),
            _ => {}
        }
    }
    Ok((out, Codec { units: None, frame: frame.max(1) }))
}
