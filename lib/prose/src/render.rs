//! Document to HTML for the public page, the desk's preview and feeds.

mod options;

pub use options::{Licence, NoPictures, PictureView, Pictures, RenderOptions};

use crate::document::{Level, Picture, Post, Quotation, credit};
use crate::json::iso_day;
use crate::{Block, Cell, Document, Href, Inline, ListItem, Mark, Row, inline_text};
use std::collections::HashMap;
use std::fmt::Write;

/// The document as HTML for a public page.
pub fn to_html(document: &Document, pictures: &dyn Pictures) -> String {
    to_html_with(document, pictures, &RenderOptions::default())
}

/// The document as HTML, with options.
pub fn to_html_with(document: &Document, pictures: &dyn Pictures, options: &RenderOptions<'_>) -> String {
    let mut page =
        Page { out: String::new(), pictures, options, anchors: HashMap::new(), levels: Vec::new(), shown: 0 };
    page.blocks(&document.blocks);
    page.out
}

struct Page<'a> {
    out: String,
    pictures: &'a dyn Pictures,
    options: &'a RenderOptions<'a>,
    /// Anchors given, and how often.
    anchors: HashMap<String, usize>,
    /// Levels of the headings that the next one stands under.
    levels: Vec<Level>,
    /// Pictures shown so far.
    shown: usize,
}

