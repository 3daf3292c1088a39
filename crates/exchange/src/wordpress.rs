//! What a WordPress site says, in the newsroom's words: shortcodes, dates, addresses, and an item as an article.

pub(crate) mod article;
pub(crate) mod dates;
pub(crate) mod library;
pub(crate) mod shortcodes;
pub(crate) mod survey;
