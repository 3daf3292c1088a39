//! GIF: picture by picture, with the colours and times it had. It knows neither profiles nor orientation.

use std::{borrow::Cow, num::NonZeroU64};

use gif::{ColorOutput, DecodeOptions, Decoder, DecodingError, Encoder, Frame, MemoryLimit, Repeat};

use super::{Channels, Raster, bounded};
use crate::{Note, Outcome, Refused, limits};

/// The animation, encoded anew.
pub(crate) fn rebuild(bytes: &[u8], _: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    let mut decoder = open(bytes, ColorOutput::Indexed)?;
    let (width, height) = (decoder.width(), decoder.height());
    let global = decoder.global_palette().map(<[u8]>::to_vec).unwrap_or_default();
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, width, height, &global).map_err(|_| Refused::Broken)?;
    let (mut frames, mut written, mut pixels) = (0, 0, 0);
    let mut buffer = Vec::new();
    loop {
        let info = match decoder.next_frame_info() {
            Ok(Some(info)) => info,
            Ok(None) => break,
            // What came before the break is whole and is shown by every reader.
            Err(_) if written > 0 => break,
            Err(error) => return Err(refusal(&error)),
        };
        let mut frame = Frame {
            delay: info.delay,
            dispose: info.dispose,
            transparent: info.transparent,
            needs_user_input: false,
            top: info.top,
            left: info.left,
            width: info.width,
            height: info.height,
            interlaced: false,
            palette: info.palette.clone(),
            buffer: Cow::Borrowed(&[]),
        };
        frames += 1;
        pixels += u64::from(frame.width) * u64::from(frame.height);
        if frames > limits::MAX_FRAMES || pixels > limits::MAX_FRAME_PIXELS {
            return Err(Refused::TooComplex);
        }
        if frames == 1 && decoder.repeat() != Repeat::Finite(0) {
            encoder.set_repeat(decoder.repeat()).map_err(|_| Refused::Broken)?;
        }
        buffer.clear();
        buffer.resize(bounded(u32::from(frame.width), u32::from(frame.height), 1)?, 0);
        match decoder.read_into_buffer(&mut buffer) {
            Ok(()) => {}
            Err(_) if written > 0 => break,
            Err(error) => return Err(refusal(&error)),
        }
        frame.buffer = Cow::Borrowed(&buffer);
        encoder.write_frame(&frame).map_err(|_| Refused::Broken)?;
        written += 1;
    }
    drop(encoder);
    if written == 0 { Err(Refused::Broken) } else { Ok(out) }
}

/// The first picture.
pub(crate) fn first(bytes: &[u8]) -> Outcome<Raster> {
    let mut decoder = open(bytes, ColorOutput::RGBA)?;
    let frame = decoder.read_next_frame().map_err(|error| refusal(&error))?.ok_or(Refused::Broken)?;
    Raster::new(u32::from(frame.width), u32::from(frame.height), Channels::Rgba, frame.buffer.to_vec(), 1)
}

fn open(bytes: &[u8], output: ColorOutput) -> Outcome<Decoder<&[u8]>> {
    let mut options = DecodeOptions::new();
    options.set_color_output(output);
    options.set_memory_limit(
        NonZeroU64::new(limits::MAX_RASTER as u64).map_or(MemoryLimit::Unlimited, MemoryLimit::Bytes),
    );
    let decoder = options.read_info(bytes).map_err(|error| refusal(&error))?;
    bounded(u32::from(decoder.width()), u32::from(decoder.height()), 1)?;
    Ok(decoder)
}

fn refusal(error: &DecodingError) -> Refused {
    match error {
        DecodingError::OutOfMemory | DecodingError::MemoryLimit => Refused::TooManyPixels,
        _ => Refused::Broken,
    }
}
