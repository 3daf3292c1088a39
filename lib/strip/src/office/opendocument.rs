//! OpenDocument: texts, spreadsheets, presentations. Content and styles are rewritten, their pictures built anew; settings,
//! description, thumbnails, scripts and embedded objects do not come along.

use std::collections::HashMap;

use super::{
    archive::{Parts, Writer},
    ooxml::rebuilt_picture,
    xml::{self, Attribute, Namespace, Rules, Verdict},
};
use crate::{Kind, Note, Outcome, Refused, limits};

const NAMESPACES: &[Namespace] = &[
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
    ("presentation", "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"),
    ("number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
    ("dr3d", "urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0"),
    ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
    ("smil", "urn:oasis:names:tc:opendocument:xmlns:smil-compatible:1.0"),
    ("of", "urn:oasis:names:tc:opendocument:xmlns:of:1.2"),
    ("xlink", "http://www.w3.org/1999/xlink"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
];

/// Elements of the text that name people, files and times by themselves, and those that hold programs or links to data.
const DROPPED: &[(&str, &str)] = &[
    ("office", "scripts"),
    ("office", "event-listeners"),
    ("office", "forms"),
    ("office", "settings"),
    ("office", "meta"),
    ("office", "dde-source"),
    ("text", "author-name"),
    ("text", "author-initials"),
    ("text", "initial-creator"),
    ("text", "creator"),
    ("text", "printed-by"),
    ("text", "print-date"),
    ("text", "print-time"),
    ("text", "file-name"),
    ("text", "template-name"),
    ("text", "editing-duration"),
    ("text", "editing-cycles"),
    ("text", "creation-date"),
    ("text", "creation-time"),
    ("text", "modification-date"),
    ("text", "modification-time"),
    ("text", "user-defined"),
    ("text", "description"),
    ("text", "title"),
    ("text", "subject"),
    ("text", "keywords"),
    ("text", "script"),
    ("text", "execute-macro"),
    ("text", "database-display"),
    ("text", "dde-connection-decls"),
    ("text", "dde-connection"),
    ("text", "sender-firstname"),
    ("text", "sender-lastname"),
    ("text", "sender-initials"),
    ("text", "sender-title"),
    ("text", "sender-position"),
    ("text", "sender-email"),
    ("text", "sender-phone-private"),
    ("text", "sender-fax"),
    ("text", "sender-company"),
    ("text", "sender-phone-work"),
    ("text", "sender-street"),
    ("text", "sender-city"),
    ("text", "sender-postal-code"),
    ("text", "sender-country"),
    ("text", "sender-state-or-province"),
    ("table", "dde-links"),
    ("table", "table-source"),
    ("table", "cell-range-source"),
    ("table", "named-expressions-source"),
    ("draw", "object"),
    ("draw", "object-ole"),
    ("draw", "applet"),
    ("draw", "plugin"),
    ("draw", "floating-frame"),
    ("draw", "control"),
    ("draw", "image-map"),
    ("svg", "title"),
    ("svg", "desc"),
    ("presentation", "sound"),
];

struct Open<'c, 'a> {
    parts: &'c mut Parts<'a>,
    out: &'c mut Writer,
    pictures: &'c mut HashMap<String, Option<String>>,
    list: &'c mut Vec<(String, &'static str)>,
    notes: &'c mut Vec<Note>,
}

/// The document, written anew.
pub(crate) fn rebuild(bytes: &[u8], kind: Kind, notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    let mut parts = Parts::open(bytes)?;
    if parts.read("META-INF/manifest.xml").is_ok_and(|list| list.windows(15).any(|window| window == b"encryption-data"))
    {
        return Err(Refused::Encrypted);
    }
    let mut out = Writer::new();
    let mut list = vec![("/".to_owned(), kind.media_type())];
    out.store("mimetype", kind.media_type().as_bytes())?;
    let mut pictures = HashMap::new();
    for name in ["content.xml", "styles.xml"] {
        if name == "styles.xml" && !parts.has(name) {
            continue;
        }
        let bytes = parts.read(name)?;
        let mut rules =
            Open { parts: &mut parts, out: &mut out, pictures: &mut pictures, list: &mut list, notes: &mut *notes };
        let text = xml::rewrite(&bytes, &mut rules)?;
        drop(bytes);
        out.add(name, &text)?;
        list.push((name.to_owned(), "text/xml"));
    }
    let mut manifest = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">",
    );
    for (name, media) in &list {
        manifest
            .push_str(&format!("<manifest:file-entry manifest:full-path=\"{name}\" manifest:media-type=\"{media}\"/>"));
    }
    manifest.push_str("</manifest:manifest>");
    out.add("META-INF/manifest.xml", manifest.as_bytes())?;
    out.finish()
}

