//! Showing: emphasis, quotations, line breaks, links that pass on no standing.

use std::fmt::Write as _;

use url::Url;

/// How far a closing mark is looked for: longer emphasis is none, and a text of opening marks costs no time.
const EMPHASIS: usize = 400;
/// Characters of an address that are shown.
const SHOWN: usize = 48;
/// Longest address that becomes a link.
const LONGEST_LINK: usize = 2000;

/// The text as HTML: paragraphs and quotations with `<em>`, `<strong>`, `<br>` and links.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut quoted = false;
    let mut paragraph: Vec<&str> = Vec::new();
    for line in text.lines() {
        let (is_quoted, line) = match line.strip_prefix('>') {
            Some(rest) => (true, rest.strip_prefix(' ').unwrap_or(rest)),
            None => (false, line),
        };
        if is_quoted != quoted || line.trim().is_empty() {
            close(&mut paragraph, &mut out);
        }
        if is_quoted != quoted {
            out.push_str(if is_quoted { "<blockquote>" } else { "</blockquote>" });
            quoted = is_quoted;
        }
        if !line.trim().is_empty() {
            paragraph.push(line);
        }
    }
    close(&mut paragraph, &mut out);
    if quoted {
        out.push_str("</blockquote>");
    }
    out
}

/// The beginning of a text in one line, for lists and mails.
pub fn excerpt(text: &str, most: usize) -> String {
    let line = text.lines().map(|l| l.trim_start_matches(['>', ' '])).collect::<Vec<_>>().join(" ");
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}

/// How many links a text holds, those without a scheme among them.
pub fn links(text: &str) -> usize {
    let bare = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.starts_with("www.") || word.contains("://") || word.contains("](http")
    };
    text.split_whitespace().filter(bare).count()
}

fn close(paragraph: &mut Vec<&str>, out: &mut String) {
    if paragraph.is_empty() {
        return;
    }
    out.push_str("<p>");
    for (at, line) in paragraph.drain(..).enumerate() {
        if at > 0 {
            out.push_str("<br>");
        }
        inline(line, out, true);
    }
    out.push_str("</p>");
}

fn inline(line: &str, out: &mut String, emphasis: bool) {
    let mut rest = line;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        if let Some((address, after)) = link(rest, before) {
            anchor(&address, &rest[..rest.len() - after.len()], out);
            (rest, before) = (after, ' ');
            continue;
        }
        if emphasis && c == '*' && !before.is_alphanumeric() {
            let mark = if rest.starts_with("**") { "**" } else { "*" };
            if let Some((inside, after)) = emphasised(rest, mark) {
                let tag = if mark == "**" { "strong" } else { "em" };
                let _ = write!(out, "<{tag}>");
                inline(inside, out, false);
                let _ = write!(out, "</{tag}>");
                (rest, before) = (after, '*');
                continue;
            }
        }
        escape(c, out);
        before = c;
        rest = &rest[c.len_utf8()..];
    }
}

/// What stands between two marks, and what follows.
fn emphasised<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let inside = &text[mark.len()..];
    if inside.starts_with([' ', '*']) || inside.is_empty() {
        return None;
    }
    let end = inside.char_indices().nth(EMPHASIS).map_or(inside.len(), |(at, _)| at);
    inside[..end].match_indices(mark).find_map(|(at, _)| {
        let after = &inside[at + mark.len()..];
        let closes =
            at > 0 && !inside[..at].ends_with(' ') && !after.starts_with(|c: char| c.is_alphanumeric() || c == '*');
        closes.then_some((&inside[..at], after))
    })
}

/// An address at the beginning of `text`, and what follows it.
fn link(text: &str, before: char) -> Option<(Url, &str)> {
    if before.is_alphanumeric() || !(text.starts_with("http://") || text.starts_with("https://")) {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || "<>\"“”«»|`".contains(c)).unwrap_or(text.len());
    // Before anything is looked at more closely: a text of many addresses in one word is looked through once for each.
    if end > LONGEST_LINK {
        return None;
    }
    let mut address = &text[..end];
    // How many brackets it closes and has not opened: those belong to the sentence.
    let mut more = address.matches(')').count().saturating_sub(address.matches('(').count());
    loop {
        let mut trimmed = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '…']);
        if more > 0
            && let Some(shorter) = trimmed.strip_suffix(')')
        {
            more -= 1;
            trimmed = shorter;
        }
        if trimmed.len() == address.len() {
            break;
        }
        address = trimmed;
    }
    let url = Url::parse(address).ok().filter(|url| url.host_str().is_some())?;
    // `https://bank.example@evil.example`: what stands before the @ is there to mislead.
    let honest = url.username().is_empty() && url.password().is_none();
    honest.then_some((url, &text[address.len()..]))
}

