//! Journalists' keys and the signed lists of them.

use onrecord_base::{Conn, Result, Row, args};

use crate::{Day, Epoch};

/// A journalist's keys of one month, as the server has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its id.
    pub id: String,
    /// Whose.
    pub staff_id: String,
    /// The month.
    pub epoch: Epoch,
    /// The public halves.
    pub public: Vec<u8>,
    /// The private halves under a passphrase; none once destroyed.
    pub wrapped: Option<Vec<u8>>,
    /// When it was destroyed.
    pub destroyed_day: Option<Day>,
}

/// A signed list of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// SHA-256 of the whole, in hexadecimal: what envelopes name it by.
    pub digest: String,
    /// Counts up with every list.
    pub serial: i64,
    /// The list and its signature.
    pub signed: Vec<u8>,
    /// When it was signed.
    pub issued_day: Day,
    /// How long it is to be used.
    pub valid_until_day: Day,
}

/// Keeps a key.
///
/// # Errors
/// As [`Conn::query`].
pub fn add(conn: &mut Conn<'_>, key: &Key, today: Day) -> Result<()> {
    conn.execute(
        "INSERT INTO tip_keys (id, staff_id, epoch, public, wrapped, made_day) VALUES ($1, $2, $3, $4, $5, $6)",
        args![&key.id, &key.staff_id, key.epoch.text(), key.public.clone(), key.wrapped.clone(), today],
    )
    .map(drop)
}

/// Puts a key under another passphrase.
///
/// # Errors
/// As [`Conn::query`].
pub fn rewrap(conn: &mut Conn<'_>, id: &str, staff: &str, wrapped: Vec<u8>) -> Result<bool> {
    let sql = "UPDATE tip_keys SET wrapped = $3 WHERE id = $1 AND staff_id = $2 AND wrapped IS NOT NULL";
    Ok(conn.execute(sql, args![id, staff, wrapped])? > 0)
}

/// Somebody's keys, the newest month first.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_staff(conn: &mut Conn<'_>, staff: &str) -> Result<Vec<Key>> {
    let sql = "SELECT id, staff_id, epoch, public, wrapped, destroyed_day FROM tip_keys
         WHERE staff_id = $1 ORDER BY epoch DESC, id";
    conn.query(sql, args![staff])?.iter().map(read).collect()
}

/// All keys, the newest month first.
///
/// # Errors
/// As [`Conn::query`].
pub fn all(conn: &mut Conn<'_>) -> Result<Vec<Key>> {
    let sql =
        "SELECT id, staff_id, epoch, public, wrapped, destroyed_day FROM tip_keys ORDER BY epoch DESC, staff_id, id";
    conn.query(sql, &[])?.iter().map(read).collect()
}

/// Destroys the private halves of keys of months before one, or of all: overwritten first, then taken away.
///
/// # Errors
/// As [`Conn::query`].
pub fn destroy(conn: &mut Conn<'_>, before: Option<&Epoch>, staff: Option<&str>, today: Day) -> Result<u64> {
    let mut count = 0;
    for key in all(conn)? {
        let old = before.is_none_or(|before| key.epoch < *before) && staff.is_none_or(|staff| key.staff_id == staff);
        let Some(wrapped) = key.wrapped.filter(|_| old) else { continue };
        conn.execute("UPDATE tip_keys SET wrapped = $2 WHERE id = $1", args![&key.id, vec![0u8; wrapped.len()]])?;
        conn.execute("UPDATE tip_keys SET wrapped = NULL, destroyed_day = $2 WHERE id = $1", args![&key.id, today])?;
        count += 1;
    }
    Ok(count)
}

/// Removes all keys and lists; for the end of the line. Destroy the keys first.
///
/// # Errors
/// As [`Conn::query`].
pub fn remove_all(conn: &mut Conn<'_>) -> Result<()> {
    conn.execute("DELETE FROM tip_keys", &[])?;
    conn.execute("DELETE FROM tip_key_lists", &[]).map(drop)
}

/// Keeps a signed list; it is the one in use from now on.
///
/// # Errors
/// As [`Conn::query`].
pub fn add_list(conn: &mut Conn<'_>, list: &List) -> Result<()> {
    conn.execute(
        "INSERT INTO tip_key_lists (digest, seq, signed, issued_day, valid_until_day) VALUES ($1, $2, $3, $4, $5)",
        args![&list.digest, list.serial, list.signed.clone(), list.issued_day, list.valid_until_day],
    )
    .map_err(|e| e.on_unique("tip_key_lists_seq", "list", "tips-list-old"))
    .map(drop)
}

/// The list in use.
///
/// # Errors
/// As [`Conn::query`].
pub fn list(conn: &mut Conn<'_>) -> Result<Option<List>> {
    let sql = "SELECT digest, seq, signed, issued_day, valid_until_day FROM tip_key_lists ORDER BY seq DESC LIMIT 1";
    conn.one(sql, &[])?.as_ref().map(read_list).transpose()
}

/// Whether a list of that digest was ever in use.
///
/// # Errors
/// As [`Conn::query`].
pub fn find_list(conn: &mut Conn<'_>, digest: &str) -> Result<Option<List>> {
    let sql = "SELECT digest, seq, signed, issued_day, valid_until_day FROM tip_key_lists WHERE digest = $1";
    conn.one(sql, args![digest])?.as_ref().map(read_list).transpose()
}

fn read(row: &Row) -> Result<Key> {
    let epoch: String = row.get("epoch")?;
    Ok(Key {
        id: row.get("id")?,
        staff_id: row.get("staff_id")?,
        epoch: Epoch::parse(&epoch).ok_or_else(|| onrecord_base::Error::internal(format!("no month: {epoch}")))?,
        public: row.get("public")?,
        wrapped: row.get("wrapped")?,
        destroyed_day: row.get("destroyed_day")?,
    })
}

fn read_list(row: &Row) -> Result<List> {
    Ok(List {
        digest: row.get("digest")?,
        serial: row.get("seq")?,
        signed: row.get("signed")?,
        issued_day: row.get("issued_day")?,
        valid_until_day: row.get("valid_until_day")?,
    })
}
