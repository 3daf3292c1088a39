//! Published test vectors of everything the form is made of.

use chacha20poly1305::{
    ChaCha20Poly1305, Key, KeyInit, Nonce, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hpke::rand_core::{Infallible, TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, Serializable, aead::ChaCha20Poly1305 as HpkeAead, kdf::HkdfSha256, kem::XWing};

use crate::{
    Cost, derive,
    kem::{KemSecret, SignSecret, VerifyKey},
};

/// Gives out the vector's bytes and nothing else.
struct Given(std::vec::IntoIter<u8>);

impl Given {
    fn hex(text: &str) -> Given {
        Given(bytes(text).into_iter())
    }
}

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        panic!("only bytes are asked for")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        panic!("only bytes are asked for")
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        out.iter_mut().for_each(|byte| *byte = self.0.next().expect("as many bytes as the vector has"));
        Ok(())
    }
}

impl TryCryptoRng for Given {}

fn bytes(text: &str) -> Vec<u8> {
    hex::decode(text).expect("hexadecimal")
}

fn array<const N: usize>(text: &str) -> [u8; N] {
    bytes(text).try_into().expect("as long as that")
}

/// draft-connolly-cfrg-xwing-kem, appendix C.
#[test]
fn x_wing() {
    let vectors: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("vectors/x-wing.json")).expect("a list of vectors");
    assert_eq!(vectors.len(), 3);
    for vector in vectors {
        let text = |name: &str| vector[name].as_str().expect("a text").to_owned();
        let ours = KemSecret::new(array(&text("seed")).into()).expect("a key");
        assert_eq!(hex::encode(ours.public.bytes()), text("pk"));
        let public = <XWing as Kem>::PublicKey::from_bytes(ours.public.bytes().as_slice()).expect("a key");
        let (shared, enc) =
            XWing::encap_with_rng(&public, None, &mut Given::hex(&text("eseed"))).expect("encapsulates");
        assert_eq!((hex::encode(shared.0), hex::encode(enc.to_bytes())), (text("ss"), text("ct")));
        let private = <XWing as Kem>::PrivateKey::from_bytes(&bytes(&text("seed"))).expect("a key");
        assert_eq!(hex::encode(XWing::decap(&private, None, &enc).expect("decapsulates").0), text("ss"));
    }
}

/// draft-ietf-hpke-pq, the vector of this very suite: X-Wing (0x647a), HKDF-SHA256, ChaCha20-Poly1305.
#[test]
fn hpke_with_x_wing() {
    let private = array::<32>("3ec47fa82dd5689d27c6190e724c74ec8f608df3331ce331929e37b829676630");
    let info = bytes("34663634363532303666366532303631323034373732363536333639363136653230353537323665");
    let randomness = "2a1c0a3745fe8a48fb62034d300f54dfe1974a5b2e169e580a8789cb1cf5fd190fc00f3fd899594e01a8b15334b9f3fa03d8de44da86e19f5776850fb689e6c8";
    let plain = bytes(
        "34323635363137353734373932303639373332303734373237353734363832633230373437323735373436383230363236353631373537343739",
    );
    let sealed = [
        "c5c591f99092d5e38df0a52699af249c66f8275a863423c076de8147a53e65cc584041c963b77a7e59ea93841b1339b5efda8909b71f74bb0073ad62e899de310c1566dea2fd29eba377",
        "ce339b2b956509cf9a9d3d736e8529f4eb87f27483e0c647869bd1d32c6c95ab3ff3f151abb11f863e5ea7cb852dc0c92346b46ac340ab390f8d3b6bd85d5d2d11c77499e006e36e3699",
    ];
    let ours = KemSecret::new(private.into()).expect("a key");
    let public = <XWing as Kem>::PublicKey::from_bytes(ours.public.bytes().as_slice()).expect("a key");
    let (_, mut context) = hpke::setup_sender_with_rng::<HpkeAead, HkdfSha256, XWing>(
        &hpke::OpModeS::Base,
        &public,
        &info,
        &mut Given::hex(randomness),
    )
    .expect("sets up");
    for (number, expected) in sealed.iter().enumerate() {
        let made = context.seal(&plain, format!("Count-{number}").as_bytes()).expect("seals");
        assert_eq!(hex::encode(made), *expected);
    }
}

