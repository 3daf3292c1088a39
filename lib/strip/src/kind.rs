//! What a file is, by its bytes alone.

use crate::{Outcome, Refused, office, text};

/// The formats that can be built anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A WebP picture, still or animated.
    WebP,
    /// A GIF picture, still or animated.
    Gif,
    /// TIFF pictures.
    Tiff,
    /// A HEIC or AVIF picture.
    Heic,
    /// A PDF document.
    Pdf,
    /// An Office Open XML text.
    Word,
    /// An Office Open XML spreadsheet.
    Sheet,
    /// An OpenDocument text.
    OpenText,
    /// An OpenDocument spreadsheet.
    OpenSheet,
    /// An OpenDocument presentation or drawing.
    OpenSlides,
    /// MPEG audio.
    Mp3,
    /// RIFF audio.
    Wav,
    /// Audio in an MPEG-4 file.
    M4a,
    /// An MPEG-4 film.
    Mp4,
    /// A QuickTime film.
    QuickTime,
    /// Plain text.
    Text,
}

impl Kind {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::WebP => "image/webp",
            Kind::Gif => "image/gif",
            Kind::Tiff => "image/tiff",
            Kind::Heic => "image/heic",
            Kind::Pdf => "application/pdf",
            Kind::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Sheet => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::OpenText => "application/vnd.oasis.opendocument.text",
            Kind::OpenSheet => "application/vnd.oasis.opendocument.spreadsheet",
            Kind::OpenSlides => "application/vnd.oasis.opendocument.presentation",
            Kind::Mp3 => "audio/mpeg",
            Kind::Wav => "audio/wav",
            Kind::M4a => "audio/mp4",
            Kind::Mp4 => "video/mp4",
            Kind::QuickTime => "video/quicktime",
            Kind::Text => "text/plain",
        }
    }

    /// The usual ending of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Kind::Jpeg => "jpg",
            Kind::Png => "png",
            Kind::WebP => "webp",
            Kind::Gif => "gif",
            Kind::Tiff => "tiff",
            Kind::Heic => "heic",
            Kind::Pdf => "pdf",
            Kind::Word => "docx",
            Kind::Sheet => "xlsx",
            Kind::OpenText => "odt",
            Kind::OpenSheet => "ods",
            Kind::OpenSlides => "odp",
            Kind::Mp3 => "mp3",
            Kind::Wav => "wav",
            Kind::M4a => "m4a",
            Kind::Mp4 => "mp4",
            Kind::QuickTime => "mov",
            Kind::Text => "txt",
        }
    }

    /// What the bytes are.
    pub(crate) fn of(bytes: &[u8]) -> Outcome<Kind> {
        match bytes {
            [] => Err(Refused::Empty),
            [0xff, 0xd8, 0xff, ..] => Ok(Kind::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(Kind::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Kind::WebP),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Ok(Kind::Wav),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(Kind::Gif),
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Ok(Kind::Tiff),
            [b'P', b'K', 3, 4, ..] => office::kind(bytes),
            [b'P', b'K', 5 | 7, _, ..] => Err(Refused::UnknownFormat),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Ok(brand(bytes)),
            // QuickTime of old begins without a brand.
            [_, _, _, _, b'm', b'o', b'o', b'v', ..]
            | [_, _, _, _, b'm', b'd', b'a', b't', ..]
            | [_, _, _, _, b'w', b'i', b'd', b'e', ..] => Ok(Kind::QuickTime),
            [b'I', b'D', b'3', ..] => Ok(Kind::Mp3),
            // Layers II and III.
            [0xff, second, ..] if second & 0xe0 == 0xe0 && matches!(second & 6, 2 | 4) => Ok(Kind::Mp3),
            _ if is_pdf(bytes) => Ok(Kind::Pdf),
            _ => text::kind(bytes),
        }
    }
}

/// Readers look for the mark within the first kilobyte.
fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1_024)].windows(5).any(|window| window == b"%PDF-")
}

fn brand(bytes: &[u8]) -> Kind {
    let length = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize;
    let end = length.clamp(12, 128).min(bytes.len());
    let brands = || bytes[8.min(end)..end].chunks_exact(4);
    let pictures: [&[u8]; 8] = [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"avif", b"msf1"];
    match bytes.get(8..12) {
        Some(major) if pictures.contains(&major) => Kind::Heic,
        Some(b"M4A " | b"M4B " | b"M4P ") => Kind::M4a,
        Some(b"qt  ") => Kind::QuickTime,
        _ if brands().any(|brand| brand == b"M4A ") => Kind::M4a,
        _ => Kind::Mp4,
    }
}
