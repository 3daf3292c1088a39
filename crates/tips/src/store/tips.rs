//! Threads.

use onrecord_base::{Conn, Error, Result, Row, args};
use onrecord_sealed::Lookup;

use crate::{
    Channel, Day, Kind, Series, State, Tip,
    tip::{INSIDE, MOST_MESSAGES},
};

const COLUMNS: &str = "t.id, t.desk_id, t.channel, t.state, t.assigned_to, t.first_day, t.last_day, t.unread,
    t.next_sequence, t.inside, t.closed_day, t.erase_day";
/// Threads of one page of the list.
pub const PAGE: i64 = 100;
/// Threads erased by one run of the round: each is written over and the files scanned through.
const BATCH: i64 = 200;

/// What is kept of the value that a codename gives.
fn lookup_hash(lookup: &Lookup) -> String {
    hex::encode(lookup.hash())
}

/// Keeps a new thread.
///
/// # Errors
/// As [`Conn::query`].
pub fn add(conn: &mut Conn<'_>, tip: &Tip, lookup: Option<&Lookup>) -> Result<()> {
    conn.execute(
        "INSERT INTO tips (id, desk_id, channel, state, assigned_to, lookup_hash, first_day, last_day, unread,
            next_sequence, inside, closed_day, erase_day)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        args![
            &tip.id,
            &tip.desk_id,
            tip.channel.name(),
            tip.state.name(),
            tip.assigned_to.clone(),
            lookup.map(lookup_hash),
            tip.first_day,
            tip.last_day,
            i64::from(tip.unread),
            tip.next_sequence,
            tip.inside,
            tip.closed_day,
            tip.erase_day,
        ],
    )
    .map(drop)
}

/// Keeps how a thread stands now.
///
/// # Errors
/// As [`Conn::query`].
pub fn save(conn: &mut Conn<'_>, tip: &Tip) -> Result<()> {
    conn.execute(
        "UPDATE tips SET state = $2, assigned_to = $3, last_day = $4, unread = $5, closed_day = $6, erase_day = $7
         WHERE id = $1",
        args![
            &tip.id,
            tip.state.name(),
            tip.assigned_to.clone(),
            tip.last_day,
            i64::from(tip.unread),
            tip.closed_day,
            tip.erase_day,
        ],
    )
    .map(drop)
}

/// Somebody at the desk has seen it as far as this message. What came since stays unread, and nothing else is touched: it may
/// have been closed meanwhile, or given to somebody.
///
/// # Errors
/// As [`Conn::query`].
pub fn mark_read(conn: &mut Conn<'_>, id: &str, next: i64) -> Result<()> {
    conn.execute("UPDATE tips SET unread = 0 WHERE id = $1 AND next_sequence = $2", args![id, next]).map(drop)
}

/// The thread of an id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Tip>> {
    conn.one(&format!("SELECT {COLUMNS} FROM tips t WHERE t.id = $1"), args![id])?.as_ref().map(read).transpose()
}

/// The thread of an id, if it is for a desk that this person is at.
///
/// # Errors
/// `Error::NotFound` otherwise.
pub fn for_staff(conn: &mut Conn<'_>, id: &str, staff: &str) -> Result<Tip> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tips t JOIN tip_desk_members m ON m.desk_id = t.desk_id AND m.staff_id = $2
         WHERE t.id = $1"
    );
    conn.one(&sql, args![id, staff])?.as_ref().map(read).transpose()?.ok_or(Error::NotFound)
}

/// The thread behind a codename.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_lookup(conn: &mut Conn<'_>, lookup: &Lookup) -> Result<Option<Tip>> {
    let sql = format!("SELECT {COLUMNS} FROM tips t WHERE t.lookup_hash = $1");
    conn.one(&sql, args![lookup_hash(lookup)])?.as_ref().map(read).transpose()
}

/// The newest threads in a state, of the desks that this person is at.
///
/// # Errors
/// As [`Conn::query`].
pub fn list(conn: &mut Conn<'_>, staff: &str, state: State, desk: Option<&str>, skip: i64) -> Result<Vec<Tip>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tips t JOIN tip_desk_members m ON m.desk_id = t.desk_id AND m.staff_id = $1
         WHERE t.state = $2 AND ($3 = '' OR t.desk_id = $3)
         ORDER BY t.last_day DESC, t.id LIMIT $4 OFFSET $5"
    );
    let args = args![staff, state.name(), desk.unwrap_or_default(), PAGE, skip];
    conn.query(&sql, args)?.iter().map(read).collect()
}

