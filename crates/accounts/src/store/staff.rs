//! Staff in the database.

use onrecord_base::{Conn, Error, Result, Row, Time, args};

use crate::{
    Role,
    staff::{Deactivation, Staff, fold_email},
};

const SELECT: &str = "SELECT s.id, s.email, s.name, s.role, s.created_at, d.deactivated_at, b.name AS deactivated_by
     FROM staff s
     LEFT JOIN staff_deactivations d ON d.staff_id = s.id
     LEFT JOIN staff b ON b.id = d.deactivated_by";

/// The person of an id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Staff>> {
    conn.one(&format!("{SELECT} WHERE s.id = $1"), args![id])?.as_ref().map(read).transpose()
}

/// The person of an address, whatever its case.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_email(conn: &mut Conn<'_>, email: &str) -> Result<Option<Staff>> {
    conn.one(&format!("{SELECT} WHERE s.email_folded = $1"), args![fold_email(email)])?.as_ref().map(read).transpose()
}

/// Everybody, those who may come in first, by name.
///
/// # Errors
/// As [`Conn::query`].
pub fn list(conn: &mut Conn<'_>) -> Result<Vec<Staff>> {
    let order = "ORDER BY CASE WHEN d.deactivated_at IS NULL THEN 0 ELSE 1 END, lower(s.name), s.id";
    conn.query(&format!("{SELECT} {order}"), &[])?.iter().map(read).collect()
}

/// Adds a person.
///
/// # Errors
/// `Error::Invalid` if the address is taken.
pub fn add(conn: &mut Conn<'_>, staff: &Staff) -> Result<()> {
    conn.execute(
        "INSERT INTO staff (id, email, email_folded, name, role, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        args![&staff.id, &staff.email, fold_email(&staff.email), &staff.name, staff.role.name(), staff.created_at],
    )
    .map_err(|e| e.on_unique("staff_email_folded", "email", "accounts-email-taken"))?;
    Ok(())
}

/// Gives a person another name.
///
/// # Errors
/// As [`Conn::query`].
pub fn rename(conn: &mut Conn<'_>, id: &str, name: &str) -> Result<()> {
    conn.execute("UPDATE staff SET name = $2 WHERE id = $1", args![id, name]).map(drop)
}

/// Gives a person another role; invitations they sent out in the old one are taken back.
///
/// # Errors
/// `Error::Refused` if the last owner would be gone.
pub fn set_role(conn: &mut Conn<'_>, id: &str, role: Role) -> Result<()> {
    if role != Role::Owner {
        keep_an_owner(conn, id)?;
    }
    super::invitations::withdraw_of(conn, id)?;
    conn.execute("UPDATE staff SET role = $2 WHERE id = $1", args![id, role.name()]).map(drop)
}

/// Locks a person out: their sessions, links and invitations end with it.
///
/// # Errors
/// `Error::Refused` if the last owner would be gone.
pub fn deactivate(conn: &mut Conn<'_>, id: &str, by: Option<&str>, now: Time) -> Result<()> {
    keep_an_owner(conn, id)?;
    conn.execute(
        "INSERT INTO staff_deactivations (staff_id, deactivated_by, deactivated_at) VALUES ($1, $2, $3)
         ON CONFLICT (staff_id) DO NOTHING",
        args![id, by, now],
    )?;
    super::invitations::withdraw_of(conn, id)?;
    super::links::end_all(conn, id)?;
    super::sessions::end_all(conn, id, None)
}

/// Lets a person in again.
///
/// # Errors
/// As [`Conn::query`].
pub fn reactivate(conn: &mut Conn<'_>, id: &str) -> Result<()> {
    conn.execute("DELETE FROM staff_deactivations WHERE staff_id = $1", args![id]).map(drop)
}

/// True once somebody can own the newsroom.
///
/// # Errors
/// As [`Conn::query`].
pub fn any_owner(conn: &mut Conn<'_>) -> Result<bool> {
    Ok(other_owners(conn, "")? > 0)
}

fn keep_an_owner(conn: &mut Conn<'_>, id: &str) -> Result<()> {
    // Touching the owners' rows first makes two owners who demote one another at once wait in line on PostgreSQL;
    // otherwise each would still see the other as an owner, and the house would have none.
    conn.execute("UPDATE staff SET role = role WHERE role = 'owner'", &[])?;
    if other_owners(conn, id)? == 0 { Err(Error::refused("accounts-last-owner")) } else { Ok(()) }
}

fn other_owners(conn: &mut Conn<'_>, id: &str) -> Result<i64> {
    let row = conn.one(
        "SELECT count(*) AS owners FROM staff s WHERE s.role = 'owner' AND s.id <> $1
         AND NOT EXISTS (SELECT 1 FROM staff_deactivations d WHERE d.staff_id = s.id)",
        args![id],
    )?;
    row.map_or(Ok(0), |row| row.get("owners"))
}

fn read(row: &Row) -> Result<Staff> {
    let role: String = row.get("role")?;
    let deactivated_at: Option<Time> = row.get("deactivated_at")?;
    let by: Option<String> = row.get("deactivated_by")?;
    Ok(Staff {
        id: row.get("id")?,
        email: row.get("email")?,
        name: row.get("name")?,
        role: Role::parse(&role).ok_or_else(|| Error::internal(format!("unknown role {role}")))?,
        created_at: row.get("created_at")?,
        deactivation: deactivated_at.map(|at| Deactivation { by, at }),
    })
}
