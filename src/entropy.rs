//! Randomness as an argument: the shell brings a seed, the core stretches it.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// A stream of random bytes from one seed of the platform's secure source.
///
/// Block *i* is SHA-256(seed ‖ i as 4 bytes, big endian). One seed serves one event; it is wiped on drop.
pub struct Entropy {
    seed: Zeroizing<[u8; 32]>,
    counter: u32,
}

impl std::fmt::Debug for Entropy {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Entropy")
    }
}

impl Entropy {
    /// Starts a stream. The seed must come from a cryptographically secure source and be used once.
    #[must_use]
    pub fn new(seed: [u8; 32]) -> Self {
        Self { seed: Zeroizing::new(seed), counter: 0 }
    }

    /// Fills `out` with the next bytes of the stream; what is left of a block is dropped.
    pub fn fill(&mut self, out: &mut [u8]) {
        for chunk in out.chunks_mut(32) {
            let mut hash = Sha256::new();
            hash.update(self.seed.as_slice());
            hash.update(self.counter.to_be_bytes());
            self.counter = self.counter.wrapping_add(1);
            let block = Zeroizing::new(<[u8; 32]>::from(hash.finalize()));
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }

    /// The next `N` bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        self.fill(&mut out);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_differ_and_the_stream_repeats_for_a_seed() {
        let mut one = Entropy::new([7; 32]);
        let mut two = Entropy::new([7; 32]);
        let first: [u8; 40] = one.bytes();
        assert_eq!(first, two.bytes::<40>());
        assert_ne!(first, one.bytes::<40>());
        assert_ne!(Entropy::new([8; 32]).bytes::<40>(), first);
    }
}
