//! Which room may lead to which: `Cargo.toml` is the wall.

use std::fs;

use super::{none, root, sources};

/// The road, from the ground up. A room may know those before it, never one after it.
const ROAD: [&str; 11] =
    ["base", "accounts", "media", "stories", "record", "search", "next", "comments", "site", "exchange", "onrecord"];

/// What a room may know of our own crates.
fn may_know(room: &str, other: &str) -> bool {
    let place = |name: &str| ROAD.iter().position(|known| *known == name);
    match (room, other) {
        // Tips stand beside stories on accounts and base, and only the binary knows them.
        ("tips", _) => ["accounts", "base"].contains(&other),
        (_, "tips") => room == "onrecord",
        _ => matches!((place(room), place(other)), (Some(here), Some(there)) if there < here),
    }
}

/// Names of our own crates that a manifest depends on, tests included, since a test that needs a room ahead of it
/// stands in the wrong room.
fn dependencies(manifest: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().unwrap();
    ["dependencies", "dev-dependencies", "build-dependencies"]
        .iter()
        .filter_map(|section| manifest.get(*section)?.as_table())
        .flat_map(|table| table.keys().filter_map(|name| Some(name.strip_prefix("onrecord-")?.to_owned())))
        .collect()
}

#[test]
fn no_room_knows_one_ahead_of_it() {
    let mut faults = Vec::new();
    let libs: Vec<String> = folders("lib");
    for lib in &libs {
        let manifest = fs::read_to_string(root().join(format!("lib/{lib}/Cargo.toml"))).unwrap();
        for other in dependencies(&manifest).into_iter().filter(|other| !libs.contains(other)) {
            faults.push(format!("lib/{lib} knows {other}; a lib knows libs only"));
        }
    }
    for room in folders("crates") {
        let manifest = fs::read_to_string(root().join(format!("crates/{room}/Cargo.toml"))).unwrap();
        for other in dependencies(&manifest).into_iter().filter(|other| !libs.contains(other)) {
            if !may_know(&room, &other) {
                faults.push(format!("crates/{room} knows {other}, which is ahead of it on the road"));
            }
        }
    }
    none(&faults);
}

#[test]
fn the_rule_itself_holds() {
    assert!(may_know("site", "stories") && may_know("onrecord", "exchange") && may_know("tips", "base"));
    assert!(!may_know("base", "accounts") && !may_know("stories", "site") && !may_know("site", "site"));
    assert!(!may_know("stories", "tips") && !may_know("tips", "stories") && !may_know("unheard-of", "base"));
}

#[test]
fn a_lib_does_no_io() {
    const IO: [&str; 9] = [
        "std::fs",
        "TcpStream",
        "UdpSocket",
        "ToSocketAddrs",
        "std::process",
        "std::env::",
        "std::thread",
        "tokio",
        "reqwest",
    ];
    let mut faults = Vec::new();
    for source in sources()
        .iter()
        .filter(|s| s.path.starts_with("lib/") && s.path.contains("/src/") && s.is("rs") && !s.is_test())
    {
        for (number, line) in source.code() {
            if let Some(io) = IO.iter().find(|io| line.contains(**io)) {
                faults.push(format!("{}:{number} does I/O: {io}", source.path));
            }
        }
    }
    none(&faults);
}

fn folders(of: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(of)).unwrap().flatten();
    entries
        .filter(|entry| entry.path().join("Cargo.toml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}
