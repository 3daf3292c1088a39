//! Where in a rendered text the marks of its quotations go.
//!
//! What is known of a place is what the W3C's TextQuoteSelector knows: the words, what stands before and behind them, and
//! the order. They were read from another rendering of the same text, so only letters and digits are compared: inline
//! markup, line ends between paragraphs, repeated opening marks and the typography of the page make no difference. What
//! cannot be found is not marked.

/// Candidates that are weighed for one quotation: "no" may stand on every line of a story.
const CANDIDATES: usize = 64;
/// Quotations not found before the rest is given up: such a text is another than the one that was read.
const MISSES: usize = 64;
/// Characters of context that speak for a place without quotation marks around it.
const ENOUGH: usize = 8;
/// Characters beside the words among which a quotation mark is looked for: `…’”),` are four.
const NEAR: usize = 6;
/// Elements within a line; all others part words.
const INLINE: [&str; 11] = ["a", "em", "strong", "code", "s", "sub", "sup", "span", "cite", "time", "b"];
/// What a mark leaves before it is written: it is no part of the linked or stressed words.
const LEFT: [&str; 7] = ["</em>", "</strong>", "</code>", "</s>", "</sub>", "</sup>", "</a>"];
const QUOTES: &str = "\"'“”„‟‘’‚‛«»‹›`´";
const STOPS: &str = ".,;:!?…";

/// A quotation that is to be found in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sought<'a> {
    pub(super) words: &'a str,
    pub(super) prefix: &'a str,
    pub(super) suffix: &'a str,
    /// A block quotation, which has no marks of its own.
    pub(super) block: bool,
}

