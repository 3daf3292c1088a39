//! Readers, their sessions and links. Only hashes of secrets are kept.

use onrecord_base::{Conn, Error, Result, Row, Time, args, token_hash};

use crate::reader::{LINK, Reader, SESSION, folded};

const COLUMNS: &str = "r.id, r.name, r.email, r.created_at, r.confirmed_at, r.notify_since, r.unsubscribe";
/// Sessions of one reader; the oldest end.
const SESSIONS: i64 = 20;

/// The reader with this address, made if there is none. A name that is known stays.
///
/// # Errors
/// As [`Conn::query`].
pub fn claim(conn: &mut Conn<'_>, new: &Reader) -> Result<Reader> {
    conn.execute(
        "INSERT INTO readers (id, name, email, email_folded, created_at, unsubscribe) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (email_folded) DO NOTHING",
        args![&new.id, &new.name, new.email.trim(), folded(&new.email), new.created_at, &new.unsubscribe],
    )?;
    let sql = format!("SELECT {COLUMNS} FROM readers r WHERE r.email_folded = $1");
    let row = conn.one(&sql, args![folded(&new.email)])?;
    row.as_ref().map(read).transpose()?.ok_or_else(|| Error::internal("a reader was not kept"))
}

/// Makes a reader who comes in by a passkey and gives no address.
///
/// # Errors
/// As [`Conn::query`].
pub fn join(conn: &mut Conn<'_>, new: &Reader) -> Result<()> {
    conn.execute(
        "INSERT INTO readers (id, name, email, email_folded, created_at, confirmed_at, unsubscribe)
         VALUES ($1, $2, '', $1, $3, $3, $4)",
        args![&new.id, &new.name, new.created_at, &new.unsubscribe],
    )
    .map(drop)
}

/// The reader with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Reader>> {
    conn.one(&format!("SELECT {COLUMNS} FROM readers r WHERE r.id = $1"), args![id])?.as_ref().map(read).transpose()
}

/// The reader whose mails this ends.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_unsubscribe(conn: &mut Conn<'_>, token: &str) -> Result<Option<Reader>> {
    let sql = format!("SELECT {COLUMNS} FROM readers r WHERE r.unsubscribe = $1");
    conn.one(&sql, args![token])?.as_ref().map(read).transpose()
}

/// The reader behind a session's token.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_session(conn: &mut Conn<'_>, token: &str, now: Time) -> Result<Option<Reader>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM reader_sessions s JOIN readers r ON r.id = s.reader_id
         WHERE s.token_hash = $1 AND s.expires_at > $2"
    );
    conn.one(&sql, args![token_hash(token), now])?.as_ref().map(read).transpose()
}

/// Begins a session.
///
/// # Errors
/// As [`Conn::query`].
pub fn begin(conn: &mut Conn<'_>, id: &str, reader: &str, token: &str, now: Time) -> Result<()> {
    conn.execute("DELETE FROM reader_sessions WHERE expires_at <= $1", args![now])?;
    conn.execute(
        "DELETE FROM reader_sessions WHERE reader_id = $1 AND id NOT IN (
            SELECT id FROM reader_sessions WHERE reader_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2)",
        args![reader, SESSIONS - 1],
    )?;
    conn.execute(
        "INSERT INTO reader_sessions (id, reader_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        args![id, reader, token_hash(token), now, now.plus(SESSION)],
    )
    .map(drop)
}

/// Ends a session.
///
/// # Errors
/// As [`Conn::query`].
pub fn end(conn: &mut Conn<'_>, token: &str) -> Result<()> {
    conn.execute("DELETE FROM reader_sessions WHERE token_hash = $1", args![token_hash(token)]).map(drop)
}

/// Makes a link. `back` is the path to go to afterwards.
///
/// # Errors
/// As [`Conn::query`].
pub fn link(conn: &mut Conn<'_>, reader: &str, token: &str, back: &str, now: Time) -> Result<()> {
    conn.execute("DELETE FROM reader_links WHERE expires_at <= $1", args![now])?;
    conn.execute(
        "INSERT INTO reader_links (token_hash, reader_id, back, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        args![token_hash(token), reader, back, now, now.plus(LINK)],
    )
    .map(drop)
}

/// Whom a link is for, without using it.
///
/// # Errors
/// As [`Conn::query`].
pub fn peek(conn: &mut Conn<'_>, token: &str, now: Time) -> Result<Option<Reader>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM reader_links l JOIN readers r ON r.id = l.reader_id
         WHERE l.token_hash = $1 AND l.expires_at > $2"
    );
    conn.one(&sql, args![token_hash(token), now])?.as_ref().map(read).transpose()
}

/// Uses a link up: the reader, now confirmed, and where to go.
///
/// # Errors
/// As [`Conn::query`].
pub fn take(conn: &mut Conn<'_>, token: &str, now: Time) -> Result<Option<(Reader, String)>> {
    let row = conn.one(
        "DELETE FROM reader_links WHERE token_hash = $1 AND expires_at > $2 RETURNING reader_id, back",
        args![token_hash(token), now],
    )?;
    let Some(row) = row else { return Ok(None) };
    let id: String = row.get("reader_id")?;
    conn.execute("UPDATE readers SET confirmed_at = coalesce(confirmed_at, $1) WHERE id = $2", args![now, &id])?;
    let back = row.get("back")?;
    Ok(find(conn, &id)?.map(|reader| (reader, back)))
}

/// Gives a reader another name; what they wrote before keeps the name it was written under.
///
/// # Errors
/// As [`Conn::query`].
pub fn rename(conn: &mut Conn<'_>, reader: &str, name: &str) -> Result<()> {
    conn.execute("UPDATE readers SET name = $1 WHERE id = $2", args![name, reader]).map(drop)
}

/// Sends mails about answers from now on, or no more.
///
/// # Errors
/// As [`Conn::query`].
pub fn notify(conn: &mut Conn<'_>, reader: &str, since: Option<Time>) -> Result<()> {
    conn.execute("UPDATE readers SET notify_since = $1 WHERE id = $2", args![since, reader]).map(drop)
}

/// The reader who wrote a comment, if they want to hear of answers to it and their address is confirmed.
///
/// # Errors
/// As [`Conn::query`].
pub fn writer_to_notify(conn: &mut Conn<'_>, comment: &str) -> Result<Option<String>> {
    let row = conn.one(
        "SELECT r.id FROM comments c JOIN readers r ON r.id = c.reader_id
         WHERE c.id = $1 AND c.notify = 1 AND r.notify_since IS NOT NULL AND r.confirmed_at IS NOT NULL
            AND r.email <> ''",
        args![comment],
    )?;
    row.map(|row| row.get("id")).transpose()
}

/// Addresses that nobody confirmed in time.
///
/// # Errors
/// As [`Conn::query`].
pub fn stale_claims(conn: &mut Conn<'_>, until: Time) -> Result<Vec<String>> {
    let sql = "SELECT id FROM readers WHERE confirmed_at IS NULL AND created_at < $1 LIMIT 500";
    conn.query(sql, args![until])?.iter().map(|row| row.get("id")).collect()
}

fn read(row: &Row) -> Result<Reader> {
    Ok(Reader {
        id: row.get("id")?,
        name: row.get("name")?,
        email: row.get("email")?,
        created_at: row.get("created_at")?,
        confirmed_at: row.get("confirmed_at")?,
        notify_since: row.get("notify_since")?,
        unsubscribe: row.get("unsubscribe")?,
    })
}
