//! Trials: two rankers side by side.

use onrecord_base::{Conn, Result, Row, Time, args};

use crate::{ranker::Ranker, trial::Trial};

/// The open trial, if there is one.
///
/// # Errors
/// As [`Conn::query`].
pub fn open(conn: &mut Conn<'_>) -> Result<Option<Trial>> {
    let sql = "SELECT id, first_ranker, second_ranker, began_at, ended_at FROM next_trials WHERE ended_at IS NULL
         ORDER BY began_at DESC, id LIMIT 1";
    Ok(conn.one(sql, &[])?.map(|row| read(&row)).transpose()?.flatten())
}

/// Begins a trial; one that is open ends.
///
/// # Errors
/// As [`Conn::query`].
pub fn begin(conn: &mut Conn<'_>, id: &str, rankers: [Ranker; 2], by: &str, now: Time) -> Result<()> {
    conn.execute("UPDATE next_trials SET ended_at = $1 WHERE ended_at IS NULL", args![now])?;
    conn.execute(
        "INSERT INTO next_trials (id, first_ranker, second_ranker, began_at, began_by) VALUES ($1, $2, $3, $4, $5)",
        args![id, rankers[0].name(), rankers[1].name(), now, by],
    )?;
    conn.changed_each([("next", "settings"), ("next", "everywhere")], now)
}

/// Ends the open trial.
///
/// # Errors
/// As [`Conn::query`].
pub fn end(conn: &mut Conn<'_>, now: Time) -> Result<()> {
    conn.execute("UPDATE next_trials SET ended_at = $1 WHERE ended_at IS NULL", args![now])?;
    conn.changed_each([("next", "settings"), ("next", "everywhere")], now)
}

fn read(row: &Row) -> Result<Option<Trial>> {
    let ranker = |column: &str| -> Result<Option<Ranker>> { Ok(Ranker::parse(&row.get::<String>(column)?)) };
    let (Some(first), Some(second)) = (ranker("first_ranker")?, ranker("second_ranker")?) else { return Ok(None) };
    Ok(Some(Trial { id: row.get("id")?, rankers: [first, second], began_at: row.get("began_at")? }))
}
