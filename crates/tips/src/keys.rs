//! Keys: the journalists' by the month, and the list that the newsroom's offline key signs.
//!
//! The server proposes a list ([`propose`]) and checks a signed one ([`accept`]); it cannot sign. What it shows to sources
//! is the list as it was signed.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use onrecord_accounts::{Action, Staff, store::staff};
use onrecord_base::{App, Conn, Error, Result, Time};
use onrecord_sealed::{
    self as sealed, ClosedKeys, Cost, DeskId, JournalistId, JournalistKeys, KeyCard, KeyList, ListDraft, ListedKey,
    Lock, NewsroomId, SignedList, VerifyKey,
};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::{
    Day, Desk, Epoch, Line,
    channels::Ways,
    codename::{entropy, refused},
    erase,
    store::{
        channels, desks,
        keys::{self, Key, List},
        line,
    },
    tip::today,
    vault,
};

/// Days for which a list is signed: a forgotten line closes by itself after a season.
pub const LIST_DAYS: i64 = 100;
/// Days before its end at which the desk is told to sign another.
pub const LIST_WARNING: i64 = 14;
/// Months of a journalist whose keys stand in the list: the signatures of their replies still count.
const MONTHS_LISTED: usize = 4;
/// Characters of a passphrase. Four words that do not belong together have more.
pub const SHORTEST_PASSPHRASE: usize = 16;

/// The line as sources may use it now.
#[derive(Clone)]
pub struct InUse {
    /// Its settings.
    pub line: Line,
    /// The signed list, verified.
    pub list: Arc<KeyList>,
    /// The same as it was signed.
    pub signed: Vec<u8>,
    /// Desks that take tips now, in the order of their names.
    pub desks: Vec<Desk>,
    /// What else than the web is set up, as far as everybody may know.
    pub ways: Ways,
    /// The address for mail as it is printed, whether it is taken by webhook or from a folder.
    pub printed_mail: String,
}

/// Why the line is not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOpen {
    /// Nobody has set it up.
    NoKey,
    /// No list of keys was signed.
    NoList,
    /// The list has ended.
    Expired,
    /// The list is not one that the newsroom's key signed.
    NotOurs,
    /// No desk that takes tips has anybody who could read them.
    NoDesk,
}

impl InUse {
    /// The desk of an id, if it takes tips now.
    pub fn desk(&self, id: &str) -> Option<DeskId> {
        self.desks.iter().find(|desk| desk.id == id).and_then(|desk| DeskId::parse(&desk.id).ok())
    }

    /// The newsroom's id.
    pub fn newsroom(&self) -> NewsroomId {
        self.list.contents().newsroom
    }

    /// What people compare.
    pub fn fingerprint(&self) -> String {
        self.list.signer().fingerprint()
    }
}

/// A day of ours as the sealing library has it.
pub fn sealed_day(day: Day) -> sealed::Day {
    sealed::Day(u32::try_from(day.number()).unwrap_or(0))
}

fn sealed_epoch(epoch: &Epoch) -> Result<sealed::Epoch> {
    sealed::Epoch::parse(epoch.text()).map_err(refused)
}

/// The line as it stands.
///
/// # Errors
/// As [`Conn::query`].
pub fn in_use(conn: &mut Conn<'_>, now: Time) -> Result<std::result::Result<InUse, NotOpen>> {
    let Some(line) = line::load(conn)? else { return Ok(Err(NotOpen::NoKey)) };
    let Some(List { signed, .. }) = keys::list(conn)? else { return Ok(Err(NotOpen::NoList)) };
    let day = sealed_day(Day::of(now));
    let list = match verified(&line, &signed, day) {
        Ok(list) => list,
        Err(sealed::Refused::Expired) => return Ok(Err(NotOpen::Expired)),
        Err(_) => return Ok(Err(NotOpen::NotOurs)),
    };
    let named = |desk: &Desk| {
        let id = DeskId::parse(&desk.id).ok()?;
        list.recipients(id, day).ok()?;
        list.contents().desks.iter().find(|listed| listed.id == id).map(|listed| listed.name.clone())
    };
    let all = desks::all(conn)?.into_iter().filter(|desk| desk.closed_day.is_none());
    // The name that was signed, not the one that somebody wrote into the database.
    let open: Vec<Desk> = all.filter_map(|desk| Some(Desk { name: named(&desk)?, ..desk })).collect();
    if open.is_empty() {
        return Ok(Err(NotOpen::NoDesk));
    }
    let channels = channels::load(conn)?;
    let (ways, printed_mail) = (channels.ways(), channels.mail.address);
    Ok(Ok(InUse { line, list, signed, desks: open, ways, printed_mail }))
}

