//! `import`: what comes in from outside, and what is wrong with it.

use std::{fs, fs::File, time::Duration};

use super::place::{Place, Server, names};

/// Far below a file of gigabytes, with room for an unoptimised program.
const MEMORY: u64 = 400 * 1024 * 1024;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Harbour Post</title><wp:wxr_version>1.2</wp:wxr_version>
"#;

fn item(number: u32, body: &str) -> String {
    format!(
        "<item><title>Story {number}</title><link>https://old.example/{number}</link><dc:creator>ana</dc:creator>\
         <content:encoded><![CDATA[<p>{body}</p>]]></content:encoded><wp:post_id>{number}</wp:post_id>\
         <wp:post_date_gmt>2024-05-0{number} 10:00:00</wp:post_date_gmt><wp:post_name>story-{number}</wp:post_name>\
         <wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n"
    )
}

/// What readers find of the stories on the front page.
fn headlines(place: &Place) -> Vec<String> {
    let server = Server::of(place, "news");
    let front = server.get("/").body;
    let found = (1..10).map(|number| format!("Story {number}")).filter(|headline| front.contains(headline)).collect();
    assert_eq!(server.stop("TERM"), Some(0));
    found
}

#[test]
fn what_stands_before_a_fault_is_imported_and_the_line_is_named() {
    let place = Place::new();
    place.newsroom("news");
    let text =
        format!("{HEAD}{}{}<item><title>Story 3</titel></item></channel></rss>", item(1, "One."), item(2, "Two."));
    place.write("export.xml", &text);
    let said = place.run(&["--data", "news", "import", "wordpress", "export.xml"]);
    said.refused("export.xml, line 7").refused("What came before it was imported.");
    assert_eq!(headlines(&place), ["Story 1", "Story 2"]);
    // Put right and run again: the rest comes, nothing comes twice.
    place.write(
        "export.xml",
        format!("{HEAD}{}{}{}</channel></rss>", item(1, "One."), item(2, "Two."), item(3, "Three.")),
    );
    place.run(&["--data", "news", "import", "wordpress", "export.xml"]).done();
    assert_eq!(headlines(&place), ["Story 1", "Story 2", "Story 3"]);
    let again = place.run(&["--data", "news", "import", "wordpress", "export.xml"]);
    assert!(again.done().out.contains("already here"), "{again:?}");
    // A file that ends too early is the same.
    place.write("short.xml", format!("{HEAD}{}<item><title>Story 5", item(4, "Four.")));
    place.run(&["--data", "news", "import", "wordpress", "short.xml"]).refused("short.xml, line 6");
    assert_eq!(headlines(&place), ["Story 1", "Story 2", "Story 3", "Story 4"]);
}

#[test]
fn comments_come_with_their_stories_in_their_threads_once() {
    let place = Place::new();
    place.newsroom("news");
    let comment = |number: u32, parent: u32, approved: &str, kind: &str, text: &str| {
        format!(
            "<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Reader {number}</wp:comment_author>\
             <wp:comment_author_email>reader{number}@old.example</wp:comment_author_email>\
             <wp:comment_date_gmt>2024-05-02 10:0{number}:00</wp:comment_date_gmt><wp:comment_content>{text}\
             </wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>\
             <wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
        )
    };
    let comments = [
        comment(1, 0, "1", "", "The wall is mine."),
        comment(2, 1, "1", "comment", "No, mine."),
        comment(3, 0, "0", "", "Waits."),
        comment(4, 0, "spam", "", "Buy a wall."),
        comment(5, 0, "1", "pingback", "Elsewhere."),
    ];
    let with = item(1, "One.").replace("</item>", &format!("{}</item>", comments.concat()));
    let site = "<link>https://old.example</link><wp:base_blog_url>https://old.example</wp:base_blog_url>";
    place.write("export.xml", format!("{HEAD}{site}{with}</channel></rss>"));
    let first = place.run(&["--data", "news", "import", "wordpress", "export.xml"]);
    assert!(first.done().out.contains("3 comments stand below their stories now."), "{first:?}");
    let exported = || {
        let said = place.run(&["--data", "news", "export", "comments"]);
        let all: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let text = |key: &str, of: &serde_json::Value| of[key].as_str().unwrap_or_default().to_owned();
        let all = all.as_array().unwrap();
        let parent = |one: &serde_json::Value| {
            let above = all.iter().find(|other| other["id"] == one["answers"]);
            above.map(|above| text("name", above)).unwrap_or_default()
        };
        all.iter()
            .map(|one| (text("name", one), text("text", one), text("state", one), parent(one)))
            .collect::<Vec<_>>()
    };
    let line = |name: &str, words: &str, state: &str, parent: &str| {
        (name.to_owned(), words.to_owned(), state.to_owned(), parent.to_owned())
    };
    let expected = [
        line("Reader 1", "The wall is mine.", "shown", ""),
        line("Reader 2", "No, mine.", "shown", "Reader 1"),
        line("Reader 3", "Waits.", "held", ""),
    ];
    assert_eq!(exported(), expected);
    // Again as stories, and again as a file of comments: nothing comes twice.
    place.run(&["--data", "news", "import", "wordpress", "export.xml"]).done();
    let again = place.run(&["--data", "news", "import", "comments", "export.xml"]);
    assert!(again.done().out.contains("3  were here already"), "{again:?}");
    assert_eq!(exported(), expected);
    let server = Server::of(&place, "news");
    let page = server.get("/1/comments").body;
    assert!(page.contains("No, mine.") && !page.contains("Waits."), "{page}");
    assert_eq!(server.stop("TERM"), Some(0));
}

