//! Tries counted by network address, without the addresses: what stands in memory is a hash under a key that is thrown away
//! with the counts every quarter of an hour. Whoever takes the server's memory learns no address from before that; whoever
//! watches it while it runs sees them come in, and needs no counter for it.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use onrecord_base::{App, Result, Time, web::limits::Limit};
use sha2::{Digest, Sha256};

/// How long counts are kept. Who tries without end gets one more burst each time.
const FORGET: i64 = 15 * 60_000;

/// One limit.
pub(crate) struct Tries {
    period: Duration,
    burst: u32,
    held: Mutex<Option<Held>>,
}

struct Held {
    began: Time,
    key: [u8; 32],
    limit: Limit,
}

impl Tries {
    /// A burst of so many, refilled one a period.
    pub(crate) fn per(period: Duration, burst: u32) -> Tries {
        Tries { period, burst, held: Mutex::default() }
    }

    /// Counts one for whoever it is.
    ///
    /// # Errors
    /// `Error::TooMany`.
    pub(crate) fn check(&self, app: &App, who: &str) -> Result<()> {
        let now = app.now();
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Held { began: now, key: app.random.bytes(), limit: Limit::per(self.period, self.burst) };
        let fresh = held.as_ref().is_some_and(|held| (0..FORGET).contains(&(now.millis() - held.began.millis())));
        let held = if fresh { held.get_or_insert_with(new) } else { held.insert(new()) };
        let hash = Sha256::new().chain_update(held.key).chain_update(who).finalize();
        held.limit.check(&hex::encode(&hash[..16]))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use onrecord_base::testing;

    use super::*;

    #[tokio::test]
    async fn counts_are_each_ones_own_and_are_forgotten() {
        testing::on_sqlite(&[], async |app: App| {
            let tries = Tries::per(Duration::from_secs(3600), 2);
            let count = |who: &str| (0..5).filter(|_| tries.check(&app, who).is_ok()).count();
            assert_eq!((count("client:198.51.100.7"), count("client:203.0.113.9")), (2, 2));
            let key = tries.held.lock().unwrap().as_ref().unwrap().key;
            assert_eq!(count("client:198.51.100.7"), 0);
            app.clock.advance(FORGET);
            assert_eq!(count("client:198.51.100.7"), 2);
            assert_ne!(tries.held.lock().unwrap().as_ref().unwrap().key, key, "the key went with the counts");
        })
        .await;
    }
}
