//! The theme: files built in, each of which the operator may replace by one of their own.
//!
//! A broken theme is never shown to readers: new files are read and every template is rendered with its samples before
//! they are used. Until they are right the last good theme stays, and the error stands at the desk.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use arc_swap::ArcSwap;
use bytes::Bytes;
use minijinja::{AutoEscape, Environment, Output, State, Value, escape_formatter};
use onrecord_base::{App, Time, views::environment};
use sha2::{Digest, Sha256};

use crate::views;

/// Largest file of a theme.
const LARGEST: u64 = 2 * 1024 * 1024;
/// Most files of a theme.
const MOST: usize = 200;

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../theme/", $name)) as &[u8])),*]
    };
}

/// The theme that comes with the binary.
const BUILT_IN: &[(&str, &[u8])] = built_in![
    "atom.xml",
    "base.html",
    "bylines.html",
    "card.html",
    "comment.html",
    "comments.css",
    "comments.html",
    "corrections.html",
    "credit.html",
    "error.html",
    "feed.xml",
    "feeds.html",
    "front.html",
    "list.html",
    "news-sitemap.xml",
    "next.html",
    "next-list.html",
    "page.html",
    "people.html",
    "person.html",
    "quotation.html",
    "quote-item.html",
    "quote.html",
    "room.html",
    "search.css",
    "sitemap.xml",
    "story.html",
    "theme.css",
    "fonts/display-semibold-more.woff2",
    "fonts/display-semibold.woff2",
    "fonts/text-italic-more.woff2",
    "fonts/text-italic.woff2",
    "fonts/text-regular-more.woff2",
    "fonts/text-regular.woff2",
    "fonts/text-semibold-more.woff2",
    "fonts/text-semibold.woff2",
];

/// Names and bytes of the files that come with the binary, for operators who want to change one.
pub fn built_in() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    BUILT_IN.iter().copied()
}

/// Scripts of the public site, built by `web/`.
const SCRIPTS: &[(&str, &[u8])] = &[
    ("comments.js", include_bytes!("../../../web/dist/comments.js")),
    ("next.js", include_bytes!("../../../web/dist/next.js")),
    ("passkeys.js", include_bytes!("../../../web/dist/passkeys.js")),
    ("search.js", include_bytes!("../../../web/dist/search.js")),
];

/// Files of one theme, read and proven.
pub struct Theme {
    environment: Environment<'static>,
    files: BTreeMap<String, Bytes>,
    /// Names the content: part of the address of its files.
    hash: String,
}

/// The theme in use, and what is wrong with the one that should be.
pub struct Themes {
    current: ArcSwap<Theme>,
    looked: Mutex<Stamp>,
    problem: ArcSwap<Option<Problem>>,
}

/// Why the operator's theme is not in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// When it was found.
    pub at: Time,
    /// What is wrong, for who writes the theme.
    pub text: String,
}

/// Names, times and sizes of the operator's files: when these stay the content does.
type Stamp = BTreeMap<String, (u64, Option<std::time::SystemTime>)>;

impl Theme {
    /// The theme as it is built in.
    pub(crate) fn built_in(app: &App) -> Result<Theme, String> {
        Theme::new(app, read(Path::new(""), &Stamp::new())?)
    }

    /// A theme without anything: every page fails, and the desk says why.
    fn none(app: &App) -> Theme {
        Theme { environment: environment(app.messages.clone()), files: BTreeMap::new(), hash: "none".into() }
    }

    fn new(app: &App, files: BTreeMap<String, Bytes>) -> Result<Theme, String> {
        let mut environment = environment(app.messages.clone());
        environment.set_formatter(format);
        let mut digest = Sha256::new();
        for (name, bytes) in &files {
            if is_template(name) {
                let text = std::str::from_utf8(bytes).map_err(|_| format!("{name}: is not UTF-8"))?;
                environment.add_template_owned(name.clone(), text.to_owned()).map_err(|e| format!("{name}: {e:#}"))?;
            } else {
                digest.update(name.as_bytes());
                digest.update((bytes.len() as u64).to_le_bytes());
                digest.update(bytes);
            }
        }
        let hash = hex::encode(&digest.finalize()[..6]);
        let theme = Theme { environment, files, hash };
        views::render_samples(&theme)?;
        Ok(theme)
    }

    /// Renders a template with its context.
    ///
    /// # Errors
    /// A sentence that names template and line.
    pub fn render(&self, template: &str, context: minijinja::Value) -> Result<String, String> {
        let render = || self.environment.get_template(template)?.render(context);
        render().map_err(|e| format!("{template}: {e:#}"))
    }

