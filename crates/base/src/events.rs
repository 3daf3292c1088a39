//! The outbox: an area says what happened, in the transaction in which it happened; jobs follow from it.
//!
//! This is how an area tells one that comes after it on the road without knowing it: the binary's
//! [`Registry`](crate::jobs::Registry) says which topics cause which jobs.
//!
//! Invariant: an event is turned into its jobs exactly once, since it is removed in the transaction that writes them.

use serde::Serialize;

use crate::{Conn, Error, Random, Result, Time, args, jobs, jobs::Registry};

/// Events handed on in one transaction.
const BATCH: i64 = 200;

impl Conn<'_> {
    /// Writes an event to the outbox; call it in the transaction of its cause.
    ///
    /// # Errors
    /// As [`Conn::query`].
    pub fn emit(&mut self, topic: &str, payload: &impl Serialize, now: Time) -> Result<()> {
        let payload = serde_json::to_string(payload).map_err(|e| Error::internal(format!("event {topic}: {e}")))?;
        self.execute("INSERT INTO events (at, topic, payload) VALUES ($1, $2, $3)", args![now, topic, payload])?;
        self.wake_others()
    }
}

/// Turns waiting events into jobs; says how many events it took.
pub(crate) fn dispatch(conn: &mut Conn<'_>, registry: &Registry, random: &Random, now: Time) -> Result<usize> {
    let rows = conn.query(
        "WITH first AS MATERIALIZED (SELECT seq FROM events ORDER BY seq LIMIT $1 {skip})
         DELETE FROM events WHERE seq IN (SELECT seq FROM first)
         RETURNING seq, topic, payload",
        args![BATCH],
    )?;
    let mut events = rows
        .iter()
        .map(|row| Ok((row.get("seq")?, row.get("topic")?, row.get("payload")?)))
        .collect::<Result<Vec<(i64, String, String)>>>()?;
    // RETURNING promises no order; jobs of one topic come in the order of their events.
    events.sort_unstable();
    for (_, topic, payload) in &events {
        for kind in registry.caused_by(topic) {
            jobs::store::insert(conn, &random.id(now), kind, payload, now, now)?;
        }
    }
    Ok(events.len())
}
