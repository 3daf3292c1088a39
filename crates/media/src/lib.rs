//! Pictures: stored by content hash, rendered in several widths, credited.
//!
//! A file comes in ([`ingest`], or [`prepare`] and [`store::add`] for whoever holds a transaction), is decoded within
//! bounds, turned upright and written as WebPs of [`WIDTHS`], and as one JPEG for whatever is no browser; what readers get
//! is only ever such a rendition.
//!
//! Invariants:
//! - a public file is one we encoded ourselves: no metadata, no trailing bytes, nothing a browser could take for HTML;
//! - the original is kept as it came, and is never served to the public;
//! - the same bytes twice are one picture;
//! - files are written and synced before the row that names them, so that no row points at nothing;
//! - absent: SVG (it can hold script), and any decoder that runs without bounds on pixels and memory.

pub mod files;
pub mod licence;
pub mod store;

mod ingest;
mod picture;
mod prepare;
mod renew;
mod web;

pub use ingest::ingest;
pub use picture::{Credits, Format, NewPicture, Picture, Rendition};
pub use prepare::{Kept, MAX_BYTES, MAX_PIXELS, Prepared, WIDTHS, prepare};
pub use renew::{jobs, keep_renewing};
pub use web::{TEMPLATES, routes};

#[cfg(test)]
mod tests;
