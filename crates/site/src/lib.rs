//! The public site: the edition, its pages, its theme, and the loop that serves them.
//!
//! A request for a public page is one look into a map and one write. Pages are made when somebody first asks, from
//! published data alone, and stay until something they show changes.
//!
//! Invariants:
//! - nothing here can hold an unpublished story, except [`pages`]' preview, which is never kept;
//! - a page never varies by reader: no cookie is read, no query but a list's place names another page;
//! - a page made before a change is never kept after it;
//! - a page is dropped when, and only when, something it was made of changed;
//! - readers never see a broken theme, and never wait for the desk;
//! - absent on purpose: TLS and HTTP/2 (the proxy's work), scripts, and any file read while answering a reader.

pub mod edition;
pub mod pages;
pub mod serve;
mod store;
pub mod tell;
pub mod theme;
pub mod views;

#[cfg(test)]
mod tests;
mod web;

pub use edition::{DEFAULT_BUDGET, Edition};
pub use serve::{Server, serve};
pub use web::{TEMPLATES, routes};
