//! `onrecord quotes`: who said what in a text, by which channel, and whether it is what the source says.

use std::fs;
use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use clap::{Args, ValueEnum};
use onrecord_quotation::verify::{Check, Profile, Source, Verdict};
use onrecord_quotation::{Format, Quotation, quotations};
use serde::Serialize;
use serde_json::{Value, json};

const EXAMPLES: &str = "Examples:
  onrecord quotes story.html                        a table of the story's quotations
  onrecord quotes --json - < story.txt              the same as JSON, from standard input
  onrecord quotes --source transcript.txt story.md  with a verdict for each quotation
  onrecord quotes --jsonl < stories.jsonl           many stories, on all cores";

/// Find the quotations of a text, name the speakers, check the words against a source
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct QuotesArgs {
    /// The story: plain text, HTML or Markdown; `-` for standard input
    #[arg(required_unless_present = "jsonl")]
    file: Option<PathBuf>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
    /// Read {"doc_id", "text"} lines from standard input, write {"doc_id", "quotes"} lines
    #[arg(long, conflicts_with_all = ["file", "json", "source"])]
    jsonl: bool,
    /// Compare each quotation with this text, word for word
    #[arg(long, value_name = "SOURCE")]
    source: Option<PathBuf>,
    /// What may differ from the source without being called altered
    #[arg(long, value_enum, default_value_t = House::Standard, requires = "source")]
    profile: House,
    /// How the story is marked up; told from its name and content if not given
    #[arg(long, value_enum)]
    format: Option<Markup>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum House {
    /// Only an ellipsis or [brackets]
    Strict,
    /// Also case of the first letter, end punctuation, typographic marks
    Standard,
    /// Also um, uh, er left out
    Light,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Markup {
    Plain,
    Html,
    Markdown,
}

impl From<Markup> for Format {
    fn from(m: Markup) -> Format {
        match m {
            Markup::Plain => Format::Plain,
            Markup::Html => Format::Html,
            Markup::Markdown => Format::Markdown,
        }
    }
}

impl From<House> for Profile {
    fn from(h: House) -> Profile {
        match h {
            House::Strict => Profile::Strict,
            House::Standard => Profile::Standard,
            House::Light => Profile::Light,
        }
    }
}

/// Carries the command out.
///
/// # Errors
/// With the sentence to print.
pub fn run(args: QuotesArgs) -> Result<ExitCode, String> {
    let done = if args.jsonl { stream() } else { one(&args) };
    match done {
        // The reader of our output has gone, as `head` does: nothing is wrong.
        Err(Problem::Write(e)) if e.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(Problem::Write(e)) => Err(format!("could not write the output: {e}")),
        Err(Problem::Said(s)) => Err(s),
        Ok(()) => Ok(ExitCode::SUCCESS),
    }
}

/// What is printed as JSON, in this order.
#[derive(Serialize)]
struct Found<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    doc_id: Option<&'a Value>,
    quotes: &'a [Quotation],
}

enum Problem {
    Write(io::Error),
    Said(String),
}

impl From<io::Error> for Problem {
    fn from(e: io::Error) -> Self {
        Problem::Write(e)
    }
}

fn one(args: &QuotesArgs) -> Result<(), Problem> {
    let file = args.file.clone().unwrap_or_else(|| PathBuf::from("-"));
    let text = read(&file)?;
    let named = Format::of_name(&file.to_string_lossy());
    let format = args.format.map(Format::from).or(named).unwrap_or_else(|| Format::detect(&text));
    let found = quotations(&text, format);
    let checks = match &args.source {
        None => Vec::new(),
        Some(path) => {
            let source = read(path)?;
            let source = Source::new(&source);
            let profile = Profile::from(args.profile);
            found.iter().map(|q| source.check(&q.text, profile)).collect()
        }
    };
    let mut out = io::stdout().lock();
    if args.json {
        let line = if args.source.is_some() {
            json!({ "quotes": with_verdicts(&found, &checks) }).to_string()
        } else {
            serde_json::to_string(&Found { doc_id: None, quotes: &found }).map_err(io::Error::from)?
        };
        writeln!(out, "{line}")?;
    } else {
        table(&mut out, &found, &checks)?;
    }
    Ok(())
}

/// Largest input: a story, not an archive.
const MAX_INPUT: u64 = 256 * 1024 * 1024;

fn read(path: &PathBuf) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    let name = path.display();
    let said = |e: io::Error| Problem::Said(format!("could not read {name}: {e}"));
    if path.as_os_str() == "-" {
        io::stdin().lock().take(MAX_INPUT + 1).read_to_end(&mut bytes).map_err(said)?;
    } else {
        fs::File::open(path).and_then(|f| f.take(MAX_INPUT + 1).read_to_end(&mut bytes)).map_err(said)?;
    }
    if bytes.len() as u64 > MAX_INPUT {
        return Err(Problem::Said(format!("{name} is larger than {} MB", MAX_INPUT / 1024 / 1024)));
    }
    Ok(decode(bytes))
}

/// UTF-8 as a rule, UTF-16 by its mark, else the Windows code page that old newsroom software writes.
fn decode(bytes: Vec<u8>) -> String {
    let wide = |big: bool| {
        let units = bytes[2..]
            .chunks_exact(2)
            .map(|p| if big { u16::from_be_bytes([p[0], p[1]]) } else { u16::from_le_bytes([p[0], p[1]]) });
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    if bytes.starts_with(&[0xff, 0xfe]) {
        return wide(false);
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return wide(true);
    }
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => e.into_bytes().into_iter().map(windows).collect(),
    }
}

