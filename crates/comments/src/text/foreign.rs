//! Comments from elsewhere come as HTML: it is read into the text that their writer could have written here.

use html5gum::{Token, Tokenizer};

/// HTML as a comment's text: paragraphs, line breaks, quotations, emphasis, and the addresses of links.
pub fn from_html(html: &str) -> String {
    let mut writer = Writer::default();
    for token in Tokenizer::new(html) {
        // Reading from memory does not fail.
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let href = tag.attributes.get(&b"href"[..]).map(|v| String::from_utf8_lossy(v).into_owned());
                writer.open(&tag.name, href);
            }
            Token::EndTag(tag) => writer.close(&tag.name),
            Token::String(text) => writer.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    super::text(&writer.out)
}

#[derive(Default)]
struct Writer {
    out: String,
    quoted: usize,
    /// Inside what is not text: scripts, styles.
    silent: usize,
    /// The address of the link that is open, and where its text began.
    link: Option<(String, usize)>,
}

impl Writer {
    fn open(&mut self, name: &[u8], href: Option<String>) {
        match name {
            b"p" | b"div" | b"ul" | b"ol" | b"pre" => self.paragraph(),
            b"br" | b"li" | b"tr" => self.line(),
            b"blockquote" => {
                self.paragraph();
                self.quoted += 1;
                self.line();
            }
            b"em" | b"i" => self.out.push('*'),
            b"strong" | b"b" => self.out.push_str("**"),
            b"script" | b"style" | b"template" => self.silent += 1,
            b"a" => self.link = href.map(|href| (href, self.out.len())),
            _ => {}
        }
    }

    fn close(&mut self, name: &[u8]) {
        match name {
            b"p" | b"div" | b"ul" | b"ol" | b"pre" => self.paragraph(),
            b"blockquote" => {
                self.quoted = self.quoted.saturating_sub(1);
                self.paragraph();
            }
            b"em" | b"i" => self.out.push('*'),
            b"strong" | b"b" => self.out.push_str("**"),
            b"script" | b"style" | b"template" => self.silent = self.silent.saturating_sub(1),
            b"a" => self.end_link(),
            _ => {}
        }
    }

    /// The words of a link stay, and its address behind them if they do not say it.
    fn end_link(&mut self) {
        let Some((href, began)) = self.link.take() else { return };
        let web = href.starts_with("http://") || href.starts_with("https://");
        let said = self.out.get(began..).unwrap_or_default().trim();
        // Elsewhere long addresses are cut in the text, with three dots at the end.
        let cut = said.trim_end_matches(['.', '…']).trim_start_matches("https://").trim_start_matches("http://");
        if !web || said == href {
        } else if href.contains(cut) {
            self.out.truncate(began);
            self.out.push_str(&href);
        } else {
            self.out.push_str(&format!(" ({href})"));
        }
    }

    fn text(&mut self, text: &str) {
        if self.silent > 0 {
            return;
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.line();
            }
            self.out.push_str(if at > 0 { line.trim_start() } else { line });
        }
    }

    fn line(&mut self) {
        self.out.push('\n');
        if self.quoted > 0 {
            self.out.push_str("> ");
        }
    }

    fn paragraph(&mut self) {
        if !self.out.is_empty() {
            self.line();
            self.line();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::from_html;

    #[test]
    fn html_from_elsewhere_reads_as_written_here() {
        for (html, text) in [
            ("<p>Hello, World.</p>", "Hello, World."),
            ("plain\ntext", "plain\ntext"),
            ("<p>a<br />b</p><p>c &amp; <i>d</i></p>", "a\nb\n\nc & *d*"),
            ("<a href=\"https://a.example/b\" rel=\"nofollow\">https://a.example/b</a>", "https://a.example/b"),
            ("<a href=\"https://a.example/long/b\">https://a.example/lo...</a>", "https://a.example/long/b"),
            ("<a href=\"https://a.example/\">here</a>", "here (https://a.example/)"),
            ("<a href=\"javascript:x\">here</a>", "here"),
            ("x<script>alert(1)</script>y", "xy"),
            ("<blockquote>q</blockquote>r", "> q\n\nr"),
        ] {
            assert_eq!(from_html(html), text, "{html}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_it(html in "(<[/a-z ]{0,12}>?|&[a-z#0-9]{0,4};?|\\PC){0,40}") {
            let text = from_html(&html);
            proptest::prop_assert_eq!(crate::text::text(&text), text);
        }
    }
}
