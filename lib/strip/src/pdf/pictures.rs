//! Pictures inside a PDF: general compression is done anew, and the formats that stand in it as they are lose what they carry
//! besides their pixels.

use std::io::Write;

use hayro_syntax::object::{Dict, Object, Stream};
use pdf_writer::{Name, Ref};

use super::{
    Copy, Value,
    content::{self, Inline},
    filters::{self, Filter},
    grammar::Role,
};
use crate::{Note, Outcome, Refused, picture::jpeg};

impl<'a> Copy<'a> {
    /// Writes a picture; one that cannot be read leaves an empty place.
    pub(super) fn picture(&mut self, stream: &Stream<'a>, place: Ref) -> Outcome<()> {
        let dict = stream.dict();
        let side = |key: &str| u64::from(dict.get::<i32>(key).unwrap_or(0).unsigned_abs());
        self.largest = self.largest.max(side("Width").saturating_mul(side("Height")));
        let entries = self.table(dict, Role::Picture, 0)?;
        let (data, filter, params) = match self.unpacked_picture(stream) {
            Ok(found) => found,
            Err(Refused::Broken | Refused::Variety) => {
                self.notes.push(Note::PicturesLeftOut);
                self.out.indirect(place).primitive(pdf_writer::Null);
                return Ok(());
            }
            Err(other) => return Err(other),
        };
        let mut out = self.out.stream(place, &data);
        entries.iter().for_each(|(key, value)| value.write(out.insert(Name(key))));
        out.pair(Name(b"Filter"), Name(filter));
        if let Some(params) = params {
            Value::Dict(params).write(out.insert(Name(b"DecodeParms")));
        }
        Ok(())
    }

    /// Bytes, filter and parameters of a picture as it is written.
    #[allow(clippy::type_complexity)]
    fn unpacked_picture(
        &mut self,
        stream: &Stream<'a>,
    ) -> Outcome<(Vec<u8>, &'static [u8], Option<Vec<(Vec<u8>, Value)>>)> {
        let unpacked = self.unpack(stream, false)?;
        let Some((filter, params)) = unpacked.picture else {
            let params = unpacked
                .predictor
                .as_ref()
                .map(|params| numbers(params, &["Predictor", "Colors", "BitsPerComponent", "Columns"]));
            return Ok((filters::pack(&unpacked.data), b"FlateDecode", params));
        };
        let params = params.unwrap_or_default();
        Ok(match filter {
            Filter::DctDecode => {
                let data = jpeg::segments(&unpacked.data).ok_or(Refused::Broken)?;
                (data, b"DCTDecode", some(numbers(&params, &["ColorTransform"])))
            }
            Filter::JpxDecode => (jpx(&unpacked.data).ok_or(Refused::Broken)?, b"JPXDecode", None),
            Filter::CcittFaxDecode => {
                let keys = ["K", "EndOfLine", "EncodedByteAlign", "Columns", "Rows", "EndOfBlock", "BlackIs1"];
                (unpacked.data, b"CCITTFaxDecode", some(numbers(&params, &keys)))
            }
            Filter::Jbig2Decode => {
                let globals = match (params.get_ref("JBIG2Globals"), params.get::<Stream<'a>>("JBIG2Globals")) {
                    (Some(to), Some(_)) => {
                        Some(vec![(b"JBIG2Globals".to_vec(), Value::Ref(self.place(to.into(), Role::Bytes)))])
                    }
                    _ => None,
                };
                (unpacked.data, b"JBIG2Decode", globals)
            }
            _ => return Err(Refused::Variety),
        })
    }
}

fn some(entries: Vec<(Vec<u8>, Value)>) -> Option<Vec<(Vec<u8>, Value)>> {
    (!entries.is_empty()).then_some(entries)
}

/// The entries that are numbers or yes and no.
fn numbers(params: &Dict<'_>, keys: &[&str]) -> Vec<(Vec<u8>, Value)> {
    let value = |key: &&str| match params.get::<Object<'_>>(*key)? {
        Object::Number(number) => Some((key.as_bytes().to_vec(), Value::number(number.as_f64()))),
        Object::Boolean(value) => Some((key.as_bytes().to_vec(), Value::Bool(value))),
        _ => None,
    };
    keys.iter().filter_map(value).collect()
}

/// Keys of an inline picture: short and long, and how we write them.
const INLINE: [(&str, &str); 8] = [
    ("W", "Width"),
    ("H", "Height"),
    ("CS", "ColorSpace"),
    ("BPC", "BitsPerComponent"),
    ("D", "Decode"),
    ("IM", "ImageMask"),
    ("I", "Interpolate"),
    ("Intent", "Intent"),
];

