//! The parts of a mail (RFC 2045, RFC 2046), found without trusting how deep and how many they are.
//!
//! The parser that reads heads, codings and character sets (`mail-parser`) builds a tree as deep as a mail asks for; a mail
//! of a few megabytes can be a million mails inside each other. So multiparts are taken apart here, within limits, and the
//! parser sees one leaf at a time; a mail inside a mail stays a file.

use std::borrow::Cow;

use mail_parser::{MessageParser, MimeHeaders, PartType, decoders::base64::base64_decode};

/// Multiparts inside each other. Mailing lists and forwarding make four or five.
pub(crate) const DEEPEST: usize = 16;
/// Parts of a mail, before it is kept as one file.
pub(crate) const MOST_PARTS: usize = 256;
/// Bytes of one part's head.
pub(crate) const LONGEST_HEAD: usize = 256 * 1024;

/// A part that holds no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) what: What,
    /// As its sender names it; empty if nobody does.
    pub(crate) name: String,
    pub(crate) media_type: String,
    /// Its sender means it as a file and not as words to be read.
    pub(crate) attached: bool,
}

/// What a part holds, its coding and character set undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    Text(String),
    Html(String),
    Mail(Vec<u8>),
    Other(Vec<u8>),
}

/// A mail that goes beyond the limits, or is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotTakenApart;

/// All leaves of a mail, in their order.
pub(crate) fn leaves(raw: &[u8]) -> Result<Vec<Leaf>, NotTakenApart> {
    let mut found = Vec::new();
    walk(raw, 0, &mut found)?;
    Ok(found)
}

/// A part's head with the empty line behind it, and its body.
pub(crate) fn split(raw: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while at < raw.len() {
        let end = raw[at..].iter().position(|b| *b == b'\n').map_or(raw.len(), |line| at + line + 1);
        if matches!(&raw[at..end], b"\n" | b"\r\n") {
            return raw.split_at(end);
        }
        at = end;
    }
    (raw, &[])
}

/// What a head says of its body.
struct Kind {
    main: String,
    sub: String,
    boundary: Vec<u8>,
    base64: bool,
    name: String,
    attached: bool,
}

fn kind(head: &[u8]) -> Kind {
    let message = MessageParser::default().parse_headers(head).unwrap_or_default();
    let part = message.parts.first();
    let content = part.and_then(|part| part.content_type());
    let lower = |text: &str| text.to_ascii_lowercase();
    let coding = part.and_then(|part| part.content_transfer_encoding()).unwrap_or_default();
    Kind {
        main: content.map_or_else(|| "text".into(), |c| lower(c.ctype())),
        sub: content.map_or_else(|| "plain".into(), |c| lower(c.subtype().unwrap_or_default())),
        boundary: content.and_then(|c| c.attribute("boundary")).unwrap_or_default().as_bytes().to_vec(),
        base64: coding.trim().eq_ignore_ascii_case("base64"),
        name: part.and_then(|part| part.attachment_name()).unwrap_or_default().to_owned(),
        attached: part.and_then(|part| part.content_disposition()).is_some_and(mail_parser::ContentType::is_attachment),
    }
}

fn walk(raw: &[u8], depth: usize, found: &mut Vec<Leaf>) -> Result<(), NotTakenApart> {
    let (head, body) = split(raw);
    if head.len() > LONGEST_HEAD || found.len() >= MOST_PARTS {
        return Err(NotTakenApart);
    }
    let kind = kind(head);
    if kind.main == "multipart" && !kind.boundary.is_empty() {
        let parts = parts(body, &kind.boundary)?;
        if !parts.is_empty() {
            if depth >= DEEPEST {
                return Err(NotTakenApart);
            }
            return parts.into_iter().try_for_each(|part| walk(part, depth + 1, found));
        }
    }
    let media_type = format!("{}/{}", kind.main, kind.sub);
    let what = match kind.main.as_str() {
        // Never handed to the parser: it would go into them.
        "message" | "multipart" => {
            let bytes = if kind.base64 { base64_decode(body) } else { None };
            What::Mail(bytes.unwrap_or_else(|| body.to_vec()))
        }
        _ => decoded(raw, body),
    };
    found.push(Leaf { what, name: kind.name, media_type, attached: kind.attached });
    Ok(())
}

/// One leaf with its coding and its character set undone; as it is, if they cannot be.
fn decoded(raw: &[u8], body: &[u8]) -> What {
    let Some(message) = MessageParser::default().parse(raw) else { return What::Other(body.to_vec()) };
    match message.parts.into_iter().next().map(|part| part.body) {
        Some(PartType::Text(text)) => What::Text(text.into_owned()),
        Some(PartType::Html(text)) => What::Html(text.into_owned()),
        Some(PartType::Binary(bytes) | PartType::InlineBinary(bytes)) => What::Other(Cow::into_owned(bytes)),
        _ => What::Other(body.to_vec()),
    }
}

