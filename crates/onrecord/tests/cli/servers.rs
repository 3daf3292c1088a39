//! `serve`: alone on its folder and its port, and gone when told.

use std::{fs, net::TcpListener};

use super::place::{Place, Server, names};

#[test]
fn one_server_runs_on_a_folder() {
    let place = Place::new();
    place.newsroom("news");
    let first = Server::of(&place, "news");
    let second = place.run(&["--data", "news", "serve", "--listen", "127.0.0.1:0"]);
    second.refused("another server already runs on news. Stop it first, or serve another folder with --data.");
    assert_eq!(first.get("/").status, 200, "the first goes on");
    // Other commands work beside it.
    place.run(&["--data", "news", "staff", "list"]).done();
    assert_eq!(first.stop("TERM"), Some(0));
    let next = Server::of(&place, "news");
    assert_eq!(next.get("/").status, 200);
    assert_eq!(next.stop("INT"), Some(0));
    let log = fs::metadata(place.path("news/onrecord.sqlite-wal")).map_or(0, |meta| meta.len());
    assert_eq!(log, 0, "a newsroom at rest is one file: nothing of it waits in a log beside");
}

#[test]
fn a_server_that_is_killed_leaves_a_newsroom_that_can_be_served() {
    let place = Place::new();
    place.newsroom("news");
    let server = Server::of(&place, "news");
    let invited = place.run(&["--data", "news", "staff", "invite", "ben@example.org"]);
    let link = invited.done().out.lines().last().unwrap().to_owned();
    assert_eq!(server.stop("KILL"), None);
    let again = Server::of(&place, "news");
    let path = &link[link.find("/desk/").unwrap()..];
    assert_eq!(again.get(path).status, 200, "what was answered is there");
    assert_eq!(again.stop("TERM"), Some(0));
}

#[test]
fn a_port_that_is_taken_is_named() {
    let place = Place::new();
    place.newsroom("news");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let port = taken.local_addr().unwrap().port();
    let words = format!("port {port} of 127.0.0.1 is taken by another program. Choose another with --listen.");
    place.run(&["--data", "news", "serve", "--listen", &address]).refused(&words);
    place.run(&["demo", "--listen", &address]).refused(&words);
    assert!(names(&place.path("tmp")).is_empty());
}

#[test]
fn a_request_under_way_is_answered_before_the_end() {
    let place = Place::new();
    place.newsroom("news");
    let server = Server::of(&place, "news");
    let body = "email=ana%40example.org&password=wrong";
    let host = &server.address;
    let head = format!(
        "POST /desk/sign-in HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: close\r\nContent-Type: \
         application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = server.begin(head.as_bytes());
    // The server has begun to answer when a later connection is answered.
    assert_eq!(server.get("/").status, 200);
    let stopping = std::thread::spawn(move || server.stop("TERM"));
    std::io::Write::write_all(&mut stream, body.as_bytes()).unwrap();
    let answer = super::web::read(&mut stream);
    assert!(answer.status == 200 || answer.status == 422 || answer.status == 401, "{answer:?}");
    assert_eq!(stopping.join().unwrap(), Some(0));
}
