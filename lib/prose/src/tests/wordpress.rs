use super::flat;
use crate::{Block, ChangeKind, Document, HtmlOptions};

fn check(html: &str, expected: &str) {
    let cleaned = Document::from_wordpress_html(html, &HtmlOptions::default());
    assert_eq!(flat(&cleaned), expected, "from {html:?}");
}

#[test]
fn classic_text_gets_its_paragraphs() {
    check(
        "One\ntwo\n\nThree\r\n\r\n<h2>Head</h2>\nFour <em>five\nsix</em>",
        "<p>One<br>two</p><p>Three</p><h2 id=\"s-head\">Head</h2><p>Four <em>five</em><br><em>six</em></p>",
    );
    check("a<br />\nb", "<p>a<br>b</p>");
    check(
        "<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>\n\nText<!--more-->\n\nMore",
        "<ul><li>a</li><li>b</li></ul><p>Text</p><p>More</p>",
    );
    check("<pre tabindex=\"0\">a\n\nb</pre>\nc", "<pre tabindex=\"0\">ab</pre><p>c</p>");
    check(
        "<blockquote>Said\n\ntwice</blockquote>",
        "<blockquote class=\"quotation\"><p>Said</p><p>twice</p></blockquote>",
    );
}

#[test]
fn block_text_does_not() {
    check(
        "<!-- wp:paragraph -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:separator -->\n<hr class=\"wp-block-separator\"/>\n<!-- /wp:separator -->",
        "<p>One two</p><hr>",
    );
    check(
        "<!-- wp:verse --><pre class=\"wp-block-verse\">A line\nand one</pre><!-- /wp:verse -->",
        "<p>A line<br>and one</p>",
    );
}

#[test]
fn captions_and_galleries() {
    let html = "<!-- wp:gallery --><figure class=\"wp-block-gallery\"><ul><li class=\"blocks-gallery-item\"><figure><img src=\"/1.jpg\" alt=\"One\"/>\
        <figcaption>First</figcaption></figure></li><li><figure><img src=\"/2.jpg\" alt=\"Two\"/></figure></li></ul><figcaption>Both</figcaption></figure>";
    let cleaned = Document::from_wordpress_html(html, &HtmlOptions::default());
    let captions: Vec<_> =
        cleaned.document.pictures().map(|p| (p.alt.clone(), crate::inline_text(&p.caption))).collect();
    assert_eq!(captions, [("One".into(), "First".into()), ("Two".into(), String::new())]);
    assert!(cleaned.document.plain_text().contains("Both"));

    let old = "<div id=\"a1\" class=\"wp-caption alignleft\" style=\"width: 310px\"><a href=\"/x.jpg\"><img src=\"/x.jpg\" alt=\"X\"></a><p class=\"wp-caption-text\">Old caption</p></div>";
    let cleaned = Document::from_wordpress_html(old, &HtmlOptions::default());
    let [Block::Picture(picture)] = cleaned.document.blocks.as_slice() else { panic!("{cleaned:?}") };
    assert_eq!(crate::inline_text(&picture.caption), "Old caption");
}

#[test]
fn embeds_become_links_and_empty_blocks_are_named() {
    check(
        "<!-- wp:embed --><figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\nhttps://v.example/1\n</div><figcaption>Film</figcaption></figure>",
        "<p>https://v.example/1</p><p>Film</p>",
    );
    check(
        "<!-- wp:x --><iframe src=\"https://www.youtube.com/embed/abc_-1?x=1\"></iframe>",
        "<p><a href=\"https://www.youtube.com/watch?v=abc_-1\" rel=\"external noopener\">https://www.youtube.com/watch?v=abc_-1</a></p>",
    );
    let cleaned = Document::from_wordpress_html(
        "<!-- wp:block {\"ref\":12} /--><!-- wp:latest-posts /-->",
        &HtmlOptions::default(),
    );
    assert_eq!(cleaned.changes[0].kind, ChangeKind::Missing);
    assert_eq!(cleaned.changes[0].count, 2);
}
