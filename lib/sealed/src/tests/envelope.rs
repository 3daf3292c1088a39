//! Envelopes: what opens for whom, and what no longer opens.

use super::room::{CULTURE, NEWS, Room, TODAY, read};
use crate::*;

#[test]
fn a_tip_is_read_by_everybody_of_its_desk_and_by_nobody_else() {
    let mut room = Room::new();
    let source = room.source();
    let (address, head, body) = room.tip(&source, "The harbour is sold.", &[("plan.pdf", b"%PDF"), ("empty", b"")]);
    let place = room.place(&address);
    for keys in [&room.ana, &room.ben] {
        let (index, files) = Opener::journalist(&head, &place, [keys]).expect("a slot").whole(&body).expect("opens");
        assert_eq!((index.text.as_str(), index.list_serial), ("The harbour is sold.", 4));
        assert_eq!(index.facts, [("channel".to_owned(), "web".to_owned())]);
        assert!(index.author == Author::Source(source.public()));
        let names: Vec<&str> = index.parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!((names, files[0].as_slice(), files[1].len()), (vec!["plan.pdf", "empty"], b"%PDF".as_slice(), 0));
    }
    assert_eq!(Opener::journalist(&head, &place, [&room.carla]).err(), Some(Refused::NotForYou));
    assert_eq!(
        Opener::source(&head, &place, &source).err(),
        Some(Refused::NotForYou),
        "who holds the codename reads no old tips"
    );
}

#[test]
fn a_reply_reaches_the_source_and_says_who_signed_it() {
    let mut room = Room::new();
    let (source, other) = (room.source(), room.source());
    let ana = room.ana.clone();
    let address = room.address(Kind::Reply, source.lookup().tip(), 1);
    let (head, body) = room.seal(&address, Some(&source.public()), Signer::Journalist(&ana), "Can we meet?", &[]);
    let place = room.place(&address);
    let (index, _) = Opener::source(&head, &place, &source).expect("the source's slot").whole(&body).expect("opens");
    assert_eq!(index.text, "Can we meet?");
    let Author::Journalist(key) = &index.author else { panic!("signed by a journalist") };
    assert!(room.list().speaks_for(NEWS, key) && !room.list().speaks_for(CULTURE, key));
    assert!(Opener::journalist(&head, &place, [&room.ben]).is_ok(), "the desk reads its own replies");
    assert_eq!(Opener::source(&head, &place, &other).err(), Some(Refused::NotForYou));
    // Nobody to answer: the slot is a dummy, and the head as long as any.
    let (dummy, _) = room.seal(&address, None, Signer::Journalist(&ana), "Called back.", &[]);
    assert_eq!(dummy.bytes().len(), head.bytes().len());
    assert_eq!(Opener::source(&dummy, &place, &source).err(), Some(Refused::NotForYou));
}

#[test]
fn an_envelope_opens_nowhere_but_in_its_place() {
    let mut room = Room::new();
    let source = room.source();
    let (address, head, _) = room.tip(&source, "x", &[]);
    let right = room.place(&address);
    let wrong = [
        Place { newsroom: NewsroomId([9; 16]), ..right },
        Place { tip: TipId([9; 16]), ..right },
        Place { sequence: 1, ..right },
    ];
    for place in wrong {
        assert_eq!(Opener::journalist(&head, &place, [&room.ana]).err(), Some(Refused::Misplaced));
        // A server that writes another place into the head: the slots were bound to the old one.
        let mut moved = head.clone();
        moved.core.place = place;
        assert_eq!(Opener::journalist(&moved, &place, [&room.ana]).err(), Some(Refused::NotForYou));
    }
}

