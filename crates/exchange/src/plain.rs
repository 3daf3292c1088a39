//! A pasted article as a story: headings, captions with credits and quotation blocks found by their marks, the
//! furniture of the page it came from left out.

use onrecord_prose::{Block, Document, Inline, Level, Picture, Quotation};

/// Longest heading; longer lines are sentences.
const HEADING_CHARS: usize = 100;
/// Most words of a heading.
const HEADING_WORDS: usize = 14;
/// Longest part of a credit.
const CREDIT_CHARS: usize = 60;
/// Longest headline made of a first line.
const HEADLINE_CHARS: usize = 120;

/// A story out of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct PlainArticle {
    /// The headline.
    pub headline: String,
    /// Names of a line "By …" at the top.
    pub bylines: Vec<String>,
    /// The text.
    pub body: Document,
    /// What was understood and what was left out, as sentences.
    pub report: Vec<String>,
}

/// Reads a pasted article.
pub fn read(text: &str, headline: Option<&str>) -> PlainArticle {
    let mut reading = Reading::default();
    for lines in groups(text) {
        reading.group(&lines);
    }
    reading.finish(headline)
}

/// Lines between empty lines.
fn groups(text: &str) -> Vec<Vec<&str>> {
    let mut groups = vec![Vec::new()];
    for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']).map(str::trim) {
        if line.is_empty() {
            groups.push(Vec::new());
        } else if let Some(group) = groups.last_mut() {
            group.push(line);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    bylines: Vec<String>,
    report: Vec<String>,
    furniture: Vec<String>,
    /// A quotation that runs over several paragraphs and is not closed yet.
    open_quotation: bool,
}

impl Reading {
    fn group(&mut self, lines: &[&str]) {
        let lines: Vec<&str> = lines
            .iter()
            .copied()
            .filter(|line| {
                let furniture = is_furniture(line);
                if furniture {
                    self.furniture.push((*line).to_owned());
                }
                !furniture
            })
            .collect();
        match lines.as_slice() {
            [] => {}
            [.., last] if self.blocks.is_empty() && self.bylines.is_empty() && byline(last).is_some() => {
                self.bylines = byline(last).unwrap_or_default();
                self.group(&lines[..lines.len() - 1]);
            }
            [before @ .., last] if credit(last).is_some() && before.len() <= 3 => {
                let (agency, photographer) = credit(last).unwrap_or_default();
                let caption = before.join(" ");
                let caption = if caption.is_empty() { self.caption_before() } else { caption };
                let picture = Picture { agency, photographer, caption: run(&caption), ..Picture::default() };
                self.blocks.push(Block::Picture(picture));
            }
            [line] if is_heading(line) && !self.open_quotation => {
                self.blocks.push(Block::Heading(Level::Two, run(line)));
            }
            _ => self.paragraph(&lines.join("\n")),
        }
    }

    /// A caption may stand in a group of its own before the credit; only after a heading is it told from one.
    fn caption_before(&mut self) -> String {
        match self.blocks.last() {
            Some(Block::Heading(_, content)) if matches!(self.blocks.iter().nth_back(1), Some(Block::Heading(..))) => {
                let caption = onrecord_prose::inline_text(content);
                self.blocks.pop();
                caption
            }
            _ => String::new(),
        }
    }

    fn paragraph(&mut self, text: &str) {
        let content: Vec<Inline> = {
            let mut run = Vec::new();
            for (at, line) in text.lines().enumerate() {
                if at > 0 {
                    run.push(Inline::HardBreak);
                }
                run.push(Inline::text(line));
            }
            run
        };
        let quoted = quoted(text);
        if let (true, Quoted::Opened | Quoted::Whole, Some(Block::Quotation(quotation))) =
            (self.open_quotation, quoted, self.blocks.last_mut())
        {
            quotation.content.push(Block::Paragraph(content));
            self.open_quotation = quoted == Quoted::Opened;
            return;
        }
        self.open_quotation = false;
        if quoted == Quoted::No {
            self.blocks.push(Block::Paragraph(content));
            return;
        }
        self.open_quotation = quoted == Quoted::Opened;
        let quotation = Quotation { content: vec![Block::Paragraph(content)], ..Quotation::default() };
        self.blocks.push(Block::Quotation(quotation));
    }

    fn finish(mut self, headline: Option<&str>) -> PlainArticle {
        // A quotation that was opened and never closed is a paragraph.
        if self.open_quotation
            && let Some(Block::Quotation(quotation)) = self.blocks.pop()
        {
            self.blocks.extend(quotation.content);
        }
        let headline = self.headline(headline);
        let count = |test: fn(&Block) -> bool| self.blocks.iter().filter(|block| test(block)).count();
        let sections = count(|block| matches!(block, Block::Heading(..)));
        let pictures = count(|block| matches!(block, Block::Picture(_)));
        let quotations = count(|block| matches!(block, Block::Quotation(_)));
        self.report.push(format!(
            "{sections} section headings, {pictures} captions with credit, {quotations} quotation blocks"
        ));
        if pictures > 0 {
            self.report.push(
                "a text has no picture files: captions and credits were kept, the pictures can be put in at the desk"
                    .into(),
            );
        }
        for line in &self.furniture {
            self.report.push(format!("left out as furniture of the page: “{line}”"));
        }
        PlainArticle { headline, bylines: self.bylines, body: Document { blocks: self.blocks }, report: self.report }
    }

    fn headline(&mut self, given: Option<&str>) -> String {
        if let Some(given) = given.map(str::trim).filter(|given| !given.is_empty()) {
            return given.to_owned();
        }
        let heading = self.blocks.iter().position(|block| matches!(block, Block::Heading(..)));
        if let Some(at) = heading
            && let Block::Heading(_, content) = self.blocks[at].clone()
        {
            let headline = onrecord_prose::inline_text(&content);
            // At the very top it would only say the same twice.
            if at == 0 {
                self.blocks.remove(0);
            }
            self.report.push(format!("no headline was given: the first heading was taken, “{headline}”"));
            return headline;
        }
        let document = Document { blocks: self.blocks.clone() };
        let headline = document.excerpt(HEADLINE_CHARS);
        let headline = if headline.is_empty() { "Untitled".to_owned() } else { headline };
        self.report.push(format!(
            "no headline was given and the text has no heading: “{headline}” was taken from its beginning"
        ));
        headline
    }
}

fn run(text: &str) -> Vec<Inline> {
    if text.is_empty() { Vec::new() } else { vec![Inline::text(text)] }
}

/// Lines that pages carry around an article, by their first words in small letters. A line is furniture only when it
/// is short.
const FURNITURE: &[&str] = &[
    "send us a tip",
    "got a tip",
    "have a tip",
    "load comments",
    "load more",
    "show comments",
    "view comments",
    "read comments",
    "leave a comment",
    "comments",
    "next article",
    "previous article",
    "next story",
    "read next",
    "up next",
    "keep reading",
    "continue reading",
    "read more",
    "see also",
    "related articles",
    "related stories",
    "related:",
    "share this",
    "share on",
    "share",
    "tweet",
    "print",
    "advertisement",
    "advertising",
    "scroll to continue",
    "story continues below",
    "article continues below",
    "sign up for",
    "subscribe",
    "log in",
    "sign in",
    "follow us",
    "skip to content",
    "back to top",
    "cookie",
    "all rights reserved",
    "copyright ©",
    "© ",
    "most read",
    "trending",
    "newsletter",
    "menu",
    "search",
    "kommentare",
    "nächster artikel",
    "anzeige",
    "teilen",
    "comentarios",
    "siguiente artículo",
    "publicidad",
    "compartir",
];

/// Furniture that may be followed by a whole sentence.
const FURNITURE_SENTENCES: &[&str] =
    &["send us a tip", "got a tip", "sign up for", "skip to content", "all rights reserved", "copyright ©", "© "];

fn is_furniture(line: &str) -> bool {
    const SHORT: usize = 40;
    const SENTENCE: usize = 120;
    let small = line.to_lowercase();
    let short = small.chars().count() <= SHORT && !small.ends_with(['.', ':', '”', '"']);
    let starts = |list: &[&str]| {
        list.iter().any(|words| {
            small
                .strip_prefix(words)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || words.ends_with(' '))
        })
    };
    let word_alone = |words: &&str| small.trim_matches(|c: char| !c.is_alphanumeric()) == words.trim_end_matches(':');
    // One word such as "share" is furniture alone, not at the start of a heading.
    let single = FURNITURE.iter().filter(|words| !words.contains(' ')).any(word_alone);
    let several: Vec<&str> = FURNITURE.iter().copied().filter(|words| words.contains(' ')).collect();
    single || (short && starts(&several)) || (small.chars().count() <= SENTENCE && starts(FURNITURE_SENTENCES))
}