/// Writes an inline picture, if it is one of the plain kinds: in hexadecimal digits, among which no end can be hidden.
pub(super) fn inline(stream: &Inline<'_>, out: &mut Vec<u8>) {
    let dict = stream.dict();
    if stream.filters().iter().any(|filter| matches!(filter, Filter::JpxDecode | Filter::Jbig2Decode | Filter::Crypt)) {
        return;
    }
    let mut text = b"BI ".to_vec();
    for (short, long) in INLINE {
        let Some(value) = dict.get::<Object<'_>>(short).or_else(|| dict.get::<Object<'_>>(long)) else { continue };
        text.extend_from_slice(format!("/{short} ").as_bytes());
        if !content::write(&value, &mut text, 0) {
            return;
        }
    }
    let Some((data, filters)) = inline_data(stream) else { return };
    text.extend_from_slice(filters.as_bytes());
    text.extend_from_slice(b"ID ");
    for byte in data {
        let _ = write!(text, "{byte:02X}");
    }
    text.extend_from_slice(b">\nEI\n");
    out.append(&mut text);
}

/// The picture's data as they are within their last filter, and the filters as they are written.
fn inline_data(stream: &Inline<'_>) -> Option<(Vec<u8>, String)> {
    /// Inline pictures are small by the format's own advice.
    const MAX_INLINE: usize = 1 << 20;
    let all = stream.filters();
    let raw = stream.raw_data();
    if raw.len() > MAX_INLINE {
        return None;
    }
    match all.as_slice() {
        [] => Some((raw.into_owned(), "/F /AHx ".to_owned())),
        [Filter::DctDecode] => Some((jpeg::segments(&raw)?, "/F [/AHx /DCT] ".to_owned())),
        // Its parameters are read by few and needed always: kept as numbers.
        [Filter::CcittFaxDecode] => {
            let dict = stream.dict();
            let params = dict.get::<Dict<'_>>("DP").or_else(|| dict.get::<Dict<'_>>("DecodeParms")).unwrap_or_default();
            let mut text = String::from("/F [/AHx /CCF] /DP [null <<");
            for key in ["K", "Columns", "Rows", "BlackIs1", "EncodedByteAlign", "EndOfLine", "EndOfBlock"] {
                match params.get::<Object<'_>>(key) {
                    Some(Object::Number(number)) => text.push_str(&format!("/{key} {} ", number.as_i64())),
                    Some(Object::Boolean(value)) => text.push_str(&format!("/{key} {value} ")),
                    _ => {}
                }
            }
            text.push_str(">>] ");
            Some((raw.into_owned(), text))
        }
        [_] | [_, _] => Some((filters::bounded(stream, MAX_INLINE * 16)?, "/F /AHx ".to_owned())),
        _ => None,
    }
}

/// A JPEG 2000 picture without comments, XML and identities: its boxes by an allow-list, its codestream without remarks.
fn jpx(data: &[u8]) -> Option<Vec<u8>> {
    use crate::film::boxes::{boxes, put};
    if data.starts_with(&[0xff, 0x4f]) {
        return codestream(data);
    }
    let mut out = Vec::new();
    for (name, body) in boxes(data).ok()? {
        match &name {
            b"jP  " => put(&mut out, &name, |out| out.extend_from_slice(&[0x0d, 0x0a, 0x87, 0x0a])),
            b"ftyp" => put(&mut out, &name, |out| out.extend_from_slice(b"jp2 \0\0\0\0jp2 ")),
            b"jp2h" => {
                let inner = boxes(body).ok()?;
                let components =
                    inner.iter().find(|(name, _)| name == b"ihdr").and_then(|(_, body)| body.get(9).copied());
                put(&mut out, &name, |out| {
                    for (name, body) in inner {
                        match &name {
                            b"ihdr" => put(out, &name, |out| out.extend(body.iter().take(14))),
                            b"bpcc" | b"pclr" | b"cmap" | b"cdef" => put(out, &name, |out| out.extend_from_slice(body)),
                            // A profile becomes the usual space of as many colours.
                            b"colr" => put(out, &name, |out| {
                                let space: u32 = match (body.first(), body.get(3..7), components) {
                                    (Some(1), Some(space), _) => {
                                        u32::from_be_bytes([space[0], space[1], space[2], space[3]])
                                    }
                                    (_, _, Some(1 | 2)) => 17,
                                    _ => 16,
                                };
                                out.extend_from_slice(&[1, 0, 0]);
                                out.extend_from_slice(&space.to_be_bytes());
                            }),
                            _ => {}
                        }
                    }
                });
            }
            b"jp2c" => {
                let stream = codestream(body)?;
                put(&mut out, &name, |out| out.extend_from_slice(&stream));
            }
            _ => {}
        }
    }
    (!out.is_empty()).then_some(out)
}

fn codestream(data: &[u8]) -> Option<Vec<u8>> {
    let mut out = data.get(..2)?.to_vec();
    let mut at = 2;
    loop {
        let marker = data.get(at..at + 2)?;
        if marker[0] != 0xff {
            return None;
        }
        // Tiles begin.
        if marker[1] == 0x90 {
            break;
        }
        let length = usize::from(u16::from_be_bytes([*data.get(at + 2)?, *data.get(at + 3)?]));
        let segment = data.get(at..at + 2 + length.max(2))?;
        if marker[1] != 0x64 {
            out.extend_from_slice(segment);
        }
        at += segment.len();
    }
    let end = data.windows(2).rposition(|two| two == [0xff, 0xd9]).map_or(data.len(), |end| end + 2);
    out.extend_from_slice(data.get(at..end)?);
    Some(out)
}
