//! Shortcodes to HTML: the ones WordPress itself brings. Others are left as they stand and named.

use std::collections::BTreeMap;

/// A picture of the site, for galleries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shown {
    pub number: u64,
    pub url: String,
    pub alt: String,
    pub caption: String,
}

/// What shortcodes refer to.
pub(crate) trait Attachments {
    /// The picture with this number.
    fn picture(&self, number: u64) -> Option<Shown>;
    /// Pictures that were uploaded to this post, for galleries that name none.
    fn of_post(&self) -> Vec<Shown>;
}

/// Most pictures of one gallery: a page with more is no story.
const GALLERY: usize = 500;

/// Most pictures of all galleries of a post: a text that names its gallery a thousand times is not a story but an attack.
const PICTURES: usize = 2_000;
/// Longest shortcode without its content.
const OPENING_BYTES: usize = 2_048;
/// Shortcodes that may have content and a closing.
const CLOSED: &[&str] = &[
    "caption",
    "wp_caption",
    "gallery",
    "embed",
    "audio",
    "video",
    "playlist",
    "youtube",
    "vimeo",
    "tweet",
    "twitter",
    "instagram",
];

/// The text with its shortcodes written as HTML, and the names of those that were not understood.
pub(crate) fn expand(html: &str, attachments: &dyn Attachments) -> (String, BTreeMap<String, u64>) {
    let mut out = String::with_capacity(html.len());
    let mut unknown = BTreeMap::new();
    let mut pictures = 0;
    let mut rest = html;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = escaped(rest) {
            // `[[name]]` is how WordPress writes `[name]`.
            out.push_str(&rest[1..after - 1]);
            rest = &rest[after..];
            continue;
        }
        let Some(code) = Code::read(rest) else {
            out.push('[');
            rest = &rest[1..];
            continue;
        };
        let html = if pictures < PICTURES { code.html(attachments) } else { None };
        match html {
            Some(html) => {
                pictures += html.matches("<img").count();
                out.push_str(&html);
            }
            None => {
                *unknown.entry(code.name.to_owned()).or_default() += 1;
                out.push_str(&rest[..code.opening]);
                rest = &rest[code.opening..];
                continue;
            }
        }
        rest = &rest[code.length..];
    }
    out.push_str(rest);
    (link_lines(&out), unknown)
}

/// A line that is nothing but an address was shown as what it leads to; here it becomes a link.
fn link_lines(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut verbatim = false;
    for line in html.split_inclusive('\n') {
        verbatim |= line.contains("<pre");
        let address = line.trim();
        let alone = (address.starts_with("https://") || address.starts_with("http://"))
            && !address.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '['));
        if alone && !verbatim {
            out.push_str(&format!("<p><a href=\"{0}\">{0}</a></p>\n", escape(address)));
        } else {
            out.push_str(line);
        }
        verbatim &= !line.contains("</pre");
    }
    out
}

fn escaped(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("[[")?;
    let end = inner[..inner.floor_char_boundary(OPENING_BYTES)].find("]]")?;
    let plain = !inner[..end].is_empty() && !inner[..end].contains(['[', '\n']) && is_name_start(inner);
    plain.then_some(end + 4)
}

fn is_name_start(text: &str) -> bool {
    text.trim_start_matches('/').chars().next().is_some_and(|c| c.is_ascii_alphabetic())
}

struct Code<'a> {
    name: &'a str,
    attributes: BTreeMap<String, String>,
    /// What stands between opening and closing, if it is closed.
    content: Option<&'a str>,
    /// Length of the opening alone.
    opening: usize,
    /// Length of all of it.
    length: usize,
}

