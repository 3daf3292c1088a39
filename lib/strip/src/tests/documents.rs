use super::{MARKER, all_in, copied, holds, made};
use crate::{Kind, Note, Preview, Refused, preview, publication_copy};

const RELS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn rels(list: &[(&str, &str, &str)]) -> String {
    let each = list.iter().map(|(id, kind, target)| {
        let outside = if target.contains("://") { " TargetMode=\"External\"" } else { "" };
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"{outside}/>")
    });
    format!("<Relationships xmlns=\"{RELS}\">{}</Relationships>", each.collect::<String>())
}

const BODY: &str = r#"<?xml version="1.0"?><!-- Ana-Kowalska-7f3a --><?tool Ana-Kowalska-7f3a?><w:document
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
    xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
    xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"><w:body>
    <w:p w:rsidR="00AA11BB" w14:paraId="12AB"><w:r><w:t>The filing &amp; more</w:t></w:r>
    <w:ins w:id="1" w:author="Ana-Kowalska-7f3a" w:date="2026-01-02T03:04:05Z"><w:r><w:t>added</w:t></w:r></w:ins>
    <w:hyperlink r:id="rLink"><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:drawing><a:blip r:embed="rPic"/></w:drawing></w:r>
    <w:r><w:object><w:control r:id="rOle"/></w:object></w:r><w14:secret>Ana-Kowalska-7f3a</w14:secret>
    <mc:AlternateContent><mc:Choice Requires="w14"><w:r><w:t>new</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>old</w:t></w:r>
    </mc:Fallback></mc:AlternateContent></w:p></w:body></w:document>"#;

pub(crate) fn word() -> Vec<u8> {
    let settings = r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:rsids><w:rsid w:val="00AA11BB"/>
        </w:rsids><w:docVars><w:docVar w:name="by" w:val="Ana-Kowalska-7f3a"/></w:docVars><w:evenAndOddHeaders/></w:settings>"#;
    let links = rels(&[
        ("rLink", "hyperlink", "https://tracker.example/Ana-Kowalska-7f3a"),
        ("rPic", "image", "media/Ana-Kowalska-7f3a.jpg"),
        ("rSet", "settings", "settings.xml"),
        ("rOle", "oleObject", "embeddings/object.bin"),
        ("rXml", "customXml", "../customXml/item1.xml"),
        ("rUp", "image", "../../../etc/passwd"),
    ]);
    made::archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", rels(&[("r1", "officeDocument", "word/document.xml")]).as_bytes()),
        ("docProps/core.xml", MARKER.as_bytes()),
        ("docProps/thumbnail.jpeg", &made::jpeg()),
        ("customXml/item1.xml", MARKER.as_bytes()),
        ("word/document.xml", BODY.as_bytes()),
        ("word/settings.xml", settings.as_bytes()),
        ("word/_rels/document.xml.rels", links.as_bytes()),
        ("word/media/Ana-Kowalska-7f3a.jpg", &made::jpeg()),
        ("word/embeddings/object.bin", MARKER.as_bytes()),
    ])
}

pub(crate) fn sheet() -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{OFFICE}\"><fileSharing userName=\"{MARKER}\"/><sheets><sheet name=\"Costs\" sheetId=\"1\" r:id=\"rA\"/></sheets></workbook>"
    );
    let cells = format!(
        "<worksheet xmlns=\"{main}\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>12</v></c></row></sheetData></worksheet>"
    );
    let strings = format!("<sst xmlns=\"{main}\"><si><t>Rent</t></si></sst>");
    made::archive(&[
        ("_rels/.rels", rels(&[("r1", "officeDocument", "xl/workbook.xml")]).as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            rels(&[("rA", "worksheet", "worksheets/sheet1.xml"), ("rB", "sharedStrings", "sharedStrings.xml")])
                .as_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", cells.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("docProps/app.xml", MARKER.as_bytes()),
    ])
}

