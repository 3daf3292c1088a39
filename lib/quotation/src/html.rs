//! The view of HTML: a scanner for tags, not a browser. It never fails and looks at each byte a bounded number of times.

use crate::view::{BlockKind, Builder, View};

/// Elements whose content nobody reads as prose.
const HIDDEN: &[&str] =
    &["script", "style", "head", "template", "noscript", "svg", "math", "textarea", "select", "iframe", "title"];

/// Elements that stand in a line of text.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "img", "tweet",
];

/// Longest tag, in bytes; a `<` without its `>` within that is text.
const TAG: usize = 20_000;
/// Longest character reference.
const REFERENCE: usize = 32;

/// The visible text of an HTML page or fragment.
pub(crate) fn view(text: &str) -> View<'_> {
    let mut r = Reader {
        text,
        out: Builder::new(text),
        at: 0,
        quotation: 0,
        caption: 0,
        heading: 0,
        cited: false,
        breaks: 0,
        unclosed: Vec::new(),
    };
    r.run();
    let kind = r.kind();
    r.out.finish(kind)
}

struct Reader<'a> {
    text: &'a str,
    out: Builder<'a>,
    at: usize,
    quotation: u32,
    caption: u32,
    heading: u32,
    /// Within a `cite` that is a block of its own.
    cited: bool,
    /// Line breaks in a row.
    breaks: u32,
    /// Hidden elements that are never closed: not looked for again.
    unclosed: Vec<String>,
}

/// A tag as read: where it ends, its name, and whether it closes.
pub(crate) struct Tag<'a> {
    pub end: usize,
    pub name: &'a str,
    pub closing: bool,
}

/// The tag that begins with the `<` at `at`.
pub(crate) fn tag(text: &str, at: usize) -> Option<Tag<'_>> {
    let bytes = text.as_bytes();
    let mut i = at + 1;
    let closing = bytes.get(i) == Some(&b'/');
    i += usize::from(closing);
    let start = i;
    while bytes.get(i).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b':') {
        i += 1;
    }
    if i == start || !bytes[start].is_ascii_alphabetic() {
        return None;
    }
    let name = &text[start..i];
    let limit = bytes.len().min(at + TAG);
    let mut quote = 0u8;
    let mut value = false;
    while i < limit {
        let b = bytes[i];
        if quote != 0 {
            if b == quote {
                quote = 0;
            }
        } else if b == b'>' {
            return Some(Tag { end: i + 1, name, closing });
        } else if value && (b == b'"' || b == b'\'') {
            quote = b;
        } else if b == b'<' {
            return None;
        }
        value = b == b'=' || (value && b.is_ascii_whitespace());
        i += 1;
    }
    None
}

