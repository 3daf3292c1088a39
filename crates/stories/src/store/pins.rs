//! What the desk pins to the front, and in which order.

use onrecord_base::{Conn, Error, Result, Time, args};

/// The most pins: beyond a front's lead and seconds, order is by time.
pub const MOST: usize = 12;

/// Ids of the pinned stories, in order.
///
/// # Errors
/// As [`Conn::query`].
pub fn all(conn: &mut Conn<'_>) -> Result<Vec<String>> {
    conn.query("SELECT story_id FROM front_pins ORDER BY position, story_id", &[])?
        .iter()
        .map(|row| row.get("story_id"))
        .collect()
}

/// Pins a published story, above the others.
///
/// # Errors
/// `Error::Refused` if it is not published, is a page, or there are [`MOST`] already.
pub fn pin(conn: &mut Conn<'_>, story: &str, now: Time) -> Result<()> {
    let mut order = all(conn)?;
    if order.iter().any(|id| id == story) {
        return Ok(());
    }
    if order.len() >= MOST {
        return Err(Error::refused("stories-front-full"));
    }
    let row = conn.one("SELECT 1 AS n FROM publications WHERE story_id = $1 AND kind = 'story'", args![story])?;
    if row.is_none() {
        return Err(Error::refused("stories-not-published"));
    }
    order.insert(0, story.to_owned());
    write(conn, &order, now)
}

/// Takes a pin away.
///
/// # Errors
/// `Error::NotFound`.
pub fn unpin(conn: &mut Conn<'_>, story: &str, now: Time) -> Result<()> {
    let mut order = all(conn)?;
    let at = order.iter().position(|id| id == story).ok_or(Error::NotFound)?;
    order.remove(at);
    write(conn, &order, now)
}

/// Moves a pin one place.
///
/// # Errors
/// `Error::NotFound`.
pub fn shift(conn: &mut Conn<'_>, story: &str, up: bool, now: Time) -> Result<()> {
    let mut order = all(conn)?;
    let at = order.iter().position(|id| id == story).ok_or(Error::NotFound)?;
    match super::swap(&mut order, at, up) {
        true => write(conn, &order, now),
        false => Ok(()),
    }
}

fn write(conn: &mut Conn<'_>, order: &[String], now: Time) -> Result<()> {
    conn.execute("DELETE FROM front_pins", &[])?;
    for (position, story) in order.iter().enumerate() {
        conn.execute("INSERT INTO front_pins (story_id, position) VALUES ($1, $2)", args![story, position])?;
    }
    conn.changed("front", "pins", now)
}
