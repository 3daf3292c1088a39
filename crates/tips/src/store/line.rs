//! The line's settings.

use onrecord_base::{Conn, Error, Random, Result, args};

use crate::{Day, Line};

/// The line, if its key is known.
///
/// # Errors
/// As [`Conn::query`].
pub fn load(conn: &mut Conn<'_>) -> Result<Option<Line>> {
    let Some(value) = value(conn, "line")? else { return Ok(None) };
    serde_json::from_str(&value).map(Some).map_err(|e| Error::internal(format!("the tip line's settings: {e}")))
}

/// Keeps the line.
///
/// # Errors
/// As [`Conn::query`].
pub fn save(conn: &mut Conn<'_>, line: &Line) -> Result<()> {
    let value = serde_json::to_string(line).map_err(|e| Error::internal(e.to_string()))?;
    conn.execute(
        "INSERT INTO tip_settings (name, value) VALUES ('line', $1)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        args![value],
    )
    .map(drop)
}

/// The secret of the proofs of work; made when it is first asked for.
///
/// # Errors
/// As [`Conn::query`].
pub fn work_key(conn: &mut Conn<'_>, random: &Random) -> Result<[u8; 32]> {
    conn.execute(
        "INSERT INTO tip_settings (name, value) VALUES ('work', $1) ON CONFLICT (name) DO NOTHING",
        args![random.token()],
    )?;
    let kept = value(conn, "work")?.and_then(|text| hex::decode(text).ok()?.try_into().ok());
    kept.ok_or_else(|| Error::internal("the key of the proofs of work was not kept"))
}

pub(super) fn value(conn: &mut Conn<'_>, name: &str) -> Result<Option<String>> {
    let row = conn.one("SELECT value FROM tip_settings WHERE name = $1", args![name])?;
    row.map(|row| row.get("value")).transpose()
}

/// The day up to which nothing tells an order any more.
///
/// # Errors
/// As [`Conn::query`].
pub fn mixed(conn: &mut Conn<'_>) -> Result<Day> {
    Ok(value(conn, "mixed")?.and_then(|text| text.parse().ok()).map_or(Day::new(-1), Day::new))
}

/// Keeps that day.
///
/// # Errors
/// As [`Conn::query`].
pub fn save_mixed(conn: &mut Conn<'_>, day: Day) -> Result<()> {
    conn.execute(
        "INSERT INTO tip_settings (name, value) VALUES ('mixed', $1)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        args![day.number().to_string()],
    )
    .map(drop)
}

/// Forgets the line and its secrets.
///
/// # Errors
/// As [`Conn::query`].
pub fn remove(conn: &mut Conn<'_>) -> Result<()> {
    conn.execute("DELETE FROM tip_settings", &[]).map(drop)
}
