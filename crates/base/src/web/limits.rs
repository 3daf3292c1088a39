//! Rate limits, by action and whoever acts.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};

use crate::{Error, Result};

/// Beyond so many remembered keys those at rest are forgotten, so that an attack with many addresses cannot fill memory.
const KEYS: usize = 10_000;

/// The limits that guard what costs much or is worth guessing at.
#[derive(Clone)]
pub struct Limits {
    /// Sign-in attempts at one account.
    pub sign_in: Limit,
    /// Sign-in attempts from one network address, behind which a whole office may sit on a Monday morning.
    pub sign_in_client: Limit,
    /// Mails that a visitor can cause (recovery).
    pub mail: Limit,
    /// Previews and other look-ups by secret link.
    pub link: Limit,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            sign_in: Limit::per(Duration::from_secs(30), 10),
            sign_in_client: Limit::per(Duration::from_secs(10), 50),
            mail: Limit::per(Duration::from_secs(300), 3),
            link: Limit::per(Duration::from_secs(1), 60),
        }
    }
}

/// One limit: a burst, then one more after each period.
#[derive(Clone)]
pub struct Limit(Arc<DefaultKeyedRateLimiter<String>>);

impl Limit {
    /// A burst of so many, refilled one a period.
    pub fn per(period: Duration, burst: u32) -> Limit {
        let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(period).unwrap_or(Quota::per_minute(burst)).allow_burst(burst);
        Limit(Arc::new(RateLimiter::keyed(quota)))
    }

    /// Counts one for `key`.
    ///
    /// # Errors
    /// `Error::TooMany` with the seconds to wait.
    pub fn check(&self, key: &str) -> Result<()> {
        if self.0.len() > KEYS {
            self.0.retain_recent();
        }
        self.0.check_key(&key.to_owned()).map_err(|denied| {
            let wait = denied.wait_time_from(governor::clock::DefaultClock::default().now());
            Error::TooMany { seconds: wait.as_secs() + 1 }
        })
    }
}