#[test]
fn what_is_no_export_is_refused() {
    let place = Place::new();
    place.newsroom("news");
    let refused = |file: &str, words: &str| {
        place.run(&["--data", "news", "import", "wordpress", file]).refused(words);
    };
    refused("missing.xml", "missing.xml cannot be read: No such file");
    refused("news", "news is a folder; the export is a file that ends in .xml");
    place.write("empty.xml", "");
    refused("empty.xml", "empty.xml is no WordPress export");
    place.write("page.html", "<html><body><p>Not an export.</p></body></html>");
    refused("page.html", "page.html, line 1: this is no WordPress export");
    place.write("export.zip", b"PK\x03\x04 and so on");
    refused("export.zip", "export.zip is compressed");
    place.write("noise.xml", [0x80; 100_000]);
    refused("noise.xml", "noise.xml is no WordPress export");
    for name in ["empty.xml", "page.html", "noise.xml"] {
        let said = place.run(&["--data", "news", "import", "wordpress", name]);
        assert!(!said.err.contains("What came before it was imported."), "{said:?}");
    }
    assert_eq!(headlines(&place), [""; 0]);
}

#[test]
fn entities_that_grow_are_not_read() {
    let place = Place::new();
    place.newsroom("news");
    let mut bomb = String::from("<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY a0 \"ha\">\n");
    for number in 1..40 {
        let before = format!("&a{};", number - 1).repeat(10);
        bomb.push_str(&format!("<!ENTITY a{number} \"{before}\">\n"));
    }
    bomb.push_str("]>\n<rss><channel><item><title>&a39;</title></item></channel></rss>");
    place.write("bomb.xml", &bomb);
    let said = place.run(&["--data", "news", "import", "wordpress", "bomb.xml"]);
    said.refused("the file declares entities of its own");
    assert!(said.memory < MEMORY, "{} bytes", said.memory);
}

#[test]
fn gigabytes_of_nothing_fill_no_memory() {
    let place = Place::new();
    place.newsroom("news");
    let hole = |name: &str, start: &str| {
        place.write(name, start);
        // A hole: it takes no room on the disk.
        File::options().write(true).open(place.path(name)).unwrap().set_len(2 << 30).unwrap();
        let said = place.run(&["--data", "news", "import", "wordpress", name]);
        assert!(said.memory < MEMORY, "{} bytes", said.memory);
        said
    };
    hole("hole.xml", "").refused("hole.xml is no WordPress export");
    let text = place.run(&["--data", "news", "import", "text", "hole.xml"]);
    text.refused("hole.xml is larger than 16 MB: that is no article");
    assert!(text.memory < MEMORY, "{} bytes", text.memory);
}

#[test]
fn a_wrong_encoding_is_put_right_and_reported() {
    let place = Place::new();
    place.newsroom("news");
    let text = format!("{HEAD}{}</channel></rss>", item(1, "Caf\u{e9} and qu\u{e9}"));
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    place.write("latin.xml", latin);
    let said = place.run(&["--data", "news", "import", "wordpress", "latin.xml"]);
    assert!(said.done().out.contains("Windows-1252"), "{said:?}");
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(
            text.replace("Story 1", "Story 2")
                .replace("story-1", "story-2")
                .replace("post_id>1", "post_id>2")
                .encode_utf16(),
        )
        .flat_map(u16::to_le_bytes)
        .collect();
    place.write("utf16.xml", utf16);
    place.run(&["--data", "news", "import", "wordpress", "utf16.xml"]).done();
    assert_eq!(headlines(&place), ["Story 1", "Story 2"]);
}

#[test]
fn a_text_that_is_none_is_refused() {
    let place = Place::new();
    place.newsroom("news");
    let refused = |file: &str, words: &str| {
        place.run(&["--data", "news", "import", "text", file]).refused(words);
    };
    place.write("latin.txt", b"A headline\n\nA caf\xe9 opens.\n");
    refused("latin.txt", "latin.txt, line 3: this is not UTF-8 text");
    place.write("empty.txt", " \n\n");
    refused("empty.txt", "empty.txt holds no text");
    refused("missing.txt", "missing.txt cannot be read");
    refused("news", "news cannot be read");
    assert!(!names(&place.path("news")).contains(&"imports".to_owned()));
}

#[test]
fn an_import_that_is_killed_goes_on_where_it_was() {
    let place = Place::new();
    place.newsroom("news");
    let items: String =
        (1..400).map(|n| item(n % 9 + 1, "A text.").replace("post_id>", &format!("post_id>{n}"))).collect();
    place.write("export.xml", format!("{HEAD}{items}</channel></rss>"));
    let mut import = place.onrecord(&["--data", "news", "import", "wordpress", "export.xml"]);
    let mut import = super::place::Guard(import.stdout(std::process::Stdio::null()).spawn().unwrap());
    while import.0.try_wait().unwrap().is_none() {
        let log = fs::metadata(place.path("news/onrecord.sqlite-wal")).map_or(0, |meta| meta.len());
        if log > 0 {
            import.signal("KILL");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(import);
    let rest = place.run(&["--data", "news", "import", "wordpress", "export.xml"]);
    assert!(rest.done().out.contains("399"), "{rest:?}");
    let again = place.run(&["--data", "news", "import", "wordpress", "export.xml"]);
    assert!(again.done().out.contains("already here"), "{again:?}");
}
