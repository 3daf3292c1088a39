//! Keys under passphrases: journalists' and the newsroom's.

use onrecord_sealed::{Cost, Epoch, JournalistId, JournalistKeys, KeyCard, Lock, NewsroomId, NewsroomKey};

use crate::{
    fields::{Arguments, Fields, Problem},
    state::State,
};

/// Passphrase -> a new lock. Takes 256 MiB: call it, and [`LOCK_OF`], in an instance to throw away.
pub(crate) const NEW_LOCK: u32 = 50;
/// Passphrase, a closed file -> the lock with which it was closed, if the passphrase is the same.
pub(crate) const LOCK_OF: u32 = 51;
/// Journalist, epoch (text) -> handle, card.
pub(crate) const NEW_JOURNALIST: u32 = 52;
/// Handle, lock -> the closed keys, as the server keeps them.
pub(crate) const CLOSE_JOURNALIST: u32 = 53;
/// Lock, closed keys -> handle, card.
pub(crate) const OPEN_JOURNALIST: u32 = 54;
/// Card -> key id, journalist, epoch (text), verify key.
pub(crate) const READ_CARD: u32 = 55;
/// Newsroom's id or none, lock -> key file, newsroom, verify key.
pub(crate) const NEW_NEWSROOM: u32 = 56;
/// Key file -> newsroom, verify key.
pub(crate) const PEEK_NEWSROOM: u32 = 57;
/// Old lock, closed keys of a journalist, new lock -> the keys closed with the new one: another passphrase.
pub(crate) const CLOSE_AGAIN: u32 = 58;

pub(crate) fn new_lock(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let lock = Lock::new(arguments.text()?, Cost::PASSPHRASE, state.entropy()?)?;
    Ok(Fields::of(&lock.bytes()))
}

pub(crate) fn lock_of(_: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let lock = Lock::of(arguments.text()?, arguments.bytes()?)?;
    Ok(Fields::of(&lock.bytes()))
}

pub(crate) fn new_journalist(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let journalist = JournalistId(arguments.array()?);
    let epoch = Epoch::parse(arguments.text()?)?;
    let keys = JournalistKeys::generate(journalist, epoch, state.entropy()?)?;
    Ok(keep(state, keys))
}

fn keep(state: &mut State, keys: JournalistKeys) -> Fields {
    let card = keys.card().bytes();
    Fields::default().number(state.journalists.keep(keys)).bytes(&card)
}

pub(crate) fn close_journalist(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let keys = state.journalists.get(arguments.number()?)?;
    let lock = Lock::from_bytes(arguments.bytes()?)?;
    let entropy = state.entropy.as_mut().ok_or(Problem::Call)?;
    Ok(Fields::of(&keys.close(&lock, entropy)))
}

pub(crate) fn open_journalist(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let lock = Lock::from_bytes(arguments.bytes()?)?;
    let keys = JournalistKeys::open(&lock, arguments.bytes()?)?;
    Ok(keep(state, keys))
}

pub(crate) fn read_card(_: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let card = KeyCard::parse(arguments.bytes()?)?;
    let fields = Fields::of(&card.id().0).bytes(&card.journalist.0);
    Ok(fields.text(&card.epoch.to_string()).bytes(&card.verify.0))
}

pub(crate) fn new_newsroom(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let newsroom = match arguments.bytes()? {
        [] => None,
        id => Some(NewsroomId(id.try_into().map_err(|_| Problem::Call)?)),
    };
    let lock = Lock::from_bytes(arguments.bytes()?)?;
    let key = NewsroomKey::generate(newsroom, state.entropy()?);
    let file = key.close(&lock, state.entropy()?);
    Ok(Fields::of(&file).bytes(&key.newsroom().0).bytes(&key.public().0))
}

pub(crate) fn peek_newsroom(_: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let (newsroom, key) = NewsroomKey::peek(arguments.bytes()?)?;
    Ok(Fields::of(&newsroom.0).bytes(&key.0))
}

pub(crate) fn close_again(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let old = Lock::from_bytes(arguments.bytes()?)?;
    let keys = JournalistKeys::open(&old, arguments.bytes()?)?;
    let new = Lock::from_bytes(arguments.bytes()?)?;
    Ok(Fields::of(&keys.close(&new, state.entropy()?)))
}
