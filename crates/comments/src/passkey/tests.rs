//! An authenticator of our own making, and everything that may be wrong with what it says.

use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair},
};
use sha2::{Digest, Sha256};

use super::*;

/// A key in somebody's pocket.
pub(crate) struct Authenticator {
    key: EcdsaKeyPair,
    pub(crate) id: Vec<u8>,
    pub(crate) signatures: u32,
}

/// What a browser sends.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) account: Vec<u8>,
    pub(crate) data: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

pub(crate) fn party() -> Party {
    Party { id: "localhost".into(), origin: "http://localhost:8080".into() }
}

fn account(kind: &str, challenge: &str, origin: &str) -> Vec<u8> {
    let account = serde_json::json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false });
    account.to_string().into_bytes()
}

fn bytes(of: &[u8]) -> Vec<u8> {
    [&[0x58, u8::try_from(of.len()).unwrap()], of].concat()
}

impl Authenticator {
    pub(crate) fn new(id: &[u8]) -> Authenticator {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Authenticator { key, id: id.to_owned(), signatures: 0 }
    }

    fn head(&mut self, party: &Party, flags: u8) -> Vec<u8> {
        self.signatures += 1;
        let hash = Sha256::digest(party.id.as_bytes());
        [&hash[..], &[flags], &self.signatures.to_be_bytes()].concat()
    }

    /// Makes its key known.
    pub(crate) fn make(&mut self, party: &Party, challenge: &str) -> Sent {
        let point = self.key.public_key().as_ref().to_owned();
        let cose = [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21][..], &bytes(&point[1..33]), &[0x22], &bytes(&point[33..])];
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        let data = [self.head(party, 0x45), vec![0; 16], length.to_vec(), self.id.clone(), cose.concat()].concat();
        Sent { account: account("webauthn.create", challenge, &party.origin), data, signature: Vec::new() }
    }

    /// Signs.
    pub(crate) fn sign(&mut self, party: &Party, challenge: &str) -> Sent {
        let (account, data) = (account("webauthn.get", challenge, &party.origin), self.head(party, 5));
        let signed = [&data[..], &Sha256::digest(&account)].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap().as_ref().to_owned();
        Sent { account, data, signature }
    }
}

#[test]
fn a_key_is_taken_and_known_again() {
    let (party, mut pocket) = (party(), Authenticator::new(b"one"));
    let sent = pocket.make(&party, "abc");
    assert_eq!(challenge(&sent.account), Ok("abc".into()));
    let made = make(&party, "abc", &sent.account, &sent.data).unwrap();
    assert_eq!((made.id.as_str(), made.signatures), ("b25l", 1));
    let sent = pocket.sign(&party, "def");
    assert_eq!(verify(&party, "def", &made, &sent.account, &sent.data, &sent.signature), Ok(2));
}

#[test]
fn whatever_is_wrong_with_an_answer_is_seen() {
    let (party, mut pocket) = (party(), Authenticator::new(b"one"));
    let sent = pocket.make(&party, "abc");
    let made = make(&party, "abc", &sent.account, &sent.data).unwrap();
    let mut other = Authenticator::new(b"one");
    let elsewhere = Party { id: "evil.example".into(), ..party.clone() };
    let from = Party { origin: "https://evil.example".into(), ..party.clone() };
    let check = |sent: &Sent, why: &str| {
        let outcome = verify(&party, "def", &made, &sent.account, &sent.data, &sent.signature);
        assert_eq!(outcome, Err(Wrong(Box::leak(why.to_owned().into_boxed_str()))));
    };
    check(&pocket.sign(&party, "other"), "another challenge");
    check(&pocket.sign(&from, "def"), "another origin");
    check(&pocket.sign(&elsewhere, "def"), "made for another site");
    check(&other.sign(&party, "def"), "the signature is not this key's");
    let good = pocket.sign(&party, "def");
    check(&Sent { account: account("webauthn.create", "def", &party.origin), ..good.clone() }, "another ceremony");
    let framed = String::from_utf8(good.account.clone()).unwrap().replace("false", "true").into_bytes();
    check(&Sent { account: framed, ..good.clone() }, "from inside another site");
    check(&Sent { data: good.data[..36].to_vec(), ..good.clone() }, "the data is cut off");
    let mut absent = good.clone();
    absent.data[32] = 0;
    check(&absent, "nobody was there");
    let mut counted = good.clone();
    counted.data[36] += 1;
    check(&counted, "the signature is not this key's");
    check(&Sent { account: b"{".to_vec(), ..good.clone() }, "the account cannot be read");
    check(&Sent { account: vec![b' '; 5000], ..good.clone() }, "the account is too long");
    let ahead = Made { signatures: 99, ..made.clone() };
    let copy = verify(&party, "def", &ahead, &good.account, &good.data, &good.signature);
    assert_eq!(copy, Err(Wrong("the counter did not grow: there may be a copy of this key")));
    assert!(verify(&party, "def", &made, &good.account, &good.data, &good.signature).is_ok());
}

