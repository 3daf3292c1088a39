use super::ID;
use crate::{Document, to_markdown};
use proptest::prelude::*;

#[test]
fn a_whole_document_makes_the_round_trip() {
    let html = format!(
        "<h2>Head *one*</h2><p>Plain <b>bold</b>, <i>em</i>ph <b>\"q\"</b>x <a href='https://x.example/a_b(c)'>li_nk</a><br>1. no list</p><ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>\
         <ol start=7><li>x</li></ol><ul><li>y</li></ul><blockquote cite='https://x.example/'><p>Q</p><ul><li>l</li></ul><cite>Mira [F]</cite></blockquote>\
         <figure class=picture data-picture={ID}><img alt='A &quot;b&quot;'><figcaption><span class=caption>Cap <em>x</em></span> <span class=credit><span class=agency>Ag</span> / <span class=photographer>Ph</span></span></figcaption></figure>\
         <pre>a\n\n```\nb</pre><hr><table><tr><th>A<th>B<tr><td>x | y<td>z</table><table><tr><td rowspan=2>A<td>B<tr><td><p>x<p>y</table>\
         <figure class=post><blockquote><p>hello</p></blockquote><figcaption><span class=author>Ola</span>, <span class=network>N</span>, <span class=source><a href='https://n.example/1'><time datetime=2020-01-02>2020-01-02</time></a></span></figcaption></figure>"
    );
    let document = Document::from_html(&html).document;
    let markdown = to_markdown(&document);
    let again = Document::from_markdown(&markdown);
    assert_eq!(again.document, document, "{markdown}");
    assert_eq!(again.changes, [], "{markdown}");
}

#[test]
fn markdown_is_read() {
    let document =
        Document::from_markdown("# A\n\nb **c** <script>x</script>[d](javascript:1) ![e](/e.jpg)\n\n> f\n").document;
    assert_eq!(document.plain_text(), "A\n\nb c d\n\nf");
    assert_eq!(document.pictures().count(), 1);
}

proptest! {
    #[test]
    fn any_text_survives_markdown(text in "\\PC{0,60}", second in "[-#>*_`~|+=:.()0-9a \\[\\]!<&\\\\]{0,30}") {
        for text in [text, second] {
            let document = Document::from_html(&crate::tests::safety::as_html_text(&text)).document;
            let markdown = to_markdown(&document);
            let again = Document::from_markdown(&markdown).document;
            prop_assert_eq!(again, document, "{}", markdown);
        }
    }
}
