//! The archive: all stories by year, month and day.

use jiff::civil;
use onrecord_base::{Result, Time};
use onrecord_stories::published::{self, Filter, Page, Place};

use super::{
    lists::{PAGE, at, bare, finish},
    maker::Maker,
};
use crate::{
    edition::page::Draft,
    views::{Head, List, MarkedLink, Pager, PagerLink},
};

pub(super) fn make(mut maker: Maker<'_, '_>, date: &[&str], place: &Place) -> Result<Option<Draft>> {
    maker.noted.note("list", "all");
    let Some(date) = read(date) else { return Ok(None) };
    let dates = maker.dates(&maker.language());
    let first = |year, month, day| civil::Date::new(year, month, day).ok();
    let (title, links, span) = match date {
        (None, ..) => (maker.text("site-archive"), years(&mut maker)?, None),
        (Some(y), None, _) => (y.to_string(), months(&mut maker, y)?, first(y, 1, 1).zip(first(y + 1, 1, 1))),
        (Some(y), Some(m), None) => {
            let Some(start) = first(y, m, 1) else { return Ok(None) };
            let end = if m == 12 { first(y + 1, 1, 1) } else { first(y, m + 1, 1) };
            (dates.month(start), days(&mut maker, y, m, None)?, Some(start).zip(end))
        }
        (Some(y), Some(m), Some(d)) => {
            let Some(start) = first(y, m, d) else { return Ok(None) };
            (dates.civil(start), days(&mut maker, y, m, Some(d))?, Some(start).zip(start.tomorrow().ok()))
        }
    };
    let bounds = span.and_then(|(from, until)| Some((begin(&maker, from)?, begin(&maker, until)?)));
    let filter = match (date, bounds) {
        ((None, ..), _) => Filter::all(),
        (_, Some((from, until))) => Filter::between(from, until),
        (_, None) => return Ok(None),
    };
    let page: Page = published::page(maker.conn, &filter, place, PAGE)?;
    let path = path(date);
    // A span without stories is no page: otherwise there would be one for each day of ten thousand years.
    if page.cards.is_empty() && date.0.is_some() {
        return Ok(None);
    }
    let mut list = List { links, ..bare("archive", &title) };
    if let ((_, _, Some(_)), Some(bounds), Place::Newest) = (date, bounds, place) {
        list.pager = neighbours(&mut maker, bounds, &page)?;
    }
    let head = Head { canonical: Some(maker.absolute(&at(&path, place))), ..maker.head("list", &title, None) };
    finish(maker, list, head, &path, page).map(Some)
}

type When = (Option<i16>, Option<i8>, Option<i8>);

/// Year, month and day of an address; years have four digits, months and days two.
fn read(parts: &[&str]) -> Option<When> {
    let number = |text: &str, digits: usize| -> Option<i16> {
        (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
    };
    let small = |text: &str| number(text, 2).and_then(|n| i8::try_from(n).ok());
    match parts {
        [] => Some((None, None, None)),
        [y] => Some((Some(number(y, 4)?), None, None)),
        [y, m] => Some((Some(number(y, 4)?), Some(small(m)?), None)),
        [y, m, d] => Some((Some(number(y, 4)?), Some(small(m)?), Some(small(d)?))),
        _ => None,
    }
}

fn path(date: When) -> String {
    match date {
        (None, ..) => "/archive".into(),
        (Some(y), None, _) => format!("/archive/{y:04}"),
        (Some(y), Some(m), None) => format!("/archive/{y:04}/{m:02}"),
        (Some(y), Some(m), Some(d)) => format!("/archive/{y:04}/{m:02}/{d:02}"),
    }
}

fn begin(maker: &Maker<'_, '_>, day: civil::Date) -> Option<Time> {
    published::day_bounds(&maker.zone, day.year(), day.month(), day.day()).map(|(start, _)| start)
}

fn years(maker: &mut Maker<'_, '_>) -> Result<Vec<MarkedLink>> {
    let link = |year: i16| MarkedLink { name: year.to_string(), url: path((Some(year), None, None)), current: false };
    Ok(published::years(maker.conn, &maker.zone)?.into_iter().map(link).collect())
}

fn months(maker: &mut Maker<'_, '_>, year: i16) -> Result<Vec<MarkedLink>> {
    let dates = maker.dates(&maker.language());
    let link = |month: i8| MarkedLink {
        name: dates.month_name(month),
        url: path((Some(year), Some(month), None)),
        current: false,
    };
    Ok(published::months(maker.conn, &maker.zone, year)?.into_iter().map(link).collect())
}

fn days(maker: &mut Maker<'_, '_>, year: i16, month: i8, current: Option<i8>) -> Result<Vec<MarkedLink>> {
    let link = |day: i8| MarkedLink {
        name: day.to_string(),
        url: path((Some(year), Some(month), Some(day))),
        current: current == Some(day),
    };
    Ok(published::days(maker.conn, &maker.zone, year, month)?.into_iter().map(link).collect())
}

/// The nearest days with stories before and after a day, where the day itself has no further pages.
fn neighbours(maker: &mut Maker<'_, '_>, (from, until): (Time, Time), page: &Page) -> Result<Pager> {
    let mut pager = Pager::default();
    let before = Filter { until: Some(from), ..Filter::default() };
    if page.older.is_none()
        && let Some(card) = published::cards(maker.conn, &before, None, 1)?.pop()
    {
        pager.older = Some(day_link(maker, card.published_at));
    }
    if let Some(first) = page.cards.first() {
        let place = Place::NewerThan(first.cursor());
        let after = Filter { from: Some(until), ..Filter::default() };
        if let Some(card) = published::page(maker.conn, &after, &place, 1)?.cards.pop() {
            pager.newer = Some(day_link(maker, card.published_at));
        }
    }
    Ok(pager)
}

fn day_link(maker: &Maker<'_, '_>, time: Time) -> PagerLink {
    let day = time.in_zone(&maker.zone).date();
    let name = maker.dates(&maker.language()).civil(day);
    PagerLink { name: Some(name), url: path((Some(day.year()), Some(day.month()), Some(day.day()))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_archive_are_strict() {
        assert_eq!(read(&[]), Some((None, None, None)));
        assert_eq!(read(&["2026", "02", "30"]), Some((Some(2026), Some(2), Some(30))));
        for parts in [&["26"][..], &["2026", "2"], &["2026", "aa"], &["+026"], &["2026", "01", "01", "x"], &[""]] {
            assert_eq!(read(parts), None, "{parts:?}");
        }
        assert_eq!(path((Some(2026), Some(2), Some(3))), "/archive/2026/02/03");
    }
}
