//! HTML to document: the standard's tokens, and a builder with a bounded stack that keeps what a
//! document can say and reports the rest.
//!
//! There is no tree: every token changes the builder's state, so time is linear in the input whatever its
//! nesting, and nothing is copied through as markup.

mod breathing;
mod builder;
mod elements;
mod embeds;
mod figures;
mod frames;
mod links;
mod style;
mod tags;
mod word;

use crate::change::Changes;
use crate::text::bounded;
use crate::{Cleaned, Document, limits};
use breathing::Breathing;
use builder::Builder;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::convert::Infallible;

/// Finds the id of a picture that HTML shows.
pub type FindPicture<'a> = dyn Fn(&FoundPicture<'_>) -> Option<String> + 'a;

/// Rewrites a link's target; nothing when it stays.
pub type RewriteLink<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// How HTML is read.
#[derive(Default, Clone, Copy)]
pub struct HtmlOptions<'a> {
    /// Classic WordPress text: a blank line parts paragraphs, a line end is a break.
    pub autop: bool,
    /// Where the text stood, to resolve relative links: an absolute `http(s)` address.
    pub base: Option<&'a str>,
    /// Finds a picture's id in the media library.
    pub picture: Option<&'a FindPicture<'a>>,
    /// Rewrites a link's target before it is checked (an imported site's own addresses, for instance).
    pub link: Option<&'a RewriteLink<'a>>,
}

/// A picture as found in HTML.
#[derive(Debug, Clone, Copy)]
pub struct FoundPicture<'a> {
    /// Its address as written.
    pub src: &'a str,
    /// Its alternative text.
    pub alt: &'a str,
    /// Its classes (WordPress says `wp-image-123`).
    pub class: &'a str,
}

impl FoundPicture<'_> {
    /// The number of a WordPress attachment, from its class.
    pub fn attachment(&self) -> Option<u64> {
        self.class.split_whitespace().find_map(|class| class.strip_prefix("wp-image-")?.parse().ok())
    }
}

impl Document {
    /// Reads HTML: a fragment or a whole page, clean or as pasted.
    pub fn from_html(source: &str) -> Cleaned {
        Document::from_html_with(source, &HtmlOptions::default())
    }

    /// Reads HTML from WordPress: classic text or blocks, told apart by the block comments.
    pub fn from_wordpress_html(source: &str, options: &HtmlOptions<'_>) -> Cleaned {
        let autop = !source.contains("<!-- wp:");
        Document::from_html_with(source, &HtmlOptions { autop, ..*options })
    }

    /// Reads HTML with options.
    pub fn from_html_with(source: &str, options: &HtmlOptions<'_>) -> Cleaned {
        let mut changes = Changes::default();
        let source = bounded(source, limits::SOURCE_BYTES, &mut changes);
        let mut builder = Builder::new(options, changes);
        feed(&mut builder, source);
        builder.finish()
    }
}

/// Gives the tokens of a text to the builder.
fn feed(builder: &mut Builder<'_>, source: &str) {
    let mut tag = tags::Tag::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => tag.begin(name),
            CallbackEvent::AttributeName { name } => tag.attribute(name),
            CallbackEvent::AttributeValue { value } => tag.value(value),
            CallbackEvent::CloseStartTag { .. } => builder.start(&tag),
            CallbackEvent::EndTag { name } => builder.end(tags::name_of(name)),
            CallbackEvent::String { value } => builder.text(&String::from_utf8_lossy(value)),
            CallbackEvent::Comment { value } => builder.comment(&String::from_utf8_lossy(value)),
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    });
    emitter.naively_switch_states(true);
    // After each breath the tokenizer goes on where it was.
    for _ in Tokenizer::new_with_emitter(Breathing::new(source), emitter) {}
}
