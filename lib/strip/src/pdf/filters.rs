//! The filters of streams, undone within bounds and done anew.

use std::io::{Read, Write};

use flate2::{
    Compression,
    read::{DeflateDecoder, ZlibDecoder},
    write::ZlibEncoder,
};
use hayro_syntax::object::{Array, Dict, Object, Stream, stream::ImageDecodeParams};
use weezl::{BitOrder, LzwStatus, decode};

use super::Copy;
use crate::{Outcome, Refused, limits};

pub(super) use hayro_syntax::Filter;

/// What is left of a stream when its general filters are undone.
pub(super) struct Unpacked<'a> {
    pub(super) data: Vec<u8>,
    /// The filter of a picture that still stands, with its parameters.
    pub(super) picture: Option<(Filter, Option<Dict<'a>>)>,
    /// Parameters of a predictor that still stands.
    pub(super) predictor: Option<Dict<'a>>,
}

impl<'a> Copy<'a> {
    /// Undoes a stream's general filters; `whole` undoes predictors too.
    pub(super) fn unpack(&mut self, stream: &Stream<'a>, whole: bool) -> Outcome<Unpacked<'a>> {
        let dict = stream.dict();
        // Its data are said to be elsewhere.
        if matches!(dict.get::<Object<'a>>("F"), Some(Object::String(_) | Object::Dict(_))) {
            return Err(Refused::Broken);
        }
        let filters = stream.filters();
        if filters.len() > limits::MAX_FILTERS {
            return Err(Refused::TooComplex);
        }
        // Left packed, it would be packed once more: the shape of a bomb.
        if has_unknown_filter(stream) {
            return Err(Refused::Variety);
        }
        let params: Vec<Option<Dict<'a>>> = params(dict, filters.len());
        let mut data = stream.raw_data().into_owned();
        let mut predictor = None;
        for (at, filter) in filters.iter().enumerate() {
            let last = at + 1 == filters.len();
            let params = params[at].clone();
            match filter {
                Filter::Crypt => continue,
                Filter::DctDecode | Filter::JpxDecode | Filter::Jbig2Decode | Filter::CcittFaxDecode => {
                    return if last {
                        Ok(Unpacked { data, picture: Some((*filter, params)), predictor: None })
                    } else {
                        Err(Refused::Variety)
                    };
                }
                _ => {}
            }
            let early = params.as_ref().and_then(|params| params.get::<i32>("EarlyChange")) != Some(0);
            data = undo(*filter, &data, early)?;
            self.unpacked += data.len();
            if self.unpacked > limits::MAX_STREAMS {
                return Err(Refused::UnpacksTooLarge);
            }
            predictor = params.filter(|params| params.get::<i32>("Predictor").unwrap_or(1) > 1);
            if predictor.is_some() && !last {
                return Err(Refused::Variety);
            }
        }
        if whole && predictor.take().is_some() {
            // Its size is known to be within bounds now.
            let decoded = stream.decoded_image(&ImageDecodeParams::default()).map_err(|_| Refused::Broken)?;
            data = decoded.data.into_owned();
        }
        Ok(Unpacked { data, picture: None, predictor })
    }
}

/// Whether a stream names a filter that the reading library does not know, and leaves out.
fn has_unknown_filter(stream: &Stream<'_>) -> bool {
    let named = match stream.dict().get::<Object<'_>>("Filter") {
        Some(Object::Name(_)) => 1,
        Some(Object::Array(names)) => names.iter::<Object<'_>>().count(),
        _ => 0,
    };
    named > stream.filters().len()
}

fn params<'a>(dict: &Dict<'a>, filters: usize) -> Vec<Option<Dict<'a>>> {
    let object = dict.get::<Object<'a>>("DecodeParms").or_else(|| dict.get::<Object<'a>>("DP"));
    let mut found = match object {
        Some(Object::Dict(dict)) => vec![Some(dict)],
        Some(Object::Array(array)) => listed(&array, filters),
        _ => Vec::new(),
    };
    found.resize(filters, None);
    found
}

fn listed<'a>(array: &Array<'a>, filters: usize) -> Vec<Option<Dict<'a>>> {
    array.iter::<Object<'a>>().take(filters).map(|object| object.into_dict()).collect()
}

/// Compresses what is written.
pub(super) fn pack(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    let _ = encoder.write_all(data);
    encoder.finish().unwrap_or_default()
}

fn undo(filter: Filter, data: &[u8], early: bool) -> Outcome<Vec<u8>> {
    match filter {
        Filter::FlateDecode => inflate(data),
        Filter::LzwDecode => lzw(data, early),
        Filter::AsciiHexDecode => Ok(hex(data)),
        Filter::Ascii85Decode => ascii85(data),
        Filter::RunLengthDecode => run_length(data),
        _ => Err(Refused::Variety),
    }
}

/// As far as it goes: readers show what they can of a stream that is cut off.
fn inflate(data: &[u8]) -> Outcome<Vec<u8>> {
    let mut out = Vec::new();
    let bound = limits::MAX_STREAM as u64 + 1;
    let read = ZlibDecoder::new(data).take(bound).read_to_end(&mut out);
    if read.is_err() && out.is_empty() {
        let _ = DeflateDecoder::new(data.get(2..).unwrap_or_default()).take(bound).read_to_end(&mut out);
        if out.is_empty() {
            let _ = DeflateDecoder::new(data).take(bound).read_to_end(&mut out);
        }
    }
    match out.len() {
        0 if !data.is_empty() && read.is_err() => Err(Refused::Broken),
        length if length > limits::MAX_STREAM => Err(Refused::UnpacksTooLarge),
        _ => Ok(out),
    }
}

