//! The story's document: a tree of typed blocks, inlines and marks, parsed from whatever a newsroom
//! brings (the editor's JSON, HTML out of Word, Docs or WordPress, Markdown, plain text) and rendered
//! to HTML, Markdown and plain text.
//!
//! Invariants:
//! - **The type is the sanitiser.** A [`Document`] cannot hold script, an event handler, a style or a
//!   link whose scheme was not checked: there is no field to put them in, and a [`Href`] is made only
//!   by [`Href::parse`]. Nothing is ever passed through to the page as markup.
//! - **Nothing is dropped silently.** Every parser returns [`Cleaned`]: the document, and the list of
//!   what was altered or left out, with an excerpt and the reason.
//! - **Parsers do not fail and do not panic**; depth and size are bounded (see [`limits`]), so that a
//!   document may be dropped, walked and serialised by plain recursion.
//! - Pure: no clock, no files, no network, no randomness, no database.

mod change;
mod document;
mod fit;
mod href;
mod html;
mod json;
pub mod limits;
mod markdown;
mod render;
mod table;
#[cfg(test)]
mod tests;
mod text;

pub use change::{Change, ChangeKind, Cleaned};
pub use document::{Block, Cell, Document, Inline, Level, ListItem, Mark, Picture, Post, Quotation, Row, credit};
pub use href::Href;
pub use html::{FindPicture, FoundPicture, HtmlOptions, RewriteLink};
pub use markdown::to_markdown;
pub use render::{Licence, NoPictures, PictureView, Pictures, RenderOptions, to_html, to_html_with};
pub use text::{inline_text, to_text};
