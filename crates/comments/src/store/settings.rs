//! What a newsroom set, and the ground a comment is written on.

use onrecord_base::{Conn, Error, Random, Result, Time, args};
use onrecord_stories::published::{self, Filter, Whereabouts};
use onrecord_stories::store::cards::MOST;

use crate::rules::{DAY, Exception, Rules};

/// The story a comment is written below, and the settings that hold there, as they are kept.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The story.
    pub story: Whereabouts,
    /// The site's rules as JSON, with when they were set; none while nobody has.
    pub site: Option<(Time, String)>,
    /// What section and story do differently, in this order.
    pub exceptions: Vec<Exception>,
}

/// The ground below a published story.
///
/// # Errors
/// As [`Conn::query`].
pub fn ground(conn: &mut Conn<'_>, story: &str) -> Result<Option<Ground>> {
    let Some(story) = published::whereabouts(conn, story)? else { return Ok(None) };
    let section = story.section_id.as_ref().map_or(String::new(), |id| format!("section/{id}"));
    let own = format!("story/{}", story.id);
    let rows = conn.query(
        "SELECT scope, value, updated_at FROM comment_settings WHERE scope IN ('site', $1, $2) ORDER BY scope",
        args![section, own],
    )?;
    let mut ground = Ground { story, site: None, exceptions: Vec::new() };
    for row in rows {
        let (scope, value): (String, String) = (row.get("scope")?, row.get("value")?);
        match scope.as_str() {
            "site" => ground.site = Some((row.get("updated_at")?, value)),
            // In the order of the alphabet: the section before the story.
            _ => ground.exceptions.push(parse(&value)?),
        }
    }
    Ok(Some(ground))
}

/// The rules for a story, merged; for pages that are made, not for every comment that comes in.
///
/// # Errors
/// As [`Conn::query`].
pub fn rules_at(conn: &mut Conn<'_>, story: &str) -> Result<Option<(Whereabouts, Rules)>> {
    let Some(ground) = ground(conn, story)? else { return Ok(None) };
    let site = ground.site.map_or(Ok(Rules::default()), |(_, value)| parse(&value))?;
    let rules = ground.exceptions.iter().fold(site, |rules, exception| rules.except(exception));
    Ok(Some((ground.story, rules)))
}

/// The site's rules.
///
/// # Errors
/// As [`Conn::query`].
pub fn site(conn: &mut Conn<'_>) -> Result<Rules> {
    value(conn, "site")?.map_or(Ok(Rules::default()), |value| parse(&value))
}

/// What a scope does differently.
///
/// # Errors
/// As [`Conn::query`].
pub fn exception(conn: &mut Conn<'_>, scope: &str) -> Result<Exception> {
    value(conn, scope)?.map_or(Ok(Exception::default()), |value| parse(&value))
}

/// All scopes that do something differently.
///
/// # Errors
/// As [`Conn::query`].
pub fn exceptions(conn: &mut Conn<'_>) -> Result<Vec<(String, Exception)>> {
    let sql = "SELECT scope, value FROM comment_settings WHERE scope LIKE 'section/%' OR scope LIKE 'story/%'
         ORDER BY scope LIMIT 500";
    conn.query(sql, &[])?.iter().map(|row| Ok((row.get("scope")?, parse(&row.get::<String>("value")?)?))).collect()
}

/// Ids of the stories whose threads may have closed by their age after `from` and until `until`: every number of days that
/// is in force anywhere is looked at for all stories, since a thread looked at in vain costs one page made anew.
///
/// # Errors
/// As [`Conn::query`].
pub fn closed(conn: &mut Conn<'_>, from: Time, until: Time) -> Result<Vec<String>> {
    let mut days: Vec<i64> = exceptions(conn)?.into_iter().filter_map(|(_, own)| own.close_after_days).collect();
    days.push(site(conn)?.close_after_days);
    days.retain(|days| *days > 0);
    days.sort_unstable();
    days.dedup();
    let mut stories = Vec::new();
    for days in days {
        let ago = -days.saturating_mul(DAY);
        let filter = Filter { from: Some(from.plus(ago)), until: Some(until.plus(ago)), ..Filter::all() };
        stories.extend(published::cards(conn, &filter, None, MOST)?.into_iter().map(|card| card.id));
    }
    Ok(stories)
}

/// Keeps the site's rules; every thread shows some of them.
///
/// # Errors
/// As [`Conn::query`].
pub fn save_site(conn: &mut Conn<'_>, rules: &Rules, by: &str, now: Time) -> Result<()> {
    let value = serde_json::to_string(rules).map_err(|e| Error::internal(e.to_string()))?;
    set(conn, "site", &value, Some(by), now)?;
    conn.changed("comment-rules", "site", now)
}

/// Keeps what a scope does differently; nothing, and it follows what stands above again.
///
/// # Errors
/// As [`Conn::query`].
pub fn save_exception(conn: &mut Conn<'_>, scope: &str, exception: &Exception, by: &str, now: Time) -> Result<()> {
    if exception.is_empty() {
        conn.execute("DELETE FROM comment_settings WHERE scope = $1", args![scope])?;
    } else {
        let value = serde_json::to_string(exception).map_err(|e| Error::internal(e.to_string()))?;
        set(conn, scope, &value, Some(by), now)?;
    }
    conn.changed("comment-rules", "site", now)
}

/// The secret of the hashes of addresses; made when it is first asked for.
///
/// # Errors
/// As [`Conn::query`].
pub fn key(conn: &mut Conn<'_>, random: &Random, now: Time) -> Result<String> {
    if let Some(key) = value(conn, "key")? {
        return Ok(key);
    }
    conn.execute(
        "INSERT INTO comment_settings (scope, value, updated_at) VALUES ('key', $1, $2) ON CONFLICT (scope) DO NOTHING",
        args![random.token(), now],
    )?;
    value(conn, "key")?.ok_or_else(|| Error::internal("the key of the comments was not kept"))
}

fn value(conn: &mut Conn<'_>, scope: &str) -> Result<Option<String>> {
    let row = conn.one("SELECT value FROM comment_settings WHERE scope = $1", args![scope])?;
    row.map(|row| row.get("value")).transpose()
}

fn set(conn: &mut Conn<'_>, scope: &str, value: &str, by: Option<&str>, now: Time) -> Result<()> {
    conn.execute(
        "INSERT INTO comment_settings (scope, value, updated_at, updated_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (scope) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at,
            updated_by = excluded.updated_by",
        args![scope, value, now, by],
    )
    .map(drop)
}

fn parse<T: serde::de::DeserializeOwned>(value: &str) -> Result<T> {
    serde_json::from_str(value).map_err(|e| Error::internal(format!("the rules of the comments cannot be read: {e}")))
}
