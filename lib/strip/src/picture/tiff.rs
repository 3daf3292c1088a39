//! TIFF: each of its pictures is decoded and written anew, compressed without loss.

use std::io::Cursor;

use tiff::{
    ColorType, TiffError,
    decoder::{Decoder, DecodingResult, Limits},
    encoder::{Compression, DeflateLevel, TiffEncoder, colortype},
    tags::{PhotometricInterpretation, Tag},
};

use super::{Channels, Raster, bounded, colour};
use crate::{Note, Outcome, Refused, limits};

/// The pictures, encoded anew.
pub(crate) fn rebuild(bytes: &[u8], notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    let mut decoder = open(bytes)?;
    let mut out = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut out)
        .map_err(|_| Refused::Broken)?
        .with_compression(Compression::Deflate(DeflateLevel::Balanced));
    let (mut frames, mut pixels) = (0, 0);
    loop {
        let raster = picture(&mut decoder, notes)?;
        frames += 1;
        pixels += u64::from(raster.width) * u64::from(raster.height);
        if frames > limits::MAX_FRAMES || pixels > limits::MAX_FRAME_PIXELS {
            return Err(Refused::TooComplex);
        }
        raster.told(notes);
        let (width, height) = raster.size();
        let upright = raster.upright()?;
        match raster.channels {
            Channels::Gray => encoder.write_image::<colortype::Gray8>(width, height, &upright),
            Channels::Rgb => encoder.write_image::<colortype::RGB8>(width, height, &upright),
            Channels::Rgba => encoder.write_image::<colortype::RGBA8>(width, height, &upright),
            Channels::GrayAlpha => return Err(Refused::Variety),
        }
        .map_err(|_| Refused::Broken)?;
        if !decoder.more_images() {
            break;
        }
        decoder.next_image().map_err(|error| refusal(&error))?;
    }
    Ok(out.into_inner())
}

/// The first picture.
pub(crate) fn first(bytes: &[u8], notes: &mut Vec<Note>) -> Outcome<Raster> {
    picture(&mut open(bytes)?, notes)
}

fn open(bytes: &[u8]) -> Outcome<Decoder<Cursor<&[u8]>>> {
    let mut bounds = Limits::default();
    bounds.decoding_buffer_size = limits::MAX_RASTER;
    bounds.intermediate_buffer_size = limits::MAX_RASTER / 2;
    bounds.ifd_value_size = limits::MAX_PROFILE;
    Ok(Decoder::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?.with_limits(bounds))
}

