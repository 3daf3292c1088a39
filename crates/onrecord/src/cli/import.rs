//! `onrecord import wordpress FILE.xml`, `onrecord import text FILE`

use std::{
    io::{IsTerminal, Read},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use clap::Subcommand;
use indicatif::{HumanBytes, ProgressBar, ProgressStyle};
use onrecord_base::App;
use onrecord_exchange::import::{OnProgress, Progress, TextImport, WordpressImport, text, wordpress};

use crate::{config::Config, failure::Failure};

/// The largest text: a book has 1 MB.
const LARGEST_TEXT: u64 = 16 * 1024 * 1024;

/// How far into a file its first tag must stand.
const START: u64 = 64 * 1024;

/// Bring in what was published elsewhere. Running it again changes nothing; an interrupted import goes on.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  onrecord --data news import wordpress export.xml --media wp-content/uploads
  onrecord --data news import text article.txt --headline 'Harbour wall to be rebuilt'
  pbpaste | onrecord --data news import text - --draft")]
pub struct ImportArgs {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, Subcommand)]
enum From {
    /// An export of a WordPress site (Tools > Export), with the pictures of a local folder
    #[command(after_help = "Example:\n  onrecord --data news import wordpress export.xml --media wp-content/uploads")]
    Wordpress(Wordpress),
    /// A pasted article: headings, captions, credits and quotations are found by their marks
    #[command(
        after_help = "Example:\n  onrecord --data news import text article.txt --section culture --headline 'A friendship'"
    )]
    Text(Text),
    /// Comments of Disqus (XML), WordPress (WXR), Isso (its SQLite file) or remark42 (a backup)
    #[command(after_help = "Example:\n  onrecord --data news import comments disqus.xml")]
    Comments(Comments),
}

#[derive(Debug, clap::Args)]
struct Comments {
    /// The file; what it is, it says itself. Threads come to the stories that stand at their addresses here.
    file: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Wordpress {
    /// The export, a WXR file.
    file: PathBuf,
    /// The site's folder of uploads, with its pictures; give it the first time, since stories that are here stay as they are.
    #[arg(long, value_name = "FOLDER")]
    media: Option<PathBuf>,
    /// Where to write the report; in the newsroom's folder if absent.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Text {
    /// The text, UTF-8; `-` for standard input.
    file: PathBuf,
    /// Its headline; the first heading if absent.
    #[arg(long)]
    headline: Option<String>,
    /// Name of its section; the newsroom's first if absent.
    #[arg(long)]
    section: Option<String>,
    /// Leave it a draft instead of publishing it.
    #[arg(long)]
    draft: bool,
}

/// Imports.
///
/// # Errors
/// With the sentence to print.
pub async fn run(args: ImportArgs, config: Config) -> Result<ExitCode, Failure> {
    match args.from {
        From::Wordpress(args) => {
            readable(&args.file)?;
            let app = super::open(config).await?;
            from_wordpress(&app, args).await
        }
        From::Text(args) => {
            let content = content(&args.file)?;
            let app = super::open(config).await?;
            from_text(&app, args, content).await
        }
        From::Comments(args) => {
            let found = onrecord_exchange::comments::read(&args.file)?;
            let app = super::open(config).await?;
            from_comments(&app, found).await
        }
    }
}

async fn from_comments(app: &App, found: onrecord_exchange::comments::Found) -> Result<ExitCode, Failure> {
    let source = found.source.name();
    let outcome = onrecord_exchange::comments::bring(app, found).await?;
    let counts = outcome.counts;
    println!("{} comments of {source} read", outcome.read);
    for (count, what) in [
        (counts.added, "brought to their stories"),
        (counts.known, "were here already"),
        (outcome.left_out, "are spam, pings, or stand below deleted threads, and were left out"),
        (counts.empty, "hold no text"),
        (counts.orphans, "answer something that is not there and stand by themselves"),
        (outcome.homeless, "belong to addresses where no story stands here"),
    ] {
        if count > 0 {
            println!("  {count:>6}  {what}");
        }
    }
    outcome.addresses.iter().for_each(|address| println!("          {address}"));
    Ok(ExitCode::SUCCESS)
}

/// Says what is wrong with a file before a newsroom is opened for it.
fn readable(path: &Path) -> Result<(), Failure> {
    let meta = std::fs::metadata(path).map_err(|e| Failure::new(format!("{} cannot be read: {e}", path.display())))?;
    if meta.is_dir() {
        return Err(Failure::new(format!("{} is a folder; the export is a file that ends in .xml", path.display())));
    }
    let mut start = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(START).read_to_end(&mut start))
        .map_err(|e| Failure::new(format!("{} cannot be read: {e}", path.display())))?;
    match &start[..] {
        [0x1f, 0x8b, ..] | [b'P', b'K', 3, 4, ..] => {
            Err(Failure::new(format!("{} is compressed; unpack it and give the .xml file inside", path.display())))
        }
        // Otherwise gigabytes of something else would be read to the end.
        _ if !start.contains(&b'<') => {
            Err(Failure::new(format!("{} is no WordPress export: it does not begin as XML does", path.display())))
        }
        _ => Ok(()),
    }
}

