//! What guards the line's doors, in memory: work, quotas, and the memory that codenames may take.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use onrecord_base::{App, Error, Result, fetch::Reach, web::Client};
use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore};

use crate::{
    Folders, Line,
    channels::calls::Calls,
    quota::{Lane, Quota},
    store,
    tries::Tries,
    web::Uploads,
    work::{self, Work},
};

/// Codenames derived at a time: each takes 64 MiB for a second or so.
const DERIVATIONS: usize = 3;
/// Codenames that wait for that. Who would come behind them is told that the line is busy, and when to come again.
const WAITING: usize = 24;
/// Of those that come back, so many wait beside them: new forms cannot fill the queue for all.
const WAITING_RETURNING: usize = 12;
/// Messages that come in at a time. Each is a file being written and little memory; a flood of slow ones stops here.
const ARRIVING: usize = 400;
/// Besides those, of what costs its sender no work: slow forms cannot take the places of all.
const ARRIVING_PLAIN: usize = 130;
/// Kept for sources that come back.
const ARRIVING_RETURNING: usize = 50;
/// Mails read at a time: each stands in memory whole, and a second time while it is read.
const MAILS: usize = 3;

/// The guard. Cheap to clone; one a server.
#[derive(Clone)]
pub struct Guard(Arc<Parts>);

struct Parts {
    work: OnceCell<Work>,
    quota: Mutex<Quota>,
    deriving: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    waiting_returning: Arc<Semaphore>,
    arriving: Arc<Semaphore>,
    arriving_plain: Arc<Semaphore>,
    returning: Arc<Semaphore>,
    /// Look-ups by codename from one network address.
    lookups: Tries,
    /// Look-ups from this machine itself: all of the Tor network comes from there.
    lookups_local: Tries,
    /// Challenges and forms asked for by one network address.
    asks: Tries,
    uploads: Uploads,
    /// Who is on the telephone now.
    calls: Mutex<Calls>,
    /// Mails that are in memory at a time.
    mails: Arc<Semaphore>,
    reach: Reach,
    folders: Folders,
}

/// The place of a message that comes in.
pub struct Place {
    guard: Guard,
    lane: Lane,
    _held: OwnedSemaphorePermit,
}

impl Place {
    /// Counts the message: it was kept.
    pub fn kept(self, app: &App) {
        self.guard.quota().kept(self.lane, app.now());
    }
}

impl Default for Guard {
    fn default() -> Guard {
        Guard::new(Folders::default(), Reach::Public)
    }
}

impl Guard {
    /// A guard that knows which folders are watched, and how far providers are looked for: tests have them on this machine.
    pub fn new(folders: Folders, reach: Reach) -> Guard {
        Guard(Arc::new(Parts {
            work: OnceCell::new(),
            quota: Mutex::default(),
            deriving: Arc::new(Semaphore::new(DERIVATIONS)),
            waiting: Arc::new(Semaphore::new(WAITING)),
            waiting_returning: Arc::new(Semaphore::new(WAITING_RETURNING)),
            arriving: Arc::new(Semaphore::new(ARRIVING)),
            arriving_plain: Arc::new(Semaphore::new(ARRIVING_PLAIN)),
            returning: Arc::new(Semaphore::new(ARRIVING_RETURNING)),
            lookups: Tries::per(Duration::from_secs(5), 20),
            lookups_local: Tries::per(Duration::from_millis(250), 240),
            asks: Tries::per(Duration::from_secs(1), 120),
            uploads: Uploads::default(),
            calls: Mutex::default(),
            mails: Arc::new(Semaphore::new(MAILS)),
            reach,
            folders,
        }))
    }

    /// The folders that are watched.
    pub fn folders(&self) -> &Folders {
        &self.0.folders
    }

    /// How far providers are looked for.
    pub(crate) fn reach(&self) -> Reach {
        self.0.reach
    }

