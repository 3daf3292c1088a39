//! The view of Markdown: enough of CommonMark to know what a reader sees as prose, line by line.

use crate::html;
use crate::view::{BlockKind, Builder, View};

/// Longest link text or destination looked for, in bytes; a bracket open longer than this is text.
const LINK: usize = 4_000;

/// The visible text of a Markdown document.
pub(crate) fn view(text: &str) -> View<'_> {
    let mut r = Reader {
        text,
        out: Builder::new(text),
        kind: BlockKind::Paragraph,
        open: false,
        square: Next::new(b']'),
        round: Next::new(b')'),
        angle: Next::new(b'>'),
    };
    let mut at = 0;
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end_matches(['\n', '\r']).len();
        let bare = line.trim();
        if let Some(f) = fence {
            if bare.starts_with(f) {
                fence = None;
            }
        } else if bare.starts_with("```") || bare.starts_with("~~~") {
            r.end();
            fence = Some(&bare[..3]);
        } else {
            r.line(at, end);
        }
        at += line.len();
    }
    let kind = r.kind;
    r.out.finish(kind)
}

struct Reader<'a> {
    text: &'a str,
    out: Builder<'a>,
    kind: BlockKind,
    /// The block at hand has text.
    open: bool,
    square: Next,
    round: Next,
    angle: Next,
}

/// The next place of a byte, looked for once: asking again and again stays linear.
struct Next {
    byte: u8,
    at: usize,
}

impl Next {
    fn new(byte: u8) -> Self {
        Next { byte, at: 0 }
    }

    /// The first such byte at or behind `from`, if it is near. `from` never goes back by much.
    fn find(&mut self, text: &str, from: usize, end: usize) -> Option<usize> {
        if self.at < from {
            let rest = &text.as_bytes()[from..];
            self.at = from + rest.iter().position(|b| *b == self.byte).unwrap_or(rest.len());
        }
        (self.at < end && self.at < from + LINK).then_some(self.at)
    }
}