/// For each quotation, in the order of the text, the byte of `html` where its mark goes.
pub(super) fn places(html: &str, sought: &[Sought<'_>]) -> Vec<Option<usize>> {
    if sought.is_empty() {
        return Vec::new();
    }
    let text = Text::read(html);
    let mut from = 0;
    let mut misses = 0;
    sought
        .iter()
        .map(|one| {
            let found = (misses < MISSES).then(|| text.find(one, from)).flatten();
            match found {
                Some((start, end)) => {
                    from = start + 1;
                    Some(text.behind(html, end))
                }
                None => {
                    misses += 1;
                    None
                }
            }
        })
        .collect()
}

/// Writes marks into a text. A place further back than the one before it is not used.
pub(super) fn write(html: &str, marks: &[(usize, String)]) -> String {
    let mut out = String::with_capacity(html.len() + marks.iter().map(|(_, mark)| mark.len()).sum::<usize>());
    let mut from = 0;
    for (at, mark) in marks {
        if let Some(part) = html.get(from..*at) {
            out.push_str(part);
            out.push_str(mark);
            from = *at;
        }
    }
    out.push_str(html.get(from..).unwrap_or_default());
    out
}

/// A character that a reader sees.
struct Seen {
    c: char,
    /// The byte of the markup behind it.
    end: usize,
    link: bool,
    block: bool,
}

/// The text as it is seen, and as it is compared: words of letters and digits, a space before and behind each.
struct Text {
    seen: Vec<Seen>,
    folded: String,
    /// For each byte of `folded`, the character it was made of.
    from: Vec<usize>,
}

impl Text {
    fn read(html: &str) -> Text {
        let seen = see(html);
        let mut text = Text { folded: String::with_capacity(html.len()), from: Vec::with_capacity(html.len()), seen };
        text.push(' ', 0);
        for at in 0..text.seen.len() {
            let c = text.seen.get(at).map_or(' ', |seen| seen.c);
            if c.is_alphanumeric() {
                c.to_lowercase().for_each(|c| text.push(c, at));
            } else if !text.folded.ends_with(' ') {
                text.push(' ', at);
            }
        }
        if !text.folded.ends_with(' ') {
            text.push(' ', text.seen.len());
        }
        text
    }

    fn push(&mut self, c: char, at: usize) {
        self.folded.push(c);
        self.from.resize(self.folded.len(), at);
    }

    /// Where the words stand, from byte `from` of the folded text on: their first byte there and the one behind them.
    fn find(&self, sought: &Sought<'_>, from: usize) -> Option<(usize, usize)> {
        let needle = fold(sought.words);
        let (prefix, suffix) = (fold(sought.prefix), fold(sought.suffix));
        // The words at the far ends were cut anywhere; only what stands right beside the quotation ends at a word.
        let (prefix, suffix) = (prefix.trim_start(), suffix.trim_end());
        if needle.trim().is_empty() {
            return None;
        }
        let mut best: Option<((usize, usize), (usize, usize))> = None;
        let mut at = from;
        for _ in 0..CANDIDATES {
            let Some(found) = self.folded.get(at..).and_then(|rest| rest.find(&needle)) else { break };
            let start = at + found;
            // The closing space may be the opening one of the next.
            let end = start + needle.len() - 1;
            let before = shared(self.folded[..=start].bytes().rev(), prefix.bytes().rev());
            let behind = shared(self.folded[end..].bytes(), suffix.bytes());
            let marked = self.marked(start + 1, end, sought.block);
            let weight = (marked, before + behind);
            if best.is_none_or(|(known, _)| weight > known) {
                best = Some((weight, (start, end)));
            }
            if marked == 2 && before == prefix.len() && behind == suffix.len() {
                break;
            }
            at = start + 1;
        }
        best.filter(|((marked, context), _)| *marked > 0 || *context >= ENOUGH).map(|(_, place)| place)
    }

    /// On how many sides the words have a quotation mark where they stand.
    fn marked(&self, start: usize, end: usize, block: bool) -> usize {
        let (Some(&first), Some(&last)) = (self.from.get(start), self.from.get(end - 1)) else { return 0 };
        let mut before = self.seen.get(..first).unwrap_or_default().iter().rev();
        let behind = self.seen.get(last + 1..).unwrap_or_default();
        if block {
            let edge = |seen: &&Seen| seen.c.is_alphanumeric() || seen.c == '\n';
            let whole = [before.by_ref().take(NEAR).find(edge), behind.iter().take(NEAR).find(edge)];
            let whole = whole.iter().all(|edge| edge.is_none_or(|seen| seen.c == '\n'));
            return if whole && self.seen.get(first).is_some_and(|seen| seen.block) { 2 } else { 0 };
        }
        // No space stands between words and their marks, but in French.
        let opening = before
            .take(NEAR)
            .take_while(|seen| !seen.c.is_alphanumeric() && !matches!(seen.c, ' ' | '\n'))
            .any(|seen| QUOTES.contains(seen.c))
            || matches!(self.seen.get(..first), Some([.., mark, space]) if "«»".contains(mark.c) && space.c == ' ');
        usize::from(opening) + usize::from(closing(behind).is_some())
    }

    /// The byte of the markup behind the closing mark of the words that end before `end` of the folded text.
    fn behind(&self, html: &str, end: usize) -> usize {
        let last = self.from.get(end.saturating_sub(1)).copied().unwrap_or_default();
        let behind = self.seen.get(last + 1..).unwrap_or_default();
        let stops = behind.iter().take_while(|seen| STOPS.contains(seen.c)).count();
        let stop = closing(behind).or_else(|| stops.checked_sub(1)).and_then(|at| behind.get(at));
        let Some(seen) = stop.or_else(|| self.seen.get(last)) else { return html.len() };
        let mut at = seen.end;
        if seen.link
            && let Some(closes) = html.get(at..).and_then(|rest| rest.find("</a>"))
        {
            at += closes;
        }
        while let Some(tag) = LEFT.iter().find(|tag| html.get(at..).is_some_and(|rest| rest.starts_with(**tag))) {
            at += tag.len();
        }
        at
    }
}

/// Which of the characters behind words is the last of their closing marks.
fn closing(behind: &[Seen]) -> Option<usize> {
    let closes = |seen: &&Seen| QUOTES.contains(seen.c) || STOPS.contains(seen.c) || ")]".contains(seen.c);
    let run = behind.iter().take(NEAR * 2).take_while(closes).count();
    let last = behind.get(..run)?.iter().rposition(|seen| QUOTES.contains(seen.c));
    let french = || {
        let (space, mark) = (behind.get(run)?, behind.get(run + 1)?);
        (space.c.is_whitespace() && "«»".contains(mark.c)).then_some(run + 1)
    };
    last.or_else(french)
}

/// Words of letters and digits, a space before and behind each.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

fn shared(a: impl Iterator<Item = u8>, b: impl Iterator<Item = u8>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}

/// What a reader sees of markup that our own renderer wrote.
fn see(html: &str) -> Vec<Seen> {
    let mut seen = Vec::with_capacity(html.len());
    let (mut link, mut block) = (false, 0usize);
    let mut at = 0;
    while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(tag) = rest.strip_prefix('<')
            && let Some(end) = tag.find('>')
        {
            let name = tag.trim_start_matches('/');
            let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
            let closing = tag.starts_with('/');
            at += end + 2;
            match name {
                "a" => link = !closing,
                "blockquote" if closing => block = block.saturating_sub(1),
                "blockquote" => block += 1,
                _ => {}
            }
            if !INLINE.contains(&name) {
                seen.push(Seen { c: if name == "br" { ' ' } else { '\n' }, end: at, link, block: block > 0 });
            }
            continue;
        }
        let (c, length) = character(rest);
        at += length;
        seen.push(Seen { c, end: at, link, block: block > 0 });
    }
    seen
}

