//! A point in time as a page shows it.

use serde::Serialize;

use crate::{App, Time};

/// For `<time datetime="{{ at.iso }}">{{ at.text }}</time>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// RFC 3339.
    pub iso: String,
    /// On the wall clock of the newsroom, such as `22 November 2026, 11:58`.
    pub text: String,
}

impl Moment {
    /// In the newsroom's time zone.
    pub fn new(app: &App, time: Time) -> Moment {
        let text = time.in_zone(&app.settings().zone()).strftime("%-d %B %Y, %H:%M").to_string();
        Moment { iso: time.rfc3339(), text }
    }

    /// For samples of views.
    pub fn sample() -> Moment {
        Moment { iso: "2026-11-22T11:58:00Z".into(), text: "22 November 2026, 11:58".into() }
    }
}
