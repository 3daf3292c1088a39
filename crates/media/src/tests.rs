//! Pictures come in, are shown, described, refused.

mod hostile;
mod preparing;
mod renewing;
mod web;

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// A drawn picture of some size: a slope of colours, so that resizing has something to do.
fn drawing(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, 90])
    }))
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    if format == ImageFormat::Jpeg {
        return onrecord_raster::jpeg(picture.as_bytes(), picture.width(), picture.height(), 90, None).unwrap();
    }
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}
