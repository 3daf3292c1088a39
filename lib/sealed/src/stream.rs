//! The body: chunks of 64 KiB under ChaCha20-Poly1305, in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015).

use chacha20poly1305::{AeadInOut, ChaCha20Poly1305, Key, KeyInit, Nonce};

use crate::{
    Refused,
    derive::{self, Secret},
};

/// Plaintext bytes of a chunk. All chunks are full: what is not content is padding.
pub const CHUNK: usize = 64 << 10;
/// Bytes of a sealed chunk.
pub const SEALED_CHUNK: usize = CHUNK + 16;
/// The longest body: 1 GiB. A limit of the form; servers set their own below it.
pub const MAX_CHUNKS: u32 = 1 << 14;
/// Up to here sizes double (64 KiB to 1 MiB); above they grow by a quarter at most.
const DOUBLING: u32 = 16;

/// Whether bodies have so many chunks. A power of two, up to 16 chunks; above, what has three significant bits: 20, 24, 28, 32, 40,
/// 48 … Small messages, whose length says most, so have 5 lengths; large ones cost a quarter more at worst.
pub(crate) fn is_bucket(chunks: u32) -> bool {
    (1..=MAX_CHUNKS).contains(&chunks) && bucket(chunks) == Some(chunks)
}

/// The least number of chunks that bodies have and that is not below `chunks`.
pub(crate) fn bucket(chunks: u32) -> Option<u32> {
    let bucket = if chunks <= DOUBLING {
        chunks.max(1).next_power_of_two()
    } else {
        let step = 1 << (chunks.ilog2() - 2);
        chunks.checked_next_multiple_of(step)?
    };
    (bucket <= MAX_CHUNKS).then_some(bucket)
}

/// Seals and opens the chunks of one body.
pub(crate) struct Chunks {
    cipher: ChaCha20Poly1305,
    head: [u8; 32],
}

impl Chunks {
    /// From the key in the slots, and the digest of core and slots.
    pub(crate) fn new(key: &Secret, head: [u8; 32]) -> Self {
        let key = derive::expand(key, "onrecord/sealed/1 body");
        Chunks { cipher: ChaCha20Poly1305::new(&Key::from(*key)), head }
    }

    /// What commits to the key.
    pub(crate) fn commitment(key: &Secret) -> [u8; 32] {
        *derive::expand(key, "onrecord/sealed/1 commitment")
    }

    /// Seals a full chunk.
    pub(crate) fn seal(&self, number: u32, last: bool, chunk: &mut Vec<u8>) -> Result<(), Refused> {
        if chunk.len() != CHUNK {
            return Err(Refused::Malformed("a chunk is not full"));
        }
        chunk.reserve_exact(SEALED_CHUNK - CHUNK);
        self.cipher.encrypt_in_place(&nonce(number, last), &self.head, chunk).map_err(|_| Refused::TooLarge)
    }

    /// Opens one; nothing of it is given out if a bit of it, its place or its head is another.
    pub(crate) fn open(&self, number: u32, last: bool, sealed: &[u8]) -> Result<Vec<u8>, Refused> {
        if sealed.len() != SEALED_CHUNK {
            return Err(Refused::Truncated);
        }
        let mut chunk = sealed.to_vec();
        self.cipher.decrypt_in_place(&nonce(number, last), &self.head, &mut chunk).map_err(|_| Refused::Tampered)?;
        Ok(chunk)
    }
}

/// Seven zero bytes (the key is used for one body), the chunk's number, and whether it is the last.
fn nonce(number: u32, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[7..11].copy_from_slice(&number.to_be_bytes());
    nonce[11] = u8::from(last);
    Nonce::from(nonce)
}
