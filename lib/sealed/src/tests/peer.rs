//! Slots against hpke-rs over libcrux: an independent implementation of HPKE, of X-Wing, of all that is below.

use hpke_rs::{
    Hpke, HpkePrivateKey, HpkePublicKey, Mode,
    hpke_types::{AeadAlgorithm, KdfAlgorithm, KemAlgorithm},
    libcrux::HpkeLibcrux,
};

use super::room::Room;
use crate::{
    kem::{self, KemSecret},
    *,
};

fn peer() -> Hpke<HpkeLibcrux> {
    Hpke::new(Mode::Base, KemAlgorithm::XWingDraft06, KdfAlgorithm::HkdfSha256, AeadAlgorithm::ChaCha20Poly1305)
}

#[test]
fn the_peer_opens_our_slots() {
    let mut entropy = Entropy::new([3; 32]);
    for round in 0..8_u8 {
        let ours = KemSecret::generate(&mut entropy).expect("keys");
        let slot = kem::seal(&ours.public, &[round; 40], &[round; 32], &mut entropy).expect("seals");
        let private = HpkePrivateKey::new(ours.seed().to_vec());
        let (enc, sealed) = slot.split_at(KEM_ENC);
        let opened = peer().open(enc, &private, &[round; 40], &[], sealed, None, None, None).expect("the peer opens");
        assert_eq!(opened, [round; 32]);
        assert!(peer().open(enc, &private, b"another info", &[], sealed, None, None, None).is_err());
    }
}

#[test]
fn we_open_the_peers_slots() {
    let mut entropy = Entropy::new([4; 32]);
    for round in 0..8_u8 {
        let ours = KemSecret::generate(&mut entropy).expect("keys");
        let public = HpkePublicKey::new(ours.public.bytes().to_vec());
        let (enc, sealed) =
            peer().seal(&public, &[round; 7], &[], &[round; 32], None, None, None).expect("the peer seals");
        let slot = [enc, sealed].concat();
        assert_eq!(slot.len(), SLOT);
        assert_eq!(kem::open(&ours, &[round; 7], &slot).as_deref(), Some(&[round; 32]));
        assert!(kem::open(&ours, b"another info", &slot).is_none());
    }
}

#[test]
fn the_peer_makes_the_same_public_key_and_opens_a_whole_envelope() {
    let mut room = Room::new();
    let source = room.source();
    let (_, head, _) = room.tip(&source, "x", &[]);
    // As the form says: label, core, role, SHA-256 of the recipient's key.
    let core = &head.bytes()[..head::CORE];
    let card = room.ana.card();
    let digest = <sha2::Sha256 as sha2::Digest>::digest(card.kem.bytes());
    let info = [b"onrecord/sealed/1 slot\0".as_slice(), core, &[0], &digest].concat();
    let private = HpkePrivateKey::new(room.ana.kem.seed().to_vec());
    let opened: Vec<Vec<u8>> = head
        .slots
        .chunks_exact(SLOT)
        .filter_map(|slot| peer().open(&slot[..KEM_ENC], &private, &info, &[], &slot[KEM_ENC..], None, None, None).ok())
        .collect();
    assert_eq!(opened.len(), 1, "one slot is Ana's");
    let (_, key) = sealer::open_journalist_slot(&head, &room.ana.kem).expect("opens");
    assert_eq!(opened[0], key.as_slice());
}
