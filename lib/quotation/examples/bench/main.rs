//! `./dev bench quotes`: the figures of the library against their bars, one row each.
//!
//! Reads the measuring data from the folder in `ONRECORD_BENCH_DATA` (default `../shared/data` beside the checkout) and
//! calls that folder's own scorer with `python3`. A row is `ok`, `SHORT`, or `not run` where the data is absent; the exit
//! code is 1 unless all rows are ok. With `--predict FILE` it only writes predictions for a file of `{"doc_id", "text"}`
//! lines to standard output.

mod speed;
mod words;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use onrecord_quotation::{Format, quotations};
use serde_json::{Value, json};

/// One row of the table.
pub struct Row {
    name: String,
    figure: Option<f64>,
    bar: f64,
    /// The figure must not exceed the bar.
    most: bool,
}

impl Row {
    fn least(name: &str, figure: Option<f64>, bar: f64) -> Self {
        Row { name: name.to_owned(), figure, bar, most: false }
    }

    fn most(name: &str, figure: Option<f64>, bar: f64) -> Self {
        Row { name: name.to_owned(), figure, bar, most: true }
    }

    fn word(&self) -> &'static str {
        match self.figure {
            None => "not run",
            Some(f) if (self.most && f <= self.bar) || (!self.most && f >= self.bar) => "ok",
            Some(_) => "SHORT",
        }
    }
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() == Some("--predict") {
        let Some(docs) = args.next().and_then(|f| documents(Path::new(&f))) else {
            eprintln!("cannot read the file of documents");
            return ExitCode::FAILURE;
        };
        print!("{}", predictions(&docs));
        return ExitCode::SUCCESS;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = std::env::var_os("ONRECORD_BENCH_DATA").map_or_else(|| root.join("../shared/data"), PathBuf::from);
    let quotes = data.join("quotes");
    let mut rows = Vec::new();
    accuracy(&quotes, &mut rows);
    seed(&quotes, &mut rows);
    let stories = documents(&quotes.join("polnear.dev.jsonl"));
    rows.push(Row::least("stories a second of 750 words, one core", stories.as_deref().map(speed::stories), 2000.0));
    let sets = ["polnear.dev.jsonl", "de_wikinews.dev.jsonl", "litbank.dev.jsonl"].map(|f| gold(&quotes.join(f)));
    let sets: Option<Vec<Value>> =
        sets.into_iter().collect::<Option<Vec<_>>>().map(|v| v.into_iter().flatten().collect());
    let found = sets.as_deref().map(words::check);
    rows.push(Row::least("one-word changes flagged, %", found.as_ref().map(|f| f.flagged), 100.0));
    rows.push(Row::most("alarms on allowed edits", found.as_ref().map(|f| f.alarms), 0.0));
    rows.push(Row::most("40 words against 100,000, ms", stories.as_deref().map(words::milliseconds), 20.0));
    rows.push(Row::most("slowest 10 MB of hostile input, s", Some(speed::worst()), 2.0));
    let width = rows.iter().map(|r| r.name.chars().count()).max().unwrap_or(0);
    for r in &rows {
        let figure = r
            .figure
            .map_or_else(|| "-".to_owned(), |f| if f.fract() == 0.0 { format!("{f}") } else { format!("{f:.4}") });
        let sign = if r.most { "<=" } else { ">=" };
        println!("{:width$}  {figure:>10}  {sign} {:<6}  {}", r.name, r.bar, r.word());
    }
    if rows.iter().all(|r| r.word() == "ok") { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A story: its id and text.
pub type Story = (String, String);

fn gold(file: &Path) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(file).ok()?;
    text.split('\n').filter(|l| !l.trim().is_empty()).map(|l| serde_json::from_str(l).ok()).collect()
}

fn documents(file: &Path) -> Option<Vec<Story>> {
    let field = |v: &Value, f: &str| v[f].as_str().unwrap_or_default().to_owned();
    Some(gold(file)?.iter().map(|v| (field(v, "doc_id"), field(v, "text"))).collect())
}

fn predictions(docs: &[Story]) -> String {
    let lines = docs
        .iter()
        .map(|(id, text)| format!("{}\n", json!({ "doc_id": id, "quotes": quotations(text, Format::detect(text)) })));
    lines.collect()
}

fn accuracy(quotes: &Path, rows: &mut Vec<Row>) {
    let sets: [(&str, &[(&str, f64)]); 3] = [
        ("polnear.dev", &[("exact", 0.97), ("attributed", 0.88), ("mention", 0.90)]),
        ("de_wikinews.dev", &[("exact", 0.80)]),
        ("litbank.dev", &[("exact", 0.85)]),
    ];
    for (set, bars) in sets {
        let file = quotes.join(format!("{set}.jsonl"));
        let scores = documents(&file).and_then(|docs| score(quotes, &file, &predictions(&docs)));
        for (what, bar) in bars {
            let figure = scores.as_ref().and_then(|s| s[*what]["f1"].as_f64());
            rows.push(Row::least(&format!("{set}: {what} F1"), figure, *bar));
        }
    }
}

/// The data folder's own scorer.
fn score(quotes: &Path, gold: &Path, predictions: &str) -> Option<Value> {
    let mut file = tempfile::NamedTempFile::new().ok()?;
    file.write_all(predictions.as_bytes()).ok()?;
    let scorer = quotes.join("score_quotes.py");
    let out = Command::new("python3")
        .arg(scorer)
        .arg("--gold")
        .arg(gold)
        .arg("--pred")
        .arg(file.path())
        .args(["--json", "--boot", "0"])
        .output()
        .ok()?;
    serde_json::from_slice(&out.stdout).ok()
}

/// The seed article: speakers and channels against the gold, the rest by count.
fn seed(quotes: &Path, rows: &mut Vec<Row>) {
    let gold = gold(&quotes.join("seed.jsonl"));
    let read = gold.as_ref().and_then(|g| {
        let text = g.first()?["text"].as_str()?;
        let gold = g.first()?["quotes"].as_array()?.clone();
        let found = quotations(text, Format::detect(text));
        Some((gold, found))
    });
    let right = read.as_ref().map(|(gold, found)| {
        let hit = |g: &&Value| {
            found.iter().any(|q| {
                g["start"] == json!(q.span.start)
                    && g["speaker"] == json!(q.speaker.as_ref().map(|s| &s.name))
                    // The gold calls a post on Twitter a tweet.
                    && g["channel"].as_str().map(|c| if c == "tweet" { "post" } else { c }) == Some(q.channel.medium.name())
            })
        };
        gold.iter().filter(hit).count() as f64
    });
    rows.push(Row::least("seed: speakers and channels of 9", right, 9.0));
    let named = read.map(|(_, found)| {
        let outlet = |o: &str| found.iter().filter(|q| q.channel.outlet.as_deref() == Some(o)).count();
        let to = |a: &str| found.iter().filter(|q| q.channel.addressee.as_deref() == Some(a)).count();
        let dated = found.iter().filter(|q| q.channel.date.is_some_and(|d| d.to_string() == "2018")).count();
        // Each as the bar counts them: paper, addressees, network, magazine, the date on the messages.
        let wanted = [
            outlet("UK Sunday Times") == 3,
            to("Kanye West") == 2,
            to("John Legend") == 1,
            outlet("Twitter") == 2,
            outlet("Forbes") == 1,
            dated >= 2 && found.iter().all(|q| q.channel.date.is_none() || q.channel.medium.name() == "text message"),
        ];
        wanted.iter().filter(|w| **w).count() as f64
    });
    rows.push(Row::least("seed: outlets, addressees, date of 6", named, 6.0));
}
