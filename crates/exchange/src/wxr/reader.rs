//! The pull reader: events of XML to entries of an export.

use super::fields::{self, Record};
use super::source::Source;
use super::{Author, Comment, Entry, Fault, Repair, Site, Term};
use quick_xml::Reader;
use quick_xml::errors::{Error as XmlError, IllFormedError, SyntaxError};
use quick_xml::events::{BytesStart, Event};
use std::collections::VecDeque;
use std::io::Read;

/// Deepest nesting of elements; an export needs six.
const DEPTH: usize = 64;

/// Most terms, custom fields or comments of one item that are kept; more is not a post.
const LIST: usize = 100_000;

/// Longest name of an element that is looked at.
const NAME_BYTES: usize = 256;

/// Reads an export.
pub struct Wxr<R> {
    reader: Reader<Source<R>>,
    buffer: Vec<u8>,
    /// Names of open elements.
    path: Vec<String>,
    site: Option<Site>,
    record: Option<Record>,
    /// The comment, custom field or term being gathered inside an item.
    comment: Option<Comment>,
    meta: (String, String),
    term: (Option<String>, Option<String>),
    /// The text of the field being gathered.
    field: Field,
    ready: VecDeque<Entry>,
    repairs: Vec<Repair>,
    seen_channel: bool,
    done: bool,
}

impl<R: Read> Wxr<R> {
    /// Reads from any source of bytes.
    pub fn new(source: R) -> Self {
        let mut reader = Reader::from_reader(Source::new(source));
        let config = reader.config_mut();
        // A bare `&` in an address is the commonest fault of exports, and harmless.
        config.allow_dangling_amp = true;
        Wxr {
            reader,
            buffer: Vec::new(),
            path: Vec::new(),
            site: Some(Site::default()),
            record: None,
            comment: None,
            meta: Default::default(),
            term: (None, None),
            field: Field::default(),
            ready: VecDeque::new(),
            repairs: Vec::new(),
            seen_channel: false,
            done: false,
        }
    }

    /// Bytes of the file read so far, for a progress bar.
    pub fn bytes_read(&self) -> u64 {
        self.reader.get_ref().bytes_read()
    }

    /// What was put right so far.
    pub fn repairs(&self) -> Vec<Repair> {
        let found = self.reader.get_ref().repairs;
        let decoding = [
            (found.misencoded, "bytes that are not of the file's encoding were read as Windows-1252"),
            (found.forbidden, "characters that XML forbids were left out"),
        ];
        let decoding = decoding
            .into_iter()
            .filter_map(|(found, what)| found.map(|(line, times)| Repair { line, what: what.to_owned(), times }));
        decoding.chain(self.repairs.iter().cloned()).collect()
    }

    fn line(&self) -> u64 {
        self.reader.get_ref().line()
    }

    fn repair(&mut self, line: u64, what: &str) {
        match self.repairs.iter_mut().find(|repair| repair.what == what) {
            Some(repair) => repair.times += 1,
            None => self.repairs.push(Repair { line, what: what.to_owned(), times: 1 }),
        }
    }

    fn fault(&mut self, line: u64, reason: impl Into<String>) -> Fault {
        self.done = true;
        let mut reason = reason.into();
        if let Some(Record::Item(item)) = &self.record {
            let title = item.title.trim();
            let named = if title.is_empty() { String::new() } else { format!(" “{title}”") };
            reason.push_str(&format!("; the item{named} that begins on line {} was not read", item.line));
        }
        Fault { line, reason }
    }

