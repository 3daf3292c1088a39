//! What `benches/tips` runs for each file, in a process of its own: makes the copy and the preview, and says what became of
//! them and how much memory the process had at most beyond what it began with.
//!
//! `bench FILE FOLDER` writes the copy into the folder and one line to standard output:
//! `copied EXTENSION|refused REASON, tab, growth in kB, tab, milliseconds, tab, preview, tab, notes`.

use std::{env, fs, path::PathBuf, process::ExitCode, time::Instant};

use onrecord_strip::{Preview, preview, publication_copy};

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(file), Some(folder)) = (arguments.next(), arguments.next()) else { return ExitCode::from(2) };
    let Ok(bytes) = fs::read(&file) else { return ExitCode::from(2) };
    // What others decode may panic on its way to a refusal; the row counts what a caller sees.
    std::panic::set_hook(Box::new(|panic| eprintln!("caught: {panic}")));
    let before = most();
    let begun = Instant::now();
    let (said, notes) = match publication_copy(&bytes) {
        Ok(copy) => {
            let path = folder.join(format!("copy.{}", copy.kind.extension()));
            if fs::write(path, &copy.bytes).is_err() {
                return ExitCode::from(2);
            }
            let notes: Vec<&str> = copy.notes.iter().map(|note| note.name()).collect();
            (format!("copied {}", copy.kind.extension()), notes.join(","))
        }
        Err(refused) => (format!("refused {}", refused.name()), String::new()),
    };
    let took = begun.elapsed().as_millis();
    let shown = match preview(&bytes) {
        Preview::Pictures(pages, of) => {
            for (at, page) in pages.iter().enumerate() {
                let _ = fs::write(folder.join(format!("preview{at}.jpg")), &page.jpeg);
                let _ = fs::write(folder.join(format!("preview{at}.txt")), &page.text);
            }
            format!("{} of {of} pictures", pages.len())
        }
        Preview::Text(text, _) => {
            let _ = fs::write(folder.join("preview.txt"), &text);
            format!("{} bytes of text", text.len())
        }
        Preview::None(refused) => format!("none: {}", refused.name()),
    };
    println!("{said}\t{}\t{took}\t{shown}\t{notes}", most().saturating_sub(before));
    ExitCode::SUCCESS
}

/// The most memory this process has had, in kB.
fn most() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}
