//! The law: no document that prose renders contains script, event handlers or javascript: links,
//! whatever went in.

use super::AllPictures;
use crate::{Document, HtmlOptions, NoPictures, RenderOptions, to_html, to_html_with, to_markdown};
use html5gum::{Token, Tokenizer};
use proptest::prelude::*;

const ELEMENTS: &[&str] = &[
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "footer",
    "cite",
    "figure",
    "figcaption",
    "picture",
    "source",
    "img",
    "span",
    "a",
    "strong",
    "em",
    "s",
    "sub",
    "sup",
    "code",
    "pre",
    "hr",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "div",
    "time",
];
const ATTRIBUTES: &[&str] = &[
    "id",
    "class",
    "href",
    "title",
    "rel",
    "cite",
    "start",
    "type",
    "src",
    "srcset",
    "sizes",
    "width",
    "height",
    "alt",
    "loading",
    "decoding",
    "fetchpriority",
    "colspan",
    "rowspan",
    "scope",
    "datetime",
    "tabindex",
    "data-picture",
];

/// Reads a page with the tokenizer alone and checks every element, attribute and address against lists that
/// are kept here, apart from the renderer.
fn assert_safe(html: &str) {
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert!(ELEMENTS.contains(&name.as_str()), "<{name}> in {html}");
                for (attribute, value) in &tag.attributes {
                    let attribute = String::from_utf8_lossy(attribute).into_owned();
                    let value = String::from_utf8_lossy(&value.value).into_owned();
                    assert!(ATTRIBUTES.contains(&attribute.as_str()), "{attribute} in {html}");
                    if matches!(attribute.as_str(), "href" | "src" | "cite") {
                        let lower = value.to_ascii_lowercase();
                        let fine = ["http://", "https://", "mailto:", "tel:", "/", "#"]
                            .iter()
                            .any(|start| lower.starts_with(start));
                        assert!(fine && !lower.starts_with("//"), "{value:?} in {html}");
                        assert!(!lower.contains(|c: char| c.is_control()), "{value:?}");
                    }
                }
            }
            Token::Comment(_) | Token::Doctype(_) => panic!("comment in {html}"),
            _ => {}
        }
    }
}

fn assert_all_safe(document: &Document) {
    let html = to_html(document, &AllPictures);
    assert_safe(&html);
    assert_safe(&to_html_with(
        document,
        &NoPictures,
        &RenderOptions { site: Some("https://a.example"), feed: true, ..RenderOptions::default() },
    ));
    // JSON is exact.
    let read = Document::from_json(&document.to_json());
    assert_eq!(read.changes, []);
    assert_eq!(read.document.to_json(), document.to_json());
    // HTML settles after one round.
    let once = Document::from_html(&html).document;
    let page = to_html(&once, &AllPictures);
    let twice = Document::from_html(&page).document;
    assert_eq!(to_html(&twice, &AllPictures), page, "unstable: {html}");
    assert_eq!(Document::from_html(&to_html(&twice, &AllPictures)).document, twice);
    // Markdown never brings anything back.
    assert_safe(&to_html(&Document::from_markdown(&to_markdown(document)).document, &NoPictures));
}

pub(crate) fn as_html_text(text: &str) -> String {
    format!("<p>{}</p>", text.replace('&', "&amp;").replace('<', "&lt;"))
}

