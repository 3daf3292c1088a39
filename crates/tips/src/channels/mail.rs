//! A mail (RFC 5322) as the desk gets it: its words, its files, and what its head says. What cannot be taken apart is not
//! refused but handed on as it came, as one file.

use bytes::Bytes;
use mail_parser::{Address, MessageParser, decoders::html::html_to_text};

use super::mime::{self, What};
use crate::{Channel, Part};
use onrecord_base::{App, Error, Result};

/// Bytes of a mail: what the large mail hosts take, and some.
pub const LARGEST: u64 = 52_428_800;
/// Files of a mail that are handed on one by one; of those there are 64 in an envelope, and the head is one.
const MOST_FILES: usize = 60;
/// The whole mail, where it cannot be taken apart.
const WHOLE: &str = "message.eml";

/// A mail that was read.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    /// Its words.
    pub text: String,
    /// Sender, receiver, subject, date.
    pub facts: Vec<(String, String)>,
    /// Its files, and its head as it came.
    pub parts: Vec<Part>,
}

/// Reads a mail. Never fails: what is not understood is a file.
pub fn read(raw: &Bytes) -> Letter {
    let (head, _) = mime::split(raw);
    let facts = if head.len() > mime::LONGEST_HEAD { Vec::new() } else { facts(head) };
    let whole = || Letter {
        text: String::new(),
        facts: facts.clone(),
        parts: vec![file(WHOLE, "message/rfc822", raw.clone())],
    };
    let Ok(leaves) = mime::leaves(raw) else { return whole() };
    let mut letter = Letter { facts: facts.clone(), ..Letter::default() };
    let mut html = None;
    for leaf in leaves {
        let number = letter.parts.len() + 1;
        match leaf.what {
            What::Text(text) if !leaf.attached && leaf.media_type == "text/plain" && leaf.name.is_empty() => {
                append(&mut letter.text, &text);
            }
            What::Text(text) => letter.parts.push(named(leaf.name, leaf.media_type, number, "txt", text.into())),
            What::Html(text) => {
                if html.is_none() && !leaf.attached {
                    html = Some(text.clone());
                }
                letter.parts.push(named(leaf.name, leaf.media_type, number, "html", text.into()));
            }
            What::Mail(bytes) => letter.parts.push(named(leaf.name, leaf.media_type, number, "eml", bytes.into())),
            What::Other(bytes) if bytes.is_empty() && leaf.name.is_empty() => {}
            What::Other(bytes) => letter.parts.push(named(leaf.name, leaf.media_type, number, "bin", bytes.into())),
        }
    }
    if letter.text.trim().is_empty()
        && let Some(html) = html
    {
        letter.text = html_to_text(&html);
    }
    if letter.parts.len() > MOST_FILES {
        return whole();
    }
    // Where it came through, and whether a host's signature (DKIM) fits, can be checked with this.
    letter.parts.push(file("head.txt", "text/plain", raw.slice_ref(head)));
    letter
}

fn append(text: &mut String, more: &str) {
    let more = more.trim_end();
    if !text.is_empty() && !more.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(more);
}

fn file(name: &str, media_type: &str, bytes: Bytes) -> Part {
    Part { name: name.into(), media_type: media_type.into(), bytes }
}

fn named(name: String, media_type: String, number: usize, extension: &str, bytes: Bytes) -> Part {
    let name = if name.trim().is_empty() { format!("part-{number}.{extension}") } else { name };
    Part { name, media_type, bytes }
}

fn facts(head: &[u8]) -> Vec<(String, String)> {
    let Some(message) = MessageParser::default().parse_headers(head) else { return Vec::new() };
    let date = message.date().map(mail_parser::DateTime::to_rfc3339);
    [
        ("from", message.from().map(people)),
        ("to", message.to().map(people)),
        ("subject", message.subject().map(str::to_owned)),
        ("received", date),
        ("message-id", message.message_id().map(str::to_owned)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value.filter(|value| !value.is_empty())?)))
    .collect()
}

/// At most three people: more than that is a list, and stands in the head.
fn people(address: &Address<'_>) -> String {
    let all: Vec<String> = address
        .iter()
        .take(3)
        .map(|one| match (one.name(), one.address()) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (name, address) => name.or(address).unwrap_or_default().to_owned(),
        })
        .collect();
    all.join(", ")
}

