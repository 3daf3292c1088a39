//! The text of a comment: cleaned when it comes in, compared in a plainer form, shown as a small safe subset of HTML.
//!
//! Invariants: what is kept is plain text in Unicode's composed form without invisible or direction-changing
//! characters; HTML is made only in [`html`], and nothing of a reader's text reaches it unescaped.

mod clean;
mod foreign;
mod html;
mod plain;

pub use clean::{name, text};
pub use foreign::from_html;
pub use html::{excerpt, html, links};
pub use plain::{mixes_scripts, plain};
