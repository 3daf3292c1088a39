//! Points in time, and the clock that tells them.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::{Timestamp, Zoned, tz::TimeZone};

/// A point in time: milliseconds since 1970-01-01 UTC, as the database keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Time(i64);

impl Time {
    /// From milliseconds since 1970-01-01 UTC, held within the years 1 to 9999 that every date format can print.
    pub fn from_millis(millis: i64) -> Time {
        Time(millis.clamp(-62_135_596_800_000, 253_402_300_799_999))
    }

    /// A point in time known at compile time, in milliseconds since 1970-01-01 UTC.
    pub const fn constant(millis: i64) -> Time {
        Time(millis)
    }

    /// From RFC 3339 text, such as `2026-11-22T10:00:00Z`.
    pub fn parse(text: &str) -> Option<Time> {
        text.parse::<Timestamp>().ok().map(|t| Time::from_millis(t.as_millisecond()))
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// Moved by so many milliseconds.
    #[must_use]
    pub fn plus(self, millis: i64) -> Time {
        Time::from_millis(self.0.saturating_add(millis))
    }

    /// RFC 3339 in UTC.
    pub fn rfc3339(self) -> String {
        self.timestamp().to_string()
    }

    /// RFC 2822 in UTC, as RSS and HTTP-like formats want it: `Sun, 22 Nov 2026 10:00:00 +0000`.
    pub fn rfc2822(self) -> String {
        self.timestamp().strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
    }

    /// As HTTP writes it (RFC 9110, section 5.6.7): `Sun, 22 Nov 2026 10:00:00 GMT`.
    pub fn http_date(self) -> String {
        self.timestamp().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// The wall clock in a time zone.
    pub fn in_zone(self, zone: &TimeZone) -> Zoned {
        self.timestamp().to_zoned(zone.clone())
    }

    fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

impl From<Time> for crate::db::Value {
    fn from(time: Time) -> crate::db::Value {
        crate::db::Value::Int(time.0)
    }
}

impl crate::db::FromValue for Time {
    fn from_value(value: &crate::db::Value) -> Option<Time> {
        i64::from_value(value).map(Time::from_millis)
    }
}

/// Tells the time: the system's, or one a test holds still.
#[derive(Debug, Clone, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The system's clock.
    pub fn system() -> Clock {
        Clock(None)
    }

    /// A clock that stands still until [`Clock::advance`].
    pub fn fixed(at: Time) -> Clock {
        Clock(Some(Arc::new(AtomicI64::new(at.0))))
    }

    /// Now.
    pub fn now(&self) -> Time {
        match &self.0 {
            Some(held) => Time::from_millis(held.load(Ordering::SeqCst)),
            #[allow(clippy::disallowed_methods)] // The one place that asks the system.
            None => Time::from_millis(Timestamp::now().as_millisecond()),
        }
    }

    /// Moves a fixed clock; the system's stays as it is.
    pub fn advance(&self, millis: i64) {
        if let Some(held) = &self.0 {
            held.fetch_add(millis, Ordering::SeqCst);
        }
    }
}
