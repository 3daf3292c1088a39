//! Sources: how long, where SQL stands, where time comes from.

use super::{Source, none, sources};

/// Lines of a file: what a person reads in one sitting.
const LONGEST: usize = 500;

#[test]
fn no_file_is_longer_than_one_sitting() {
    const WRITTEN: [&str; 9] = ["rs", "ts", "mjs", "css", "html", "sql", "sh", "py", "ftl"];
    let faults: Vec<String> = sources()
        .iter()
        .filter(|source| WRITTEN.iter().any(|extension| source.is(extension)))
        .filter_map(|source| {
            let lines = source.text.lines().count();
            (lines > LONGEST).then(|| format!("{} has {lines} lines, more than {LONGEST}", source.path))
        })
        .collect();
    none(&faults);
}

#[test]
fn sql_stands_in_stores_only() {
    let may = |path: &str| {
        path.ends_with("/store.rs")
            || path.contains("/store/")
            || path.starts_with("crates/base/src/db")
            || path.starts_with("crates/base/src/testing")
            || ["changes", "events", "settings"].iter().any(|own| path == format!("crates/base/src/{own}.rs"))
    };
    let mut faults = Vec::new();
    for source in sources().iter().filter(|s| s.is("rs") && s.path.contains("/src/") && !s.is_test() && !may(&s.path)) {
        for (number, line) in source.code() {
            let upper = ["SELECT ", "INSERT INTO ", "DELETE FROM "].iter().any(|verb| line.contains(verb));
            if upper || line.contains("\"UPDATE ") && line.contains(" SET ") {
                faults.push(format!("{}:{number} holds SQL: {}", source.path, line.trim()));
            }
        }
    }
    none(&faults);
}

#[test]
fn time_comes_from_the_clock() {
    const ASKING: [&str; 4] = ["Timestamp::now", "SystemTime::now", "Zoned::now", "Utc::now"];
    let mut faults = Vec::new();
    for source in
        sources().iter().filter(|s| s.is("rs") && s.path != "crates/base/src/time.rs" && !s.path.contains("/tidy/"))
    {
        for (number, line) in source.code() {
            if ASKING.iter().any(|call| line.contains(call)) {
                faults.push(format!("{}:{number} asks the system for the time: {}", source.path, line.trim()));
            }
        }
    }
    none(&faults);
}

#[test]
fn no_file_names_the_machine_it_was_written_on() {
    let places = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
    let names = |source: &Source| {
        let found = source.text.lines().enumerate().find_map(|(at, line)| {
            // An address on the web may have such a folder; a path on a disk has nothing before it.
            places.iter().find_map(|place| {
                let before = line.split_once(place)?.0.chars().next_back();
                (!before.is_some_and(|c| c.is_alphanumeric() || ".}-_".contains(c))).then_some((at + 1, *place))
            })
        });
        found.map(|(line, place)| format!("{}:{line} names {place}", source.path))
    };
    none(&sources().iter().filter_map(names).collect::<Vec<_>>());
}
