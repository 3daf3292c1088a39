//! The `Date` line of an answer, written anew a few times a second and not for every answer.

use std::{cell::RefCell, time::Duration};

use onrecord_base::Clock;
use tokio::time::Instant;

/// How long a written date is used: fresh enough for a header that counts in seconds.
const FRESH: Duration = Duration::from_millis(200);

/// `date: ` + 29 bytes + two line ends.
pub(super) const LENGTH: usize = 39;

thread_local! {
    static WRITTEN: RefCell<Option<(Instant, [u8; LENGTH])>> = const { RefCell::new(None) };
}

/// The line with the empty one that ends a head.
pub(super) fn line(clock: &Clock, now: Instant) -> [u8; LENGTH] {
    WRITTEN.with_borrow_mut(|written| {
        if let Some((at, line)) = written
            && now.duration_since(*at) < FRESH
        {
            return *line;
        }
        let mut line = [b' '; LENGTH];
        let text = format!("date: {}\r\n\r\n", clock.now().http_date());
        let length = text.len().min(LENGTH);
        line[..length].copy_from_slice(&text.as_bytes()[..length]);
        *written = Some((now, line));
        line
    })
}
