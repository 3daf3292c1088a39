//! Pixels: scaled, and encoded as a JPEG.
//!
//! Both libraries behind this are generic, so they are compiled wherever they are called: in a room of the house that
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
pub fn encode(pixels: &[u8], width: u32, height: u32, quality: u8, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    if pixels.len() as u64 != 3 * u64::from(width) * u64::from(height) {
        return None;
    }
    let (width, height) = (u16::try_from(width).ok()?, u16::try_from(height).ok()?);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality.clamp(1, 100));
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile).ok()?;
    }
    encoder.encode(pixels, width, height, ColorType::Rgb).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{encode, scale};

    #[test]
    fn a_plain_picture_stays_plain_when_scaled() {
        let half = scale(&[90; 3 * 8 * 6], (8, 6), (4, 3)).unwrap();
        assert_eq!(half, [90; 3 * 4 * 3]);
        assert!(scale(&[90; 3], (8, 6), (4, 3)).is_none());
    }

    #[test]
    fn what_comes_out_is_a_jpeg_and_what_does_not_fit_is_refused() {
        let jpeg = encode(&[200; 3 * 4 * 5], 4, 5, 80, None).unwrap();
        assert!(jpeg.starts_with(&[0xff, 0xd8, 0xff]) && jpeg.ends_with(&[0xff, 0xd9]));
        assert!(encode(&[200; 3], 4, 5, 80, None).is_none());
        assert!(encode(&[], 0, 0, 80, None).is_none());
        assert!(encode(&vec![0; 3 * 70_000], 70_000, 1, 80, None).is_none());
    }
}