/// "Agency | Photographer", or "Photo: …".
fn credit(line: &str) -> Option<(String, String)> {
    let small = line.to_lowercase();
    for lead in ["photo credit:", "photograph:", "photo:", "credit:", "picture:", "image:", "foto:"] {
        if small.starts_with(lead) && small.is_ascii() {
            let rest = line[lead.len()..].trim();
            return parts(rest).or_else(|| fits(rest).then(|| (rest.to_owned(), String::new())));
        }
    }
    line.contains(" | ").then(|| parts(line)).flatten()
}

fn parts(line: &str) -> Option<(String, String)> {
    let (agency, photographer) = line.split_once(" | ").or_else(|| line.split_once(" / "))?;
    let (agency, photographer) = (agency.trim(), photographer.trim());
    (fits(agency) && fits(photographer) && !photographer.contains(" | "))
        .then(|| (agency.to_owned(), photographer.to_owned()))
}

fn fits(part: &str) -> bool {
    !part.is_empty()
        && part.chars().count() <= CREDIT_CHARS
        && !part.ends_with(['.', '!', '?', ':'])
        && !part.contains(['“', '”', '"'])
}

fn byline(line: &str) -> Option<Vec<String>> {
    let rest = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).or_else(|| line.strip_prefix("Von "))?;
    let names: Vec<String> = rest
        .split(" and ")
        .flat_map(|part| part.split(','))
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    let named = |name: &String| {
        name.split_whitespace().count() <= 4
            && name.chars().next().is_some_and(char::is_uppercase)
            && !name.ends_with('.')
    };
    (rest.chars().count() <= 100 && !names.is_empty() && names.iter().all(named)).then_some(names)
}

