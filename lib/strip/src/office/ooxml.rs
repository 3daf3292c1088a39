//! Office Open XML: texts and spreadsheets. Parts are reached over relationships of allowed types and get names of ours.

use std::collections::HashMap;

use quick_xml::{Reader, XmlVersion, events::Event};

use super::{
    archive::{Parts, Writer},
    rules::Open,
    xml::{self, escaped},
};
use crate::{Kind, Note, Outcome, Refused, limits};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/";
const MAIN_WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const MAIN_SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

/// Types of relationships that are followed, and the media types of what they lead to.
const FOLLOWED: &[(&str, &str)] = &[
    ("styles", "{}.styles+xml"),
    ("numbering", "{}.numbering+xml"),
    ("fontTable", "{}.fontTable+xml"),
    ("header", "{}.header+xml"),
    ("footer", "{}.footer+xml"),
    ("footnotes", "{}.footnotes+xml"),
    ("endnotes", "{}.endnotes+xml"),
    ("settings", "{}.settings+xml"),
    ("worksheet", "{}.worksheet+xml"),
    ("chartsheet", "{}.chartsheet+xml"),
    ("sharedStrings", "{}.sharedStrings+xml"),
    ("table", "{}.table+xml"),
    ("theme", "application/vnd.openxmlformats-officedocument.theme+xml"),
    ("drawing", "application/vnd.openxmlformats-officedocument.drawing+xml"),
    ("chart", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"),
];
/// The strings that a spreadsheet's cells share.
const STRINGS: &str = "xl/sharedStrings.xml";
/// Comments of spreadsheets need a drawing by the side that is not followed.
const COMMENTS: (&str, &str) = ("comments", "{}.comments+xml");

/// A relationship that is followed, or is a picture.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

/// What a part became.
struct Written {
    name: String,
    media: String,
}

struct Copy<'a, 'n> {
    parts: Parts<'a>,
    out: Writer,
    kind: Kind,
    /// Old names and what they became; none for what could not be rewritten.
    done: HashMap<String, Option<String>>,
    written: Vec<Written>,
    sheets: usize,
    notes: &'n mut Vec<Note>,
}

/// The kind of a package whose first part has a name of its own.
pub(super) fn named(parts: &mut Parts<'_>) -> Option<Kind> {
    let first = first_part(parts)?;
    let bytes = parts.read(&first).ok()?;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4_096)]).into_owned();
    match () {
        () if head.contains("wordprocessingml/2006/main") => Some(Kind::Word),
        () if head.contains("spreadsheetml/2006/main") => Some(Kind::Sheet),
        () => None,
    }
}

fn first_part(parts: &mut Parts<'_>) -> Option<String> {
    let rels = parts.read("_rels/.rels").ok()?;
    let found = relations(&rels).ok()?.0;
    found
        .into_iter()
        .find(|relation| relation.kind == "officeDocument")
        .and_then(|relation| resolve("", &relation.target))
}

/// The document, written anew.
pub(crate) fn rebuild(bytes: &[u8], kind: Kind, notes: &mut Vec<Note>) -> Outcome<Vec<u8>> {
    let mut parts = Parts::open(bytes)?;
    let usual = if kind == Kind::Word { "word/document.xml" } else { "xl/workbook.xml" };
    let first = first_part(&mut parts).filter(|name| parts.has(name)).unwrap_or_else(|| usual.to_owned());
    let mut copy =
        Copy { parts, out: Writer::new(), kind, done: HashMap::new(), written: Vec::new(), sheets: 0, notes };
    let media = if kind == Kind::Word { MAIN_WORD } else { MAIN_SHEET };
    copy.part(&first, usual.to_owned(), media.to_owned(), 0)?;
    copy.finish(usual)
}

