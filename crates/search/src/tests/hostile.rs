//! Questions that nobody should ask.

use onrecord_base::testing::on_sqlite;
use onrecord_stories::testing as desk;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};

use super::{Room, TEMPLATES, story};

const NASTY: [&str; 26] = [
    "",
    " ",
    "\"",
    "\"\"",
    "-",
    "--",
    "- -",
    "*",
    "?",
    "()",
    "a AND",
    "OR",
    "NOT",
    "text:",
    "key:*",
    "a^2",
    "[a TO b]",
    "{",
    "\\",
    "/.*/",
    "the",
    "to be or not to be",
    "\u{0}",
    "%00",
    "-wall",
    "\"the\"",
];

#[tokio::test]
async fn no_question_is_an_error_and_nothing_comes_back_as_html() {
    on_sqlite(&[TEMPLATES], async |app| {
        let town = desk::section(&app, "Town").await;
        story(
            &app,
            &town,
            "<script>alert('wall')</script> & <b>wall</b>",
            "en",
            "<p>if a &lt; b &amp;&amp; b &gt; c: &lt;img src=x&gt; wall</p>",
        )
        .await;
        story(&app, &town, "Die Mauer", "de", "<p>Der Hafen „ist“ zu.</p>").await;
        let room = Room::new(&app).await;
        let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        for text in NASTY {
            for field in ["q", "section", "author", "person", "said-by", "from", "kind", "page", "sort"] {
                room.page(&format!("{field}={}", encode(text))).await;
                room.page(&format!("q=wall&{field}={}", encode(text))).await;
            }
            assert_eq!(room.get(&format!("/search/suggest?q={}", encode(text))).await.0, 200);
        }
        let html = room.page("q=script+wall+img").await;
        assert!(html.contains("&lt;<mark>script</mark>&gt;"), "{html}");
        assert!(!html.contains("<script") && !html.contains("<b>wall") && !html.contains("<img"), "{html}");
        // Whatever is typed, it is a page, and what was typed stands in it as text.
        let mut asked: Vec<String> = Vec::new();
        let strategy = proptest::string::string_regex("(\\PC|[\"“”<>&' \\-]|wall|Mauer|the ){0,40}").unwrap();
        let mut runner = TestRunner::new(Config::with_cases(1));
        for _ in 0..150 {
            asked.push(strategy.new_tree(&mut runner).unwrap().current());
        }
        for text in asked {
            let html = room.page(&format!("q={}", encode(&text))).await;
            assert!(!html.contains("<script") && !html.contains("<b>wall") && !html.contains("<img"), "{text}: {html}");
            assert_eq!(room.get(&format!("/search/suggest?q={}", encode(&text))).await.0, 200, "{text}");
        }
        assert_eq!(room.get(&format!("/search?q={}", "wall+".repeat(5_000))).await.0, 200);
        let (status, xml) = room.get("/search/description.xml").await;
        assert!(status == 200 && xml.contains("{searchTerms}"), "{xml}");
    })
    .await;
}