impl Reader<'_> {
    fn end(&mut self) {
        self.out.end_block(self.kind);
        self.kind = BlockKind::Paragraph;
        self.open = false;
    }

    fn line(&mut self, mut at: usize, end: usize) {
        let mut kind = BlockKind::Paragraph;
        loop {
            let rest = &self.text[at..end];
            let trimmed = rest.trim_start();
            at += rest.len() - trimmed.len();
            match trimmed.strip_prefix('>') {
                Some(_) => {
                    kind = BlockKind::Quotation;
                    at += 1;
                }
                None => break,
            }
        }
        let rest = self.text[at..end].trim_end();
        if rest.is_empty() || rule(rest) || definition(rest) {
            self.end();
            return;
        }
        let hashes = rest.bytes().take_while(|b| *b == b'#').count();
        if (1..=6).contains(&hashes) && rest.as_bytes().get(hashes) == Some(&b' ') {
            self.end();
            self.kind = BlockKind::Heading;
            self.inline(at + hashes + 1, end);
            self.end();
            return;
        }
        let marker = list_marker(rest);
        // A line without ">" goes on with the quotation it follows only in the middle of its paragraph.
        let lazy = self.open && self.kind == BlockKind::Quotation && kind == BlockKind::Paragraph && marker == 0;
        if marker > 0 || (self.open && kind != self.kind && !lazy) {
            self.end();
        }
        if self.open {
            self.out.stand_in(" ", at, at);
        } else {
            self.kind = kind;
        }
        self.open = true;
        self.inline(at + marker, end);
    }

    fn inline(&mut self, from: usize, end: usize) {
        let bytes = self.text.as_bytes();
        let mut at = from;
        let mut copied = from;
        while at < end {
            let b = bytes[at];
            if !matches!(b, b'\\' | b'*' | b'_' | b'`' | b'[' | b']' | b'!' | b'<' | b'&') {
                at += 1;
                continue;
            }
            let Some((skip, stand_in)) = self.special(at, from, end) else {
                at += 1;
                continue;
            };
            self.out.copy(copied, at);
            if let Some(c) = stand_in {
                let mut buf = [0u8; 4];
                self.out.stand_in(c.encode_utf8(&mut buf), at, at + skip);
            }
            at = (at + skip).min(end);
            copied = at;
        }
        self.out.copy(copied, end);
    }

    /// How many bytes of markup begin at `at`, and the character they stand for, if any.
    fn special(&mut self, at: usize, from: usize, end: usize) -> Option<(usize, Option<char>)> {
        let bytes = self.text.as_bytes();
        let rest = &self.text[at..end];
        match bytes[at] {
            b'\\' => {
                bytes.get(at + 1).filter(|b| b.is_ascii_punctuation() && at + 1 < end).map(|b| (2, Some(*b as char)))
            }
            b'*' => Some((rest.bytes().take_while(|b| *b == b'*').count(), None)),
            b'_' => {
                let n = rest.bytes().take_while(|b| *b == b'_').count();
                let word = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 128);
                let inside = at > from && word(bytes.get(at - 1)) && at + n < end && word(bytes.get(at + n));
                (!inside).then_some((n, None))
            }
            // Two backticks may be a typist's quotation mark.
            b'`' => {
                let n = rest.bytes().take_while(|b| *b == b'`').count();
                (n == 1 && rest[1..].contains('`') || at > from && bytes[at - 1] != b' ' && n == 1).then_some((n, None))
            }
            b'!' if rest.starts_with("![") => {
                let close = self.square.find(self.text, at + 2, end)?;
                Some((self.target(close + 1, end)? - at, None))
            }
            b'[' => {
                let close = self.square.find(self.text, at + 1, end)?;
                // "[![picture](p)](link)": the picture's bracket comes first.
                let picture = rest.starts_with("[![");
                (picture || self.target(close + 1, end).is_some()).then_some((1, None))
            }
            b']' => self.target(at + 1, end).map(|n| (n - at, None)),
            b'<' => {
                if rest.starts_with("<http") || rest.starts_with("<mailto:") {
                    return self.angle.find(self.text, at, end).map(|n| (n + 1 - at, None));
                }
                html::tag(self.text, at).filter(|t| t.end <= end).map(|t| (t.end - at, None))
            }
            b'&' => html::reference(rest).map(|(c, n)| (n, Some(c))),
            _ => None,
        }
    }

    /// The byte behind "(destination)" or "[label]" that begins at `at`, right behind a link's text.
    fn target(&mut self, at: usize, end: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        match bytes.get(at).filter(|_| at < end)? {
            b'(' => {
                let close = self.round.find(self.text, at, end)?;
                // One pair within, as in addresses of encyclopedias.
                let inner = self.text.as_bytes()[at + 1..close].contains(&b'(');
                let again = inner && bytes.get(close + 1) == Some(&b')') && close + 1 < end;
                Some(close + 1 + usize::from(again))
            }
            b'[' => self.square.find(self.text, at, end).map(|n| n + 1),
            _ => None,
        }
    }
}

/// A thematic break, a table's rule, an underline of a heading.
fn rule(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|b| matches!(b, b'-' | b'*' | b'_' | b'=' | b' ' | b'|' | b':'))
}

/// `[label]: https://... "title"`
fn definition(line: &str) -> bool {
    line.starts_with('[') && line.find("]: ").is_some_and(|n| line[n + 3..].starts_with(['h', '/', '<', '#', 'm']))
}

/// The length of "- ", "* ", "1. " at the head of a line.
fn list_marker(line: &str) -> usize {
    let bytes = line.as_bytes();
    if matches!(bytes.first(), Some(b'-' | b'*' | b'+')) && bytes.get(1) == Some(&b' ') {
        return 2;
    }
    let digits = bytes.iter().take(9).take_while(|b| b.is_ascii_digit()).count();
    let dotted = digits > 0 && matches!(bytes.get(digits), Some(b'.' | b')')) && bytes.get(digits + 1) == Some(&b' ');
    if dotted { digits + 2 } else { 0 }
}
