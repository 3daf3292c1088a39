//! `demo`: open at once, gone without a trace, kept if asked for.

use std::fs;

use super::{
    place::{Guard, PASSWORD, Place, Server, finish, names},
    web::cookie,
};

fn demo(place: &Place, args: &[&str]) -> Server {
    Server::start(place.onrecord(&[&["demo", "--listen", "127.0.0.1:0"], args].concat()), "Ctrl-C")
}

/// The path of the one-time link that it printed.
fn link(server: &Server) -> String {
    let line = server.said.lines().find(|line| line.contains("Sign in, once")).unwrap();
    line[line.find("/desk/").unwrap()..].trim().to_owned()
}

#[test]
fn the_demo_opens_lets_in_once_and_leaves_nothing() {
    let place = Place::new();
    let server = demo(&place, &[]);
    assert!(server.said.contains("is open after"), "{}", server.said);
    for address in ["/", "/feed.xml"] {
        assert!(server.said.contains(&format!("http://{}{address}", server.address)), "{}", server.said);
        assert_eq!(server.get(address).status, 200);
    }
    assert_eq!(server.get("/desk").header("location"), Some("/desk/sign-in"));
    let first = server.get(&link(&server));
    assert_eq!(first.status, 303, "{first:?}");
    let session = cookie(&first);
    let stories = server.request("GET", "/desk/stories", &format!("Cookie: {session}\r\n"), b"");
    assert_eq!(stories.status, 200, "{stories:?}");
    let second = server.get(&link(&server));
    assert_eq!((second.status, second.header("set-cookie")), (404, None), "the link works once");
    assert_eq!(names(&place.path("tmp")).len(), 1);
    assert_eq!(server.stop("INT"), Some(0));
    assert!(names(&place.path("tmp")).is_empty());
}

#[test]
fn an_interrupted_demo_leaves_nothing_either() {
    let place = Place::new();
    let mut demo = Guard(place.onrecord(&["demo", "--listen", "127.0.0.1:0"]).spawn().unwrap());
    let furnishing = || {
        let folder = names(&place.path("tmp")).into_iter().next()?;
        place.path("tmp").join(folder).join("media/original").exists().then_some(())
    };
    while furnishing().is_none() {
        assert!(demo.0.try_wait().unwrap().is_none());
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    // The window was closed.
    demo.signal("HUP");
    assert_eq!(demo.wait(|_| ()), Some(0));
    assert!(names(&place.path("tmp")).is_empty());
}

#[test]
fn a_kept_demo_is_served_again_and_other_newsrooms_are_left_alone() {
    let place = Place::new();
    let first = demo(&place, &["--keep", "kept"]);
    let (front, link_before) = (first.get("/"), link(&first));
    let address = first.address.clone();
    assert_eq!(first.stop("TERM"), Some(0));
    assert!(names(&place.path("kept")).contains(&"onrecord.sqlite".to_owned()));

    let again = demo(&place, &["--keep", "kept"]);
    let same = again.get("/").body.replace(&again.address, &address);
    assert_eq!(same.matches("<article").count(), front.body.matches("<article").count());
    assert_eq!(again.get(&link(&again)).status, 303);
    assert_ne!(link(&again), link_before);
    place.run(&["demo", "--keep", "kept", "--listen", "127.0.0.1:0"]).refused("another server already runs on kept");
    assert_eq!(again.stop("INT"), Some(0));

    place.newsroom("news");
    let before = fs::read(place.path("news/onrecord.sqlite")).unwrap();
    let said = place.run(&["demo", "--keep", "news", "--listen", "127.0.0.1:0"]);
    said.refused("news holds a newsroom that is not the demo's; it was left as it is");
    assert!(fs::read(place.path("news/onrecord.sqlite")).unwrap() == before, "not a byte was changed");
    let again = ["init", "kept", "--owner", "ana@example.org", "--password-stdin"];
    finish(place.onrecord(&again), PASSWORD.as_bytes()).refused("kept holds a newsroom already");
}
