//! The text of a source: what the words of a quotation are compared with.
//!
//! Each format has its reader; which one is used is decided by the bytes first and the name second, since both the name
//! and the declared type come from outside. Nothing here panics on any bytes, and a text is never guessed: what cannot
//! be read is refused with a reason.

pub mod contained;

mod mail;
mod office;
mod pdf;
mod transcript;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The largest file taken as a source: a long court filing with pictures is about half of it.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;
/// The longest text kept: about 500 hours of transcript.
pub const MAX_TEXT: usize = 20 * 1024 * 1024;

/// The text of a source, and what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extracted {
    /// Media type by content.
    pub media_type: String,
    /// What it calls itself: a page's title, a mail's subject; often empty.
    pub title: String,
    /// The text, paragraphs parted by empty lines.
    pub text: String,
}

/// Why there is no text. Each has a message `record-extract-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// No bytes at all.
    Empty,
    /// More than [`MAX_BYTES`], or a text of more than [`MAX_TEXT`].
    TooLarge,
    /// A PDF that asks for a password.
    Encrypted,
    /// A broken file of a known format.
    Broken,
    /// A PDF of pictures, a mail without a text: readable, but nothing to compare with.
    NoText,
    /// A format without a reader.
    Unknown,
    /// Reading took more time or memory than a file is worth, or ended the reader.
    TooHard,
}

impl Unreadable {
    /// All reasons.
    pub const ALL: [Unreadable; 7] = [
        Unreadable::Empty,
        Unreadable::TooLarge,
        Unreadable::Encrypted,
        Unreadable::Broken,
        Unreadable::NoText,
        Unreadable::Unknown,
        Unreadable::TooHard,
    ];

    /// The key of the sentence for people.
    pub fn message(self) -> &'static str {
        match self {
            Unreadable::Empty => "record-extract-empty",
            Unreadable::TooLarge => "record-extract-too-large",
            Unreadable::Encrypted => "record-extract-encrypted",
            Unreadable::Broken => "record-extract-broken",
            Unreadable::NoText => "record-extract-no-text",
            Unreadable::Unknown => "record-extract-unknown",
            Unreadable::TooHard => "record-extract-too-hard",
        }
    }
}

/// Reads the text of a file. `declared` is the `Content-Type` it came with, if any: its charset is believed when the
/// bytes are not UTF-8.
///
/// # Errors
/// With the reason why there is no text.
pub fn extract(bytes: &[u8], file_name: &str, declared: &str) -> Result<Extracted, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let head = bytes.get(..1024).unwrap_or(bytes);
    let mut title = String::new();
    let (media_type, text) = if head.windows(5).any(|w| w == b"%PDF-") {
        ("application/pdf", pdf::text(bytes)?)
    } else if head.starts_with(b"PK\x03\x04") {
        let read = office::read(bytes)?;
        title = read.title;
        (read.media_type, read.text)
    } else if is_binary(head) {
        return Err(Unreadable::Unknown);
    } else {
        let text = decode(bytes, declared);
        let is_page = matches!(ending.as_str(), "htm" | "html" | "xhtml");
        match ending.as_str() {
            "eml" => {
                let mail = mail::read(bytes)?;
                title = mail.subject;
                ("message/rfc822", mail.text)
            }
            "vtt" => ("text/vtt", transcript::text(&text)),
            "srt" => ("application/x-subrip", transcript::text(&text)),
            _ if text.trim_start().starts_with("WEBVTT") => ("text/vtt", transcript::text(&text)),
            _ if is_page || declared.contains("html") || looks_like_html(&text) => {
                title = html_title(&text);
                ("text/html", html(&text))
            }
            _ => ("text/plain", text),
        }
    };
    if text.len() > MAX_TEXT {
        return Err(Unreadable::TooLarge);
    }
    if text.chars().all(|c| c.is_whitespace() || c.is_control()) {
        return Err(Unreadable::NoText);
    }
    // No database keeps NULs in a text.
    Ok(Extracted { media_type: media_type.into(), title: line(&title), text: text.replace('\0', "") })
}

