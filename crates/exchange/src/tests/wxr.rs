use crate::wxr::{Entry, Fault, Item, Wxr};

pub(crate) fn read(bytes: &[u8]) -> (Vec<Entry>, Option<Fault>, Vec<String>) {
    let mut wxr = Wxr::new(bytes);
    let mut entries = Vec::new();
    let mut fault = None;
    for entry in wxr.by_ref() {
        match entry {
            Ok(entry) => entries.push(entry),
            Err(found) => fault = Some(found),
        }
    }
    (entries, fault, wxr.repairs().into_iter().map(|repair| format!("line {}: {}", repair.line, repair.what)).collect())
}

fn items(entries: &[Entry]) -> Vec<&Item> {
    entries.iter().filter_map(|entry| if let Entry::Item(item) = entry { Some(&**item) } else { None }).collect()
}

fn export(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:wp=\"x\">\n<channel>\n<title>Tide &amp; Town</title>\n\
         <link>https://tide.example</link>\n<wp:wxr_version>1.2</wp:wxr_version>\n<wp:base_blog_url>https://tide.example</wp:base_blog_url>\n{inner}\n</channel>\n</rss>"
    )
}

#[test]
fn an_export_is_read_whole() {
    let file = export(
        "<wp:author><wp:author_login>ida</wp:author_login><wp:author_display_name><![CDATA[Ida Quist]]></wp:author_display_name></wp:author>\
         <wp:category><wp:category_nicename>town</wp:category_nicename><wp:cat_name><![CDATA[Town]]></wp:cat_name></wp:category>\
         <wp:tag><wp:tag_slug>pier</wp:tag_slug><wp:tag_name><![CDATA[Pier]]></wp:tag_name></wp:tag>\
         <wp:term><wp:term_taxonomy>series</wp:term_taxonomy><wp:term_slug>s</wp:term_slug><wp:term_name>S</wp:term_name></wp:term>\
         <item><title>The pier &#8211; again</title><link>https://tide.example/2019/pier/</link><dc:creator>ida</dc:creator>\
         <guid isPermaLink=\"false\">https://tide.example/?p=7</guid><content:encoded><![CDATA[<p>A &amp; B</p> ]]]]><![CDATA[> end]]></content:encoded>\
         <excerpt:encoded><![CDATA[Short]]></excerpt:encoded><wp:post_id>7</wp:post_id><wp:post_date_gmt>2019-01-02 03:04:05</wp:post_date_gmt>\
         <wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:is_sticky>1</wp:is_sticky>\
         <category><![CDATA[Town]]></category><category domain=\"category\" nicename=\"town\"><![CDATA[Town]]></category>\
         <category domain=\"tag\" nicename=\"pier\">Pier</category>\
         <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value><![CDATA[9]]></wp:meta_value></wp:postmeta>\
         <wp:comment><wp:comment_id>3</wp:comment_id><wp:comment_author><![CDATA[Ola]]></wp:comment_author><wp:comment_content><![CDATA[Yes\n]]></wp:comment_content>\
         <wp:commentmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>v</wp:meta_value></wp:commentmeta></wp:comment></item>",
    );
    let (entries, fault, repairs) = read(file.as_bytes());
    assert_eq!((fault, repairs.len(), entries.len()), (None, 0, 6));
    let Entry::Site(site) = &entries[4] else { panic!("{entries:?}") };
    assert_eq!((site.title.as_str(), site.version.as_str()), ("Tide & Town", "1.2"));
    let item = items(&entries)[0];
    assert_eq!(item.title, "The pier – again");
    assert_eq!(item.content, "<p>A &amp; B</p> ]]> end");
    assert_eq!(item.terms.iter().map(|t| t.domain.as_str()).collect::<Vec<_>>(), ["category", "post_tag"]);
    assert_eq!((item.meta("_thumbnail_id"), item.meta.len(), item.sticky), (Some("9"), 1, true));
    assert_eq!((item.comments[0].author.as_str(), item.comments[0].content.as_str()), ("Ola", "Yes\n"));
}

fn check(file: &str, line: u64, reason: &str, kept: usize) {
    let (entries, fault, _) = read(file.as_bytes());
    let fault = fault.unwrap_or_else(|| panic!("no fault in {file}"));
    assert!(fault.reason.contains(reason) && fault.line == line, "{fault} instead of line {line}: {reason}");
    assert_eq!(items(&entries).len(), kept, "{file}");
}

