//! Pixels: scaled, and encoded as a JPEG or a WebP.
//!
//! Two of the libraries behind this are generic, so they are compiled wherever they are called: in a room of the house that
//! means twenty times slower in a development build and a minute of compiling at each build. Here they are compiled
//! once, optimised, for the one kind of pixel we use (see the profile in the workspace's `Cargo.toml`).
//!
//! Invariant: nothing but pixels and a colour profile goes in, so no metadata comes out. Pure.

use fast_image_resize::{
    FilterType, ResizeAlg, ResizeOptions, Resizer,
    images::{TypedImage, TypedImageRef},
    pixels::U8x3,
};
use jpeg_encoder::{ColorType, Encoder};
use webp::WebPConfig;

/// Width and height in pixels.
pub type Size = (u32, u32);

/// Scales eight-bit RGB pixels, row by row (Catmull-Rom); `None` if their number does not fit the size, or a size is
/// nothing.
pub fn scale(pixels: &[u8], from: Size, to: Size) -> Option<Vec<u8>> {
    let source = TypedImageRef::<U8x3>::from_buffer(from.0, from.1, pixels).ok()?;
    let mut target = TypedImage::<U8x3>::new(to.0, to.1);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize_typed(&source, &mut target, &options).ok()?;
    Some(target.pixels().iter().flat_map(|pixel| pixel.0).collect())
}

/// Encodes eight-bit RGB pixels, row by row; `None` if their number does not fit the size, or the size is not one a
/// JPEG can have.
pub fn jpeg(pixels: &[u8], width: u32, height: u32, quality: u8, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    if pixels.len() as u64 != 3 * u64::from(width) * u64::from(height) {
        return None;
    }
    let (width, height) = (u16::try_from(width).ok()?, u16::try_from(height).ok()?);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality.clamp(1, 100));
    // A second pass over the coefficients: a tenth of the bytes less, and not a pixel another.
    encoder.set_optimized_huffman_tables(true);
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile).ok()?;
    }
    encoder.encode(pixels, width, height, ColorType::Rgb).ok()?;
    Some(bytes)
}

/// Longest side of a WebP: its frame has fourteen bits for each (RFC 9649, 2.5).
pub const LONGEST_WEBP: u32 = 16_383;
/// libwebp's effort, 0 to 6: three times quicker than its usual 4, for four hundredths more bytes.
const EFFORT: i32 = 2;

/// Encodes eight-bit RGB pixels, row by row, lossily; `None` if their number does not fit the size, or the size is not
/// one a WebP can have.
pub fn webp(pixels: &[u8], width: u32, height: u32, quality: u8, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    let sides = 1..=LONGEST_WEBP;
    if pixels.len() as u64 != 3 * u64::from(width) * u64::from(height)
        || !sides.contains(&width)
        || !sides.contains(&height)
    {
        return None;
    }
    let mut config = WebPConfig::new().ok()?;
    config.quality = f32::from(quality.min(100));
    config.method = EFFORT;
    let simple = webp::Encoder::from_rgb(pixels, width, height).encode_advanced(&config).ok()?;
    match profile {
        Some(profile) => with_profile(&simple, width, height, profile),
        None => Some(simple.to_vec()),
    }
}

/// The extended form of a WebP, which can carry a colour profile (RFC 9649, 2.7): header, profile, the frame as it was.
fn with_profile(simple: &[u8], width: u32, height: u32, profile: &[u8]) -> Option<Vec<u8>> {
    const HAS_PROFILE: u8 = 0x20;
    /// "RIFF", the size, "WEBP".
    const START: usize = 12;
    let mut header = vec![HAS_PROFILE, 0, 0, 0];
    for side in [width, height] {
        header.extend(&(side - 1).to_le_bytes()[..3]);
    }
    let mut chunks = b"WEBP".to_vec();
    for (name, content) in [(b"VP8X", header.as_slice()), (b"ICCP", profile)] {
        chunks.extend(name);
        chunks.extend(u32::try_from(content.len()).ok()?.to_le_bytes());
        chunks.extend(content);
        chunks.resize(chunks.len().next_multiple_of(2), 0);
    }
    chunks.extend(simple.get(START..)?);
    let mut whole = b"RIFF".to_vec();
    whole.extend(u32::try_from(chunks.len()).ok()?.to_le_bytes());
    whole.extend(chunks);
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::{jpeg, scale, webp};

    #[test]
    fn a_plain_picture_stays_plain_when_scaled() {
        let half = scale(&[90; 3 * 8 * 6], (8, 6), (4, 3)).unwrap();
        assert_eq!(half, [90; 3 * 4 * 3]);
        assert!(scale(&[90; 3], (8, 6), (4, 3)).is_none());
    }

    #[test]
    fn what_comes_out_is_a_jpeg_or_a_webp_and_what_does_not_fit_is_refused() {
        let made = jpeg(&[200; 3 * 4 * 5], 4, 5, 80, None).unwrap();
        assert!(made.starts_with(&[0xff, 0xd8, 0xff]) && made.ends_with(&[0xff, 0xd9]));
        let made = webp(&[200; 3 * 4 * 5], 4, 5, 80, None).unwrap();
        assert!(made.starts_with(b"RIFF") && made[8..].starts_with(b"WEBPVP8 "));
        for encode in [jpeg, webp] {
            assert!(encode(&[200; 3], 4, 5, 80, None).is_none());
            assert!(encode(&[], 0, 0, 80, None).is_none());
            assert!(encode(&vec![0; 3 * 70_000], 70_000, 1, 80, None).is_none());
        }
    }
}
