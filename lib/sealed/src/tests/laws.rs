//! Laws on any bytes, any sizes, any place of a flipped bit.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::room::{Room, read};
use crate::{head::CORE, *};

/// A sealed message with a file, to be damaged.
struct Sealed {
    room: Room,
    address: Address,
    head: Vec<u8>,
    body: Vec<u8>,
    list: Vec<u8>,
}

static SEALED: LazyLock<Sealed> = LazyLock::new(|| {
    let mut room = Room::new();
    let source = room.source();
    let (address, head, body) = room.tip(&source, "The harbour is sold.", &[("plan.pdf", &[7; 70_000])]);
    let list = room.draft().sign(&room.key).expect("signs");
    Sealed { room, address, head: head.bytes(), body, list }
});

fn opens(head: &[u8], body: &[u8]) -> bool {
    let sealed = &*SEALED;
    Head::parse(head).is_ok_and(|head| read(&sealed.room, &sealed.address, &head, body).is_ok())
}

/// A file's sizes around what matters: nothing, a byte, a chunk and its neighbours, more.
fn size() -> impl Strategy<Value = usize> {
    prop_oneof![0..3_usize, CHUNK - 2..CHUNK + 3, 0..3 * CHUNK]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_sizes_in_any_pieces_come_back(sizes in prop::collection::vec(size(), 0..4), piece in 1..90_000_usize, text in ".{0,40}") {
        let mut room = Room::new();
        let source = room.source();
        let address = room.address(Kind::Tip, source.lookup().tip(), 0);
        let list = room.list();
        let mut sealer = Sealer::new(&list, super::room::TODAY, &address, None, &mut room.entropy).expect("begins");
        let files: Vec<Vec<u8>> = sizes.iter().enumerate().map(|(at, size)| vec![at as u8 + 1; *size]).collect();
        let mut body = Vec::new();
        for file in &files {
            sealer.begin("name.txt", "text/plain").expect("begins");
            for piece in file.chunks(piece) {
                body.extend(sealer.push(piece).expect("takes"));
            }
        }
        let mut closing = sealer.finish(&text, &[], Signer::Source(&source)).expect("closes");
        while let Some(chunk) = closing.next_chunk().expect("seals") {
            prop_assert_eq!(chunk.len(), SEALED_CHUNK);
            body.extend(chunk);
        }
        let head = closing.head();
        prop_assert_eq!(head.body_len(), body.len() as u64);
        prop_assert!(stream::is_bucket(head.chunks()));
        let (index, opened) = read(&room, &address, &Head::parse(&head.bytes()).expect("parses"), &body).expect("opens");
        prop_assert_eq!(&index.text, &text);
        prop_assert!(opened.iter().map(|file| file.as_slice()).eq(files.iter().map(Vec::as_slice)));
    }

    #[test]
    fn one_flipped_bit_of_the_head_is_refused(at in 0..1_000_000_usize, bit in 0..8_u8, front in any::<bool>()) {
        let mut head = SEALED.head.clone();
        let at = at % if front { CORE } else { head.len() };
        head[at] ^= 1 << bit;
        prop_assert!(!opens(&head, &SEALED.body), "byte {at}");
    }

    #[test]
    fn one_flipped_bit_of_the_body_is_refused(at in 0..1_000_000_usize, bit in 0..8_u8) {
        let mut body = SEALED.body.clone();
        let at = at % body.len();
        body[at] ^= 1 << bit;
        // Padding is read by nobody, so each chunk is asked for itself.
        let head = Head::parse(&SEALED.head).expect("parses");
        let opener = Opener::journalist(&head, &SEALED.room.place(&SEALED.address), [&SEALED.room.ana]).expect("opens");
        let number = at / SEALED_CHUNK;
        let chunk = &body[number * SEALED_CHUNK..][..SEALED_CHUNK];
        prop_assert_eq!(opener.chunk(number as u32, chunk).err(), Some(Refused::Tampered));
    }

    #[test]
    fn one_flipped_bit_of_the_list_is_refused(at in 0..1_000_000_usize, bit in 0..8_u8) {
        let mut list = SEALED.list.clone();
        let at = at % list.len();
        list[at] ^= 1 << bit;
        let key = SEALED.room.key.public();
        let believed = SignedList::parse(&list).and_then(|list| list.verify(&key, super::room::TODAY, 0));
        prop_assert!(believed.is_err(), "byte {at}");
    }

    #[test]
    fn a_body_of_anybody_else_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), whole in any::<bool>()) {
        let head = Head::parse(&SEALED.head).expect("parses");
        let opener = Opener::journalist(&head, &SEALED.room.place(&SEALED.address), [&SEALED.room.ana]).expect("opens");
        let bytes = if whole && !bytes.is_empty() { bytes.iter().copied().cycle().take(SEALED.body.len()).collect() } else { bytes };
        laws::body(&opener, &bytes);
    }
}

