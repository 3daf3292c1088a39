//! Films and sound in MPEG-4 and QuickTime files: pictures and sound of allowed codecs, sample by sample, under a new
//! description. Times are zero, names are empty; places, captions, time codes, and all that no sample points to stay out.

pub(crate) mod boxes;
mod entry;
pub(crate) mod nal;
mod samples;

use boxes::{Cursor, boxes, child, put};
use entry::Codec;
use samples::Table;

use crate::{Kind, Note, Outcome, Refused, limits};

/// Brands that say which readers can play it, and nothing of who made it.
const BRANDS: [&[u8; 4]; 16] = [
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"hvc1", b"av01", b"M4A ",
    b"M4V ", b"M4B ", b"qt  ", b"3gp5",
];

/// A track that comes along.
struct Track<'a> {
    head: Vec<u8>,
    edits: Option<Vec<u8>>,
    times: Vec<u8>,
    sound: bool,
    entries: Vec<u8>,
    tables: Vec<u8>,
    codec: Codec,
    samples: Table<'a>,
}

/// The film, written anew.
pub(crate) fn rebuild(bytes: &[u8], kind: Kind, notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    let top = boxes(bytes)?;
    // In pieces, each with a description of its own: the form of streams, which recorders of phones do not write.
    if child(&top, b"moof").is_some() {
        return Err(Refused::Variety);
    }
    let moov = boxes(child(&top, b"moov").ok_or(Refused::Broken)?)?;
    if child(&moov, b"cmov").is_some() || child(&moov, b"mvex").is_some() {
        return Err(Refused::Variety);
    }
    let head = head(child(&moov, b"mvhd").ok_or(Refused::Broken)?)?;
    let mut tracks = Vec::new();
    for (name, body) in &moov {
        if name == b"trak" {
            match track(body, bytes)? {
                Some(track) => tracks.push(track),
                None => notes.push(Note::TracksLeftOut),
            }
        }
    }
    if tracks.is_empty() {
        return Err(Refused::Variety);
    }
    notes.push(Note::EncodedAsBefore);
    write(bytes, kind, &head, &mut tracks)
}

fn write(bytes: &[u8], kind: Kind, head: &[u8], tracks: &mut [Track<'_>]) -> Outcome<Vec<u8>> {
    // Chunks of all tracks in the order in which they stood, so that picture and sound arrive together.
    let mut order: Vec<(usize, usize, usize)> = Vec::new();
    for (at, track) in tracks.iter().enumerate() {
        order.extend(track.samples.chunks.iter().enumerate().map(|(chunk, found)| (found.offset, at, chunk)));
    }
    order.sort_unstable();
    let mut media = Vec::new();
    for (_, at, chunk) in order {
        let track = &mut tracks[at];
        let place = media.len();
        track.samples.copy(chunk, bytes, track.codec, &mut media)?;
        track.samples.chunks[chunk].placed = place;
        // Samples that point to the same bytes again and again.
        if media.len() > bytes.len() {
            return Err(Refused::Broken);
        }
    }
    let mut out = Vec::new();
    put(&mut out, b"ftyp", |out| brands(bytes, kind, out));
    let begin = out.len();
    // The description is written twice: only once its length is known are the places of the media known.
    describe(&mut out, head, tracks, 0);
    let base = out.len() + 8;
    out.truncate(begin);
    describe(&mut out, head, tracks, base);
    out.extend_from_slice(&(media.len() as u32 + 8).to_be_bytes());
    out.extend_from_slice(b"mdat");
    out.append(&mut media);
    Ok(out)
}

fn describe(out: &mut Vec<u8>, head: &[u8], tracks: &[Track<'_>], base: usize) {
    put(out, b"moov", |out| {
        put(out, b"mvhd", |out| out.extend_from_slice(head));
        for track in tracks {
            put(out, b"trak", |out| {
                put(out, b"tkhd", |out| out.extend_from_slice(&track.head));
                if let Some(edits) = &track.edits {
                    put(out, b"edts", |out| put(out, b"elst", |out| out.extend_from_slice(edits)));
                }
                put(out, b"mdia", |out| {
                    put(out, b"mdhd", |out| out.extend_from_slice(&track.times));
                    handler(out, if track.sound { b"soun" } else { b"vide" });
                    put(out, b"minf", |out| inner(out, track, base));
                });
            });
        }
    });
}

fn inner(out: &mut Vec<u8>, track: &Track<'_>, base: usize) {
    match track.sound {
        true => put(out, b"smhd", |out| out.extend_from_slice(&[0; 8])),
        false => put(out, b"vmhd", |out| out.extend_from_slice(&[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])),
    }
    // The media are in this file.
    put(out, b"dinf", |out| {
        put(out, b"dref", |out| {
            out.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 1]);
            put(out, b"url ", |out| out.extend_from_slice(&[0, 0, 0, 1]));
        });
    });
    put(out, b"stbl", |out| {
        put(out, b"stsd", |out| out.extend_from_slice(&track.entries));
        out.extend_from_slice(&track.tables);
        track.samples.write(out, base);
    });
}

