//! Pictures: decoded to pixels, turned upright, converted to sRGB, encoded anew.

pub(crate) mod colour;
pub(crate) mod exif;
pub(crate) mod gif;
pub(crate) mod jpeg;
pub(crate) mod png;
pub(crate) mod tiff;
pub(crate) mod webp;

use std::borrow::Cow;

use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType, rgb_to_ycbcr};

use crate::{Kind, Note, Outcome, Refused, limits};

/// JPEG quality of a copy: where nobody sees a difference.
pub(crate) const QUALITY: u8 = 92;
/// JPEG quality of a preview.
pub(crate) const PREVIEW_QUALITY: u8 = 80;

/// Eight-bit pixels, row by row, in sRGB.
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) channels: Channels,
    pub(crate) pixels: Vec<u8>,
    /// How it is to be held, of [`exif::orientation`].
    pub(crate) orientation: u8,
}

/// What the bytes of a pixel are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Channels {
    Gray = 1,
    GrayAlpha = 2,
    Rgb = 3,
    Rgba = 4,
}

impl Raster {
    /// A raster whose sizes fit together and within bounds.
    pub(crate) fn new(
        width: u32,
        height: u32,
        channels: Channels,
        pixels: Vec<u8>,
        orientation: u8,
    ) -> Outcome<Raster> {
        match bounded(width, height, channels as usize)? == pixels.len() {
            true => Ok(Raster { width, height, channels, pixels, orientation }),
            false => Err(Refused::Broken),
        }
    }

    /// Width and height as it is to be held.
    pub(crate) fn size(&self) -> (u32, u32) {
        match self.orientation {
            5..=8 => (self.height, self.width),
            _ => (self.width, self.height),
        }
    }

    /// Appends one row as it is to be held.
    pub(crate) fn row(&self, y: u32, out: &mut Vec<u8>) {
        let per = self.channels as usize;
        let (width, height) = (self.width as usize, self.height as usize);
        let y = y as usize;
        let line = |y: usize| &self.pixels[y * width * per..(y + 1) * width * per];
        let column = |x: usize, up: bool, out: &mut Vec<u8>| {
            for step in 0..height {
                let y = if up { height - 1 - step } else { step };
                let at = (y * width + x) * per;
                out.extend_from_slice(&self.pixels[at..at + per]);
            }
        };
        let reversed = |line: &[u8], out: &mut Vec<u8>| line.rchunks_exact(per).for_each(|p| out.extend_from_slice(p));
        match self.orientation {
            2 => reversed(line(y), out),
            3 => reversed(line(height - 1 - y), out),
            4 => out.extend_from_slice(line(height - 1 - y)),
            5 => column(y, false, out),
            6 => column(y, true, out),
            7 => column(width - 1 - y, true, out),
            8 => column(width - 1 - y, false, out),
            _ => out.extend_from_slice(line(y)),
        }
    }