impl<'a> Code<'a> {
    /// Reads a shortcode at the beginning of the text.
    fn read(text: &'a str) -> Option<Code<'a>> {
        let inner = text.strip_prefix('[')?;
        let name_end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')))?;
        let name = &inner[..name_end];
        if !is_name_start(name) || !inner[name_end..].starts_with([']', ' ', '/', '\n', '\t', '\u{a0}']) {
            return None;
        }
        let (attributes, end) = attributes(&inner[name_end..])?;
        let opening = 1 + name_end + end;
        let closed = inner[name_end..name_end + end - 1].ends_with('/');
        let closing = format!("[/{name}]");
        let content = (!closed && CLOSED.contains(&name)).then(|| {
            let after = &text[opening..];
            // A second opening before the closing means that the first has none.
            let until = after.find(&inner_opening(name)).unwrap_or(after.len());
            after[..until].find(&closing).map(|end| &after[..end])
        });
        let content = content.flatten();
        let length = opening + content.map_or(0, |content| content.len() + closing.len());
        Some(Code { name, attributes, content, opening, length })
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    fn html(&self, attachments: &dyn Attachments) -> Option<String> {
        Some(match self.name {
            "caption" | "wp_caption" => self.caption(),
            "gallery" => self.gallery(attachments),
            "embed" => link(self.content.map(str::trim).filter(|c| !c.is_empty()).or(self.get("src"))?),
            "audio" | "video" => link(self.player()?),
            "playlist" => {
                let numbers = self.numbers("ids");
                numbers.iter().filter_map(|number| attachments.picture(*number)).map(|shown| link(&shown.url)).collect()
            }
            "youtube" | "vimeo" | "tweet" | "twitter" | "instagram" => {
                let address = self.content.or(self.get("url")).or(self.get("0"))?.trim().trim_start_matches('=');
                link(address.starts_with("http").then_some(address)?)
            }
            _ => return None,
        })
    }

    fn caption(&self) -> String {
        let content = self.content.unwrap_or("");
        let end = match (
            content.find("</a>"),
            content.find("<img").and_then(|at| content[at..].find('>').map(|end| at + end + 1)),
        ) {
            (Some(link), Some(image)) if content.find("<a").is_some_and(|a| a < image) && link >= image => {
                link + "</a>".len()
            }
            (_, Some(image)) => image,
            _ => 0,
        };
        let (picture, after) = content.split_at(end);
        // Before WordPress 3.4 the caption was an attribute.
        let words = if after.trim().is_empty() { self.get("caption").unwrap_or("") } else { after.trim() };
        format!("<figure>{picture}<figcaption>{words}</figcaption></figure>")
    }

    fn gallery(&self, attachments: &dyn Attachments) -> String {
        let mut numbers = self.numbers("ids");
        numbers.extend(self.numbers("include"));
        let shown: Vec<Shown> = if numbers.is_empty() {
            let excluded = self.numbers("exclude");
            attachments.of_post().into_iter().filter(|shown| !excluded.contains(&shown.number)).collect()
        } else {
            numbers
                .iter()
                .map(|number| attachments.picture(*number).unwrap_or(Shown { number: *number, ..Shown::default() }))
                .collect()
        };
        let figures = shown.iter().take(GALLERY).map(|shown| {
            format!(
                "<figure><img class=\"wp-image-{}\" src=\"{}\" alt=\"{}\"><figcaption>{}</figcaption></figure>\n",
                shown.number,
                escape(if shown.url.is_empty() { "missing" } else { &shown.url }),
                escape(&shown.alt),
                shown.caption
            )
        });
        figures.collect()
    }

    fn numbers(&self, name: &str) -> Vec<u64> {
        let list = self.get(name).unwrap_or("");
        list.split([',', ' ']).filter_map(|number| number.trim().parse().ok()).take(GALLERY).collect()
    }

    fn player(&self) -> Option<&str> {
        let kinds = ["src", "mp4", "m4v", "webm", "ogv", "flv", "wmv", "mp3", "m4a", "ogg", "wav", "wma"];
        let bare = self.get("0").filter(|value| value.starts_with("http"));
        kinds
            .iter()
            .find_map(|kind| self.get(kind))
            .or(bare)
            .or_else(|| self.content.map(str::trim).filter(|c| c.starts_with("http")))
    }
}

fn inner_opening(name: &str) -> String {
    format!("[{name}")
}

/// Attributes up to the closing bracket, and where that ends.
fn attributes(text: &str) -> Option<(BTreeMap<String, String>, usize)> {
    let mut found = BTreeMap::new();
    let mut chars = text.char_indices().peekable();
    let (mut word, mut key, mut quote) = (String::new(), None::<String>, None::<char>);
    let mut position = 0;
    while let Some((at, c)) = chars.next() {
        if at > OPENING_BYTES {
            return None;
        }
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.push(c),
            (None, '"' | '\'' | '“' | '”' | '″') => quote = Some(if c == '“' { '”' } else { c }),
            (None, '=') if key.is_none() => key = Some(std::mem::take(&mut word).to_ascii_lowercase()),
            (None, ']') | (None, ' ' | '\n' | '\t' | '\r' | '\u{a0}') => {
                if key.is_some() || !word.is_empty() {
                    let name = key.take().unwrap_or_else(|| {
                        position += 1;
                        (position - 1).to_string()
                    });
                    found.insert(name, std::mem::take(&mut word));
                }
                if c == ']' {
                    return Some((found, at + 1));
                }
            }
            // Nobody writes a tag or another shortcode among attributes.
            (None, '[' | '<') => return None,
            (None, '/') if chars.peek().is_some_and(|(_, next)| *next == ']') && key.is_none() => {}
            (None, c) => word.push(c),
        }
    }
    None
}

fn link(address: &str) -> String {
    let address = address.trim();
    let address = address.strip_prefix("<a href=\"").and_then(|rest| rest.split('"').next()).unwrap_or(address);
    format!("\n<p><a href=\"{0}\">{0}</a></p>\n", escape(address))
}

fn escape(text: &str) -> String {
    // Addresses in exports are often escaped already.
    text.replace("&amp;", "&").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Two;

    impl Attachments for Two {
        fn picture(&self, number: u64) -> Option<Shown> {
            (number < 3).then(|| Shown {
                number,
                url: format!("/{number}.jpg"),
                alt: "\"A\"".into(),
                caption: format!("C{number}"),
            })
        }

        fn of_post(&self) -> Vec<Shown> {
            [1, 2].into_iter().filter_map(|number| self.picture(number)).collect()
        }
    }

    fn check(html: &str, expected: &str) {
        assert_eq!(expand(html, &Two).0, expected, "from {html}");
    }

    #[test]
    fn the_known_ones_become_html() {
        check(
            "[caption id=\"a\" width=\"3\"]<a href='/x'><img src='/1.jpg'></a> Words <b>here</b>[/caption]x",
            "<figure><a href='/x'><img src='/1.jpg'></a><figcaption>Words <b>here</b></figcaption></figure>x",
        );
        check(
            "[caption caption='Old']<img src='/1.jpg'>[/caption]",
            "<figure><img src='/1.jpg'><figcaption>Old</figcaption></figure>",
        );
        check(
            "[embed width=\"1\"]https://v.example/?a=1&amp;b=2[/embed]",
            "\n<p><a href=\"https://v.example/?a=1&amp;b=2\">https://v.example/?a=1&amp;b=2</a></p>\n",
        );
        check(
            "[audio https://a.example/x.mp3]",
            "\n<p><a href=\"https://a.example/x.mp3\">https://a.example/x.mp3</a></p>\n",
        );
        check(
            "[audio mp3='https://a.example/x.mp3'][/audio]",
            "\n<p><a href=\"https://a.example/x.mp3\">https://a.example/x.mp3</a></p>\n",
        );
        assert_eq!(expand("[gallery]", &Two).0.matches("<figure>").count(), 2);
        assert_eq!(expand("[gallery ids=\"2, 9\" columns=3]", &Two).0.matches("<figure>").count(), 2);
        assert!(expand("[gallery ids=\"2\"]", &Two).0.contains("alt=\"&quot;A&quot;\"><figcaption>C2<"));
    }

    #[test]
    fn the_rest_stays_and_is_named() {
        let (html, unknown) = expand(
            "[contact-form id=1]Text [not a code [1] [[gallery]] a[0] [/x] [vc_row][vc_column a=\"]\"]deep[/vc_column][/vc_row]",
            &Two,
        );
        assert_eq!(
            html,
            "[contact-form id=1]Text [not a code [1] [gallery] a[0] [/x] [vc_row][vc_column a=\"]\"]deep[/vc_column][/vc_row]"
        );
        assert_eq!(unknown.keys().collect::<Vec<_>>(), ["contact-form", "vc_column", "vc_row"]);
    }

    #[test]
    fn an_address_on_its_own_line_becomes_a_link() {
        check("a\nhttps://v.example/1\nb", "a\n<p><a href=\"https://v.example/1\">https://v.example/1</a></p>\nb");
        check("<pre>\nhttps://v.example/1\n</pre>", "<pre>\nhttps://v.example/1\n</pre>");
    }

    #[test]
    fn hostile_repetition_costs_little() {
        for piece in ["[gallery]", "[a1 ", "[[", "[a “", "[caption]", "[embed]x", "[x]", "[audio][video]"] {
            let text = piece.repeat(40_000);
            let (html, _) = expand(&format!("{text}[/gallery][/caption]"), &Two);
            assert!(html.len() < text.len() * 20 + 400_000, "{piece}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics_and_plain_text_stays(text in "[\\[\\]a/ =\"'<>é“\n]{0,60}", plain in "[a-z .,<>\n]{0,60}") {
            expand(&text, &Two);
            proptest::prop_assert_eq!(expand(&plain, &Two).0, plain);
        }
    }
}
