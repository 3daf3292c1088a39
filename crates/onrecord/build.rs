//! Embeds the demo newsroom's files, so that the binary can furnish one anywhere.

use std::{env, fmt::Write as _, fs, path::Path, path::PathBuf};

/// Folders and files of `demo/` that the demo reads.
const PARTS: &[&str] = &["demo.toml", "record.toml", "comments.toml", "stories", "pages", "pictures"];

fn main() {
    let demo = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("demo");
    let mut files = Vec::new();
    for part in PARTS {
        println!("cargo:rerun-if-changed={}", demo.join(part).display());
        collect(&demo.join(part), &mut files);
    }
    files.sort();
    let mut text = String::from("pub(super) static FILES: &[(&str, &[u8])] = &[\n");
    for file in files {
        let name = file.strip_prefix(&demo).unwrap().to_string_lossy().replace('\\', "/");
        writeln!(text, "    ({name:?}, include_bytes!({file:?})),").unwrap();
    }
    text.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR").unwrap()).join("demo.rs"), text).unwrap();
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| collect(&entry.path(), files)),
        Err(_) if path.is_file() => files.push(path.to_owned()),
        Err(_) => {}
    }
}