    /// Reads one event and does what it says. `Ok(false)` at the end.
    fn step(&mut self) -> Result<bool, Fault> {
        let line = self.line();
        self.reader.get_mut().mark();
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let event = match self.reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => {
                let reason = self.reason(&error);
                let at = if matches!(error, XmlError::Io(_)) { self.line() } else { line };
                return Err(self.fault(at, reason));
            }
        };
        let answer = match event {
            Event::Eof => self.end_of_file(line),
            Event::Start(start) => self.start(&start, line, false),
            Event::Empty(start) => self.start(&start, line, true),
            Event::End(_) => self.end(line),
            Event::Text(text) => {
                self.text(&text.xml10_content(), line);
                Ok(true)
            }
            Event::CData(text) => {
                self.field.cdata(&text.xml10_content());
                Ok(true)
            }
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                match reference.resolve_char_ref() {
                    Ok(Some(c)) => self.field.push(c.encode_utf8(&mut [0; 4])),
                    _ => match quick_xml::escape::resolve_xml_entity(name) {
                        Some(text) => self.field.push(text),
                        None => {
                            self.field.push(&format!("&{name};"));
                        }
                    },
                }
                Ok(true)
            }
            Event::DocType(text) if text.contains("<!ENTITY") || text.contains('[') => Err(self.fault(
                line,
                "the file declares entities of its own; such declarations can be made to grow without end, so it is not read",
            )),
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Ok(true),
        };
        self.buffer = buffer;
        answer
    }

    fn text(&mut self, text: &str, line: u64) {
        if self.path.is_empty() {
            return;
        }
        let bare = text.match_indices('&').count();
        if bare > 0 {
            self.repair(line, "a bare & was read as text");
        }
        self.field.push(text);
    }

    fn start(&mut self, start: &BytesStart<'_>, line: u64, empty: bool) -> Result<bool, Fault> {
        let qname = start.name();
        let name: &str = qname.as_ref();
        if self.path.is_empty() && !matches!(name, "rss" | "channel") {
            let shown: String = name.chars().take(40).collect();
            return Err(
                self.fault(line, format!("this is no WordPress export: it begins with <{shown}>, not with <rss>"))
            );
        }
        if self.path.len() >= DEPTH || name.len() > NAME_BYTES {
            return Err(self.fault(line, format!("elements are nested more than {DEPTH} deep")));
        }
        let level = self.level();
        match (level, name) {
            (Level::Outside, "channel") => self.seen_channel = true,
            (Level::Channel, "wp:author") => self.record = Some(Record::Author(Author::default())),
            (Level::Channel, "wp:category" | "wp:tag" | "wp:term") => {
                let taxonomy = match name {
                    "wp:category" => "category",
                    "wp:tag" => "post_tag",
                    _ => "",
                };
                self.record = Some(Record::Term(Term { taxonomy: taxonomy.to_owned(), ..Term::default() }));
            }
            (Level::Channel, "item") => {
                self.give_site();
                self.record = Some(Record::Item(Box::new(super::Item { line, ..super::Item::default() })));
            }
            (Level::Record, "wp:comment") => self.comment = Some(Comment::default()),
            (Level::Record, "wp:postmeta") => self.meta = Default::default(),
            (Level::Record, "category") => {
                let value = |name: &str| {
                    let found = start.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
                    Some(unescaped(&found.value))
                };
                self.term = (value("domain"), value("nicename"));
            }
            _ => {}
        }
        self.field = Field::default();
        self.path.push(name.to_owned());
        if empty { self.end(line) } else { Ok(true) }
    }

    fn end(&mut self, line: u64) -> Result<bool, Fault> {
        let Some(name) = self.path.pop() else { return Ok(true) };
        let field = std::mem::take(&mut self.field);
        let level = self.level();
        let is_record = matches!(
            (level, name.as_str()),
            (Level::Channel, "wp:author" | "wp:category" | "wp:tag" | "wp:term" | "item")
        );
        if is_record {
            self.give_record();
            return Ok(true);
        }
        if (level, name.as_str()) == (Level::Record, "wp:comment") {
            if let (Some(comment), Some(Record::Item(item))) = (self.comment.take(), &mut self.record)
                && item.comments.len() < LIST
            {
                item.comments.push(comment);
            }
            return Ok(true);
        }
        if (level, name.as_str()) == (Level::Record, "wp:postmeta") {
            let meta = std::mem::take(&mut self.meta);
            if let Some(Record::Item(item)) = &mut self.record
                && item.meta.len() < LIST
            {
                item.meta.push(meta);
            }
            return Ok(true);
        }
        let (value, repaired) = field.finish();
        if repaired {
            self.repair(line, "CDATA inside CDATA was put right");
        }
        let value = if fields::is_verbatim(&name) { value } else { value.trim().to_owned() };
        self.set(level, &name, value);
        Ok(true)
    }

    fn set(&mut self, level: Level, name: &str, value: String) {
        let target = match (level, &mut self.record) {
            (Level::Channel, _) => self.site.as_mut().and_then(|site| fields::site(site, name)),
            (Level::Record, Some(Record::Author(author))) => fields::author(author, name),
            (Level::Record, Some(Record::Term(term))) => fields::term(term, name),
            (Level::Record, Some(Record::Item(item))) => match name {
                "category" => {
                    let (domain, nicename) = std::mem::take(&mut self.term);
                    if item.terms.len() < LIST {
                        item.terms.extend(fields::item_term(domain, nicename, value));
                    }
                    return;
                }
                "wp:is_sticky" => {
                    item.sticky = value == "1";
                    return;
                }
                _ => fields::item(item, name),
            },
            (Level::Comment, _) => self.comment.as_mut().and_then(|comment| fields::comment(comment, name)),
            (Level::Meta, _) => match name {
                "wp:meta_key" => Some(&mut self.meta.0),
                "wp:meta_value" => Some(&mut self.meta.1),
                _ => None,
            },
            _ => None,
        };
        // A field that is written twice: the first with text stands.
        if let Some(target) = target
            && target.is_empty()
        {
            *target = value;
        }
    }

    fn give_site(&mut self) {
        if let Some(site) = self.site.take() {
            let known = matches!(site.version.as_str(), "1.0" | "1.1" | "1.2");
            if !known {
                let what = if site.version.is_empty() {
                    "the export does not say its version; it was read as 1.2".to_owned()
                } else {
                    let shown: String = site.version.chars().take(40).collect();
                    format!("the export's version “{shown}” is not 1.0, 1.1 or 1.2; it was read as 1.2")
                };
                let line = self.line();
                self.repair(line, &what);
            }
            self.ready.push_front(Entry::Site(site));
        }
    }

    fn give_record(&mut self) {
        match self.record.take() {
            Some(Record::Author(author)) => self.ready.push_back(Entry::Author(author)),
            Some(Record::Term(term)) => self.ready.push_back(Entry::Term(term)),
            Some(Record::Item(item)) => self.ready.push_back(Entry::Item(item)),
            None => {}
        }
    }

    fn end_of_file(&mut self, line: u64) -> Result<bool, Fault> {
        if let Some(open) = self.path.last() {
            let reason = format!("the file ends inside <{open}>: it was cut off, or an end tag is missing");
            return Err(self.fault(line, reason));
        }
        if !self.seen_channel {
            return Err(self.fault(line, "this is no WordPress export: it holds no <channel>"));
        }
        self.give_site();
        self.done = true;
        Ok(false)
    }

    fn level(&self) -> Level {
        let from = self.path.iter().position(|name| name == "channel").map_or(self.path.len(), |at| at + 1);
        let inside: Vec<&str> = self.path[from..].iter().map(String::as_str).collect();
        match (self.path.iter().any(|name| name == "channel"), inside.as_slice()) {
            (false, _) => Level::Outside,
            (true, []) => Level::Channel,
            (true, [_]) if self.record.is_some() => Level::Record,
            (true, ["item", "wp:comment"]) => Level::Comment,
            (true, ["item", "wp:postmeta"]) => Level::Meta,
            _ => Level::Other,
        }
    }

    /// The reader's error as a sentence.
    fn reason(&self, error: &XmlError) -> String {
        match error {
            XmlError::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
                format!("</{found}> closes nothing here; </{expected}> was expected")
            }
            XmlError::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
                format!("</{found}> closes nothing that is open")
            }
            XmlError::Syntax(SyntaxError::UnclosedCData) => "a CDATA section is never closed".to_owned(),
            XmlError::Syntax(SyntaxError::UnclosedComment) => "a comment is never closed".to_owned(),
            XmlError::Syntax(SyntaxError::InvalidBangMarkup) => {
                "“<!” begins neither a comment nor a CDATA section".to_owned()
            }
            XmlError::Syntax(_) => "a tag is never closed".to_owned(),
            XmlError::Io(error) => format!("{error}"),
            other => format!("{other}"),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Outside,
    Channel,
    Record,
    Comment,
    Meta,
    Other,
}

