//! A journalist's keys of one month, and the card by which others know them.

use zeroize::Zeroizing;

use crate::{
    Entropy, Epoch, JournalistId, KemPublic, KeyId, Lock, Refused, VerifyKey,
    bytes::{Reader, Writer},
    derive,
    kem::{KEM_PUBLIC, KemSecret, SignSecret},
    lock,
};

const CARD: &[u8; 4] = b"ORJC";
const CLOSED: &[u8; 4] = b"ORJK";
const SIGNED: &str = "onrecord/sealed/1 card";
/// Two seeds.
const SECRET: usize = 64;

/// The public halves of a journalist's keys, signed by themselves: whoever made the card had the signing key.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyCard {
    /// Whose they are.
    pub journalist: JournalistId,
    /// Which month's they are.
    pub epoch: Epoch,
    /// What tips are sealed to.
    pub kem: KemPublic,
    /// What replies and notes are known by.
    pub verify: VerifyKey,
    signature: [u8; 64],
}

impl KeyCard {
    /// Bytes of the binary form.
    pub const LENGTH: usize = 5 + 16 + 2 + 32 + KEM_PUBLIC + 64;

    /// The binary form.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.unsigned();
        bytes.extend_from_slice(&self.signature);
        bytes
    }

    fn unsigned(&self) -> Vec<u8> {
        let mut writer = Writer::begin(CARD);
        writer.put(&self.journalist.0);
        writer.u16(self.epoch.0);
        writer.put(&self.verify.0);
        writer.put(self.kem.bytes());
        writer.0
    }

    /// Reads one and checks its signature.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refused> {
        let mut reader = Reader::new(bytes);
        let card = KeyCard::read(&mut reader)?;
        reader.end()?;
        Ok(card)
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        reader.magic(CARD)?;
        let journalist = JournalistId(reader.array()?);
        let epoch = Epoch(reader.u16()?);
        let verify = VerifyKey(reader.array()?);
        let kem = KemPublic::parse(reader.take(KEM_PUBLIC)?)?;
        let card = KeyCard { journalist, epoch, kem, verify, signature: reader.array()? };
        card.verify.verify(SIGNED, &[&card.unsigned()], &card.signature)?;
        Ok(card)
    }

    /// The name of the key.
    pub fn id(&self) -> KeyId {
        KeyId(derive::short(&derive::hash("onrecord/sealed/1 key id", &[&self.verify.0, self.kem.bytes()])))
    }
}

/// A journalist's keys of one month. What is closed here and destroyed there is gone: nothing derives them.
#[derive(Clone)]
pub struct JournalistKeys {
    card: KeyCard,
    pub(crate) kem: KemSecret,
    pub(crate) sign: SignSecret,
}

impl JournalistKeys {
    /// Makes new ones.
    pub fn generate(journalist: JournalistId, epoch: Epoch, entropy: &mut Entropy) -> Result<Self, Refused> {
        let kem = KemSecret::generate(entropy)?;
        let seed = Zeroizing::new(entropy.bytes());
        Ok(JournalistKeys::new(journalist, epoch, kem, SignSecret::new(&seed)))
    }

    fn new(journalist: JournalistId, epoch: Epoch, kem: KemSecret, sign: SignSecret) -> Self {
        let mut card =
            KeyCard { journalist, epoch, kem: kem.public.clone(), verify: sign.public(), signature: [0; 64] };
        card.signature = sign.sign(SIGNED, &[&card.unsigned()]);
        JournalistKeys { card, kem, sign }
    }

    /// Their public halves.
    pub fn card(&self) -> &KeyCard {
        &self.card
    }

    /// Closes them: what the server may keep. The card stands in it, readable.
    pub fn close(&self, lock: &Lock, entropy: &mut Entropy) -> Vec<u8> {
        let mut secret = Zeroizing::new([0; SECRET]);
        secret[..32].copy_from_slice(self.kem.seed());
        secret[32..].copy_from_slice(self.sign.seed());
        lock.close(CLOSED, &self.card.bytes(), secret.as_ref(), entropy)
    }

    /// Opens closed keys.
    pub fn open(lock: &Lock, closed: &[u8]) -> Result<Self, Refused> {
        let (card, secret) = lock.open(CLOSED, closed, SECRET)?;
        let card = KeyCard::parse(card)?;
        let mut reader = Reader::new(&secret);
        let kem = KemSecret::new(Zeroizing::new(reader.array()?))?;
        let sign = SignSecret::new(&Zeroizing::new(reader.array()?));
        // What is inside must be what stands outside, or somebody put one person's card on another's keys.
        if kem.public != card.kem || sign.public() != card.verify {
            return Err(Refused::Tampered);
        }
        Ok(JournalistKeys { card, kem, sign })
    }
}

/// Keys under a passphrase, as the server keeps them: what can be known of them without it.
pub struct ClosedKeys {
    /// Whose, and which.
    pub card: KeyCard,
}

impl ClosedKeys {
    /// Reads the form strictly; the server keeps nothing else in their place.
    pub fn parse(closed: &[u8]) -> Result<Self, Refused> {
        let parts = lock::parts(CLOSED, closed, SECRET)?;
        Ok(ClosedKeys { card: KeyCard::parse(parts.open)? })
    }
}