#[test]
fn only_the_side_that_may_can_sign_a_kind() {
    let mut room = Room::new();
    let (source, ana) = (room.source(), room.ana.clone());
    let list = room.list();
    let may = |kind, signer: Signer<'_>, room: &mut Room| {
        let address = Address { kind, desk: NEWS, tip: TipId([3; 16]), sequence: 0 };
        let sealer = Sealer::new(&list, TODAY, &address, None, &mut room.entropy).expect("begins");
        sealer.finish("", &[], signer).is_ok()
    };
    let (from_source, from_desk) = (Signer::Source(&source), Signer::Journalist(&ana));
    for (kind, nobody, by_source, by_desk) in [
        (Kind::Tip, false, true, false),
        (Kind::Arrival, true, true, false),
        (Kind::Reply, false, false, true),
        (Kind::Note, false, false, true),
        (Kind::Link, false, false, true),
    ] {
        let found =
            (may(kind, Signer::Nobody, &mut room), may(kind, from_source, &mut room), may(kind, from_desk, &mut room));
        assert_eq!(found, (nobody, by_source, by_desk), "{kind:?}");
    }
}

#[test]
fn a_large_message_is_read_in_parts() {
    let mut room = Room::new();
    let source = room.source();
    let first: Vec<u8> = (0..700_000_u32).flat_map(|n| (n as u16).to_be_bytes()).collect();
    let second = vec![5; 100];
    let (address, head, body) = room.tip(&source, "two files", &[("a.bin", &first), ("b.bin", &second)]);
    // 1,400,100 bytes and an index are 22 chunks, padded to 24.
    assert_eq!((head.chunks(), body.len() as u64), (24, head.body_len()));
    let opener = Opener::journalist(&head, &room.place(&address), [&room.ben]).expect("opens");
    let range = opener.index_chunks();
    assert_eq!(range, 20..24);
    let sealed = |number: u32| &body[number as usize * SEALED_CHUNK..][..SEALED_CHUNK];
    let index = opener.index(&body[range.start as usize * SEALED_CHUNK..]).expect("the last chunks are enough");
    let mut reader = opener.part(&index.parts[1]);
    assert_eq!(reader.wants(), Some(21), "only the chunk in which it lies");
    assert_eq!(reader.push(sealed(21)).expect("opens"), second);
    assert_eq!((reader.wants(), reader.finish()), (None, Ok(())));
    let mut reader = opener.part(&index.parts[0]);
    let mut whole = Vec::new();
    while let Some(number) = reader.wants() {
        whole.extend(reader.push(sealed(number)).expect("opens"));
    }
    assert!(whole == first && reader.finish().is_ok());
    assert_eq!(opener.part(&index.parts[0]).finish(), Err(Refused::Tampered), "half a file is none");
}

#[test]
fn cut_swapped_and_borrowed_bodies_are_refused() {
    let mut room = Room::new();
    let source = room.source();
    let file = vec![1; 200_000];
    let (address, head, body) = room.tip(&source, "a", &[("f", &file)]);
    let (_, other_head, other_body) = room.tip(&source, "a", &[("f", &file)]);
    assert!(read(&room, &address, &head, &body).is_ok());
    assert!(read(&room, &address, &head, &other_body).is_err(), "another body");
    assert!(read(&room, &address, &other_head, &body).is_err(), "another head");
    let mut swapped = body.clone();
    let (first, second) = swapped.split_at_mut(SEALED_CHUNK);
    first.swap_with_slice(&mut second[..SEALED_CHUNK]);
    assert_eq!(read(&room, &address, &head, &swapped).err(), Some(Refused::Tampered));
    // Two chunks gone, and a head that says so: the last one left was not sealed as the last.
    let shorter = Head::new(head.core.clone(), head.slots.clone(), 2);
    assert_eq!(read(&room, &address, &shorter, &body[..2 * SEALED_CHUNK]).err(), Some(Refused::Tampered));
    assert_eq!(read(&room, &address, &head, &body[..body.len() - 1]).err(), Some(Refused::Truncated));
}

#[test]
fn one_body_cannot_be_two_messages() {
    // A sender who gives Ben another key than Ana is found out before anything is opened: the head commits to one key.
    let mut room = Room::new();
    let source = room.source();
    let (address, head, _) = room.tip(&source, "a", &[]);
    let mut forged = head.clone();
    forged.core.commitment = [0; 32];
    assert!(Opener::journalist(&forged, &room.place(&address), [&room.ana]).is_err());
    assert_ne!(head.core.commitment, [0; 32]);
}