/// The characters 0x80 to 0x9f of Windows-1252; zero where it has none.
const WINDOWS: [u16; 32] = [
    0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0, 0,
    0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178,
];

fn windows(byte: u8) -> char {
    let code = match byte {
        0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
        b => u16::from(b),
    };
    char::from_u32(u32::from(code)).filter(|_| code != 0 || byte == 0).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn with_verdicts(found: &[Quotation], checks: &[Check]) -> Vec<Value> {
    let mut quotes: Vec<Value> = found.iter().map(|q| json!(q)).collect();
    for (q, c) in quotes.iter_mut().zip(checks) {
        let edits: Vec<Value> = c
            .edits
            .iter()
            .map(|e| json!({ "kind": e.kind.name(), "allowed": e.allowed, "quoted": e.quoted, "original": e.original, "start": e.quotation.start, "end": e.quotation.end, "source_start": e.source.start, "source_end": e.source.end }))
            .collect();
        q["verdict"] = json!(verdict(c.verdict));
        q["source"] = c.source.map_or(Value::Null, |s| json!({ "start": s.start, "end": s.end }));
        q["edits"] = json!(edits);
    }
    quotes
}

fn verdict(v: Verdict) -> &'static str {
    match v {
        Verdict::Exact => "exact",
        Verdict::AllowedEdit => "allowed edit",
        Verdict::Altered => "altered",
        Verdict::NotFound => "not found",
    }
}

/// Widest column but the last.
const COLUMN: usize = 28;
/// Widest last column.
const WORDS: usize = 64;

fn table(out: &mut impl Write, found: &[Quotation], checks: &[Check]) -> io::Result<()> {
    if found.is_empty() {
        return writeln!(out, "No quotations found.");
    }
    let mut rows = vec![["", "SPEAKER", "CHANNEL", "TO", "DATE", "VERDICT", "WORDS"].map(str::to_owned)];
    for (n, q) in found.iter().enumerate() {
        let channel = match &q.channel.outlet {
            Some(o) => format!("{}, {o}", q.channel.medium.name()),
            None => q.channel.medium.name().to_owned(),
        };
        rows.push([
            (n + 1).to_string(),
            cut(q.speaker.as_ref().map_or("?", |s| s.name.as_str()), COLUMN),
            cut(&channel, COLUMN + 8),
            cut(q.channel.addressee.as_deref().unwrap_or(""), COLUMN),
            q.channel.date.map(|d| d.to_string()).unwrap_or_default(),
            checks.get(n).map_or_else(String::new, |c| verdict(c.verdict).to_owned()),
            cut(&q.text, WORDS),
        ]);
    }
    // A column with nothing in it is not printed.
    let shown: Vec<usize> = (0..7).filter(|&c| c == 0 || rows[1..].iter().any(|r| !r[c].is_empty())).collect();
    for r in &rows {
        let mut line = String::new();
        for &c in &shown {
            let width = rows.iter().map(|r| r[c].chars().count()).max().unwrap_or(0);
            let pad = width - r[c].chars().count();
            line.push_str(&r[c]);
            line.extend(std::iter::repeat_n(' ', pad + 2));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    for (n, c) in checks.iter().enumerate() {
        for e in c.edits.iter().filter(|e| !e.allowed) {
            writeln!(
                out,
                "{}: {}: source “{}”, quotation “{}”",
                n + 1,
                e.kind.name(),
                one_line(&e.original),
                one_line(&e.quoted)
            )?;
        }
    }
    Ok(())
}

/// One line, without control characters that would move a terminal's cursor.
fn one_line(text: &str) -> String {
    let clean = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str, width: usize) -> String {
    let line = one_line(text);
    if line.chars().count() <= width {
        return line;
    }
    let mut short: String = line.chars().take(width - 1).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// Stories read before their answers are written: keeps all cores busy and memory bounded.
const BATCH: usize = 64;

fn stream() -> Result<(), Problem> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut input = io::stdin().lock();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut number = 0;
    loop {
        let mut lines = Vec::with_capacity(BATCH * cores);
        while lines.len() < BATCH * cores {
            let mut line = String::new();
            let n =
                input.read_line(&mut line).map_err(|e| Problem::Said(format!("could not read standard input: {e}")))?;
            if n == 0 {
                break;
            }
            number += 1;
            if !line.trim().is_empty() {
                lines.push((number, line));
            }
        }
        if lines.is_empty() {
            out.flush()?;
            return Ok(());
        }
        let share = lines.len().div_ceil(cores);
        let answers: Vec<Result<String, String>> = thread::scope(|scope| {
            let jobs: Vec<_> = lines
                .chunks(share)
                .map(|part| scope.spawn(|| part.iter().map(|(n, l)| answer(*n, l)).collect::<Vec<_>>()))
                .collect();
            jobs.into_iter().flat_map(|j| j.join().unwrap_or_default()).collect()
        });
        for a in answers {
            writeln!(out, "{}", a.map_err(Problem::Said)?)?;
        }
    }
}

fn answer(number: usize, line: &str) -> Result<String, String> {
    let bad = |what: &str| format!("line {number} of standard input: {what}");
    let value: Value = serde_json::from_str(line).map_err(|e| bad(&e.to_string()))?;
    let text = value["text"].as_str().ok_or_else(|| bad("no \"text\""))?;
    let id = value.get("doc_id").ok_or_else(|| bad("no \"doc_id\""))?;
    let quotes = quotations(text, Format::detect(text));
    serde_json::to_string(&Found { doc_id: Some(id), quotes: &quotes }).map_err(|e| bad(&e.to_string()))
}
