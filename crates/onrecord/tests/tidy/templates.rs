//! Templates: nothing that the content security policy would have to forgive.

use super::{Source, none, sources};

fn templates() -> Vec<Source> {
    let of_ours = |s: &Source| s.is("html") && (s.path.contains("/templates/") || s.path.contains("/theme/"));
    let found: Vec<Source> = sources().into_iter().filter(of_ours).collect();
    assert!(found.len() > 10);
    found
}

#[test]
fn no_template_has_inline_script_or_style() {
    let mut faults = Vec::new();
    for source in templates() {
        for (at, line) in source.text.lines().enumerate() {
            for fault in inline(line) {
                faults.push(format!("{}:{} has {fault}", source.path, at + 1));
            }
        }
    }
    none(&faults);
}

/// What a line of a template has that is carried out where it stands.
fn inline(line: &str) -> Vec<&'static str> {
    let line = line.to_ascii_lowercase();
    let mut faults = Vec::new();
    // Data blocks are not run.
    let script = line.split("<script").skip(1).any(|tag| {
        let tag = tag.split('>').next().unwrap_or_default();
        !tag.contains("src=") && !tag.contains("application/ld+json") && !tag.contains("application/json")
    });
    if script {
        faults.push("inline script");
    }
    if line.contains("<style") {
        faults.push("inline style");
    }
    for attribute in line.split_whitespace().filter_map(|word| word.split_once('=')).map(|(name, _)| name) {
        if attribute == "style" {
            faults.push("a style attribute");
        }
        if attribute.starts_with("on") && attribute.len() > 3 && attribute.bytes().all(|b| b.is_ascii_lowercase()) {
            faults.push("an event attribute");
        }
    }
    if line.contains("javascript:") {
        faults.push("a javascript: link");
    }
    faults
}

#[test]
fn the_rule_itself_finds_faults() {
    for bad in ["<script>x</script>", "<p style=\"x\">", "<a onclick=\"x\">", "<style>", "<a href=\"javascript:x\">"] {
        assert_eq!(inline(bad).len(), 1, "{bad}");
    }
    for good in
        ["<script src=\"/x.js\" defer></script>", "<script type=\"application/ld+json\">", "<p class=\"style\">"]
    {
        assert_eq!(inline(good), [""; 0], "{good}");
    }
}
