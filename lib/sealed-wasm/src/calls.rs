//! What can be called. The numbers are the same in `web/src/sealed/engine.ts`.

mod keys;
mod lists;
mod opening;
mod sealing;
mod sources;

use onrecord_sealed::Entropy;

use crate::{
    fields::{Arguments, Fields, Problem},
    state::State,
};

/// A call: reads its arguments, changes the state, answers fields.
type Call = fn(&mut State, &mut Arguments<'_>) -> Result<Fields, Problem>;

/// 32 bytes of the system's randomness. Mixed with nothing: a new seed replaces the old generator.
pub(crate) const SEED: u32 = 1;
/// Drops one thing: its kind (0 source, 1 journalist, 2 list, 3 message out, 4 message in, 5 file in), its handle.
pub(crate) const DROP: u32 = 2;
/// Drops everything: the inbox is locked.
pub(crate) const FORGET: u32 = 3;
/// Proof of work. Challenge (text), zero bits -> the number, as text, that goes behind the challenge and a colon.
const WORK: u32 = 4;

const CALLS: &[(u32, Call)] = &[
    (SEED, seed),
    (DROP, drop_one),
    (FORGET, forget),
    (WORK, work),
    (sources::NEW_CODENAME, sources::new_codename),
    (sources::READ_CODENAME, sources::read_codename),
    (sources::DERIVE, sources::derive),
    (sources::SOURCE, sources::source),
    (lists::OPEN, lists::open),
    (lists::KEYS, lists::keys),
    (lists::SPEAKS, lists::speaks),
    (lists::SIGN, lists::sign),
    (lists::FINGERPRINT, lists::fingerprint),
    (sealing::BEGIN, sealing::begin),
    (sealing::FILE, sealing::file),
    (sealing::PUSH, sealing::push),
    (sealing::FINISH, sealing::finish),
    (sealing::REST, sealing::rest),
    (opening::HEAD, opening::head),
    (opening::JOURNALIST, opening::journalist),
    (opening::SOURCE, opening::source),
    (opening::INDEX, opening::index),
    (opening::PART, opening::part),
    (opening::PUSH, opening::push),
    (opening::END, opening::end),
    (keys::NEW_LOCK, keys::new_lock),
    (keys::LOCK_OF, keys::lock_of),
    (keys::NEW_JOURNALIST, keys::new_journalist),
    (keys::CLOSE_JOURNALIST, keys::close_journalist),
    (keys::OPEN_JOURNALIST, keys::open_journalist),
    (keys::READ_CARD, keys::read_card),
    (keys::NEW_NEWSROOM, keys::new_newsroom),
    (keys::PEEK_NEWSROOM, keys::peek_newsroom),
    (keys::CLOSE_AGAIN, keys::close_again),
];

/// Does one call.
pub(crate) fn answer(state: &mut State, what: u32, arguments: &[u8]) -> Result<Fields, Problem> {
    let (_, call) = CALLS.iter().find(|(number, _)| *number == what).ok_or(Problem::Call)?;
    let mut arguments = Arguments::new(arguments);
    let fields = call(state, &mut arguments)?;
    arguments.end()?;
    Ok(fields)
}

fn seed(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    state.entropy = Some(Entropy::new(arguments.array()?));
    Ok(Fields::default())
}

fn drop_one(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let (kind, handle) = (arguments.number()?, arguments.number()?);
    match kind {
        0 => state.sources.drop(handle),
        1 => state.journalists.drop(handle),
        2 => state.lists.drop(handle),
        3 => state.outgoing.drop(handle),
        4 => state.incoming.drop(handle),
        5 => state.reading.drop(handle),
        _ => return Err(Problem::Call),
    }
    Ok(Fields::default())
}

fn forget(state: &mut State, _: &mut Arguments<'_>) -> Result<Fields, Problem> {
    *state = State::default();
    Ok(Fields::default())
}

/// More zero bits than this no server of ours asks for: a forged challenge shall not hold a telephone for hours.
const MOST_BITS: u32 = 24;

fn work(_: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    use sha2::{Digest, Sha256};
    let (challenge, bits) = (arguments.text()?, arguments.number()?);
    if bits > MOST_BITS {
        return Err(Problem::Call);
    }
    let begun = Sha256::new().chain_update(challenge).chain_update(":");
    for number in 0..u64::MAX {
        let text = number.to_string();
        let hash = begun.clone().chain_update(&text).finalize();
        let front = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
        if front.leading_zeros() >= bits {
            return Ok(Fields::default().text(&text));
        }
    }
    Err(Problem::Call)
}
