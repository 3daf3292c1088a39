//! Keys under a passphrase, cards, fingerprints.

use std::sync::LazyLock;

use super::room::{CHEAP, Room};
use crate::*;

/// Ana's keys, closed.
pub(super) fn closed() -> &'static [u8] {
    static CLOSED: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut room = Room::new();
        let lock = Lock::new("correct horse", CHEAP, &mut room.entropy).expect("a lock");
        room.ana.close(&lock, &mut room.entropy)
    });
    &CLOSED
}

#[test]
fn a_passphrase_opens_the_keys_of_all_months() {
    let mut room = Room::new();
    let lock = Lock::new("correct horse", CHEAP, &mut room.entropy).expect("a lock");
    let later = JournalistKeys::generate(
        room.ana.card().journalist,
        Epoch::parse("2026-12").expect("a month"),
        &mut room.entropy,
    );
    let files =
        [&room.ana, &later.expect("keys")].map(|keys| (keys.close(&lock, &mut room.entropy), keys.card().clone()));
    // Another day: one derivation, from any of the files.
    let lock = Lock::of("correct horse", &files[1].0).expect("a lock");
    let lock = Lock::from_bytes(&lock.bytes()).expect("the same lock in another instance");
    assert_eq!(lock.bytes().len(), Lock::LENGTH);
    for (file, card) in &files {
        assert!(lock.fits(file));
        assert!(JournalistKeys::open(&lock, file).expect("opens").card() == card);
        assert!(ClosedKeys::parse(file).expect("parses").card == *card);
    }
    let wrong = Lock::of("correct house", &files[0].0).expect("a lock");
    assert_eq!(JournalistKeys::open(&wrong, &files[0].0).err(), Some(Refused::Passphrase));
    let foreign = Lock::new("correct horse", CHEAP, &mut room.entropy).expect("a lock");
    assert!(!foreign.fits(&files[0].0));
    assert_eq!(JournalistKeys::open(&foreign, &files[0].0).err(), Some(Refused::Passphrase));
}

#[test]
fn any_changed_byte_of_closed_keys_is_refused() {
    let lock = Lock::of("correct horse", closed()).expect("a lock");
    for at in (0..closed().len()).step_by(7).chain([closed().len() - 1]) {
        let mut file = closed().to_vec();
        file[at] ^= 1;
        assert!(JournalistKeys::open(&lock, &file).is_err(), "byte {at}");
    }
    assert!(JournalistKeys::open(&lock, &closed()[..closed().len() - 1]).is_err());
}

#[test]
fn a_forged_cost_cannot_exhaust_the_machine() {
    let mut file = closed().to_vec();
    file[5..9].copy_from_slice(&u32::MAX.to_be_bytes());
    assert!(matches!(Lock::of("x", &file), Err(Refused::Malformed(_))));
    assert!(ClosedKeys::parse(&file).is_err());
}

#[test]
fn the_newsrooms_key_file_says_whose_it_is_and_opens_with_its_passphrase() {
    let mut room = Room::new();
    let lock = Lock::new("offline", CHEAP, &mut room.entropy).expect("a lock");
    let file = room.key.close(&lock, &mut room.entropy);
    let (newsroom, public) = NewsroomKey::peek(&file).expect("readable");
    assert!(newsroom == room.key.newsroom() && public == room.key.public());
    let opened = NewsroomKey::open(&Lock::of("offline", &file).expect("a lock"), &file).expect("opens");
    assert!(opened.public() == public);
    assert_eq!(NewsroomKey::open(&Lock::of("online", &file).expect("a lock"), &file).err(), Some(Refused::Passphrase));
    // A lost key is replaced; the newsroom, and with it every codename, stays.
    let next = NewsroomKey::generate(Some(newsroom), &mut room.entropy);
    assert!(next.newsroom() == newsroom && next.public() != public);
}

#[test]
fn fingerprints_are_short_enough_to_read_out_and_differ() {
    let room = Room::new();
    let (key, other) = (room.key.public(), room.ana.card().verify);
    assert_eq!((key.fingerprint().len(), key.fingerprint_words().split(' ').count()), (49, 10));
    assert_ne!(key.fingerprint(), other.fingerprint());
    assert_ne!(key.fingerprint_words(), other.fingerprint_words());
}

#[test]
fn days_fall_into_their_months() {
    for (day, month) in [
        (0, "1970-01"),
        (58, "1970-02"),
        (59, "1970-03"),
        (11_016, "2000-02"),
        (11_017, "2000-03"),
        (20_779, "2026-11"),
        (20_787, "2026-11"),
        (20_788, "2026-12"),
        (20_819, "2027-01"),
    ] {
        assert_eq!(Day(day).epoch(), Epoch::parse(month).expect("a month"), "{day}");
        assert_eq!(Day(day).epoch().to_string(), month);
    }
    for bad in ["2026-13", "2026-00", "26-11", "2026-1", "2026/11", "x026-11", "9999-01", ""] {
        assert!(Epoch::parse(bad).is_err(), "{bad}");
    }
    assert_eq!(Epoch::parse("2026-12").expect("a month").next().to_string(), "2027-01");
    assert_eq!((Day::of_unix_seconds(-5), Day::of_unix_seconds(86_400 * 3 + 5)), (Day(0), Day(3)));
    assert!(TipId::parse("0192b3c4-0000-7000-8000-00000000000f").is_ok_and(|id| id.to_string().ends_with("0f")));
    assert!(TipId::parse("0192").is_err());
}
