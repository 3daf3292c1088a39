//! `tips`: a line opened, written to without a script, read from a copied folder with no server running, ended.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::place::{OWNER, Place, Said, Server, finish};

const KEY: &str = "a passphrase for the drawer\n";
pub const ANA: &str = "a passphrase that stands nowhere else\n";
const CANARY: &str = "canary-2f61-the-wall-leans";

/// Of what stands below `/tip`, and does not, nothing is kept.
const BELOW: &[(&str, &str)] = &[
    ("GET", "/tip"),
    ("HEAD", "/tip"),
    ("GET", "/tip/"),
    ("PUT", "/tip"),
    ("GET", "/tip/nothing"),
    ("GET", "/tip/keys"),
    ("GET", "/tip/sms"),
    ("GET", "/tip/assets/tip.js"),
    ("GET", "/tip/assets/tip.css"),
    ("GET", "/tip/assets/nothing.js"),
];

pub fn with(place: &Place, args: &[&str], input: &str) -> Said {
    finish(place.onrecord(args), input.as_bytes())
}

/// Opens a line in a new newsroom.
pub fn open(place: &Place) -> String {
    place.newsroom("news");
    let tips = ["--data", "news", "tips"];
    let run = |args: &[&str], input: &str| with(place, &[&tips[..], args, &["--passphrase-stdin"]].concat(), input);
    let init = run(&["init", "--key", "newsroom.key", "--desk", "Investigations", "--member", OWNER], KEY);
    assert!(init.done().out.contains("fingerprint"), "{init:?}");
    run(&["keys", "make", "--as", OWNER], ANA).done();
    run(&["keys", "sign", "--key", "newsroom.key"], ANA).refused("newsroom.key cannot be opened: not the passphrase");
    let signed = run(&["keys", "sign", "--key", "newsroom.key"], KEY);
    let fingerprint = signed.done().out.rsplit("Fingerprint: ").next().unwrap().trim().to_owned();
    assert!(place.run(&["--data", "news", "tips", "keys", "list"]).done().out.contains("Sources can write"));
    fingerprint
}

/// Sends a form without a script; answers the page.
pub fn send(server: &Server, path: &str, fields: &[(&str, &str)]) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        body += &format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += "--x--\r\n";
    let headers = "Content-Type: multipart/form-data; boundary=x\r\n";
    server.request("POST", path, headers, body.as_bytes()).body
}

pub fn after<'a>(html: &'a str, before: &str, end: char) -> &'a str {
    html.split_once(before).unwrap_or_else(|| panic!("no {before} in {html}")).1.split(end).next().unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        match from.is_dir() {
            true => copy(&from, &to),
            false => assert!(fs::copy(&from, &to).is_ok()),
        }
    }
}

fn found(folder: &Path, words: &str) -> usize {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let count = |path: &Path| fs::read(path).unwrap().windows(words.len()).filter(|w| *w == words.as_bytes()).count();
    entries.map(|entry| if entry.path().is_dir() { found(&entry.path(), words) } else { count(&entry.path()) }).sum()
}

#[test]
fn a_tip_is_read_from_a_copied_folder_with_no_server_running() {
    let place = Place::new();
    let fingerprint = open(&place);
    let server = Server::of(&place, "news");
    let page = server.get("/tip").body;
    let (token, desk) = (after(&page, "name=\"token\" value=\"", '"'), after(&page, "name=\"desk\" value=\"", '"'));
    let sent = send(&server, "/tip", &[("token", token), ("desk", desk), ("text", CANARY)]);
    let codename = after(&sent, "tip-codename\">", '<').to_owned();

    for (method, path) in BELOW {
        let answer = server.request(method, path, "", b"");
        let kept = (answer.header("cache-control"), answer.header("referrer-policy"), answer.header("etag"));
        assert_eq!(kept, (Some("no-store"), Some("no-referrer"), None), "{method} {path}: {answer:?}");
    }

    let base = format!("http://{}", server.address);
    let verified = place.run(&["tips", "verify-page", &base, "--fingerprint", &fingerprint]);
    assert!(verified.done().out.contains("Nothing differs"), "{verified:?}");
    let wrong = place.run(&["tips", "verify-page", &base, "--fingerprint", "0000 1111"]);
    assert!(wrong.code == Some(1) && wrong.out.contains("DIFFERS fingerprint"), "{wrong:?}");
    assert_eq!(server.stop("TERM"), Some(0));

    copy(&place.path("news"), &place.path("copied"));
    assert_eq!(found(&place.path("copied"), CANARY), 0);
    assert_eq!(found(&place.path("copied"), &codename), 0);
    let list = place.run(&["--data", "copied", "tips", "list"]);
    let id = list.done().out.split_whitespace().next().unwrap().to_owned();
    let who = ["--as", OWNER, "--passphrase-stdin"];
    let read = with(&place, &[&["--data", "copied", "tips", "read", &id[..8]][..], &who].concat(), ANA);
    assert!(read.done().out.contains(CANARY), "{read:?}");
    let wrong = with(&place, &[&["--data", "copied", "tips", "read", &id][..], &who].concat(), "wrong\n");
    wrong.refused("The passphrase does not open these keys");
    let to = ["--to", "exported"];
    with(&place, &[&["--data", "copied", "tips", "export", &id][..], &who, &to].concat(), ANA).done();
    assert_eq!(fs::read_to_string(place.path("exported/0000-tip.txt")).unwrap(), CANARY);
    let mode = |name: &str| fs::metadata(place.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("exported"), mode("exported/0000-tip.txt")), (0o700, 0o600), "nobody else's to read");
    let answer = format!("{ANA}Since when does it lean?\n");
    with(&place, &[&["--data", "news", "tips", "reply", &id][..], &who].concat(), &answer).done();

    let server = Server::of(&place, "news");
    let back = send(&server, "/tip/return", &[("codename", &codename)]);
    assert!(back.contains("Since when does it lean?"), "{back}");
    assert_eq!(server.stop("TERM"), Some(0));
    place.run(&["--data", "news", "tips", "destroy", &id, "--yes"]).done();
    assert_eq!(place.run(&["--data", "news", "tips", "list"]).done().out, "There are no tips.\n");
    place.run(&["--data", "news", "tips", "destroy", "--everything"]).refused("give --yes");
    place.run(&["--data", "news", "tips", "destroy", "--everything", "--yes"]).done();
    assert!(place.run(&["--data", "news", "tips", "keys", "list"]).done().out.contains("the line has no key yet"));
}