const SUNSCREEN: &[u8] = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";

/// RFC 8439, section 2.8.2.
#[test]
fn chacha20_poly1305() {
    let key: [u8; 32] = std::array::from_fn(|at| 0x80 + at as u8);
    let aad = bytes("50515253c0c1c2c3c4c5c6c7");
    let nonce = Nonce::from(array("070000004041424344454647"));
    let sealed = ChaCha20Poly1305::new(&Key::from(key)).encrypt(&nonce, Payload { msg: SUNSCREEN, aad: &aad });
    assert_eq!(
        hex::encode(sealed.expect("seals")),
        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36\
         92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b6116\
         1ae10b594f09e26a7e902ecbd0600691"
    );
}

/// draft-irtf-cfrg-xchacha, section A.3.1.
#[test]
fn xchacha20_poly1305() {
    let key: [u8; 32] = std::array::from_fn(|at| 0x80 + at as u8);
    let aad = bytes("50515253c0c1c2c3c4c5c6c7");
    let nonce: [u8; 24] = std::array::from_fn(|at| 0x40 + at as u8);
    let sealed =
        XChaCha20Poly1305::new(&Key::from(key)).encrypt(&XNonce::from(nonce), Payload { msg: SUNSCREEN, aad: &aad });
    assert_eq!(
        hex::encode(sealed.expect("seals")),
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452\
         2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52e\
         c0875924c1c7987947deafd8780acf49"
    );
}

/// Argon2's reference implementation, test.c: argon2id, version 0x13, 64 MiB, two passes, one lane.
#[test]
fn argon2id() {
    let key = derive::argon2id(b"password", b"somesalt", Cost { kib: 65_536, passes: 2 }).expect("derives");
    assert_eq!(hex::encode(key), "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
}

/// RFC 9106, section 5.3: with four lanes, a secret and associated data, which we do not use.
#[test]
fn argon2id_of_the_rfc() {
    use argon2_core::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
    let mut params = ParamsBuilder::new();
    params.m_cost(32).t_cost(3).p_cost(4).output_len(32).data(AssociatedData::new(&[4; 12]).expect("short"));
    let params = params.build().expect("parameters");
    let mut tag = [0; 32];
    Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params)
        .expect("a context")
        .hash_password_into(&[1; 32], &[2; 16], &mut tag)
        .expect("derives");
    assert_eq!(hex::encode(tag), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
}

/// RFC 5869, test case 3: no salt, as we use it.
#[test]
fn hkdf_sha256() {
    let mut out = [0; 42];
    hkdf::Hkdf::<sha2::Sha256>::new(None, &[0x0b; 22]).expand(&[], &mut out).expect("short enough");
    assert_eq!(
        hex::encode(out),
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    );
}

/// RFC 8032, section 7.1, test 1.
#[test]
fn ed25519() {
    use ed25519_dalek::Signer;
    let seed = array("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    let key = ed25519_dalek::SigningKey::from_bytes(&seed);
    assert_eq!(
        SignSecret::new(&seed).public().0,
        array::<32>("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    );
    assert_eq!(
        hex::encode(key.sign(b"").to_bytes()),
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    );
    // What we sign has its label before it; a signature of one kind is none of another.
    let ours = SignSecret::new(&seed);
    let signature = ours.sign("one", &[b"a", b"b"]);
    assert_eq!(ours.public().verify("one", &[b"ab"], &signature), Ok(()));
    assert!(ours.public().verify("two", &[b"ab"], &signature).is_err());
    // The key of small order that signs everything is refused.
    assert!(
        VerifyKey(array("0100000000000000000000000000000000000000000000000000000000000000"))
            .verify("one", &[b""], &[0; 64])
            .is_err()
    );
}