/// Takes a mail: reads it, seals it, keeps it. Returns none if the same came before.
///
/// # Errors
/// As [`crate::arrive()`]; nothing is kept then, and it may be delivered again.
pub async fn take(app: &App, desk: &str, raw: Bytes) -> Result<Option<String>> {
    use sha2::Digest;
    if raw.len() as u64 > LARGEST {
        return Err(Error::TooLarge { limit: LARGEST });
    }
    let once = hex::encode(sha2::Sha256::digest(&raw));
    let kept = raw.clone();
    // A mail that breaks the reader is a file like any other that cannot be read.
    let work = move || {
        let letter = read(&kept);
        crate::stack::wipe();
        letter
    };
    let letter = tokio::task::spawn_blocking(work).await;
    let whole = || Letter { parts: vec![file(WHOLE, "message/rfc822", raw.clone())], ..Letter::default() };
    let Letter { text, mut facts, parts } = letter.unwrap_or_else(|_| whole());
    if !facts.iter().any(|(name, _)| name == "received") {
        facts.push(("received".into(), app.now().rfc3339()));
    }
    let desk = desk.to_owned();
    let arrival = crate::Arrival { desk, channel: Some(Channel::Mail), text, facts, parts, once: Some(once) };
    crate::arrive(app, arrival).await
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &[u8]) -> Letter {
        super::read(&Bytes::copy_from_slice(text))
    }

    fn names(letter: &Letter) -> Vec<&str> {
        letter.parts.iter().map(|part| part.name.as_str()).collect()
    }

    #[test]
    fn words_files_and_head_are_found() {
        let letter = read(
            b"From: =?utf-8?q?Zo=C3=AB?= <zoe@example.org>\r\nTo: tips@example.org\r\nSubject: =?gb2312?B?1tDOxA==?=\r\n\
            Date: Sun, 22 Nov 2026 09:00:00 +0100\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n\
            --o\r\nContent-Type: multipart/alternative; boundary=i\r\n\r\n--i\r\n\r\nThe wall leans.\r\n\
            --i\r\nContent-Type: text/html\r\n\r\n<p>The wall <b>leans</b>.</p>\r\n--i--\r\n\
            --o\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''r%C3%A9port.pdf\r\n\
            Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--o--\r\n",
        );
        assert_eq!(letter.text, "The wall leans.");
        assert_eq!(names(&letter), ["part-1.html", "r\u{e9}port.pdf", "head.txt"]);
        assert_eq!(letter.parts[1].bytes, "%PDF");
        let fact = |name: &str| letter.facts.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        assert_eq!(fact("from"), Some("Zoë <zoe@example.org>"));
        assert_eq!((fact("subject"), fact("received")), (Some("中文"), Some("2026-11-22T09:00:00+01:00")));
    }

    #[test]
    fn a_mail_of_markup_alone_has_words_too() {
        let letter =
            read(b"Content-Type: text/html; charset=utf-8\r\n\r\n<style>x</style><p>Look at the <i>wall</i></p>");
        assert_eq!(letter.text.trim(), "Look at the wall");
        assert_eq!(names(&letter), ["part-1.html", "head.txt"]);
    }

    #[test]
    fn what_cannot_be_taken_apart_is_handed_on_whole() {
        let mut wide = b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".to_vec();
        for number in 0..MOST_FILES + 5 {
            wide.extend(format!("--b\r\nContent-Type: image/png; name={number}.png\r\n\r\nx\r\n").into_bytes());
        }
        let letter = read(&wide);
        assert_eq!((names(&letter), letter.parts[0].bytes.len()), (vec![WHOLE], wide.len()));
        assert_eq!(letter.facts[0].1, "a@example.org");
        assert_eq!(names(&read(b"")), ["head.txt"]);
    }

    #[test]
    fn charsets_of_all_parts_of_the_world_are_read() {
        for (charset, bytes, text) in [
            ("iso-2022-jp", &b"\x1b$BF|K\\\x1b(B"[..], "日本"),
            ("shift_jis", b"\x93\xfa\x96\x7b", "日本"),
            ("koi8-r", b"\xd7\xc1\xd6\xce\xcf", "важно"),
            ("windows-1252", b"\x93x\x94", "“x”"),
            ("big5", b"\xa4\xa4\xa4\xe5", "中文"),
        ] {
            let head =
                format!("Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
            assert_eq!(read(&[head.as_bytes(), bytes].concat()).text, text, "{charset}");
        }
    }

    proptest! {
        #[test]
        fn no_mail_breaks_the_reading(bytes in prop::collection::vec(any::<u8>(), 0..800)) {
            prop_assert!(!read(&bytes).parts.is_empty());
        }

        #[test]
        fn no_head_breaks_the_reading(name in "(From|To|Subject|Date|Message-ID|Content-Type)", value in ".{0,120}") {
            let mail = format!("{name}: {value}\r\n\r\n<p>x");
            prop_assert!(!read(mail.as_bytes()).parts.is_empty());
        }
    }
}