/// The picture that the decoder stands at.
fn picture(decoder: &mut Decoder<Cursor<&[u8]>>, notes: &mut Vec<Note>) -> Outcome<Raster> {
    let (width, height) = decoder.dimensions().map_err(|error| refusal(&error))?;
    let colour = decoder.colortype().map_err(|error| refusal(&error))?;
    let (samples, channels) = match colour {
        ColorType::Gray(_) => (1, Some(Channels::Gray)),
        ColorType::Palette(_) => (3, None),
        ColorType::RGB(_) | ColorType::YCbCr(_) => (3, Some(Channels::Rgb)),
        ColorType::RGBA(_) => (4, Some(Channels::Rgba)),
        ColorType::CMYK(_) => (4, None),
        _ => return Err(Refused::Variety),
    };
    let wide = usize::from(colour.bit_depth() > 8) + 1;
    // Sixteen bits are held once more while they become eight, and inks while they become colours.
    if bounded(width, height, samples)? * (wide + usize::from(channels.is_none())) > limits::MAX_DECODING {
        return Err(Refused::TooManyPixels);
    }
    let inverted = matches!(
        decoder.find_tag_unsigned::<u16>(Tag::PhotometricInterpretation),
        Ok(Some(value)) if value == PhotometricInterpretation::WhiteIsZero.to_u16()
    );
    let orientation = decoder.find_tag_unsigned::<u16>(Tag::Orientation).ok().flatten();
    let orientation = orientation.and_then(|o| u8::try_from(o).ok()).filter(|o| (1..=8).contains(o)).unwrap_or(1);
    let profile = decoder.find_tag(Tag::IccProfile).ok().flatten().and_then(|value| value.into_u8_vec().ok());
    let map = match colour {
        ColorType::Palette(_) => decoder.get_tag_u16_vec(Tag::ColorMap).map_err(|error| refusal(&error))?,
        _ => Vec::new(),
    };
    let read = decoder.read_image().map_err(|error| refusal(&error))?;
    let eight = eight_bits(read, colour, width, height)?;
    let (mut pixels, channels) = match (colour, channels) {
        (ColorType::Palette(_), _) => (painted(&eight, &map)?, Channels::Rgb),
        (ColorType::CMYK(_), _) => (colour::inks(&eight, profile.as_deref(), notes)?, Channels::Rgb),
        (_, Some(channels)) => (eight, channels),
        _ => return Err(Refused::Variety),
    };
    // The decoder turns white-is-zero of whole bytes round itself; of bits it does not.
    if inverted && matches!(colour, ColorType::Gray(bits) if bits < 8) {
        pixels.iter_mut().for_each(|value| *value = 255 - *value);
    }
    if !matches!(colour, ColorType::CMYK(_)) {
        colour::bake(&mut pixels, channels, profile.as_deref(), notes);
    }
    Raster::new(width, height, channels, pixels, orientation)
}

/// A byte for each sample: more bits are cut, fewer are spread (but those of a palette, which are numbers).
fn eight_bits(read: DecodingResult, colour: ColorType, width: u32, height: u32) -> Outcome<Vec<u8>> {
    match read {
        DecodingResult::U8(bytes) => match colour.bit_depth() {
            8 => Ok(bytes),
            bits @ (1 | 2 | 4) => spread(&bytes, bits, colour, width as usize, height as usize),
            _ => Err(Refused::Variety),
        },
        DecodingResult::U16(words) => Ok(words.into_iter().map(|word| (word >> 8) as u8).collect()),
        _ => Err(Refused::Variety),
    }
}

fn spread(packed: &[u8], bits: u8, colour: ColorType, width: usize, height: usize) -> Outcome<Vec<u8>> {
    let (scale, samples) = match colour {
        ColorType::Palette(_) => (1, 1),
        ColorType::Gray(_) => (255 / ((1u16 << bits) - 1) as u8, 1),
        _ => return Err(Refused::Variety),
    };
    let per_line = (width * samples * usize::from(bits)).div_ceil(8);
    let mask = ((1u16 << bits) - 1) as u8;
    if packed.len() < per_line * height {
        return Err(Refused::Broken);
    }
    let mut out = Vec::with_capacity(width * height);
    for line in packed.chunks_exact(per_line).take(height) {
        let values = line.iter().flat_map(|byte| (0..8 / bits).rev().map(move |at| (byte >> (at * bits)) & mask));
        out.extend(values.take(width).map(|value| value * scale));
    }
    Ok(out)
}

/// Colours for numbers: the map holds all reds, then all greens, then all blues, in sixteen bits.
fn painted(numbers: &[u8], map: &[u16]) -> Outcome<Vec<u8>> {
    let colours = map.len() / 3;
    let mut out = Vec::with_capacity(numbers.len() * 3);
    for number in numbers {
        for band in 0..3 {
            let value = map.get(band * colours + usize::from(*number)).filter(|_| usize::from(*number) < colours);
            out.push((value.ok_or(Refused::Broken)? >> 8) as u8);
        }
    }
    Ok(out)
}

fn refusal(error: &TiffError) -> Refused {
    match error {
        TiffError::LimitsExceeded => Refused::TooManyPixels,
        TiffError::UnsupportedError(_) => Refused::Variety,
        _ => Refused::Broken,
    }
}