/// The first character of a text that is not a tag, and its bytes in the markup.
fn character(rest: &str) -> (char, usize) {
    const REFERENCES: [(&str, char); 5] =
        [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\'')];
    match REFERENCES.iter().find(|(name, _)| rest.starts_with(name)) {
        Some((name, c)) => (*c, name.len()),
        None => rest.chars().next().map_or((' ', 1), |c| (c, c.len_utf8())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sought(words: &str) -> Sought<'_> {
        Sought { words, prefix: "", suffix: "", block: false }
    }

    /// The text with a star where each mark goes.
    fn starred(html: &str, sought: &[Sought<'_>]) -> String {
        let marks: Vec<_> = places(html, sought).into_iter().flatten().map(|at| (at, "*".to_owned())).collect();
        write(html, &marks)
    }

    #[track_caller]
    fn check(html: &str, words: &[&str], expected: &str) {
        let sought: Vec<_> = words.iter().map(|words| sought(words)).collect();
        assert_eq!(starred(html, &sought), expected);
    }

    #[test]
    fn a_mark_stands_right_behind_the_closing_mark() {
        check("<p>“We stay,” she said.</p>", &["We stay,"], "<p>“We stay,”* she said.</p>");
        check("<p>She said “we stay”, twice.</p>", &["we stay"], "<p>She said “we stay”*, twice.</p>");
        check("<p>&quot;No!&quot; (he left)</p>", &["No!"], "<p>&quot;No!&quot;* (he left)</p>");
        check("<p>„Nein“, sagte er.</p>", &["Nein"], "<p>„Nein“*, sagte er.</p>");
        check("<p>« Non », dit-il.</p>", &["Non"], "<p>« Non »*, dit-il.</p>");
        check("<p>“So it is (or not).” So.</p>", &["So it is (or not)."], "<p>“So it is (or not).”* So.</p>");
        check("<p>“He said ‘no.’”</p>", &["He said ‘no.’"], "<p>“He said ‘no.’”*</p>");
        check("<p>''Never.'' And so on.</p>", &["Never."], "<p>''Never.''* And so on.</p>");
    }

    #[test]
    fn inline_marks_do_not_split_words_and_links_hold_no_mark() {
        check(
            "<p>“It is re<em>al</em>ly <strong>so</strong>”.</p>",
            &["It is really so"],
            "<p>“It is re<em>al</em>ly <strong>so</strong>”*.</p>",
        );
        check("<p>“<em>Never</em>”.</p>", &["Never"], "<p>“<em>Never</em>”*.</p>");
        check("<p><em>“Never.”</em> So.</p>", &["Never."], "<p><em>“Never.”</em>* So.</p>");
        check(
            "<p><a href=\"/x\">He said “no” to it</a>.</p>",
            &["no"],
            "<p><a href=\"/x\">He said “no” to it</a>*.</p>",
        );
        check("<p>“Read <a href=\"/x\">this</a>”.</p>", &["Read this"], "<p>“Read <a href=\"/x\">this</a>”*.</p>");
    }

    #[test]
    fn a_quotation_may_go_on_over_paragraphs_and_breaks() {
        check(
            "<p>“One.</p>\n<p>“Two,<br>three.”</p>\n<p>Four.</p>\n",
            &["One.\n“Two, three."],
            "<p>“One.</p>\n<p>“Two,<br>three.”*</p>\n<p>Four.</p>\n",
        );
        // The closing mark is missing.
        check("<p>“One.</p>\n<p>Then.</p>", &["One."], "<p>“One.*</p>\n<p>Then.</p>");
    }

    #[test]
    fn a_block_quotation_is_marked_at_its_end() {
        let html = "<p>We were told so.</p>\n<blockquote class=\"quotation\">\n<p>We were told.</p>\n<footer><cite>A</cite></footer>\n</blockquote>\n";
        let one = Sought { block: true, ..sought("We were told.") };
        assert_eq!(starred(html, &[one]), html.replace("told.</p>", "told.*</p>"));
        let html = html.replace("told.</p>", "told so.</p>");
        assert_eq!(starred(&html, &[one]), html, "these are other words");
    }

    #[test]
    fn captions_cells_and_items_have_marks_too() {
        check(
            "<figure><figcaption><span class=\"caption\">“So.”</span> <span class=\"credit\">A</span></figcaption></figure>",
            &["So."],
            "<figure><figcaption><span class=\"caption\">“So.”*</span> <span class=\"credit\">A</span></figcaption></figure>",
        );
        check(
            "<ul>\n<li>“One”</li>\n<li>“Two”</li>\n</ul>",
            &["One", "Two"],
            "<ul>\n<li>“One”*</li>\n<li>“Two”*</li>\n</ul>",
        );
    }

    #[test]
    fn the_same_words_are_told_apart_by_marks_order_and_what_stands_beside_them() {
        let html = "<p>No one said no. “No,” he said. “No,” she said.</p>";
        check(html, &["No,"], "<p>No one said no. “No,”* he said. “No,” she said.</p>");
        check(html, &["No,", "No,"], "<p>No one said no. “No,”* he said. “No,”* she said.</p>");
        let second = Sought { prefix: "said. “No,” he said. “", suffix: "” she said.", ..sought("No,") };
        assert_eq!(starred(html, &[second]), "<p>No one said no. “No,” he said. “No,”* she said.</p>");
    }

    #[test]
    fn what_is_not_there_is_not_marked_and_harms_no_other() {
        check("<p>“Yes.” “Maybe.”</p>", &["Yes.", "Gone.", "…", "Maybe."], "<p>“Yes.”* “Maybe.”*</p>");
        check("<p>Nobody said it is over.</p>", &["over"], "<p>Nobody said it is over.</p>");
        check("<p>“Overtime”</p>", &["over"], "<p>“Overtime”</p>");
        check("", &["over"], "");
        check("<p>a &lt; b &amp; “c”</p>", &["c"], "<p>a &lt; b &amp; “c”*</p>");
    }

    #[test]
    fn a_long_text_with_a_thousand_quotations_is_read_in_order() {
        let html: String = (0..1000).map(|n| format!("<p>He said “yes” and “number {n} it is”.</p>\n")).collect();
        let words: Vec<String> = (0..1000).flat_map(|n| ["yes".to_owned(), format!("number {n} it is")]).collect();
        let sought: Vec<_> = words.iter().map(|words| sought(words)).collect();
        assert_eq!(starred(&html, &sought), html.replace('”', "”*"));
    }

    const PIECES: [&str; 26] = [
        "“",
        "”",
        "\"",
        "’",
        "no",
        "yes",
        "İß",
        "é",
        " ",
        "\n",
        ".",
        ",",
        "…",
        ")",
        "«",
        "»",
        "&amp;",
        "&quot;",
        "<p>",
        "</p>\n",
        "<em>",
        "</em>",
        "<a href=\"/x?a&amp;b\">",
        "</a>",
        "<br>",
        "<blockquote>",
    ];

    fn text(longest: usize) -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(&PIECES[..]), 0..longest).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn marks_stand_between_characters_in_order_and_change_nothing_else(
            html in text(60),
            words in prop::collection::vec((text(6), text(4), text(4), any::<bool>()), 0..6),
        ) {
            let sought: Vec<_> = words
                .iter()
                .map(|(words, prefix, suffix, block)| Sought { words, prefix, suffix, block: *block })
                .collect();
            let places = places(&html, &sought);
            prop_assert_eq!(places.len(), sought.len());
            let marks: Vec<_> = places.into_iter().flatten().map(|at| (at, "*".to_owned())).collect();
            for (at, _) in &marks {
                let before = &html[..*at];
                prop_assert!(before.rfind('<') <= before.rfind('>'), "inside a tag of {html}");
                let open = before.rfind("<a ").filter(|open| before.rfind("</a>").is_none_or(|close| close < *open));
                prop_assert!(open.is_none() || !html[*at..].contains("</a>"), "inside a link of {html}");
            }
            prop_assert_eq!(write(&html, &marks).replace('*', ""), html);
        }
    }
}
