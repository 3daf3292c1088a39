//! Dates in words: the months and their order are messages, so that a translator decides about them.

use jiff::tz::TimeZone;
use onrecord_base::{
    Time,
    messages::{Arg, Messages},
};

use crate::views::Date;

/// Writes dates in one language and time zone.
pub(super) struct Dates<'a> {
    messages: &'a Messages,
    zone: TimeZone,
    language: String,
}

impl<'a> Dates<'a> {
    pub(super) fn new(messages: &'a Messages, zone: &TimeZone, language: &str) -> Dates<'a> {
        Dates { messages, zone: zone.clone(), language: language.to_owned() }
    }

    /// `22 November 2026`.
    pub(super) fn day(&self, time: Time) -> Date {
        let at = time.in_zone(&self.zone);
        self.date(time, self.words("site-date-day", at.date(), None))
    }

    /// `22 November 2026, 10:00`.
    pub(super) fn day_and_time(&self, time: Time) -> Date {
        let at = time.in_zone(&self.zone);
        let clock = format!("{:02}:{:02}", at.hour(), at.minute());
        self.date(time, self.words("site-date-time", at.date(), Some(clock)))
    }

    /// `22 November 2026` of a calendar day.
    pub(super) fn civil(&self, day: jiff::civil::Date) -> String {
        self.words("site-date-day", day, None)
    }

    /// `November 2026`.
    pub(super) fn month(&self, day: jiff::civil::Date) -> String {
        self.words("site-date-month", day, None)
    }

    /// `3 May 2018`, `May 2018` or `2018`: as much as is known of a date.
    pub(super) fn partial(&self, text: &str) -> Option<Date> {
        let day = first_day(text)?;
        let words = match text.len() {
            4 => text.to_owned(),
            7 => self.month(day),
            _ => self.civil(day),
        };
        Some(Date { iso: text.to_owned(), text: words })
    }

    /// `November`.
    pub(super) fn month_name(&self, month: i8) -> String {
        self.messages.text(&self.language, &format!("site-month-{month}"), [])
    }

    fn date(&self, time: Time, text: String) -> Date {
        let iso = time.in_zone(&self.zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        Date { iso, text }
    }

    fn words(&self, key: &str, day: jiff::civil::Date, time: Option<String>) -> String {
        // As text: a year is not a quantity, 2,026 would be wrong in every language.
        let args = [
            ("day", day.day().to_string()),
            ("month", self.month_name(day.month())),
            ("year", day.year().to_string()),
            ("time", time.unwrap_or_default()),
        ];
        self.messages.text(&self.language, key, args.map(|(name, value)| (name, Arg::from(value))))
    }
}

/// The first day of a year, a month, or a day itself: `2018`, `2018-05`, `2018-05-03`.
pub(super) fn first_day(text: &str) -> Option<jiff::civil::Date> {
    match text.len() {
        4 => format!("{text}-01-01").parse().ok(),
        7 => format!("{text}-01").parse().ok(),
        10 => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_language_does() {
        let messages = Messages::built_in();
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        let time = Time::parse("2026-11-22T23:30:00Z").unwrap();
        let in_language = |language| Dates::new(&messages, &zone, language).day_and_time(time);
        assert_eq!(in_language("en").text, "23 November 2026, 00:30");
        assert_eq!(in_language("es").text, "23 de noviembre de 2026, 00:30");
        assert_eq!(in_language("de-AT").text, "23. November 2026, 00:30");
        assert_eq!(in_language("en").iso, "2026-11-23T00:30:00+01:00");
        let dates = Dates::new(&messages, &zone, "en");
        assert_eq!(dates.day(time).text, "23 November 2026");
        let known = |text: &str| dates.partial(text).map(|date| date.text);
        assert_eq!(known("2018-05-03").as_deref(), Some("3 May 2018"));
        assert_eq!(known("2018-05").as_deref(), Some("May 2018"));
        assert_eq!(known("2018").as_deref(), Some("2018"));
        assert_eq!([known(""), known("May"), known("2018-13"), known("2018-02-30")], [None, None, None, None]);
        assert_eq!(dates.month(jiff::civil::date(2026, 2, 1)), "February 2026");
    }
}
