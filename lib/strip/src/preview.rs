//! Something to look at that can do nothing: small pictures encoded by us, or plain text. Nothing of the original's bytes
//! comes through.

mod document;
mod page;

use crate::{Kind, Note, Outcome, Refused, fence, limits, picture, text};

/// A picture to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// A JPEG.
    pub jpeg: Vec<u8>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What is written there, where that is known: for those who listen to a page.
    pub text: String,
}

/// What there is to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Preview {
    /// Pictures: the one, or the first pages; and how many pages there are.
    Pictures(Vec<Page>, usize),
    /// Plain text; and whether there is more of it.
    Text(String, bool),
    /// Nothing, and why.
    None(Refused),
}

/// Makes something safe to look at.
pub fn preview(bytes: &[u8]) -> Preview {
    if bytes.len() > limits::MAX_INPUT {
        return Preview::None(Refused::TooLarge);
    }
    fence(|| make(bytes)).unwrap_or_else(Preview::None)
}

fn make(bytes: &[u8]) -> Outcome<Preview> {
    let kind = match Kind::of(bytes) {
        // Markup is shown as what it is made of.
        Err(Refused::Active) => Kind::Text,
        other => other?,
    };
    match kind {
        Kind::Jpeg | Kind::Png | Kind::WebP | Kind::Gif | Kind::Tiff => {
            Ok(Preview::Pictures(vec![still(bytes, kind)?], 1))
        }
        Kind::Pdf => page::pages(bytes),
        Kind::Word | Kind::Sheet | Kind::OpenText | Kind::OpenSheet | Kind::OpenSlides => {
            Ok(shortened(&document::text(bytes, kind)?))
        }
        Kind::Text => {
            let bytes = text::rebuild(bytes, &mut Vec::new())?;
            Ok(shortened(&String::from_utf8_lossy(&bytes)))
        }
        Kind::Heic | Kind::Mp3 | Kind::Wav | Kind::M4a | Kind::Mp4 | Kind::QuickTime => Err(Refused::NothingToShow),
    }
}

fn still(bytes: &[u8], kind: Kind) -> Outcome<Page> {
    let mut notes: Vec<Note> = Vec::new();
    let small = picture::decode(bytes, kind, &mut notes)?.smaller(limits::PREVIEW_SIDE);
    Ok(Page {
        jpeg: small.jpeg(picture::PREVIEW_QUALITY)?,
        width: small.width,
        height: small.height,
        text: String::new(),
    })
}

fn shortened(whole: &str) -> Preview {
    let end = text::floor(whole, limits::PREVIEW_TEXT);
    Preview::Text(whole[..end].to_owned(), end < whole.len())
}
