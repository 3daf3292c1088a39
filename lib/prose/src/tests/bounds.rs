use crate::{ChangeKind, Document, NoPictures, limits, to_html, to_markdown};

/// Everything that can be done with a document, so that none of it overflows the stack.
fn use_all(document: &Document) {
    let html = to_html(document, &NoPictures);
    let _ = (document.plain_text(), to_markdown(document), document.words(), document.clone() == *document);
    let json = document.to_json();
    let read = Document::from_json(&json);
    assert_eq!(read.changes, [], "what was cleaned once is clean");
    assert_eq!(read.document.to_json(), json);
    let again = Document::from_html(&html).document;
    assert_eq!(to_html(&again, &NoPictures), html);
}

#[test]
fn ten_thousand_nested_tags_keep_their_text() {
    for tag in [
        "div",
        "b",
        "a href=/x",
        "blockquote",
        "ul><li",
        "table><tr><td",
        "p",
        "span",
        "figure",
        "figure class=post",
        "h2",
        "pre",
        "svg",
        "noscript",
        "blockquote class=twitter-tweet",
        "cite",
        "figcaption",
        "dl><dt",
        "q",
        "x",
    ] {
        let name = tag.split(' ').next().unwrap_or(tag);
        let html = format!("start {}deep{}end", format!("<{tag}>").repeat(10_000), format!("</{name}>").repeat(10_000));
        let document = Document::from_html(&html).document;
        let text = document.plain_text() + &to_html(&document, &NoPictures);
        assert!(text.contains("start") && text.contains("deep"), "{tag}");
        if !matches!(tag, "q") {
            use_all(&document);
        }
    }
    let json = format!(
        "{}{{\"type\":\"text\",\"text\":\"deep\"}}{}",
        "{\"type\":\"quotation\",\"content\":[".repeat(10_000),
        "]}".repeat(10_000)
    );
    let cleaned = Document::from_json(&json);
    assert_eq!(cleaned.document.plain_text(), "deep");
    let json = format!(
        "{}{{\"type\":\"text\",\"text\":\"deep\"}}{}",
        "{\"type\":\"quotation\",\"content\":[".repeat(60),
        "]}".repeat(60)
    );
    use_all(&Document::from_json(&json).document);
    for sign in ["> ", "- ", "[", "*", "<b>", "1. ", "`", "![](", "    "] {
        use_all(&Document::from_markdown(&format!("{}deep", sign.repeat(10_000))).document);
    }
}

#[test]
fn five_megabytes_are_read_whole() {
    let text = "A sentence about the harbour, with <b>weight</b> and a <a href=\"/x\">link</a>. ".repeat(70_000);
    assert!(text.len() > 5_000_000);
    let html: String = format!("<p>{text}</p>");
    let cleaned = Document::from_html(&html);
    assert_eq!(cleaned.changes, []);
    assert_eq!(cleaned.document.words(), 70_000 * 10);
    let json = cleaned.document.to_json();
    assert!(Document::from_json(&json).document == cleaned.document);
    let hostile = [
        "<p>a".repeat(240_000),
        "<div>".repeat(200_000),
        "<b><i><a href=x>".repeat(60_000),
        "<table><tr><td>a".repeat(60_000),
        "</p></div>".repeat(100_000),
        format!("<p {}>text", (0..120_000).map(|n| format!("a{n} ")).collect::<String>()),
        "<img src=x>".repeat(80_000),
        "<blockquote class=twitter-tweet>a".repeat(30_000),
        "<li>".repeat(240_000),
        "<ul><li>".repeat(120_000),
    ];
    for html in hostile {
        drop(Document::from_html(&html));
    }
}

#[test]
fn what_is_longer_is_cut_and_said() {
    let long = "é".repeat(limits::SOURCE_BYTES);
    let cleaned = Document::from_text(&long);
    assert_eq!(cleaned.changes[0].kind, ChangeKind::TooLong);
}

#[test]
fn many_changes_are_counted_not_listed() {
    let html: String = (0..5000).map(|n| format!("<x{n}>t")).collect();
    let cleaned = Document::from_html(&html);
    assert_eq!(cleaned.changes.len(), limits::CHANGES + 1);
    assert_eq!(cleaned.changes[limits::CHANGES].count, 5000 - limits::CHANGES);
}

#[test]
fn a_tag_with_any_number_of_attributes_is_read() {
    for attribute in [" on0=\"alert(1)\"", " a=\"b\"", " a='b'", " a=b", " a", "a=\"b\"", " a=\"&amp;\"", " a=\"\r\n\""]
    {
        let html = format!("<p>before</p><p{}>inside</p><p>after</p>", attribute.repeat(100_000));
        let document = Document::from_html(&html).document;
        assert_eq!(document.plain_text(), "before\n\ninside\n\nafter", "{attribute}");
    }
    // Wherever the tokenizer takes its breath, nothing is lost.
    let links: String =
        (0..500).map(|n| format!("<p><a title=\"t{n}\" href=\"https://paper.example/{n}\">{n}</a></p>")).collect();
    let html = to_html(&Document::from_html(&links).document, &NoPictures);
    for n in 0..500 {
        assert!(html.contains(&format!("href=\"https://paper.example/{n}\"")), "{n}");
    }
}