    /// Address below which its files are served.
    pub fn url(&self) -> String {
        format!("/assets/{}", self.hash)
    }

    /// A file that is served as it is; `current` says whether the address names this very content.
    pub fn file(&self, hash: &str, name: &str) -> Option<(Bytes, bool)> {
        let bytes = self.files.get(name).filter(|_| !is_template(name))?;
        Some((bytes.clone(), hash == self.hash))
    }
}

impl Themes {
    /// The built-in theme with the operator's files over it.
    pub fn load(app: &App) -> Themes {
        let themes = Themes {
            // A test renders every template of the built-in one.
            current: ArcSwap::from_pointee(Theme::built_in(app).unwrap_or_else(|error| {
                tracing::error!(error, "the built-in theme cannot be read");
                Theme::none(app)
            })),
            looked: Mutex::default(),
            problem: ArcSwap::from_pointee(None),
        };
        themes.look_now(app);
        themes
    }

    /// The theme in use.
    pub fn current(&self) -> Arc<Theme> {
        self.current.load_full()
    }

    /// Why the operator's theme is not in use, if it is not.
    pub fn problem(&self) -> Option<Problem> {
        self.problem.load().as_ref().clone()
    }

    /// Names of the operator's files as they were last looked at.
    pub fn own_files(&self) -> Vec<String> {
        self.looked.lock().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect()
    }

    /// Looks whether the operator's files changed and takes them if they are right. True if the theme is another now.
    pub fn look_now(&self, app: &App) -> bool {
        let folder = app.data.theme();
        let stamp = stamp(&folder);
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if *looked == stamp {
            return false;
        }
        *looked = stamp;
        match read(&folder, &looked).and_then(|files| Theme::new(app, files)) {
            Ok(theme) => {
                self.problem.store(Arc::new(None));
                self.current.store(Arc::new(theme));
                true
            }
            Err(text) => {
                tracing::error!(text, "the theme is broken; readers keep the last good one");
                self.problem.store(Arc::new(Some(Problem { at: app.now(), text })));
                false
            }
        }
    }
}

/// Escapes what HTML needs escaped, and no more: the engine's own way turns each slash of an address into six bytes.
fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    let text = match (state.auto_escape(), value.as_str()) {
        (AutoEscape::Html, Some(text)) if !value.is_safe() => text,
        _ => return escape_formatter(out, state, value),
    };
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (before, from) = rest.split_at(at);
        out.write_str(before)?;
        let (escaped, after) = match from.as_bytes().first() {
            Some(b'&') => ("&amp;", &from[1..]),
            Some(b'<') => ("&lt;", &from[1..]),
            Some(b'>') => ("&gt;", &from[1..]),
            Some(b'"') => ("&quot;", &from[1..]),
            _ => ("&#39;", &from[1..]),
        };
        out.write_str(escaped)?;
        rest = after;
    }
    out.write_str(rest)?;
    Ok(())
}

fn is_template(name: &str) -> bool {
    name.ends_with(".html") || name.ends_with(".xml")
}

/// All files below the theme's folder, two levels deep.
fn stamp(folder: &Path) -> Stamp {
    let mut found = Stamp::new();
    let mut look = |folder: &Path, before: &str| -> Vec<String> {
        let mut folders = Vec::new();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let (Ok(name), Ok(meta)) = (entry.file_name().into_string(), fs::metadata(entry.path())) else { continue };
            if name.starts_with('.') || found.len() >= MOST {
                continue;
            }
            if meta.is_dir() {
                folders.push(name);
            } else {
                found.insert(format!("{before}{name}"), (meta.len(), meta.modified().ok()));
            }
        }
        folders
    };
    for below in look(folder, "") {
        look(&folder.join(&below), &format!("{below}/"));
    }
    found
}

fn read(folder: &Path, stamp: &Stamp) -> Result<BTreeMap<String, Bytes>, String> {
    let mut files: BTreeMap<String, Bytes> =
        BUILT_IN.iter().chain(SCRIPTS).map(|(name, bytes)| ((*name).to_owned(), Bytes::from_static(bytes))).collect();
    for (name, (size, _)) in stamp {
        if *size > LARGEST {
            return Err(format!("{name}: is larger than {LARGEST} bytes"));
        }
        let bytes = fs::read(folder.join(name)).map_err(|e| format!("{name}: {e}"))?;
        files.insert(name.clone(), bytes.into());
    }
    Ok(files)
}
