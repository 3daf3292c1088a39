//! The web shell: what every page and form of the desk shares.
//!
//! Invariants: no inline script or style anywhere ([`headers`]); a request that changes something must come from our
//! own pages ([`same_origin`]); an error is shown as one calm page and logged once ([`errors`]).

pub mod chrome;
pub mod client;
pub mod conditional;
pub mod errors;
pub mod forms;
pub mod frame;
pub mod headers;
pub mod limits;
pub mod moment;
pub mod same_origin;

pub use chrome::{Chrome, NavItem};
pub use client::Client;
pub use errors::ErrorPage;
pub use forms::Form;
pub use frame::{Frame, Framed};
pub use moment::Moment;

/// Name of the desk's home.
pub const DESK: &str = "/desk";

/// First segments of addresses that the site itself uses; no section, page or pattern of stories may begin with one.
pub const RESERVED: &[&str] = &[
    ".well-known",
    "api",
    "archive",
    "assets",
    "atom.xml",
    "by",
    "comments",
    "corrections",
    "desk",
    "favicon.ico",
    "favicon.svg",
    "feed.json",
    "feed.xml",
    "health",
    "ledger",
    "media",
    "metrics",
    "news-sitemap.xml",
    "people",
    "preview",
    "quotes",
    "robots.txt",
    "search",
    "sitemap.xml",
    "sitemaps",
    "tags",
    "theme",
    "tip",
];
