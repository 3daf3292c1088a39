//! Randomness, from 32 bytes that the caller had from the operating system.

use chacha20::{
    ChaCha20Rng,
    rand_core::{CryptoRng, Rng, SeedableRng},
};
use zeroize::Zeroizing;

/// A generator of random bytes: ChaCha20 over a seed. Give it 32 fresh bytes of the operating system (natively) or of
/// `crypto.getRandomValues` (in a browser); the same seed gives the same bytes, which is what tests want and nobody else.
pub struct Entropy(ChaCha20Rng);

impl Entropy {
    /// Begins with a seed that is used for nothing else.
    pub fn new(seed: [u8; 32]) -> Self {
        let seed = Zeroizing::new(seed);
        Entropy(ChaCha20Rng::from_seed(*seed))
    }

    /// The next random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    /// A number below `limit`, all equally likely.
    pub(crate) fn below(&mut self, limit: u16) -> u16 {
        // Numbers from the incomplete last round would make small ones likelier: they are thrown again.
        let rounds = u16::MAX - u16::MAX % limit;
        loop {
            let number = u16::from_be_bytes(self.bytes());
            if number < rounds {
                return number % limit;
            }
        }
    }

    pub(crate) fn rng(&mut self) -> &mut impl CryptoRng {
        &mut self.0
    }
}
