//! What a node holds in memory to decide quickly: the rules with their lists ready, the rate limits, the secret of the
//! hashes. All of it is a function of the database, looked at again with every comment.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use onrecord_base::{App, Error, Result, Time, web::Client, web::limits::Limit};
use sha2::{Digest, Sha256};

use crate::{
    judge::Lists,
    rules::Rules,
    store::settings::{self, Ground},
    words::Words,
};

/// Reactions of one address a minute.
const RESPECTS: i64 = 60;
/// Reports of one address an hour.
const REPORTS: i64 = 20;
/// Accounts by passkey of one address an hour: an office, not a machine.
const JOINS: i64 = 10;
/// Challenges of one address a minute.
const CHALLENGES: i64 = 30;
/// How long a comment of the queue is left to who looks at it: somebody else meets the next one meanwhile.
const LOOKED_AT: i64 = 2 * 60_000;
/// Rates that are remembered: a newsroom uses two or three.
const RATES: usize = 64;

/// Held by every handler. Cheap to clone.
#[derive(Clone, Default)]
pub struct Guard(Arc<Inner>);

#[derive(Default)]
struct Inner {
    key: OnceLock<String>,
    site: Mutex<Option<(Time, Arc<Site>)>>,
    rates: Mutex<HashMap<(i64, i64), Limit>>,
    looked_at: Mutex<HashMap<String, (String, Time)>>,
}

/// The site's rules with their lists ready.
#[derive(Debug, Default)]
pub struct Site {
    /// The rules.
    pub rules: Rules,
    /// Its lists.
    pub lists: Lists,
}

impl Guard {
    /// The site's rules behind a ground, read anew only when they changed.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn site(&self, ground: &Ground) -> Result<Arc<Site>> {
        let Some((at, value)) = &ground.site else { return Ok(Arc::default()) };
        if let Some((known, site)) = &*lock(&self.0.site)
            && known == at
        {
            return Ok(site.clone());
        }
        let rules: Rules = serde_json::from_str(value).map_err(|e| Error::internal(e.to_string()))?;
        let lists = Lists { banned: Words::new(&rules.banned), suspect: Words::new(&rules.suspect) };
        let site = Arc::new(Site { rules, lists });
        *lock(&self.0.site) = Some((*at, site.clone()));
        Ok(site)
    }

    /// The keyed hash of something that is not to be kept itself.
    ///
    /// # Errors
    /// If the key cannot be read.
    pub async fn hash(&self, app: &App, kind: &str, what: &str) -> Result<String> {
        let key = match self.0.key.get() {
            Some(key) => key.clone(),
            None => {
                let (random, now) = (app.random.clone(), app.now());
                let key = app.db.write(move |conn| settings::key(conn, &random, now)).await?;
                self.0.key.get_or_init(|| key).clone()
            }
        };
        // The key stands in front, and no kind is the beginning of another with the same key: SHA-256 will do.
        let digest =
            Sha256::new().chain_update(key).chain_update(kind).chain_update(b"\0").chain_update(what).finalize();
        Ok(format!("{kind}:{}", hex::encode(&digest[..16])))
    }

    /// The keyed hash of whoever asks.
    ///
    /// # Errors
    /// As [`Guard::hash`].
    pub async fn address(&self, app: &App, client: &Client) -> Result<String> {
        self.hash(app, "address", &client.key()).await
    }

    /// Which of the next comments of a queue is for somebody of the staff: the first that nobody else looks at, so that two
    /// people work through one queue and not both through the same half. Remembered by this node alone; where two people
    /// meet all the same, the second one's decision is refused and they are told.
    pub fn next_for(&self, staff: &str, ids: &[&str], now: Time) -> usize {
        let mut looked_at = lock(&self.0.looked_at);
        looked_at.retain(|_, (_, since)| now.millis() - since.millis() < LOOKED_AT);
        let free = |id: &&str| !looked_at.iter().any(|(other, (theirs, _))| other != staff && theirs == id);
        let at = ids.iter().position(free).unwrap_or(0);
        if let Some(id) = ids.get(at) {
            looked_at.insert(staff.to_owned(), ((*id).to_owned(), now));
        }
        at
    }

    /// Counts one comment of a writer.
    ///
    /// # Errors
    /// `Error::TooMany`.
    pub fn may_write(&self, rules: &Rules, writer: &str, address: &str) -> Result<()> {
        self.count("write", rules.a_minute, 60, writer)?;
        self.count("write", rules.a_minute_address, 60, address)
    }

    /// Counts one reaction.
    ///
    /// # Errors
    /// `Error::TooMany`.
    pub fn may_respect(&self, address: &str) -> Result<()> {
        self.count("respect", RESPECTS, 60, address)
    }

    /// Counts one report.
    ///
    /// # Errors
    /// `Error::TooMany`.
    pub fn may_report(&self, address: &str) -> Result<()> {
        self.count("report", REPORTS, 3600, address)
    }

    /// Counts one challenge given out.
    ///
    /// # Errors
    /// `Error::TooMany`.
    pub fn may_ask(&self, address: &str) -> Result<()> {
        self.count("challenge", CHALLENGES, 60, address)
    }

    /// Counts one new account by passkey.
    ///
    /// # Errors
    /// `Error::TooMany`.
    pub fn may_join(&self, address: &str) -> Result<()> {
        self.count("join", JOINS, 3600, address)
    }

    fn count(&self, what: &str, most: i64, seconds: i64, who: &str) -> Result<()> {
        let Some(burst) = u32::try_from(most).ok().filter(|most| *most > 0) else { return Ok(()) };
        let limit = {
            let mut rates = lock(&self.0.rates);
            if rates.len() > RATES {
                rates.clear();
            }
            let period = Duration::from_millis(u64::try_from(seconds * 1000 / most).unwrap_or(1).max(1));
            rates.entry((most, seconds)).or_insert_with(|| Limit::per(period, burst)).clone()
        };
        limit.check(&format!("{what}:{who}"))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whole values are put in: no panic can leave one half changed.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
