//! The house rules that no compiler knows: which room may lead to which, where SQL may stand, how long a file may be.

#[path = "tidy/claims.rs"]
mod claims;
#[path = "tidy/crates.rs"]
mod crates;
#[path = "tidy/messages.rs"]
mod messages;
#[path = "tidy/sources.rs"]
mod sources;
#[path = "tidy/templates.rs"]
mod templates;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// One text file of the tree.
struct Source {
    /// Its path from the root.
    path: String,
    text: String,
}

impl Source {
    fn is(&self, extension: &str) -> bool {
        self.path.ends_with(&format!(".{extension}"))
    }

    fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs") || self.path.contains("/examples/")
    }

    /// Its lines with their numbers, without comments and without the tests at the end of a file.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        lines
            .take_while(|(_, line)| line.trim() != "mod tests {")
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files that people write, as far as they are text.
fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root(), "", &mut found);
    assert!(found.len() > 100, "the tree is read");
    found
}

fn walk(folder: &Path, name: &str, found: &mut Vec<Source>) {
    /// What tools make or bring.
    const NOT_OURS: [&str; 10] = [
        "target",
        "node_modules",
        "dist",
        "web/build",
        ".git",
        "test-results",
        "fuzz/target",
        "fuzz/corpus",
        "fuzz/artifacts",
        "snapshots",
    ];
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let file_name = entry.file_name().to_string_lossy().into_owned();
        let path = if name.is_empty() { file_name.clone() } else { format!("{name}/{file_name}") };
        if NOT_OURS.iter().any(|other| path == *other || path.ends_with(&format!("/{other}"))) {
            continue;
        }
        let kind = entry.file_type().unwrap();
        if kind.is_dir() && !file_name.starts_with(".onrecord") {
            walk(&entry.path(), &path, found);
        } else if kind.is_file()
            && !["Cargo.lock", "package-lock.json"].contains(&file_name.as_str())
            && let Ok(text) = fs::read_to_string(entry.path())
        {
            found.push(Source { path, text });
        }
    }
}

/// Fails with all faults at once.
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} to put in order:\n{}", faults.len(), faults.join("\n"));
}
