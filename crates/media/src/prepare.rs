//! From bytes to renditions: decode within bounds, turn upright, flatten, resize, encode.
//!
//! No I/O but [`Prepared::keep`]. Decoders get bytes from strangers: each runs with limits on pixels and memory, and
//! a decoder that panics all the same counts as a broken file.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, metadata::Orientation};
use onrecord_base::{DataDir, Error, FieldError, Result};
use zune_core::{bytestream::ZCursor, options::DecoderOptions};
use zune_jpeg::JpegDecoder;

use crate::{
    Format, Rendition,
    files::{self, hash},
    picture::SHARED_WIDTH,
};

/// Widths of renditions. Browsers take the next that is not narrower than what they show: a thumbnail, a column, a
/// telephone of twice the pixels or the text on a desktop, one of three times or the lead picture on a desktop, the text
/// on a fine screen, the lead picture on one.
pub const WIDTHS: [u32; 6] = [320, 480, 768, 1_200, 1_600, 2_048];
/// Largest file: a full-format camera's JPEG at its best is about 25 MB.
pub const MAX_BYTES: usize = 25 * 1024 * 1024;
/// Most pixels: above today's cameras (61 million), below what would fill a small machine's memory when decoded.
pub const MAX_PIXELS: u64 = 80_000_000;
/// Longest side: JPEG itself cannot hold more than 65,535.
const MAX_SIDE: u32 = 30_000;
/// What a decoder may allocate: the pixels with alpha, and as much again for its own work.
const MAX_MEMORY: u64 = 2 * 4 * MAX_PIXELS;
/// Quality, of JPEGs and of WebPs: below it skies show steps, above it files grow without anybody seeing why.
const QUALITY: u8 = 80;
/// Largest colour profile that is carried over; those of cameras and screens have some kilobytes.
const MAX_PROFILE: usize = 64 * 1024;

/// A picture ready to be kept: everything that costs time is done.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) sha256: String,
    pub(crate) format: &'static str,
    pub(crate) bytes: usize,
    pub(crate) width: u32,
    pub(crate) height: u32,
    renditions: Vec<(Rendition, Vec<u8>)>,
}

/// A picture whose files are on disk, to be given to [`store::add`](crate::store::add).
#[derive(Debug, Clone)]
pub struct Kept {
    pub(crate) sha256: String,
    pub(crate) format: &'static str,
    pub(crate) bytes: usize,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) renditions: Vec<Rendition>,
}

/// Decodes a file and makes its renditions. Takes up to a second of CPU: call it on a blocking thread.
///
/// # Errors
/// `Error::TooLarge`, or `Error::Invalid` on the field `file` with a sentence for who brought it.
pub fn prepare(bytes: &[u8]) -> Result<Prepared> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLarge { limit: MAX_BYTES as u64 });
    }
    let (format, name) = sniff(bytes).ok_or_else(|| Error::field("file", "media-not-a-picture"))?;
    if format == ImageFormat::Jpeg && !has_end(bytes) && !is_complete(bytes) {
        return Err(Error::field("file", "media-cut-off"));
    }
    let broken = || Error::field("file", "media-broken");
    let (picture, profile) =
        catch_unwind(AssertUnwindSafe(|| decode(bytes, format))).unwrap_or_else(|_| Err(broken()))?;
    let (width, height) = (picture.width(), picture.height());
    let flat = flatten(picture);
    let renditions = catch_unwind(AssertUnwindSafe(|| renditions(&flat, profile.as_deref()))).unwrap_or(None);
    let renditions = renditions.ok_or_else(broken)?;
    Ok(Prepared { sha256: hash(bytes), format: name, bytes: bytes.len(), width, height, renditions })
}

impl Prepared {
    /// Writes the original and the renditions to the newsroom's folder, each whole and synced.
    ///
    /// # Errors
    /// `Error::Unavailable` if the folder cannot be written.
    pub fn keep(self, data: &DataDir, original: &[u8]) -> Result<Kept> {
        files::keep(&files::original(data, &self.sha256, self.format), original, data.is_lasting())?;
        for (rendition, bytes) in &self.renditions {
            files::keep(&files::rendition(data, &rendition.sha256, rendition.format), bytes, data.is_lasting())?;
        }
        Ok(Kept {
            sha256: self.sha256,
            format: self.format,
            bytes: self.bytes,
            width: self.width,
            height: self.height,
            renditions: self.renditions.into_iter().map(|(rendition, _)| rendition).collect(),
        })
    }
}

/// What the first bytes say; names and types that came along are not believed.
fn sniff(bytes: &[u8]) -> Option<(ImageFormat, &'static str)> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some((ImageFormat::Jpeg, "jpeg")),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some((ImageFormat::Png, "png")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some((ImageFormat::WebP, "webp")),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some((ImageFormat::Gif, "gif")),
        _ => None,
    }
}

/// True if a JPEG's picture comes to its end, whatever stands behind it (ITU-T T.81, B.1 and B.2). The decoder would fill
/// what is missing with grey.
fn has_end(jpeg: &[u8]) -> bool {
    const START: u8 = 0xd8;
    const END: u8 = 0xd9;
    let mut at = 0;
    while let Some(marker) = jpeg.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xff)) {
        at += marker + 1;
        match jpeg.get(at) {
            Some(&END) => return true,
            // Filled up; an 0xff of the data; restarts, and what else has no length.
            Some(0xff) => {}
            Some(0 | 1 | 0xd0..=0xd7 | &START) => at += 1,
            // A segment with its length; what it holds (a preview has an end of its own) is stepped over.
            Some(_) => {
                let Some(&[high, low]) = jpeg.get(at + 1..at + 3) else { return false };
                at += 1 + usize::from(u16::from_be_bytes([high, low])).max(2);
            }
            None => return false,
        }
    }
    false
}

