//! Bad requests: a calm page or a closed door, never a hang, never a fault of ours.

use std::{io::Write, thread};

use super::{
    place::{OWNER, PASSWORD, Place, Server},
    web::{cookie, read},
};

fn serving(place: &Place) -> Server {
    place.newsroom("news");
    Server::of(place, "news")
}

/// The owner's session.
fn sign_in(server: &Server) -> String {
    let form = format!("email={}&password={}", OWNER.replace('@', "%40"), PASSWORD.replace(' ', "+"));
    cookie(&server.post("/desk/sign-in", "", form.as_bytes()))
}

/// A new story's path at the desk.
fn story(server: &Server, session: &str) -> String {
    let begun = server.post("/desk/stories", session, b"");
    assert_eq!(begun.status, 303, "{begun:?}");
    begun.header("location").unwrap().to_owned()
}

#[test]
fn addresses_that_lead_nowhere_get_a_page() {
    let place = Place::new();
    let server = serving(&place);
    for path in [
        "/nothing-here",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/media/%2e%2e%2fonrecord.sqlite",
        "/media/../../onrecord.sqlite",
        "/desk/assets/../../onrecord.toml",
        "/%00",
        "/desk/%00",
        "/desk/%ff",
        "/comments/%ff",
        "/tip/return/%ff",
        "/preview/nothing",
        "*",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}: {answer:?}");
        assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")), "{path}: {answer:?}");
        assert!(answer.body.contains("<h1"), "{path}: {answer:?}");
    }
    assert_eq!(server.get("//").header("location"), Some("/"), "many slashes are one");
    for path in ["/?page=-1", "/?page=99999999999999999999", "/feed.xml?page=%ff", "/?%ff=%00", "/search?q=%00"] {
        let status = server.get(path).status;
        assert!(status < 500, "{path}: {status}");
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "BREW"] {
        let status = server.request(method, "/", "", b"").status;
        assert!((400..500).contains(&status), "{method}: {status}");
    }
}

