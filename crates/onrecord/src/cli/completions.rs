//! `onrecord completions SHELL`

use std::{io::Write, process::ExitCode};

use clap::CommandFactory;

use crate::failure::Failure;

/// Print a completion script for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord
  onrecord completions fish > ~/.config/fish/completions/onrecord.fish")]
pub struct Completions {
    /// The shell.
    shell: clap_complete::Shell,
}

impl Completions {
    /// Prints it.
    ///
    /// # Errors
    /// If nobody takes it.
    pub fn run(self) -> Result<ExitCode, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::Cli::command(), "onrecord", &mut script);
        let written = std::io::stdout().write_all(&script);
        written.map_err(|e| Failure::new(format!("the script cannot be written: {e}")))?;
        Ok(ExitCode::SUCCESS)
    }
}
