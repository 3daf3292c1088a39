//! Lists `migrations/*.sql` and `messages/LANGUAGE/*.ftl`, so that an area adds a file and nothing else.

use std::{env, fmt::Write as _, fs, path::Path, path::PathBuf};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("../..");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap());
    let mut text = String::from("pub(crate) const MIGRATIONS: &[(&str, &str)] = &[\n");
    for file in files(&root.join("migrations"), "sql") {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        writeln!(text, "    ({name:?}, include_str!({file:?})),").unwrap();
    }
    text.push_str("];\n");
    fs::write(out.join("migrations.rs"), text).unwrap();

    let mut text = String::from("pub(crate) const MESSAGES: &[(&str, &str, &str)] = &[\n");
    for folder in entries(&root.join("messages")).into_iter().filter(|p| p.is_dir()) {
        let language = folder.file_name().unwrap().to_string_lossy().into_owned();
        println!("cargo:rerun-if-changed={}", folder.display());
        for file in files(&folder, "ftl") {
            let area = file.file_stem().unwrap().to_string_lossy().into_owned();
            writeln!(text, "    ({language:?}, {area:?}, include_str!({file:?})),").unwrap();
        }
    }
    text.push_str("];\n");
    fs::write(out.join("messages.rs"), text).unwrap();
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|p| p.extension().is_some_and(|e| e == extension)).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|e| fs::canonicalize(e.path()).unwrap()).collect())
        .unwrap_or_default();
    found.sort();
    found
}
