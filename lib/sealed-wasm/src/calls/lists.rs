//! The key list: checked by everybody, signed by who has the newsroom's key.

use std::collections::BTreeSet;

use onrecord_sealed::{Day, Desk, DeskId, KeyCard, ListDraft, ListedKey, Lock, NewsroomKey, SignedList, VerifyKey};

use crate::{
    fields::{Arguments, Fields, Problem},
    state::State,
};

/// Signed list, the newsroom's key (32 bytes, or none: then the list's own, for a fingerprint to be compared), today (days since 1970),
/// the newest serial known (or 0) -> handle, newsroom, signer, serial, issued, until, digest; then each desk's id, name and number of readers.
pub(crate) const OPEN: u32 = 20;
/// List -> each key: id, journalist, epoch, card, its desks' ids one after another.
pub(crate) const KEYS: u32 = 21;
/// List, desk, verify key -> 1 if a journalist of the desk signs with it.
pub(crate) const SPEAKS: u32 = 22;
/// Newsroom's key file, its lock, serial, issued, until, number of desks, each desk's id and name, then each key's card and its desks' ids one
/// after another -> the signed list.
pub(crate) const SIGN: u32 = 23;
/// Verify key -> its fingerprint in digits, and in words.
pub(crate) const FINGERPRINT: u32 = 24;

pub(crate) fn open(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let signed = SignedList::parse(arguments.bytes()?)?;
    let key = match arguments.bytes()? {
        [] => *signed.signer(),
        key => VerifyKey(key.try_into().map_err(|_| Problem::Call)?),
    };
    let (today, known) = (Day(arguments.number()?), arguments.number()?);
    let handle = state.lists.keep(signed.verify(&key, today, known)?);
    let list = state.lists.get(handle)?;
    let contents = list.contents();
    let mut fields = Fields::default()
        .number(handle)
        .bytes(&contents.newsroom.0)
        .bytes(&list.signer().0)
        .number(contents.serial)
        .number(contents.issued.0)
        .number(contents.until.0)
        .bytes(list.digest());
    for desk in &contents.desks {
        let readers = list.recipients(desk.id, today).map_or(0, |cards| cards.len() as u32);
        fields = fields.bytes(&desk.id.0).text(&desk.name).number(readers);
    }
    Ok(fields)
}

pub(crate) fn keys(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let list = state.lists.get(arguments.number()?)?;
    let mut fields = Fields::default();
    for listed in &list.contents().keys {
        let desks: Vec<u8> = listed.desks.iter().flat_map(|desk| desk.0).collect();
        let card = &listed.card;
        fields = fields.bytes(&card.id().0).bytes(&card.journalist.0).text(&card.epoch.to_string());
        fields = fields.bytes(&card.bytes()).bytes(&desks);
    }
    Ok(fields)
}

pub(crate) fn speaks(state: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let list = state.lists.get(arguments.number()?)?;
    let (desk, key) = (DeskId(arguments.array()?), VerifyKey(arguments.array()?));
    Ok(Fields::default().number(u32::from(list.speaks_for(desk, &key))))
}

pub(crate) fn sign(_: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let file = arguments.bytes()?;
    let key = NewsroomKey::open(&Lock::from_bytes(arguments.bytes()?)?, file)?;
    let (serial, issued, until) = (arguments.number()?, Day(arguments.number()?), Day(arguments.number()?));
    let mut desks = Vec::new();
    for _ in 0..arguments.number()? {
        desks.push(Desk { id: DeskId(arguments.array()?), name: arguments.text()?.to_owned() });
    }
    let mut keys = Vec::new();
    while !arguments.is_empty() {
        let card = KeyCard::parse(arguments.bytes()?)?;
        let (ids, rest) = arguments.bytes()?.as_chunks::<16>();
        if !rest.is_empty() {
            return Err(Problem::Call);
        }
        keys.push(ListedKey { card, desks: ids.iter().copied().map(DeskId).collect::<BTreeSet<_>>() });
    }
    let draft = ListDraft { newsroom: key.newsroom(), serial, issued, until, desks, keys };
    Ok(Fields::of(&draft.sign(&key)?))
}

pub(crate) fn fingerprint(_: &mut State, arguments: &mut Arguments<'_>) -> Result<Fields, Problem> {
    let key = VerifyKey(arguments.array()?);
    Ok(Fields::default().text(&key.fingerprint()).text(&key.fingerprint_words()))
}
