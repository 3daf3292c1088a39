//! The newsroom's settings: one typed value, kept as JSON under one name.

use serde::{Deserialize, Serialize};

use crate::{Conn, Result, Time, args};

pub mod pattern;

/// What a newsroom sets about itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The newsroom's name.
    pub name: String,
    /// A line under the name.
    pub tagline: String,
    /// Address of the logo under `/media/`, empty for the name in type.
    pub logo: String,
    /// The tip line's phone number as it is printed; empty for none.
    pub tip_phone: String,
    /// IANA time zone in which dates are printed.
    pub time_zone: String,
    /// BCP 47 tags the newsroom writes in; the first is the site's own.
    pub languages: Vec<String>,
    /// Pattern of a story's address: `{section}`, `{slug}`, `{year}`, `{month}`, `{day}`, `{id}`.
    pub url_pattern: String,
    /// The public address, such as `https://example.org`, without a closing slash.
    pub base_url: String,
    /// Addresses of proxies, besides those on this machine, whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
    /// Outgoing mail; none until it is set.
    pub smtp: Option<Smtp>,
    /// What a quotation without a source, or with other words than its source, does to publication.
    pub quotation_gate: Gate,
    /// What the house lets its reporters change in a quotation without a mark.
    pub quotation_profile: Rules,
    /// Whether stories that came with an import are held to the same as those written here.
    pub quotation_gate_imported: bool,
    /// What crawlers are asked to leave alone.
    pub crawlers: Crawlers,
    /// Addresses of WebSub hubs that are told of what is new.
    pub hubs: Vec<String>,
    /// What stands between readers and us and keeps pages; none until it is set.
    pub cdn: Option<Cdn>,
}

/// What crawlers are asked to leave alone (RFC 9309: asked, nothing keeps them from it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Crawlers {
    /// Nothing but the desk.
    #[default]
    All,
    /// Those that collect texts to train models with read nothing.
    NoTraining,
    /// Nor do those that fetch pages to answer questions with.
    NoAi,
}

impl Crawlers {
    /// All, the loosest first.
    pub const ALL: [Crawlers; 3] = [Crawlers::All, Crawlers::NoTraining, Crawlers::NoAi];

    /// As forms and JSON name it.
    pub fn name(self) -> &'static str {
        match self {
            Crawlers::All => "all",
            Crawlers::NoTraining => "no_training",
            Crawlers::NoAi => "no_ai",
        }
    }
}

/// A content delivery network that keeps pages until it is told to drop them.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Cdn {
    /// Where it takes the keys of what is to be dropped.
    pub purge_url: String,
    /// What it knows us by; never printed, never sent to a browser.
    pub token: String,
}

impl std::fmt::Debug for Cdn {
    /// Everything but the token, which must not stand in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cdn {{ {} }}", self.purge_url)
    }
}

/// What a quotation that is not on the record does to publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// Nothing.
    Off,
    /// Somebody must say that it is meant so.
    Warn,
    /// Somebody with the right to it must give a reason, which is kept.
    #[default]
    Block,
}

/// How closely a quotation keeps to its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rules {
    /// Only a marked ellipsis and [brackets] differ.
    Strict,
    /// Also the first letter's case, the punctuation at the end, and typographic marks.
    #[default]
    Standard,
    /// Also hesitations are left out.
    Light,
}

impl Gate {
    /// All, the loosest first.
    pub const ALL: [Gate; 3] = [Gate::Off, Gate::Warn, Gate::Block];

    /// As forms and JSON name it.
    pub fn name(self) -> &'static str {
        match self {
            Gate::Off => "off",
            Gate::Warn => "warn",
            Gate::Block => "block",
        }
    }
}

impl Rules {
    /// All, the closest first.
    pub const ALL: [Rules; 3] = [Rules::Strict, Rules::Standard, Rules::Light];

    /// As forms and JSON name it.
    pub fn name(self) -> &'static str {
        match self {
            Rules::Strict => "strict",
            Rules::Standard => "standard",
            Rules::Light => "light",
        }
    }
}

/// The newsroom's mail relay.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Smtp {
    /// Host name.
    pub host: String,
    /// Port, 587 with STARTTLS, 465 with TLS.
    pub port: u16,
    /// `tls`, `starttls` or `none` (loopback only).
    pub security: String,
    /// User name, empty for none.
    pub user: String,
    /// Password; never printed, never sent to a browser.
    pub password: String,
    /// Sender of the newsroom's mail.
    pub from: String,
}

impl std::fmt::Debug for Smtp {
    /// Everything but the password, which must not stand in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Smtp { host, port, security, user, from, .. } = self;
        write!(f, "Smtp {{ {security} {user:?} at {host}:{port}, from {from} }}")
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            name: "Onrecord".into(),
            tagline: String::new(),
            logo: String::new(),
            tip_phone: String::new(),
            time_zone: "UTC".into(),
            languages: vec!["en".into()],
            url_pattern: "/{section}/{slug}".into(),
            base_url: "http://localhost:8080".into(),
            trusted_proxies: Vec::new(),
            smtp: None,
            quotation_gate: Gate::default(),
            quotation_profile: Rules::default(),
            quotation_gate_imported: false,
            crawlers: Crawlers::default(),
            hubs: Vec::new(),
            cdn: None,
        }
    }
}

impl Settings {
    /// The time zone, UTC if the name is not known on this machine.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.time_zone).unwrap_or(jiff::tz::TimeZone::UTC)
    }

    /// The site's own language.
    pub fn language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }
}

/// The settings as they stand; defaults where nothing was set.
///
/// # Errors
/// As [`Conn::query`].
pub fn load(conn: &mut Conn<'_>) -> Result<Settings> {
    match conn.one("SELECT value FROM settings WHERE name = 'site'", &[])? {
        Some(row) => serde_json::from_str(&row.get::<String>("value")?)
            .map_err(|e| crate::Error::internal(format!("settings cannot be read: {e}"))),
        None => Ok(Settings::default()),
    }
}

/// Keeps the settings and logs the change, since every public page shows some of them.
///
/// # Errors
/// As [`Conn::query`].
pub fn save(conn: &mut Conn<'_>, settings: &Settings, now: Time) -> Result<()> {
    let value = serde_json::to_string(settings).map_err(|e| crate::Error::internal(e.to_string()))?;
    conn.execute(
        "INSERT INTO settings (name, value, updated_at) VALUES ('site', $1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
        args![value, now],
    )?;
    conn.changed("settings", "site", now)
}