fn html(text: &str) -> String {
    onrecord_prose::Document::from_html(text).document.plain_text()
}

/// What stands in a page's `title`.
fn html_title(text: &str) -> String {
    // Letters outside ASCII keep their length, so that places found in the copy hold in the text.
    let lower = text.to_ascii_lowercase();
    let found = || {
        let open = lower.find("<title")?;
        let start = open + lower.get(open..)?.find('>')? + 1;
        let end = start + lower.get(start..)?.find("</title")?;
        text.get(start..end)
    };
    html(found().unwrap_or_default())
}

/// On one line, without what no database or header keeps.
fn line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn looks_like_html(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(256).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.starts_with("<head")
        || start.starts_with("<body")
}

/// NUL and most control characters do not occur in text of any encoding but UTF-16, which begins with its mark.
fn is_binary(head: &[u8]) -> bool {
    let marked = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    !marked && head.iter().any(|b| matches!(b, 0..=8 | 14..=26 | 28..=31))
}

/// By byte order mark, then UTF-8 if it is valid, then the charset it was declared with or declares itself, then
/// Windows-1252 as browsers do.
fn decode(bytes: &[u8], declared: &str) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let head = String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes));
    let named = [declared, &head].into_iter().find_map(charset);
    let encoding = named.filter(|encoding| *encoding != UTF_8).unwrap_or(WINDOWS_1252);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The encoding named after `charset=` in a `Content-Type` or in a page's own `meta`.
fn charset(text: &str) -> Option<&'static Encoding> {
    let text = text.to_ascii_lowercase();
    let (_, after) = text.split_once("charset")?;
    let label = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(label.len());
    Encoding::for_label(label.get(..end)?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], name: &str) -> Result<String, Unreadable> {
        extract(bytes, name, "").map(|e| e.text)
    }

    #[test]
    fn plain_text_is_read_in_whatever_encoding_it_came() {
        assert_eq!(text("Grüße".as_bytes(), "a.txt").unwrap(), "Grüße");
        assert_eq!(text(b"Gr\xfc\xdfe", "a.txt").unwrap(), "Grüße");
        assert_eq!(text(b"\xff\xfeG\0r\0", "a.txt").unwrap(), "Gr");
        let greek = extract(b"\xe3\xe5\xe9\xe1", "a.txt", "text/plain; charset=iso-8859-7").unwrap();
        assert_eq!(greek.text, "γεια");
        let page = b"<html><head><meta charset='windows-1251'></head><body><p>\xcf\xf0\xe8\xe2\xe5\xf2</p>";
        assert!(extract(page, "", "text/html").unwrap().text.contains("Привет"));
    }

    #[test]
    fn a_page_gives_its_words_and_not_its_markup() {
        let page =
            text(b"<!doctype html><title>x</title><p>She said <b>no</b>.<script>alert(1)</script>", "page").unwrap();
        assert!(page.contains("She said no."), "{page}");
        assert!(!page.contains("alert"), "{page}");
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_reason() {
        assert_eq!(text(b"", "a.txt"), Err(Unreadable::Empty));
        assert_eq!(text(b" \n ", "a.txt"), Err(Unreadable::NoText));
        assert_eq!(text(b"\x7fELF\x02\x01\x01\0\0", "a.txt"), Err(Unreadable::Unknown));
        assert_eq!(text(b"%PDF-1.7 and then nothing", "a.pdf"), Err(Unreadable::Broken));
        assert_eq!(text(&vec![b'a'; MAX_BYTES + 1], "a.txt"), Err(Unreadable::TooLarge));
    }

    #[test]
    fn any_bytes_are_read_or_refused() {
        let mut seed = 7u32;
        for length in 0..400usize {
            let bytes: Vec<u8> = (0..length)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 24) as u8
                })
                .collect();
            for name in ["a.txt", "a.eml", "a.vtt", "a.html"] {
                let _ = extract(&bytes, name, "");
            }
            let mut pdf = b"%PDF-1.4\n".to_vec();
            pdf.extend(&bytes);
            let _ = extract(&pdf, "a.pdf", "");
        }
    }
}
