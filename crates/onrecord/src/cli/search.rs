//! `onrecord search rebuild`

use std::process::ExitCode;

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};
use onrecord_search::Progress;

use crate::{config::Config, failure::Failure};

/// The search index.
#[derive(Debug, clap::Subcommand)]
#[command(after_help = "Example:\n  onrecord --data news search rebuild")]
pub enum Search {
    /// Make the search index anew from what is published, while the old one serves
    #[command(after_help = "Example:
  onrecord --data news search rebuild

A server that runs on this newsroom goes over to the new index within a second and takes up what was published meanwhile.
It makes the index by itself when there is none, when it is damaged, and after an update that needs another one. See
docs/search.md.")]
    Rebuild,
}

impl Search {
    /// Does it.
    ///
    /// # Errors
    /// If there is no newsroom, another index is being made, or the folder cannot be written.
    pub async fn run(self, config: Config) -> Result<ExitCode, Failure> {
        let app = super::open(config).await?;
        let bar = ProgressBar::new(1);
        if let Ok(style) = ProgressStyle::with_template("{msg:28} {bar:32} {percent:>3} %  {elapsed}, {eta} left") {
            bar.set_style(style);
        }
        let shown = bar.clone();
        let report = move |progress| match progress {
            Progress::Stories(done, total) => {
                shown.set_length(total.max(1));
                shown.set_message(format!("{} stories and pages", HumanCount(done)));
                shown.set_position(done);
            }
            Progress::Quotations(done) => shown.set_message(format!("{} quotations", HumanCount(done))),
            Progress::People(done) => shown.set_message(format!("{} people", HumanCount(done))),
            Progress::Joining => shown.set_message("joining its parts"),
        };
        let outcome = onrecord_search::rebuild(&app, report).await;
        bar.finish_and_clear();
        let built = outcome?;
        println!(
            "The search index holds {} stories, {} pages, {} quotations and {} people: {}, made in {:.1} s.",
            HumanCount(built.stories),
            HumanCount(built.pages),
            HumanCount(built.quotations),
            HumanCount(built.people),
            HumanBytes(built.bytes),
            built.millis as f64 / 1000.0
        );
        Ok(ExitCode::SUCCESS)
    }
}
