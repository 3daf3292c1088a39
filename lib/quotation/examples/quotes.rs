//! The command `onrecord quotes` on its own, while the binary is being wired.
#[path = "../../../crates/onrecord/src/cli/quotes.rs"]
mod quotes;
use clap::Parser;
#[derive(Parser)]
struct Cli {
    #[command(flatten)]
    args: quotes::QuotesArgs,
}
fn main() -> std::process::ExitCode {
    match quotes::run(Cli::parse().args) {
        Ok(c) => c,
        Err(e) => {
            eprintln!("{e}");
            std::process::ExitCode::FAILURE
        }
    }
}
