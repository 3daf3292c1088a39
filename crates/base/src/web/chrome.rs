//! What the desk's layout needs besides a page's own data.

use serde::Serialize;

/// The frame around a page of the desk.
#[derive(Debug, Clone, Serialize)]
pub struct Chrome {
    /// Language of the interface.
    pub lang: String,
    /// The newsroom's name.
    pub site: String,
    /// Name of who is signed in.
    pub person: String,
    /// The navigation, as far as the person's role reaches.
    pub nav: Vec<NavItem>,
    /// What the last action has to say.
    pub flash: Option<Flash>,
}

/// One entry of the desk's navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavItem {
    /// Key of its text.
    pub key: &'static str,
    /// Where it leads.
    pub url: &'static str,
    /// True on that page and those below it.
    pub current: bool,
}

/// A sentence about the last action, shown once.
#[derive(Debug, Clone, Serialize)]
pub struct Flash {
    /// `ok` or `error`.
    pub kind: &'static str,
    /// Key of its text.
    pub key: String,
}
