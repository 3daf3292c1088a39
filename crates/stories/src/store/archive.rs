//! The archive: which years, months and days have stories. Each answer costs one look into an index per year, month or
//! day that it names.

use jiff::{Zoned, tz::TimeZone};
use onrecord_base::{Conn, Result, Time, args};

use crate::{Kind, published::day_bounds};

/// The years that have stories, oldest first.
///
/// # Errors
/// As [`Conn::query`].
pub fn years(conn: &mut Conn<'_>, zone: &TimeZone) -> Result<Vec<i16>> {
    walk(conn, zone, Time::from_millis(i64::MIN), None, |day| (day.year(), day_bounds(zone, day.year() + 1, 1, 1)))
}

/// The months of a year that have stories.
///
/// # Errors
/// As [`Conn::query`].
pub fn months(conn: &mut Conn<'_>, zone: &TimeZone, year: i16) -> Result<Vec<i8>> {
    let Some((from, _)) = day_bounds(zone, year, 1, 1) else { return Ok(Vec::new()) };
    let until = day_bounds(zone, year.saturating_add(1), 1, 1).map(|b| b.0);
    walk(conn, zone, from, until, |day| {
        let (year, month) = following(day.year(), day.month());
        (day.month(), day_bounds(zone, year, month, 1))
    })
}

/// The days of a month that have stories.
///
/// # Errors
/// As [`Conn::query`].
pub fn days(conn: &mut Conn<'_>, zone: &TimeZone, year: i16, month: i8) -> Result<Vec<i8>> {
    let Some((from, _)) = day_bounds(zone, year, month, 1) else { return Ok(Vec::new()) };
    let (next_year, next_month) = following(year, month);
    let until = day_bounds(zone, next_year, next_month, 1).map(|b| b.0);
    walk(conn, zone, from, until, |day| {
        let next = day_bounds(zone, day.year(), day.month(), day.day()).map(|(_, end)| (end, end));
        (day.day(), next)
    })
}

fn following(year: i16, month: i8) -> (i16, i8) {
    if month >= 12 { (year.saturating_add(1), 1) } else { (year, month + 1) }
}

/// From story to story, jumping over the rest of each span: `span` names the span of a day and says where the next begins.
fn walk<T>(
    conn: &mut Conn<'_>,
    zone: &TimeZone,
    from: Time,
    until: Option<Time>,
    span: impl Fn(&Zoned) -> (T, Option<(Time, Time)>),
) -> Result<Vec<T>> {
    let mut found = Vec::new();
    let mut from = from;
    while let Some(at) = first_since(conn, from)? {
        if until.is_some_and(|until| at >= until) {
            break;
        }
        let (name, next) = span(&at.in_zone(zone));
        found.push(name);
        // The last span that a date can name has none after it.
        let Some((next, _)) = next.filter(|(next, _)| *next > from) else { break };
        from = next;
    }
    Ok(found)
}

fn first_since(conn: &mut Conn<'_>, from: Time) -> Result<Option<Time>> {
    let row = conn.one(
        "SELECT published_at FROM publications WHERE kind = $1 AND published_at >= $2
         ORDER BY published_at, story_id LIMIT 1",
        args![Kind::Story.as_str(), from],
    )?;
    row.map(|row| row.get("published_at")).transpose()
}

/// When the newest story was published, for feeds and the front.
///
/// # Errors
/// As [`Conn::query`].
pub fn latest_update(conn: &mut Conn<'_>) -> Result<Option<Time>> {
    let row = conn.one(
        "SELECT published_at FROM publications WHERE kind = $1 ORDER BY published_at DESC, story_id DESC LIMIT 1",
        args![Kind::Story.as_str()],
    )?;
    row.map(|row| row.get("published_at")).transpose()
}
