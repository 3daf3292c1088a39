//! Documents of word processors: Office Open XML (`.docx`) and OpenDocument (`.odt`). Both are zip archives in which one
//! XML file holds the text. Nothing else of the archive is opened, and no entity is expanded but XML's own.

use std::io::{Cursor, Read};

use quick_xml::{Reader, events::Event};
use zip::ZipArchive;

use super::{MAX_TEXT, Unreadable};

/// The XML around a text is several times as long as the text.
const MAX_XML: u64 = 8 * MAX_TEXT as u64;

/// A document's words, and what it calls itself.
pub(super) struct Office {
    pub(super) media_type: &'static str,
    pub(super) title: String,
    pub(super) text: String,
}

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Office, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let open = "application/vnd.oasis.opendocument.text";
    for (media_type, body, about) in
        [(word, "word/document.xml", "docProps/core.xml"), (open, "content.xml", "meta.xml")]
    {
        if archive.index_for_name(body).is_none() {
            continue;
        }
        let text = words(&part(&mut archive, body)?, media_type == word, None)?;
        let title = part(&mut archive, about).and_then(|xml| words(&xml, false, Some("title"))).unwrap_or_default();
        return Ok(Office { media_type, title, text });
    }
    Err(Unreadable::Unknown)
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Vec<u8>, Unreadable> {
    let file = archive.by_name(name).map_err(|error| match error {
        zip::result::ZipError::UnsupportedArchive(_) | zip::result::ZipError::InvalidPassword => Unreadable::Encrypted,
        _ => Unreadable::Broken,
    })?;
    let mut xml = Vec::new();
    match file.take(MAX_XML + 1).read_to_end(&mut xml) {
        Ok(read) if read as u64 > MAX_XML => Err(Unreadable::TooLarge),
        Ok(_) => Ok(xml),
        Err(_) => Err(Unreadable::Broken),
    }
}

/// The words of an XML text. Word's stand in `w:t` alone (what was deleted stands elsewhere), OpenDocument's in
/// paragraphs; `only` asks for those of one element.
fn words(xml: &[u8], is_word: bool, only: Option<&str>) -> Result<String, Unreadable> {
    let xml = std::str::from_utf8(xml).map_err(|_| Unreadable::Broken)?;
    let mut reader = Reader::from_str(xml);
    let mut text = String::new();
    let mut depth = 0usize;
    // OpenDocument keeps what was deleted in paragraphs of its own, in one place.
    let mut deleted = 0usize;
    let inside = |name: &str| match only {
        Some(only) => name == only,
        None if is_word => name == "t",
        None => name == "p" || name == "h",
    };
    loop {
        match reader.read_event().map_err(|_| Unreadable::Broken)? {
            Event::Start(start) if start.local_name().as_ref() == "tracked-changes" => deleted += 1,
            Event::End(end) if end.local_name().as_ref() == "tracked-changes" => deleted = deleted.saturating_sub(1),
            Event::Eof => return Ok(text.trim().to_owned()),
            _ if deleted > 0 => {}
            Event::Start(start) if inside(start.local_name().as_ref()) => depth += 1,
            Event::End(end) => {
                let name = end.local_name();
                if inside(name.as_ref()) {
                    depth = depth.saturating_sub(1);
                }
                if matches!(name.as_ref(), "p" | "h") && !text.ends_with("\n\n") {
                    text.push_str("\n\n");
                }
            }
            Event::Empty(empty) => match empty.local_name().as_ref() {
                "tab" => text.push('\t'),
                "br" | "cr" | "line-break" => text.push('\n'),
                "s" if !is_word => text.push(' '),
                "noBreakHyphen" => text.push('\u{2011}'),
                _ => {}
            },
            Event::Text(part) if depth > 0 => text.push_str(&part),
            Event::CData(part) if depth > 0 => text.push_str(&part),
            Event::GeneralRef(entity) if depth > 0 => {
                match entity.resolve_char_ref().map_err(|_| Unreadable::Broken)? {
                    Some(character) => text.push(character),
                    None => text.push_str(quick_xml::escape::resolve_xml_entity(&entity).unwrap_or_default()),
                }
            }
            _ => {}
        }
        if text.len() > MAX_TEXT {
            return Err(Unreadable::TooLarge);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_word_document_gives_its_paragraphs_without_what_was_deleted() {
        let body = r#"<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>We never </w:t></w:r><w:del><w:r><w:delText>ever </w:delText>
            </w:r></w:del><w:r><w:t xml:space="preserve">signed &amp; sealed&#x2019;s</w:t><w:br/><w:t>it.</w:t></w:r></w:p>
            <w:p><w:r><w:t>Next.</w:t></w:r></w:p></w:body></w:document>"#;
        let about =
            r#"<c:p xmlns:c="c" xmlns:dc="d"><dc:title>The filing</dc:title><dc:creator>Clerk</dc:creator></c:p>"#;
        let office = read(&archive(&[("word/document.xml", body), ("docProps/core.xml", about)])).unwrap();
        assert_eq!(office.text, "We never signed & sealed’s\nit.\n\nNext.");
        assert_eq!(office.title, "The filing");
    }

    #[test]
    fn an_opendocument_text_gives_its_paragraphs() {
        let body = r#"<o:t xmlns:o="o" xmlns:text="t"><text:tracked-changes><text:p>Gone.</text:p></text:tracked-changes><text:h>Minutes</text:h><text:p>We <text:span>never</text:span><text:s/>signed it.</text:p></o:t>"#;
        assert_eq!(read(&archive(&[("content.xml", body)])).unwrap().text, "Minutes\n\nWe never signed it.");
    }

    #[test]
    fn other_archives_and_hostile_ones_are_refused() {
        let refused = |bytes: &[u8]| read(bytes).err();
        assert_eq!(refused(&archive(&[("photo.jpg", "x")])), Some(Unreadable::Unknown));
        assert_eq!(refused(b"PK\x03\x04 and then nothing"), Some(Unreadable::Broken));
        let laughs = r#"<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:t xmlns:w="w">&b;.</w:t>"#;
        assert_eq!(read(&archive(&[("word/document.xml", laughs)])).unwrap().text, ".");
        let open = "<w:p>".repeat(100_000);
        assert_eq!(read(&archive(&[("word/document.xml", &open)])).map(|o| o.text).unwrap_or_default(), "");
    }
}
