//! What a newsroom set, and the weights that were learned.

use onrecord_base::{Conn, Error, Result, Time, args};
use serde::{Serialize, de::DeserializeOwned};

use crate::{rank::learn::Learner, settings::Settings};

/// The settings; what they are by themselves while nobody has set them.
///
/// # Errors
/// As [`Conn::query`].
pub fn site(conn: &mut Conn<'_>) -> Result<Settings> {
    Ok(value(conn, "site")?.unwrap_or_default())
}

/// Keeps the settings; every page with a list shows some of them.
///
/// # Errors
/// As [`Conn::query`].
pub fn save(conn: &mut Conn<'_>, settings: &Settings, by: &str, now: Time) -> Result<()> {
    set(conn, "site", settings, Some(by), now)?;
    conn.changed_each([("next", "settings"), ("next", "everywhere")], now)
}

/// The weights that were learned, if any were.
///
/// # Errors
/// As [`Conn::query`].
pub fn learned(conn: &mut Conn<'_>) -> Result<Option<Learner>> {
    value(conn, "learned")
}

/// Keeps the weights that were learned.
///
/// # Errors
/// As [`Conn::query`].
pub fn keep_learned(conn: &mut Conn<'_>, learner: &Learner, now: Time) -> Result<()> {
    set(conn, "learned", learner, None, now)
}

fn value<T: DeserializeOwned>(conn: &mut Conn<'_>, name: &str) -> Result<Option<T>> {
    let Some(row) = conn.one("SELECT value FROM next_settings WHERE name = $1", args![name])? else { return Ok(None) };
    let value: String = row.get("value")?;
    serde_json::from_str(&value)
        .map(Some)
        .map_err(|e| Error::internal(format!("the settings of the next article cannot be read: {e}")))
}

fn set(conn: &mut Conn<'_>, name: &str, value: &impl Serialize, by: Option<&str>, now: Time) -> Result<()> {
    let value = serde_json::to_string(value).map_err(|e| Error::internal(e.to_string()))?;
    conn.execute(
        "INSERT INTO next_settings (name, value, updated_at, updated_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at,
            updated_by = excluded.updated_by",
        args![name, value, now, by],
    )
    .map(drop)
}
