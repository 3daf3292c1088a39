//! What must hold for any bytes whatsoever. Property tests run these on stable, fuzz targets for as long as one likes.

use crate::{
    BadCodename, ClosedKeys, Codename, Head, JournalistKeys, KeyCard, Lock, NewsroomKey, Opener, SEALED_CHUNK,
    SignedList, SourcePublic, WORDS, derive, index::Index, safe_name, sealer,
};

/// A head that is accepted is written as it was read: no byte of it is free.
pub fn head(bytes: &[u8]) {
    let measured = Head::measure(bytes);
    let Ok(head) = Head::parse(bytes) else { return };
    assert_eq!(head.bytes(), bytes);
    assert_eq!(measured, Ok(bytes.len()));
    assert!(head.chunks() >= 1 && head.body_len() == u64::from(head.chunks()) * SEALED_CHUNK as u64);
    let mut erased = bytes.to_vec();
    Head::erase(&mut erased);
    assert!(Head::parse(&erased).is_err(), "an erased head is none");
}

/// The same of a key list.
pub fn list(bytes: &[u8]) {
    if let Ok(list) = SignedList::parse(bytes) {
        assert_eq!(list.written().expect("what was read can be written"), bytes);
    }
}

/// Closed keys, key files, cards, public halves: never a panic, and what is read is written as it was.
pub fn keys(bytes: &[u8]) {
    let _ = (ClosedKeys::parse(bytes).is_ok(), NewsroomKey::peek(bytes).is_ok(), Lock::from_bytes(bytes).is_ok());
    if let Ok(card) = KeyCard::parse(bytes) {
        assert_eq!(card.bytes(), bytes);
    }
    if let Ok(public) = SourcePublic::parse(bytes) {
        assert_eq!(public.bytes(), bytes);
    }
}

/// An index that is accepted reads the same again once it is written; its files lie in the body, one behind the other.
pub fn index(bytes: &[u8], content: u64) {
    let Ok(index) = Index::parse(bytes, content) else { return };
    let written = index.bytes().expect("what was read can be written");
    let again = Index::parse(&written, content);
    assert!(again.is_ok_and(|again| again == index));
    let mut end = 0;
    for part in &index.parts {
        assert!(part.offset == end && part.offset + part.length <= content);
        end = part.offset + part.length;
    }
}

/// A body that somebody without the key made is refused, whatever it is.
pub fn body(opener: &Opener, bytes: &[u8]) {
    assert!(opener.index(bytes).is_err() && opener.whole(bytes).is_err());
    for number in [0, 1, u32::MAX] {
        assert!(opener.chunk(number, bytes).is_err());
    }
}

/// Whatever is typed: a codename that reads the same again, or the place of what is wrong.
pub fn codename(typed: &str) {
    match Codename::parse(typed) {
        Ok(codename) => assert_eq!(Codename::parse(&codename.phrase()), Ok(codename)),
        Err(BadCodename::Word(place)) => assert!((1..=WORDS).contains(&place)),
        Err(BadCodename::Count(count)) => assert_ne!(count, WORDS),
    }
}

/// A file's name is harmless, short, and stays so.
pub fn name(name: &str) {
    let safe = safe_name(name);
    assert!(!safe.is_empty() && safe.len() <= crate::MAX_NAME && safe_name(&safe) == safe, "{safe:?}");
    assert!(!safe.contains(['/', '\\', '\0', '\n', '\u{202e}']) && !safe.starts_with('.'), "{safe:?}");
}

/// The keys of a body, to be looked for where they may not be: the one in the slots, and the one that chunks are sealed with.
pub fn body_keys(head: &Head, keys: &JournalistKeys) -> Option<[[u8; 32]; 2]> {
    let (_, key) = sealer::open_journalist_slot(head, &keys.kem)?;
    Some([*key, *derive::expand(&key, "onrecord/sealed/1 body")])
}
