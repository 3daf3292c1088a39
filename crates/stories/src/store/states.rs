//! Where a story stands: schedules and kills, and reading them together with the publication.

use onrecord_base::{Conn, Error, Result, Row, Time, args};

use crate::{
    Finding, Kind,
    state::{Kill, Publication, Schedule, State},
};

/// Columns that [`read`] needs, of `stories st` joined by [`JOINS`].
pub(crate) const COLUMNS: &str = "st.version, st.first_published_at, p.path, p.revision AS public_revision,
    p.published_at, p.updated_at, p.published_by, sc.revision AS due_revision, sc.due_at, sc.by_id AS due_by, sc.failed,
    k.at AS killed_at, k.by_id AS killed_by, k.reason";
/// The joins around `stories st`.
pub(crate) const JOINS: &str = "LEFT JOIN publications p ON p.story_id = st.id
    LEFT JOIN schedules sc ON sc.story_id = st.id LEFT JOIN kills k ON k.story_id = st.id";

/// Where a story stands.
///
/// # Errors
/// `Error::NotFound`.
pub fn of(conn: &mut Conn<'_>, id: &str) -> Result<State> {
    let row = conn.one(&format!("SELECT {COLUMNS} FROM stories st {JOINS} WHERE st.id = $1"), args![id])?;
    read(&row.ok_or(Error::NotFound)?)
}

pub(crate) fn read(row: &Row) -> Result<State> {
    if let Some(at) = row.get::<Option<Time>>("killed_at")? {
        return Ok(State::Killed(Kill { at, by: row.get("killed_by")?, reason: row.get("reason")? }));
    }
    let schedule = match row.get::<Option<Time>>("due_at")? {
        Some(due_at) => Some(Schedule {
            revision: row.get("due_revision")?,
            due_at,
            by: row.get("due_by")?,
            failed: row.get::<Option<String>>("failed")?.map(|kept| failure(&kept)),
        }),
        None => None,
    };
    let Some(path) = row.get::<Option<String>>("path")? else {
        return Ok(match (schedule, row.get::<Option<Time>>("first_published_at")?) {
            (Some(schedule), _) => State::Scheduled(schedule),
            (None, Some(_)) => State::Withdrawn,
            (None, None) => State::Draft,
        });
    };
    let publication = Publication {
        path,
        revision: row.get("public_revision")?,
        published_at: row.get("published_at")?,
        updated_at: row.get("updated_at")?,
        by: row.get("published_by")?,
    };
    match publication.revision == row.get::<i64>("version")? && schedule.is_none() {
        true => Ok(State::Published(publication)),
        false => Ok(State::Changed(publication, schedule)),
    }
}

/// The condition for a state's name in the list's SQL.
pub(crate) fn condition(name: &str) -> Option<&'static str> {
    Some(match name {
        "draft" => "k.at IS NULL AND p.story_id IS NULL AND sc.due_at IS NULL",
        "scheduled" => "k.at IS NULL AND sc.due_at IS NOT NULL",
        "published" => "p.story_id IS NOT NULL",
        "changed" => "p.story_id IS NOT NULL AND p.revision <> st.version",
        "killed" => "k.at IS NOT NULL",
        _ => return None,
    })
}

pub(crate) fn schedule(
    conn: &mut Conn<'_>,
    id: &str,
    revision: i64,
    due: Time,
    by: Option<&str>,
    now: Time,
) -> Result<()> {
    conn.execute(
        "INSERT INTO schedules (story_id, revision, due_at, at, by_id) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (story_id) DO UPDATE SET revision = excluded.revision, due_at = excluded.due_at,
            at = excluded.at, by_id = excluded.by_id, failed = NULL",
        args![id, revision, due, now, by],
    )?;
    Ok(())
}

/// The schedule of a story, if one is set.
///
/// # Errors
/// As [`Conn::query`].
pub fn schedule_of(conn: &mut Conn<'_>, id: &str) -> Result<Option<Schedule>> {
    let row = conn.one("SELECT revision, due_at, by_id, failed FROM schedules WHERE story_id = $1", args![id])?;
    row.map(|row| {
        Ok(Schedule {
            revision: row.get("revision")?,
            due_at: row.get("due_at")?,
            by: row.get("by_id")?,
            failed: row.get::<Option<String>>("failed")?.map(|kept| failure(&kept)),
        })
    })
    .transpose()
}

pub(crate) fn unschedule(conn: &mut Conn<'_>, id: &str) -> Result<bool> {
    Ok(conn.execute("DELETE FROM schedules WHERE story_id = $1", args![id])? > 0)
}

pub(crate) fn schedule_failed(conn: &mut Conn<'_>, id: &str, why: &Finding) -> Result<()> {
    let why = serde_json::to_string(why).map_err(|e| Error::internal(e.to_string()))?;
    conn.execute("UPDATE schedules SET failed = $2 WHERE story_id = $1", args![id, why])?;
    Ok(())
}

pub(crate) fn kill(conn: &mut Conn<'_>, id: &str, reason: &str, by: Option<&str>, now: Time) -> Result<()> {
    conn.execute(
        "INSERT INTO kills (story_id, at, by_id, reason) VALUES ($1, $2, $3, $4) ON CONFLICT (story_id) DO NOTHING",
        args![id, now, by, reason],
    )?;
    Ok(())
}

pub(crate) fn unkill(conn: &mut Conn<'_>, id: &str) -> Result<bool> {
    Ok(conn.execute("DELETE FROM kills WHERE story_id = $1", args![id])? > 0)
}

/// The kind of a story.
pub(crate) fn kind(conn: &mut Conn<'_>, id: &str) -> Result<Kind> {
    let row = conn.one("SELECT kind FROM stories WHERE id = $1", args![id])?.ok_or(Error::NotFound)?;
    Kind::read(&row.get::<String>("kind")?)
}

/// What kept a story from being published at its hour. Older newsrooms kept the message's key alone.
fn failure(kept: &str) -> Finding {
    serde_json::from_str(kept).unwrap_or_else(|_| Finding::blocks("", kept))
}
