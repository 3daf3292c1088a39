//! Hostile files, read by a real child process: this test binary, asked for one test.

use std::fmt::Write as _;

use super::*;

/// Not a test: what the child runs.
#[test]
#[ignore = "run by the other tests as their reader"]
fn reader() {
    answer();
    std::process::exit(0);
}

fn program(longest: Duration) -> Program {
    let name = "extract::contained::tests::reader";
    let arguments = ["--exact", name, "--ignored", "--nocapture", "--test-threads=1"].map(OsString::from).to_vec();
    Program { path: env::current_exe().unwrap(), arguments, longest }
}

async fn read(bytes: &[u8], name: &str) -> Result<Extracted, Unreadable> {
    program(Duration::from_secs(20)).read(bytes, name, "").await.unwrap()
}

/// A PDF of these objects, numbered from 1; the first is the catalogue.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let (table, count) = (out.len(), objects.len() + 1);
    let _ = write!(out, "xref\n0 {count}\n0000000000 65535 f \n");
    for place in places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(out, "trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    out.into_bytes()
}

fn stream(dictionary: &str, content: &str) -> String {
    format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// One page with this content, drawn with a font and a form XObject `Fm` (object 6).
fn page(content: &str, form: &str) -> Vec<u8> {
    pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>".into(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R
            /Resources << /Font << /F1 5 0 R >> /XObject << /Fm 6 0 R >> >> >>"
            .into(),
        stream("", content),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".into(),
        stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fm 6 0 R >> /Font << /F1 5 0 R >> >>",
            form,
        ),
    ])
}

const WORDS: &str = "BT /F1 12 Tf 72 700 Td (We never signed it.) Tj ET";

#[tokio::test]
async fn a_child_reads_what_can_be_read() {
    let text = read(&page(WORDS, ""), "filing.pdf").await.unwrap();
    assert_eq!((text.media_type.as_str(), text.text.trim()), ("application/pdf", "We never signed it."));
    let text = read("Grüße".as_bytes(), "a.txt").await.unwrap();
    assert_eq!((text.media_type.as_str(), text.text.as_str()), ("text/plain", "Grüße"));
    let text = program(LONGEST).read(b"\xe3\xe5\xe9\xe1", "a.txt", "text/plain; charset=iso-8859-7").await.unwrap();
    assert_eq!(text.unwrap().text, "γεια", "the declared type reaches the child");
}

#[tokio::test]
async fn a_child_says_why_it_cannot_read() {
    assert_eq!(read(b"\x7fELF\x02\x01\0", "a").await.unwrap_err(), Unreadable::Unknown);
    assert_eq!(read(b"%PDF-1.7 and then nothing", "a.pdf").await.unwrap_err(), Unreadable::Broken);
    assert_eq!(read(&page("", ""), "pictures.pdf").await.unwrap_err(), Unreadable::NoText);
    assert_eq!(read(b"a\0b", "a.txt").await.unwrap_err(), Unreadable::Unknown);
}

#[tokio::test]
async fn a_locked_pdf_is_said_to_be_locked() {
    let locked = include_bytes!("locked.pdf");
    assert_eq!(read(locked, "a.pdf").await.unwrap_err(), Unreadable::Encrypted);
}

#[tokio::test]
async fn hostile_pdfs_end_the_child_and_nothing_else() {
    let twice = "/Fm Do /Fm Do";
    let circle = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>".into(),
        "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>".into(),
    ]);
    let deep = |depth: usize| page(&format!("{} {WORDS}", "[".repeat(depth)), "");
    let loops = String::from_utf8(page(WORDS, "")).unwrap().replace("/Root 1 0 R", "/Root 1 0 R /Prev 0");
    let kids = "2 0 R ".repeat(200_000);
    let wide = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>".into(),
        format!("<< /Type /Pages /Kids [{kids}] /Count 99999999 >>"),
    ]);
    let length = String::from_utf8(page(WORDS, "")).unwrap().replace("/Length 50", "/Length 99999999999");
    for (what, file) in [
        ("a form that draws itself", page("/Fm Do", "/Fm Do")),
        ("a form that draws itself twice", page(twice, twice)),
        ("pages that hold themselves", circle),
        ("many pages that hold themselves", wide),
        ("brackets without end", deep(3_000_000)),
        ("a table before itself", loops.into_bytes()),
        ("a length beyond the file", length.into_bytes()),
        ("dictionaries without end", [b"%PDF-1.4\n".as_slice(), &b"<</A".repeat(1_000_000)].concat()),
    ] {
        let outcome = program(Duration::from_secs(5)).read(&file, "a.pdf", "").await.unwrap();
        assert!(outcome.is_err(), "{what}: {:?}", outcome.map(|read| read.text.len()));
    }
}

#[tokio::test]
async fn a_damaged_pdf_is_read_or_refused() {
    let whole = page(WORDS, "BT /F1 12 Tf (More.) Tj ET");
    for step in 0..24 {
        let cut = whole.len() * (step + 1) / 25;
        let _ = read(whole.get(..cut).unwrap(), "a.pdf").await;
        let mut changed = whole.clone();
        if let Some(byte) = changed.get_mut(cut) {
            *byte ^= 0x15;
        }
        let _ = read(&changed, "a.pdf").await;
    }
}

#[tokio::test]
async fn a_reader_that_does_not_end_is_ended() {
    let asleep =
        Program { path: "/bin/sleep".into(), arguments: vec!["60".into()], longest: Duration::from_millis(300) };
    // More than a pipe holds: nobody reads it, and the parent does not wait for that either.
    let outcome = asleep.read(&vec![b'a'; 1 << 20], "a.txt", "").await.unwrap();
    assert_eq!(outcome.unwrap_err(), Unreadable::TooHard);
}

#[tokio::test]
async fn a_reader_that_cannot_be_begun_is_the_newsroom_s_trouble_not_the_file_s() {
    let nobody = Program { path: "/nowhere/onrecord".into(), arguments: vec![], longest: LONGEST };
    assert!(matches!(nobody.read(b"a", "a.txt", "").await, Err(Error::Unavailable(_))));
}
