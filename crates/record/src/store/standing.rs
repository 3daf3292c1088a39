//! Where quotations stand: in drafts, and in what readers see.

use std::collections::BTreeSet;

use onrecord_base::{Conn, Result, Row, Time, args, db::Value};

use super::public;
use crate::{Quotation, State};

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
pub fn set_draft<'a>(conn: &mut Conn<'_>, story: &str, all: impl IntoIterator<Item = &'a Standing>) -> Result<()> {
    conn.execute("DELETE FROM draft_quotations WHERE story_id = $1", args![story])?;
    let row = |standing: &Standing| {
        args![
            story,
            standing.position,
            &standing.quotation,
            &standing.words,
            &standing.prefix,
            &standing.suffix,
            &standing.kind
        ]
        .to_vec()
    };
    let each: Vec<Vec<Value>> = all.into_iter().map(row).collect();
    conn.execute_each(
        "INSERT INTO draft_quotations (story_id, position, quotation_id, words, prefix, suffix, kind)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &each,
    )
}

/// The version of a draft that was followed last.
///
/// # Errors
/// As [`Conn::query`].
pub fn followed_draft(conn: &mut Conn<'_>, story: &str) -> Result<Option<i64>> {
    let row = conn.one("SELECT version FROM followed_drafts WHERE story_id = $1", args![story])?;
    row.map(|row| row.get("version")).transpose()
}

/// Notes that a version of a draft is followed now, and makes others who follow the same story wait. False if a newer
/// one was followed already.
///
/// # Errors
/// As [`Conn::query`].
pub fn claim_draft(conn: &mut Conn<'_>, story: &str, version: i64) -> Result<bool> {
    let claimed = conn.execute(
        "INSERT INTO followed_drafts (story_id, version) VALUES ($1, $2)
         ON CONFLICT (story_id) DO UPDATE SET version = excluded.version
         WHERE followed_drafts.version <= excluded.version",
        args![story, version],
    )?;
    Ok(claimed > 0)
}

/// Notes which revision of a publication the public standings were read from; none when it is withdrawn.
///
/// # Errors
/// As [`Conn::query`].
pub fn follow_publication(conn: &mut Conn<'_>, story: &str, revision: Option<i64>) -> Result<()> {
    conn.execute("DELETE FROM followed_publications WHERE story_id = $1", args![story])?;
    if let Some(revision) = revision {
        conn.execute("INSERT INTO followed_publications (story_id, revision) VALUES ($1, $2)", args![story, revision])?;
    }
    Ok(())
}

/// A published story whose quotations nobody has read yet.
#[derive(Debug, Clone)]
pub struct Unread {
    /// The story.
    pub story: String,
    /// The revision that is published.
    pub revision: i64,
    /// When it was published.
    pub published_at: Time,
    /// Its text, as JSON.
    pub body: String,
}

/// Published stories that were not read, the newest first; `after` the one with this time and id.
///
/// # Errors
/// As [`Conn::query`].
pub fn unread(conn: &mut Conn<'_>, after: Option<&(Time, String)>, limit: usize) -> Result<Vec<Unread>> {
    let (at, id) = after.cloned().unwrap_or((Time::constant(i64::MAX), String::new()));
    conn.query(
        "SELECT p.story_id, p.revision, p.published_at, p.body FROM publications p
         LEFT JOIN followed_publications f ON f.story_id = p.story_id AND f.revision = p.revision
         WHERE f.story_id IS NULL AND p.kind = 'story'
             AND (p.published_at < $1 OR (p.published_at = $1 AND p.story_id < $2))
         ORDER BY p.published_at DESC, p.story_id DESC LIMIT $3",
        args![at, id, limit],
    )?
    .iter()
    .map(|row| {
        Ok(Unread {
            story: row.get("story_id")?,
            revision: row.get("revision")?,
            published_at: row.get("published_at")?,
            body: row.get("body")?,
        })
    })
    .collect()
}

/// Whether there is any: asked at each start, and answered without a look at the rows of publications, which hold the texts and
/// fill the disk.
///
/// # Errors
/// As [`Conn::query`].
pub fn any_unread(conn: &mut Conn<'_>) -> Result<bool> {
    let row = conn.one(
        "SELECT 1 AS n FROM publications p WHERE p.kind = 'story' AND NOT EXISTS
             (SELECT 1 FROM followed_publications f WHERE f.story_id = p.story_id AND f.revision = p.revision) LIMIT 1",
        args![],
    )?;
    Ok(row.is_some())
}