/// The parts between the lines of a boundary; none if there is no such line.
fn parts<'a>(body: &'a [u8], boundary: &[u8]) -> Result<Vec<&'a [u8]>, NotTakenApart> {
    let mut found: Vec<&[u8]> = Vec::new();
    let (mut at, mut begin) = (0, None);
    while at < body.len() {
        let end = body[at..].iter().position(|b| *b == b'\n').map_or(body.len(), |line| at + line + 1);
        let Some(rest) = body[at..end].strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary)) else {
            at = end;
            continue;
        };
        let rest = rest.trim_ascii_end();
        let (last, line) = (rest == b"--", rest.is_empty() || rest == b"--");
        if line {
            if let Some(begin) = begin {
                found.push(without_last_break(&body[begin..at.max(begin)]));
                if found.len() > MOST_PARTS {
                    return Err(NotTakenApart);
                }
            }
            begin = (!last).then_some(end);
            if last {
                return Ok(found);
            }
        }
        at = end;
    }
    // Cut off: what came of the last part counts.
    found.extend(begin.map(|begin| &body[begin..]));
    Ok(found)
}

/// The line break before a boundary belongs to the boundary.
fn without_last_break(part: &[u8]) -> &[u8] {
    part.strip_suffix(b"\r\n").or_else(|| part.strip_suffix(b"\n")).unwrap_or(part)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_mail_is_taken_apart() {
        let mail = b"Subject: x\r\nContent-Type: multipart/mixed; boundary=\"a b\"\r\n\r\npreamble\r\n--a b\r\n\r\nHello\r\n\
            --a bc\r\n--a b \r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            caf=E9\r\n--a b\r\nContent-Type: image/png; name=p.png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\n\
            --a b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nx\r\n--a b--\r\nepilogue";
        let found = leaves(mail).unwrap();
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(found[0].what, What::Text("Hello\r\n--a bc".into()));
        assert_eq!(found[1].what, What::Text("café".into()));
        assert_eq!((&found[2].what, found[2].name.as_str()), (&What::Other(vec![0, 1, 2]), "p.png"));
        assert_eq!(found[3].what, What::Mail(b"Subject: inner\r\n\r\nx".to_vec()));
    }

    #[test]
    fn a_mail_inside_a_million_mails_is_one_file() {
        let mut mail = b"Content-Type: message/rfc822\r\n\r\n".repeat(200_000);
        mail.extend_from_slice(b"\r\nx");
        let found = leaves(&mail).unwrap();
        assert!(matches!(&found[..], [Leaf { what: What::Mail(_), .. }]));
        let hidden = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n\
            Q29udGVudC1UeXBlOiBtZXNzYWdlL3JmYzgyMg0KDQo=\r\n";
        assert!(matches!(&leaves(hidden).unwrap()[0].what, What::Mail(inner) if inner.starts_with(b"Content-Type")));
    }

    #[test]
    fn depth_and_number_are_limited() {
        let mut deep = Vec::new();
        for level in 0..DEEPEST + 2 {
            deep.extend(format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n").into_bytes());
        }
        deep.extend_from_slice(b"\r\nx");
        assert_eq!(leaves(&deep), Err(NotTakenApart));
        let mut wide = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n".to_vec();
        wide.extend(b"--b\r\n\r\nx\r\n".repeat(MOST_PARTS + 2));
        assert_eq!(leaves(&wide), Err(NotTakenApart));
        let long = [b"X: ".to_vec(), vec![b'a'; LONGEST_HEAD], b"\r\n\r\nx".to_vec()].concat();
        assert_eq!(leaves(&long), Err(NotTakenApart));
    }

    proptest! {
        #[test]
        fn nothing_breaks_the_taking_apart(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let _ = leaves(&bytes);
        }

        #[test]
        fn nothing_that_looks_like_a_mail_breaks_it(pieces in prop::collection::vec(prop::sample::select(vec![
            "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: multipart/digest; boundary=\"b\"\n", "--b\r\n",
            "--b--\r\n", "\r\n", "\n", "Content-Type: message/rfc822\r\n", "Content-Transfer-Encoding: base64\r\n",
            "Content-Transfer-Encoding: quoted-printable\r\n", "=E9=\r\n", "AAA=\r\n", "Content-Type: text/html; charset=gb2312\r\n",
            "Content-Disposition: attachment; filename*0*=utf-8''%e9; filename*1=\"x\r\n", "From: =?utf-8?b?w6k=?= <\r\n",
            "Content-Type: text/plain; charset=\"iso-2022-jp\"\r\n", "\u{1b}$B\u{1b}(B", "&#x110000;<p", "Subject: =?x?q?\r\n",
        ]), 0..40)) {
            let _ = leaves(pieces.concat().as_bytes());
        }
    }
}
