//! Frames, players and posts from elsewhere.

use super::builder::{Builder, Effect};
use super::frames::{Frame, FrameKind, PostPart, Signed, is_dash};
use super::links;
use super::tags::Tag;
use crate::change::ChangeKind;
use crate::document::{Mark, Post};
use crate::json::iso_day;
use crate::{Block, Href, Inline, fit, inline_text, text};

/// Classes of quotations that networks give out for embedding, and the network's name.
const NETWORKS: &[(&str, &str)] = &[
    ("twitter-tweet", "Twitter"),
    ("twitter-video", "Twitter"),
    ("instagram-media", "Instagram"),
    ("tiktok-embed", "TikTok"),
    ("bluesky-embed", "Bluesky"),
    ("mastodon-embed", "Mastodon"),
    ("text-post-media", "Threads"),
    ("reddit-embed-bq", "Reddit"),
    ("reddit-card", "Reddit"),
];

impl Builder<'_> {
    /// Opens a post when a quotation's class says that it is one.
    pub(super) fn start_post(&mut self, tag: &Tag) -> bool {
        let Some((_, network)) = NETWORKS.iter().find(|(class, _)| tag.has_class(class)) else { return false };
        let address =
            ["cite", "data-instgrm-permalink", "data-text-post-permalink"].into_iter().find_map(|name| tag.get(name));
        let url = address.and_then(|raw| links::resolve(raw, self.options)).filter(Href::is_outside);
        let post = Post { network: (*network).to_owned(), url, ..Post::default() };
        self.open_frame(tag.name(), FrameKind::Post(post, Signed::InItsText));
        true
    }

    /// A frame or a player: a link to what it showed.
    pub(super) fn embed(&mut self, tag: &Tag) {
        let name = tag.name();
        let address = ["src", "data-src", "data", "href"].into_iter().find_map(|attribute| tag.get(attribute));
        if name == "iframe" {
            // The text inside a frame is markup for browsers of another time.
            self.raw = Some("");
        } else if !matches!(name, "source" | "embed" | "frame") {
            self.push_open(name, Effect::Boundary);
        }
        let Some(raw) = address else {
            if !matches!(name, "video" | "audio" | "object" | "source") {
                self.note(ChangeKind::Embed, name, "a frame without an address was left out");
            }
            return;
        };
        match links::resolve(&watchable(raw), self.options) {
            Some(href) if self.last_src == href.as_str() => {}
            Some(href) => {
                self.last_src = href.to_string();
                let title =
                    tag.get("title").or(tag.get("aria-label")).map(text::clean_line).filter(|title| !title.is_empty());
                let shown = title.unwrap_or_else(|| href.to_string());
                self.note(ChangeKind::Embed, href.as_str(), "a frame or player became a link");
                self.pending.push(Block::Paragraph(vec![Inline::Text(shown, vec![Mark::Link(href, None)])]));
                if self.run_is_blank() {
                    self.flush();
                }
            }
            None => {
                self.note(ChangeKind::Embed, raw, "a frame or player with an address that is not allowed was left out")
            }
        }
    }

    pub(super) fn close_post_part(&mut self, part: PostPart, blocks: Vec<Block>) {
        let (paragraphs, lifted) = fit::paragraphs_of(blocks);
        let run = fit::joined(paragraphs);
        let line = text::clean_line(&inline_text(&run));
        let link = link_of(&run);
        let post = self.frames.iter_mut().rev().find_map(|Frame { kind, .. }| match kind {
            FrameKind::Post(post, _) => Some(post),
            _ => None,
        });
        if let Some(post) = post {
            match part {
                PostPart::Author => post.author = line,
                PostPart::Network => post.network = line,
                PostPart::Source => {}
            }
            post.url = post.url.take().or(link);
        }
        lifted.into_iter().for_each(|block| self.append(block));
    }

    pub(super) fn close_post(&mut self, mut post: Post, signed: Signed, blocks: Vec<Block>) {
        let (content, lifted) = fit::paragraphs_of(blocks);
        post.content = content;
        if signed == Signed::InItsText {
            signature(&mut post);
        }
        if post.content.is_empty() {
            // Only an address: a link says it.
            if let Some(url) = post.url {
                let text =
                    if post.author.is_empty() { url.to_string() } else { format!("{}, {}", post.author, post.network) };
                self.append(Block::Paragraph(vec![Inline::Text(text, vec![Mark::Link(url, None)])]));
            } else if let Some(text) = crate::document::credit(&post.author, &post.network) {
                self.append(Block::Paragraph(vec![Inline::text(text)]));
            }
        } else {
            self.append(Block::Post(post));
        }
        lifted.into_iter().for_each(|block| self.append(block));
    }
}

fn link_of(run: &[Inline]) -> Option<Href> {
    run.iter().find_map(|inline| match inline {
        Inline::Text(_, marks) => marks.iter().find_map(|mark| match mark {
            Mark::Link(href, _) => Some(href.clone()),
            _ => None,
        }),
        Inline::HardBreak => None,
    })
}

/// Takes the last line of an embedded post, "— Author (@name) June 5, 2018", apart.
fn signature(post: &mut Post) {
    let Some(last) = post.content.last() else { return };
    let line = inline_text(last);
    if !line.trim_start().starts_with(is_dash) {
        return;
    }
    let link = last.iter().rev().find_map(|inline| match inline {
        Inline::Text(text, marks) => marks.iter().find_map(|mark| match mark {
            Mark::Link(href, _) => Some((text.clone(), href.clone())),
            _ => None,
        }),
        Inline::HardBreak => None,
    });
    let mut author = line.as_str();
    if let Some((text, href)) = &link {
        author = author.strip_suffix(text.as_str()).unwrap_or(author);
        post.date = post.date.take().or_else(|| day_of(text));
        post.url = post.url.take().or_else(|| Some(href.clone()));
    }
    if post.author.is_empty() {
        post.author = text::clean_line(author.trim().trim_start_matches(is_dash));
    }
    post.content.pop();
}

/// A day as networks write it in English ("June 5, 2018") or ISO.
fn day_of(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Some(day) = iso_day(text) {
        return Some(day);
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let month = words.iter().find_map(|word| {
        let start = word.get(..3)?.to_ascii_lowercase();
        MONTHS.iter().position(|month| *month == start)
    })?;
    let day: u32 = words.iter().find_map(|word| word.parse().ok().filter(|day| (1..=31).contains(day)))?;
    let year: u32 = words.iter().find_map(|word| word.parse().ok().filter(|year| (1990..=2200).contains(year)))?;
    iso_day(&format!("{year:04}-{:02}-{day:02}", month + 1))
}

/// A player's address as the address of the page where one can watch.
fn watchable(raw: &str) -> String {
    for prefix in ["youtube.com/embed/", "youtube-nocookie.com/embed/"] {
        if let Some((_, rest)) = raw.split_once(prefix) {
            let id = rest.split(['?', '&', '#', '/']).next().unwrap_or("");
            let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
            if !id.is_empty() && plain {
                return format!("https://www.youtube.com/watch?v={id}");
            }
        }
    }
    if let Some((_, rest)) = raw.split_once("player.vimeo.com/video/") {
        let id = rest.split(['?', '&', '#', '/']).next().unwrap_or("");
        if !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) {
            return format!("https://vimeo.com/{id}");
        }
    }
    raw.to_owned()
}
