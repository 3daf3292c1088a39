//! The one HPKE suite (RFC 9180, base mode): X-Wing, HKDF-SHA256, ChaCha20-Poly1305; and the signatures (Ed25519).

use hpke::{
    Deserializable, Kem as _, OpModeR, OpModeS, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256, kem::XWing,
};
use zeroize::Zeroizing;

use crate::{Entropy, Refused, derive::Secret};

/// Bytes of an X-Wing public key.
pub const KEM_PUBLIC: usize = 1216;
/// Bytes of an X-Wing encapsulation.
pub const KEM_ENC: usize = 1120;
/// Bytes of a slot: an encapsulation and 32 bytes under ChaCha20-Poly1305.
pub const SLOT: usize = KEM_ENC + 32 + 16;

/// The public half of an X-Wing key, checked to be one.
#[derive(Clone, PartialEq, Eq)]
pub struct KemPublic(Box<[u8; KEM_PUBLIC]>);

impl KemPublic {
    /// Takes 1216 bytes, if ML-KEM's half is canonical.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refused> {
        <XWing as hpke::Kem>::PublicKey::from_bytes(bytes).map_err(|_| Refused::Malformed("not an X-Wing key"))?;
        let bytes: Box<[u8]> = bytes.into();
        bytes.try_into().map(KemPublic).map_err(|_| Refused::Malformed("not an X-Wing key"))
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8; KEM_PUBLIC] {
        &self.0
    }
}

/// The secret half: X-Wing's 32-byte seed. The library's key overwrites itself when it goes, and so does this seed.
#[derive(Clone)]
pub(crate) struct KemSecret {
    seed: Secret,
    key: <XWing as hpke::Kem>::PrivateKey,
    pub(crate) public: KemPublic,
}

impl KemSecret {
    pub(crate) fn new(seed: Secret) -> Result<Self, Refused> {
        let key = <XWing as hpke::Kem>::PrivateKey::from_bytes(seed.as_ref())
            .map_err(|_| Refused::Malformed("not an X-Wing seed"))?;
        let public: Box<[u8]> = XWing::sk_to_pk(&key).to_bytes().as_slice().into();
        let public = public.try_into().map_err(|_| Refused::Malformed("not an X-Wing key"))?;
        Ok(KemSecret { seed, key, public: KemPublic(public) })
    }

    pub(crate) fn generate(entropy: &mut Entropy) -> Result<Self, Refused> {
        KemSecret::new(Zeroizing::new(entropy.bytes()))
    }

    pub(crate) fn seed(&self) -> &[u8; 32] {
        &self.seed
    }
}

/// Seals 32 bytes to a key: encapsulation, then ciphertext and tag. The associated data is empty, for `info` binds everything.
pub(crate) fn seal(to: &KemPublic, info: &[u8], key: &[u8; 32], entropy: &mut Entropy) -> Result<[u8; SLOT], Refused> {
    let to = <XWing as hpke::Kem>::PublicKey::from_bytes(to.bytes().as_slice())
        .map_err(|_| Refused::Malformed("not an X-Wing key"))?;
    let (enc, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeS::Base,
        &to,
        info,
        key,
        &[],
        entropy.rng(),
    )
    .map_err(|_| Refused::Malformed("not an X-Wing key"))?;
    let mut slot = [0; SLOT];
    let (front, back) = slot.split_at_mut(KEM_ENC);
    front.copy_from_slice(&enc.to_bytes());
    back.copy_from_slice(&sealed);
    Ok(slot)
}

/// Opens what [`seal`] made; none if it was made for another key or another `info`.
pub(crate) fn open(with: &KemSecret, info: &[u8], slot: &[u8]) -> Option<Secret> {
    let (enc, sealed) = slot.split_at_checked(KEM_ENC)?;
    let enc = <XWing as hpke::Kem>::EncappedKey::from_bytes(enc).ok()?;
    let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeR::Base,
        &with.key,
        &enc,
        info,
        sealed,
        &[],
    );
    let opened = Zeroizing::new(opened.ok()?);
    let mut key = Secret::default();
    if opened.len() != key.len() {
        return None;
    }
    key.copy_from_slice(&opened);
    Some(key)
}

/// A key that signs.
#[derive(Clone)]
pub(crate) struct SignSecret(ed25519_dalek::SigningKey);

impl SignSecret {
    pub(crate) fn new(seed: &[u8; 32]) -> Self {
        SignSecret(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    pub(crate) fn seed(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    pub(crate) fn public(&self) -> VerifyKey {
        VerifyKey(self.0.verifying_key().to_bytes())
    }

    pub(crate) fn sign(&self, label: &str, message: &[&[u8]]) -> [u8; 64] {
        use ed25519_dalek::Signer;
        self.0.sign(&signed(label, message)).to_bytes()
    }
}

/// A key that checks signatures.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct VerifyKey(pub [u8; 32]);

impl VerifyKey {
    /// Checks strictly: no key and no nonce of small order, so that a signature fits one message and one key.
    pub(crate) fn verify(&self, label: &str, message: &[&[u8]], signature: &[u8; 64]) -> Result<(), Refused> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&self.0).map_err(|_| Refused::Signature)?;
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        key.verify_strict(&signed(label, message), &signature).map_err(|_| Refused::Signature)
    }
}

/// What is signed: label, zero byte, message. A signature for one purpose never holds for another.
fn signed(label: &str, message: &[&[u8]]) -> Vec<u8> {
    let mut bytes = label.as_bytes().to_vec();
    bytes.push(0);
    message.iter().for_each(|part| bytes.extend_from_slice(part));
    bytes
}
