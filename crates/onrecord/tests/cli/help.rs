//! What the program says about itself.

use std::process::{Command, Stdio};

use super::place::{Place, finish};

const COMMANDS: &[&[&str]] = &[
    &[],
    &["init"],
    &["serve"],
    &["demo"],
    &["staff"],
    &["search"],
    &["search", "rebuild"],
    &["theme"],
    &["tips"],
    &["tips", "init"],
    &["tips", "keys"],
    &["tips", "keys", "passphrase"],
    &["tips", "list"],
    &["tips", "read"],
    &["tips", "reply"],
    &["tips", "export"],
    &["tips", "destroy"],
    &["tips", "verify-page"],
    &["import"],
    &["export"],
    &["next"],
    &["quotes"],
    &["strip"],
    &["backup"],
    &["restore"],
    &["doctor"],
    &["completions"],
];

#[test]
fn the_help_of_every_command_shows_how_it_is_used() {
    let place = Place::new();
    for command in COMMANDS {
        let said = place.run(&[command, &["--help"][..]].concat());
        let text = &said.done().out;
        assert!(text.contains("Example") && text.contains("onrecord "), "{command:?} has no example: {text}");
        assert!(text.contains("Usage:"), "{text}");
        let options = text.split("Example").next().unwrap();
        for (at, line) in options.lines().enumerate() {
            // An option or a command whose explanation is missing stands alone, followed by no deeper line.
            let entry = line.trim_start().starts_with('-') && !line.trim_start().starts_with("- ");
            let next = options.lines().nth(at + 1).unwrap_or_default();
            let depth = |line: &str| line.len() - line.trim_start().len();
            let explained = line.trim().contains("  ") || depth(next) > depth(line);
            assert!(!entry || explained, "{command:?}: {line:?} is not explained");
            assert!(line.chars().count() <= 130, "{command:?}: a line too long for a terminal: {line:?}");
        }
    }
    // Every command there is stands in the list above.
    let all = place.run(&["--help"]).out;
    let listed = all.split("Commands:").nth(1).unwrap().split("\n\n").next().unwrap();
    let listed: Vec<&str> = listed.lines().filter_map(|line| line.split_whitespace().next()).collect();
    for name in listed.iter().filter(|name| **name != "help") {
        assert!(COMMANDS.iter().any(|command| command.first() == Some(name)), "{name} is not tested");
    }
}

#[test]
fn what_is_not_understood_ends_with_two() {
    let place = Place::new();
    place.run(&[]).misunderstood("Usage: onrecord");
    place.run(&["frobnicate"]).misunderstood("unrecognized subcommand");
    place.run(&["staff"]).misunderstood("Usage: onrecord staff");
    place.run(&["serve", "--prot", "80"]).misunderstood("unexpected argument '--prot'");
    place.run(&["import", "wordpress"]).misunderstood("<FILE>");
    assert!(place.run(&["--version"]).done().out.starts_with("onrecord "));
}

#[test]
fn completions_can_be_read_by_their_shells() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = place.run(&["completions", shell]).done().out.clone();
        for word in ["onrecord", "doctor", "wordpress", "listen"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
        place.write(shell, &script);
        // Each by its own shell, where there is one; bash is everywhere.
        let mut check = Command::new(shell);
        check.arg(if shell == "fish" { "--no-execute" } else { "-n" }).arg(place.path(shell)).stdin(Stdio::null());
        match check.output() {
            Ok(output) => assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr)),
            Err(_) => assert_ne!(shell, "bash", "bash is missing"),
        }
    }
    place.run(&["completions", "abacus"]).misunderstood("possible values: bash");
}

#[test]
fn nobody_is_shown_a_trace_when_the_reader_of_the_output_has_enough() {
    let place = Place::new();
    place.newsroom("news");
    for args in [&["--data", "news", "doctor"][..], &["completions", "bash"], &["--data", "news", "staff", "list"]] {
        let program = format!("\"$0\" {} | true", args.join(" "));
        let binary = place.onrecord(&[]).get_program().to_owned();
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(program).arg(binary).current_dir(place.path("."));
        let said = finish(shell, b"");
        assert!(!said.err.contains("panicked"), "{said:?}");
    }
}
