//! Interface texts: every key that is asked for exists, in English everywhere and in all languages on the public site.

use std::collections::BTreeSet;

use super::{none, sources};

/// Keys of all files of a language whose area begins so.
fn keys(language: &str, area: &str) -> BTreeSet<String> {
    let folder = format!("messages/{language}/");
    let mut keys = BTreeSet::new();
    for source in sources() {
        let Some(name) = source.path.strip_prefix(&folder) else { continue };
        if !name.starts_with(area) {
            continue;
        }
        let named = source.text.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name.trim_end());
        keys.extend(named.filter(|name| is_key(name)).map(str::to_owned));
    }
    keys
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.contains('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.ends_with('-')
}

/// String literals of a line.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

#[test]
fn every_key_of_a_template_has_its_text() {
    let english = keys("en", "");
    let [spanish, german] = ["es", "de"].map(|language| keys(language, "site"));
    let mut faults = Vec::new();
    for source in sources().iter().filter(|s| s.is("html") && s.path.starts_with("crates/")) {
        // `t("key")` and `t("key", name=value)`; a key that is put together (`t("a-" ~ name)`) is not a literal.
        let asked = source.text.split("t(\"").skip(1).filter_map(|rest| {
            let (key, after) = rest.split_once('"')?;
            (is_key(key) && after.trim_start().starts_with([')', ','])).then_some(key)
        });
        for key in asked {
            if !english.contains(key) {
                faults.push(format!("{}: {key} has no English text", source.path));
            }
            if source.path.contains("/theme/") && !(spanish.contains(key) && german.contains(key)) {
                faults.push(format!("{}: {key} has no Spanish or no German text", source.path));
            }
        }
    }
    faults.sort();
    faults.dedup();
    none(&faults);
}

#[test]
fn every_key_of_the_code_has_its_text() {
    const ASKING: [&str; 7] =
        ["Error::refused(", "Error::field(", "FieldError::new(", "flash(", "Refused(", "BadRequest(", "on_unique("];
    let english = keys("en", "");
    let areas: BTreeSet<&str> = english.iter().filter_map(|key| key.split('-').next()).collect();
    let mut faults = Vec::new();
    for source in sources().iter().filter(|s| s.is("rs") && s.path.starts_with("crates/") && !s.is_test()) {
        for (number, line) in source.code().filter(|(_, line)| ASKING.iter().any(|call| line.contains(call))) {
            let asked = literals(line).filter(|text| is_key(text));
            for key in asked.filter(|key| areas.contains(key.split('-').next().unwrap_or_default())) {
                if !english.contains(key) {
                    faults.push(format!("{}:{number} {key} has no English text", source.path));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn the_public_site_speaks_all_its_languages() {
    let english = keys("en", "site");
    assert!(english.len() > 30);
    let mut faults = Vec::new();
    for language in ["es", "de"] {
        let other = keys(language, "site");
        faults.extend(english.difference(&other).map(|key| format!("{language} lacks {key}")));
        faults.extend(other.difference(&english).map(|key| format!("{language} has {key}, which English lacks")));
    }
    none(&faults);
}
