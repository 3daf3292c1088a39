use super::{ID, flat, page};
use crate::{Block, ChangeKind, Document, HtmlOptions, Inline, Mark};

fn check(html: &str, expected: &str) {
    assert_eq!(page(html).replace('\n', ""), expected, "from {html:?}");
}

#[test]
fn text_and_marks_survive_misnesting() {
    check(
        "<p>One <b>two <i>three</b> four</i> five",
        "<p>One <strong>two <em>three</em></strong><em> four</em> five</p>",
    );
    check("<b><p>a<p>b</b>c", "<p><strong>a</strong></p><p><strong>b</strong>c</p>");
    check("a<div>b</div>c", "<p>a</p><p>b</p><p>c</p>");
    check("  a \n\t b  <br> c ", "<p>a b<br>c</p>");
    check("<p>a<br><br>b</p>", "<p>a</p><p>b</p>");
    check("<p>&nbsp;</p><p></p>", "");
    check("a<u>b</u><span>c</span>", "<p>abc</p>");
    check("<q>So</q>", "<p>“So”</p>");
    check(
        "x<sup>2</sup> H<sub>2</sub>O <s>no</s> <code>a&lt;b</code>",
        "<p>x<sup>2</sup> H<sub>2</sub>O <s>no</s> <code>a&lt;b</code></p>",
    );
}

#[test]
fn headings_get_the_levels_of_a_story() {
    check("<h1>A</h1><h3><b>B</b></h3><h6>A</h6>", "<h2 id=\"s-a\">A</h2><h3 id=\"s-b\">B</h3><h4 id=\"s-a-2\">A</h4>");
    check("<h2>open<p>text", "<h2 id=\"s-open\">open</h2><p>text</p>");
    check("<h2><div>in a box</div></h2>t", "<h2 id=\"s-in-a-box\">in a box</h2><p>t</p>");
}

#[test]
fn lists_nest_however_they_are_written() {
    check("<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>");
    check("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>");
    check("<ol start=3><li><p>a</p><p>b</p></li></ol>", "<ol start=\"3\"><li><p>a</p><p>b</p></li></ol>");
    check("<ul>loose<li>a</ul>", "<ul><li>loose</li><li>a</li></ul>");
    check("<li>alone", "<p>alone</p>");
    check(
        "<dl><dt>Term<dd>Meaning<dt>Other<dd>More</dl>",
        "<ul><li><p><strong>Term</strong></p><p>Meaning</p></li><li><p><strong>Other</strong></p><p>More</p></li></ul>",
    );
}

#[test]
fn quotations_keep_who_said_it() {
    let expected = "<blockquote class=\"quotation\"><p>Yes.</p><footer><cite>Mira Falk</cite></footer></blockquote>";
    check("<blockquote><p>Yes.</p><cite>Mira Falk</cite></blockquote>", expected);
    check("<blockquote>Yes.<footer>— Mira Falk</footer></blockquote>", expected);
    check("<blockquote><p>Yes.</p><p>— <cite>Mira Falk</cite></p></blockquote>", expected);
    check(
        "<figure class='wp-block-pullquote'><blockquote><p>Yes.</p><cite>Mira Falk</cite></blockquote></figure>",
        expected,
    );
    check("<figure><blockquote>Yes.</blockquote><figcaption>Mira Falk</figcaption></figure>", expected);
    check(
        "<blockquote>As <cite>The Log</cite> says.</blockquote>",
        "<blockquote class=\"quotation\"><p>As <em>The Log</em> says.</p></blockquote>",
    );
    check(
        "<blockquote><h3>T</h3><p>x</p></blockquote>",
        "<blockquote class=\"quotation\"><p><strong>T</strong></p><p>x</p></blockquote>",
    );
    check("<blockquote></blockquote>", "");
}

#[test]
fn posts_are_taken_apart() {
    let html = "<blockquote class='twitter-tweet'><p>Ferry is late <a href='https://t.example/x'>again</a></p>&mdash; Ola Berg (@ola) \
                <a href='https://twitter.com/ola/status/1'>June 5, 2018</a></blockquote><script async src='//platform.example/w.js'></script>";
    let cleaned = Document::from_html(html);
    let [Block::Post(post)] = cleaned.document.blocks.as_slice() else { panic!("{cleaned:?}") };
    assert_eq!(
        (post.network.as_str(), post.author.as_str(), post.date.as_deref()),
        ("Twitter", "Ola Berg (@ola)", Some("2018-06-05"))
    );
    assert_eq!(post.url.as_ref().map(|u| u.as_str()), Some("https://twitter.com/ola/status/1"));
    assert_eq!(post.content.len(), 1);
    assert!(
        cleaned.changes.iter().any(|c| c.kind == ChangeKind::ActiveContent),
        "the script is reported: {:?}",
        cleaned.changes
    );
    let again = Document::from_html(&flat(&cleaned));
    assert_eq!(again.document, cleaned.document);
}

#[test]
fn what_a_post_of_ours_ends_with_is_its_text() {
    let html = "<figure class=\"post\"><blockquote><p>Late again.</p><p>— Z</p><p>— </p></blockquote></figure>";
    let first = Document::from_html(html);
    let [Block::Post(post)] = first.document.blocks.as_slice() else { panic!("{first:?}") };
    assert_eq!((post.content.len(), post.author.as_str()), (3, ""));
    assert_eq!(Document::from_html(&flat(&first)).document, first.document);
}