/// The last list that the newsroom's key signed, in its time or not: for knowing who signed a message.
///
/// # Errors
/// As [`Conn::query`].
pub fn last_list(conn: &mut Conn<'_>) -> Result<Option<KeyList>> {
    let (Some(line), Some(list)) = (line::load(conn)?, keys::list(conn)?) else { return Ok(None) };
    Ok(verify(&line, &list.signed, sealed_day(list.issued_day), 0).ok())
}

/// The last list that was verified, by a hash of all that it was verified with: a list holds a signature for each of its
/// keys, and the page asks for it at every visit.
static VERIFIED: Mutex<Option<([u8; 32], Arc<KeyList>)>> = Mutex::new(None);

fn verified(line: &Line, signed: &[u8], day: sealed::Day) -> std::result::Result<Arc<KeyList>, sealed::Refused> {
    let mut hash = Sha256::new().chain_update(&line.newsroom).chain_update(b" ").chain_update(&line.key);
    hash = hash.chain_update(b" ").chain_update(day.0.to_be_bytes()).chain_update(signed);
    let hash: [u8; 32] = hash.finalize().into();
    let mut known = VERIFIED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, list)) = &*known
        && *of == hash
    {
        return Ok(list.clone());
    }
    let list = Arc::new(verify(line, signed, day, 0)?);
    *known = Some((hash, list.clone()));
    Ok(list)
}

fn verify(line: &Line, signed: &[u8], day: sealed::Day, known: u32) -> std::result::Result<KeyList, sealed::Refused> {
    let key = VerifyKey(line.public_key().ok_or(sealed::Refused::Signature)?);
    let list = SignedList::parse(signed)?.verify(&key, day, known)?;
    let ours = line.newsroom_id().is_some_and(|id| NewsroomId(id) == list.contents().newsroom);
    if ours { Ok(list) } else { Err(sealed::Refused::Misplaced) }
}

/// Somebody's id in lists and envelopes.
///
/// # Errors
/// If it is no id of an account.
pub fn journalist(staff_id: &str) -> Result<JournalistId> {
    JournalistId::parse(staff_id).map_err(|_| Error::internal("an account's id is not a UUID"))
}

/// What a list would say now: all desks that take tips, and the living keys of who is at them.
///
/// # Errors
/// `Error::Refused` while the line has no key.
pub fn propose(conn: &mut Conn<'_>, now: Time) -> Result<ListDraft> {
    let line = line::load(conn)?.ok_or_else(|| Error::refused("tips-no-line"))?;
    let newsroom = NewsroomId(line.newsroom_id().ok_or_else(|| Error::refused("tips-no-line"))?);
    let (day, serial) = (Day::of(now), last_serial(conn)?.saturating_add(1));
    let open: Vec<Desk> = desks::all(conn)?.into_iter().filter(|desk| desk.closed_day.is_none()).collect();
    let mut listed = Vec::new();
    for person in readers(conn)? {
        let own: BTreeSet<DeskId> = desks::of_staff(conn, &person.id)?
            .iter()
            .filter(|desk| desk.closed_day.is_none())
            .filter_map(|desk| DeskId::parse(&desk.id).ok())
            .collect();
        for key in listable(keys::of_staff(conn, &person.id)?, &Epoch::of(now)) {
            let card = KeyCard::parse(&key.public).map_err(refused)?;
            listed.push(ListedKey { card, desks: own.clone() });
        }
    }
    Ok(ListDraft {
        newsroom,
        serial,
        issued: sealed_day(day),
        until: sealed_day(day.plus(LIST_DAYS)),
        desks: open
            .iter()
            .filter_map(|desk| Some(sealed::Desk { id: DeskId::parse(&desk.id).ok()?, name: desk.name.clone() }))
            .collect(),
        keys: listed,
    })
}

