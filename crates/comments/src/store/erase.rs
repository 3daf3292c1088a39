//! Erasing: what a reader wrote goes, and all that tells who they were. The places of their comments stay where others
//! answered.

use onrecord_base::{Conn, Result, Time, args};

use super::{comments, reports};
use crate::comment::{Comment, Queue, State, Why};
use crate::mails;

/// Takes a comment out for its writer: nothing of its text or name is left. Where nobody ever answered it, it goes
/// altogether.
///
/// # Errors
/// As [`Conn::query`].
pub fn comment(conn: &mut Conn<'_>, comment: &Comment, state: State, now: Time) -> Result<()> {
    comments::stand(conn, comment, state, Why::None, Queue::Nowhere, now)?;
    // Whoever gave notice of it is told what became of it: nobody else will decide any more.
    mails::settle(conn, &comment.id, "removed", "", now)?;
    conn.execute(
        "UPDATE comments SET name = '', text = '', drove = '', reader_id = NULL, fingerprint = NULL, own_hash = NULL,
            address_key = NULL, score = 0, notify = 0, featured_at = NULL, edited_at = NULL WHERE id = $1",
        args![&comment.id],
    )
    .map(drop)
}

/// Erases a reader. Returns how many comments went.
///
/// # Errors
/// As [`Conn::query`].
pub fn reader(conn: &mut Conn<'_>, reader: &str, now: Time) -> Result<usize> {
    let mut count = 0;
    loop {
        let batch = comments::of_reader(conn, reader, 500)?;
        if batch.is_empty() {
            break;
        }
        count += batch.len();
        for one in &batch {
            comment(conn, one, State::Erased, now)?;
        }
    }
    conn.execute("DELETE FROM comment_respects WHERE by_key = $1", args![reader])?;
    conn.execute(
        "UPDATE comment_reports SET text = '', name = '', email = '', by_key = 'erased:' || id WHERE by_key IN ($1, $2)",
        args![reader, reports::notice_key(reader)],
    )?;
    conn.execute("DELETE FROM reader_sessions WHERE reader_id = $1", args![reader])?;
    conn.execute("DELETE FROM reader_links WHERE reader_id = $1", args![reader])?;
    conn.execute("DELETE FROM reader_passkeys WHERE reader_id = $1", args![reader])?;
    conn.execute("DELETE FROM reader_challenges WHERE reader_id = $1", args![reader])?;
    conn.execute("DELETE FROM readers WHERE id = $1", args![reader])?;
    Ok(count)
}