/// Bytes that begin as a form does: random ones alone never get past the first four.
fn like(form: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let tail = prop::collection::vec(any::<u8>(), 0..300);
    let damaged = (0..form.len(), any::<u8>(), 0..form.len() + 1).prop_map(|(at, byte, end)| {
        let mut bytes = form.to_vec();
        bytes[at] = byte;
        bytes.truncate(end.max(at));
        bytes
    });
    prop_oneof![tail.clone(), tail.prop_map(move |tail| [&form[..8.min(form.len())], &tail].concat()), damaged]
}

/// A short index with everything in it.
fn sample_index() -> &'static [u8] {
    static INDEX: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let part =
            |offset| Part { name: "a.txt".into(), media_type: "text/plain".into(), offset, length: 5, digest: [1; 32] };
        let index = Index {
            author: Author::Journalist(VerifyKey([3; 32])),
            list_serial: 1,
            text: "Hello".into(),
            facts: vec![("from".into(), "+1 555 0100".into())],
            parts: vec![part(0), part(5)],
        };
        index.bytes().expect("writes")
    });
    &INDEX
}

proptest! {
    #[test]
    fn any_bytes_are_a_head_or_refused(bytes in like(&SEALED.head)) {
        laws::head(&bytes);
    }

    #[test]
    fn any_bytes_are_a_list_or_refused(bytes in like(&SEALED.list)) {
        laws::list(&bytes);
    }

    #[test]
    fn any_bytes_are_keys_or_refused(bytes in like(super::keys::closed())) {
        laws::keys(&bytes);
    }

    #[test]
    fn any_bytes_are_an_index_or_refused(bytes in like(sample_index()), content in 0..20_u64) {
        laws::index(&bytes, content);
    }

    #[test]
    fn anything_typed_is_a_codename_or_says_what_is_wrong(typed in "\\PC{0,80}", words in prop::collection::vec("[a-z]{1,6}", 0..9)) {
        laws::codename(&typed);
        laws::codename(&words.join(" "));
    }

    #[test]
    fn any_name_becomes_harmless(name in any::<String>(), odd in "[./\\\\:\u{202e} a\u{0}]{0,12}") {
        laws::name(&name);
        laws::name(&odd);
        // Long ones are cut, wherever the cut falls.
        laws::name(&format!("{odd}{}{odd}{odd}", name.repeat(MAX_NAME / name.len().max(1))));
    }
}

#[test]
fn a_name_that_fuzzing_found_is_harmless() {
    laws::name(&format!("\u{579}{}.{}", "\u{fffd}".repeat(84), "\u{fffd}".repeat(2)));
}

#[test]
fn what_was_sealed_passes_the_laws() {
    laws::head(&SEALED.head);
    laws::list(&SEALED.list);
    laws::index(sample_index(), 10);
    laws::keys(super::keys::closed());
    assert!(opens(&SEALED.head, &SEALED.body));
    assert!(SignedList::parse(&SEALED.list).is_ok() && Index::parse(sample_index(), 10).is_ok());
}