/// Somebody's keys that belong in a list, newest month first. A destroyed one stays behind a living one of a later month:
/// nothing is sealed to it any more, and what it signed can still be known.
fn listable(own: Vec<Key>, current: &Epoch) -> Vec<Key> {
    let living = |key: &&Key| key.wrapped.is_some();
    let sealed_to = own.iter().filter(living).find(|key| key.epoch <= *current).or(own.iter().rfind(living));
    let Some(sealed_to) = sealed_to.map(|key| key.epoch.clone()) else { return Vec::new() };
    let mut listed: Vec<Key> = Vec::new();
    for key in own.into_iter().filter(|key| key.wrapped.is_some() || key.epoch < sealed_to) {
        match listed.last_mut() {
            Some(last) if last.epoch == key.epoch => {
                if key.wrapped.is_some() {
                    *last = key;
                }
            }
            _ => listed.push(key),
        }
    }
    listed.truncate(MONTHS_LISTED);
    listed
}

/// Everybody at any desk who may read tips and come in.
///
/// # Errors
/// As [`Conn::query`].
pub fn readers(conn: &mut Conn<'_>) -> Result<Vec<Staff>> {
    let mut people = Vec::new();
    for id in desks::everybody(conn)? {
        let person = staff::find(conn, &id)?;
        people.extend(person.filter(|person| person.active() && person.role.can(Action::ReadTips)));
    }
    Ok(people)
}

fn last_serial(conn: &mut Conn<'_>) -> Result<u32> {
    Ok(keys::list(conn)?.map_or(0, |list| u32::try_from(list.serial).unwrap_or(u32::MAX)))
}

/// Takes a signed list: the newsroom's key signed it, and it is newer than the one in use.
///
/// # Errors
/// `Error::Refused` with why not.
pub async fn accept(app: &App, signed: Vec<u8>) -> Result<()> {
    let now = app.now();
    app.db
        .write(move |conn| {
            let line = line::load(conn)?.ok_or_else(|| Error::refused("tips-no-line"))?;
            let known = last_serial(conn)?.saturating_add(1);
            let list = verify(&line, &signed, sealed_day(Day::of(now)), known).map_err(|e| match e {
                sealed::Refused::RolledBack => Error::refused("tips-list-old"),
                sealed::Refused::Expired | sealed::Refused::NotYet => Error::refused("tips-list-dates"),
                sealed::Refused::Signature | sealed::Refused::Misplaced => Error::refused("tips-list-signature"),
                _ => Error::refused("tips-list-wrong"),
            })?;
            let contents = list.contents();
            let day = |day: sealed::Day| Day::new(day.0.into());
            let kept = List {
                digest: hex::encode(list.digest()),
                serial: contents.serial.into(),
                issued_day: day(contents.issued),
                valid_until_day: day(contents.until),
                signed,
            };
            keys::add_list(conn, &kept)
        })
        .await
}