/// A heading is one short line that begins like a sentence and does not end like one.
fn is_heading(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let begins =
        line.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || !c.is_alphabetic() && !is_mark(c));
    let ends = !line.ends_with(['.', ':', ';', ',', '…', '"', '”', '’', '»', '—', '-']);
    begins && ends && words <= HEADING_WORDS && line.chars().count() <= HEADING_CHARS && !line.contains(". ")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoted {
    No,
    /// Begins with a mark and has no closing one.
    Opened,
    Whole,
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‟' | '″')
}

/// Whether a paragraph is a quotation from its first to its last character.
fn quoted(text: &str) -> Quoted {
    let mut marks = text.char_indices().filter(|(_, c)| is_mark(*c));
    if !matches!(marks.next(), Some((0, _))) {
        return Quoted::No;
    }
    let others: Vec<usize> = marks.map(|(at, _)| at).collect();
    let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
    match others.as_slice() {
        [] => Quoted::Opened,
        [only] if *only == last => Quoted::Whole,
        // Quotations inside the quotation: marks inside come in pairs and close before the end.
        [inner @ .., end] if *end == last && inner.len() % 2 == 0 => {
            let nested = inner.chunks(2).all(|pair| {
                let opens = text[..pair[0]].ends_with([' ', '(', '\n']);
                let closes = !text[..pair[1]].ends_with(' ');
                opens && closes
            });
            if nested { Quoted::Whole } else { Quoted::No }
        }
        _ => Quoted::No,
    }
}
