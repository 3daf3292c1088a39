//! A page read as a browser's tokenizer reads it: any case, any quoting. What could be read in two ways is refused, so
//! that nothing stands on a page that a browser sees and we do not.

use std::{collections::BTreeMap, thread};

use html5gum::{DefaultEmitter, Error, Token, Tokenizer};

/// Bytes of the largest page that is looked at; ours has some 30 kB.
const LARGEST: usize = 256 * 1024;
/// The tokenizer calls itself for each attribute of a tag: so much holds a page of [`LARGEST`] that is nothing else.
const STACK: usize = 512 << 20;

/// A start tag with its attributes, an end tag, or the text between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Start(Tag),
    End(String),
    Text(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
}

impl Tag {
    /// An attribute's value; empty if there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// The pieces of a page, or why they cannot be told for certain.
pub(super) fn read(html: &[u8]) -> Result<Vec<Piece>, String> {
    if html.len() > LARGEST {
        return Err(format!("it has {} bytes, more than {LARGEST}", html.len()));
    }
    let html = String::from_utf8(html.to_vec()).map_err(|_| "it is not UTF-8".to_owned())?;
    let reader = thread::Builder::new().stack_size(STACK).spawn(move || both_ways(&html));
    reader.map_err(|e| e.to_string())?.join().map_err(|_| "it cannot be read".to_owned())?
}

/// Some elements hold text where others hold tags, and which do depends on scripting and on what stands around them. A
/// page whose tags are the same either way leaves no choice.
fn both_ways(html: &str) -> Result<Vec<Piece>, String> {
    let (pieces, faults) = tokens(html, true);
    if let Some(fault) = faults.first() {
        return Err(format!("it is not well written ({fault})"));
    }
    let tags = |pieces: &[Piece]| -> Vec<Piece> {
        pieces.iter().filter(|piece| !matches!(piece, Piece::Text(_))).cloned().collect()
    };
    match tags(&pieces) == tags(&tokens(html, false).0) {
        true => Ok(pieces),
        false => Err("it can be read in two ways".to_owned()),
    }
}

fn tokens(html: &str, switching: bool) -> (Vec<Piece>, Vec<Error>) {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(switching);
    let (mut pieces, mut faults) = (Vec::new(), Vec::new());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        // Reading from memory does not fail.
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
                pieces.push(Piece::Start(Tag { name: text(&tag.name), attributes }));
            }
            Token::EndTag(tag) => pieces.push(Piece::End(text(&tag.name))),
            Token::String(words) => pieces.push(Piece::Text(text(&words))),
            Token::Error(error) => faults.push(error.value),
            Token::Comment(_) | Token::Doctype(_) => {}
        }
    }
    (pieces, faults)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names(html: &str) -> Vec<String> {
        let tag = |piece| match piece {
            Piece::Start(tag) => Some(format!("{} {}", tag.name, tag.get("src"))),
            _ => None,
        };
        read(html.as_bytes()).unwrap().into_iter().filter_map(tag).collect()
    }

    #[test]
    fn case_and_quoting_hide_nothing() {
        let html = "<SCRIPT SRC=/a></SCRIPT><script\nsrc='/b'></script\t><sCript\u{c}a=\"\" src = \"/c\" ></script>";
        assert_eq!(names(html), ["script /a", "script /b", "script /c"]);
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        for html in [
            "<svg><style><script src=/x></script></style></svg>",
            "<title><!--</title><script src=/x></script>--></title>",
            "<noscript><form action=/x></form></noscript>",
            "<textarea><form></textarea>",
            "<p id=a id=b>",
            "<svg><![CDATA[<p>]]></svg>",
            "<p a=\"b\"c=d>",
        ] {
            assert!(read(html.as_bytes()).is_err(), "{html}");
        }
        assert!(read(b"<title>a &amp; b</title><textarea>words</textarea><script>\"\\u003cp\"</script>").is_ok());
    }

    #[test]
    fn a_page_of_nothing_but_attributes_is_borne() {
        let html = format!("<p {}>", " a=\"\"".repeat(LARGEST / 5 - 2));
        assert!(read(html.as_bytes()).is_err());
        assert!(read(&vec![b' '; LARGEST + 1]).is_err());
    }
}
