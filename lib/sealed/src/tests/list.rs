//! The key list: who is believed, and until when.

use super::room::{CULTURE, NEWS, Room, TODAY};
use crate::*;

fn verify(bytes: &[u8], key: &VerifyKey, today: Day, known: u32) -> Option<Refused> {
    SignedList::parse(bytes).and_then(|list| list.verify(key, today, known)).err()
}

#[test]
fn a_list_is_believed_in_its_time_from_its_key_and_never_an_older_one() {
    let room = Room::new();
    let signed = room.draft().sign(&room.key).expect("signs");
    let key = room.key.public();
    assert_eq!(verify(&signed, &key, TODAY, 4), None);
    assert_eq!(verify(&signed, &key, TODAY, 5), Some(Refused::RolledBack));
    assert_eq!(verify(&signed, &key, Day(TODAY.0 + 30), 0), None);
    assert_eq!(verify(&signed, &key, Day(TODAY.0 + 31), 0), Some(Refused::Expired));
    assert_eq!(verify(&signed, &key, Day(TODAY.0 - 4), 0), None, "a clock a day behind");
    assert_eq!(verify(&signed, &key, Day(TODAY.0 - 5), 0), Some(Refused::NotYet));
    let other =
        Room { key: NewsroomKey::generate(Some(room.key.newsroom()), &mut Entropy::new([1; 32])), ..Room::new() };
    assert_eq!(verify(&signed, &other.key.public(), TODAY, 0), Some(Refused::Signature));
    // Signed by another, with the newsroom's key written in.
    let mut forged = room.draft().sign(&other.key).expect("signs");
    forged[21..53].copy_from_slice(&key.0);
    assert_eq!(verify(&forged, &key, TODAY, 0), Some(Refused::Signature));
}

#[test]
fn what_was_signed_reads_as_it_was_meant() {
    let room = Room::new();
    let list = room.list();
    assert!(list.contents().desks == room.draft().desks && list.contents().serial == 4);
    assert!(*list.signer() == room.key.public());
    let names: Vec<JournalistId> =
        list.recipients(NEWS, TODAY).expect("two").iter().map(|card| card.journalist).collect();
    assert_eq!(names, [room.ana.card().journalist, room.ben.card().journalist]);
    assert_eq!(list.recipients(CULTURE, TODAY).map(|cards| cards.len()), Ok(1));
    assert_eq!(list.recipients(DeskId([9; 16]), TODAY).err(), Some(Refused::NoRecipients));
    assert_eq!(room.draft().sign(&room.key), room.draft().sign(&room.key), "one form");
}

#[test]
fn of_each_journalist_the_newest_month_that_has_come_is_taken() {
    let mut room = Room::new();
    let mut draft = room.draft();
    let mut months = Vec::new();
    for month in ["2026-09", "2026-10", "2026-12"] {
        let epoch = Epoch::parse(month).expect("a month");
        let keys = JournalistKeys::generate(room.ana.card().journalist, epoch, &mut room.entropy).expect("keys");
        draft.keys.push(ListedKey { card: keys.card().clone(), desks: [NEWS, CULTURE].into_iter().collect() });
        months.push(keys);
    }
    let list = room.sign(draft);
    let ana = |desk, today: Day| list.recipients(desk, today).expect("some")[0].epoch.to_string();
    assert_eq!(ana(NEWS, TODAY), "2026-11");
    assert_eq!(ana(CULTURE, TODAY), "2026-10", "her November key does not read culture");
    assert_eq!(ana(NEWS, Day(20_788)), "2026-12");
    assert_eq!(ana(NEWS, Day(20_000)), "2026-09", "none has come: the earliest");
    assert_eq!(list.recipients(NEWS, TODAY).expect("two").len(), 2, "one key a journalist");
    // A reply of October is still known.
    assert!(list.speaks_for(NEWS, &months[1].card().verify));
    // And a tip opens with whichever month's key it was sealed to.
    let source = room.source();
    let address = room.address(Kind::Tip, source.lookup().tip(), 0);
    let sealer = Sealer::new(&list, Day(20_788), &address, None, &mut room.entropy).expect("begins");
    let head = sealer.finish("", &[], Signer::Source(&source)).expect("closes").head();
    let place = room.place(&address);
    assert_eq!(Opener::journalist(&head, &place, [&room.ana]).err(), Some(Refused::NotForYou));
    assert!(Opener::journalist(&head, &place, months.iter().rev().chain([&room.ana])).is_ok());
}

#[test]
fn a_list_that_cannot_be_true_is_not_signed() {
    let mut room = Room::new();
    let bad = |change: &dyn Fn(&mut ListDraft)| {
        let mut draft = room.draft();
        change(&mut draft);
        draft.sign(&room.key).err()
    };
    assert_eq!(bad(&|draft| draft.newsroom = NewsroomId([0; 16])), Some(Refused::Misplaced));
    assert!(bad(&|draft| draft.until = Day(0)).is_some());
    assert!(bad(&|draft| draft.desks.push(draft.desks[0].clone())).is_some(), "a desk twice");
    assert!(bad(&|draft| draft.keys.push(draft.keys[0].clone())).is_some(), "a key twice");
    assert!(bad(&|draft| draft.desks.truncate(1)).is_some(), "a key of no desk");
    assert!(bad(&|draft| draft.desks[0].name = "x".repeat(MAX_DESK_NAME + 1)).is_some());
    let mut full = room.draft();
    for id in 0..SLOTS as u8 + 1 {
        let keys =
            JournalistKeys::generate(JournalistId([id | 0x80; 16]), TODAY.epoch(), &mut room.entropy).expect("keys");
        full.keys.push(ListedKey { card: keys.card().clone(), desks: [NEWS].into_iter().collect() });
    }
    assert!(full.clone().sign(&room.key).is_err(), "35 at a desk");
    full.keys.truncate(SLOTS + 1);
    let list = room.sign(full);
    assert_eq!(list.recipients(NEWS, TODAY).map(|cards| cards.len()), Ok(SLOTS), "a full desk");
    let address = room.address(Kind::Arrival, TipId([1; 16]), 0);
    let sealer = Sealer::new(&list, TODAY, &address, None, &mut room.entropy).expect("a full desk has a slot each");
    let head = sealer.finish("", &[], Signer::Nobody).expect("closes").head();
    assert!(Opener::journalist(&head, &room.place(&address), [&room.ben]).is_ok());
}

#[test]
fn nothing_may_follow_a_list() {
    let room = Room::new();
    let mut signed = room.draft().sign(&room.key).expect("signs");
    signed.push(0);
    assert!(SignedList::parse(&signed).is_err());
    assert_eq!(SignedList::parse(&vec![0; MAX_LIST + 1]).err(), Some(Refused::TooLarge));
}