async fn from_wordpress(app: &App, args: Wordpress) -> Result<ExitCode, Failure> {
    let report = args.report.unwrap_or_else(|| default_report(app, &args.file));
    let import = WordpressImport { file: args.file, media: args.media, report: Some(report.clone()) };
    let (bar, progress) = bar();
    let outcome = wordpress(app, &import, progress).await;
    bar.finish_and_clear();
    let outcome = outcome?;
    print!("{}", outcome.report);
    let settled = onrecord_exchange::comments::settle(app).await?;
    if settled.added > 0 {
        println!("{} comments stand below their stories now.", settled.added);
    }
    println!("All of it, line by line: {}", report.display());
    match outcome.fault {
        None => Ok(ExitCode::SUCCESS),
        Some(fault) => {
            let file = import.file.display();
            let kept = match outcome.report.counts.items {
                0 => "Nothing was imported.",
                _ => "What came before it was imported.",
            };
            Err(Failure::new(format!("{file}, {fault}. {kept}")))
        }
    }
}

/// `imports/NAME-TIME.txt` in the newsroom's folder.
fn default_report(app: &App, file: &Path) -> PathBuf {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let time = app.now().rfc3339();
    let time: String = time.chars().take_while(|c| *c != '.').filter(|c| c.is_ascii_digit() || *c == 'T').collect();
    app.data.path().join("imports").join(format!("{stem}-{time}.txt"))
}

/// A bar that is drawn on a terminal only.
fn bar() -> (ProgressBar, OnProgress) {
    let bar = ProgressBar::new(100);
    if let Ok(style) = ProgressStyle::with_template("{msg:24} {bar:32} {percent:>3} %  {elapsed}") {
        bar.set_style(style);
    }
    let shown = bar.clone();
    let progress: OnProgress = Arc::new(move |progress| {
        let (message, done, total) = match progress {
            Progress::Reading(done, total) => (format!("reading {}", HumanBytes(total)), done, total),
            Progress::Pictures(done, total) => (format!("pictures {done}/{total}"), done, total),
            Progress::Stories(done, total) => ("stories".to_owned(), done, total),
        };
        shown.set_length(total.max(1));
        shown.set_message(message);
        shown.set_position(done);
    });
    (bar, progress)
}

fn content(path: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().take(LARGEST_TEXT + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LARGEST_TEXT + 1).read_to_end(&mut bytes))
    };
    read.map_err(|e| Failure::new(format!("{} cannot be read: {e}", path.display())))?;
    if bytes.len() as u64 > LARGEST_TEXT {
        let limit = LARGEST_TEXT / 1024 / 1024;
        return Err(Failure::new(format!("{} is larger than {limit} MB: that is no article", path.display())));
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let line = 1 + e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count();
        Failure::new(format!("{}, line {line}: this is not UTF-8 text", path.display()))
    })?;
    match text.trim().is_empty() {
        true => Err(Failure::new(format!("{} holds no text", path.display()))),
        false => Ok(text),
    }
}

async fn from_text(app: &App, args: Text, content: String) -> Result<ExitCode, Failure> {
    let import = TextImport { text: content, headline: args.headline, section: args.section, draft: args.draft };
    let outcome = text(app, import).await?;
    if outcome.unchanged {
        println!("Already here, nothing was changed: {}", outcome.headline);
    } else {
        println!("Imported: {}", outcome.headline);
        outcome.report.iter().for_each(|line| println!("  {line}"));
    }
    match &outcome.path {
        Some(path) => println!("Published at {}{path}", app.settings().base_url),
        None => println!("It is a draft; it waits at {}/desk/stories/{}", app.settings().base_url, outcome.story),
    }
    if std::io::stdout().is_terminal() && outcome.path.is_some() {
        println!("See it: onrecord --data {} serve", app.data.path().display());
    }
    Ok(ExitCode::SUCCESS)
}
