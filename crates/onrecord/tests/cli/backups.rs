//! `backup` and `restore`: the same pages come back, or nothing happens.

use std::{fs, os::unix::fs::PermissionsExt};

use super::place::{Place, Server, names};

/// The addresses of the site map, as paths.
fn paths(server: &Server) -> Vec<String> {
    let mut maps = vec!["/sitemap.xml".to_owned()];
    let mut found = vec!["/".to_owned(), "/feed.xml".to_owned()];
    while let Some(map) = maps.pop() {
        let text = server.get(&map).body;
        for part in text.split("<loc>").skip(1) {
            let url = part.split("</loc>").next().unwrap();
            let path = url.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap();
            if path.ends_with(".xml") { maps.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// What stands there, whatever the server's own address.
fn content(server: &Server, path: &str) -> (u16, String) {
    let answer = server.get(path);
    (answer.status, answer.body.replace(&server.address, "here"))
}

#[test]
fn a_copy_made_while_serving_comes_back_with_the_same_pages() {
    let place = Place::new();
    let demo = place.onrecord(&["demo", "--listen", "127.0.0.1:0", "--keep", "news"]);
    let server = Server::start(demo, "Ctrl-C");
    let source = "sources/ba/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    place.write(&format!("news/{source}"), "abc");
    let copied = place.run(&["--data", "news", "backup", "copy.tar"]);
    assert!(copied.done().out.contains("copy.tar holds the database and"), "{copied:?}");
    assert_eq!(fs::metadata(place.path("copy.tar")).unwrap().permissions().mode() & 0o777, 0o600);
    let restored = place.run(&["--data", "again", "restore", "copy.tar"]);
    assert!(restored.done().out.contains("all with their checksums"), "{restored:?}");
    assert_eq!(fs::read(place.path(&format!("again/{source}"))).unwrap(), b"abc", "sources are copied too");
    assert_eq!(place.run(&["--data", "again", "doctor", "--thorough"]).done().out.matches("FAIL").count(), 0);
    let other = Server::of(&place, "again");
    let paths = paths(&server);
    assert!(paths.len() > 20, "{paths:?}");
    for path in &paths {
        let (before, after) = (content(&server, path), content(&other, path));
        assert_eq!(before.0, 200, "{path}");
        let lines = before.1.lines().zip(after.1.lines());
        let unlike: Vec<_> = lines.filter(|(before, after)| before != after).take(3).collect();
        assert!(before == after, "{path} differs: {unlike:#?}");
    }
    let picture = server.get("/").body;
    let picture = &picture[picture.find("/media/").unwrap()..];
    let picture = &picture[..picture.find(['"', ' ']).unwrap()];
    assert!(content(&server, picture) == content(&other, picture), "{picture} differs");
    assert_eq!((server.stop("TERM"), other.stop("TERM")), (Some(0), Some(0)));

    // Neither a newsroom nor a copy is written over.
    place.run(&["--data", "again", "restore", "copy.tar"]).refused("again is not empty");
    let before = fs::read(place.path("copy.tar")).unwrap();
    place.run(&["--data", "news", "backup", "copy.tar"]).refused("copy.tar is there already and was left as it is");
    assert!(fs::read(place.path("copy.tar")).unwrap() == before);
    place.run(&["--data", "news", "backup", "nowhere/copy.tar"]).refused("nowhere cannot be written");
}

#[test]
fn what_is_no_copy_makes_no_newsroom() {
    let place = Place::new();
    place.newsroom("news");
    place.run(&["--data", "news", "backup", "copy.tar"]).done();
    let whole = fs::read(place.path("copy.tar")).unwrap();
    place.write("short.tar", &whole[..whole.len() / 2]);
    place.write("noise.tar", "This is a letter.\n".repeat(100));
    place.write("full/letter.txt", "somebody's");
    for (file, words) in
        [("short.tar", "short.tar"), ("noise.tar", "noise.tar"), ("missing.tar", "missing.tar cannot be read")]
    {
        place.run(&["--data", "again", "restore", file]).refused(words);
        assert!(!place.path("again").exists(), "{file} leaves something behind");
    }
    place.run(&["--data", "full", "restore", "copy.tar"]).refused("full is not empty");
    assert_eq!(names(&place.path("full")), ["letter.txt"]);
}

#[test]
fn the_doctor_tells_sound_from_broken() {
    let place = Place::new();
    place.newsroom("news");
    let doctor = |args: &[&str]| place.run(&[&["--data", "news", "doctor"], args].concat());
    let sound = doctor(&[]);
    assert!(sound.done().out.contains("ok    database"), "{sound:?}");
    let server = Server::of(&place, "news");
    assert!(doctor(&[]).done().out.contains("a server runs on this folder"));
    assert_eq!(server.stop("TERM"), Some(0));
    fs::remove_dir(place.path("news/media")).unwrap();
    fs::remove_file(place.path("news/onrecord.sqlite")).unwrap();
    let broken = doctor(&[]);
    assert_eq!(broken.code, Some(1));
    assert!(broken.out.contains("FAIL  database"), "{broken:?}");
    assert!(!place.path("news/onrecord.sqlite").exists(), "looking makes nothing");
}
