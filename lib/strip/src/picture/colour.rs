//! Colour profiles, baked into the pixels.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::Channels;
use crate::{Note, Outcome, Refused, limits};

/// Converts pixels to sRGB in place, if a profile that fits them came along. One that cannot be read is told as a note: the
/// picture is still worth having.
pub(crate) fn bake(pixels: &mut [u8], channels: Channels, profile: Option<&[u8]>, notes: &mut Vec<Note>) {
    let Some(profile) = profile else { return };
    match convert(pixels, channels, profile) {
        Some(()) => notes.push(Note::Converted),
        None => notes.push(Note::ColoursApproximate),
    }
}

fn convert(pixels: &mut [u8], channels: Channels, profile: &[u8]) -> Option<()> {
    let profile = read(profile)?;
    let fits = match channels {
        Channels::Gray | Channels::GrayAlpha => profile.color_space == DataColorSpace::Gray,
        Channels::Rgb | Channels::Rgba => profile.color_space == DataColorSpace::Rgb,
    };
    let (from, to) = match channels {
        Channels::Gray => (Layout::Gray, Layout::Gray),
        Channels::GrayAlpha => (Layout::GrayAlpha, Layout::GrayAlpha),
        Channels::Rgb => (Layout::Rgb, Layout::Rgb),
        Channels::Rgba => (Layout::Rgba, Layout::Rgba),
    };
    let target = match channels {
        Channels::Gray | Channels::GrayAlpha => ColorProfile::new_gray_with_gamma(2.2),
        Channels::Rgb | Channels::Rgba => ColorProfile::new_srgb(),
    };
    if !fits {
        return None;
    }
    let transform = profile.create_transform_8bit(from, &target, to, TransformOptions::default()).ok()?;
    // Piece by piece: a second picture beside the first would not fit the bound.
    let mut piece = Vec::new();
    for part in pixels.chunks_mut(PIECE * channels as usize) {
        piece.clear();
        piece.extend_from_slice(part);
        transform.transform(&piece, part).ok()?;
    }
    Some(())
}

/// Converts four inks to RGB: by their profile, or by the plain formula.
pub(crate) fn inks(cmyk: &[u8], profile: Option<&[u8]>, notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    let pixels = cmyk.len() / 4;
    let mut rgb = vec![0; pixels * 3];
    let transform =
        profile.and_then(read).filter(|profile| profile.color_space == DataColorSpace::Cmyk).and_then(|profile| {
            // This library knows four channels by the name of RGBA.
            let target = ColorProfile::new_srgb();
            profile.create_transform_8bit(Layout::Rgba, &target, Layout::Rgb, TransformOptions::default()).ok()
        });
    let Some(transform) = transform else {
        notes.push(Note::ColoursApproximate);
        for (ink, out) in cmyk.chunks_exact(4).zip(rgb.chunks_exact_mut(3)) {
            let white = 255 - u16::from(ink[3]);
            (0..3).for_each(|at| out[at] = ((255 - u16::from(ink[at])) * white / 255) as u8);
        }
        return Ok(rgb);
    };
    for (from, to) in cmyk.chunks(PIECE * 4).zip(rgb.chunks_mut(PIECE * 3)) {
        transform.transform(&from[..to.len() / 3 * 4], to).map_err(|_| Refused::Broken)?;
    }
    notes.push(Note::Converted);
    Ok(rgb)
}

/// Pixels converted at a time.
const PIECE: usize = 16 << 10;

fn read(profile: &[u8]) -> Option<ColorProfile> {
    (profile.len() <= limits::MAX_PROFILE).then_some(())?;
    ColorProfile::new_from_slice(profile).ok()
}