/// Pieces that meet one another in hostile and in honest input.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "<script>",
        "</script>",
        "<p>",
        "</p>",
        "<a href='javascript:alert(1)'>",
        "<a href=\"https://x.example/?a=1&b='\">",
        "</a>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<ol start=5>",
        "<blockquote>",
        "</blockquote>",
        "<cite>",
        "</cite>",
        "<footer>",
        "<figure>",
        "</figure>",
        "<figcaption>",
        "</figcaption>",
        "<figure class=post>",
        "<blockquote class=twitter-tweet>",
        "<span class=credit>",
        "<span class=agency>",
        "</span>",
        "<span class=author>",
        "<time datetime=2020-01-01>",
        "<pre>",
        "</pre>",
        "<table>",
        "</table>",
        "<tr>",
        "<td rowspan=3 colspan=2>",
        "<th>",
        "</td>",
        "<h2>",
        "</h2>",
        "<hr>",
        "<br>",
        "<iframe src='javascript:1'>",
        "</iframe>",
        "<style>",
        "</style>",
        "<textarea>",
        "</textarea>",
        "<title>",
        "</title>",
        "<noscript>",
        "</noscript>",
        "<template>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "text",
        " ",
        "\n\n",
        "&lt;",
        "&#x6a;",
        "\"",
        "'",
        "—",
        "- ",
        "1. ",
        "> ",
        "# ",
        "**",
        "`",
        "```\n",
        "[a](javascript:1)",
        "![a](x)",
        "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>",
        "<span style='mso-list:Ignore'>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<div class=wp-caption>",
        "<p class=wp-caption-text>",
        "<video src=https://v.example/a.mp4>",
        "<code>",
        "</code>",
        "<sup>",
        "<q>",
        "\u{0}",
        "\u{202e}",
        "\u{a0}",
        "\u{ffff}",
        "<img data-picture=0190a6f0-1b2c-7d3e-8f40-123456789abc alt='x\" onload=\"y'>",
        "<p id=x onclick=alert(1) style='background:url(javascript:1)'>",
        "<base href='javascript:'>",
        "<form action=x><input>",
        "{\"type\":\"doc\",\"content\":[",
        "{\"type\":\"text\",\"text\":\"x\"}",
        "]}",
        "<!-- wp:x /-->",
        "<!--more-->",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::json!({"type": "hard_break"})),
        Just(serde_json::json!({"type": "divider"})),
        "[ -~]{0,12}".prop_map(|text| serde_json::json!({"type": "text", "text": text})),
        ("[ -~]{0,12}", prop::sample::select(&["javascript:1", "https://x.example", "/a\"b", "data:x"][..]))
            .prop_map(|(text, href)| serde_json::json!({"type": "text", "text": text, "marks": [{"type": "link", "attrs": {"href": href}}, {"type": "code"}, {"type": "x"}]})),
        any::<i64>().prop_map(serde_json::Value::from),
    ];
    const NODES: &[&str] = &[
        "doc",
        "paragraph",
        "heading",
        "bullet_list",
        "ordered_list",
        "list_item",
        "quotation",
        "picture",
        "post",
        "preformatted",
        "table",
        "table_row",
        "table_cell",
        "table_header",
        "script",
    ];
    leaf.prop_recursive(6, 60, 5, |inner| {
        (prop::sample::select(NODES), prop::collection::vec(inner, 0..5), 0u16..5, "[ -~]{0,8}").prop_map(|(name, content, number, text)| {
            serde_json::json!({"type": name, "content": content, "attrs": {
                "level": number, "order": number, "colspan": number, "rowspan": number, "cite": text, "alt": text, "agency": text,
                "photographer": text, "author": text, "network": text, "date": "2020-01-31", "url": "https://x.example/", "picture": super::ID}})
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn html_is_safe_and_stable(source in pieces()) {
        assert_all_safe(&Document::from_html(&source).document);
        assert_all_safe(&Document::from_wordpress_html(&source, &HtmlOptions::default()).document);
    }

    #[test]
    fn markdown_text_and_broken_json_are_safe(source in pieces()) {
        assert_all_safe(&Document::from_markdown(&source).document);
        assert_all_safe(&Document::from_text(&source).document);
        assert_all_safe(&Document::from_json(&source).document);
    }

    #[test]
    fn json_is_safe(value in json_value()) {
        assert_all_safe(&Document::from_value(&value).document);
    }

    #[test]
    fn arbitrary_bytes_do_not_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let source = String::from_utf8_lossy(&bytes);
        for document in [Document::from_html(&source), Document::from_markdown(&source), Document::from_text(&source), Document::from_json(&source)] {
            assert_all_safe(&document.document);
        }
    }

    #[test]
    fn text_in_html_is_kept(text in "[a-zA-Z0-9 .,;<>&\"']{0,80}") {
        let document = Document::from_html(&as_html_text(&text)).document;
        let kept: String = document.plain_text().split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(kept, text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}
