//! Laws that hold for any input.

use proptest::prelude::*;

use crate::verify::{Profile, Source, Verdict};
use crate::{Format, anchor, quotations};

/// Pieces that break readers of quotations: marks of all kinds, markup, half of markup, cues, names.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "''",
    "\u{201c}",
    "\u{201d}",
    "\u{2018}",
    "\u{2019}",
    "\u{201e}",
    "\u{ab}",
    "\u{bb}",
    "`",
    "``",
    " ",
    "\n",
    "\n\n",
    ". ",
    ", ",
    ": ",
    " - ",
    "\u{2014}",
    "\u{2026}",
    "...",
    "[",
    "]",
    "(",
    ")",
    "said",
    " told ",
    "he",
    "she",
    "Smith",
    "Ann Lee",
    "Mr. ",
    "U.S.",
    "according to ",
    "who",
    "which",
    "the ",
    "of ",
    "in an interview with ",
    "tweeted",
    "2018",
    "May 3, 2018",
    "<p>",
    "</p>",
    "<blockquote>",
    "</blockquote>",
    "<a href=\"x\">",
    "<",
    ">",
    "&quot;",
    "&",
    "&#8220;",
    "<q>",
    "</q>",
    "<script>",
    "> ",
    "# ",
    "* ",
    "_",
    "](",
    "http://x",
    "\\",
    "ä",
    "\u{1f600}",
    "\u{0}",
    "\u{feff}",
    "\u{a0}",
    "sagte",
    "laut ",
    "word",
    "Word",
    "6'2\"",
    "n't",
    " 's",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|v| v.concat()),
        prop::collection::vec(any::<char>(), 0..120).prop_map(String::from_iter),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_lie_in_the_text_in_order(text in text()) {
        let length = text.chars().count();
        for format in [Format::Plain, Format::Html, Format::Markdown] {
            let mut end = 0;
            for q in quotations(&text, format) {
                prop_assert!(q.span.start >= end && q.span.start <= q.span.end && q.span.end <= length);
                end = q.span.end;
                if format == Format::Plain {
                    let cut: String = text.chars().skip(q.span.start).take(q.span.end - q.span.start).collect();
                    prop_assert_eq!(&cut, &q.text);
                }
                prop_assert!((0.0..=1.0).contains(&q.confidence));
                if let Some(s) = q.speaker {
                    prop_assert!(s.mention_span.is_none_or(|m| m.start <= m.end && m.end <= length));
                    prop_assert!(s.evidence.is_none_or(|m| m.start <= m.end && m.end <= length));
                }
            }
        }
    }

    #[test]
    fn the_same_text_reads_the_same(text in text()) {
        prop_assert_eq!(quotations(&text, Format::Html), quotations(&text, Format::Html));
    }

    #[test]
    fn any_words_can_be_checked(quoted in text(), source in text()) {
        let length = source.chars().count();
        let read = Source::new(&source);
        for profile in [Profile::Strict, Profile::Standard, Profile::Light] {
            let check = read.check(&quoted, profile);
            prop_assert!(check.source.is_none_or(|s| s.start <= s.end && s.end <= length));
            let _ = anchor::link("https://example.org", &source, &anchor::selector(&source, check.source.unwrap_or(crate::Span { start: 3, end: 1 })));
        }
    }

    #[test]
    fn words_of_the_source_are_exact(words in prop::collection::vec("[a-z]{2,8}", 8..40), from in 0usize..4, len in 3usize..5) {
        let source = words.join(" ");
        let quoted = words[from..from + len].join(" ");
        prop_assert_eq!(Source::new(&source).check(&quoted, Profile::Strict).verdict, Verdict::Exact);
    }

    #[test]
    fn a_changed_word_is_seen(words in prop::collection::vec("[a-y]{2,8}", 12..40), at in 1usize..9) {
        let source = words.join(" ");
        let mut quoted = words[..10].to_vec();
        quoted[at] = "zzz".to_owned();
        prop_assert_ne!(Source::new(&source).check(&quoted.join(" "), Profile::Light).verdict, Verdict::Exact);
        prop_assert_ne!(Source::new(&source).check(&quoted.join(" "), Profile::Light).verdict, Verdict::AllowedEdit);
    }
}

#[test]
fn long_runs_of_one_thing_come_back() {
    for piece in PIECES {
        let text = piece.repeat(20_000);
        for format in [Format::Plain, Format::Html, Format::Markdown] {
            let _ = quotations(&text, format);
        }
    }
}
