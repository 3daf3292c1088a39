//! Dates of an export. WordPress writes one three times, any of which may be missing or zero.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use onrecord_base::Time;

use crate::wxr::Item;

/// When an item says it was published: UTC if it says so, else by the feed's date, else in the newsroom's time zone.
pub(crate) fn published(item: &Item, zone: &TimeZone) -> Option<Time> {
    moment(&item.date_gmt, &TimeZone::UTC).or_else(|| feed_date(&item.pub_date)).or_else(|| moment(&item.date, zone))
}

/// `YYYY-MM-DD HH:MM:SS` in a time zone; nothing for zeros and other days that no calendar has.
pub(crate) fn moment(text: &str, zone: &TimeZone) -> Option<Time> {
    let civil: DateTime = text.trim().parse().ok()?;
    if civil.year() < 1 {
        return None;
    }
    let at = zone.to_ambiguous_zoned(civil).compatible().ok()?;
    Some(Time::from_millis(at.timestamp().as_millisecond()))
}

/// True if somebody wrote a date there; zeros stand for none.
pub(crate) fn is_meant(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit() && byte != b'0') && !text.contains("-0001")
}

fn feed_date(text: &str) -> Option<Time> {
    let at = jiff::fmt::rfc2822::parse(text.trim()).ok()?;
    (at.year() > 0).then(|| Time::from_millis(at.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(gmt: &str, feed: &str, local: &str, expected: Option<&str>) {
        let item = Item { date_gmt: gmt.into(), pub_date: feed.into(), date: local.into(), ..Item::default() };
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        assert_eq!(published(&item, &zone), expected.and_then(Time::parse), "{gmt} {feed} {local}");
    }

    #[test]
    fn the_best_of_three_dates_is_taken() {
        check("2012-01-05 14:30:46", "", "2012-01-05 15:30:46", Some("2012-01-05T14:30:46Z"));
        check("0000-00-00 00:00:00", "Thu, 05 Jan 2012 14:30:46 +0000", "", Some("2012-01-05T14:30:46Z"));
        check(
            "0000-00-00 00:00:00",
            "Mon, 30 Nov -0001 00:00:00 +0000",
            "2012-07-05 15:30:46",
            Some("2012-07-05T13:30:46Z"),
        );
        check("0000-00-00 00:00:00", "", "", None);
        assert!(is_meant("99999-13-41 00:00:00") && is_meant("2012-02-30"));
        assert!(["0000-00-00 00:00:00", "", "Mon, 30 Nov -0001 00:00:00 +0000"].iter().all(|none| !is_meant(none)));
        check("soon", "yesterday", "2012-02-30 00:00:00", None);
    }
}
