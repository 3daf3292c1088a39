//! The counts: how often something was shown, clicked, read. Written as sums of many readers, and let go after a month.

use onrecord_base::{Conn, Result, Time, args, db::Value};

use crate::model::Count;

/// Hours that the ranking looks back; at its longer half-life nearly nothing is left of what is older.
pub const HOURS: i64 = 14 * 24;
/// Days for which counts are kept: as long as a trial of two rankers may last.
pub const DAYS: i64 = 30;
/// Reads from one story to another below which the pair is neither used nor shown: a handful of people could be one.
pub const FEWEST: i64 = 5;
/// Pairs that the model holds.
const PAIRS: i64 = 200_000;

/// What is to be added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// Story, variant, place, shown, clicked.
    pub places: Vec<(String, String, i64, i64, i64)>,
    /// From, to, reads; from is empty for a page view from elsewhere.
    pub reads: Vec<(String, String, i64)>,
}

/// Adds sums.
///
/// # Errors
/// As [`Conn::query`].
pub fn add(conn: &mut Conn<'_>, sums: &Sums, now: Time) -> Result<()> {
    let (hour, day) = (hour(now), day(now));
    let places: Vec<Vec<Value>> = sums
        .places
        .iter()
        .map(|(story, variant, place, shown, clicked)| args![hour, story, variant, *place, *shown, *clicked].to_vec())
        .collect();
    conn.execute_each(
        "INSERT INTO next_counts (hour, story_id, variant, position, shown, clicked) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (hour, story_id, variant, position) DO UPDATE SET
            shown = next_counts.shown + excluded.shown, clicked = next_counts.clicked + excluded.clicked",
        &places,
    )?;
    let reads: Vec<Vec<Value>> =
        sums.reads.iter().map(|(from, to, reads)| args![day, from, to, *reads].to_vec()).collect();
    conn.execute_each(
        "INSERT INTO next_reads (day, from_id, to_id, reads) VALUES ($1, $2, $3, $4)
         ON CONFLICT (day, from_id, to_id) DO UPDATE SET reads = next_reads.reads + excluded.reads",
        &reads,
    )
}

/// The counts of an hour and all after it.
///
/// # Errors
/// As [`Conn::query`].
pub fn since(conn: &mut Conn<'_>, hour: i64) -> Result<Vec<Count>> {
    conn.query(
        "SELECT hour, story_id, variant, position, shown, clicked FROM next_counts WHERE hour >= $1
         ORDER BY hour, story_id, variant, position",
        args![hour],
    )?
    .iter()
    .map(|row| {
        Ok(Count {
            hour: row.get("hour")?,
            story: row.get("story_id")?,
            variant: row.get("variant")?,
            position: row.get("position")?,
            shown: row.get("shown")?,
            clicked: row.get("clicked")?,
        })
    })
    .collect()
}

/// How often readers went from one story to another: only pairs with [`FEWEST`] reads and more ever leave the database.
///
/// # Errors
/// As [`Conn::query`].
pub fn pairs(conn: &mut Conn<'_>) -> Result<Vec<(String, String, i64)>> {
    conn.query(
        "SELECT from_id, to_id, CAST(sum(reads) AS BIGINT) AS n FROM next_reads WHERE from_id <> ''
         GROUP BY from_id, to_id HAVING CAST(sum(reads) AS BIGINT) >= $1 ORDER BY 3 DESC, from_id, to_id LIMIT $2",
        args![FEWEST, PAIRS],
    )?
    .iter()
    .map(|row| Ok((row.get("from_id")?, row.get("to_id")?, row.get("n")?)))
    .collect()
}

/// Where readers went most from a story, of the pairs that may be shown.
///
/// # Errors
/// As [`Conn::query`].
pub fn pairs_from(conn: &mut Conn<'_>, story: &str, most: i64) -> Result<Vec<(String, i64)>> {
    conn.query(
        "SELECT to_id, CAST(sum(reads) AS BIGINT) AS n FROM next_reads WHERE from_id = $1
         GROUP BY to_id HAVING CAST(sum(reads) AS BIGINT) >= $2 ORDER BY 2 DESC, to_id LIMIT $3",
        args![story, FEWEST, most],
    )?
    .iter()
    .map(|row| Ok((row.get("to_id")?, row.get("n")?)))
    .collect()
}

/// Page views of a story, as far as they are kept. Ways from one story to another are not added: whoever came from another
/// story viewed this one too, and said so.
///
/// # Errors
/// As [`Conn::query`].
pub fn views(conn: &mut Conn<'_>, story: &str) -> Result<i64> {
    let sql = "SELECT CAST(coalesce(sum(reads), 0) AS BIGINT) AS n FROM next_reads WHERE from_id = '' AND to_id = $1";
    conn.one(sql, args![story])?.map_or(Ok(0), |row| row.get("n"))
}

/// What was shown and clicked of a variant, as far as it is kept: lists (what stood first was shown with each of them),
/// clicks.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_variant(conn: &mut Conn<'_>, variant: &str) -> Result<(i64, i64)> {
    let row = conn.one(
        "SELECT CAST(coalesce(sum(CASE WHEN position = 0 THEN shown ELSE 0 END), 0) AS BIGINT) AS lists,
            CAST(coalesce(sum(clicked), 0) AS BIGINT) AS clicks
         FROM next_counts WHERE variant = $1",
        args![variant],
    )?;
    row.map_or(Ok((0, 0)), |row| Ok((row.get("lists")?, row.get("clicks")?)))
}

/// Shown and clicked at each place, in the time that is kept.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_place(conn: &mut Conn<'_>) -> Result<Vec<(i64, i64, i64)>> {
    conn.query(
        "SELECT position, CAST(sum(shown) AS BIGINT) AS shown, CAST(sum(clicked) AS BIGINT) AS clicked
         FROM next_counts GROUP BY position ORDER BY position",
        &[],
    )?
    .iter()
    .map(|row| Ok((row.get("position")?, row.get("shown")?, row.get("clicked")?)))
    .collect()
}

/// Lets go of what is older than [`DAYS`].
///
/// # Errors
/// As [`Conn::query`].
pub fn forget(conn: &mut Conn<'_>, now: Time) -> Result<()> {
    conn.execute("DELETE FROM next_counts WHERE hour < $1", args![hour(now) - DAYS * 24])?;
    conn.execute("DELETE FROM next_reads WHERE day < $1", args![day(now) - DAYS]).map(drop)
}

/// The hour a time is in.
pub fn hour(time: Time) -> i64 {
    time.millis().div_euclid(3_600_000)
}

fn day(time: Time) -> i64 {
    time.millis().div_euclid(24 * 3_600_000)
}