/// Threads for a person in each state, of all of their desks or one.
///
/// # Errors
/// As [`Conn::query`].
pub fn counts(conn: &mut Conn<'_>, staff: &str, desk: Option<&str>) -> Result<Vec<(State, i64)>> {
    let rows = conn.query(
        "SELECT t.state, count(*) AS n FROM tips t JOIN tip_desk_members m ON m.desk_id = t.desk_id AND m.staff_id = $1
         WHERE $2 = '' OR t.desk_id = $2 GROUP BY t.state",
        args![staff, desk.unwrap_or_default()],
    )?;
    let mut counts: Vec<(State, i64)> = State::ALL.iter().map(|state| (*state, 0)).collect();
    for row in rows {
        let state = State::parse(&row.get::<String>("state")?);
        if let Some(entry) = counts.iter_mut().find(|entry| Some(entry.0) == state) {
            entry.1 = row.get("n")?;
        }
    }
    Ok(counts)
}

/// Threads in which the source has written something that nobody has opened: desk, id, and how far the thread has come.
///
/// # Errors
/// As [`Conn::query`].
pub fn unread(conn: &mut Conn<'_>) -> Result<Vec<(String, String, i64)>> {
    let rows = conn.query("SELECT desk_id, id, next_sequence FROM tips WHERE unread <> 0 ORDER BY desk_id, id", &[])?;
    rows.iter().map(|row| Ok((row.get("desk_id")?, row.get("id")?, row.get("next_sequence")?))).collect()
}

/// All threads, or those of one desk: for the command line.
///
/// # Errors
/// As [`Conn::query`].
pub fn all(conn: &mut Conn<'_>) -> Result<Vec<Tip>> {
    let sql = format!("SELECT {COLUMNS} FROM tips t ORDER BY t.last_day DESC, t.id");
    conn.query(&sql, &[])?.iter().map(read).collect()
}

/// Takes the next number of a thread for a message of that kind, if it is the expected one.
///
/// # Errors
/// `Error::Stale` if somebody else took it; `Error::Refused` if the thread is full.
pub fn number(conn: &mut Conn<'_>, id: &str, kind: Kind, expected: Option<i64>) -> Result<i64> {
    let (column, next) = match Series::of(kind) {
        Series::Shared => ("next_sequence", "next_sequence".to_owned()),
        Series::Inside => ("inside", format!("next_sequence * {INSIDE} + inside")),
    };
    let sql = format!(
        "UPDATE tips SET {column} = {column} + 1 WHERE id = $1 AND ({next} = $2 OR $2 < 0)
         RETURNING next_sequence, inside, {column} AS taken"
    );
    let row = conn.one(&sql, args![id, expected.unwrap_or(-1)])?.ok_or(Error::Stale)?;
    if row.get::<i64>("taken")? > MOST_MESSAGES {
        return Err(Error::refused("site-tips-error-thread-full"));
    }
    let next = Series::of(kind).next(row.get("next_sequence")?, row.get("inside")?);
    // As it stood before this one took its number.
    Ok(next - 1)
}

/// Threads whose day has come.
///
/// # Errors
/// As [`Conn::query`].
pub fn due(conn: &mut Conn<'_>, today: Day) -> Result<Vec<String>> {
    let sql = "SELECT id FROM tips WHERE erase_day <= $1 ORDER BY erase_day, id LIMIT $2";
    conn.query(sql, args![today, BATCH])?.iter().map(|row| row.get("id")).collect()
}

/// Removes a thread without its messages, which go first.
///
/// # Errors
/// As [`Conn::query`].
pub fn remove(conn: &mut Conn<'_>, id: &str) -> Result<()> {
    // What led to it goes by being written over too.
    conn.execute("UPDATE tips SET lookup_hash = NULL, assigned_to = NULL WHERE id = $1", args![id])?;
    conn.execute("DELETE FROM tips WHERE id = $1", args![id]).map(drop)
}

fn read(row: &Row) -> Result<Tip> {
    let (channel, state): (String, String) = (row.get("channel")?, row.get("state")?);
    let unknown = |what: &str| Error::internal(format!("no such {what} of a tip"));
    Ok(Tip {
        id: row.get("id")?,
        desk_id: row.get("desk_id")?,
        channel: Channel::parse(&channel).ok_or_else(|| unknown(&channel))?,
        state: State::parse(&state).ok_or_else(|| unknown(&state))?,
        assigned_to: row.get("assigned_to")?,
        first_day: row.get("first_day")?,
        last_day: row.get("last_day")?,
        unread: row.get::<i64>("unread")? != 0,
        next_sequence: row.get("next_sequence")?,
        inside: row.get("inside")?,
        closed_day: row.get("closed_day")?,
        erase_day: row.get("erase_day")?,
    })
}
