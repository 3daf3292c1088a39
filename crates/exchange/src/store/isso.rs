//! Isso's own database file, read only.

use std::path::Path;

use onrecord_base::Time;
use onrecord_comments::text;
use rusqlite::{Connection, OpenFlags};

use crate::comments::{Elsewhere, Found, Source};

/// Comments of a file: more than any site has.
const MOST: i64 = 5_000_000;

/// Reads the comments of an Isso database.
///
/// # Errors
/// A sentence that says why it cannot be read.
pub(crate) fn comments(path: &Path) -> Result<Found, String> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| e.to_string())?;
    let read = || -> rusqlite::Result<Vec<Elsewhere>> {
        // mode: 1 shown, 2 waits, 4 deleted but answered.
        let mut statement = connection.prepare(
            "SELECT c.id, c.parent, t.uri, c.author, c.created, c.mode, c.text, c.likes - c.dislikes
             FROM comments c JOIN threads t ON t.id = c.tid ORDER BY c.id LIMIT ?1",
        )?;
        let rows = statement.query_map([MOST], |row| {
            let mode: i64 = row.get(5)?;
            let created: f64 = row.get(4)?;
            Ok(Elsewhere {
                key: row.get::<_, i64>(0)?.to_string(),
                parent: row.get::<_, Option<i64>>(1)?.map_or_else(String::new, |parent| parent.to_string()),
                address: row.get(2)?,
                name: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
                at: Some(Time::from_millis((created * 1000.0) as i64)),
                shown: mode == 1,
                deleted: mode == 4,
                respect: row.get::<_, Option<i64>>(7)?.unwrap_or_default(),
                text: text::text(&row.get::<_, Option<String>>(6)?.unwrap_or_default()),
            })
        })?;
        rows.collect()
    };
    let comments = read().map_err(|e| format!("this is no database of Isso: {e}"))?;
    Ok(Found { source: Source::Isso, comments, left_out: 0 })
}
