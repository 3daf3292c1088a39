//! A confidential source: that a tip is linked to a story is seen by nobody who cannot open the tip.

use std::{collections::BTreeMap, net::TcpListener};

use onrecord_sealed::{Codename, NewsroomId, SourceKeys};

use super::{
    place::{Place, Server},
    tips::{after, send, with},
};

const PASSPHRASE: &str = "oyster ledger mermaid sea wall\n";

/// Everything public, by address: the answer without the moment it was made.
fn public(server: &Server) -> BTreeMap<String, String> {
    let map = server.get("/sitemap.xml").body;
    let base = format!("http://{}", server.address);
    let mut paths: Vec<String> =
        map.split("<loc>").skip(1).map(|part| part.split('<').next().unwrap_or_default().replace(&base, "")).collect();
    paths.extend(
        [
            "/",
            "/feed.xml",
            "/atom.xml",
            "/feed.json",
            "/sitemap.xml",
            "/news-sitemap.xml",
            "/corrections",
            "/ledger",
            "/people",
            "/archive",
        ]
        .map(str::to_owned),
    );
    let stories: Vec<String> = paths.iter().filter(|path| path.matches('/').count() >= 2).cloned().collect();
    for story in &stories {
        paths.extend(["comments", "history", "next"].map(|more| format!("{}/{more}", story.trim_end_matches('/'))));
    }
    assert!(paths.len() > 40, "{paths:?}");
    let answer = |path: &String| {
        let answer = server.get(path);
        let head: Vec<&str> = answer.head.lines().filter(|line| !line.to_lowercase().starts_with("date:")).collect();
        (path.clone(), format!("{}\n\n{}", head.join("\n"), answer.body))
    };
    paths.iter().map(answer).collect()
}

fn same(before: &BTreeMap<String, String>, now: &BTreeMap<String, String>, when: &str) {
    for (path, answer) in before {
        assert_eq!(now.get(path), Some(answer), "{path} {when}");
    }
    assert_eq!(before.len(), now.len(), "{when}");
}

/// A source who has written by the form, and can come back.
struct Source {
    codename: String,
    keys: SourceKeys,
}

impl Source {
    fn writes(server: &Server) -> Source {
        let page = server.get("/tip").body;
        let field = |name: &str| after(&page, &format!("name=\"{name}\" value=\""), '"').to_owned();
        let desk = after(after(&page, "<select", '§'), "<option value=\"", '"').to_owned();
        let newsroom = NewsroomId::parse(after(&page, "data-newsroom=\"", '"')).unwrap();
        let sent = send(
            server,
            "/tip",
            &[("token", &field("token")), ("desk", &desk), ("text", "Item 7 was the contractor.")],
        );
        let codename = after(&sent, "tip-codename\">", '<').to_owned();
        let keys = Codename::parse(&codename).unwrap().derive(&newsroom).unwrap();
        Source { codename, keys }
    }

    /// What the line tells of the thread: to the script, and on the page for those without one, but for the form's token.
    fn told(&self, server: &Server) -> (String, String) {
        let lookup = self.keys.lookup().hex();
        let thread = server.request("POST", "/tip/thread", "", lookup.as_bytes()).body;
        let page = send(server, "/tip/return", &[("codename", &self.codename)]);
        let token = after(&page, "name=\"token\" value=\"", '"').to_owned();
        assert!(thread.contains("\"next\":1") && page.contains(&self.codename));
        (thread, page.replace(&token, ""))
    }
}

fn undated(answers: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let without = |answer: &String| {
        answer.lines().filter(|line| !line.starts_with("last-modified:")).collect::<Vec<_>>().join("\n")
    };
    answers.iter().map(|(path, answer)| (path.clone(), without(answer))).collect()
}

#[test]
fn a_link_to_a_story_changes_nothing_that_is_public() {
    let place = Place::new();
    let demo = Server::start(place.onrecord(&["demo", "--keep", "news", "--listen", "127.0.0.1:0"]), "Ctrl-C");
    assert_eq!(demo.stop("TERM"), Some(0));
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    drop(taken);
    let serve = || Server::start(place.onrecord(&["--data", "news", "serve", "--listen", &listen]), "http://");
    let server = serve();
    let before = public(&server);
    same(&before, &public(&server), "without anything done");
    let comments = before.values().find(|answer| answer.contains("/comments/on/")).expect("a story with comments");
    let story =
        after(&comments.replace("&#x2f;", "/"), "/comments/on/", '"').split(['/', '?']).next().unwrap().to_owned();

    let export = || place.run(&["--data", "news", "export", "comments"]).out;
    let exported = export();
    let source = Source::writes(&server);
    let (tip, told) = (source.keys.lookup().tip().to_string(), source.told(&server));
    let owner = place.run(&["--data", "news", "staff", "list"]).out;
    let owner = owner.split_whitespace().next().expect("an owner").to_owned();
    let link = format!("story/{story}");
    let args = ["--data", "news", "tips", "reply", &tip, "--as", &owner, "--passphrase-stdin", "--link", &link];
    assert!(with(&place, &args, PASSPHRASE).done().out.contains("The link is kept"));
    let note = ["--data", "news", "tips", "reply", &tip, "--as", &owner, "--passphrase-stdin", "--note"];
    with(&place, &note, &format!("{PASSPHRASE}It runs on Thursday.\n")).done();
    let read = ["--data", "news", "tips", "read", &tip, "--as", &owner, "--passphrase-stdin"];
    assert!(with(&place, &read, PASSPHRASE).done().out.contains(&link), "who can open the tip sees it");

    same(&before, &public(&server), "while the server runs");
    assert_eq!(source.told(&server), told, "nor what the source itself is told, with a script and without");
    assert_eq!(server.stop("TERM"), Some(0));
    let server = serve();
    // A page that is made anew is dated by that; its content and what it is known by are not.
    same(&undated(&before), &undated(&public(&server)), "after a restart");
    assert_eq!(exported, export(), "in an export");
    assert_eq!(server.stop("TERM"), Some(0));
}
