//! Where quotations stand: in drafts, and in what readers see.

use onrecord_base::{Conn, Result, Row, Time, args};

use crate::scan::Found;

/// A quotation where it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The story.
    pub story: String,
    /// Its place in the order of the text, from 0.
    pub position: i64,
    /// The record.
    pub quotation: String,
    /// The words as they stand there.
    pub words: String,
    /// What stands before (W3C TextQuoteSelector).
    pub prefix: String,
    /// What stands after.
    pub suffix: String,
    /// `direct`, `mixed` or `block`.
    pub kind: String,
}

/// The quotations of a draft, in the order of its text.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_draft(conn: &mut Conn<'_>, story: &str) -> Result<Vec<Standing>> {
    conn.query("SELECT * FROM draft_quotations WHERE story_id = $1 ORDER BY position", args![story])?
        .iter()
        .map(read)
        .collect()
}

/// Says anew which quotations stand in a draft.
///
/// # Errors
/// As [`Conn::query`].
pub fn set_draft(conn: &mut Conn<'_>, story: &str, placed: &[(Found, String)]) -> Result<()> {
    conn.execute("DELETE FROM draft_quotations WHERE story_id = $1", args![story])?;
    for (position, (found, quotation)) in placed.iter().enumerate() {
        conn.execute(
            "INSERT INTO draft_quotations (story_id, position, quotation_id, words, prefix, suffix, kind)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![story, position, quotation, &found.words, &found.prefix, &found.suffix, &found.kind],
        )?;
    }
    Ok(())
}

/// The stories, other than one, in whose drafts or publications a quotation stands.
///
/// # Errors
/// As [`Conn::query`].
pub fn elsewhere(conn: &mut Conn<'_>, quotation: &str, story: &str) -> Result<Vec<String>> {
    conn.query(
        "SELECT story_id FROM draft_quotations WHERE quotation_id = $1 AND story_id <> $2
         UNION SELECT story_id FROM published_quotations WHERE quotation_id = $1 AND story_id <> $2 ORDER BY story_id",
        args![quotation, story],
    )?
    .iter()
    .map(|row| row.get("story_id"))
    .collect()
}

/// Copies what stands in the draft to what readers see, with the verdicts of this publication.
///
/// # Errors
/// As [`Conn::query`].
pub fn publish(conn: &mut Conn<'_>, story: &str, verdicts: &[(String, &'static str)], now: Time) -> Result<()> {
    withdraw(conn, story, now)?;
    for standing in of_draft(conn, story)? {
        let verdict = verdicts.iter().find(|(id, _)| *id == standing.quotation).map_or("unsourced", |(_, v)| v);
        conn.execute(
            "INSERT INTO published_quotations (story_id, position, quotation_id, words, prefix, suffix, kind, verdict)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            args![
                story,
                standing.position,
                &standing.quotation,
                &standing.words,
                &standing.prefix,
                &standing.suffix,
                &standing.kind,
                verdict,
            ],
        )?;
        conn.changed("quotation", &standing.quotation, now)?;
    }
    Ok(())
}

/// Takes a story's quotations from what readers see.
///
/// # Errors
/// As [`Conn::query`].
pub fn withdraw(conn: &mut Conn<'_>, story: &str, now: Time) -> Result<()> {
    for row in conn.query("SELECT quotation_id FROM published_quotations WHERE story_id = $1", args![story])? {
        conn.changed("quotation", &row.get::<String>("quotation_id")?, now)?;
    }
    conn.execute("DELETE FROM published_quotations WHERE story_id = $1", args![story])?;
    Ok(())
}

/// What one story or one quotation shows to readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedStanding {
    /// Where and what.
    pub standing: Standing,
    /// The verdict at publication: a [`crate::State`]'s name.
    pub verdict: String,
}

/// The quotations of a published story, in the order of its text.
///
/// # Errors
/// As [`Conn::query`].
pub fn of_published(conn: &mut Conn<'_>, story: &str) -> Result<Vec<PublishedStanding>> {
    published(conn, "story_id", story)
}

/// Where a quotation stands in public.
///
/// # Errors
/// As [`Conn::query`].
pub fn public_uses(conn: &mut Conn<'_>, quotation: &str) -> Result<Vec<PublishedStanding>> {
    published(conn, "quotation_id", quotation)
}

fn published(conn: &mut Conn<'_>, column: &'static str, value: &str) -> Result<Vec<PublishedStanding>> {
    conn.query(
        &format!("SELECT * FROM published_quotations WHERE {column} = $1 ORDER BY story_id, position"),
        args![value],
    )?
    .iter()
    .map(|row| Ok(PublishedStanding { standing: read(row)?, verdict: row.get("verdict")? }))
    .collect()
}

fn read(row: &Row) -> Result<Standing> {
    Ok(Standing {
        story: row.get("story_id")?,
        position: row.get("position")?,
        quotation: row.get("quotation_id")?,
        words: row.get("words")?,
        prefix: row.get("prefix")?,
        suffix: row.get("suffix")?,
        kind: row.get("kind")?,
    })
}