/// True if a JPEG lacks nothing but the mark of its end, which some telephones and programs leave out. Of a progressive one
/// nobody can tell: each scan holds the whole picture.
fn is_complete(jpeg: &[u8]) -> bool {
    // What was to be copied and was not is often zeros, which are as good a code as any.
    let end = jpeg.iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1);
    let jpeg = &jpeg[..end];
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(MAX_SIDE as usize)
        .set_max_height(MAX_SIDE as usize);
    let decoded = catch_unwind(AssertUnwindSafe(|| {
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
        decoder.decode_headers().ok()?;
        let (width, height) = decoder.dimensions()?;
        if decoder.info()?.sof.is_progressive() {
            return None;
        }
        (width as u64 * height as u64 <= MAX_PIXELS).then(|| decoder.decode().ok())?
    }));
    matches!(decoded, Ok(Some(_)))
}

/// The picture upright, and its colour profile if it is one for RGB.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<(DynamicImage, Option<Vec<u8>>)> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|e| refusal(&e))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(too_many_pixels());
    }
    if width == 0 || height == 0 {
        return Err(Error::field("file", "media-broken"));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| {
        // Bytes 16 to 19 name the colour space; ours are always RGB.
        profile.len() <= MAX_PROFILE && profile.get(16..20) == Some(b"RGB ".as_slice())
    });
    drop(decoder);
    // This one is not generic: it is compiled, and optimised, with the `image` crate.
    let mut picture = image::load_from_memory_with_format(bytes, format).map_err(|e| refusal(&e))?;
    picture.apply_orientation(orientation);
    Ok((picture, profile))
}

fn refusal(error: &image::ImageError) -> Error {
    match error {
        image::ImageError::Limits(_) => too_many_pixels(),
        _ => Error::field("file", "media-broken"),
    }
}

fn too_many_pixels() -> Error {
    let millions = MAX_PIXELS / 1_000_000;
    Error::Invalid(vec![FieldError::new("file", "media-too-many-pixels").arg("most", millions).arg("side", MAX_SIDE)])
}

/// Eight bits, no alpha: what shone through becomes white, as on paper.
fn flatten(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let with_alpha = picture.into_rgba8();
    let mut flat = image::RgbImage::new(with_alpha.width(), with_alpha.height());
    for (to, from) in flat.pixels_mut().zip(with_alpha.pixels()) {
        let [red, green, blue, alpha] = from.0;
        let over = |value: u8| {
            let (value, alpha) = (u16::from(value), u16::from(alpha));
            ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
        };
        to.0 = [over(red), over(green), over(blue)];
    }
    DynamicImage::ImageRgb8(flat)
}

/// A WebP for each width that is not wider than the picture, the picture's own width if it is less than the widest; and
/// a JPEG for whatever is no browser. See [`has_webps`].
fn renditions(picture: &DynamicImage, profile: Option<&[u8]>) -> Option<Vec<(Rendition, Vec<u8>)>> {
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|width| *width < picture.width()).collect();
    if widths.len() < WIDTHS.len() {
        widths.push(picture.width());
    }
    let mut made: Vec<(Rendition, Vec<u8>)> = Vec::new();
    let mut source = None;
    let webps = has_webps(picture.width(), picture.height());
    // Widest first: each is made from the one before it, which is far less work than from the original.
    for width in widths.into_iter().rev() {
        let from = source.as_ref().unwrap_or(picture);
        let resized = resize(from, picture, width)?;
        let shown = resized.as_ref().unwrap_or(from);
        let height = shown.height();
        let jpeg = !webps || width == picture.width().min(SHARED_WIDTH);
        for format in [webps.then_some(Format::WebP), jpeg.then_some(Format::Jpeg)].into_iter().flatten() {
            let encode = match format {
                Format::Jpeg => onrecord_raster::jpeg,
                Format::WebP => onrecord_raster::webp,
            };
            let encoded = encode(shown.as_bytes(), width, height, QUALITY, profile)?;
            made.push((Rendition { format, width, height, sha256: hash(&encoded) }, encoded));
        }
        if resized.is_some() {
            source = resized;
        }
    }
    made.reverse();
    Some(made)
}

/// True if the renditions of a picture of this size are WebPs; those of a strip too tall for one are all JPEGs.
pub(crate) fn has_webps(width: u32, height: u32) -> bool {
    let widest = WIDTHS.into_iter().fold(0, u32::max).min(width);
    height_of((width, height), widest).is_some_and(|height| height <= onrecord_raster::LONGEST_WEBP)
}

/// The height that goes with a width.
fn height_of(original: (u32, u32), width: u32) -> Option<u32> {
    let (across, down) = (u64::from(original.0), u64::from(original.1));
    u32::try_from((down * u64::from(width) + across / 2).checked_div(across)?).ok().map(|height| height.max(1))
}

/// `Some(None)` if it has that width already.
#[allow(clippy::option_option)]
fn resize(from: &DynamicImage, original: &DynamicImage, width: u32) -> Option<Option<DynamicImage>> {
    if from.width() == width {
        return Some(None);
    }
    let height = height_of((original.width(), original.height()), width)?;
    let scaled = onrecord_raster::scale(from.as_bytes(), (from.width(), from.height()), (width, height))?;
    image::RgbImage::from_raw(width, height, scaled).map(|scaled| Some(DynamicImage::ImageRgb8(scaled)))
}
