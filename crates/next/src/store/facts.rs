//! What the model wants to know of the published stories, from the publication tables alone.

use std::collections::HashMap;

use onrecord_base::{Conn, Result, Row, args, db::Value};

use crate::model::{Facts, Voice};

/// Stories read at once: enough that a hundred thousand take twenty readings, few enough that one is short.
pub const CHUNK: usize = 5_000;

/// The next stories in the order of their ids, at most [`CHUNK`].
///
/// # Errors
/// As [`Conn::query`].
pub fn after(conn: &mut Conn<'_>, last: &str) -> Result<Vec<Facts>> {
    read(conn, "p.story_id > $1", args![last, CHUNK], " ORDER BY p.story_id LIMIT $2")
}

/// One story, if it is published.
///
/// # Errors
/// As [`Conn::query`].
pub fn one(conn: &mut Conn<'_>, id: &str) -> Result<Option<Facts>> {
    Ok(read(conn, "p.story_id = $1", args![id], "")?.pop())
}

/// Published stories that hold a quotation.
///
/// # Errors
/// As [`Conn::query`].
pub fn quoting(conn: &mut Conn<'_>, quotation: &str) -> Result<Vec<String>> {
    conn.query("SELECT DISTINCT story_id FROM published_quotations WHERE quotation_id = $1", args![quotation])?
        .iter()
        .map(|row| row.get("story_id"))
        .collect()
}

/// The published stories with this slug.
///
/// # Errors
/// As [`Conn::query`].
pub fn by_slug(conn: &mut Conn<'_>, slug: &str) -> Result<Vec<String>> {
    conn.query(
        "SELECT story_id FROM publications WHERE slug = $1 AND kind = 'story' ORDER BY story_id LIMIT 2",
        args![slug],
    )?
    .iter()
    .map(|row| row.get("story_id"))
    .collect()
}

fn read(conn: &mut Conn<'_>, condition: &str, args: &[Value], end: &str) -> Result<Vec<Facts>> {
    let rows = conn.query(
        &format!(
            "SELECT p.story_id, p.section_id, p.language, p.translation_of, p.published_at, p.kicker, p.headline, p.dek
             FROM publications p WHERE p.kind = 'story' AND {condition}{end}"
        ),
        args,
    )?;
    let mut stories = rows.iter().map(facts).collect::<Result<Vec<Facts>>>()?;
    let (Some(first), Some(last)) = (stories.first(), stories.last()) else { return Ok(stories) };
    let between = args![&first.id, &last.id].to_vec();
    let at: HashMap<String, usize> = stories.iter().enumerate().map(|(at, one)| (one.id.clone(), at)).collect();
    for row in
        conn.query("SELECT story_id, tag_id FROM publication_tags WHERE story_id >= $1 AND story_id <= $2", &between)?
    {
        if let Some(at) = at.get(&row.get::<String>("story_id")?) {
            stories[*at].tags.push(row.get("tag_id")?);
        }
    }
    for row in conn.query(
        "SELECT story_id, quotation_id, coalesce(person_id, speaker) AS speaker, addressee FROM published_quotations
         WHERE story_id >= $1 AND story_id <= $2",
        &between,
    )? {
        if let Some(at) = at.get(&row.get::<String>("story_id")?) {
            stories[*at].voices.push(Voice {
                quotation: row.get("quotation_id")?,
                speaker: row.get("speaker")?,
                addressee: row.get("addressee")?,
            });
        }
    }
    for row in conn.query(
        "SELECT story_id, max(at) AS at FROM corrections WHERE story_id >= $1 AND story_id <= $2 GROUP BY story_id",
        &between,
    )? {
        if let Some(at) = at.get(&row.get::<String>("story_id")?) {
            stories[*at].corrected_at = row.get("at")?;
        }
    }
    Ok(stories)
}

fn facts(row: &Row) -> Result<Facts> {
    let text = [row.get::<String>("kicker")?, row.get("headline")?, row.get("dek")?];
    Ok(Facts {
        id: row.get("story_id")?,
        section: row.get("section_id")?,
        language: row.get("language")?,
        translation_of: row.get("translation_of")?,
        published_at: row.get("published_at")?,
        text: text.join(" "),
        ..Facts::default()
    })
}
