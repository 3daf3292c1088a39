//! Messages: sealed envelopes, their heads here and their bodies in files.

use onrecord_base::{Conn, Error, Result, Row, args};

use crate::{Day, Kind, Message, Series};

const COLUMNS: &str = "tip_id, sequence, kind, by_id, day, size, file";

/// Keeps a message, whose body lies in its file already.
///
/// # Errors
/// As [`Conn::query`].
pub fn add(conn: &mut Conn<'_>, message: &Message, head: Vec<u8>) -> Result<()> {
    conn.execute(
        "INSERT INTO tip_messages (tip_id, sequence, kind, by_id, day, head, size, file)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            &message.tip_id,
            message.sequence,
            message.kind.name(),
            message.by_id.clone(),
            message.day,
            head,
            message.size,
            &message.file,
        ],
    )
    .map(drop)
}

/// The messages of a thread, in the order in which they were written.
///
/// # Errors
/// As [`Conn::query`].
pub fn of(conn: &mut Conn<'_>, tip: &str) -> Result<Vec<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM tip_messages WHERE tip_id = $1");
    let mut found = conn.query(&sql, args![tip])?.iter().map(read).collect::<Result<Vec<Message>>>()?;
    found.sort_by_key(|message| Series::order(message.sequence));
    Ok(found)
}

/// One message.
///
/// # Errors
/// `Error::NotFound` if there is none.
pub fn find(conn: &mut Conn<'_>, tip: &str, sequence: i64) -> Result<Message> {
    let sql = format!("SELECT {COLUMNS} FROM tip_messages WHERE tip_id = $1 AND sequence = $2");
    conn.one(&sql, args![tip, sequence])?.as_ref().map(read).transpose()?.ok_or(Error::NotFound)
}

/// The head of a message.
///
/// # Errors
/// `Error::NotFound` if there is none.
pub fn head(conn: &mut Conn<'_>, tip: &str, sequence: i64) -> Result<Vec<u8>> {
    let sql = "SELECT head FROM tip_messages WHERE tip_id = $1 AND sequence = $2";
    conn.one(sql, args![tip, sequence])?.ok_or(Error::NotFound)?.get("head")
}

/// Writes zeros over the heads of a thread: with them go the keys of the bodies.
///
/// # Errors
/// As [`Conn::query`].
pub fn overwrite(conn: &mut Conn<'_>, tip: &str) -> Result<()> {
    for message in of(conn, tip)? {
        let length = head(conn, tip, message.sequence)?.len();
        conn.execute(
            "UPDATE tip_messages SET head = $3 WHERE tip_id = $1 AND sequence = $2",
            args![tip, message.sequence, vec![0u8; length]],
        )?;
    }
    Ok(())
}

/// Removes the messages of a thread; returns their files.
///
/// # Errors
/// As [`Conn::query`].
pub fn remove(conn: &mut Conn<'_>, tip: &str) -> Result<Vec<String>> {
    let files = of(conn, tip)?.into_iter().map(|message| message.file).collect();
    conn.execute("DELETE FROM tip_messages WHERE tip_id = $1", args![tip])?;
    Ok(files)
}

/// Whether a file belongs to a message.
///
/// # Errors
/// As [`Conn::query`].
pub fn knows_file(conn: &mut Conn<'_>, file: &str) -> Result<bool> {
    Ok(conn.one("SELECT 1 AS one FROM tip_messages WHERE file = $1", args![file])?.is_some())
}

/// Names of all files, with their sizes: for the doctor.
///
/// # Errors
/// As [`Conn::query`].
pub fn all_files(conn: &mut Conn<'_>) -> Result<Vec<(String, i64)>> {
    let rows = conn.query("SELECT file, size FROM tip_messages ORDER BY file", &[])?;
    rows.iter().map(|row| Ok((row.get("file")?, row.get("size")?))).collect()
}

/// Files of messages that came after the first day and before the second, with their days; in the order of their names,
/// which chance made.
///
/// # Errors
/// As [`Conn::query`].
pub fn files_of_days(conn: &mut Conn<'_>, after: Day, before: Day) -> Result<Vec<(String, Day)>> {
    let sql = "SELECT file, day FROM tip_messages WHERE day > $1 AND day < $2 ORDER BY file";
    conn.query(sql, args![after, before])?.iter().map(|row| Ok((row.get("file")?, row.get("day")?))).collect()
}

fn read(row: &Row) -> Result<Message> {
    let kind: String = row.get("kind")?;
    Ok(Message {
        tip_id: row.get("tip_id")?,
        sequence: row.get("sequence")?,
        kind: Kind::parse(&kind).ok_or_else(|| Error::internal(format!("no such message: {kind}")))?,
        by_id: row.get("by_id")?,
        day: row.get("day")?,
        size: row.get("size")?,
        file: row.get("file")?,
    })
}
