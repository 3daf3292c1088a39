//! What we say of ourselves: backed by tests, and in words that are true.

use super::{none, sources};

/// Words that promise what nobody can keep, in the languages that we write.
const NEVER: [&str; 9] = [
    "untraceable",
    "irrastreable",
    "imposible de rastrear",
    "nicht zurückverfolgbar",
    "even we can't read",
    "even we can’t read",
    "all metadata removed",
    "all metadata is removed",
    "audited",
];
/// These are true of a way through Tor alone.
const ONLY_WITH_TOR: [&str; 3] = ["anonym", "anónim", "anonim"];

#[test]
fn every_row_of_what_seizure_surrenders_names_a_test_that_is_there() {
    let all = sources();
    let security = all.iter().find(|source| source.path == "SECURITY.md").expect("SECURITY.md");
    let table = security.text.split("## Tips: what seizure surrenders").nth(1).expect("the table");
    let table = table.split("\n## ").next().expect("its section");
    // Two tables: below each head stands a line of hyphens.
    let named =
        |line: &&str| line.starts_with('|') && !line.starts_with("|---") && !line.starts_with("| what is taken |");
    let rows: Vec<&str> = table.lines().filter(named).collect();
    assert!(rows.len() >= 9, "{rows:?}");
    let mut faults = Vec::new();
    for row in rows {
        let last = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        let names: Vec<&str> = last.split('`').skip(1).step_by(2).collect();
        if names.is_empty() {
            faults.push(format!("no test backs the row: {row}"));
        }
        for name in names {
            let tests =
                all.iter().filter(|source| source.path.starts_with("crates/") && source.path.contains("/tests/"));
            if tests.filter(|source| source.text.contains(&format!("fn {name}()"))).count() != 1 {
                faults.push(format!("{name} is no test, or two"));
            }
        }
    }
    none(&faults);
}

#[test]
fn nothing_is_promised_that_nobody_can_keep() {
    let read = |path: &str| ["ftl", "md", "html"].iter().any(|kind| path.ends_with(&format!(".{kind}")));
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| read(&source.path)) {
        for (at, line) in source.text.lines().enumerate() {
            let lower = line.to_lowercase();
            let said = NEVER.iter().find(|word| lower.contains(*word));
            let said = said.or(ONLY_WITH_TOR.iter().find(|word| lower.contains(*word) && !line.contains("Tor")));
            if let Some(word) = said {
                faults.push(format!("{}:{} says {word:?}: {}", source.path, at + 1, line.trim()));
            }
        }
    }
    none(&faults);
}