impl Copy<'_, '_> {
    fn folder(&self) -> &'static str {
        if self.kind == Kind::Word { "word" } else { "xl" }
    }

    /// Rewrites a part and what it leads to.
    fn part(&mut self, old: &str, new: String, media: String, depth: usize) -> Outcome<()> {
        if depth > limits::MAX_BOX_DEPTH || self.written.len() >= limits::MAX_PARTS {
            return Err(Refused::TooComplex);
        }
        self.done.insert(old.to_owned(), Some(new.clone()));
        let (kept, rels) = self.relations_of(old, depth)?;
        let bytes = self.parts.read(old)?;
        let settings = media.ends_with(".settings+xml");
        let mut rules = Open { kept: &kept, settings, notes: self.notes };
        let text = xml::rewrite(&bytes, &mut rules)?;
        drop(bytes);
        self.out.add(&new, &text)?;
        if !rels.is_empty() {
            let (folder, name) = new.rsplit_once('/').unwrap_or(("", &new));
            let text = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{PACKAGE}relationships\">{rels}</Relationships>"
            );
            self.out.add(&format!("{folder}/_rels/{name}.rels"), text.as_bytes())?;
        }
        self.written.push(Written { name: new, media });
        Ok(())
    }

    /// Follows a part's relationships: their names old to new, and the list of the new ones.
    fn relations_of(&mut self, old: &str, depth: usize) -> Outcome<(HashMap<String, String>, String)> {
        let (folder, name) = old.rsplit_once('/').unwrap_or(("", old));
        let path = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        let (mut kept, mut rels) = (HashMap::new(), String::new());
        if !self.parts.has(&path) {
            return Ok((kept, rels));
        }
        let (found, outside) = relations(&self.parts.read(&path)?)?;
        if outside {
            self.notes.push(Note::LinksLeftOut);
        }
        for relation in found {
            let Some(target) = resolve(folder, &relation.target).filter(|target| self.parts.has(target)) else {
                continue;
            };
            let Some(new) = self.follow(&relation, &target, depth)? else { continue };
            let id = format!("r{}", kept.len() + 1);
            rels.push_str(&format!(
                "<Relationship Id=\"{id}\" Type=\"{OFFICE}{}\" Target=\"/{}\"/>",
                escaped(&relation.kind),
                escaped(&new)
            ));
            kept.insert(relation.id, id);
        }
        Ok((kept, rels))
    }

    /// Brings what a relationship leads to along, if its type is allowed; answers its new name.
    fn follow(&mut self, relation: &Relation, target: &str, depth: usize) -> Outcome<Option<String>> {
        if let Some(done) = self.done.get(target) {
            return Ok(done.clone());
        }
        if relation.kind == "image" {
            let new = self.picture(target)?;
            self.done.insert(target.to_owned(), new.clone());
            return Ok(new);
        }
        let comments = (self.kind == Kind::Word).then_some(&COMMENTS);
        let Some((kind, media)) = FOLLOWED.iter().chain(comments).find(|(kind, _)| *kind == relation.kind) else {
            if matches!(
                relation.kind.as_str(),
                "package" | "oleObject" | "aFChunk" | "subDocument" | "comments" | "vbaProject"
            ) {
                self.notes.push(Note::ObjectsLeftOut);
            }
            return Ok(None);
        };
        let family = match self.kind {
            Kind::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml",
            _ => "application/vnd.openxmlformats-officedocument.spreadsheetml",
        };
        let new = match *kind {
            // Where readers that do not follow the list of parts look for them.
            "worksheet" => format!("xl/worksheets/sheet{}.xml", self.sheets + 1),
            "sharedStrings" if !self.done.values().flatten().any(|new| new == STRINGS) => STRINGS.to_owned(),
            kind => format!("{}/{kind}{}.xml", self.folder(), self.written.len() + 1),
        };
        self.sheets += usize::from(*kind == "worksheet");
        self.part(target, new.clone(), media.replace("{}", family), depth + 1)?;
        Ok(Some(new))
    }

    /// An embedded picture, built anew by the rules for pictures.
    fn picture(&mut self, target: &str) -> Outcome<Option<String>> {
        let bytes = self.parts.read(target)?;
        let Some((bytes, kind)) = rebuilt_picture(&bytes, self.notes) else { return Ok(None) };
        let new = format!("{}/media/image{}.{}", self.folder(), self.written.len() + 1, kind.extension());
        self.out.store(&new, &bytes)?;
        self.written.push(Written { name: new.clone(), media: kind.media_type().to_owned() });
        Ok(Some(new))
    }

    fn finish(mut self, first: &str) -> Outcome<Vec<u8>> {
        let mut types = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"{PACKAGE}content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        );
        for part in &self.written {
            types.push_str(&format!("<Override PartName=\"/{}\" ContentType=\"{}\"/>", part.name, part.media));
        }
        types.push_str("</Types>");
        self.out.add("[Content_Types].xml", types.as_bytes())?;
        let rels = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{PACKAGE}relationships\"><Relationship Id=\"r1\" Type=\"{OFFICE}officeDocument\" Target=\"{first}\"/></Relationships>"
        );
        self.out.add("_rels/.rels", rels.as_bytes())?;
        self.out.finish()
    }
}

/// A picture inside a document, built anew if that is possible; otherwise it is told and stays out.
pub(super) fn rebuilt_picture(bytes: &[u8], notes: &mut Vec<Note>) -> Option<(Vec<u8>, Kind)> {
    let pictures = [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::WebP, Kind::Tiff];
    let kind = match bytes {
        // An archive in the place of a picture is not looked into.
        [b'P', b'K', ..] => None,
        _ => Kind::of(bytes).ok().filter(|kind| pictures.contains(kind)),
    };
    let rebuilt = kind.and_then(|kind| Some((crate::fence(|| crate::rebuild(bytes, kind, notes)).ok()?, kind)));
    if rebuilt.is_none() {
        notes.push(Note::PicturesLeftOut);
    }
    rebuilt
}

/// The relationships of a list that lead inside, and whether others lead outside.
fn relations(bytes: &[u8]) -> Outcome<(Vec<Relation>, bool)> {
    let text = xml::decoded(bytes)?;
    let mut reader = Reader::from_str(&text);
    let (mut found, mut outside) = (Vec::new(), false);
    loop {
        let (Event::Start(start) | Event::Empty(start)) = (match reader.read_event().map_err(|_| Refused::Broken)? {
            Event::Eof => return Ok((found, outside)),
            event @ (Event::Start(_) | Event::Empty(_)) => event,
            _ => continue,
        }) else {
            continue;
        };
        if start.local_name().as_ref() != "Relationship" {
            continue;
        }
        if found.len() >= limits::MAX_PARTS {
            return Err(Refused::TooComplex);
        }
        let value = |name: &str| {
            let attribute = start.try_get_attribute(name).ok().flatten()?;
            Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
        };
        if value("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external")) {
            outside = true;
            continue;
        }
        let (Some(id), Some(kind), Some(target)) = (value("Id"), value("Type"), value("Target")) else { continue };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        found.push(Relation { id, kind, target });
    }
}

/// A target within the archive, seen from a folder; none if it leads out of it.
fn resolve(folder: &str, target: &str) -> Option<String> {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    Some(path.join("/"))
}
