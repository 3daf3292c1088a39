//! Publication copies of what strangers send, and previews that are safe to open.
//!
//! [`publication_copy`] builds a file anew from what is allowed in it: pixels, samples, text, page content. It never deletes
//! known metadata from the original, because nobody knows all of it. What cannot be built anew is refused with a
//! [`Refused`] that the caller puts into words. [`preview`] makes small pictures or plain text to look at.
//!
//! # Invariants
//!
//! - Pure: bytes in, bytes out; no files, no clock, no randomness. The same bytes give the same copy. Builds for wasm32, since
//!   the plaintext of a tip exists only in a journalist's browser and terminal.
//! - What comes out is one format, begins as that format and ends where it ends: nothing stands behind the end marker.
//! - Nothing panics: our parsers look before they step, and the decoders of others run behind one fence.
//! - Every size is bounded by a constant of [`limits`] before memory is taken for it.
//! - Absent on purpose: believing names or media types that came along; deciding by blacklist; scripts, links to the outside,
//!   attachments, revision histories.
//!
//! # What it does not do
//!
//! Content stays content: a face, a watermark, a sensor's noise, handwriting, the words themselves can all name a person. No
//! text that shows a copy may promise more than "without the metadata we know how to leave out".

pub mod limits;

mod film;
mod heic;
mod kind;
mod office;
mod pdf;
mod picture;
mod preview;
mod sound;
mod text;

pub use kind::Kind;
pub use preview::{Page, Preview, preview};

/// A copy without metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationCopy {
    /// The whole new file.
    pub bytes: Vec<u8>,
    /// What it is.
    pub kind: Kind,
    /// What a journalist should know before publishing it, in no order of weight and without repetition.
    pub notes: Vec<Note>,
}

/// What became different on the way, beyond metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// The picture was turned upright, as its orientation asked.
    Turned,
    /// Colours were converted to sRGB.
    Converted,
    /// The colours could not be converted exactly: the profile was unreadable, or inks without one.
    ColoursApproximate,
    /// Only the first picture of an animation is there.
    FirstFrameOnly,
    /// Tracks other than picture and sound were left out: places, captions, time codes.
    TracksLeftOut,
    /// Annotations were drawn onto the page, those without a picture of their own left out.
    AnnotationsDrawn,
    /// Embedded pictures that could not be read were left out.
    PicturesLeftOut,
    /// Embedded objects or files were left out.
    ObjectsLeftOut,
    /// Links that led outside the document were left out.
    LinksLeftOut,
    /// Comments or tracked changes are in there, without names and times.
    CommentsKept,
    /// Invisible characters were left out.
    InvisibleLeftOut,
    /// The sound or the film was copied as it was encoded: its encoder's habits are still in it.
    EncodedAsBefore,
}

impl Note {
    /// A stable name, for interfaces that word it.
    pub fn name(self) -> &'static str {
        match self {
            Note::Turned => "turned",
            Note::Converted => "converted",
            Note::ColoursApproximate => "colours-approximate",
            Note::FirstFrameOnly => "first-frame-only",
            Note::TracksLeftOut => "tracks-left-out",
            Note::AnnotationsDrawn => "annotations-drawn",
            Note::PicturesLeftOut => "pictures-left-out",
            Note::ObjectsLeftOut => "objects-left-out",
            Note::LinksLeftOut => "links-left-out",
            Note::CommentsKept => "comments-kept",
            Note::InvisibleLeftOut => "invisible-left-out",
            Note::EncodedAsBefore => "encoded-as-before",
        }
    }
}

/// Why there is no copy or no preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refused {
    /// Nothing is in the file.
    Empty,
    /// The file is larger than we take.
    TooLarge,
    /// The picture has more pixels than we take.
    TooManyPixels,
    /// It unpacks to more than we take: a bomb, or a very large document.
    UnpacksTooLarge,
    /// More parts, boxes, pages or levels than we take.
    TooComplex,
    /// It is locked by a password.
    Encrypted,
    /// It is broken or cut off.
    Broken,
    /// A format we know, but a variety of it that we cannot build anew.
    Variety,
    /// A format that we cannot build anew.
    UnknownFormat,
    /// Markup or a program: it could run in a browser.
    Active,
    /// There is nothing to look at in this format (previews only).
    NothingToShow,
}

impl Refused {
    /// Every reason.
    pub const ALL: [Refused; 11] = [
        Refused::Empty,
        Refused::TooLarge,
        Refused::TooManyPixels,
        Refused::UnpacksTooLarge,
        Refused::TooComplex,
        Refused::Encrypted,
        Refused::Broken,
        Refused::Variety,
        Refused::UnknownFormat,
        Refused::Active,
        Refused::NothingToShow,
    ];

    /// A stable name, for interfaces that word it.
    pub fn name(self) -> &'static str {
        match self {
            Refused::Empty => "empty",
            Refused::TooLarge => "too-large",
            Refused::TooManyPixels => "too-many-pixels",
            Refused::UnpacksTooLarge => "unpacks-too-large",
            Refused::TooComplex => "too-complex",
            Refused::Encrypted => "encrypted",
            Refused::Broken => "broken",
            Refused::Variety => "variety",
            Refused::UnknownFormat => "unknown-format",
            Refused::Active => "active",
            Refused::NothingToShow => "nothing-to-show",
        }
    }
}

type Outcome<T> = Result<T, Refused>;

/// Builds a copy that holds only what is allowed in its format.
///
/// # Errors
/// With the reason why this file cannot be built anew.
pub fn publication_copy(bytes: &[u8]) -> Result<PublicationCopy, Refused> {
    if bytes.len() > limits::MAX_INPUT {
        return Err(Refused::TooLarge);
    }
    let kind = Kind::of(bytes)?;
    let mut notes = Vec::new();
    let bytes = fence(|| rebuild(bytes, kind, &mut notes))?;
    notes.sort_unstable();
    notes.dedup();
    Ok(PublicationCopy { bytes, kind, notes })
}

fn rebuild(bytes: &[u8], kind: Kind, notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    match kind {
        Kind::Jpeg => picture::jpeg::rebuild(bytes, notes),
        Kind::Png => picture::png::rebuild(bytes, notes),
        Kind::WebP => picture::webp::rebuild(bytes, notes),
        Kind::Gif => picture::gif::rebuild(bytes, notes),
        Kind::Tiff => picture::tiff::rebuild(bytes, notes),
        Kind::Heic => heic::rebuild(bytes, notes),
        Kind::Pdf => pdf::rebuild(bytes, notes),
        Kind::Word | Kind::Sheet => office::ooxml::rebuild(bytes, kind, notes),
        Kind::OpenText | Kind::OpenSheet | Kind::OpenSlides => office::opendocument::rebuild(bytes, kind, notes),
        Kind::Mp3 => sound::mp3::rebuild(bytes, notes),
        Kind::Wav => sound::wav::rebuild(bytes),
        Kind::M4a | Kind::Mp4 | Kind::QuickTime => film::rebuild(bytes, kind, notes),
        Kind::Text => text::rebuild(bytes, notes),
    }
}

/// Runs what calls the decoders of others: should one of them panic on a broken file after all, the file counts as broken. In
/// the browser a panic ends the worker's instance, which says the same.
fn fence<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or(Err(Refused::Broken))
}

// Behind everything else, so that no line of the library moves by it.
#[cfg(any(test, feature = "fuzzing"))]
pub mod laws;
#[cfg(test)]
mod tests;
