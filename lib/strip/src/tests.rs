//! Files that the tests make themselves, each with a name in every place where one can stand; what comes out has it nowhere.

mod copies;
mod documents;
mod films;
mod laws;
mod made;
mod memory;
mod pdfs;
mod pictures;
mod texts;

use crate::{Kind, PublicationCopy, publication_copy};

/// Whom nobody must find.
pub(crate) const MARKER: &str = "Ana-Kowalska-7f3a";

/// Whether some bytes hold some others.
pub(crate) fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    memchr::memmem::find(bytes, wanted).is_some()
}

/// Everything in a file: itself, and what is packed in it.
pub(crate) fn all_in(copy: &PublicationCopy) -> Vec<u8> {
    let mut all = copy.bytes.clone();
    match copy.kind {
        Kind::Word | Kind::Sheet | Kind::OpenText | Kind::OpenSheet | Kind::OpenSlides => {
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&copy.bytes)).expect("an archive");
            for at in 0..zip.len() {
                let mut part = zip.by_index(at).expect("a part");
                let name = part.name().expect("a name").into_owned();
                assert_eq!(part.last_modified(), Some(zip::DateTime::default()), "{name}");
                all.extend_from_slice(name.as_bytes());
                std::io::copy(&mut part, &mut all).expect("unpacks");
            }
        }
        Kind::Pdf => {
            let mut at = 0;
            while let Some(found) = memchr::memmem::find(&copy.bytes[at..], b"stream\n") {
                at += found + 7;
                let mut unpacked = Vec::new();
                let _ =
                    std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&copy.bytes[at..]), &mut unpacked);
                all.append(&mut unpacked);
            }
        }
        _ => {}
    }
    all
}

/// Copies a file, which must work.
pub(crate) fn copied(bytes: &[u8]) -> PublicationCopy {
    publication_copy(bytes).unwrap_or_else(|refused| panic!("refused: {refused:?}"))
}
