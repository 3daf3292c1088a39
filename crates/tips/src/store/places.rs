//! Where rows lie. A database puts what comes next behind what came before, so that the places of a day's rows in its file
//! tell their order, whatever their keys are. The nightly round puts them elsewhere, in an order that nobody knows.
//!
//! On SQLite the tables are kept by their random keys; what is written anew goes to the places that it left, mixed. On
//! PostgreSQL rows also name the transaction that wrote them: here they get one for all. Its log (`pg_wal`) keeps the order
//! until it is recycled.

use onrecord_base::{Conn, Random, Result, args};

use crate::Day;

/// Messages that are written anew in one transaction: their heads are in memory for that.
pub const BATCH: usize = 500;

/// A message's key.
pub type Key = (String, i64);

/// Keys of the messages of some days, after the first and before the second, in an order made by chance.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_days(conn: &mut Conn<'_>, after: Day, before: Day, random: &Random) -> Result<Vec<Key>> {
    let rows =
        conn.query("SELECT tip_id, sequence FROM tip_messages WHERE day > $1 AND day < $2", args![after, before])?;
    let mut keys = rows
        .iter()
        .map(|row| Ok((random.bytes::<16>(), (row.get("tip_id")?, row.get("sequence")?))))
        .collect::<Result<Vec<([u8; 16], Key)>>>()?;
    keys.sort_unstable();
    Ok(keys.into_iter().map(|(_, key)| key).collect())
}

/// Writes messages anew, in this order.
///
/// # Errors
/// As [`Conn::query`].
pub fn mix_messages(conn: &mut Conn<'_>, keys: &[Key]) -> Result<()> {
    if !conn.is_sqlite() {
        for (tip, sequence) in keys {
            // Joined with nothing it is a new value, which PostgreSQL stores anew.
            let sql = "UPDATE tip_messages SET head = head || ''::bytea WHERE tip_id = $1 AND sequence = $2";
            conn.execute(sql, args![tip, *sequence])?;
        }
        return Ok(());
    }
    conn.batch("CREATE TEMP TABLE tips_moving AS SELECT * FROM tip_messages WHERE 0")?;
    for (tip, sequence) in keys {
        let of = "tip_messages WHERE tip_id = $1 AND sequence = $2";
        conn.execute(&format!("INSERT INTO tips_moving SELECT * FROM {of}"), args![tip, *sequence])?;
    }
    // Taken out by key, put back by chance.
    conn.batch(
        "DELETE FROM tip_messages WHERE (tip_id, sequence) IN (SELECT tip_id, sequence FROM tips_moving);
         INSERT INTO tip_messages SELECT * FROM tips_moving ORDER BY random();
         DROP TABLE tips_moving",
    )
}

/// Writes the threads anew in which something came on some days, after the first and before the second.
///
/// # Errors
/// As [`Conn::query`].
pub fn mix_threads(conn: &mut Conn<'_>, after: Day, before: Day) -> Result<()> {
    if !conn.is_sqlite() {
        let sql = "WITH mixed AS MATERIALIZED (
                       SELECT id FROM tips WHERE last_day > $1 AND last_day < $2 ORDER BY random())
                   UPDATE tips SET unread = unread FROM mixed WHERE tips.id = mixed.id";
        return conn.execute(sql, args![after, before]).map(drop);
    }
    // Messages refer to them: that holds again at the end.
    conn.batch("PRAGMA defer_foreign_keys = ON; CREATE TEMP TABLE tips_moving AS SELECT * FROM tips WHERE 0")?;
    let moving = "INSERT INTO tips_moving SELECT * FROM tips WHERE last_day > $1 AND last_day < $2";
    conn.execute(moving, args![after, before])?;
    conn.batch(
        "DELETE FROM tips WHERE id IN (SELECT id FROM tips_moving);
         INSERT INTO tips SELECT * FROM tips_moving ORDER BY random();
         DROP TABLE tips_moving;
         PRAGMA defer_foreign_keys = OFF",
    )
}
