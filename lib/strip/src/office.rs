//! Documents of word processors and spreadsheets: zip archives of XML. A copy is an archive written anew: from the first
//! part on, what is reached by allowed ways is rewritten element by element; everything else does not come along.

pub(crate) mod archive;
pub(crate) mod ooxml;
pub(crate) mod opendocument;
mod rules;
mod xml;

use crate::{Kind, Outcome, Refused};

/// What a zip archive is, by its parts.
pub(crate) fn kind(bytes: &[u8]) -> Outcome<Kind> {
    let mut parts = archive::Parts::open(bytes)?;
    if parts.has("word/document.xml") {
        return Ok(Kind::Word);
    }
    if parts.has("xl/workbook.xml") {
        return Ok(Kind::Sheet);
    }
    if parts.has("content.xml") {
        let named = parts.read("mimetype").unwrap_or_default();
        return Ok(match named.trim_ascii() {
            b"application/vnd.oasis.opendocument.spreadsheet" => Kind::OpenSheet,
            b"application/vnd.oasis.opendocument.presentation" => Kind::OpenSlides,
            b"application/vnd.oasis.opendocument.text" => Kind::OpenText,
            _ => return Err(Refused::Variety),
        });
    }
    // Others name their first part themselves.
    ooxml::named(&mut parts).ok_or(Refused::UnknownFormat)
}