#[test]
fn what_is_no_request_is_answered_and_the_door_closed() {
    let place = Place::new();
    let server = serving(&place);
    let long = "a".repeat(100_000);
    let many: String = (0..500).map(|number| format!("X-{number}: a\r\n")).collect();
    let endless = "a".repeat(2_000_000);
    let post = |headers: &str| format!("POST /desk/sign-in HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n");
    let cases = [
        ("a word", "HELLO\r\n\r\n".to_owned(), 400),
        ("NUL in the address", "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n".to_owned(), 400),
        ("no version", "GET /\r\n\r\n".to_owned(), 400),
        ("a long address", format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n"), 414),
        ("many headers", format!("GET / HTTP/1.1\r\nHost: a\r\n{many}\r\n"), 431),
        ("an endless header", format!("GET / HTTP/1.1\r\nHost: a\r\nX: {endless}\r\n\r\n"), 431),
        ("a negative length", post("Content-Length: -5\r\n"), 400),
        ("two lengths", format!("{}abcdef", post("Content-Length: 5\r\nContent-Length: 6\r\n")), 400),
        ("a chunk of no size", format!("{}zz\r\n\r\n", post("Transfer-Encoding: chunked\r\n")), 400),
    ];
    for (what, bytes, status) in cases {
        let answer = server.send(bytes.as_bytes());
        // What is sent beyond the limit can meet a closed door before the answer is read.
        let gone = bytes.len() > 50_000 && answer.status == 0;
        assert!(answer.status == status || gone, "{what}: {:?}", (answer.status, answer.head));
    }
    // TLS where none is spoken: closed at once.
    server.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 and so on");
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn forms_that_are_not_text_are_refused() {
    let place = Place::new();
    let server = serving(&place);
    let session = sign_in(&server);
    let story = story(&server, &session);
    for path in ["/desk/sign-in", "/desk/settings", "/desk/sections", story.as_str()] {
        for body in [&b"name=%ff%fe"[..], b"name=\xff\xfe", b"email=a%00b", b"name=%00"] {
            let answer = server.post(path, &session, body);
            assert_eq!(answer.status, 400, "{path}: {answer:?}");
            assert!(answer.body.contains("<h1"), "{path}: {answer:?}");
        }
    }
    let broken = server.request(
        "PUT",
        &format!("{story}/draft"),
        &format!("Cookie: {session}\r\nSec-Fetch-Site: same-origin\r\nAccept: application/json\r\n"),
        b"{\"base_version\": 1, \"body\": ",
    );
    assert_eq!(broken.status, 400, "{broken:?}");
    assert!(broken.body.contains("\"error\""), "{broken:?}");
}

#[test]
fn forms_of_other_sites_are_refused() {
    let place = Place::new();
    let server = serving(&place);
    let session = sign_in(&server);
    for from in [
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Origin: https://evil.example",
        "Origin: null",
        "X: y",
    ] {
        let headers = format!("Cookie: {session}\r\n{from}\r\nContent-Type: application/x-www-form-urlencoded\r\n");
        let answer = server.request("POST", "/desk/stories", &headers, b"");
        assert_eq!(answer.status, 403, "{from}: {answer:?}");
        assert!(answer.body.contains("<h1"), "{from}: {answer:?}");
    }
    assert_eq!(server.post("/desk/stories", &session, b"").status, 303);
}

#[test]
fn five_megabytes_are_saved_and_more_than_fits_is_refused() {
    let place = Place::new();
    let server = serving(&place);
    let session = sign_in(&server);
    let story = story(&server, &session);
    let save = |version: u64, paragraphs: usize| {
        let text = "The tide takes what it is given. ".repeat(30);
        let paragraph = format!(r#"{{"type":"paragraph","content":[{{"type":"text","text":"{text}"}}]}}"#);
        let body = vec![paragraph; paragraphs].join(",");
        let sent = format!(
            r#"{{"base_version":{version},"fields":{{"headline":"Long"}},"body":{{"type":"doc","content":[{body}]}}}}"#
        );
        let headers = format!(
            "Cookie: {session}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nAccept: \
             application/json\r\n"
        );
        (sent.len(), server.request("PUT", &format!("{story}/draft"), &headers, sent.as_bytes()))
    };
    let (_, first) = save(0, 1);
    let version = |answer: &super::web::Answer| {
        let value: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
        value["version"].as_u64().unwrap_or_else(|| panic!("{answer:?}"))
    };
    let (length, large) = save(version(&first), 5_000);
    assert!(length > 5_000_000);
    assert_eq!(large.status, 200, "{:?}", large.head);
    let (length, larger) = save(version(&large), 10_000);
    assert!(length > 9_000_000);
    assert!(larger.status == 413 || larger.status == 0, "{:?}", larger.head);
    // What was saved before is there.
    let editor = server.request("GET", &story, &format!("Cookie: {session}\r\n"), b"");
    assert_eq!(editor.status, 200);
    assert!(editor.body.matches("The tide takes").count() > 5_000 * 29, "it is all there");
}

#[test]
fn who_sends_slowly_is_let_go() {
    let place = Place::new();
    let server = serving(&place);
    let beginnings = [
        ("half an address", "GET /desk/sig".to_owned()),
        ("half a head", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow".to_owned()),
        (
            "half a form",
            "POST /desk/sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: \
             1000\r\n\r\nemail="
                .to_owned(),
        ),
    ];
    let waiting = beginnings.map(|(what, beginning)| {
        let mut stream = server.begin(beginning.as_bytes());
        // The reading fails if no end comes.
        thread::spawn(move || (what, read(&mut stream)))
    });
    let quick = server.get("/");
    assert_eq!(quick.status, 200, "others do not wait");
    for thread in waiting {
        let (what, answer) = thread.join().unwrap();
        assert!([0, 400, 408].contains(&answer.status), "{what}: {answer:?}");
    }
    let mut stream = server.begin(b"");
    let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert_eq!(read(&mut stream).status, 200);
}
