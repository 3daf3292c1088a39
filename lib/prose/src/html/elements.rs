//! What each element does to the builder.

use super::builder::{Builder, Effect};
use super::frames::{FrameKind, is_dash};
use super::tags::{Kind, Tag, kind};
use super::{links, style, word};
use crate::change::ChangeKind;
use crate::document::{Cell, Level, Mark, Quotation};
use crate::{Block, Inline, text};

impl Builder<'_> {
    pub(super) fn start(&mut self, tag: &Tag) {
        if let Some((name, value)) = tag.handler() {
            self.note(ChangeKind::ActiveContent, &format!("{name}={value}"), "an event handler was removed");
        }
        let name = tag.name();
        self.raw = None;
        self.fallback = false;
        match kind(name) {
            Kind::Boundary => self.start_boundary(tag),
            Kind::Inline => self.start_inline(tag),
            Kind::Void => {}
            Kind::Code => {
                let reason = match name {
                    "script" => "script was removed",
                    "style" => "a style sheet was removed",
                    _ => "the title of the page was left out",
                };
                if let (Some(src), "script") = (tag.get("src"), name) {
                    self.note(ChangeKind::ActiveContent, src, reason);
                }
                self.raw = Some(reason);
            }
            Kind::Fallback => self.fallback = true,
            Kind::Special => self.start_special(tag),
            Kind::Unknown => {
                let short = text::clean_line(name).chars().take(40).collect::<String>();
                self.note(
                    ChangeKind::Unwrapped,
                    name,
                    format!("the element <{short}> is not known; its text was kept"),
                );
            }
        }
    }

    fn start_boundary(&mut self, tag: &Tag) {
        let name = tag.name();
        if matches!(name, "body" | "html" | "head") {
            // Pasted pages carry these anywhere; they mean nothing inside a story.
            self.flush();
            return;
        }
        if name == "div" && self.start_figure(tag) {
            return;
        }
        if self.heading.is_none() || !self.run_is_blank() {
            self.flush();
        } else {
            self.run.clear();
        }
        self.push_open(name, Effect::Boundary);
    }

    fn start_inline(&mut self, tag: &Tag) {
        let name = tag.name();
        if self.start_caption_part(tag) {
            return;
        }
        let css = tag.get("style").unwrap_or("");
        if word::is_marker(css) {
            if self.push_open(name, Effect::Marker) {
                self.marker = Some(String::new());
            }
            return;
        }
        if matches!(name, "u" | "mark") {
            self.note(ChangeKind::Unwrapped, name, format!("<{name}> has no form in a story; its text was kept"));
        }
        let marks = style::marks(css);
        self.open_marks(name, marks);
    }

    fn start_special(&mut self, tag: &Tag) {
        let name = tag.name();
        match name {
            "p" => self.start_paragraph(tag),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.start_heading(name),
            "ul" | "ol" | "dl" => self.start_list(tag),
            "li" | "dt" | "dd" => self.start_item(tag),
            "blockquote" => self.start_quotation(tag),
            "footer" => {
                if matches!(self.top(), FrameKind::Quotation(_)) {
                    self.open_frame(name, FrameKind::Cite);
                } else {
                    self.flush();
                    self.push_open(name, Effect::Boundary);
                }
            }
            "cite" => self.start_cite(),
            "q" => {
                self.text("“");
                self.push_open(name, Effect::Quote);
            }
            "figure" => {
                if !self.start_figure(tag) {
                    self.open_frame(name, FrameKind::Figure(super::figures::figure_of(tag)));
                }
            }
            "figcaption" | "caption" => {
                self.open_frame(name, FrameKind::Caption);
            }
            "pre" | "listing" | "xmp" | "plaintext" => self.start_verbatim(tag),
            "hr" => {
                self.flush();
                self.push_block(Block::Divider);
            }
            "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" => self.start_table_part(tag),
            "br" => {
                if !tag.has_class("Apple-interchange-newline") {
                    self.hard_break(true);
                }
            }
            "img" | "image" => self.image(tag),
            "a" => self.start_link(tag),
            "b" | "strong" | "i" | "em" | "dfn" | "var" | "s" | "strike" | "del" | "sub" | "sup" | "code" | "kbd"
            | "samp" | "tt" => {
                let marks = element_marks(name, tag.get("style").unwrap_or(""));
                self.open_marks(name, marks);
            }
            "summary" => {
                self.flush();
                self.open_marks(name, vec![Mark::Strong]);
            }
            "input" | "button" | "canvas" => {
                self.note(ChangeKind::Unwrapped, name, "a form control was left out; its text was kept");
                self.push_open(name, Effect::None);
            }
            _ => self.embed(tag),
        }
    }

    fn top(&self) -> &FrameKind {
        // The root never leaves the stack.
        &self.frames[self.frames.len() - 1].kind
    }

    fn open_marks(&mut self, name: &str, marks: Vec<Mark>) {
        if self.push_open(name, Effect::Marks(marks.clone())) {
            self.add_marks(&marks);
        }
    }

    fn start_paragraph(&mut self, tag: &Tag) {
        if tag.has_class("wp-caption-text") || tag.has_class("gallery-caption") {
            self.open_frame("p", FrameKind::Caption);
            return;
        }
        if self.heading.is_some() && !self.run_is_blank() {
            self.close_named(&["h1", "h2", "h3", "h4", "h5", "h6"], &[]);
        }
        self.flush();
        self.word_item = word::item_of(tag);
        if self.verbatim.is_some() {
            self.hard_break(true);
        }
    }

    fn start_heading(&mut self, name: &str) {
        self.close_named(&["h1", "h2", "h3", "h4", "h5", "h6"], &["td", "th", "li", "blockquote", "figcaption"]);
        self.flush();
        let level: i64 = name[1..].parse().unwrap_or(2);
        if matches!(level, 1 | 5 | 6) {
            self.note(
                ChangeKind::Reshaped,
                name,
                format!("a heading of level {level} was given the nearest level of 2 to 4"),
            );
        }
        if self.push_open(name, Effect::Heading) {
            self.heading = Some(Level::nearest(level));
        }
    }

    fn start_list(&mut self, tag: &Tag) {
        self.heading = None;
        let name = tag.name();
        if name == "dl" && self.start_figure(tag) {
            return;
        }
        let order = (name == "ol").then(|| tag.get("start").and_then(|n| n.parse().ok()).unwrap_or(1));
        if name == "dl" {
            self.note(ChangeKind::Reshaped, "", "a list of definitions became a list");
        }
        self.open_frame(name, FrameKind::List(order, Vec::new()));
    }

    fn start_item(&mut self, tag: &Tag) {
        let name = tag.name();
        if tag.has_class("wp-caption-text") || tag.has_class("gallery-caption") {
            self.open_frame(name, FrameKind::Caption);
            return;
        }
        let scope = ["ul", "ol", "dl", "td", "th", "blockquote", "figure", "figcaption", "div.figure"];
        if name == "dd" && matches!(self.top(), FrameKind::Item) {
            // A definition stands in the item of its term.
            self.close_named(&["term"], &["dt", "dl"]);
            self.flush();
            self.push_open(name, Effect::Boundary);
            return;
        }
        self.close_named(&["li", "dt"], &scope);
        if matches!(self.top(), FrameKind::List(..)) && self.open_frame(name, FrameKind::Item) {
            if name == "dt" {
                // The end of the term ends the mark, not the item: see `end`.
                self.open_marks("term", vec![Mark::Strong]);
            }
        } else if !matches!(self.top(), FrameKind::List(..)) {
            self.flush();
            self.push_open(name, Effect::Boundary);
        }
    }

    fn start_quotation(&mut self, tag: &Tag) {
        self.heading = None;
        if self.start_post(tag) {
            return;
        }
        let url = tag.get("cite").and_then(|raw| links::resolve(raw, self.options));
        if matches!(self.top(), FrameKind::Post(..)) {
            // The body of a post as our own pages write it.
            self.flush();
            self.push_open("blockquote", Effect::Boundary);
            return;
        }
        self.open_frame("blockquote", FrameKind::Quotation(Quotation { cite: None, url, content: Vec::new() }));
    }

    fn start_cite(&mut self) {
        // Stops at the first word, so that many of these in one long paragraph cost little.
        let only_dashes = self.run.iter().all(|inline| match inline {
            Inline::Text(text, _) => text.chars().all(|c| c.is_whitespace() || is_dash(c)),
            Inline::HardBreak => true,
        });
        let after_break = matches!(self.run.last(), Some(Inline::HardBreak));
        if matches!(self.top(), FrameKind::Quotation(_)) && (only_dashes || after_break) {
            if only_dashes {
                self.run.clear();
            }
            self.open_frame("cite", FrameKind::Cite);
        } else if self.frames.iter().any(|f| matches!(f.kind, FrameKind::Cite | FrameKind::Post(..))) {
            self.push_open("cite", Effect::None);
        } else {
            self.open_marks("cite", vec![Mark::Em]);
        }
    }

    fn start_verbatim(&mut self, tag: &Tag) {
        self.flush();
        self.heading = None;
        if self.verbatim.is_some() {
            self.push_open(tag.name(), Effect::None);
            return;
        }
        if self.push_open(tag.name(), Effect::Verbatim) {
            if tag.has_class("wp-block-verse") {
                self.verse = true;
            } else {
                self.verbatim = Some(String::new());
            }
        }
    }

    fn start_table_part(&mut self, tag: &Tag) {
        let name = tag.name();
        self.heading = None;
        match name {
            "table" => {
                self.open_frame(name, FrameKind::Table(Vec::new()));
            }
            "tr" => {
                self.close_named(&["tr"], &["table"]);
                if matches!(self.top(), FrameKind::Table(_)) {
                    self.open_frame(name, FrameKind::Row(Vec::new()));
                } else {
                    self.flush();
                }
            }
            "td" | "th" => {
                self.close_named(&["td", "th"], &["table", "tr"]);
                if matches!(self.top(), FrameKind::Table(_)) {
                    self.open_frame("tr", FrameKind::Row(Vec::new()));
                }
                let span = |name| tag.get(name).and_then(|n| n.parse().ok()).unwrap_or(1);
                let cell = Cell {
                    header: name == "th",
                    colspan: span("colspan"),
                    rowspan: span("rowspan"),
                    blocks: Vec::new(),
                };
                if matches!(self.top(), FrameKind::Row(_)) {
                    self.open_frame(name, FrameKind::Cell(cell));
                } else {
                    self.flush();
                }
            }
            _ => drop(self.close_named(&["tr"], &["table"])),
        }
    }

    fn start_link(&mut self, tag: &Tag) {
        // A link cannot stand in a link: the first ends.
        self.close_named(&["a"], &["td", "th"]);
        let Some(raw) = tag.get("href") else {
            self.push_open("a", Effect::None);
            return;
        };
        let title = tag.get("title").map(text::clean_line).filter(|title| !title.is_empty());
        match links::resolve(raw, self.options) {
            Some(href) => self.open_marks("a", vec![Mark::Link(href, title)]),
            None => {
                self.note(ChangeKind::Link, raw, "a link of a kind that is not allowed was removed; its text was kept");
                self.push_open("a", Effect::None);
            }
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        self.raw = None;
        self.fallback = false;
        match kind(name) {
            Kind::Void | Kind::Unknown | Kind::Code | Kind::Fallback => return,
            _ if self.pop_overflow(name) => {
                if kind(name) != Kind::Inline {
                    self.flush();
                }
                return;
            }
            _ => {}
        }
        let headings = ["h1", "h2", "h3", "h4", "h5", "h6"];
        let cells = ["td", "th"];
        match name {
            "p" => {
                if !self.close_named(&["p"], &["td", "th", "li", "div", "blockquote", "figure"])
                    && self.heading.is_none()
                {
                    self.flush();
                }
            }
            "br" => self.hard_break(true),
            "dt" => {
                self.close_named(&["term"], &["dl", "ul", "ol", "td", "th"]);
                self.flush();
            }
            "li" | "dd" => drop(self.close_named(&[name], &["ul", "ol", "dl", "td", "th"])),
            "table" => drop(self.close_named(&["table"], &[])),
            "tr" | "td" | "th" => drop(self.close_named(&[name], &["table"])),
            "thead" | "tbody" | "tfoot" => drop(self.close_named(&["tr"], &["table"])),
            _ if headings.contains(&name) => drop(self.close_named(&headings, &cells)),
            _ => drop(self.close_named(&[name], &cells)),
        }
    }

    /// Closes the innermost open element of these names, unless one of `scope` stands before it.
    pub(super) fn close_named(&mut self, names: &[&str], scope: &[&str]) -> bool {
        let mut at = self.open.len();
        while at > 0 {
            at -= 1;
            let open = self.open[at].name.as_str();
            if names.contains(&open) {
                self.close_at(at);
                return true;
            }
            if scope.contains(&open) {
                return false;
            }
        }
        false
    }

    pub(super) fn comment(&mut self, value: &str) {
        let value = value.trim();
        if let Some(block) = value.strip_prefix("wp:").and_then(|block| block.strip_suffix('/')) {
            let name = block.split_whitespace().next().unwrap_or("");
            if !matches!(name, "more" | "spacer" | "separator" | "nextpage") {
                let reason = "a block that the old site filled in by itself has no content in the export";
                self.note(ChangeKind::Missing, value, reason);
            }
        } else if value == "nextpage" {
            self.note(ChangeKind::Reshaped, "", "a page break was left out: stories are one page");
        }
    }
}

fn element_marks(name: &str, css: &str) -> Vec<Mark> {
    let mut marks = style::marks(css);
    match name {
        "b" | "strong" if style::is_bold(css) != Some(false) => marks.push(Mark::Strong),
        "i" | "em" | "dfn" | "var" if !style::is_upright(css) => marks.push(Mark::Em),
        "s" | "strike" | "del" => marks.push(Mark::Strike),
        "sub" => marks.push(Mark::Sub),
        "sup" => marks.push(Mark::Sup),
        "code" | "kbd" | "samp" | "tt" => marks.push(Mark::Code),
        _ => {}
    }
    marks
}