/// Says what kind of track it is; the name that programs write there is empty.
pub(crate) fn handler(out: &mut Vec<u8>, kind: &[u8; 4]) {
    put(out, b"hdlr", |out| {
        out.extend_from_slice(&[0; 8]);
        out.extend_from_slice(kind);
        out.extend_from_slice(&[0; 13]);
    });
}

fn brands(bytes: &[u8], kind: Kind, out: &mut Vec<u8>) {
    let found = boxes(bytes).ok().and_then(|top| child(&top, b"ftyp").map(<[u8]>::to_vec)).unwrap_or_default();
    let major: &[u8] = match kind {
        Kind::QuickTime => b"qt  ",
        Kind::M4a => b"M4A ",
        _ => found.get(..4).filter(|brand| BRANDS.iter().any(|known| *known == brand)).unwrap_or(b"mp42"),
    };
    out.extend_from_slice(major);
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(major);
    for brand in found.get(8..).unwrap_or_default().chunks_exact(4).take(BRANDS.len()) {
        if brand != major && BRANDS.iter().any(|known| *known == brand) {
            out.extend_from_slice(brand);
        }
    }
}

/// `mvhd` without times of making.
fn head(body: &[u8]) -> Outcome<Vec<u8>> {
    let mut out = without_times(body, 100, 112)?;
    // Preview, poster and selection of QuickTime's editor.
    let end = out.len();
    out[end - 28..end - 4].fill(0);
    Ok(out)
}

/// The first bytes of a description in version 0 or 1, with its two times set to zero.
fn without_times(body: &[u8], short: usize, long: usize) -> Outcome<Vec<u8>> {
    let (length, width) = if body.first() == Some(&1) { (long, 16) } else { (short, 8) };
    let mut out = body.get(..length).ok_or(Refused::Broken)?.to_vec();
    out[4..4 + width].fill(0);
    Ok(out)
}

/// A track of pictures or sound in a codec that we know; none for others.
fn track<'a>(body: &'a [u8], file: &'a [u8]) -> Outcome<Option<Track<'a>>> {
    let trak = boxes(body)?;
    let mdia = boxes(child(&trak, b"mdia").ok_or(Refused::Broken)?)?;
    let sound = match child(&mdia, b"hdlr").and_then(|body| body.get(8..12)) {
        Some(b"soun") => true,
        Some(b"vide") => false,
        _ => return Ok(None),
    };
    let minf = boxes(child(&mdia, b"minf").ok_or(Refused::Broken)?)?;
    let stbl = boxes(child(&minf, b"stbl").ok_or(Refused::Broken)?)?;
    let Some((entries, codec)) = entry::rebuild(child(&stbl, b"stsd").ok_or(Refused::Broken)?, sound)? else {
        return Ok(None);
    };
    let head = without_times(child(&trak, b"tkhd").ok_or(Refused::Broken)?, 84, 96)?;
    let mut times = without_times(child(&mdia, b"mdhd").ok_or(Refused::Broken)?, 24, 36)?;
    // The language, which is that of the telephone: undetermined.
    let end = times.len();
    times[end - 4..].copy_from_slice(&[0x55, 0xc4, 0, 0]);
    let edits = child(&trak, b"edts").and_then(|edts| boxes(edts).ok()).and_then(|edts| {
        let body = child(&edts, b"elst")?;
        table(body, if body.first() == Some(&1) { 20 } else { 12 })
    });
    let mut tables = Vec::new();
    for (name, width) in [(b"stts", 8), (b"ctts", 8), (b"stss", 4)] {
        if let Some(body) = child(&stbl, name) {
            let body = table(body, width).ok_or(Refused::Broken)?;
            put(&mut tables, name, |out| out.extend_from_slice(&body));
        }
    }
    let samples = Table::read(&stbl, codec, file)?;
    Ok(Some(Track { head, edits, times, sound, entries, tables, codec, samples }))
}

/// A list of entries of that width, and not a byte more.
fn table(body: &[u8], width: usize) -> Option<Vec<u8>> {
    let mut cursor = Cursor::new(body);
    cursor.skip(4)?;
    let count = cursor.u32()? as usize;
    if count > limits::MAX_SAMPLES {
        return None;
    }
    body.get(..8 + count.checked_mul(width)?).map(<[u8]>::to_vec)
}
