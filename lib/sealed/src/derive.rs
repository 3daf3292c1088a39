//! Keys from what people remember (Argon2id) and from other keys (HKDF-SHA256).

use argon2_core::{Algorithm, Argon2, Block, Params, Version};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::Refused;

/// A secret of 32 bytes that is overwritten when it goes.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

/// What a derivation from a passphrase costs whoever guesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub kib: u32,
    /// Passes over the memory.
    pub passes: u8,
}

impl Cost {
    /// Of a codename: 90 random bits need no more, and telephones must manage it.
    pub const CODENAME: Cost = Cost { kib: 64 << 10, passes: 3 };
    /// Of a journalist's or newsroom's passphrase, which a person chose.
    pub const PASSPHRASE: Cost = Cost { kib: 256 << 10, passes: 3 };
    /// The least and the most that a file may ask for: a forged one shall neither be cheap to guess nor exhaust a machine.
    /// The lower bound is low for the sake of tests; keys that people use are closed with [`Cost::PASSPHRASE`].
    pub(crate) const BOUNDS: (u32, u32) = (1 << 10, 1 << 20);
    const MOST_PASSES: u8 = 16;

    pub(crate) fn checked(self) -> Result<Cost, Refused> {
        let (least, most) = Cost::BOUNDS;
        if !(least..=most).contains(&self.kib) || !(1..=Cost::MOST_PASSES).contains(&self.passes) {
            return Err(Refused::Malformed("the cost of the passphrase is out of bounds"));
        }
        Ok(self)
    }
}

/// Argon2id, version 0x13, one lane.
pub(crate) fn argon2id(secret: &[u8], salt: &[u8], cost: Cost) -> Result<Secret, Refused> {
    let params = Params::new(cost.kib, u32::from(cost.passes), 1, Some(32)).map_err(|_| Refused::Memory)?;
    let mut memory: Vec<Block> = Vec::new();
    memory.try_reserve_exact(params.block_count()).map_err(|_| Refused::Memory)?;
    memory.resize(params.block_count(), Block::default());
    let mut key = Secret::default();
    let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(secret, salt, key.as_mut(), &mut memory)
        .map_err(|_| Refused::Memory);
    // The last pass is as good as the key.
    for block in &mut memory {
        block.as_mut().zeroize();
    }
    done.map(|()| key)
}

/// One key of a key: HKDF-SHA256, no salt, the label as `info`.
pub(crate) fn expand(key: &[u8; 32], label: &str) -> Secret {
    let mut out = Secret::default();
    let filled = Hkdf::<Sha256>::new(None, key).expand(label.as_bytes(), out.as_mut());
    debug_assert!(filled.is_ok(), "32 bytes are far below what HKDF gives");
    out
}

/// SHA-256 over a label and what follows. Labels end with a zero byte and hold none, so that none is another's beginning.
pub(crate) fn hash(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(label.as_bytes());
    hasher.update([0]);
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The beginning of a hash, as an id.
pub(crate) fn short(hash: &[u8; 32]) -> [u8; 16] {
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    id
}
