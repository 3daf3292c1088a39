//! Offsets are those of the input as it stands, markup included.

use crate::{Format, Kind, quotations};

fn cut(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

#[test]
fn html_spans_point_into_the_markup() {
    let page = "<p>Größe: &ldquo;We will <b>not</b> close it,&rdquo; said Ana Brandt.</p>";
    let q = &quotations(page, Format::Html)[0];
    assert_eq!(cut(page, q.span.start, q.span.end), "We will <b>not</b> close it,");
    assert_eq!(q.text, "We will not close it,");
    let mention = q.speaker.as_ref().and_then(|s| s.mention_span).expect("a mention");
    assert_eq!(cut(page, mention.start, mention.end), "Ana Brandt");
}

#[test]
fn elements_for_quotations_are_read() {
    let page = "<p>Ana Brandt said: <q>The bridge stays open.</q></p>";
    let q = &quotations(page, Format::Html)[0];
    assert_eq!(
        (q.text.as_str(), cut(page, q.span.start, q.span.end).as_str()),
        ("The bridge stays open.", "The bridge stays open.")
    );
}

#[test]
fn scripts_and_styles_are_not_read() {
    let page = "<script>var a = \"He said no to us all\";</script><style>q { quotes: \"«\" \"»\" }</style><p>Nothing was said.</p>";
    assert!(quotations(page, Format::Html).is_empty());
}

#[test]
fn block_quotations_have_their_kind() {
    let page = "<p>Ana Brandt wrote:</p><blockquote><p>The bridge is safe.</p></blockquote>";
    assert_eq!(quotations(page, Format::Html)[0].kind, Kind::Block);
    assert_eq!(
        quotations("Ana Brandt wrote:\n\n> The bridge\n> is safe.\n", Format::Markdown)[0].text,
        "The bridge is safe."
    );
}

#[test]
fn markdown_marks_are_not_words() {
    let text = "**Ana Brandt** said: \"The *old* bridge [stays](https://example.org \"A title\") open.\"";
    let q = &quotations(text, Format::Markdown)[0];
    assert_eq!(q.text, "The old bridge stays open.");
    assert_eq!(cut(text, q.span.start, q.span.end), "The *old* bridge [stays](https://example.org \"A title\") open.");
}

#[test]
fn the_format_shows() {
    assert_eq!(Format::detect("<!DOCTYPE html><p>x"), Format::Html);
    assert_eq!(Format::detect("One.\n\n> Two."), Format::Markdown);
    assert_eq!(Format::detect("\"One,\" he said. 2 < 3."), Format::Plain);
    assert_eq!(Format::of_name("a/b.HTM"), Some(Format::Html));
    assert_eq!(Format::of_name("-"), None);
}
