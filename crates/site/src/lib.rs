//! The edition: public pages, themes, feeds.
