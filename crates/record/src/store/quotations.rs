//! The records of quotations in the database.

use std::collections::{BTreeSet, HashMap};

use onrecord_base::{Conn, Result, Row, Time, args, db::Value};

use crate::quotation::{Quotation, words_key};

const COLUMNS: &str = "q.id, q.words, q.person_id, q.speaker, q.channel, q.outlet, q.addressee, q.said_on, q.source_id,
    q.variant_of, q.confirmed_at, q.version, d.reason AS disputed";
const FROM: &str = "quotations q LEFT JOIN quotation_disputes d ON d.quotation_id = q.id";

/// The quotation with this id.
///
/// # Errors
/// As [`Conn::query`].
pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Quotation>> {
    conn.one(&format!("SELECT {COLUMNS} FROM {FROM} WHERE q.id = $1"), args![id])?.as_ref().map(read).transpose()
}

/// The quotations with these ids.
///
/// # Errors
/// As [`Conn::query`].
pub fn with_ids<'i>(conn: &mut Conn<'_>, ids: impl IntoIterator<Item = &'i str>) -> Result<HashMap<String, Quotation>> {
    let ids: BTreeSet<&str> = ids.into_iter().collect();
    let each: Vec<Vec<Value>> = ids.into_iter().map(|id| args![id].to_vec()).collect();
    let found = conn.query_each(&format!("SELECT {COLUMNS} FROM {FROM} WHERE q.id = $1"), &each)?;
    found.iter().flatten().map(|row| read(row).map(|record| (record.id.clone(), record))).collect()
}

/// The records that stand in a draft.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_draft(conn: &mut Conn<'_>, story: &str) -> Result<HashMap<String, Quotation>> {
    conn.query(
        &format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE q.id IN (SELECT quotation_id FROM draft_quotations WHERE story_id = $1)"
        ),
        args![story],
    )?
    .iter()
    .map(|row| read(row).map(|record| (record.id.clone(), record)))
    .collect()
}

/// The records with the same words as one of these, in whatever story, oldest first, by [`words_key`].
///
/// # Errors
/// As [`Conn::query`].
pub fn with_words<'w>(
    conn: &mut Conn<'_>,
    words: impl IntoIterator<Item = &'w str>,
) -> Result<HashMap<String, Vec<Quotation>>> {
    let keys: BTreeSet<String> = words.into_iter().map(words_key).collect();
    let each: Vec<Vec<Value>> = keys.iter().map(|key| args![key].to_vec()).collect();
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE q.words_key = $1 ORDER BY q.id LIMIT 50");
    let found = conn.query_each(&sql, &each)?;
    keys.into_iter().zip(found).map(|(key, rows)| Ok((key, rows.iter().map(read).collect::<Result<_>>()?))).collect()
}

/// The records of a person, newest first: the uses that keep the person from being removed.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_person(conn: &mut Conn<'_>, person: &str, limit: usize) -> Result<Vec<Quotation>> {
    conn.query(
        &format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE q.person_id = $1 OR q.id IN
                 (SELECT quotation_id FROM published_quotations WHERE person_id = $1) ORDER BY q.id DESC LIMIT $2"
        ),
        args![person, limit],
    )?
    .iter()
    .map(read)
    .collect()
}

/// The records that rest on a source: the uses that keep the source from being removed.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_source(conn: &mut Conn<'_>, source: &str, limit: usize) -> Result<Vec<Quotation>> {
    conn.query(
        &format!(
            "SELECT {COLUMNS} FROM {FROM} WHERE q.source_id = $1 OR q.id IN
                 (SELECT quotation_id FROM published_quotations WHERE source_id = $1) ORDER BY q.id DESC LIMIT $2"
        ),
        args![source, limit],
    )?
    .iter()
    .map(read)
    .collect()
}

/// Keeps a record, new or read again from a text. Who confirmed it stays; readers see nothing of it until it is
/// published.
///
/// # Errors
/// As [`Conn::query`].
pub fn save(conn: &mut Conn<'_>, quotation: &Quotation, by: &str, now: Time) -> Result<()> {
    save_each(conn, [quotation], by, now)
}

