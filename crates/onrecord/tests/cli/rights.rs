//! Folders that this user may not write. Root may write everywhere, so then another user tries.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use super::place::{OWNER, PASSWORD, Place, finish};

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// The command as somebody without rights here; none if this machine lets nobody become nobody.
fn unprivileged(place: &Place, args: &[&str]) -> Option<Command> {
    let plain = place.onrecord(args);
    if fs::write(place.path("closed/probe"), "").is_err() {
        return Some(plain);
    }
    let _ = fs::remove_file(place.path("closed/probe"));
    // Beside the test's folder, since the way to the built program may be closed to others.
    let program = place.path("onrecord");
    if !program.exists() {
        fs::copy(plain.get_program(), &program).unwrap();
        chmod(&program, 0o755);
    }
    let become_nobody = |command: &mut Command| {
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]);
    };
    let mut probe = Command::new("setpriv");
    become_nobody(&mut probe);
    if !probe.arg(&program).arg("--version").output().is_ok_and(|output| output.status.success()) {
        return None;
    }
    let mut command = Command::new("setpriv");
    become_nobody(&mut command);
    command.arg(&program).args(args).current_dir(place.path("."));
    command.env_clear().env("TMPDIR", place.path("tmp"));
    Some(command)
}

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    let place = Place::new();
    place.newsroom("news");
    fs::create_dir(place.path("closed")).unwrap();
    chmod(&place.path("."), 0o755);
    // Others may look in, and no more; nor may we, if we are not root.
    for (path, mode) in [("closed", 0o555), ("news", 0o555), ("news/media", 0o555), ("news/onrecord.sqlite", 0o444)] {
        chmod(&place.path(path), mode);
    }
    let before = fs::read(place.path("news/onrecord.sqlite")).unwrap();
    let cases: [(&[&str], &str); 5] = [
        (
            &["init", "closed/news", "--owner", OWNER, "--password-stdin"],
            "closed/news cannot be made: Permission denied",
        ),
        (&["--data", "news", "serve", "--listen", "127.0.0.1:0"], "news/lock cannot be written: Permission denied"),
        (&["--data", "news", "staff", "list"], "the database news/onrecord.sqlite cannot be"),
        (&["--data", "news", "backup", "closed/copy.tar"], "cannot be"),
        (
            &["demo", "--keep", "closed/news", "--listen", "127.0.0.1:0"],
            "closed/news cannot be made: Permission denied",
        ),
    ];
    for (args, words) in cases {
        let Some(command) = unprivileged(&place, args) else { break };
        finish(command, PASSWORD.as_bytes()).refused(words);
    }
    assert!(fs::read(place.path("news/onrecord.sqlite")).unwrap() == before, "not a byte was changed");
    // So that the scratch folder can be removed.
    for path in ["closed", "news", "news/media"] {
        chmod(&place.path(path), 0o755);
    }
}

#[test]
fn a_port_that_needs_more_rights_is_named() {
    let first = fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start").unwrap_or_default();
    if first.trim().parse().is_ok_and(|port: u16| port <= 1) {
        return;
    }
    let place = Place::new();
    for folder in [".", "closed", "open"] {
        fs::create_dir_all(place.path(folder)).unwrap();
    }
    for (folder, mode) in [(".", 0o755), ("closed", 0o555), ("open", 0o777)] {
        chmod(&place.path(folder), mode);
    }
    let init = ["init", "open/news", "--owner", OWNER, "--password-stdin"];
    let Some(command) = unprivileged(&place, &init) else { return };
    finish(command, PASSWORD.as_bytes()).done();
    let serve = unprivileged(&place, &["--data", "open/news", "serve", "--listen", "127.0.0.1:1"]).unwrap();
    let words = "port 1 needs more rights than this user has. Choose one above 1023 with --listen.";
    finish(serve, b"").refused(words);
    chmod(&place.path("closed"), 0o755);
}
