//! Pictures, figures and captions.

use super::FoundPicture;
use super::builder::{Builder, Effect};
use super::frames::{CreditPart, Figure, Frame, FrameKind, PostPart, Signed};
use super::tags::Tag;
use crate::change::ChangeKind;
use crate::document::{Mark, Picture, Post};
use crate::json::picture_id;
use crate::{Block, fit, inline_text, text};

/// A figure as its tag describes it.
pub(super) fn figure_of(tag: &Tag) -> Figure {
    Figure { picture: tag.get("data-picture").and_then(picture_id), ..Figure::default() }
}

impl Builder<'_> {
    /// Opens a figure or a post for an element whose class says that it is one.
    pub(super) fn start_figure(&mut self, tag: &Tag) -> bool {
        let name = tag.name();
        if name == "figure" && tag.has_class("post") {
            let network = tag.get("data-network").map(text::clean_line).unwrap_or_default();
            self.open_frame(name, FrameKind::Post(Post { network, ..Post::default() }, Signed::Apart));
            return true;
        }
        if name != "figure" && (tag.has_class("wp-caption") || tag.has_class("gallery-item")) {
            self.open_frame(name, FrameKind::Figure(Figure::default()));
            return true;
        }
        false
    }

    /// Opens a part of a caption that our own pages mark by a class.
    pub(super) fn start_caption_part(&mut self, tag: &Tag) -> bool {
        let name = tag.name();
        let within = |kind: fn(&FrameKind) -> bool| self.frames.iter().rev().take(3).any(|frame| kind(&frame.kind));
        let kind = if within(|kind| matches!(kind, FrameKind::Figure(_))) {
            match tag.class() {
                "credit" => FrameKind::Credit(CreditPart::Whole),
                "agency" => FrameKind::Credit(CreditPart::Agency),
                "photographer" => FrameKind::Credit(CreditPart::Photographer),
                "licence" => FrameKind::Credit(CreditPart::Licence),
                _ => return false,
            }
        } else if within(|kind| matches!(kind, FrameKind::Post(..)))
            && within(|kind| matches!(kind, FrameKind::Caption))
        {
            match (name, tag.class()) {
                ("time", _) => return self.start_post_time(tag),
                (_, "author") => FrameKind::PostPart(PostPart::Author),
                (_, "network") => FrameKind::PostPart(PostPart::Network),
                (_, "source") => FrameKind::PostPart(PostPart::Source),
                _ => return false,
            }
        } else {
            return false;
        };
        self.open_frame(name, kind);
        true
    }

    pub(super) fn image(&mut self, tag: &Tag) {
        let src = source_of(tag).unwrap_or_default();
        let alt = tag.get("alt").map(text::clean_line).unwrap_or_default();
        if tag.has_class("emoji") || tag.has_class("wp-smiley") || tag.has_class("emoji-icon") {
            self.text(&alt);
            return;
        }
        let tiny = |name| tag.get(name).is_some_and(|n| matches!(n.trim_end_matches("px"), "0" | "1"));
        if tiny("width") && tiny("height") {
            self.note(ChangeKind::ActiveContent, &src, "an invisible counting picture was removed");
            return;
        }
        let id = tag.get("data-picture").and_then(picture_id);
        if src.is_empty() && id.is_none() && alt.is_empty() {
            return;
        }
        if self.is_lazy_copy(&src) {
            return;
        }
        let found = FoundPicture { src: &src, alt: &alt, class: tag.class() };
        let in_figure =
            self.frames.iter().any(|f| matches!(&f.kind, FrameKind::Figure(figure) if figure.picture.is_some()));
        let picture = id.or_else(|| self.options.picture.and_then(|find| find(&found)).as_deref().and_then(picture_id));
        if picture.is_none() && !in_figure {
            self.note_missing(&src);
        }
        self.note_link();
        self.last_src = src;
        let block = Block::Picture(Picture { picture, alt, ..Picture::default() });
        if self.run_is_blank() {
            self.run.clear();
            self.push_block(block);
        } else {
            self.pending.push(block);
        }
    }

    /// A picture has no link of its own. One to its own file, as most have, is no loss; others are named.
    fn note_link(&mut self) {
        let to_file = |href: &str| {
            let path = href.split(['?', '#']).next().unwrap_or("").to_lowercase();
            [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"].iter().any(|end| path.ends_with(end))
        };
        let link = self.marks.iter().rev().find_map(|mark| match mark {
            Mark::Link(href, _) if !to_file(href.as_str()) => Some(href.to_string()),
            _ => None,
        });
        if let Some(link) = link {
            self.note(ChangeKind::Link, &link, "the link of a picture was not kept");
        }
    }

    /// Every missing picture is named, not only counted, because a person has to fetch it.
    fn note_missing(&mut self, src: &str) {
        let shown = crate::change::excerpt_of(src);
        self.note(ChangeKind::Picture, "", format!("a picture is not in the library; its caption was kept: {shown}"));
    }

    pub(super) fn close_credit(&mut self, part: CreditPart, blocks: Vec<Block>) {
        let (paragraphs, lifted) = fit::paragraphs_of(blocks);
        let line = text::clean_line(&inline_text(&fit::joined(paragraphs)));
        let figure = self.frames.iter_mut().rev().find_map(|Frame { kind, .. }| match kind {
            FrameKind::Figure(figure) => Some(figure),
            _ => None,
        });
        if let Some(figure) = figure {
            match part {
                CreditPart::Agency => figure.agency = line,
                CreditPart::Photographer => figure.photographer = line,
                CreditPart::Whole if figure.agency.is_empty() && figure.photographer.is_empty() => {
                    match line.split_once(" / ").or_else(|| line.split_once(" | ")) {
                        Some((agency, photographer)) => {
                            figure.agency = agency.trim().to_owned();
                            figure.photographer = photographer.trim().to_owned();
                        }
                        None => figure.agency = line,
                    }
                }
                CreditPart::Whole | CreditPart::Licence => {}
            }
        }
        lifted.into_iter().for_each(|block| self.append(block));
    }

    fn start_post_time(&mut self, tag: &Tag) -> bool {
        if let Some(day) = tag.get("datetime").and_then(crate::json::iso_day) {
            self.set_post_day(day);
            let in_part = matches!(self.frames.last().map(|frame| &frame.kind), Some(FrameKind::PostPart(_)));
            if !in_part && self.push_open(tag.name(), Effect::Marker) {
                // The day as text says again what the attribute says.
                self.marker = Some(String::new());
                return true;
            }
        }
        self.push_open(tag.name(), Effect::None)
    }

    fn set_post_day(&mut self, day: String) {
        let post = self.frames.iter_mut().rev().find_map(|frame| match &mut frame.kind {
            FrameKind::Post(post, _) => Some(post),
            _ => None,
        });
        if let Some(post) = post {
            post.date = Some(day);
        }
    }

    pub(super) fn close_caption(&mut self, blocks: Vec<Block>) {
        let (paragraphs, lifted) = fit::paragraphs_of(blocks);
        match self.frames.last_mut().map(|frame| &mut frame.kind) {
            Some(FrameKind::Figure(figure)) => figure.caption.extend(paragraphs),
            // Between the parts of a post's caption stand commas.
            Some(FrameKind::Post(..)) => paragraphs
                .into_iter()
                .filter(|run| inline_text(run).contains(char::is_alphanumeric))
                .for_each(|run| self.append(Block::Paragraph(run))),
            _ => paragraphs.into_iter().for_each(|run| self.append(Block::Paragraph(run))),
        }
        lifted.into_iter().for_each(|block| self.append(block));
    }
}

/// The address of a picture; lazy loading hides it in other attributes.
fn source_of(tag: &Tag) -> Option<String> {
    let src = tag.get("src").filter(|src| !src.starts_with("data:"));
    let lazy =
        ["data-src", "data-lazy-src", "data-original", "data-orig-file"].into_iter().find_map(|name| tag.get(name));
    let set = tag.get("srcset").or(tag.get("data-srcset")).and_then(|set| set.split_whitespace().next());
    let best = src.or(lazy).or(set).or(tag.get("src"))?;
    Some(best.to_owned())
}