/// Keeps several records, as [`save`] does one.
///
/// # Errors
/// As [`Conn::query`].
pub fn save_each<'q>(
    conn: &mut Conn<'_>,
    quotations: impl IntoIterator<Item = &'q Quotation>,
    by: &str,
    now: Time,
) -> Result<()> {
    let row = |quotation: &Quotation| {
        let confirmed = quotation.confirmed.then_some(now);
        args![
            &quotation.id,
            &quotation.words,
            words_key(&quotation.words),
            quotation.person.clone(),
            &quotation.speaker,
            &quotation.channel,
            &quotation.outlet,
            &quotation.addressee,
            &quotation.said_on,
            quotation.source.clone(),
            quotation.variant_of.clone(),
            confirmed.map(|_| by),
            confirmed,
            now,
        ]
        .to_vec()
    };
    let each: Vec<Vec<Value>> = quotations.into_iter().map(row).collect();
    conn.execute_each(
        "INSERT INTO quotations (id, words, words_key, person_id, speaker, channel, outlet, addressee, said_on, source_id,
             variant_of, confirmed_by, confirmed_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT (id) DO UPDATE SET words = excluded.words, words_key = excluded.words_key,
             person_id = excluded.person_id, speaker = excluded.speaker, channel = excluded.channel,
             outlet = excluded.outlet, addressee = excluded.addressee, said_on = excluded.said_on,
             source_id = excluded.source_id, variant_of = excluded.variant_of,
             confirmed_by = CASE WHEN excluded.confirmed_at IS NULL THEN NULL
                 ELSE coalesce(quotations.confirmed_by, excluded.confirmed_by) END,
             confirmed_at = CASE WHEN excluded.confirmed_at IS NULL THEN NULL
                 ELSE coalesce(quotations.confirmed_at, excluded.confirmed_at) END",
        &each,
    )
}

/// Keeps what a person at the desk corrected in the record as it stood at `quotation.version`. False if somebody else
/// has corrected it since; then nothing was written.
///
/// # Errors
/// As [`Conn::query`].
pub fn correct(conn: &mut Conn<'_>, quotation: &Quotation, by: &str, now: Time) -> Result<bool> {
    let current = "UPDATE quotations SET version = version + 1 WHERE id = $1 AND version = $2";
    if conn.execute(current, args![&quotation.id, quotation.version])? == 0 {
        return Ok(false);
    }
    save(conn, quotation, by, now)?;
    dispute(conn, &quotation.id, by, quotation.disputed.as_deref(), now)?;
    Ok(true)
}

/// Says that a quotation is disputed and why, or that it is not.
///
/// # Errors
/// As [`Conn::query`].
pub fn dispute(conn: &mut Conn<'_>, id: &str, by: &str, reason: Option<&str>, now: Time) -> Result<()> {
    let Some(reason) = reason else {
        conn.execute("DELETE FROM quotation_disputes WHERE quotation_id = $1", args![id])?;
        return Ok(());
    };
    // Who marked it first, and when, stays while the reason is worked on.
    conn.execute(
        "INSERT INTO quotation_disputes (quotation_id, disputed_at, disputed_by, reason) VALUES ($1, $2, $3, $4)
         ON CONFLICT (quotation_id) DO UPDATE SET reason = excluded.reason",
        args![id, now, by, reason],
    )?;
    Ok(())
}

pub(super) fn read(row: &Row) -> Result<Quotation> {
    Ok(Quotation {
        id: row.get("id")?,
        words: row.get("words")?,
        person: row.get("person_id")?,
        speaker: row.get("speaker")?,
        channel: row.get("channel")?,
        outlet: row.get("outlet")?,
        addressee: row.get("addressee")?,
        said_on: row.get("said_on")?,
        source: row.get("source_id")?,
        variant_of: row.get("variant_of")?,
        confirmed: row.get::<Option<i64>>("confirmed_at")?.is_some(),
        disputed: row.get("disputed")?,
        version: row.get("version")?,
    })
}