/// The host is shown as the network knows it, so that letters of another alphabet are seen for what they are.
fn anchor(url: &Url, written: &str, out: &mut String) {
    out.push_str("<a href=\"");
    url.as_str().chars().for_each(|c| escape(c, out));
    out.push_str("\" rel=\"ugc nofollow noopener\">");
    let shown = match url.host_str() {
        Some(host) if !written.is_ascii() || host.starts_with("xn--") || host.contains(".xn--") => {
            format!("{host}{}", url.path())
        }
        _ => written.trim_start_matches("https://").trim_start_matches("http://").to_owned(),
    };
    let shown = shown.strip_suffix('/').unwrap_or(&shown);
    shown.chars().take(SHOWN).for_each(|c| escape(c, out));
    if shown.chars().count() > SHOWN {
        out.push('…');
    }
    out.push_str("</a>");
}

fn escape(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(html(text), expected);
    }

    #[test]
    fn the_subset() {
        check("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>");
        check("> said\n> so\nNo.", "<blockquote><p>said<br>so</p></blockquote><p>No.</p>");
        check("*so* **very** 2*3*4 * x * **", "<p><em>so</em> <strong>very</strong> 2*3*4 * x * **</p>");
        check("", "");
    }

    #[test]
    fn nothing_of_the_reader_becomes_a_tag() {
        check(
            "<script>alert('1')</script> & \"x\"",
            "<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;</p>",
        );
        check("javascript:alert(1) data:text/html,x", "<p>javascript:alert(1) data:text/html,x</p>");
        let link = html("https://x.example/\"onmouseover=\"alert(1)");
        assert!(link.starts_with("<p><a href=\"https://x.example/\" rel=\"ugc nofollow noopener\">"), "{link}");
    }

    #[test]
    fn links_pass_on_no_standing_and_hide_nothing() {
        check(
            "See (https://a.example/b_(c)), or https://a.example.",
            "<p>See (<a href=\"https://a.example/b_(c)\" rel=\"ugc nofollow noopener\">a.example/b_(c)</a>), or \
             <a href=\"https://a.example/\" rel=\"ugc nofollow noopener\">a.example</a>.</p>",
        );
        assert!(html("https://аpple.com/x").contains(">xn--pple-43d.com/x</a>"));
        check("https://bank.example@evil.example/", "<p>https://bank.example@evil.example/</p>");
        let long = format!("https://a.example/{}", "x".repeat(LONGEST_LINK));
        check(&long, &format!("<p>{long}</p>"));
        check(
            "https://a.example/b_(c)),)",
            "<p><a href=\"https://a.example/b_(c)\" rel=\"ugc nofollow noopener\">a.example/b_(c)</a>),)</p>",
        );
        assert_eq!(links("see https://a.example and www.b.example, not c.example [x](http://d.example)"), 3);
    }

    #[test]
    fn an_excerpt_is_one_line() {
        assert_eq!(excerpt("> a\n\nb  c", 80), "a b c");
        assert_eq!(excerpt("one two three", 7), "one two…");
    }

    proptest::proptest! {
        #[test]
        fn tags_are_ours_and_closed(text in "([*>\n <&\"'a-c()]|https?://|x\\.example|\\PC){0,60}") {
            let shown = html(&text);
            let mut open = Vec::new();
            let mut rest = shown.as_str();
            while let Some(at) = rest.find('<') {
                let end = rest[at..].find('>').expect("a tag ends") + at;
                let tag = &rest[at + 1..end];
                let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
                proptest::prop_assert!(["p", "br", "em", "strong", "a", "blockquote"].contains(&name), "{}", tag);
                if tag.starts_with('/') {
                    proptest::prop_assert_eq!(open.pop(), Some(name));
                } else if name != "br" {
                    open.push(name);
                }
                rest = &rest[end + 1..];
            }
            proptest::prop_assert!(open.is_empty());
        }
    }
}