    /// The pixels as they are to be held; for encoders that want them all at once.
    pub(crate) fn upright(&self) -> Outcome<Cow<'_, [u8]>> {
        if self.orientation <= 1 {
            return Ok(Cow::Borrowed(&self.pixels));
        }
        if self.pixels.len() > limits::MAX_TURNED {
            return Err(Refused::TooManyPixels);
        }
        let mut out = Vec::with_capacity(self.pixels.len());
        (0..self.size().1).for_each(|y| self.row(y, &mut out));
        Ok(Cow::Owned(out))
    }

    /// What to tell of how it was changed.
    pub(crate) fn told(&self, notes: &mut Vec<Note>) {
        if self.orientation > 1 {
            notes.push(Note::Turned);
        }
    }

    /// Encodes it as a JPEG; what shines through becomes white, as on paper.
    pub(crate) fn jpeg(&self, quality: u8) -> Outcome<Vec<u8>> {
        let (width, height) = self.size();
        let (Ok(width), Ok(height)) = (u16::try_from(width), u16::try_from(height)) else {
            return Err(Refused::TooManyPixels);
        };
        let mut bytes = Vec::new();
        Encoder::new(&mut bytes, quality)
            .encode_image(Lines { raster: self, width, height })
            .map_err(|_| Refused::Broken)?;
        Ok(bytes)
    }

    /// A smaller one, upright, whose longest side is at most that long: each pixel is the mean of those it stands for.
    pub(crate) fn smaller(&self, side: u32) -> Raster {
        let (width, height) = self.size();
        let longest = width.max(height).max(1);
        let fit = |length: u32| match longest > side {
            true => ((u64::from(length) * u64::from(side) / u64::from(longest)) as u32).max(1),
            false => length,
        };
        let (to_width, to_height) = (fit(width), fit(height));
        let per = self.channels as usize;
        let mut pixels = Vec::with_capacity(to_width as usize * to_height as usize * per);
        let mut line = Vec::new();
        let edge = |at: u32, to: u32, from: u32| (u64::from(at) * u64::from(from) / u64::from(to)) as u32;
        for y in 0..to_height {
            let mut sums = vec![0u32; to_width as usize * per];
            let (top, bottom) =
                (edge(y, to_height, height), edge(y + 1, to_height, height).max(edge(y, to_height, height) + 1));
            for source in top..bottom {
                line.clear();
                self.row(source, &mut line);
                for x in 0..to_width {
                    let (left, right) = span(x, to_width, width);
                    for from in left..right {
                        for channel in 0..per {
                            sums[x as usize * per + channel] += u32::from(line[from as usize * per + channel]);
                        }
                    }
                }
            }
            for x in 0..to_width {
                let (left, right) = span(x, to_width, width);
                let count = ((right - left) * (bottom - top)).max(1);
                pixels.extend(sums[x as usize * per..(x as usize + 1) * per].iter().map(|sum| (sum / count) as u8));
            }
        }
        Raster { width: to_width, height: to_height, channels: self.channels, pixels, orientation: 1 }
    }
}

fn span(x: u32, to: u32, from: u32) -> (u32, u32) {
    let edge = |at: u32| (u64::from(at) * u64::from(from) / u64::from(to)) as u32;
    (edge(x), edge(x + 1).max(edge(x) + 1))
}

/// The bytes of that many pixels, within bounds.
pub(crate) fn bounded(width: u32, height: u32, channels: usize) -> Outcome<usize> {
    if width == 0 || height == 0 {
        return Err(Refused::Broken);
    }
    let bytes = u64::from(width) * u64::from(height) * channels as u64;
    match width <= limits::MAX_SIDE && height <= limits::MAX_SIDE && bytes <= limits::MAX_RASTER as u64 {
        true => Ok(bytes as usize),
        false => Err(Refused::TooManyPixels),
    }
}

/// Decodes any picture whose pixels we can read.
pub(crate) fn decode(bytes: &[u8], kind: Kind, notes: &mut Vec<Note>) -> Outcome<Raster> {
    match kind {
        Kind::Jpeg => jpeg::decode(bytes, notes),
        Kind::Png => png::decode(bytes, notes),
        Kind::WebP => webp::decode(bytes, notes),
        Kind::Gif => gif::first(bytes),
        Kind::Tiff => tiff::first(bytes, notes),
        _ => Err(Refused::Variety),
    }
}

/// Rows for the JPEG encoder, turned and flattened one by one.
struct Lines<'a> {
    raster: &'a Raster,
    width: u16,
    height: u16,
}

impl ImageBuffer for Lines<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        match self.raster.channels {
            Channels::Gray | Channels::GrayAlpha => JpegColorType::Luma,
            Channels::Rgb | Channels::Rgba => JpegColorType::Ycbcr,
        }
    }

    fn width(&self) -> u16 {
        self.width
    }

    fn height(&self) -> u16 {
        self.height
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let mut line = Vec::with_capacity(usize::from(self.width) * self.raster.channels as usize);
        self.raster.row(u32::from(y), &mut line);
        let over =
            |value: u8, alpha: u8| ((u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255) as u8;
        let [first, second, third, _] = buffers;
        let mut colour = |r, g, b| {
            let (y, cb, cr) = rgb_to_ycbcr(r, g, b);
            first.push(y);
            second.push(cb);
            third.push(cr);
        };
        match self.raster.channels {
            Channels::Gray => first.extend_from_slice(&line),
            Channels::GrayAlpha => first.extend(line.chunks_exact(2).map(|p| over(p[0], p[1]))),
            Channels::Rgb => line.chunks_exact(3).for_each(|p| colour(p[0], p[1], p[2])),
            Channels::Rgba => {
                line.chunks_exact(4).for_each(|p| colour(over(p[0], p[3]), over(p[1], p[3]), over(p[2], p[3])));
            }
        }
    }
}
