//! The command line.

mod backup;
mod completions;
mod doctor;
mod export;
mod import;
mod init;
mod next;
mod quotes;
mod restore;
mod search;
mod staff;
mod strip;
mod theme;
mod tips;

use std::{io::IsTerminal, process::ExitCode};

use clap::{Parser, Subcommand};
use tempfile::TempDir;
use tracing_subscriber::EnvFilter;

use crate::{
    config::{Config, Global},
    demo,
    failure::Failure,
    serve,
};

const EXAMPLES: &str = "Examples:
  onrecord demo                                    a furnished newsroom to look at
  onrecord init news --owner ana@example.org       make a newsroom in the folder news
  onrecord --data news serve --listen 127.0.0.1:8080
  onrecord --data news import wordpress export.xml --media uploads/
  onrecord --data news backup news.tar
  onrecord quotes story.html                       who said what, in any text";

/// A newsroom in one program: tips, stories, quotations on the record, pictures with credits, the published page.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a newsroom in a new folder, with its owner
    Init(init::Init),
    /// Serve the newsroom
    Serve(serve::Serve),
    /// Show a furnished newsroom; nothing is kept unless asked for
    Demo(demo::Demo),
    /// People of the newsroom: list, invite, reset
    #[command(subcommand)]
    Staff(staff::Staff),
    /// The tip line: keys, reading, answering, erasing
    #[command(subcommand)]
    Tips(tips::Tips),
    /// Bring in what was published elsewhere
    Import(import::ImportArgs),
    /// Write what is here in forms that others read
    Export(export::ExportArgs),
    /// Say what to read after a story, and why
    Next(next::NextArgs),
    /// Find the quotations of a text and name their speakers
    Quotes(quotes::QuotesArgs),
    /// Make a copy of a file to publish, built anew without its metadata
    Strip(strip::StripArgs),
    /// The search index: make it anew
    #[command(subcommand)]
    Search(search::Search),
    /// Change how the public pages look: list the theme's files, copy some to change them
    #[command(subcommand)]
    Theme(theme::Theme),
    /// Write a consistent copy of the newsroom to one file, while it serves
    Backup(backup::BackupArgs),
    /// Make a newsroom from such a copy, in an empty folder
    Restore(restore::RestoreArgs),
    /// Look whether everything is as it should be
    Doctor(doctor::DoctorArgs),
    /// Print a completion script for a shell
    Completions(completions::Completions),
}

/// The niceness of an import: a ninth of what readers' threads get of a processor that both want. Lower still, and an
/// import on a busy machine would hold the database's lock too long for the desk.
const IMPORT_NICE: i32 = 10;

/// Carries out what was asked for.
///
/// # Errors
/// With the sentence to print.
pub fn run(cli: Cli) -> Result<ExitCode, Failure> {
    // These need no newsroom, no runtime and no log.
    match cli.command {
        Command::Completions(completions) => return completions.run(),
        Command::Quotes(args) => return Ok(quotes::run(args)?),
        Command::Strip(args) => return strip::run(&args),
        _ => {}
    }
    log(if matches!(cli.command, Command::Serve(_)) { "info" } else { "warn" });
    let temporary = match &cli.command {
        Command::Demo(demo) => demo.temporary()?,
        _ => None,
    };
    if matches!(cli.command, Command::Import(_)) {
        // Readers first: their server often has the same processors. Before the runtime, since threads take it over from
        // whoever starts them; where the system refuses, the import runs as any other program.
        let _ = rustix::process::nice(IMPORT_NICE);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::new(format!("cannot start: {e}")))?;
    let answer = runtime.block_on(async {
        let config = || cli.global.config();
        match cli.command {
            Command::Init(init) => init.run(cli.global).await,
            Command::Serve(serve) => serve.run(config()?).await,
            Command::Demo(demo) => demo.run(temporary.as_ref().map(TempDir::path)).await,
            Command::Staff(staff) => staff.run(config()?).await,
            Command::Theme(args) => args.run(config()?),
            Command::Search(args) => args.run(config()?).await,
            Command::Tips(args) => args.run(config).await,
            Command::Backup(args) => backup::run(args, config()?).await,
            Command::Restore(args) => restore::run(args, config()?).await,
            Command::Doctor(args) => doctor::run(args, config()?).await,
            Command::Import(args) => import::run(args, config()?).await,
            Command::Next(args) => next::run(args, config()?).await,
            Command::Export(args) => export::run(args, config()?).await,
            Command::Completions(_) | Command::Quotes(_) | Command::Strip(_) => Ok(ExitCode::SUCCESS),
        }
    });
    // A reader on a slow line must not keep the process from ending.
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    // Not before everything that could still write into it has ended.
    drop(temporary);
    answer
}

/// What the program says of itself goes to the standard error: much while it serves, otherwise warnings.
fn log(usual: &str) {
    let filter = EnvFilter::try_from_env("ONRECORD_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let coloured = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(coloured).init();
}

/// Opens an existing newsroom.
async fn open(config: Config) -> Result<onrecord_base::App, Failure> {
    crate::newsroom::open(config).await
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
