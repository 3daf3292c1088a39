//! `onrecord theme list | copy`

use std::{collections::BTreeMap, fs, io::Write, process::ExitCode};

use onrecord_site::theme::built_in;

use crate::{config::Config, failure::Failure, newsroom};

/// Change how the public pages look.
#[derive(Debug, clap::Subcommand)]
#[command(after_help = "Example:\n  onrecord --data news theme copy theme.css")]
pub enum Theme {
    /// List the theme's files, and which of them this newsroom has changed
    List,
    /// Copy files of the built-in theme into the newsroom's folder, to be changed there
    #[command(after_help = "Examples:
  onrecord --data news theme copy theme.css
  onrecord --data news theme copy --all

The server sees a changed file within a second. A template that cannot be rendered is shown at /desk/theme, while
readers keep the last good pages. To take a change back, remove the file. See docs/theme.md.")]
    Copy {
        /// Names as `theme list` prints them.
        #[arg(required_unless_present = "all")]
        files: Vec<String>,
        /// Copy every file that is not there yet.
        #[arg(long, conflicts_with = "files")]
        all: bool,
    },
}

impl Theme {
    /// Does it.
    ///
    /// # Errors
    /// If there is no newsroom, no such file, or one is there already.
    pub fn run(self, config: Config) -> Result<ExitCode, Failure> {
        newsroom::find(&config)?;
        let folder = config.data.theme();
        let files: BTreeMap<&str, &[u8]> = built_in().collect();
        match self {
            Theme::List => {
                let mut out = std::io::stdout();
                for name in files.keys() {
                    let mark = if folder.join(name).exists() { "  changed here" } else { "" };
                    // Whoever has read enough closes the pipe.
                    let _ = writeln!(out, "{name}{mark}");
                }
            }
            Theme::Copy { files: wanted, all } => {
                if let Some(unknown) = wanted.iter().find(|name| !files.contains_key(name.as_str())) {
                    return Err(Failure::new(format!("the theme has no file {unknown}; see onrecord theme list")));
                }
                // Nothing is copied unless all of it can be: a file that is there may hold somebody's work.
                if let Some(there) = wanted.iter().find(|name| folder.join(name).exists()) {
                    let there = folder.join(there);
                    return Err(Failure::new(format!("{} is there already; it was left as it is", there.display())));
                }
                for (name, bytes) in files {
                    let path = folder.join(name);
                    if path.exists() || !(all || wanted.iter().any(|wanted| wanted == name)) {
                        continue;
                    }
                    path.parent()
                        .map_or(Ok(()), fs::create_dir_all)
                        .and_then(|()| fs::write(&path, bytes))
                        .map_err(|e| Failure::new(format!("{} cannot be written: {e}", path.display())))?;
                    println!("{}", path.display());
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
