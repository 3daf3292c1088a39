use super::ID;
use crate::{Block, ChangeKind, Document};
use serde_json::json;

#[test]
fn every_node_makes_the_round_trip() {
    let value = json!({"type":"doc","content":[
        {"type":"paragraph","content":[{"type":"text","text":"A "},{"type":"text","text":"b","marks":[{"type":"link","attrs":{"href":"https://x.example/","title":null}},{"type":"strong"}]},{"type":"hard_break"},{"type":"text","text":"c"}]},
        {"type":"heading","attrs":{"level":3},"content":[{"type":"text","text":"H"}]},
        {"type":"bullet_list","content":[{"type":"list_item","content":[{"type":"paragraph","content":[{"type":"text","text":"i"}]},{"type":"ordered_list","attrs":{"order":4},"content":[{"type":"list_item","content":[{"type":"paragraph"}]}]}]}]},
        {"type":"quotation","attrs":{"cite":"Mira Falk","url":null},"content":[{"type":"paragraph","content":[{"type":"text","text":"q"}]}]},
        {"type":"picture","attrs":{"picture":ID,"alt":"alt","agency":"Ag","photographer":"Ph"},"content":[{"type":"text","text":"cap"}]},
        {"type":"post","attrs":{"network":"N","author":"A","url":"https://n.example/1","date":"2020-02-29"},"content":[{"type":"paragraph","content":[{"type":"text","text":"p"}]}]},
        {"type":"preformatted","content":[{"type":"text","text":"a\n  b"}]},
        {"type":"divider"},
        {"type":"table","content":[{"type":"table_row","content":[{"type":"table_header","attrs":{"colspan":1,"rowspan":1},"content":[{"type":"paragraph"}]},{"type":"table_cell","attrs":{"colspan":1,"rowspan":1},"content":[{"type":"paragraph"}]}]}]},
        {"type":"paragraph"}
    ]});
    let cleaned = Document::from_json(&value.to_string());
    assert_eq!(cleaned.changes, []);
    assert_eq!(cleaned.document.to_value(), value);
    assert_eq!(serde_json::from_value::<Document>(value).ok(), Some(cleaned.document));
}

#[test]
fn hostile_nodes_are_cleaned_and_said() {
    let value = json!({"type":"doc","content":[
        {"type":"script","content":[{"type":"text","text":"kept"}]},
        {"type":"paragraph","content":[{"type":"text","text":"l","marks":[{"type":"link","attrs":{"href":"javascript:alert(1)"}},{"type":"glow"}]},{"type":"heading","attrs":{"level":9},"content":[{"type":"text","text":"h"}]}]},
        {"type":"text","text":"loose"}, 7, "string",
        {"type":"post","attrs":{"date":"yesterday"}},
        {"type":"picture","attrs":{"picture":"../../etc"}}
    ]});
    let cleaned = Document::from_json(&value.to_string());
    assert_eq!(cleaned.document.plain_text(), "kept\n\nl\n\nh\n\nloose\n\nstring");
    for kind in [ChangeKind::Unwrapped, ChangeKind::Link, ChangeKind::Reshaped, ChangeKind::Picture] {
        assert!(cleaned.changes.iter().any(|c| c.kind == kind), "{kind:?} in {:?}", cleaned.changes);
    }
    let again = Document::from_json(&cleaned.document.to_json());
    assert_eq!((again.document, again.changes.len()), (cleaned.document, 0));
}

#[test]
fn what_is_no_json_keeps_its_text() {
    for (source, text) in [
        ("just words", "just words"),
        (
            "{\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"cut \\u00e9",
            "cut \\u00e9",
        ),
        (
            "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]},{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"c\"}]}",
            "ab\n\nc",
        ),
    ] {
        let cleaned = Document::from_json(source);
        assert_eq!(cleaned.changes[0].kind, ChangeKind::Unreadable);
        assert!(
            cleaned.document.plain_text().contains(text) || cleaned.document.plain_text() == text,
            "{:?}",
            cleaned.document
        );
    }
    assert!(Document::from_json("{\"type\":\"doc\"}").document.is_empty());
    assert_eq!(
        Document::default().to_json(),
        "{\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\"}]}".replace(
            "\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\"}]",
            "\"content\":[{\"type\":\"paragraph\"}],\"type\":\"doc\""
        )
    );
}

#[test]
fn helpers_see_the_whole_document() {
    let document = Document::from_html(
        "<p>One two, three.</p><h2>Head</h2><ul><li>four<img src='/a.jpg'></ul><p>Five six seven eight</p>",
    )
    .document;
    assert_eq!(document.words(), 9);
    assert_eq!(document.first_heading().as_deref(), Some("Head"));
    assert_eq!(document.pictures().count(), 1);
    assert_eq!(document.excerpt(18), "One two, three…");
    assert_eq!(document.excerpt(500), "One two, three. Five six seven eight");
    assert!(!document.is_empty() && Document { blocks: vec![Block::Paragraph(vec![])] }.is_empty());
}
