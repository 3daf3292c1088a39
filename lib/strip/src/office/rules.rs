//! What is allowed in the parts of Office Open XML.

use std::collections::HashMap;

use super::xml::{Attribute, Namespace, Rules, Verdict};
use crate::{Note, Outcome};

/// The namespaces of what is seen. Extensions of later versions come with a fallback in these; without one they stay out.
pub(super) const NAMESPACES: &[Namespace] = &[
    ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("x", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("c", "http://schemas.openxmlformats.org/drawingml/2006/chart"),
    ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xdr", "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"),
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("w10", "urn:schemas-microsoft-com:office:word"),
];

/// Elements that hold what nobody sees on the page, or what leads elsewhere.
const DROPPED: &[&str] = &[
    // Extensions and identities of revisions.
    "extLst",
    "rsids",
    "rsid",
    "nsid",
    "tmpl",
    "proofErr",
    "permStart",
    "permEnd",
    "lastRenderedPageBreak",
    // Bound data, mail merge, templates, protection, embedded programs and documents.
    "dataBinding",
    "docPartObj",
    "attachedTemplate",
    "mailMerge",
    "docVars",
    "documentProtection",
    "writeProtection",
    "altChunk",
    "subDoc",
    "object",
    "OLEObject",
    "control",
    "oleObjects",
    "controls",
    "externalData",
    "externalReferences",
    "pivotCaches",
    "legacyDrawing",
    "legacyDrawingHF",
    "fileSharing",
    "fileVersion",
    "fileRecoveryPr",
    "customSheetViews",
    "customWorkbookViews",
    "scenarios",
    "webPublishItems",
    "webPublishing",
    "webPublishObjects",
    "smartTags",
    "smartTagPr",
    "smartTagTypes",
    "userShapes",
    "printSettings",
    "revisionPtr",
    "absPath",
    "customProperties",
    "dataConsolidate",
    // Actions of pictures and the sound of links.
    "hlinkMouseOver",
    "snd",
    "videoFile",
    "audioFile",
    "quickTimeFile",
    "wavAudioFile",
];

/// What stays of a document's settings.
const SETTINGS: &[&str] = &[
    "settings",
    "evenAndOddHeaders",
    "mirrorMargins",
    "defaultTabStop",
    "compat",
    "compatSetting",
    "characterSpacingControl",
    "autoHyphenation",
    "hyphenationZone",
    "footnotePr",
    "endnotePr",
    "footnote",
    "endnote",
    "gutterAtTop",
    "themeFontLang",
    "clrSchemeMapping",
    "decimalSymbol",
    "listSeparator",
    "displayBackgroundShape",
];

/// Elements without meaning once what they point to is gone; of others only the pointer goes.
const POINTERS: &[&str] = &[
    "headerReference",
    "footerReference",
    "drawing",
    "tablePart",
    "sheet",
    "embedRegular",
    "embedBold",
    "embedItalic",
    "embedBoldItalic",
    "hlinkClick",
    "hlinkHover",
    "chart",
    "imagedata",
    "fill",
    "picture",
    "hyperlink.x",
    "contentPart",
];

/// The rules for one part.
pub(super) struct Open<'a> {
    /// The names of its relationships that came along, old to new.
    pub(super) kept: &'a HashMap<String, String>,
    /// Whether this part is a document's settings.
    pub(super) settings: bool,
    pub(super) notes: &'a mut Vec<Note>,
}

impl Open<'_> {
    fn dangles(&self, attribute: &Attribute<'_>) -> bool {
        attribute.prefix == "r" && !self.kept.contains_key(attribute.value)
    }
}

impl Rules for Open<'_> {
    fn namespaces(&self) -> &'static [Namespace] {
        NAMESPACES
    }

    fn element(&mut self, prefix: &str, name: &str, attributes: &[Attribute<'_>]) -> Outcome<Verdict> {
        if prefix == "mc" {
            return Ok(if matches!(name, "AlternateContent" | "Fallback") { Verdict::Unwrap } else { Verdict::Drop });
        }
        if self.settings {
            return Ok(if prefix == "w" && SETTINGS.contains(&name) { Verdict::Keep } else { Verdict::Drop });
        }
        if DROPPED.contains(&name) {
            if matches!(name, "object" | "OLEObject" | "oleObjects" | "control" | "controls" | "altChunk" | "subDoc") {
                self.notes.push(Note::ObjectsLeftOut);
            }
            return Ok(Verdict::Drop);
        }
        if matches!(name, "ins" | "del" | "moveFrom" | "moveTo" | "comment") && prefix == "w" {
            self.notes.push(Note::CommentsKept);
        }
        let dangles = attributes.iter().any(|attribute| self.dangles(attribute));
        if dangles && matches!(name, "hyperlink" | "hlinkClick" | "hlinkHover") {
            self.notes.push(Note::LinksLeftOut);
        }
        // A spreadsheet's link has no words of its own.
        let pointer = POINTERS.contains(&name) || (prefix == "x" && name == "hyperlink");
        Ok(if dangles && pointer { Verdict::Drop } else { Verdict::Keep })
    }

    fn attribute(&mut self, prefix: &str, element: &str, attribute: &Attribute<'_>) -> Option<String> {
        let Attribute { prefix: space, name, value } = attribute;
        match (*space, *name) {
            ("r", _) => self.kept.get(*value).cloned(),
            ("xml", "space") => Some((*value).to_owned()),
            ("xml" | "mc", _) => None,
            // Who and when: the schema wants the first, not the second.
            ("w", "author" | "initials") => Some(String::new()),
            ("w", "date" | "displacedByCustomXml" | "ed" | "edGrp" | "fullDate") => None,
            ("w", name) if name.starts_with("rsid") => None,
            ("o", "spid" | "spt" | "connecttype" | "connectortype" | "hralign" | "hr" | "hrstd") => {
                Some((*value).to_owned())
            }
            ("o", _) => None,
            // Names that programs and people give to pictures: files, cameras, folders.
            ("", "name") if matches!(element, "docPr" | "cNvPr") => Some(String::new()),
            ("", "descr" | "title") if matches!(element, "docPr" | "cNvPr") => None,
            ("", "href" | "alt" | "title" | "src" | "id" | "target" | "gfxdata") if prefix == "v" => None,
            ("", "codeName" | "userName" | "user" | "refreshedBy" | "createdBy" | "modifiedBy" | "tooltip") => None,
            ("w", "tooltip" | "tgtFrame" | "docLocation") => None,
            _ => Some((*value).to_owned()),
        }
    }
}