    /// Who is on the telephone now.
    pub(crate) fn calls(&self) -> MutexGuard<'_, Calls> {
        // A list: no panic can leave it half changed.
        self.0.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Room in memory for one mail.
    ///
    /// # Errors
    /// `Error::TooMany` if others take it.
    pub(crate) fn mail(&self) -> Result<OwnedSemaphorePermit> {
        self.0.mails.clone().try_acquire_owned().map_err(|_| busy(30))
    }

    /// The proofs of work, with the key that all nodes share.
    ///
    /// # Errors
    /// If the key cannot be read.
    pub async fn work(&self, app: &App) -> Result<&Work> {
        self.0
            .work
            .get_or_try_init(|| async {
                let random = app.random.clone();
                Ok(Work::new(app.db.write(move |conn| store::line::work_key(conn, &random)).await?))
            })
            .await
    }

    /// Holds a place for a message while it comes in, if the hour has room.
    ///
    /// # Errors
    /// `Error::TooMany`.
    pub fn begin(&self, line: &Line, lane: Lane, app: &App) -> Result<Place> {
        let places = if lane == Lane::Plain { &self.0.arriving_plain } else { &self.0.arriving };
        let held = match (places.clone().try_acquire_owned(), lane) {
            (Ok(held), _) => held,
            (Err(_), Lane::Returning) => self.0.returning.clone().try_acquire_owned().map_err(|_| busy(60))?,
            (Err(_), _) => return Err(busy(60)),
        };
        self.quota().begin(line, lane, app.now())?;
        Ok(Place { guard: self.clone(), lane, _held: held })
    }

    /// Bits of work that sending costs now.
    pub(crate) fn difficulty(&self, line: &Line, app: &App) -> u32 {
        work::DIFFICULTY + self.quota().harder(line, app.now())
    }

    /// Counts bytes as they come.
    ///
    /// # Errors
    /// `Error::TooMany` if the hour is full.
    pub fn add(&self, line: &Line, lane: Lane, bytes: u64, app: &App) -> Result<()> {
        self.quota().add(line, lane, bytes, app.now())
    }

    /// Waits for the memory that one codename takes, in a queue that is not endless.
    ///
    /// # Errors
    /// `Error::TooMany` if the queue is full.
    pub async fn derive(&self, lane: Lane) -> Result<OwnedSemaphorePermit> {
        let _waiting = match (self.0.waiting.clone().try_acquire_owned(), lane) {
            (Ok(waiting), _) => waiting,
            (Err(_), Lane::Returning) => self.0.waiting_returning.clone().try_acquire_owned().map_err(|_| busy(30))?,
            (Err(_), _) => return Err(busy(30)),
        };
        self.0.deriving.clone().acquire_owned().await.map_err(|_| Error::unavailable("the server stops"))
    }

    /// How many wait for it.
    #[cfg(test)]
    pub(crate) fn waits(&self) -> usize {
        WAITING - self.0.waiting.available_permits()
    }

    /// Counts a look-up by codename. No codename of seven words is ever guessed; this is so that trying costs us nothing.
    ///
    /// # Errors
    /// `Error::TooMany`.
    pub fn look_up(&self, app: &App, client: &Client) -> Result<()> {
        let key = client.key();
        let local = key == "client:127.0.0.1" || key == "client:unknown" || key == "client:0:0:0:0::/64";
        if local { self.0.lookups_local.check(app, "local") } else { self.0.lookups.check(app, &key) }
    }

    /// Counts a challenge or a form that somebody asks for.
    ///
    /// # Errors
    /// `Error::TooMany`.
    pub fn ask(&self, app: &App, client: &Client) -> Result<()> {
        let key = client.key();
        if key == "client:127.0.0.1" { Ok(()) } else { self.0.asks.check(app, &key) }
    }

    /// Envelopes that come in pieces.
    pub(crate) fn uploads(&self) -> &Uploads {
        &self.0.uploads
    }

    fn quota(&self) -> MutexGuard<'_, Quota> {
        // Numbers only: no panic can leave them half changed.
        self.0.quota.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn busy(seconds: u64) -> Error {
    Error::TooMany { seconds }
}