/// Takes a journalist's closed keys, made in the browser or by the command line. Keys that are here already are put under
/// the new passphrase.
///
/// # Errors
/// `Error::Refused` if they are somebody else's, of another month, or if there are others for the month.
pub async fn keep(app: &App, staff_id: &str, closed: Vec<u8>) -> Result<()> {
    let card = ClosedKeys::parse(&closed).map_err(|_| Error::refused("tips-key-wrong"))?.card;
    if card.journalist != journalist(staff_id)? {
        return Err(Error::refused("tips-key-wrong"));
    }
    let now = app.now();
    let current = Epoch::of(now);
    let near = [current.clone(), current.next(), current.next().next()];
    let epoch = near.into_iter().find(|near| sealed_epoch(near).is_ok_and(|near| near == card.epoch));
    let (id, staff_id) = (card.id().to_string(), staff_id.to_owned());
    let again = app
        .db
        .write(move |conn| {
            let own = keys::of_staff(conn, &staff_id)?;
            if own.iter().any(|key| key.id == id) {
                let kept = keys::rewrap(conn, &id, &staff_id, closed)?;
                return if kept { Ok(true) } else { Err(Error::refused("tips-key-destroyed")) };
            }
            let epoch = epoch.ok_or_else(|| Error::refused("tips-key-month"))?;
            if own.iter().any(|key| key.epoch == epoch && key.wrapped.is_some()) {
                return Err(Error::refused("tips-key-there"));
            }
            let key = Key { id, staff_id, epoch, public: card.bytes(), wrapped: Some(closed), destroyed_day: None };
            keys::add(conn, &key, Day::of(now)).map(|()| false)
        })
        .await?;
    // What the old passphrase opens goes from the database's log too: it may be known to somebody.
    if again { erase::scrub(app, &["tip_keys"]).await } else { Ok(()) }
}

/// Makes keys for somebody and a month, closed with their passphrase: for the command line and the demo. All months of
/// one person share a passphrase and its salt, so that one derivation opens them all; another one is refused.
///
/// # Errors
/// As [`keep`]; `Error::Refused` if the passphrase does not open the keys that are there.
pub async fn make(app: &App, staff_id: &str, epoch: &Epoch, passphrase: &str, cost: Cost) -> Result<()> {
    let (journalist, epoch, passphrase) = (journalist(staff_id)?, sealed_epoch(epoch)?, normal(passphrase));
    check_passphrase(&passphrase)?;
    let known = living(app, staff_id).await?.into_iter().next();
    let mut random = entropy(app);
    let work = move || {
        let lock = match known {
            None => Lock::new(&passphrase, cost, &mut random)?,
            Some(closed) => {
                let lock = Lock::of(&passphrase, &closed)?;
                JournalistKeys::open(&lock, &closed)?;
                lock
            }
        };
        let keys = JournalistKeys::generate(journalist, epoch, &mut random)?;
        Ok(keys.close(&lock, &mut random))
    };
    let closed = tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal(e.to_string()))?;
    keep(app, staff_id, closed.map_err(refused)?).await
}

/// Closes somebody's keys of all months with another passphrase. Returns how many.
///
/// # Errors
/// `Error::Refused` if there are none, or the old passphrase does not open all of them: then none is changed.
pub async fn change_passphrase(app: &App, staff_id: &str, old: &str, new: &str, cost: Cost) -> Result<usize> {
    let (old, new) = (normal(old), normal(new));
    check_passphrase(&new)?;
    let known = living(app, staff_id).await?;
    if known.is_empty() {
        return Err(Error::refused("tips-no-keys"));
    }
    let mut random = entropy(app);
    let work = move || {
        let new = Lock::new(&new, cost, &mut random)?;
        let mut lock: Option<Lock> = None;
        let mut again = Vec::new();
        for closed in &known {
            let fitting = match lock.take().filter(|lock| lock.fits(closed)) {
                Some(lock) => lock,
                None => Lock::of(&old, closed)?,
            };
            again.push(JournalistKeys::open(&fitting, closed)?.close(&new, &mut random));
            lock = Some(fitting);
        }
        Ok(again)
    };
    let closed = tokio::task::spawn_blocking(work).await.map_err(|e| Error::internal(e.to_string()))?;
    let closed: Vec<Vec<u8>> = closed.map_err(refused)?;
    let count = closed.len();
    for closed in closed {
        keep(app, staff_id, closed).await?;
    }
    Ok(count)
}

