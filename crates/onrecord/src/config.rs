//! Where the newsroom is and how it is served: flags, then environment variables, then `onrecord.toml`, then defaults.

use std::path::PathBuf;

use onrecord_base::{DataDir, Target};
use serde::Deserialize;

use crate::failure::Failure;

/// Name of the configuration file in the data folder.
pub const FILE: &str = "onrecord.toml";
/// Memory for rendered pages: about 4,000 stories in three encodings, small beside any machine of today.
pub const CACHE_BUDGET: u64 = 64 * 1024 * 1024;
/// Where `serve` listens unless told otherwise: this machine only, since a proxy stands in front.
pub const LISTEN: &str = "127.0.0.1:8080";

/// The configuration file's content. Unknown keys are refused, so that a misspelt one is not silently ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// PostgreSQL address; the embedded database if absent.
    pub database: Option<String>,
    /// Address and port to serve on.
    pub listen: Option<String>,
    /// Memory for rendered pages: bytes, or text such as "16M".
    #[serde(default, deserialize_with = "budget")]
    pub cache_budget: Option<u64>,
    /// A folder of recordings for the tip line.
    pub tip_recordings: Option<PathBuf>,
    /// A maildir of tips.
    pub tip_maildir: Option<PathBuf>,
}

/// A number, or what the flag takes.
fn budget<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u64),
        Text(String),
    }
    match Either::deserialize(from) {
        Ok(Either::Number(number)) => Ok(Some(number)),
        Ok(Either::Text(text)) => bytes(&text).map(Some).map_err(serde::de::Error::custom),
        Err(_) => Err(serde::de::Error::custom("cache_budget takes a number of bytes, or text such as \"16M\"")),
    }
}

/// A number of bytes as people write it.
///
/// # Errors
/// With a sentence, for what is none.
pub fn bytes(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(['k', 'K', 'm', 'M', 'g', 'G']);
    let unit: u64 = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" => 1,
        "K" => 1 << 10,
        "M" => 1 << 20,
        "G" => 1 << 30,
        _ => return Err("write a number of bytes, such as 16M".into()),
    };
    digits
        .parse::<u64>()
        .ok()
        .and_then(|n| n.checked_mul(unit))
        .ok_or_else(|| "write a number of bytes, such as 16M".into())
}

/// Flags that every command takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Global {
    /// The newsroom's folder.
    #[arg(long, global = true, env = "ONRECORD_DATA", value_name = "DIR", default_value = "onrecord-data")]
    pub data: PathBuf,
    /// A PostgreSQL address, such as postgres://user@host/name; the embedded database if absent.
    #[arg(long, global = true, env = "ONRECORD_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
}

/// What the flags, the environment and the file amount to.
pub struct Config {
    /// The newsroom's folder.
    pub data: DataDir,
    /// Its database.
    pub target: Target,
    /// The file's other values.
    pub file: File,
}

impl Global {
    /// Reads the configuration file, if there is one, and puts it behind the flags.
    ///
    /// # Errors
    /// If the file cannot be read or understood.
    pub fn config(&self) -> Result<Config, Failure> {
        let data = DataDir::new(&self.data);
        let path = self.data.join(FILE);
        let file = match std::fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|e| {
                let at = e.span().map_or(0, |span| span.start);
                let line = 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
                Failure::new(format!("{}, line {line}, cannot be understood: {}", path.display(), e.message()))
            })?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => File::default(),
            Err(e) if e.kind() == std::io::ErrorKind::NotADirectory => {
                return Err(Failure::new(format!(
                    "{} is a file, or below one; a newsroom is a folder",
                    self.data.display()
                )));
            }
            Err(e) => return Err(Failure::new(format!("{} cannot be read: {e}", path.display()))),
        };
        let database = self.database.clone().or_else(|| file.database.clone());
        let target = match database {
            Some(url) if url.starts_with("postgres:") || url.starts_with("postgresql:") || url.contains("host=") => {
                Target::Postgres(url)
            }
            Some(other) => {
                // Not repeated here: it may hold a password.
                let scheme = other.split_once(':').map_or("", |(scheme, _)| scheme);
                return Err(Failure::new(match scheme {
                    "" => "--database takes a PostgreSQL address, such as postgres://user@host/name".to_owned(),
                    _ => format!(
                        "--database takes a PostgreSQL address, such as postgres://user@host/name, not {scheme}:"
                    ),
                }));
            }
            None => Target::Sqlite(data.database()),
        };
        Ok(Config { data, target, file })
    }
}
