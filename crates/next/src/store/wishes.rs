//! What editors asked for: this one first, that one never after it, that one nowhere.

use onrecord_base::{Conn, Result, Time, args};

use crate::model::Wishes;

/// Wishes that are read: more is no longer a choice of editors.
const MOST: i64 = 20_000;

/// All wishes.
///
/// # Errors
/// As [`Conn::query`].
pub fn all(conn: &mut Conn<'_>) -> Result<Wishes> {
    let mut wishes = Wishes::default();
    for row in conn.query("SELECT story_id, target_id FROM next_pins ORDER BY at, target_id LIMIT $1", args![MOST])? {
        wishes.pins.entry(row.get("story_id")?).or_default().push(row.get("target_id")?);
    }
    for row in conn.query("SELECT story_id, target_id FROM next_excludes ORDER BY at LIMIT $1", args![MOST])? {
        wishes.excludes.entry(row.get("story_id")?).or_default().insert(row.get("target_id")?);
    }
    for row in conn.query("SELECT story_id FROM next_withheld ORDER BY at LIMIT $1", args![MOST])? {
        wishes.withheld.insert(row.get("story_id")?);
    }
    Ok(wishes)
}

/// What an editor wants of one story after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// It stands first.
    Pin,
    /// It never stands there.
    Exclude,
}

impl Wish {
    fn table(self) -> &'static str {
        match self {
            Wish::Pin => "next_pins",
            Wish::Exclude => "next_excludes",
        }
    }

    fn opposite(self) -> Wish {
        match self {
            Wish::Pin => Wish::Exclude,
            Wish::Exclude => Wish::Pin,
        }
    }
}

/// Keeps a wish, in the place of its opposite.
///
/// # Errors
/// As [`Conn::query`].
pub fn want(conn: &mut Conn<'_>, wish: Wish, story: &str, target: &str, by: &str, now: Time) -> Result<()> {
    take_back(conn, wish.opposite(), story, target)?;
    conn.execute(
        &format!(
            "INSERT INTO {} (story_id, target_id, at, by_id) VALUES ($1, $2, $3, $4)
             ON CONFLICT (story_id, target_id) DO NOTHING",
            wish.table()
        ),
        args![story, target, now, by],
    )?;
    changed(conn, story, now)
}

/// Takes both back.
///
/// # Errors
/// As [`Conn::query`].
pub fn release(conn: &mut Conn<'_>, story: &str, target: &str, now: Time) -> Result<()> {
    take_back(conn, Wish::Pin, story, target)?;
    take_back(conn, Wish::Exclude, story, target)?;
    changed(conn, story, now)
}

/// Recommends a story nowhere, or again.
///
/// # Errors
/// As [`Conn::query`].
pub fn withhold(conn: &mut Conn<'_>, story: &str, withheld: bool, by: &str, now: Time) -> Result<()> {
    match withheld {
        true => conn.execute(
            "INSERT INTO next_withheld (story_id, at, by_id) VALUES ($1, $2, $3) ON CONFLICT (story_id) DO NOTHING",
            args![story, now, by],
        ),
        false => conn.execute("DELETE FROM next_withheld WHERE story_id = $1", args![story]),
    }?;
    // Any page may show it.
    conn.changed_each([("next", "wishes"), ("next", "everywhere")], now)
}

/// Whether a story is recommended nowhere, and what stands first and never after it.
///
/// # Errors
/// As [`Conn::query`].
pub fn of(conn: &mut Conn<'_>, story: &str) -> Result<(bool, Vec<String>, Vec<String>)> {
    let withheld = conn.one("SELECT 1 AS x FROM next_withheld WHERE story_id = $1", args![story])?.is_some();
    let mut ids = |sql: &str| -> Result<Vec<String>> {
        conn.query(sql, args![story])?.iter().map(|row| row.get("target_id")).collect()
    };
    let pins = ids("SELECT target_id FROM next_pins WHERE story_id = $1 ORDER BY at, target_id")?;
    let excludes = ids("SELECT target_id FROM next_excludes WHERE story_id = $1 ORDER BY at, target_id")?;
    Ok((withheld, pins, excludes))
}

fn take_back(conn: &mut Conn<'_>, wish: Wish, story: &str, target: &str) -> Result<()> {
    let sql = format!("DELETE FROM {} WHERE story_id = $1 AND target_id = $2", wish.table());
    conn.execute(&sql, args![story, target]).map(drop)
}

fn changed(conn: &mut Conn<'_>, story: &str, now: Time) -> Result<()> {
    conn.changed_each([("next", "wishes"), ("next", story)], now)
}
