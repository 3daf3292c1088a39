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

#[test]
fn who_is_cited_below_a_block_quotation_said_it() {
    let story = "<p>Oda Brink drives the ferry. Ana Brandt, the mayor, was there.</p>";
    for (quotation, speaker) in [
        ("<p>We wait.</p><footer><cite>Oda Brink</cite></footer>", "Oda Brink"),
        ("<p>We wait.</p><footer><cite>Brink</cite></footer>", "Oda Brink"),
        (
            "<p>We wait. We always do.</p><p>Nobody asks.</p><footer>— <cite>Oda Brink, captain</cite></footer>",
            "Oda Brink",
        ),
        ("<p>“We wait.”</p><footer><cite>Captain Oda Brink</cite></footer>", "Oda Brink"),
        ("<p>We wait.</p><p>— Oda Brink, captain</p>", "Oda Brink"),
        ("<p>We wait.</p><cite>A spokesman for the harbour</cite>", "A spokesman for the harbour"),
        ("<p>We wait.</p><cite>Volkov (letter)</cite>", "Volkov"),
        ("<p>We wait.</p><cite><a href='https://example.org'>the crew</a></cite>", "the crew"),
    ] {
        let page = format!("{story}<blockquote>{quotation}</blockquote><p>Then it rained.</p>");
        let found = quotations(&page, Format::Html);
        assert!(!found.is_empty(), "{page}");
        for one in found {
            let who = one.speaker.expect(quotation);
            assert_eq!((who.name.as_str(), who.named), (speaker, true), "{quotation}");
        }
    }
    let markdown = "Oda Brink drives the ferry.\n\n> We wait.\n>\n> — Oda Brink, in an interview, 3 May 2019\n\nRain.";
    let found = quotations(markdown, Format::Markdown);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].channel.date.map(|date| date.to_string()).as_deref(), Some("2019-05-03"));
}

#[test]
fn a_pronoun_and_a_thing_are_nobody_s_name() {
    let named = |text: &str| -> Vec<(String, bool)> {
        let found = quotations(text, Format::Plain);
        found.into_iter().filter_map(|one| one.speaker).map(|who| (who.name, who.named)).collect()
    };
    assert_eq!(named("\"We will stay until it rains,\" they said."), [("they".into(), false)]);
    assert_eq!(named("The plumber shrugged. \"It leaks all day,\" the plumber said."), [("the plumber".into(), true)]);
    assert!(named("\"We will not pay for it,\" a spokesman for the city said.")[0].1);
    assert!(named("Critics say the plan is \"a joke and nothing more\".")[0].1);
    assert!(named("The old bridge is \"a danger to everyone who uses it\".").iter().all(|(_, named)| !named));
    assert!(named("Oda Brink spoke. \"We will stay until it rains,\" she said.").iter().all(|(_, named)| *named));
}

#[test]
fn a_german_day_keeps_its_number() {
    let text = "Ilse Tamberg sagte am 12. Juni 2020 in einem Interview: „Wir bleiben hier, bis es regnet.“";
    let found = quotations(text, Format::Plain);
    assert_eq!(found[0].channel.date.map(|date| date.to_string()).as_deref(), Some("2020-06-12"), "{found:?}");
    assert_eq!(found[0].speaker.as_ref().map(|who| who.name.as_str()), Some("Ilse Tamberg"));
}