/// Whether this revision of a story is public and was not read.
///
/// # Errors
/// As [`Conn::query`].
pub fn is_unread(conn: &mut Conn<'_>, story: &str, revision: i64) -> Result<bool> {
    let row = conn.one(
        "SELECT 1 AS n FROM publications p
         LEFT JOIN followed_publications f ON f.story_id = p.story_id AND f.revision = p.revision
         WHERE p.story_id = $1 AND p.revision = $2 AND f.story_id IS NULL",
        args![story, revision],
    )?;
    Ok(row.is_some())
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

/// The other stories in which a story's quotations stand, or those whose words were changed into them, in drafts or in
/// public: quotation and story.
///
/// # Errors
/// As [`Conn::query`].
pub fn elsewhere_of(conn: &mut Conn<'_>, story: &str) -> Result<Vec<(String, String)>> {
    conn.query(
        "WITH mine AS (SELECT quotation_id AS id FROM draft_quotations WHERE story_id = $1
             UNION SELECT q.variant_of FROM draft_quotations d JOIN quotations q ON q.id = d.quotation_id
             WHERE d.story_id = $1 AND q.variant_of IS NOT NULL)
         SELECT quotation_id, story_id FROM draft_quotations
         WHERE story_id <> $1 AND quotation_id IN (SELECT id FROM mine)
         UNION SELECT quotation_id, story_id FROM published_quotations
         WHERE story_id <> $1 AND quotation_id IN (SELECT id FROM mine) ORDER BY quotation_id, story_id",
        args![story],
    )?
    .iter()
    .map(|row| Ok((row.get("quotation_id")?, row.get("story_id")?)))
    .collect()
}

/// The stories in whose drafts a quotation stands.
///
/// # Errors
/// As [`Conn::query`].
pub fn drafts_with(conn: &mut Conn<'_>, quotation: &str) -> Result<Vec<String>> {
    conn.query(
        "SELECT DISTINCT story_id FROM draft_quotations WHERE quotation_id = $1 ORDER BY story_id DESC",
        args![quotation],
    )?
    .iter()
    .map(|row| row.get("story_id"))
    .collect()
}

/// A quotation as readers see it: a whole copy, made when its story was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedStanding {
    /// Where, and in which words.
    pub standing: Standing,
    /// The verdict at publication: a [`crate::State`]'s name.
    pub verdict: String,
    /// Id of who said it, if that is a person we know.
    pub person: Option<String>,
    /// Who said it, as the story has it.
    pub speaker: String,
    /// How.
    pub channel: String,
    /// Where.
    pub outlet: String,
    /// To whom.
    pub addressee: String,
    /// When.
    pub said_on: String,
    /// Id of the source it rests on.
    pub source: Option<String>,
    /// Why it is disputed, if it is.
    pub disputed: Option<String>,
}

impl PublishedStanding {
    /// What readers shall see of a record where it stands.
    pub fn of(standing: Standing, record: &Quotation, verdict: State) -> PublishedStanding {
        PublishedStanding {
            standing,
            verdict: verdict.as_str().into(),
            person: record.person.clone(),
            speaker: record.speaker.clone(),
            channel: record.channel.clone(),
            outlet: record.outlet.clone(),
            addressee: record.addressee.clone(),
            said_on: record.said_on.clone(),
            source: record.source.clone(),
            disputed: record.disputed.clone(),
        }
    }
}

/// Says anew what readers see of a story's quotations, and logs every quotation and person that this concerns.
///
/// # Errors
/// As [`Conn::query`].
pub fn publish(conn: &mut Conn<'_>, story: &str, all: &[PublishedStanding], now: Time) -> Result<()> {
    let mut touched = clear(conn, story)?;
    let row = |(position, copy): (usize, &PublishedStanding)| {
        let standing = &copy.standing;
        args![
            story,
            position,
            &standing.quotation,
            &standing.words,
            &standing.prefix,
            &standing.suffix,
            &standing.kind,
            &copy.verdict,
            copy.person.clone(),
            &copy.speaker,
            &copy.channel,
            &copy.outlet,
            &copy.addressee,
            &copy.said_on,
            copy.source.clone(),
            copy.disputed.clone(),
        ]
        .to_vec()
    };
    let each: Vec<Vec<Value>> = all.iter().enumerate().map(row).collect();
    conn.execute_each(
        "INSERT INTO published_quotations (story_id, position, quotation_id, words, prefix, suffix, kind, verdict,
             person_id, speaker, channel, outlet, addressee, said_on, source_id, disputed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        &each,
    )?;
    touched.extend(all.iter().flat_map(|copy| subjects(&copy.standing.quotation, copy.person.as_deref())));
    log(conn, story, touched, now)
}

