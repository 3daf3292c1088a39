//! JPEG.

use zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};
use zune_jpeg::{JpegDecoder, errors::DecodeErrors};

use super::{Channels, QUALITY, Raster, bounded, colour, exif};
use crate::{Note, Outcome, Refused, limits};

/// The picture, encoded anew.
pub(crate) fn rebuild(bytes: &[u8], notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    let raster = decode(bytes, notes)?;
    raster.told(notes);
    raster.jpeg(QUALITY)
}

/// The pixels.
pub(crate) fn decode(bytes: &[u8], notes: &mut Vec<Note>) -> Outcome<Raster> {
    let side = limits::MAX_SIDE as usize;
    let options = DecoderOptions::default().set_max_width(side).set_max_height(side).set_strict_mode(false);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|error| refusal(&error))?;
    let info = decoder.info().ok_or(Refused::Broken)?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    let components = usize::from(info.components);
    let raw = bounded(width, height, components.max(1))?;
    // What is not one interleaved pass is held as coefficients of two bytes (and a picture of them) until its end.
    if raw * (1 + 2 * usize::from(is_held(bytes))) > limits::MAX_DECODING {
        return Err(Refused::TooManyPixels);
    }
    let orientation = decoder.exif().map_or(1, |exif| exif::orientation(exif));
    let profile = decoder.icc_profile();
    let (space, channels) = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => (ColorSpace::Luma, Some(Channels::Gray)),
        Some(ColorSpace::CMYK | ColorSpace::YCCK) => (ColorSpace::CMYK, None),
        _ => (ColorSpace::RGB, Some(Channels::Rgb)),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let mut pixels = decoder.decode().map_err(|error| refusal(&error))?;
    drop(decoder);
    let Some(channels) = channels else {
        // Programs write inks the wrong way round, and have done so always.
        pixels.iter_mut().for_each(|ink| *ink = 255 - *ink);
        let rgb = colour::inks(&pixels, profile.as_deref(), notes)?;
        return Raster::new(width, height, Channels::Rgb, rgb, orientation);
    };
    colour::bake(&mut pixels, channels, profile.as_deref(), notes);
    Raster::new(width, height, channels, pixels, orientation)
}

/// Whether the decoder must hold all coefficients: progressive pictures, and those in several passes.
fn is_held(bytes: &[u8]) -> bool {
    let mut at = 2;
    let mut parts = 0;
    while let Some([0xff, marker, high, low]) = bytes.get(at..at + 4) {
        match marker {
            0xc2 | 0xc6 | 0xca | 0xce => return true,
            0xc0 | 0xc1 => parts = bytes.get(at + 9).copied().unwrap_or(0),
            0xda => return bytes.get(at + 4) != Some(&parts),
            0xff => {
                at += 1;
                continue;
            }
            _ => {}
        }
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
    }
    // Not understood: the larger bound.
    true
}

fn refusal(error: &DecodeErrors) -> Refused {
    match error {
        DecodeErrors::LargeDimensions(_) => Refused::TooManyPixels,
        DecodeErrors::Unsupported(_) => Refused::Variety,
        _ => Refused::Broken,
    }
}

/// The same encoded picture with nothing but what decoding it takes: tables, frame, scans, and Adobe's mark, without which the
/// colours of four inks are not known. For pictures inside documents, which keep their quality.
pub(crate) fn segments(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![0xff, 0xd8];
    let mut at = bytes.windows(3).take(limits::MAX_BOX_COPY).position(|three| three == [0xff, 0xd8, 0xff])? + 2;
    let mut scans = 0;
    loop {
        while bytes.get(at..at + 2)? == [0xff, 0xff] {
            at += 1;
        }
        let [0xff, marker] = *bytes.get(at..at + 2)? else { return None };
        if marker == 0xd9 {
            break;
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let segment = bytes.get(at..at + 2 + length.max(2))?;
        at += segment.len();
        match marker {
            0xee if segment.get(4..9) == Some(b"Adobe") && segment.len() >= 16 => {
                out.extend_from_slice(&[0xff, 0xee, 0, 14]);
                out.extend_from_slice(&segment[4..16]);
            }
            0xc0..=0xcf | 0xdb..=0xdd => out.extend_from_slice(segment),
            0xda => {
                out.extend_from_slice(segment);
                let data = scan(&bytes[at..]);
                out.extend_from_slice(&bytes[at..at + data]);
                at += data;
                scans += 1;
                // Cut off: what is there is shown.
                if at >= bytes.len() {
                    break;
                }
            }
            _ => {}
        }
    }
    out.extend_from_slice(&[0xff, 0xd9]);
    (scans > 0).then_some(out)
}

/// Bytes of a scan: up to the next marker that is neither a restart nor a byte of the data.
fn scan(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = memchr::memchr(0xff, &bytes[at..]) {
        at += found;
        match bytes.get(at + 1) {
            Some(0 | 0xd0..=0xd7) => at += 2,
            Some(0xff) => at += 1,
            Some(_) => return at,
            None => break,
        }
    }
    bytes.len()
}
