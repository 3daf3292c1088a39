//! A start tag and its attributes, bounded.

use crate::limits;

/// A start tag as it is being read.
#[derive(Default)]
pub(super) struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    /// The attribute being read is a repeated one or beyond the limit: not kept.
    ignoring: bool,
}

impl Tag {
    pub(super) fn begin(&mut self, name: &[u8]) {
        self.name.clear();
        self.name.push_str(name_of(name));
        self.attributes.clear();
        self.ignoring = true;
    }

    pub(super) fn attribute(&mut self, name: &[u8]) {
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        self.ignoring =
            self.attributes.len() >= limits::ATTRIBUTES || self.attributes.iter().any(|(known, _)| *known == name);
        if !self.ignoring {
            self.attributes.push((name, String::new()));
        }
    }

    pub(super) fn value(&mut self, value: &[u8]) {
        if self.ignoring || value.len() > limits::ATTRIBUTE_BYTES {
            return;
        }
        if let Some((_, known)) = self.attributes.last_mut() {
            known.push_str(&String::from_utf8_lossy(value));
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// An attribute's value, when it has one that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(known, _)| known == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    pub(super) fn class(&self) -> &str {
        self.get("class").unwrap_or("")
    }

    pub(super) fn has_class(&self, class: &str) -> bool {
        self.class().split_whitespace().any(|known| known.eq_ignore_ascii_case(class))
    }

    /// The first event handler among the attributes.
    pub(super) fn handler(&self) -> Option<&(String, String)> {
        self.attributes.iter().find(|(name, _)| name.len() > 2 && name.starts_with("on"))
    }
}

/// A tag's name; names that are not text are unknown names.
pub(super) fn name_of(name: &[u8]) -> &str {
    std::str::from_utf8(name).unwrap_or("")
}

/// What an element is to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Only parts blocks from one another.
    Boundary,
    /// Marks or carries text inside a line.
    Inline,
    /// Has no end tag and means nothing here.
    Void,
    /// Content is code, not text.
    Code,
    /// Content is markup that the tokenizer gives as text.
    Fallback,
    /// Handled by its own rule.
    Special,
    /// Not known.
    Unknown,
}

/// Sorts elements by what they are to a document.
pub(super) fn kind(name: &str) -> Kind {
    match name {
        "div" | "section" | "article" | "main" | "header" | "aside" | "nav" | "address" | "body" | "html" | "head"
        | "center" | "hgroup" | "search" | "details" | "fieldset" | "form" | "legend" | "optgroup" | "option"
        | "select" | "datalist" | "menu" | "dialog" | "dir" => Kind::Boundary,
        "span" | "font" | "abbr" | "acronym" | "bdi" | "bdo" | "big" | "small" | "data" | "time" | "mark" | "ins"
        | "u" | "label" | "output" | "ruby" | "rb" | "rt" | "rp" | "nobr" | "picture" | "math" | "svg" | "g"
        | "path" | "slot" | "noframes" | "o:p" | "st1:place" | "st1:city" | "st1:country-region" | "amp-img"
        | "g-emoji" | "textarea" | "template" => Kind::Inline,
        "area" | "base" | "basefont" | "bgsound" | "col" | "colgroup" | "keygen" | "link" | "meta" | "param"
        | "track" | "wbr" => Kind::Void,
        "script" | "style" | "title" => Kind::Code,
        "noscript" | "noembed" => Kind::Fallback,
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "li" | "dl" | "dt" | "dd" | "blockquote"
        | "footer" | "cite" | "q" | "figure" | "figcaption" | "pre" | "listing" | "xmp" | "plaintext" | "hr"
        | "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" | "br" | "img" | "image" | "a"
        | "b" | "strong" | "i" | "em" | "dfn" | "var" | "s" | "strike" | "del" | "sub" | "sup" | "code" | "kbd"
        | "samp" | "tt" | "iframe" | "video" | "audio" | "source" | "embed" | "object" | "applet" | "frame"
        | "frameset" | "summary" | "input" | "button" | "canvas" => Kind::Special,
        _ => Kind::Unknown,
    }
}
