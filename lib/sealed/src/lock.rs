//! Secrets under a passphrase: the journalists' keys and the newsroom's.

use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce, aead::Aead, aead::Payload};
use zeroize::Zeroizing;

use crate::{
    Cost, Entropy, Refused,
    bytes::{Reader, Writer},
    derive::{self, Secret},
};

/// A passphrase, already put through Argon2id. One lock closes all epochs of a journalist: they share its salt, so that a person
/// waits once for the derivation, however many keys there are.
///
/// A passphrase is taken as the UTF-8 that it is: whoever reads it from a person brings it into Unicode's NFC first.
#[derive(Clone)]
pub struct Lock {
    cost: Cost,
    salt: [u8; 16],
    key: Secret,
}

/// What stands before the secret in a closed file: cost, salt, nonce.
const FRONT: usize = 4 + 1 + 16 + 24;
/// Form name and version, before that.
const MAGIC: usize = 5;
const TAG: usize = 16;

impl Lock {
    /// Bytes of a lock that is handed from one wasm instance to another.
    pub const LENGTH: usize = 4 + 1 + 16 + 32;

    /// A lock with a fresh salt.
    pub fn new(passphrase: &str, cost: Cost, entropy: &mut Entropy) -> Result<Lock, Refused> {
        Lock::derive(passphrase, cost, entropy.bytes())
    }

    /// The lock with which a file (journalist's or newsroom's) was closed, if the passphrase is the same; the file says which
    /// salt and cost. Whether it fits shows when the file is opened.
    pub fn of(passphrase: &str, closed: &[u8]) -> Result<Lock, Refused> {
        let mut reader = Reader::new(closed);
        reader.take(MAGIC)?;
        let (cost, salt) = front(&mut reader)?;
        Lock::derive(passphrase, cost, salt)
    }

    fn derive(passphrase: &str, cost: Cost, salt: [u8; 16]) -> Result<Lock, Refused> {
        let cost = cost.checked()?;
        let labelled = [b"onrecord/sealed/1 lock\0".as_slice(), &salt].concat();
        Ok(Lock { cost, salt, key: derive::argon2id(passphrase.as_bytes(), &labelled, cost)? })
    }

    /// Whether the file was closed with this salt and cost, so that this lock may open it.
    pub fn fits(&self, closed: &[u8]) -> bool {
        let mut reader = Reader::new(closed);
        reader.take(MAGIC).is_ok() && front(&mut reader).is_ok_and(|found| found == (self.cost, self.salt))
    }

    /// For another wasm instance: the derived key is in it.
    pub fn bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut writer = Writer::default();
        self.write_front(&mut writer);
        writer.put(self.key.as_ref());
        Zeroizing::new(writer.0)
    }

    /// The reverse of [`Lock::bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Lock, Refused> {
        let mut reader = Reader::new(bytes);
        let (cost, salt) = front(&mut reader)?;
        let key = Zeroizing::new(reader.array()?);
        reader.end()?;
        Ok(Lock { cost, salt, key })
    }

    fn write_front(&self, writer: &mut Writer) {
        writer.u32(self.cost.kib);
        writer.u8(self.cost.passes);
        writer.put(&self.salt);
    }

    /// Closes: form name and version, cost, salt, nonce, what everybody may read, then the secret. All before the secret is
    /// bound to it.
    pub(crate) fn close(&self, magic: &[u8; 4], open: &[u8], secret: &[u8], entropy: &mut Entropy) -> Vec<u8> {
        let mut writer = Writer::begin(magic);
        self.write_front(&mut writer);
        let nonce: [u8; 24] = entropy.bytes();
        writer.put(&nonce);
        writer.put(open);
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: &writer.0 });
        // The cipher refuses only messages of more than 256 GiB; an empty secret can never be opened.
        writer.put(&sealed.unwrap_or_default());
        writer.0
    }

    /// Opens what [`Lock::close`] made with `secret` bytes of secret; answers the open part and the secret.
    pub(crate) fn open<'a>(
        &self,
        magic: &[u8; 4],
        closed: &'a [u8],
        secret: usize,
    ) -> Result<(&'a [u8], Zeroizing<Vec<u8>>), Refused> {
        let Parts { bound, open, sealed } = parts(magic, closed, secret)?;
        let mut reader = Reader::new(&bound[MAGIC..]);
        if front(&mut reader)? != (self.cost, self.salt) {
            return Err(Refused::Passphrase);
        }
        let nonce: [u8; 24] = reader.array()?;
        let opened = self.cipher().decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: bound });
        Ok((open, Zeroizing::new(opened.map_err(|_| Refused::Passphrase)?)))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.key))
    }
}

/// A closed file in its parts.
pub(crate) struct Parts<'a> {
    /// All that is bound to the secret.
    bound: &'a [u8],
    /// What everybody may read: the end of that.
    pub(crate) open: &'a [u8],
    sealed: &'a [u8],
}

/// Takes a closed file with so many bytes of secret apart.
pub(crate) fn parts<'a>(magic: &[u8; 4], closed: &'a [u8], secret: usize) -> Result<Parts<'a>, Refused> {
    let mut reader = Reader::new(closed);
    reader.magic(magic)?;
    front(&mut reader)?;
    let bound = closed.len().checked_sub(secret + TAG).ok_or(Refused::Truncated)?;
    let (bound, sealed) = closed.split_at(bound);
    let open = bound.get(MAGIC + FRONT..).ok_or(Refused::Truncated)?;
    Ok(Parts { bound, open, sealed })
}

fn front(reader: &mut Reader<'_>) -> Result<(Cost, [u8; 16]), Refused> {
    let cost = Cost { kib: reader.u32()?, passes: reader.u8()? }.checked()?;
    Ok((cost, reader.array()?))
}
