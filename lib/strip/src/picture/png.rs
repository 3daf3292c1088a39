//! PNG.

use std::io::{Cursor, Write};

use png::{BitDepth, ColorType, Decoder, DecodingError, Encoder, Limits, Transformations};

use super::{Channels, Raster, bounded, colour, exif};
use crate::{Note, Outcome, Refused, limits};

/// The picture, encoded anew.
pub(crate) fn rebuild(bytes: &[u8], notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    let raster = decode(bytes, notes)?;
    raster.told(notes);
    encode(&raster)
}

/// The pixels of the picture, or of the first of an animation.
pub(crate) fn decode(bytes: &[u8], notes: &mut Vec<Note>) -> Outcome<Raster> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: limits::MAX_RASTER });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().map_err(|error| refusal(&error))?;
    let (width, height) = (reader.info().width, reader.info().height);
    let (colour, _) = reader.output_color_type();
    let channels = match colour {
        ColorType::Grayscale => Channels::Gray,
        ColorType::GrayscaleAlpha => Channels::GrayAlpha,
        ColorType::Rgba => Channels::Rgba,
        ColorType::Rgb | ColorType::Indexed => Channels::Rgb,
    };
    let size = bounded(width, height, channels as usize)?;
    if reader.info().animation_control.is_some_and(|animation| animation.num_frames > 1) {
        notes.push(Note::FirstFrameOnly);
    }
    let orientation = reader.info().exif_metadata.as_deref().map_or(1, exif::orientation);
    let profile = reader.info().icc_profile.as_deref().map(<[u8]>::to_vec);
    let mut pixels = vec![0; size];
    if reader.output_buffer_size() != Some(size) {
        return Err(Refused::Broken);
    }
    reader.next_frame(&mut pixels).map_err(|error| refusal(&error))?;
    drop(reader);
    colour::bake(&mut pixels, channels, profile.as_deref(), notes);
    Raster::new(width, height, channels, pixels, orientation)
}

/// Encodes a raster, row by row.
pub(crate) fn encode(raster: &Raster) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    let (width, height) = raster.size();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_color(match raster.channels {
        Channels::Gray => ColorType::Grayscale,
        Channels::GrayAlpha => ColorType::GrayscaleAlpha,
        Channels::Rgb => ColorType::Rgb,
        Channels::Rgba => ColorType::Rgba,
    });
    let broken = |_| Refused::Broken;
    let mut writer = encoder.write_header().map_err(|_| Refused::Broken)?;
    let mut stream = writer.stream_writer().map_err(|_| Refused::Broken)?;
    let mut line = Vec::new();
    for y in 0..height {
        line.clear();
        raster.row(y, &mut line);
        stream.write_all(&line).map_err(broken)?;
    }
    stream.finish().map_err(|_| Refused::Broken)?;
    writer.finish().map_err(|_| Refused::Broken)?;
    Ok(bytes)
}

fn refusal(error: &DecodingError) -> Refused {
    match error {
        DecodingError::LimitsExceeded => Refused::TooManyPixels,
        _ => Refused::Broken,
    }
}