fn lzw(data: &[u8], early: bool) -> Outcome<Vec<u8>> {
    let mut decoder = match early {
        true => decode::Decoder::with_tiff_size_switch(BitOrder::Msb, 8),
        false => decode::Decoder::new(BitOrder::Msb, 8),
    };
    let mut out = Vec::new();
    let mut piece = vec![0; 64 << 10];
    let mut rest = data;
    loop {
        let result = decoder.decode_bytes(rest, &mut piece);
        rest = rest.get(result.consumed_in..).unwrap_or_default();
        out.extend_from_slice(&piece[..result.consumed_out]);
        if out.len() > limits::MAX_STREAM {
            return Err(Refused::UnpacksTooLarge);
        }
        match result.status {
            Ok(LzwStatus::Ok) if result.consumed_in > 0 || result.consumed_out > 0 => {}
            _ => return Ok(out),
        }
    }
}

fn hex(data: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = data
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16).map(|digit| digit as u8))
        .collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

fn ascii85(data: &[u8]) -> Outcome<Vec<u8>> {
    let data = data.trim_ascii_start();
    let data = data.strip_prefix(b"<~").unwrap_or(data);
    let mut out = Vec::new();
    let mut group: Vec<u32> = Vec::with_capacity(5);
    let word = |group: &[u32], bytes: usize, out: &mut Vec<u8>| {
        let value = group
            .iter()
            .chain([84; 5].iter())
            .take(5)
            .fold(0u32, |value, digit| value.wrapping_mul(85).wrapping_add(*digit));
        out.extend_from_slice(&value.to_be_bytes()[..bytes]);
    };
    for byte in data {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                group.push(u32::from(byte - b'!'));
                if group.len() == 5 {
                    word(&group, 4, &mut out);
                    group.clear();
                }
            }
            _ => {}
        }
        if out.len() > limits::MAX_STREAM {
            return Err(Refused::UnpacksTooLarge);
        }
    }
    if group.len() > 1 {
        word(&group, group.len() - 1, &mut out);
    }
    Ok(out)
}

fn run_length(data: &[u8]) -> Outcome<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = data;
    while let Some((length, after)) = rest.split_first() {
        rest = match length {
            128 => break,
            0..=127 => {
                let (copied, after) = after.split_at(after.len().min(usize::from(*length) + 1));
                out.extend_from_slice(copied);
                after
            }
            _ => match after.split_first() {
                Some((byte, after)) => {
                    out.resize(out.len() + 257 - usize::from(*length), *byte);
                    after
                }
                None => break,
            },
        };
        if out.len() > limits::MAX_STREAM {
            return Err(Refused::UnpacksTooLarge);
        }
    }
    Ok(out)
}

/// Bytes before a stream in which its dictionary is looked for.
const DICTIONARY: usize = 4 << 10;

/// Looks at the streams that the reading library unpacks by itself, without a bound: those that hold objects and places.
pub(super) fn defuse(bytes: &[u8]) -> Outcome<()> {
    let mut at = 0;
    let mut total = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let begin = at + found;
        at = begin + 6;
        if bytes[..begin].ends_with(b"end") {
            continue;
        }
        let dict = &bytes[begin.saturating_sub(DICTIONARY)..begin];
        let has = |text: &[u8]| find(dict, text).is_some();
        if !has(b"ObjStm") && !has(b"XRef") && !has(b"#") {
            continue;
        }
        let mut data = &bytes[at..];
        data = data.strip_prefix(b"\r").unwrap_or(data);
        data = data.strip_prefix(b"\n").unwrap_or(data);
        total += measure(data)?;
        if total > limits::MAX_STREAMS {
            return Err(Refused::UnpacksTooLarge);
        }
    }
    Ok(())
}

/// What a stream unpacks to; a stream within a stream is a bomb's shape.
fn measure(data: &[u8]) -> Outcome<usize> {
    let mut decoder = ZlibDecoder::new(data);
    let mut piece = [0; 16 << 10];
    let (mut total, mut first) = (0, true);
    while let Ok(read @ 1..) = decoder.read(&mut piece) {
        if first
            && piece[..read].len() > 2
            && piece[0] & 0x0f == 8
            && u16::from_be_bytes([piece[0], piece[1]]) % 31 == 0
            && total == 0
        {
            // As a list of objects begins with numbers, this begins as another compressed stream.
            return Err(Refused::UnpacksTooLarge);
        }
        first = false;
        total += read;
        if total > limits::MAX_STREAM {
            return Err(Refused::UnpacksTooLarge);
        }
    }
    Ok(total)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

/// A stream's data with all its filters undone, if they stay within a bound; for streams that stand within content.
pub(super) fn bounded(stream: &Stream<'_>, bound: usize) -> Option<Vec<u8>> {
    if has_unknown_filter(stream) {
        return None;
    }
    let mut data = stream.raw_data().into_owned();
    let filters = stream.filters();
    let params = params(stream.dict(), filters.len());
    for (filter, params) in filters.iter().zip(&params) {
        let early = params.as_ref().and_then(|params| params.get::<i32>("EarlyChange")) != Some(0);
        data = undo(*filter, &data, early).ok().filter(|data| data.len() <= bound)?;
    }
    match params.iter().flatten().any(|params| params.get::<i32>("Predictor").unwrap_or(1) > 1) {
        true => Some(stream.decoded_image(&ImageDecodeParams::default()).ok()?.data.into_owned()),
        false => Some(data),
    }
}
