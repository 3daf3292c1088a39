//! `onrecord completions SHELL`

use std::process::ExitCode;

use clap::CommandFactory;

/// Print a completion script for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  onrecord completions bash > /etc/bash_completion.d/onrecord")]
pub struct Completions {
    /// The shell.
    shell: clap_complete::Shell,
}

impl Completions {
    /// Prints it.
    pub fn run(self) -> ExitCode {
        clap_complete::generate(self.shell, &mut super::Cli::command(), "onrecord", &mut std::io::stdout());
        ExitCode::SUCCESS
    }
}
