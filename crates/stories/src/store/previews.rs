//! Links that show a draft to people without an account. Only the token's hash is kept: a copy of the database opens no
//! preview.

use onrecord_base::{Conn, Result, Row, Time, args, token_hash};

use super::{drafts, tags};
use crate::{
    Kind, PreviewedStory, Tag,
    published::{Article, AuthorPage, BylineName, SectionName},
    slug,
};

/// A link without its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Its id, for revoking it.
    pub id: String,
    /// Staff id of who made it.
    pub by: Option<String>,
    /// When.
    pub created_at: Time,
    /// Until when it shows the draft.
    pub expires_at: Time,
}

/// Makes a link.
///
/// # Errors
/// As [`Conn::query`].
pub fn create(
    conn: &mut Conn<'_>,
    id: &str,
    token: &str,
    story: &str,
    by: Option<&str>,
    now: Time,
    expires_at: Time,
) -> Result<()> {
    conn.execute("DELETE FROM previews WHERE expires_at < $1", args![now])?;
    conn.execute(
        "INSERT INTO previews (token_hash, id, story_id, by_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![token_hash(token), id, story, by, now, expires_at],
    )?;
    Ok(())
}

/// The links of a story that still work, newest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn list(conn: &mut Conn<'_>, story: &str, now: Time) -> Result<Vec<Preview>> {
    conn.query(
        "SELECT id, by_id, created_at, expires_at FROM previews WHERE story_id = $1 AND expires_at >= $2
         ORDER BY created_at DESC, id DESC",
        args![story, now],
    )?
    .iter()
    .map(read)
    .collect()
}

/// Ends a link. False if there is none.
///
/// # Errors
/// As [`Conn::query`].
pub fn revoke(conn: &mut Conn<'_>, story: &str, id: &str) -> Result<bool> {
    Ok(conn.execute("DELETE FROM previews WHERE story_id = $1 AND id = $2", args![story, id])? > 0)
}

/// Ends all links of a story.
///
/// # Errors
/// As [`Conn::query`].
pub fn revoke_all(conn: &mut Conn<'_>, story: &str) -> Result<()> {
    conn.execute("DELETE FROM previews WHERE story_id = $1", args![story])?;
    Ok(())
}

/// What a link shows: the draft as it stands now. None for a token that is unknown, revoked or expired.
///
/// # Errors
/// As [`Conn::query`].
pub fn open(conn: &mut Conn<'_>, token: &str, now: Time) -> Result<Option<PreviewedStory>> {
    let row = conn.one(
        "SELECT story_id FROM previews WHERE token_hash = $1 AND expires_at >= $2",
        args![token_hash(token), now],
    )?;
    let Some(row) = row else { return Ok(None) };
    let Some(draft) = drafts::find(conn, &row.get::<String>("story_id")?)? else { return Ok(None) };
    let content = draft.content;
    let section = match &content.section {
        Some(id) => super::sections::find(conn, id)?,
        None => None,
    };
    let mut bylines = Vec::new();
    for byline in content.bylines {
        let author = match &byline.author {
            Some(id) => super::authors::find(conn, id)?,
            None => None,
        };
        bylines.push(BylineName { name: byline.name, author: author.map(|a| AuthorPage { id: a.id, slug: a.slug }) });
    }
    let mut shown = Vec::new();
    for name in content.tags {
        shown.push(match tags::named(conn, &name)? {
            Some(tag) => tag,
            None => Tag { id: String::new(), slug: slug::from_text(&name), name },
        });
    }
    let article = Article {
        kicker: content.kicker,
        headline: content.headline,
        dek: content.dek,
        section: section.filter(|_| draft.kind == Kind::Story).map(|section| SectionName {
            id: section.id,
            slug: section.slug,
            name: section.name,
        }),
        bylines,
        dateline: content.dateline,
        tags: shown,
        language: content.language,
        canonical: content.canonical,
        lead_picture: content.lead_picture,
        word_count: i64::try_from(content.body.words()).unwrap_or(i64::MAX),
        body: content.body,
        translations: super::published::translations(conn, &draft.id, content.translation_of.as_deref())?,
        corrections: super::corrections::of_story(conn, &draft.id)?,
        kind: draft.kind,
        id: draft.id,
    };
    Ok(Some(PreviewedStory { article, saved_at: draft.saved_at, published_at: content.published_at }))
}

fn read(row: &Row) -> Result<Preview> {
    Ok(Preview {
        id: row.get("id")?,
        by: row.get("by_id")?,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
    })
}
