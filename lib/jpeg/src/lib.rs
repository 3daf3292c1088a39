//! Pixels in, a JPEG out.
//!
//! The encoder of the `image` crate is generic, so it is compiled wherever it is called: in a room of the house that
//! means twenty times slower in a development build, or a room that takes minutes to compile optimised. Here it is
//! compiled once, optimised, in a second (see the profile in the workspace's `Cargo.toml`).
//!
//! Invariant: nothing but pixels and a colour profile goes in, so no metadata comes out. Pure.

use image::{ExtendedColorType, ImageEncoder, codecs::jpeg::JpegEncoder};

/// Encodes eight-bit RGB pixels, row by row; `None` if their number does not fit the size, or the size is not one a
/// JPEG can have.
pub fn encode(pixels: &[u8], width: u32, height: u32, quality: u8, profile: Option<&[u8]>) -> Option<Vec<u8>> {
    if pixels.len() as u64 != 3 * u64::from(width) * u64::from(height) {
        return None;
    }
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality.clamp(1, 100));
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).ok()?;
    }
    encoder.write_image(pixels, width, height, ExtendedColorType::Rgb8).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn what_comes_out_is_a_jpeg_and_what_does_not_fit_is_refused() {
        let jpeg = encode(&[200; 3 * 4 * 5], 4, 5, 80, None).unwrap();
        assert!(jpeg.starts_with(&[0xff, 0xd8, 0xff]) && jpeg.ends_with(&[0xff, 0xd9]));
        assert!(encode(&[200; 3], 4, 5, 80, None).is_none());
        assert!(encode(&[], 0, 0, 80, None).is_none());
        assert!(encode(&vec![0; 3 * 70_000], 70_000, 1, 80, None).is_none());
    }
}
