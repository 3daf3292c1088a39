//! The table of jobs.

use super::{ATTEMPTS, Job, LEASE};
use crate::{Conn, Error, Result, Row, Time, args, db::Value};

/// What stands in `last_error` of a job whose process ended in the midst of its last try.
const VANISHED: &str = "the process ended while the job ran";

pub(crate) fn insert(conn: &mut Conn<'_>, id: &str, kind: &str, payload: &str, run_at: Time, now: Time) -> Result<()> {
    conn.execute(
        "INSERT INTO jobs (id, kind, payload, created_at, run_at, attempts) VALUES ($1, $2, $3, $4, $5, 0)
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, payload = excluded.payload, run_at = excluded.run_at,
             attempts = 0, last_error = NULL, dead_at = NULL",
        args![id, kind, payload, now, run_at],
    )?;
    conn.wake_others()
}

/// Takes a job out of the line; one that runs already runs to its end.
///
/// # Errors
/// As [`Conn::query`].
pub fn cancel(conn: &mut Conn<'_>, id: &str) -> Result<bool> {
    Ok(conn.execute("DELETE FROM jobs WHERE id = $1", args![id])? > 0)
}

/// True if there is anything to claim or to hand on: a cheap look before a write.
pub(super) fn waiting(conn: &mut Conn<'_>, now: Time) -> Result<bool> {
    let row = conn.one(
        "SELECT 1 AS found FROM events UNION ALL
         SELECT 1 FROM jobs WHERE dead_at IS NULL AND run_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
         LIMIT 1",
        args![now],
    )?;
    Ok(row.is_some())
}

/// Leases up to `limit` due jobs of these kinds to `who`.
pub(super) fn claim(conn: &mut Conn<'_>, kinds: &[&str], who: &str, limit: usize, now: Time) -> Result<Vec<Job>> {
    if kinds.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    conn.execute(
        "UPDATE jobs SET dead_at = $1, last_error = $2, leased_until = NULL, leased_by = NULL
         WHERE dead_at IS NULL AND leased_until <= $1 AND attempts >= $3",
        args![now, VANISHED, ATTEMPTS],
    )?;
    let mut args = vec![now.into(), now.plus(LEASE).into(), who.into(), limit.into()];
    let mut places = Vec::with_capacity(kinds.len());
    for kind in kinds {
        args.push(Value::from(*kind));
        places.push(format!("${}", args.len()));
    }
    let rows = conn.query(
        &format!(
            "WITH due AS MATERIALIZED (
                 SELECT id FROM jobs
                 WHERE dead_at IS NULL AND run_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
                     AND kind IN ({})
                 ORDER BY run_at, id LIMIT $4 {{skip}})
             UPDATE jobs SET leased_until = $2, leased_by = $3, attempts = attempts + 1
             WHERE id IN (SELECT id FROM due)
             RETURNING id, kind, payload, attempts",
            places.join(", ")
        ),
        &args,
    )?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Job> {
    Ok(Job { id: row.get("id")?, kind: row.get("kind")?, payload: row.get("payload")?, attempt: row.get("attempts")? })
}

/// Keeps the lease of a running job. False if it was lost.
pub(super) fn renew(conn: &mut Conn<'_>, id: &str, who: &str, now: Time) -> Result<bool> {
    let sql = "UPDATE jobs SET leased_until = $1 WHERE id = $2 AND leased_by = $3";
    Ok(conn.execute(sql, args![now.plus(LEASE), id, who])? > 0)
}

/// The job is done. One that was put in line again while it ran has no tries counted, and waits for its next run.
pub(super) fn finish(conn: &mut Conn<'_>, id: &str, who: &str) -> Result<()> {
    conn.execute("DELETE FROM jobs WHERE id = $1 AND leased_by = $2 AND attempts > 0", args![id, who])?;
    conn.execute(
        "UPDATE jobs SET leased_until = NULL, leased_by = NULL WHERE id = $1 AND leased_by = $2",
        args![id, who],
    )
    .map(drop)
}

/// The job failed; with `again` it waits until then, without it is dead. One that was put in line again while it ran
/// waits for the time it was given there.
pub(super) fn fail(
    conn: &mut Conn<'_>,
    id: &str,
    who: &str,
    error: &str,
    again: Option<Time>,
    now: Time,
) -> Result<()> {
    let dead = again.is_none().then_some(now);
    conn.execute(
        "UPDATE jobs SET run_at = CASE WHEN attempts > 0 THEN coalesce($1, run_at) ELSE run_at END,
             dead_at = CASE WHEN attempts > 0 THEN $2 ELSE dead_at END, last_error = $3, leased_until = NULL, leased_by = NULL
         WHERE id = $4 AND leased_by = $5",
        args![again, dead, error, id, who],
    )
    .map(drop)
}

/// Gives a lease back unused, the try not counted: the node stops.
pub(super) fn give_back(conn: &mut Conn<'_>, who: &str) -> Result<()> {
    conn.execute(
        "UPDATE jobs SET leased_until = NULL, leased_by = NULL,
             attempts = CASE WHEN attempts > 0 THEN attempts - 1 ELSE 0 END WHERE leased_by = $1",
        args![who],
    )
    .map(drop)
}

/// A job that was laid aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// Its id.
    pub id: String,
    /// What was to be done.
    pub kind: String,
    /// Why it could not be.
    pub error: String,
    /// Since when.
    pub at: Time,
}

/// The newest dead jobs, at most 100.
///
/// # Errors
/// As [`Conn::query`].
pub fn dead(conn: &mut Conn<'_>) -> Result<Vec<Dead>> {
    let sql = "SELECT id, kind, coalesce(last_error, '') AS error, dead_at FROM jobs WHERE dead_at IS NOT NULL
               ORDER BY dead_at DESC, id LIMIT 100";
    conn.query(sql, &[])?
        .iter()
        .map(|row| {
            let (id, kind) = (row.get("id")?, row.get("kind")?);
            Ok(Dead { id, kind, error: row.get("error")?, at: row.get("dead_at")? })
        })
        .collect()
}

/// Puts a dead job back in line.
///
/// # Errors
/// `Error::NotFound` if it is not there or not dead.
pub fn retry(conn: &mut Conn<'_>, id: &str, now: Time) -> Result<()> {
    let sql = "UPDATE jobs SET dead_at = NULL, attempts = 0, run_at = $1 WHERE id = $2 AND dead_at IS NOT NULL";
    match conn.execute(sql, args![now, id])? {
        0 => Err(Error::NotFound),
        _ => conn.wake_others(),
    }
}

/// Kinds of the jobs that are due and nobody has run.
///
/// # Errors
/// As [`Conn::query`].
pub fn due(conn: &mut Conn<'_>, now: Time) -> Result<Vec<String>> {
    let sql = "SELECT kind FROM jobs WHERE dead_at IS NULL AND run_at <= $1 ORDER BY run_at, id LIMIT 100";
    conn.query(sql, args![now])?.iter().map(|row| row.get("kind")).collect()
}
