use super::{MARKER, all_in, copied, holds, made};
use crate::{Note, Preview, Refused, preview, publication_copy};

/// A file of numbered objects, the first of which is the catalog.
pub(crate) fn file(objects: &[&[u8]], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n", at + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let begin = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    places.iter().for_each(|place| out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes()));
    let size = objects.len() + 1;
    out.extend_from_slice(
        format!("trailer << /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{begin}\n%%EOF\n").as_bytes(),
    );
    out
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    [format!("<< {dict} /Length {} >>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

/// A page with text, a picture, an annotation and a layer that is off; scripts, attachments and names all around.
pub(crate) fn full() -> Vec<u8> {
    let content = format!(
        "% {MARKER}\n/Span << /ActualText ({MARKER}) >> BDC BT /F1 12 Tf 20 50 Td (The filing) Tj ET EMC q 9 0 0 9 0 0 cm /Im Do Q\n\
         /OC /Off BDC BT /F1 12 Tf 20 20 Td (Secret) Tj ET EMC BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q Q"
    );
    let objects: Vec<Vec<u8>> = vec![
        format!(
            "<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R /OpenAction << /S /JavaScript /JS (app.alert('{MARKER}')) >> \
             /Names << /EmbeddedFiles << /Names [(a) << /EF << /F 7 0 R >> >>] >> >> /OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >> >>"
        )
        .into_bytes(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 100] >>".to_vec(),
        format!(
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Annots [8 0 R] /PieceInfo << /X ({MARKER}) >> /LastModified (D:2026) \
             /AA << /O << /S /Launch /F ({MARKER}) >> >> /Resources << /Font << /F1 5 0 R >> /XObject << /Im 11 0 R >> \
             /Properties << /Off 10 0 R >> >> >>"
        )
        .into_bytes(),
        stream("", content.as_bytes()),
        format!("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Private ({MARKER}) >>").into_bytes(),
        stream("/Type /Metadata /Subtype /XML", MARKER.as_bytes()),
        stream("/Type /EmbeddedFile", MARKER.as_bytes()),
        format!("<< /Subtype /Stamp /Rect [10 10 30 30] /T ({MARKER}) /M (D:2026) /Contents ({MARKER}) /AP << /N 9 0 R >> >>")
            .into_bytes(),
        stream("/Subtype /Form /BBox [0 0 10 10]", b"0 0 10 10 re f"),
        format!("<< /Type /OCG /Name ({MARKER}) >>").into_bytes(),
        stream("/Subtype /Image /Width 6 /Height 4 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", &made::jpeg()),
    ];
    let borrowed: Vec<&[u8]> = objects.iter().map(Vec::as_slice).collect();
    let mut out = file(&borrowed, "/Info << /Author (x) >>");
    // An earlier revision's word, and something behind the end.
    out.extend_from_slice(MARKER.as_bytes());
    out
}

#[test]
fn the_page_is_drawn_as_before_without_what_stood_around_it() {
    let copy = copied(&full());
    let all = String::from_utf8_lossy(&all_in(&copy)).into_owned();
    // Text is written in hexadecimal digits.
    let digits = |text: &str| text.bytes().map(|byte| format!("{byte:02X}")).collect::<String>();
    assert!(all.contains(&digits("The filing")) && all.contains("/Helvetica") && all.contains("/DCTDecode"));
    assert!(all.contains("10 10 re") || all.contains("0 0 10 10 re"), "the stamp is drawn");
    for gone in
        ["JavaScript", "Launch", "EmbeddedFile", "Metadata", "/Info", "/Annots", "PieceInfo", "OCProperties", "BDC"]
    {
        assert!(!all.contains(gone), "{gone}");
    }
    assert!(!all.contains(&digits("Secret")), "a layer that is off does not come along");
    assert!(copy.notes.contains(&Note::AnnotationsDrawn));
    assert!(copy.bytes.ends_with(b"%%EOF") || copy.bytes.ends_with(b"%%EOF\n"));
}

#[test]
fn pages_are_shown_as_pictures_with_their_words() {
    let Preview::Pictures(pages, 1) = preview(&full()) else { panic!("no pictures") };
    assert_eq!(pages[0].text, "The filing");
    assert!(pages[0].jpeg.starts_with(&[0xff, 0xd8, 0xff]) && pages[0].width == 400 && pages[0].height == 200);
}

#[test]
fn locked_and_broken_ones_are_refused() {
    let page: [&[u8]; 3] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R >>",
    ];
    copied(&file(&page, ""));
    let lock = "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <0000000000000000000000000000000000000000000000000000000000000000> /U <0000000000000000000000000000000000000000000000000000000000000000> >>";
    assert_eq!(publication_copy(&file(&page, lock)), Err(Refused::Encrypted));
    assert_eq!(publication_copy(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj"), Err(Refused::Broken));
}

#[test]
fn objects_that_name_each_other_end() {
    let circle: [&[u8]; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 9 9] >>",
        b"<< /Type /Page /Parent 2 0 R /Resources << /Font << /A 4 0 R >> /ColorSpace << /C 5 0 R >> >> >>",
        b"<< /Type /Font /DescendantFonts [4 0 R] /Widths 5 0 R >>",
        b"[5 0 R 5 0 R 5 0 R]",
    ];
    assert_eq!(publication_copy(&file(&circle, "")), Err(Refused::TooComplex));
}

#[test]
fn a_stream_in_a_stream_of_objects_is_a_bomb() {
    let once = flate(&vec![0; 1 << 20]);
    let twice = flate(&once);
    let bomb = stream("/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]", &twice);
    let objects: [&[u8]; 2] = [b"<< /Type /Catalog /Pages 9 0 R >>", &bomb];
    assert_eq!(publication_copy(&file(&objects, "")), Err(Refused::UnpacksTooLarge));
    assert!(!holds(&bomb, b"\0\0\0\0\0\0\0\0"));
}

#[test]
fn a_filter_that_nobody_knows_is_no_way_to_pack_twice() {
    let font = stream("/Filter /Fl1teDecode", &flate(&[b'#'; 4096]));
    let objects: [&[u8]; 6] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 9 9] >>",
        b"<< /Type /Page /Parent 2 0 R /Resources << /Font << /A 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /TrueType /BaseFont /A#20B /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /A#20B /FontFile2 6 0 R >>",
        &font,
    ];
    // Readers show the page without the font; packed once more it would look like a bomb to the next who copies the copy.
    let copy = publication_copy(&file(&objects, "")).expect("a copy without it");
    assert_eq!(publication_copy(&copy.bytes).map(|again| again.kind), Ok(copy.kind));
}

pub(crate) fn flate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, data).expect("writes");
    encoder.finish().expect("finishes")
}

/// A page whose content unpacks to that many bytes.
pub(crate) fn bomb(bytes: usize) -> Vec<u8> {
    let content = stream("/Filter /FlateDecode", &flate(&vec![b' '; bytes]));
    let objects: [&[u8]; 4] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 9 9] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
        &content,
    ];
    file(&objects, "")
}

#[test]
fn words_that_stand_apart_without_a_space_are_read_apart() {
    // As TeX writes: kerning within a word, glue between words, no space anywhere.
    let content =
        b"BT /F1 12 Tf 20 50 Td [(T)83(he)-333(har)-18(b)27(our)-250(w)10(all)]TJ 0 -14 Td [(leans)-333(.)]TJ ET";
    let objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 100] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_vec(),
        stream("", content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ];
    let borrowed: Vec<&[u8]> = objects.iter().map(Vec::as_slice).collect();
    let Preview::Pictures(pages, 1) = preview(&file(&borrowed, "")) else { panic!("no picture of the page") };
    assert_eq!(pages[0].text, "The harbour wall\nleans .");
}
