//! Flags, then environment variables, then the file, then defaults.

use std::fs;

use super::place::{OWNER, Place, Server};

#[test]
fn a_flag_goes_before_the_environment_and_that_before_the_file() {
    let place = Place::new();
    place.newsroom("news");
    // All of 127.0.0.0/8 is this machine, so the address says who was listened to.
    place.write("news/onrecord.toml", "listen = \"127.0.0.2:0\"\n");
    let listens = |flag: Option<&str>, variable: Option<&str>| {
        let mut command = place.onrecord(&["--data", "news", "serve"]);
        command.args(flag.iter().flat_map(|flag| ["--listen", flag]));
        command.envs(variable.map(|value| ("ONRECORD_LISTEN", value)));
        let server = Server::start(command, "http://");
        let host = server.address.split(':').next().unwrap().to_owned();
        assert_eq!(server.stop("TERM"), Some(0));
        host
    };
    assert_eq!(listens(None, None), "127.0.0.2");
    assert_eq!(listens(None, Some("127.0.0.3:0")), "127.0.0.3");
    assert_eq!(listens(Some("127.0.0.4:0"), Some("127.0.0.3:0")), "127.0.0.4");
    assert_eq!(listens(Some("localhost:0"), None), "127.0.0.1");
}

#[test]
fn the_folder_and_the_database_come_from_the_environment_too() {
    let place = Place::new();
    place.newsroom("news");
    let run = |args: &[&str], variables: &[(&str, &str)]| {
        let mut command = place.onrecord(args);
        command.envs(variables.iter().copied());
        super::place::finish(command, b"")
    };
    place.run(&["staff", "list"]).refused("there is no newsroom in onrecord-data");
    let listed = run(&["staff", "list"], &[("ONRECORD_DATA", "news")]);
    assert!(listed.done().out.contains(OWNER));
    let flag = run(&["--data", "other", "staff", "list"], &[("ONRECORD_DATA", "news")]);
    flag.refused("there is no newsroom in other");

    place.write("news/onrecord.toml", "database = \"postgres://127.0.0.1:1/in_the_file\"");
    let database = |args: &[&str], variables: &[(&str, &str)]| {
        run(&[&["--data", "news"], args, &["staff", "list"]].concat(), variables)
    };
    database(&[], &[]).refused("PostgreSQL cannot be reached: Connection refused");
    let variable = [("ONRECORD_DATABASE", "mysql://ana:secret@db.example/news")];
    let said = database(&[], &variable);
    said.refused("--database takes a PostgreSQL address, such as postgres://user@host/name, not mysql:");
    assert!(!said.err.contains("secret"));
    database(&["--database", "oracle:news"], &variable).refused("not oracle:");
}

#[test]
fn a_file_that_cannot_be_understood_is_refused_with_its_line() {
    let place = Place::new();
    place.newsroom("news");
    let refused = |content: &str, words: &str| {
        place.write("news/onrecord.toml", content);
        place.run(&["--data", "news", "serve", "--listen", "127.0.0.1:0"]).refused(words);
    };
    refused(
        "# Where\nlsten = \"127.0.0.1:80\"\n",
        "news/onrecord.toml, line 2, cannot be understood: unknown field `lsten`",
    );
    refused("listen = \"127.0.0.1:0\"\n\ndatabase = \"", "news/onrecord.toml, line 3, cannot be understood");
    refused("cache_budget = \"much\"\n", "line 1, cannot be understood");
    fs::write(place.path("news/onrecord.toml"), b"listen = \"\xff\"").unwrap();
    place.run(&["--data", "news", "staff", "list"]).refused("news/onrecord.toml cannot be read");
    fs::remove_file(place.path("news/onrecord.toml")).unwrap();
    fs::create_dir(place.path("news/onrecord.toml")).unwrap();
    place.run(&["--data", "news", "staff", "list"]).refused("news/onrecord.toml cannot be read");
}

#[test]
fn addresses_that_are_none_are_refused() {
    let place = Place::new();
    place.newsroom("news");
    for wrong in ["", "nonsense", "8080", "127.0.0.1:99999", "example.org:80"] {
        let said = place.run(&["--data", "news", "serve", "--listen", wrong]);
        assert_eq!(said.code, Some(2), "{said:?}");
        said.misunderstood("--listen");
    }
    place.run(&["demo", "--listen", "nonsense"]).misunderstood("write an address and a port, such as 127.0.0.1:8080");
    place.run(&["--data", "news", "serve", "--cache-budget", "much"]).misunderstood("such as 16M");
    place.write("news/onrecord.toml", "listen = \"nonsense\"");
    place.run(&["--data", "news", "serve"]).refused("listen = \"nonsense\" in onrecord.toml");
    // TEST-NET-1 (RFC 5737) is nobody's.
    let said = place.run(&["--data", "news", "serve", "--listen", "192.0.2.1:8080"]);
    said.refused("192.0.2.1 is not an address of this machine");
}