impl<R: Read> Iterator for Wxr<R> {
    type Item = Result<Entry, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(entry) = self.ready.pop_front() {
                return Some(Ok(entry));
            }
            if self.done {
                return None;
            }
            if let Err(fault) = self.step() {
                self.done = true;
                return Some(Err(fault));
            }
        }
    }
}

/// The text of a field, with enough of its form to put nested CDATA right.
#[derive(Default)]
struct Field {
    value: String,
    /// Lengths of the value after each part, and whether the part was CDATA.
    parts: Vec<(usize, bool)>,
}

impl Field {
    fn push(&mut self, text: &str) {
        self.value.push_str(text);
        match self.parts.last_mut() {
            Some((end, false)) => *end = self.value.len(),
            // Only what follows CDATA matters.
            Some(_) => self.parts.push((self.value.len(), false)),
            None if text.trim().is_empty() => {}
            None => self.parts.push((self.value.len(), false)),
        }
    }

    fn cdata(&mut self, text: &str) {
        self.value.push_str(text);
        self.parts.push((self.value.len(), true));
    }

    /// The text. Some exports put CDATA into CDATA; then the first `]]>` ends the outer one and the rest stands
    /// after it as text, up to the outer's own `]]>`.
    fn finish(self) -> (String, bool) {
        let broken = self.parts.len() > 1
            && self.parts.last().is_some_and(|(_, cdata)| !cdata)
            && self.value.trim_end().ends_with("]]>");
        if !broken || !self.parts.first().is_some_and(|(_, cdata)| *cdata) {
            return (self.value, false);
        }
        let mut whole = String::with_capacity(self.value.len() + 16);
        let mut from = 0;
        for (at, (end, cdata)) in self.parts.iter().enumerate() {
            let part = &self.value[from..*end];
            match (cdata, at) {
                (true, 0) => {
                    whole.push_str(part);
                    whole.push_str("]]>");
                }
                (true, _) => {
                    whole.push_str("<![CDATA[");
                    whole.push_str(part);
                    whole.push_str("]]>");
                }
                (false, _) => whole.push_str(part),
            }
            from = *end;
        }
        let kept = whole.trim_end().len().saturating_sub("]]>".len());
        whole.truncate(kept);
        (whole, true)
    }
}

fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), |text| text.into_owned())
}
