//! `onrecord export comments`

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::{Subcommand, ValueEnum};
use onrecord_exchange::comments;

use crate::{config::Config, failure::Failure};

/// Write what is here in forms that others read.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  onrecord --data news export comments --format disqus comments.xml")]
pub struct ExportArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The comments of readers; addresses of readers stay here
    #[command(after_help = "Example:\n  onrecord --data news export comments comments.json")]
    Comments(Comments),
}

#[derive(Debug, clap::Args)]
struct Comments {
    /// Where to write; `-` for standard output.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// All comments as JSON, or what readers see as Disqus exports it.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// All comments, in every state
    Json,
    /// What readers see, as Disqus exports it
    Disqus,
}

/// Exports.
///
/// # Errors
/// With the sentence to print.
pub async fn run(args: ExportArgs, config: Config) -> Result<ExitCode, Failure> {
    let What::Comments(args) = args.what;
    let app = super::open(config).await?;
    let format = match args.format {
        Format::Json => comments::Format::Json,
        Format::Disqus => comments::Format::Disqus,
    };
    let mut out: Box<dyn Write + Send> = if args.file.as_os_str() == "-" {
        Box::new(std::io::stdout())
    } else {
        let file = std::fs::File::create(&args.file)
            .map_err(|e| Failure::new(format!("{} cannot be written: {e}", args.file.display())))?;
        Box::new(std::io::BufWriter::new(file))
    };
    let count = comments::export(&app, format, &mut *out).await?;
    eprintln!("{count} comments written");
    Ok(ExitCode::SUCCESS)
}
