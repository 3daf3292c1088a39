//! Desks and who is at them.

use onrecord_base::{Conn, Error, Result, Row, args};

use crate::{Day, Desk, desk::MOST_DESKS, desk::MOST_MEMBERS};

const COLUMNS: &str = "d.id, d.name, d.retention_days, d.closed_day";

/// All desks, those that take tips first.
///
/// # Errors
/// As [`Conn::query`].
pub fn all(conn: &mut Conn<'_>) -> Result<Vec<Desk>> {
    let order = "ORDER BY CASE WHEN d.closed_day IS NULL THEN 0 ELSE 1 END, lower(d.name), d.id";
    conn.query(&format!("SELECT {COLUMNS} FROM tip_desks d {order}"), &[])?.iter().map(read).collect()
}

/// The desk of an id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Desk>> {
    let sql = format!("SELECT {COLUMNS} FROM tip_desks d WHERE d.id = $1");
    conn.one(&sql, args![id])?.as_ref().map(read).transpose()
}

/// The desks that somebody is at.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_staff(conn: &mut Conn<'_>, staff: &str) -> Result<Vec<Desk>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tip_desks d JOIN tip_desk_members m ON m.desk_id = d.id
         WHERE m.staff_id = $1 ORDER BY lower(d.name), d.id"
    );
    conn.query(&sql, args![staff])?.iter().map(read).collect()
}

/// Makes a desk.
///
/// # Errors
/// `Error::Invalid` if the name is taken, `Error::Refused` if there are too many.
pub fn create(conn: &mut Conn<'_>, desk: &Desk) -> Result<()> {
    if all(conn)?.len() >= MOST_DESKS {
        return Err(Error::refused("tips-desks-many"));
    }
    conn.execute(
        "INSERT INTO tip_desks (id, name, retention_days) VALUES ($1, $2, $3)",
        args![&desk.id, &desk.name, desk.retention_days],
    )
    .map_err(|e| e.on_unique("tip_desks_name", "name", "tips-desk-name-taken"))
    .map(drop)
}

/// Gives a desk another retention.
///
/// # Errors
/// As [`Conn::query`].
pub fn set_retention(conn: &mut Conn<'_>, id: &str, days: i64) -> Result<()> {
    conn.execute("UPDATE tip_desks SET retention_days = $2 WHERE id = $1", args![id, days]).map(drop)
}

/// Stops a desk from taking tips, or opens it again. Its tips stay.
///
/// # Errors
/// As [`Conn::query`].
pub fn set_closed(conn: &mut Conn<'_>, id: &str, closed: Option<Day>) -> Result<()> {
    conn.execute("UPDATE tip_desks SET closed_day = $2 WHERE id = $1", args![id, closed]).map(drop)
}

/// Staff ids of who is at a desk.
///
/// # Errors
/// As [`Conn::query`].
pub fn members(conn: &mut Conn<'_>, desk: &str) -> Result<Vec<String>> {
    let sql = "SELECT staff_id FROM tip_desk_members WHERE desk_id = $1 ORDER BY staff_id";
    conn.query(sql, args![desk])?.iter().map(|row| row.get("staff_id")).collect()
}

/// Everybody at any desk, each once.
///
/// # Errors
/// As [`Conn::query`].
pub fn everybody(conn: &mut Conn<'_>) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT staff_id FROM tip_desk_members ORDER BY staff_id";
    conn.query(sql, &[])?.iter().map(|row| row.get("staff_id")).collect()
}

/// Takes somebody into a desk.
///
/// # Errors
/// `Error::Refused` if it is full.
pub fn join(conn: &mut Conn<'_>, desk: &str, staff: &str) -> Result<()> {
    let there = members(conn, desk)?;
    if there.len() >= MOST_MEMBERS && !there.iter().any(|member| member == staff) {
        return Err(Error::refused("tips-desk-full"));
    }
    conn.execute(
        "INSERT INTO tip_desk_members (desk_id, staff_id) VALUES ($1, $2) ON CONFLICT (desk_id, staff_id) DO NOTHING",
        args![desk, staff],
    )
    .map(drop)
}

/// Takes somebody out of a desk: they find its tips no more, and nobody's tips there stay with them.
///
/// # Errors
/// As [`Conn::query`].
pub fn leave(conn: &mut Conn<'_>, desk: &str, staff: &str) -> Result<()> {
    conn.execute(
        "UPDATE tips SET assigned_to = NULL, state = CASE WHEN state = 'assigned' THEN 'new' ELSE state END
         WHERE desk_id = $1 AND assigned_to = $2",
        args![desk, staff],
    )?;
    conn.execute("DELETE FROM tip_desk_members WHERE desk_id = $1 AND staff_id = $2", args![desk, staff]).map(drop)
}

/// Removes everything about desks; for the end of the line.
///
/// # Errors
/// As [`Conn::query`].
pub fn remove_all(conn: &mut Conn<'_>) -> Result<()> {
    conn.execute("DELETE FROM tip_desk_members", &[])?;
    conn.execute("DELETE FROM tip_desks", &[]).map(drop)
}

fn read(row: &Row) -> Result<Desk> {
    Ok(Desk {
        id: row.get("id")?,
        name: row.get("name")?,
        retention_days: row.get("retention_days")?,
        closed_day: row.get("closed_day")?,
    })
}