#[test]
fn sizes_and_slots_say_nothing_of_how_many_read_and_how_much_was_written() {
    let mut room = Room::new();
    let source = room.source();
    let (_, short, body) = room.tip(&source, "Hi", &[]);
    let (_, long, other) = room.tip(&source, &"word ".repeat(10_000), &[("n", &[0; 5_000])]);
    assert_eq!((short.bytes().len(), body.len()), (long.bytes().len(), other.len()));
    // One reader or two: the same lengths, no slot that stands out, none twice.
    let list = room.list();
    let address = Address { kind: Kind::Tip, desk: CULTURE, tip: TipId([1; 16]), sequence: 0 };
    let lonely = Sealer::new(&list, TODAY, &address, None, &mut room.entropy).expect("begins");
    let lonely = lonely.finish("Hi", &[], Signer::Source(&source)).expect("closes").head();
    assert_eq!(lonely.bytes().len(), short.bytes().len());
    assert!(Head::parse(&lonely.bytes()).is_ok());
    // In a dummy, as in a slot, the X25519 share is a point of the curve and ML-KEM's bytes are spread as its compression spreads
    // them: both come from an encapsulation. Bytes of each slot differ from each other's.
    let slots: std::collections::BTreeSet<&[u8]> = lonely.slots.chunks_exact(SLOT).collect();
    assert_eq!(slots.len(), SLOTS);
}

#[test]
fn readers_stand_anywhere_among_the_slots() {
    let mut room = Room::new();
    let source = room.source();
    let mut places = std::collections::BTreeSet::new();
    for _ in 0..12 {
        let (_, head, _) = room.tip(&source, "", &[]);
        let found = sealer::open_journalist_slot(&head, &room.ana.kem);
        places.insert(found.expect("Ana has a slot").0);
    }
    assert!(places.len() > 3, "{places:?}");
}

#[test]
fn erased_heads_open_nothing() {
    let mut room = Room::new();
    let source = room.source();
    let (_, head, _) = room.tip(&source, "a", &[]);
    let mut bytes = head.bytes();
    Head::erase(&mut bytes);
    assert!(bytes[head::CORE - 32..].iter().all(|byte| *byte == 0));
    assert!(Head::parse(&bytes).is_err());
    Head::erase(&mut []);
}

#[test]
fn limits_are_refused_when_sealing() {
    let mut room = Room::new();
    let (source, list) = (room.source(), room.list());
    let address = room.address(Kind::Tip, source.lookup().tip(), 0);
    let mut sealer = || Sealer::new(&list, TODAY, &address, None, &mut room.entropy).expect("begins");
    assert_eq!(sealer().push(b"no file begun").err(), Some(Refused::Malformed("bytes of no file")));
    assert!(sealer().finish(&"x".repeat(MAX_TEXT + 1), &[], Signer::Source(&source)).is_err());
    assert!(sealer().finish(&"x".repeat(MAX_TEXT), &[], Signer::Source(&source)).is_ok());
    let facts = vec![("n", "v"); MAX_FACTS + 1];
    assert!(sealer().finish("", &facts, Signer::Source(&source)).is_err());
    let mut many = sealer();
    (0..MAX_PARTS).for_each(|_| many.begin("f", "").expect("as many as are allowed"));
    assert_eq!(many.begin("f", ""), Err(Refused::TooLarge));
}

#[test]
fn buckets_are_few_and_near() {
    let buckets: Vec<u32> = (0..=MAX_CHUNKS).filter(|chunks| stream::is_bucket(*chunks)).collect();
    assert_eq!(buckets[..10], [1, 2, 4, 8, 16, 20, 24, 28, 32, 40]);
    assert_eq!((buckets.len(), buckets.last()), (45, Some(&MAX_CHUNKS)));
    for chunks in 1..=MAX_CHUNKS {
        let bucket = stream::bucket(chunks).expect("there is one");
        assert!(stream::is_bucket(bucket) && bucket >= chunks && (chunks <= 16 || bucket - chunks <= chunks / 4));
    }
    assert_eq!(stream::bucket(MAX_CHUNKS + 1), None);
}