#[test]
fn faults_name_their_line_and_keep_what_came_before() {
    let one = "<item><title>One</title></item>\n";
    check(
        &export(&format!("{one}<item><title>Two</title>\n<broken></item>")),
        10,
        "</item> closes nothing here; </broken> was expected",
        1,
    );
    check(
        &export(&format!("{one}<item><title>Two</title>"))
            .split_once("<title>Two")
            .map(|(head, _)| head.to_owned() + "<title>Two</title>")
            .unwrap_or_default(),
        9,
        "ends inside",
        1,
    );
    check(&export(&format!("{one}<item><content:encoded><![CDATA[never")), 9, "CDATA section is never closed", 1);
    check("<html><body>no</body></html>", 1, "begins with <html>", 0);
    check("", 1, "holds no <channel>", 0);
    check("just words", 1, "holds no <channel>", 0);
    check(&format!("<rss><channel>{}", "<a>".repeat(10_000)), 1, "64 deep", 0);
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE rss [\n<!ENTITY a \"aaaa\">\n<!ENTITY b \"&a;&a;\">\n]>\n<rss><channel><title>&b;</title></channel></rss>";
    check(bomb, 2, "entities of its own", 0);
}

#[test]
fn common_faults_are_put_right_and_said() {
    let file = export(
        "<item><title>A</title><wp:attachment_url>https://x.example/?a=1&b=2&amp;c</wp:attachment_url><content:encoded><![CDATA[in <![CDATA[ in ]]> :)]]></content:encoded></item>",
    );
    let (entries, fault, repairs) = read(file.as_bytes());
    assert_eq!(fault, None);
    let item = items(&entries)[0];
    assert_eq!(item.attachment_url, "https://x.example/?a=1&b=2&c");
    assert_eq!(item.content, "in <![CDATA[ in ]]> :)");
    assert_eq!(repairs, ["line 8: a bare & was read as text", "line 8: CDATA inside CDATA was put right"]);
    let (_, fault, repairs) = read(export("<item></item>").replace("1.2", "abc").as_bytes());
    assert_eq!(
        (fault, repairs),
        (None, vec!["line 8: the export's version “abc” is not 1.0, 1.1 or 1.2; it was read as 1.2".to_owned()])
    );
}

#[test]
fn every_encoding_is_read() {
    let file = export("<item><title>Café – “naïve”</title></item>");
    let title = |bytes: &[u8]| {
        let (entries, fault, repairs) = read(bytes);
        assert_eq!(fault, None);
        (items(&entries)[0].title.clone(), repairs)
    };
    let expected = "Café – “naïve”";
    assert_eq!(title(file.as_bytes()), (expected.into(), vec![]));
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(file.replace("UTF-8", "UTF-16").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(title(&utf16), (expected.into(), vec![]));
    let bare: Vec<u8> = file.replace("UTF-8", "UTF-16").encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(title(&bare), (expected.into(), vec![]));
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&file);
    let declared = String::from_utf8_lossy(&latin).len();
    assert!(declared > 0);
    let (said, _, _) = encoding_rs::WINDOWS_1252.encode(&file);
    let said: Vec<u8> = String::from_utf8(said.iter().map(|b| if b.is_ascii() { *b } else { b'?' }).collect())
        .unwrap()
        .replace("UTF-8", "windows-1252")
        .into_bytes();
    assert!(title(&said).0.starts_with("Caf"));
    let (wrong, repairs) = title(&latin);
    assert_eq!(wrong, expected, "bytes that are no UTF-8 are read as Windows-1252");
    assert_eq!(repairs, ["line 8: bytes that are not of the file's encoding were read as Windows-1252"]);
    let controls = file.replace("Café", "Ca\u{b}f\u{8}é");
    assert_eq!(title(controls.as_bytes()).0, expected);
}

#[test]
fn a_field_without_end_is_refused() {
    struct Endless(Vec<u8>, usize);
    impl std::io::Read for Endless {
        fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
            if self.1 < self.0.len() {
                let count = (&self.0[self.1..]).read(buf)?;
                self.1 += count;
                return Ok(count);
            }
            buf.fill(b'a');
            Ok(buf.len())
        }
    }
    let wxr = Wxr::new(Endless(b"<rss><channel><item><title>".to_vec(), 0));
    let fault = wxr.filter_map(Result::err).next().unwrap();
    assert!(fault.reason.contains("longer than"), "{fault}");
}

/// Counts by searching the text: an independent look at what a file holds.
fn count(text: &str, open: &str) -> usize {
    text.matches(open).count()
}

#[test]
fn every_sample_is_read() {
    let Some(folder) = super::samples("imports/wxr") else { return };
    let mut files = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path)
            } else if path.extension().is_some_and(|e| e == "xml") {
                files.push(path)
            }
        }
    }
    assert!(files.len() > 20, "{files:?}");
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (entries, fault, repairs) = read(&bytes);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let found = items(&entries);
        if name == "malformed-simple.xml" {
            let fault = fault.unwrap();
            assert_eq!(
                fault.to_string(),
                "line 14: the file ends inside <item>: it was cut off, or an end tag is missing; the item “Broken” that begins on line 9 was not read"
            );
            continue;
        }
        assert_eq!(fault, None, "{name}");
        assert_eq!(found.len(), count(&text, "<item>"), "{name}: items");
        let of = |test: fn(&Entry) -> bool| entries.iter().filter(|entry| test(entry)).count();
        assert_eq!(of(|e| matches!(e, Entry::Author(_))), count(&text, "<wp:author>"), "{name}: authors");
        let terms = ["<wp:category>", "<wp:tag>", "<wp:term>"].iter().map(|open| count(&text, open)).sum::<usize>();
        assert_eq!(of(|e| matches!(e, Entry::Term(_))), terms, "{name}: terms");
        assert_eq!(
            found.iter().map(|i| i.comments.len()).sum::<usize>(),
            count(&text, "<wp:comment>"),
            "{name}: comments"
        );
        assert_eq!(
            found.iter().map(|i| i.meta.len()).sum::<usize>(),
            count(&text, "<wp:postmeta>"),
            "{name}: custom fields"
        );
        assert_eq!(
            found.iter().map(|i| i.terms.len()).sum::<usize>(),
            count(&text, "<category domain="),
            "{name}: terms of items"
        );
        for item in found {
            // The body stands in the file as written, unless CDATA was split or put right.
            assert!(
                text.contains(item.content.trim()) || !repairs.is_empty() || item.content.contains("]]"),
                "{name}: {}",
                item.title
            );
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300), cut in 0usize..1200) {
        read(&bytes);
        let whole = export("<item><title>é</title><content:encoded><![CDATA[x]]></content:encoded><wp:comment></wp:comment></item>");
        read(&whole.as_bytes()[..cut.min(whole.len())]);
        let mut mixed = whole.into_bytes();
        let at = cut.min(mixed.len());
        mixed.splice(at..at, bytes);
        read(&mixed);
    }
}