impl Reader<'_> {
    fn kind(&self) -> BlockKind {
        if self.caption > 0 {
            BlockKind::Caption
        } else if self.heading > 0 {
            BlockKind::Heading
        } else if self.quotation > 0 {
            BlockKind::Quotation
        } else {
            BlockKind::Paragraph
        }
    }

    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() {
            let rest = &bytes[self.at..];
            let n = rest.iter().position(|b| matches!(b, b'<' | b'&')).unwrap_or(rest.len());
            if n > 0 {
                if self.breaks > 0 && !self.text[self.at..self.at + n].trim().is_empty() {
                    self.breaks = 0;
                }
                self.out.copy(self.at, self.at + n);
                self.at += n;
                continue;
            }
            if bytes[self.at] == b'&' {
                self.reference();
            } else {
                self.angle();
            }
        }
    }

    fn angle(&mut self) {
        let rest = &self.text[self.at..];
        if rest.starts_with("<!--") {
            self.at += rest.find("-->").map_or(rest.len(), |n| n + 3);
            return;
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            self.at += rest.find('>').map_or(rest.len(), |n| n + 1);
            return;
        }
        let Some(t) = tag(self.text, self.at) else {
            self.out.copy(self.at, self.at + 1);
            self.at += 1;
            return;
        };
        let (start, end) = (self.at, t.end);
        let name = t.name.to_ascii_lowercase();
        self.at = end;
        if !t.closing && HIDDEN.contains(&name.as_str()) && !self.text[start..end].ends_with("/>") {
            if !self.unclosed.contains(&name) {
                match closing(self.text, end, &name) {
                    Some(after) => self.at = after,
                    None => self.unclosed.push(name),
                }
            }
            return;
        }
        self.element(&name, t.closing, start, end);
    }

    fn element(&mut self, name: &str, closing: bool, start: usize, end: usize) {
        if name == "q" {
            self.out.stand_in(if closing { "\u{201d}" } else { "\u{201c}" }, start, end);
            return;
        }
        if name == "br" {
            self.breaks += 1;
            if self.breaks >= 2 {
                let kind = self.kind();
                self.out.end_block(kind);
            } else {
                self.out.stand_in(" ", start, end);
            }
            return;
        }
        // Who is cited in a footer stands there with the rest of the line.
        let credit = name == "cite" && self.quotation > 0 && if closing { self.cited } else { self.caption == 0 };
        if INLINE.contains(&name) && !credit {
            return;
        }
        self.cited = credit && !closing;
        let kind = self.kind();
        self.out.end_block(kind);
        self.breaks = 0;
        let counter = match name {
            "blockquote" => &mut self.quotation,
            "figcaption" | "caption" | "footer" | "cite" => &mut self.caption,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => &mut self.heading,
            _ => return,
        };
        *counter = if closing { counter.saturating_sub(1) } else { *counter + 1 };
    }

    fn reference(&mut self) {
        let from = self.at;
        match reference(&self.text[from..]) {
            Some((c, n)) => {
                let mut buf = [0u8; 4];
                self.out.stand_in(c.encode_utf8(&mut buf), from, from + n);
                self.at = from + n;
            }
            None => {
                self.out.copy(from, from + 1);
                self.at = from + 1;
            }
        }
    }
}

/// The end of the closing tag of a hidden element. Searched once: a page without it loses no text.
fn closing(text: &str, from: usize, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut i = from;
    while let Some(n) = bytes[i..].iter().position(|b| *b == b'<') {
        let at = i + n;
        let after = at + 2;
        if bytes.get(at + 1) == Some(&b'/')
            && bytes.get(after..after + name.len()).is_some_and(|b| b.eq_ignore_ascii_case(name.as_bytes()))
        {
            let end = bytes[after..].iter().position(|b| *b == b'>')?;
            return Some(after + end + 1);
        }
        i = at + 1;
    }
    None
}

/// The references that newsrooms' tools write; others stay as they stand.
const NAMED: &[(&str, char)] = &[
    ("quot", '"'),
    ("amp", '&'),
    ("apos", '\''),
    ("lt", '<'),
    ("gt", '>'),
    ("nbsp", '\u{a0}'),
    ("ldquo", '\u{201c}'),
    ("rdquo", '\u{201d}'),
    ("bdquo", '\u{201e}'),
    ("lsquo", '\u{2018}'),
    ("rsquo", '\u{2019}'),
    ("sbquo", '\u{201a}'),
    ("laquo", '\u{ab}'),
    ("raquo", '\u{bb}'),
    ("lsaquo", '\u{2039}'),
    ("rsaquo", '\u{203a}'),
    ("ndash", '\u{2013}'),
    ("mdash", '\u{2014}'),
    ("hellip", '\u{2026}'),
    ("shy", '\u{ad}'),
    ("copy", '\u{a9}'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
    ("ntilde", 'ñ'),
    ("ccedil", 'ç'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("middot", '\u{b7}'),
    ("bull", '\u{2022}'),
];

/// The character a reference at the head of `text` stands for, and its length.
pub(crate) fn reference(text: &str) -> Option<(char, usize)> {
    let body = text.as_bytes().get(1..)?;
    let end = body.iter().take(REFERENCE).position(|b| *b == b';')?;
    let name = text.get(1..1 + end)?;
    let c = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?
    } else {
        NAMED.iter().find(|(n, _)| *n == name)?.1
    };
    Some((c, end + 2))
}
