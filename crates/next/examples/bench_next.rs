//! `./dev bench next`: one row a bar, exit code 1 unless all are met.
//!
//! `bench_next [--mind FOLDER] [--ebnerd FOLDER] [--small]`; the folders can also stand in `ONRECORD_BENCH_MIND` and
//! `ONRECORD_BENCH_EBNERD`. `generate FOLDER` writes a generated log in MIND's format.

#[path = "bench_next/latency.rs"]
mod latency;

use std::{env, fs, path::PathBuf, process::ExitCode};

use onrecord_next::{
    rank::text::TextIndex,
    replay::{
        self, ebnerd,
        generate::{self, FULL, SMALL},
        log::Log,
        metrics::{Measured, Measures},
        mind,
    },
};

/// The rows so far: name, figure, bar, verdict.
#[derive(Default)]
struct Rows(Vec<(String, String, String, &'static str)>);

impl Rows {
    fn row(&mut self, name: &str, figure: String, bar: String, met: Option<bool>) {
        let verdict = match met {
            Some(true) => "ok",
            Some(false) => "SHORT",
            None => "not run",
        };
        self.0.push((name.to_owned(), figure, bar, verdict));
    }

    fn print(&self) -> ExitCode {
        println!("\n{:<64} {:>30} {:>14}", "measure", "figure", "bar");
        for (name, figure, bar, verdict) in &self.0 {
            println!("{name:<64} {figure:>30} {bar:>14}  {verdict}");
        }
        if self.0.iter().all(|row| row.3 == "ok") { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [command, folder] = &arguments[..]
        && command == "generate"
    {
        return write(&PathBuf::from(folder));
    }
    let option = |name: &str, variable: &str| {
        let given = arguments.iter().position(|one| one == name).and_then(|at| arguments.get(at + 1)).cloned();
        given.or_else(|| env::var(variable).ok()).filter(|path| !path.is_empty()).map(PathBuf::from)
    };
    let mut rows = Rows::default();
    let size = if arguments.iter().any(|one| one == "--small") { SMALL } else { FULL };
    let files = generate::generate(size);
    let log = mind::parse(&files.news, &files.behaviors, true);
    let measured = run("generated logs", &log);
    over(&mut rows, "generated", &measured);
    let mind_folder = option("--mind", "ONRECORD_BENCH_MIND");
    real(&mut rows, "MIND", mind_folder.map(|folder| mind::read(&folder)), &[(0, 0.62), (3, 0.355)]);
    let ebnerd_folder = option("--ebnerd", "ONRECORD_BENCH_EBNERD");
    real(&mut rows, "EB-NeRD", ebnerd_folder.map(|folder| ebnerd::read(&folder)), &[(0, 0.56)]);
    text(&mut rows);
    latency::measure(&mut rows);
    rows.print()
}

fn write(folder: &PathBuf) -> ExitCode {
    let files = generate::generate(FULL);
    let written = fs::create_dir_all(folder)
        .and_then(|()| fs::write(folder.join("news.tsv"), files.news))
        .and_then(|()| fs::write(folder.join("behaviors.tsv"), files.behaviors))
        .and_then(|()| fs::write(folder.join(mind::ORDERED), ""));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

/// Replays a log and prints every contender's measures.
fn run(name: &str, log: &Log) -> Vec<Measured> {
    let (shown, clicked) = log.counts();
    eprintln!("{name}: {} lists, {shown} showings, {clicked} clicks, {} stories", log.lists.len(), log.stories.len());
    let tenth = (log.lists.len() / 10).max(1);
    let mut contenders = replay::contenders();
    let measured = replay::replay(log, &mut contenders, |at| {
        if at % tenth == 0 {
            eprint!(".");
        }
    });
    eprintln!();
    println!("\n{name}: mean and 95 % interval over lists");
    print!("{:<24}", "");
    Measures::NAMES.iter().for_each(|name| print!(" {name:>24}"));
    println!();
    for one in &measured {
        print!("{:<24}", one.name);
        one.intervals().iter().for_each(|i| print!(" {:>8.4} [{:.4}, {:.4}]", i.mean, i.low, i.high));
        println!();
    }
    measured
}

/// A row for each measure: how much better than the best baseline.
fn over(rows: &mut Rows, name: &str, measured: &[Measured]) {
    let Some((ours, others)) = measured.split_last() else { return };
    for (at, measure) in Measures::NAMES.iter().enumerate() {
        let best = others.iter().max_by(|a, b| a.intervals()[at].mean.total_cmp(&b.intervals()[at].mean));
        let Some(best) = best else { continue };
        let more = ours.over(best)[at];
        rows.row(
            &format!("{name}: {measure} above the best baseline ({})", best.name),
            format!("{:+.4} [{:+.4}, {:+.4}]", more.mean, more.low, more.high),
            "> 0".into(),
            Some(more.low > 0.0),
        );
    }
}

/// Rows for a log that is not in the project.
fn real(rows: &mut Rows, name: &str, log: Option<Result<Log, String>>, bars: &[(usize, f64)]) {
    let measured = match log {
        Some(Ok(log)) => Some(run(name, &log)),
        Some(Err(error)) => {
            eprintln!("{error}");
            None
        }
        None => None,
    };
    for (at, bar) in bars {
        let figure = measured.as_ref().and_then(|all| all.last()).map(|ours| ours.intervals()[*at]);
        let shown =
            figure.map_or_else(|| "no folder given".into(), |i| format!("{:.4} [{:.4}, {:.4}]", i.mean, i.low, i.high));
        rows.row(
            &format!("{name}: {}", Measures::NAMES[*at]),
            shown,
            format!(">= {bar}"),
            figure.map(|i| i.mean >= *bar),
        );
    }
}

/// Words in common find stories of the same kind: the share of dated headlines whose nearest one has their category.
fn text(rows: &mut Rows) {
    const BAR: f64 = 0.33;
    let name = "text: nearest headline of the same category (42 categories)";
    let file = PathBuf::from(env::var("ONRECORD_BENCH_DATA").unwrap_or_else(|_| "../shared/data".into()))
        .join("nextarticle/newscat/huffpost_v3_partial.jsonl");
    let Ok(lines) = fs::read_to_string(&file) else {
        return rows.row(name, "no data".into(), format!(">= {BAR}"), None);
    };
    let mut index = TextIndex::default();
    let mut categories = Vec::new();
    for (at, line) in lines.lines().enumerate() {
        let Ok(one) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let part = |key: &str| one.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        index.put(at, &format!("{} {}", part("headline"), part("short_description")));
        categories.push((at, part("category")));
    }
    let of: std::collections::HashMap<u32, &str> = categories.iter().map(|(at, name)| (*at, name.as_str())).collect();
    let (mut same, mut all) = (0, 0);
    for (at, category) in &categories {
        let mut like = index.like(*at, 20);
        like.sort_by(|a, b| index.cosine(*at, *b).total_cmp(&index.cosine(*at, *a)));
        if let Some(nearest) = like.first() {
            all += 1;
            same += usize::from(of.get(nearest) == Some(&category.as_str()));
        }
    }
    let share = same as f64 / all.max(1) as f64;
    rows.row(name, format!("{share:.3} of {all}"), format!(">= {BAR}"), Some(share >= BAR));
}
