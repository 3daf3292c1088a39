//! `init`, `staff`, and folders that hold no newsroom.

use std::{fs, os::unix::fs::PermissionsExt};

use super::place::{OWNER, PASSWORD, Place, finish, names};

#[test]
fn every_command_says_that_there_is_no_newsroom_and_makes_none() {
    let place = Place::new();
    place.write("story.txt", "A headline\n\nA text.\n");
    place.write("export.xml", "<rss></rss>");
    let commands: [&[&str]; 5] = [
        &["serve", "--listen", "127.0.0.1:0"],
        &["staff", "list"],
        &["backup", "copy.tar"],
        &["import", "text", "story.txt"],
        &["import", "wordpress", "export.xml"],
    ];
    for command in commands {
        let args = [&["--data", "news"], command].concat();
        place.run(&args).refused("there is no newsroom in news. Make one: onrecord init news");
        fs::create_dir(place.path("news")).unwrap();
        place.run(&args).refused("news holds no newsroom (no news/onrecord.sqlite)");
        assert!(names(&place.path("news")).is_empty());
        fs::remove_dir(place.path("news")).unwrap();
        assert_eq!(names(&place.path(".")), ["export.xml", "story.txt", "tmp"]);
    }
    let doctor = place.run(&["--data", "news", "doctor"]);
    assert_eq!(doctor.code, Some(1));
    assert!(doctor.out.contains("FAIL") && doctor.out.contains("there is no news"), "{doctor:?}");
}

#[test]
fn a_newsroom_is_made_once_and_is_nobody_elses_business() {
    let place = Place::new();
    place.newsroom("deep/news");
    // At rest it is one file: nothing of it waits in a log beside.
    assert_eq!(names(&place.path("deep/news")), ["media", "onrecord.sqlite"]);
    assert_eq!(fs::metadata(place.path("deep/news")).unwrap().permissions().mode() & 0o777, 0o700);
    let before = fs::read(place.path("deep/news/onrecord.sqlite")).unwrap();
    let again = ["init", "deep/news", "--owner", "ben@example.org", "--password-stdin"];
    finish(place.onrecord(&again), PASSWORD.as_bytes())
        .refused("deep/news holds a newsroom already; it was left as it is");
    assert!(fs::read(place.path("deep/news/onrecord.sqlite")).unwrap() == before, "not a byte was changed");
    let staff = place.run(&["--data", "deep/news", "staff", "list"]);
    assert!(staff.done().out.contains(OWNER) && !staff.out.contains("ben@"));
    let doctor = place.run(&["--data", "deep/news", "doctor", "--thorough"]);
    assert_eq!(doctor.done().out.matches("FAIL").count(), 0, "{doctor:?}");
}

#[test]
fn what_init_is_given_is_checked_before_anything_is_made() {
    let place = Place::new();
    let cases: [(&[&str], &str, &str); 9] = [
        (&["--owner", "ana"], PASSWORD, "email: This does not look like an e-mail address."),
        (&["--owner", OWNER], "short", "password: A password has at least"),
        (&["--owner", OWNER], OWNER, "password: "),
        (&["--owner", OWNER, "--owner-name", " "], PASSWORD, "name: "),
        (&["--owner", OWNER, "--name", ""], PASSWORD, "name: "),
        (&["--owner", OWNER, "--time-zone", "Mars/Olympus"], PASSWORD, "time zone: "),
        (&["--owner", OWNER, "--base-url", "ftp://news.example"], PASSWORD, "base url: "),
        (&["--owner", OWNER, "--base-url", "news.example"], PASSWORD, "base url: "),
        (&[], PASSWORD, "The owner's e-mail address is missing"),
    ];
    for (args, password, words) in cases {
        let args = [&["init", "news", "--password-stdin"], args].concat();
        finish(place.onrecord(&args), password.as_bytes()).refused(words);
        assert!(!place.path("news").exists(), "{args:?} leaves something behind");
    }
    place.run(&["init", "news", "--owner", OWNER]).refused("the owner's password is missing");
    // All that is wrong is said at once.
    let args = ["init", "news", "--owner", "ana", "--time-zone", "Nowhere", "--base-url", "x", "--password-stdin"];
    let said = finish(place.onrecord(&args), b"short");
    let fields: Vec<&str> = said.err.lines().filter_map(|line| Some(line.rsplit_once(": ")?.0)).collect();
    assert_eq!(fields, ["onrecord: email", "password", "time zone", "base url"], "{said:?}");
    assert!(!place.path("news").exists());
}

#[test]
fn folders_that_cannot_be_made_are_named() {
    let place = Place::new();
    place.write("file", "not a folder");
    place.run(&["--data", "file", "serve"]).refused("file is a file, or below one; a newsroom is a folder");
    let args = ["init", "file/news", "--owner", OWNER, "--password-stdin"];
    finish(place.onrecord(&args), PASSWORD.as_bytes()).refused("file/news is a file, or below one");
    let args = ["init", "/proc/news", "--owner", OWNER, "--password-stdin"];
    finish(place.onrecord(&args), PASSWORD.as_bytes()).refused("/proc/news cannot be made");
    assert_eq!(fs::read_to_string(place.path("file")).unwrap(), "not a folder");
}

#[test]
fn people_are_invited_reset_and_locked_out() {
    let place = Place::new();
    place.newsroom("news");
    let staff = |args: &[&str]| place.run(&[&["--data", "news", "staff"], args].concat());
    let invited = staff(&["invite", "ben@example.org", "--role", "editor"]);
    assert!(invited.done().out.contains("/desk/invitations/"), "{invited:?}");
    assert!(staff(&["reset", OWNER]).done().out.contains("/desk/recovery/"));
    staff(&["reset", "nobody@example.org"]).refused("nobody here has the address nobody@example.org");
    staff(&["role", "nobody@example.org", "editor"]).refused("nobody here has the address");
    staff(&["invite", "ben"]).refused("email: ");
    staff(&["invite", OWNER]).refused("email: ");
    staff(&["role", OWNER, "editor"]).refused("This is the last owner.");
    staff(&["deactivate", OWNER]).refused("This is the last owner.");
    let names = "owner, publisher, editor, reporter, moderator";
    staff(&["invite", "carl@example.org", "--role", "king"]).misunderstood(names);
    staff(&["role", OWNER, "king"]).misunderstood(names);
    let listed = staff(&["list"]);
    assert_eq!(listed.done().out.lines().count(), 1, "{listed:?}");
    assert!(listed.out.starts_with(OWNER) && listed.out.contains("owner"));
}

#[test]
fn a_newsroom_is_made_in_a_folder_of_its_own_and_kept_from_others() {
    let place = Place::new();
    place.write("shots/front.png", "a picture");
    let init = |folder: &str| {
        let args = ["init", folder, "--owner", "ana@example.org", "--owner-name", "Ana", "--password-stdin"];
        finish(place.onrecord(&args), b"a long enough password\n")
    };
    init("shots").refused("shots holds other files, front.png among them. Give a new folder, or an empty one.");
    assert_eq!(names(&place.path("shots")), ["front.png"]);
    place.run(&["demo", "--keep", "shots"]).refused("holds other files");
    place.write("news/onrecord.toml", "cache_budget = \"16M\"\n");
    init("news").done();
    let mode = fs::metadata(place.path("news/onrecord.sqlite")).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "hashes of passwords are nobody else's business");
}