impl Open<'_, '_> {
    /// Where a picture of the archive stands in the copy.
    fn picture(&mut self, name: &str) -> Option<String> {
        if let Some(known) = self.pictures.get(name) {
            return known.clone();
        }
        let new = self.built(name);
        if self.pictures.len() < limits::MAX_PARTS {
            self.pictures.insert(name.to_owned(), new.clone());
        }
        new
    }

    fn built(&mut self, name: &str) -> Option<String> {
        let bytes = self.parts.read(name).ok()?;
        let (bytes, kind) = rebuilt_picture(&bytes, self.notes)?;
        let new = format!("Pictures/{}.{}", self.pictures.len() + 1, kind.extension());
        self.out.store(&new, &bytes).ok()?;
        self.list.push((new.clone(), kind.media_type()));
        Some(new)
    }
}

impl Rules for Open<'_, '_> {
    fn namespaces(&self) -> &'static [Namespace] {
        NAMESPACES
    }

    fn element(&mut self, prefix: &str, name: &str, attributes: &[Attribute<'_>]) -> Outcome<Verdict> {
        if DROPPED.contains(&(prefix, name)) {
            if prefix == "draw" && name.starts_with("object") {
                self.notes.push(Note::ObjectsLeftOut);
            }
            return Ok(Verdict::Drop);
        }
        let href = attributes.iter().find(|attribute| attribute.prefix == "xlink" && attribute.name == "href");
        Ok(match (prefix, name) {
            // Who and when, of comments and changes: the elements belong there, their words do not.
            ("dc", "creator" | "date") | ("meta", "creator-initials" | "date-string") => Verdict::Empty,
            ("dc" | "meta" | "xlink", _) => Verdict::Drop,
            ("office", "annotation" | "change-info") => {
                self.notes.push(Note::CommentsKept);
                Verdict::Keep
            }
            ("text" | "draw", "a") if !href.is_some_and(|href| href.value.starts_with('#')) => {
                self.notes.push(Note::LinksLeftOut);
                Verdict::Unwrap
            }
            ("draw" | "style" | "text", "image" | "fill-image" | "background-image" | "list-level-style-image") => {
                match href {
                    // Its bytes can stand in the text itself, where we do not look.
                    None if name == "image" => Verdict::Drop,
                    None => Verdict::Keep,
                    Some(href) => match self.picture(href.value.trim_start_matches("./")) {
                        Some(_) => Verdict::Keep,
                        None => Verdict::Drop,
                    },
                }
            }
            ("office", "binary-data") => Verdict::Drop,
            _ => Verdict::Keep,
        })
    }

    fn attribute(&mut self, prefix: &str, element: &str, attribute: &Attribute<'_>) -> Option<String> {
        let Attribute { prefix: space, name, value } = attribute;
        match (*space, *name) {
            ("xlink", "href") if value.starts_with('#') => Some((*value).to_owned()),
            ("xlink", "href") if matches!((prefix, element), ("text" | "draw", "a")) => None,
            ("xlink", "href") => self.picture(value.trim_start_matches("./")),
            ("xlink", "type" | "show" | "actuate") => Some((*value).to_owned()),
            ("xlink" | "meta" | "dc" | "", _) => None,
            ("xml", "id" | "space") => Some((*value).to_owned()),
            ("xml", _) => None,
            // Names of files, people and places of the original.
            ("draw", "name") if matches!(element, "frame" | "image" | "custom-shape" | "rect" | "line") => None,
            ("office", "server-map" | "target-frame-name" | "title" | "name") => None,
            ("text", "global" | "connection-name" | "filter-name" | "section-source") => None,
            ("table", "protection-key") => None,
            _ => Some((*value).to_owned()),
        }
    }
}