/// Writes copies anew where they stand, after a correction of the record by somebody who may publish; `before` are the
/// people they named until now.
///
/// # Errors
/// As [`Conn::query`].
pub fn correct(
    conn: &mut Conn<'_>,
    copies: &[PublishedStanding],
    before: Vec<Option<String>>,
    now: Time,
) -> Result<()> {
    for (copy, before) in copies.iter().zip(before) {
        let standing = &copy.standing;
        conn.execute(
            "UPDATE published_quotations SET verdict = $3, person_id = $4, speaker = $5, channel = $6, outlet = $7,
                 addressee = $8, said_on = $9, source_id = $10, disputed = $11 WHERE story_id = $1 AND position = $2",
            args![
                &standing.story,
                standing.position,
                &copy.verdict,
                copy.person.clone(),
                &copy.speaker,
                &copy.channel,
                &copy.outlet,
                &copy.addressee,
                &copy.said_on,
                copy.source.clone(),
                copy.disputed.clone(),
            ],
        )?;
        let mut touched: Touched = subjects(&standing.quotation, copy.person.as_deref()).collect();
        touched.extend(before.map(|person| ("person", person)));
        log(conn, &standing.story, touched, now)?;
    }
    Ok(())
}

/// Takes a story's quotations from what readers see.
///
/// # Errors
/// As [`Conn::query`].
pub fn withdraw(conn: &mut Conn<'_>, story: &str, now: Time) -> Result<()> {
    let touched = clear(conn, story)?;
    log(conn, story, touched, now)
}

/// What the log of changes names: kind and subject, each once.
type Touched = BTreeSet<(&'static str, String)>;

fn subjects(quotation: &str, person: Option<&str>) -> impl Iterator<Item = (&'static str, String)> {
    let person = person.map(|person| ("person", person.to_owned()));
    std::iter::once(("quotation", quotation.to_owned())).chain(person)
}

fn clear(conn: &mut Conn<'_>, story: &str) -> Result<Touched> {
    let mut touched = Touched::new();
    for row in
        conn.query("SELECT quotation_id, person_id FROM published_quotations WHERE story_id = $1", args![story])?
    {
        let person: Option<String> = row.get("person_id")?;
        touched.extend(subjects(&row.get::<String>("quotation_id")?, person.as_deref()));
    }
    conn.execute("DELETE FROM published_quotations WHERE story_id = $1", args![story])?;
    Ok(touched)
}

fn log(conn: &mut Conn<'_>, story: &str, mut touched: Touched, now: Time) -> Result<()> {
    if touched.is_empty() {
        return Ok(());
    }
    // The page of a quotation names its other wordings.
    let quotations: Vec<&str> =
        touched.iter().filter(|(kind, _)| *kind == "quotation").map(|(_, id)| id.as_str()).collect();
    let wordings = public::wordings(conn, &quotations)?;
    touched.extend(wordings.into_iter().map(|id| ("quotation", id)));
    // The story's own page, which shows marks; no list that names the story shows any.
    let marks = [("marks", story), ("list", "quotations")];
    conn.changed_each(marks.into_iter().chain(touched.iter().map(|(kind, subject)| (*kind, subject.as_str()))), now)
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
    .map(|row| {
        Ok(PublishedStanding {
            standing: read(row)?,
            verdict: row.get("verdict")?,
            person: row.get("person_id")?,
            speaker: row.get("speaker")?,
            channel: row.get("channel")?,
            outlet: row.get("outlet")?,
            addressee: row.get("addressee")?,
            said_on: row.get("said_on")?,
            source: row.get("source_id")?,
            disputed: row.get("disputed")?,
        })
    })
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
