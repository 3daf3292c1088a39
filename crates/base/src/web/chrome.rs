//! What the desk's layout needs besides a page's own data.

use serde::Serialize;

use crate::App;

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

impl Chrome {
    /// The frame for somebody who is not signed in: the newsroom's name, and the language.
    pub fn plain(app: &App) -> Chrome {
        Chrome {
            lang: language(app),
            site: app.settings().name.clone(),
            person: String::new(),
            nav: Vec::new(),
            flash: None,
        }
    }
}

/// Language of the desk: the site's own where the desk speaks it, else English, so that a page never claims a language
/// it is not in.
pub fn language(app: &App) -> String {
    let settings = app.settings();
    let language = settings.language();
    let spoken = [language, language.split('-').next().unwrap_or(language)]
        .into_iter()
        .find(|tag| app.messages.has(tag, "base-skip"));
    spoken.unwrap_or("en").to_owned()
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
    /// `ok`, `warn` or `error`.
    pub kind: &'static str,
    /// Key of its text.
    pub key: String,
}