/// Somebody's closed keys, the newest month first.
async fn living(app: &App, staff_id: &str) -> Result<Vec<Vec<u8>>> {
    let id = staff_id.to_owned();
    let own = app.db.read(move |conn| keys::of_staff(conn, &id)).await?;
    Ok(own.into_iter().filter_map(|key| key.wrapped).collect())
}

/// A passphrase in the one form that keys are closed with (Unicode NFC), whatever keyboard typed it.
pub fn normal(passphrase: &str) -> String {
    passphrase.nfc().collect()
}

/// Whether a passphrase is long enough to guard keys that anybody may try on who has the disk.
///
/// # Errors
/// `Error::Invalid` for the field `passphrase`.
pub fn check_passphrase(passphrase: &str) -> Result<()> {
    if passphrase.chars().count() < SHORTEST_PASSPHRASE {
        return Err(Error::field("passphrase", "tips-passphrase-short"));
    }
    Ok(())
}

/// Makes the line known: the newsroom's id and the public half of its offline key. With the id that envelopes have
/// already, a lost key can be replaced.
///
/// # Errors
/// `Error::Refused` if the line has another newsroom's id.
pub async fn begin_line(app: &App, newsroom: [u8; 16], key: [u8; 32]) -> Result<()> {
    app.db
        .write(move |conn| {
            let line = match line::load(conn)? {
                Some(old) if old.newsroom_id() != Some(newsroom) => return Err(Error::refused("tips-line-other")),
                Some(old) => Line { key: hex::encode(key), ..old },
                None => Line::new(newsroom, key),
            };
            line::save(conn, &line)
        })
        .await?;
    vault::furnish(&app.data)
}

/// The line as it stands, read now.
///
/// # Errors
/// `Error::Refused` if it is not open.
pub async fn open(app: &App) -> Result<InUse> {
    let now = app.now();
    app.db.read(move |conn| in_use(conn, now)).await?.map_err(|_| Error::refused("site-tips-error-closed"))
}

/// Whether somebody has keys for this month or will need some for the next soon.
///
/// # Errors
/// As [`Conn::query`].
pub fn lacks_keys(conn: &mut Conn<'_>, staff_id: &str, epoch: &Epoch) -> Result<bool> {
    Ok(!keys::of_staff(conn, staff_id)?.iter().any(|key| key.epoch == *epoch && key.wrapped.is_some()))
}

/// The last day of the list in use.
///
/// # Errors
/// As [`Conn::query`].
pub fn list_ends(conn: &mut Conn<'_>) -> Result<Option<Day>> {
    Ok(keys::list(conn)?.map(|list| list.valid_until_day))
}

/// Whether the list in use ends soon, or has ended.
pub fn ends_soon(app: &App, until: Day) -> bool {
    until < today(app).plus(LIST_WARNING)
}

/// Whether the list in use says something else than one that is signed now would.
///
/// # Errors
/// As [`propose`].
pub fn outdated(conn: &mut Conn<'_>, now: Time) -> Result<bool> {
    let wanted = propose(conn, now)?;
    let Ok(open) = in_use(conn, now)? else { return Ok(true) };
    let have = open.list.contents();
    let mut desks: Vec<_> = wanted.desks.iter().map(|desk| (desk.id, desk.name.clone())).collect();
    desks.sort();
    let mut keys: Vec<_> = wanted.keys.iter().map(|key| (key.card.id(), key.desks.clone())).collect();
    keys.sort();
    let have_desks: Vec<_> = have.desks.iter().map(|desk| (desk.id, desk.name.clone())).collect();
    let mut have_keys: Vec<_> = have.keys.iter().map(|key| (key.card.id(), key.desks.clone())).collect();
    have_keys.sort();
    Ok(desks != have_desks || keys != have_keys)
}

impl NotOpen {
    /// As messages name it.
    pub fn name(self) -> &'static str {
        match self {
            NotOpen::NoKey => "no-key",
            NotOpen::NoList => "no-list",
            NotOpen::Expired => "expired",
            NotOpen::NotOurs => "not-ours",
            NotOpen::NoDesk => "no-desk",
        }
    }
}
