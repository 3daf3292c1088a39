//! How fast, at best and at worst.

use std::time::Instant;

use onrecord_quotation::{Format, quotations};

use crate::Story;

/// Seconds this thread has been on a core, where the system tells: other programs share the machine. Else the clock.
pub struct Stopwatch {
    start: Instant,
    cpu: Option<f64>,
}

impl Stopwatch {
    pub fn start() -> Self {
        Stopwatch { start: Instant::now(), cpu: cpu() }
    }

    pub fn seconds(&self) -> f64 {
        match (self.cpu, cpu()) {
            (Some(a), Some(b)) => b - a,
            _ => self.start.elapsed().as_secs_f64(),
        }
    }
}

fn cpu() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(stat.split(' ').next()?.parse::<u64>().ok()? as f64 / 1e9)
}

/// Passes over the stories; the best counts, as other programs share the machine.
const PASSES: usize = 9;
/// Words of a story, as the bar has it.
const WORDS: f64 = 750.0;

/// Stories of 750 words a second on one core, from memory.
pub fn stories(docs: &[Story]) -> f64 {
    let words: usize = docs.iter().map(|(_, t)| t.split_whitespace().count()).sum();
    let mut best = f64::MAX;
    for _ in 0..PASSES {
        let start = Stopwatch::start();
        let found: usize = docs.iter().map(|(_, t)| quotations(t, Format::Plain).len()).sum();
        assert!(found > 0);
        best = best.min(start.seconds());
    }
    (words as f64 / WORDS / best).floor()
}

/// Bytes of each hostile input.
const SIZE: usize = 10 * 1024 * 1024;

/// Pieces that fill the hostile inputs: marks only, no marks, one line, markup never closed.
const PIECES: &[&str] = &[
    "\"",
    "\u{201c}",
    "\u{201d}",
    "'",
    "''",
    "\u{201e}",
    "\u{ab}",
    "\u{201c}a ",
    "\"a ",
    "a",
    "word ",
    "Word ",
    "he said ",
    "Smith said \"no\" ",
    "\u{201c}no,\u{201d} said Smith. ",
    "\n\"a",
    "\u{201c}a\n\n",
    "<",
    "<a ",
    "<script>",
    "<p title=\"",
    "&",
    "&amp;",
    "[",
    "[a](",
    "](",
    "![",
    "*",
    "> a\n\n",
    ">",
    "`",
    "\\",
    ", ",
    "Smith, ",
    "of ",
    "(",
    "\u{0}",
    "\u{1f600}",
    "A. ",
    "1'2\"",
    "- ",
    ": ",
    "told Smith of Jones, ",
    "Mr. ",
    "the ",
    "who ",
    "\u{201c}a\u{201d} ",
    "Ann Lee of the Bank of ",
    "X",
    "http:",
    "a.b",
];

/// Seconds for the slowest hostile input in any format, the best of two passes each.
pub fn worst() -> f64 {
    let mut worst = 0f64;
    for piece in PIECES {
        let text = piece.repeat(SIZE / piece.len());
        for format in [Format::Plain, Format::Html, Format::Markdown] {
            let once = || {
                let start = Stopwatch::start();
                let n = quotations(&text, format).len();
                (start.seconds(), n)
            };
            let (first, n) = once();
            let best = if first > 2.0 { first.min(once().0) } else { first };
            if best > 1.0 {
                eprintln!("{:?} as {format:?}: {best:.2} s, {n} quotations", piece);
            }
            worst = worst.max(best);
        }
    }
    worst
}