#[test]
fn figures_and_captions() {
    let find = |found: &crate::FoundPicture<'_>| (found.src == "/a.jpg").then(|| ID.to_owned());
    let options = HtmlOptions { picture: Some(&find), ..HtmlOptions::default() };
    let html = "<p>Before <img src='/a.jpg' alt='A boat'> after</p><figure><img src='/b.jpg'><figcaption>Cap <b>two</b></figcaption></figure>";
    let cleaned = Document::from_html_with(html, &options);
    let pictures: Vec<_> = cleaned.document.pictures().collect();
    assert_eq!(pictures[0].picture.as_deref(), Some(ID));
    assert_eq!(pictures[0].alt, "A boat");
    assert_eq!(pictures[1].picture, None);
    assert_eq!(crate::inline_text(&pictures[1].caption), "Cap two");
    assert_eq!(cleaned.document.plain_text(), "Before after\n\nCap two");
    assert!(cleaned.changes.iter().any(|c| c.kind == ChangeKind::Picture && c.reason.contains("/b.jpg")));
}

#[test]
fn tables_become_valid_grids() {
    check(
        "<table><tr><th>A<th>B<tr><td colspan=9>x<tr><td rowspan=70>y<td>z</table>",
        "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">A</th><th scope=\"col\">B</th></tr></thead><tbody>\
         <tr><td colspan=\"2\">x</td></tr><tr><td>y</td><td>z</td></tr></tbody></table></div>",
    );
    check("<table>text<tr></tr></table>", "<p>text</p>");
    let nested = page("<table><tr><td><table><tr><td>in</td></tr></table>out</td></tr></table>");
    assert!(nested.contains("in") && nested.contains("out"));
}

#[test]
fn links_are_checked_and_resolved() {
    let href = |html: &str, base: Option<&str>| {
        let options = HtmlOptions { base, ..HtmlOptions::default() };
        let cleaned = Document::from_html_with(html, &options);
        let mut found = None;
        cleaned.document.walk(&mut |block| {
            for inline in block.inlines().into_iter().flatten() {
                if let Inline::Text(_, marks) = inline {
                    found = marks
                        .iter()
                        .find_map(|m| if let Mark::Link(h, _) = m { Some(h.to_string()) } else { None })
                        .or(found.take());
                }
            }
        });
        found
    };
    assert_eq!(href("<a href='//x.example/a'>a</a>", None).as_deref(), Some("https://x.example/a"));
    assert_eq!(href("<a href='www.x.example'>a</a>", None).as_deref(), Some("https://www.x.example"));
    assert_eq!(
        href("<a href='b.html'>a</a>", Some("https://x.example/dir/a.html")).as_deref(),
        Some("https://x.example/dir/b.html")
    );
    assert_eq!(href("<a href='b.html'>a</a>", None), None);
    assert_eq!(
        href("<a href='https://www.google.com/url?q=https://y.example/%3Fa%3D1&sa=D'>a</a>", None).as_deref(),
        Some("https://y.example/?a=1")
    );
    for bad in [
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
        "//",
        "https://",
        "JaVaScRiPt&colon;alert(1)",
    ] {
        assert_eq!(href(&format!("<a href=\"{bad}\">a</a>"), None), None, "{bad}");
    }
}

#[test]
fn what_is_taken_out_is_said() {
    let cleaned = Document::from_html(
        "<p onclick='x()'>a</p><script>evil()</script><blink>b</blink><a href='javascript:1'>c</a><iframe src='https://v.example/1'></iframe><style>p{}</style>",
    );
    let kinds: Vec<_> = cleaned.changes.iter().map(|c| c.kind).collect();
    use ChangeKind::*;
    assert_eq!(kinds, [ActiveContent, ActiveContent, Unwrapped, Link, Embed, ActiveContent]);
    assert_eq!(cleaned.document.plain_text(), "a\n\nbc\n\nhttps://v.example/1");
    assert!(Document::from_html("<h2>Clean</h2><p>text <a href='/x'>x</a></p>").changes.is_empty());
}

#[test]
fn verbatim_text_keeps_its_lines() {
    check(
        "<pre>\n  a\n\n <b>b</b><br>c</pre>",
        "<pre tabindex=\"0\">  a b\nc</pre>".replace(" b\nc", "\n\n b\nc").replace('\n', "").as_str(),
    );
    let cleaned = Document::from_html("<pre><code>let a = 1;\n  b &lt; c</code></pre>");
    assert_eq!(cleaned.document.blocks, [Block::Preformatted("let a = 1;\n  b < c".into())]);
}

#[test]
fn lazy_pictures_are_not_doubled() {
    let cleaned = Document::from_html(
        "<img src='data:image/gif;base64,x' data-src='/real.jpg'><noscript><img src='/real.jpg'></noscript>",
    );
    assert_eq!(cleaned.document.pictures().count(), 1);
    let text = Document::from_html("<noscript><p>Read <b>on</b></p></noscript>");
    assert_eq!(text.document.plain_text(), "Read on");
}