pub(crate) fn open() -> Vec<u8> {
    let body = r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
        xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:officeooo="http://openoffice.org/2009/office"><office:body><office:text>
        <office:annotation><dc:creator>Ana-Kowalska-7f3a</dc:creator><dc:date>2026-01-02T03:04:05</dc:date><text:p>Check this.</text:p>
        </office:annotation><text:p officeooo:rsid="Ana-Kowalska-7f3a">Minutes <text:a xlink:href="https://x.example/Ana-Kowalska-7f3a">of
        May</text:a></text:p><text:p><text:author-name>Ana-Kowalska-7f3a</text:author-name></text:p>
        <draw:frame draw:name="Ana-Kowalska-7f3a"><draw:image xlink:href="Pictures/Ana-Kowalska-7f3a.png"/></draw:frame>
        </office:text></office:body></office:document-content>"#;
    made::archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", body.as_bytes()),
        ("meta.xml", MARKER.as_bytes()),
        ("Pictures/Ana-Kowalska-7f3a.png", &made::png()),
        ("Thumbnails/thumbnail.png", &made::png()),
    ])
}

fn words(copy: &[u8]) -> String {
    match preview(copy) {
        Preview::Text(text, false) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_words_stay_and_the_names_go() {
    let copy = copied(&word());
    assert_eq!(copy.kind, Kind::Word);
    let all = String::from_utf8_lossy(&all_in(&copy)).into_owned();
    assert!(
        all.contains("The filing &amp; more") && all.contains("added") && all.contains("old") && !all.contains("new<")
    );
    assert!(
        all.contains("w:author=\"\"") && !all.contains("w:date") && !all.contains("rsid") && !all.contains("docProps")
    );
    assert!(all.contains("word/media/image") && all.contains("evenAndOddHeaders") && !all.contains("passwd"));
    for note in [Note::LinksLeftOut, Note::ObjectsLeftOut, Note::CommentsKept] {
        assert!(copy.notes.contains(&note), "{note:?} of {:?}", copy.notes);
    }
    assert!(words(&copy.bytes).starts_with("The filing & more"));
}

#[test]
fn a_sheet_keeps_its_rows() {
    assert_eq!(words(&sheet()), "Rent\t12");
    assert_eq!(words(&copied(&sheet()).bytes), "Rent\t12");
    let all = String::from_utf8_lossy(&all_in(&copied(&sheet()))).into_owned();
    assert!(all.contains("<x:v>12</x:v>") && all.contains("<x:t>Rent</x:t>"));
}

#[test]
fn an_open_document_keeps_its_comment_without_its_author() {
    let copy = copied(&open());
    let all = String::from_utf8_lossy(&all_in(&copy)).into_owned();
    assert!(all.contains("Check this.") && all.contains("<dc:creator></dc:creator>") && !all.contains("2026-01"));
    assert!(all.contains("Pictures/1.png") && words(&copy.bytes).contains("Minutes of"));
    assert!(copy.bytes[30..].starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text"));
}

#[test]
fn entities_bombs_and_depth_are_refused_or_do_nothing() {
    let with = |body: &str| {
        made::archive(&[
            ("_rels/.rels", rels(&[("r1", "officeDocument", "word/document.xml")]).as_bytes()),
            ("word/document.xml", body.as_bytes()),
        ])
    };
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let laughs = format!(
        "<!DOCTYPE s [<!ENTITY a \"hoho\"><!ENTITY b \"&a;&a;\">]><w:document xmlns:w=\"{main}\">&b;.</w:document>"
    );
    let copy = copied(&with(&laughs));
    assert!(!holds(&all_in(&copy), b"hoho") && !holds(&all_in(&copy), b"ENTITY"));
    let deep =
        format!("<w:document xmlns:w=\"{main}\">{}{}</w:document>", "<w:p>".repeat(1_000), "</w:p>".repeat(1_000));
    assert_eq!(publication_copy(&with(&deep)), Err(Refused::TooComplex));
    let many: Vec<String> = (0..5_000).map(|number| format!("word/{number}.xml")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(publication_copy(&made::archive(&many)), Err(Refused::TooComplex));
}
