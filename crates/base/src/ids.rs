//! Ids and secrets, from one source of randomness.

use uuid::{Builder, Uuid};

use crate::Time;

/// Randomness from the operating system.
#[derive(Debug, Clone, Default)]
pub struct Random(());

impl Random {
    /// Fills an array with random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        // Without the operating system's randomness no session, id or key would be safe: there is no way on.
        #[allow(clippy::expect_used)]
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }

    /// A new id: UUIDv7 (RFC 9562), so that ids sort by the time they were made.
    pub fn id(&self, now: Time) -> String {
        let millis = u64::try_from(now.millis()).unwrap_or(0);
        let id: Uuid = Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid();
        id.hyphenated().to_string()
    }

    /// A secret for a link or a session: 256 bits, in hexadecimal.
    pub fn token(&self) -> String {
        hex::encode(self.bytes::<32>())
    }
}

/// What the store keeps of a token: its SHA-256, so that a copy of the database opens no session.
pub fn token_hash(token: &str) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(token.as_bytes()))
}