#[test]
fn a_key_that_is_none_is_not_taken() {
    let (party, mut pocket) = (party(), Authenticator::new(b"one"));
    let good = pocket.make(&party, "abc");
    for end in 0..good.data.len() {
        assert!(make(&party, "abc", &good.account, &good.data[..end]).is_err(), "{end}");
    }
    assert!(make(&party, "abc", &good.account, &[&good.data[..], &[0]].concat()).is_err(), "something follows");
    let mut data = good.data.clone();
    // ES256 becomes ES384.
    let at = data.windows(2).position(|pair| pair == [3, 0x26]).unwrap();
    data[at + 1] = 0x38;
    assert!(make(&party, "abc", &good.account, &data).is_err());
}

#[test]
fn the_other_algorithms_are_known() {
    let random = SystemRandom::new();
    let key = Ed25519KeyPair::from_pkcs8(Ed25519KeyPair::generate_pkcs8(&random).unwrap().as_ref()).unwrap();
    let cose = [&[0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21][..], &bytes(key.public_key().as_ref())].concat();
    let (known, used) = cose::read(&cose).unwrap();
    assert_eq!(used, cose.len());
    assert_eq!(known.verify(b"x", key.sign(b"x").as_ref()), Ok(()));
    assert!(known.verify(b"y", key.sign(b"x").as_ref()).is_err());
    let n = [0x59, 1, 0].into_iter().chain([0xab; 256]).collect::<Vec<u8>>();
    let rsa = [&[0xa4, 1, 3, 3, 0x39, 1, 0, 0x20][..], &n, &[0x21, 0x43, 1, 0, 1]].concat();
    let (known, _) = cose::read(&rsa).unwrap();
    assert_eq!(known, cose::Key::Rsa(&[0xab; 256], &[1, 0, 1]));
    assert!(known.verify(b"x", &[0; 256]).is_err());
}

#[test]
fn a_site_goes_by_its_domain() {
    let of = |url: &str| Party::of(url).map(|party| (party.id, party.origin));
    let expected = |id: &str, origin: &str| Some((id.to_owned(), origin.to_owned()));
    assert_eq!(of("https://news.example/paper"), expected("news.example", "https://news.example"));
    assert_eq!(of("https://news.example:8443"), expected("news.example", "https://news.example:8443"));
    assert_eq!(of("http://127.0.0.1:8080"), expected("localhost", "http://localhost:8080"));
    assert_eq!(of("http://localhost:8080"), expected("localhost", "http://localhost:8080"));
    assert_eq!([of("http://news.example"), of("https://203.0.113.7"), of("x")], [None, None, None]);
}

proptest::proptest! {
    #[test]
    fn no_bytes_break_it(account in proptest::collection::vec(0_u8.., 0..80), data in proptest::collection::vec(0_u8.., 0..200)) {
        let mut data = data;
        let hash = Sha256::digest(b"localhost");
        data.iter_mut().zip(&hash[..]).for_each(|(byte, known)| *byte = *known);
        let _ = challenge(&account);
        let real = super::tests::account("webauthn.create", "a", "http://localhost:8080");
        let _ = make(&party(), "a", &real, &data);
        let _ = cose::read(&data);
    }
}