impl Page<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(run) => self.paragraph(run),
            Block::Heading(level, run) => {
                if run.iter().all(Inline::is_blank) {
                    return;
                }
                let number = self.heading(*level);
                let _ = write!(self.out, "<h{number}");
                if !self.options.feed {
                    let anchor = self.anchor(&inline_text(run));
                    self.attribute("id", &anchor);
                }
                self.out.push('>');
                self.inlines(run);
                let _ = writeln!(self.out, "</h{number}>");
            }
            Block::BulletList(items) => {
                self.out.push_str("<ul>\n");
                self.items(items);
                self.out.push_str("</ul>\n");
            }
            Block::OrderedList(order, items) => {
                if *order == 1 {
                    self.out.push_str("<ol>\n");
                } else {
                    let _ = writeln!(self.out, "<ol start=\"{order}\">");
                }
                self.items(items);
                self.out.push_str("</ol>\n");
            }
            Block::Quotation(quotation) => self.quotation(quotation),
            Block::Picture(picture) => self.picture(picture),
            Block::Post(post) => self.post(post),
            Block::Preformatted(text) => {
                // The first line end after the tag is not content: one more keeps one that is.
                self.out.push_str(if text.starts_with('\n') {
                    "<pre tabindex=\"0\">\n"
                } else {
                    "<pre tabindex=\"0\">"
                });
                escape(text, &mut self.out);
                self.out.push_str("</pre>\n");
            }
            Block::Divider => self.out.push_str("<hr>\n"),
            Block::Table(rows) => self.table(rows),
        }
    }

    /// The level as printed: under the headline's 1 without a step left out, since readers of screens go by levels.
    fn heading(&mut self, level: Level) -> usize {
        self.levels.retain(|above| *above < level);
        self.levels.push(level);
        1 + self.levels.len()
    }

    fn paragraph(&mut self, run: &[Inline]) {
        if run.iter().all(Inline::is_blank) {
            return;
        }
        self.out.push_str("<p>");
        self.inlines(run);
        self.out.push_str("</p>\n");
    }

    fn items(&mut self, items: &[ListItem]) {
        for item in items {
            self.out.push_str("<li>");
            // A paragraph alone needs no element of its own in an item.
            match item.0.split_first() {
                Some((Block::Paragraph(run), rest)) if !rest.iter().any(|b| matches!(b, Block::Paragraph(_))) => {
                    self.inlines(run);
                    if !rest.is_empty() {
                        self.out.push('\n');
                        self.blocks(rest);
                    }
                }
                _ => self.blocks(&item.0),
            }
            self.out.push_str("</li>\n");
        }
    }

    fn quotation(&mut self, quotation: &Quotation) {
        self.out.push_str("<blockquote class=\"quotation\"");
        if let Some(url) = quotation.url.as_ref().filter(|url| url.is_outside()) {
            self.attribute("cite", url.as_str());
        }
        self.out.push_str(">\n");
        self.blocks(&quotation.content);
        if let Some(cite) = quotation.cite.as_deref().filter(|cite| !cite.trim().is_empty()) {
            self.out.push_str("<footer><cite>");
            match &quotation.url {
                Some(url) => self.link(url, None, cite),
                None => escape(cite, &mut self.out),
            }
            self.out.push_str("</cite></footer>\n");
        }
        self.out.push_str("</blockquote>\n");
    }

    fn picture(&mut self, picture: &Picture) {
        let view = picture.picture.as_deref().and_then(|id| self.pictures.picture(id));
        let credit = match (&view, credit(&picture.agency, &picture.photographer)) {
            (Some(view), None) => (view.agency.trim(), view.photographer.trim()),
            _ => (picture.agency.trim(), picture.photographer.trim()),
        };
        let captioned = !picture.caption.iter().all(Inline::is_blank);
        let credited = credit != ("", "");
        if view.is_none() && !captioned && !credited {
            return;
        }
        self.out.push_str("<figure class=\"picture\"");
        if let Some(id) = &picture.picture {
            self.attribute("data-picture", id);
        }
        self.out.push('>');
        if let Some(view) = &view {
            self.image(view, &picture.alt);
        }
        let licence = view.as_ref().and_then(|view| view.licence.as_ref());
        if captioned || credited || licence.is_some() {
            self.out.push_str("<figcaption>");
            if captioned {
                self.out.push_str("<span class=\"caption\">");
                self.inlines(&picture.caption);
                self.out.push_str("</span>");
            }
            if credited {
                self.out.push_str(if captioned { " <span class=\"credit\">" } else { "<span class=\"credit\">" });
                self.span("agency", credit.0);
                if !credit.0.is_empty() && !credit.1.is_empty() {
                    self.out.push_str(" / ");
                }
                self.span("photographer", credit.1);
                self.out.push_str("</span>");
            }
            if let Some(licence) = licence {
                self.licence(licence, captioned || credited);
            }
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>\n");
    }

    /// Outside the credit, which whoever reads our pages takes for names.
    fn licence(&mut self, licence: &Licence, follows: bool) {
        self.out.push_str(if follows { " <span class=\"licence\"><a" } else { "<span class=\"licence\"><a" });
        self.attribute("href", &licence.url);
        self.attribute("rel", format!("license {}", self.options.outside_rel).trim_end());
        self.out.push('>');
        escape(&licence.name, &mut self.out);
        self.out.push_str("</a></span>");
    }

    fn image(&mut self, view: &PictureView, alt: &str) {
        // Readers of feeds keep `src`, and leave out or spoil the rest.
        let chosen = !view.srcset.is_empty() && !self.options.feed;
        if chosen {
            self.out.push_str("<picture><source");
            self.attribute("type", view.media);
            let set: Vec<String> = view.srcset.iter().map(|(url, width)| format!("{url} {width}w")).collect();
            self.attribute("srcset", &set.join(", "));
            self.attribute("sizes", self.options.sizes);
            self.out.push('>');
        }
        self.out.push_str("<img");
        let src = self.address(&view.src);
        self.attribute("src", &src);
        let _ = write!(self.out, " width=\"{}\" height=\"{}\"", view.width, view.height);
        self.out.push_str(" alt=\"");
        escape(alt, &mut self.out);
        self.out.push('"');
        if !self.options.feed {
            let eager = self.shown == 0 && self.options.first_picture_eager;
            self.out.push_str(if eager { " fetchpriority=\"high\"" } else { " loading=\"lazy\"" });
            self.out.push_str(" decoding=\"async\"");
        }
        self.shown += 1;
        self.out.push_str(if chosen { "></picture>" } else { ">" });
    }

    fn post(&mut self, post: &Post) {
        self.out.push_str("<figure class=\"post\">\n<blockquote>\n");
        post.content.iter().for_each(|run| self.paragraph(run));
        self.out.push_str("</blockquote>\n");
        let day = post.date.as_deref().and_then(iso_day);
        let mut parts = Vec::new();
        for (class, text) in [("author", &post.author), ("network", &post.network)] {
            if !text.trim().is_empty() {
                parts.push(format!("<span class=\"{class}\">{}</span>", escaped(text)));
            }
        }
        let time = day.map(|day| {
            let shown = self.options.day.map_or_else(|| day.clone(), |write| write(&day));
            format!("<time datetime=\"{day}\">{}</time>", escaped(&shown))
        });
        let source = post.url.as_ref().map(|url| {
            let shown = time.clone().unwrap_or_else(|| escaped(url.host().unwrap_or(url.as_str())));
            let (href, rel) = self.target(url);
            format!("<span class=\"source\"><a href=\"{}\"{rel}>{shown}</a></span>", escaped(&href))
        });
        parts.extend(source.or(time));
        if !parts.is_empty() {
            let _ = writeln!(self.out, "<figcaption>{}</figcaption>", parts.join(", "));
        }
        self.out.push_str("</figure>\n");
    }

    fn table(&mut self, rows: &[Row]) {
        let head = rows
            .first()
            .is_some_and(|row| rows.len() > 1 && row.cells.iter().all(|cell| cell.header && cell.rowspan == 1));
        // Wide tables scroll inside; a place that scrolls must be reachable by keyboard.
        self.out.push_str("<div class=\"table\" tabindex=\"0\">\n<table>\n");
        let body = if head {
            self.out.push_str("<thead>\n");
            self.row(&rows[0], Some("col"));
            self.out.push_str("</thead>\n");
            &rows[1..]
        } else {
            rows
        };
        self.out.push_str("<tbody>\n");
        body.iter().for_each(|row| self.row(row, None));
        self.out.push_str("</tbody>\n</table>\n</div>\n");
    }

    fn row(&mut self, row: &Row, scope: Option<&str>) {
        self.out.push_str("<tr>\n");
        for (at, cell) in row.cells.iter().enumerate() {
            self.cell(cell, scope.or((at == 0 && row.cells.len() > 1).then_some("row")));
        }
        self.out.push_str("</tr>\n");
    }

    fn cell(&mut self, cell: &Cell, scope: Option<&str>) {
        // A heading that says nothing heads nothing.
        let header = cell.header
            && !cell.blocks.iter().all(|b| matches!(b, Block::Paragraph(run) if run.iter().all(Inline::is_blank)));
        let name = if header { "th" } else { "td" };
        let _ = write!(self.out, "<{name}");
        if let Some(scope) = scope.filter(|_| header) {
            self.attribute("scope", scope);
        }
        for (attribute, span) in [("colspan", cell.colspan), ("rowspan", cell.rowspan)] {
            if span > 1 {
                let _ = write!(self.out, " {attribute}=\"{span}\"");
            }
        }
        self.out.push('>');
        match cell.blocks.as_slice() {
            [Block::Paragraph(run)] => self.inlines(run),
            // No heading may stand in a heading cell.
            blocks if cell.header => {
                for block in blocks {
                    match block {
                        Block::Heading(_, run) => self.paragraph(run),
                        other => self.block(other),
                    }
                }
            }
            blocks => self.blocks(blocks),
        }
        let _ = writeln!(self.out, "</{name}>");
    }

    fn inlines(&mut self, run: &[Inline]) {
        // Marks stay open from one text to the next while they are the same from the outside in.
        let mut open: Vec<&Mark> = Vec::new();
        for inline in run {
            let marks: &[Mark] = match inline {
                Inline::Text(_, marks) => marks,
                Inline::HardBreak => {
                    self.close_marks(&mut open, 0);
                    self.out.push_str("<br>");
                    continue;
                }
            };
            let common = open.iter().zip(marks).take_while(|(open, mark)| **open == *mark).count();
            self.close_marks(&mut open, common);
            for mark in &marks[common..] {
                self.open_mark(mark);
                open.push(mark);
            }
            if let Inline::Text(text, _) = inline {
                escape(text, &mut self.out);
            }
        }
        self.close_marks(&mut open, 0);
    }

    fn open_mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Link(href, title) => self.open_link(href, title.as_deref()),
            other => {
                let _ = write!(self.out, "<{}>", element_of(other));
            }
        }
    }

    fn close_marks(&mut self, open: &mut Vec<&Mark>, keep: usize) {
        while open.len() > keep {
            if let Some(mark) = open.pop() {
                let _ = write!(self.out, "</{}>", element_of(mark));
            }
        }
    }

    fn link(&mut self, href: &Href, title: Option<&str>, text: &str) {
        self.open_link(href, title);
        escape(text, &mut self.out);
        self.out.push_str("</a>");
    }

    fn open_link(&mut self, href: &Href, title: Option<&str>) {
        let (target, rel) = self.target(href);
        self.out.push_str("<a");
        self.attribute("href", &target);
        if let Some(title) = title {
            self.attribute("title", title);
        }
        self.out.push_str(&rel);
        self.out.push('>');
    }

    /// A link's address and its `rel` attribute.
    fn target(&self, href: &Href) -> (String, String) {
        let ours = self.options.site.is_some_and(|site| {
            href.as_str()
                .strip_prefix(site.trim_end_matches('/'))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
        });
        let rel = if href.is_outside() && !ours && !self.options.outside_rel.is_empty() {
            format!(" rel=\"{}\"", escaped(self.options.outside_rel))
        } else {
            String::new()
        };
        (self.address(href.as_str()), rel)
    }

    /// An address as this page needs it: in a feed, absolute.
    fn address(&self, address: &str) -> String {
        match self.options.site {
            Some(site) if self.options.feed && address.starts_with('/') => {
                format!("{}{address}", site.trim_end_matches('/'))
            }
            _ => address.to_owned(),
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let _ = write!(self.out, " {name}=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }

    fn span(&mut self, class: &str, text: &str) {
        if !text.is_empty() {
            let _ = write!(self.out, "<span class=\"{class}\">{}</span>", escaped(text));
        }
    }

    /// A stable anchor: the heading's words. The prefix keeps it apart from the page's own ids.
    fn anchor(&mut self, text: &str) -> String {
        const LONGEST: usize = 60;
        let mut slug = String::from("s");
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            if slug.chars().count() + word.chars().count() > LONGEST && slug.len() > 1 {
                break;
            }
            slug.push('-');
            slug.extend(word.chars().flat_map(char::to_lowercase).take(LONGEST));
        }
        loop {
            let count = self.anchors.entry(slug.clone()).or_default();
            *count += 1;
            if *count == 1 {
                return slug;
            }
            let next = format!("{slug}-{count}");
            if !self.anchors.contains_key(&next) {
                self.anchors.insert(next.clone(), 1);
                return next;
            }
        }
    }
}

fn element_of(mark: &Mark) -> &'static str {
    match mark {
        Mark::Link(..) => "a",
        Mark::Strong => "strong",
        Mark::Em => "em",
        Mark::Strike => "s",
        Mark::Sub => "sub",
        Mark::Sup => "sup",
        Mark::Code => "code",
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// Escapes for text and for attributes in double quotation marks.
pub(crate) fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}
