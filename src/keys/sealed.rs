//! A secret key at rest: its scalar, sealed (AES-256-GCM). For shells whose platform has no store of keys.

use super::SecretKey;
use crate::{entropy::Entropy, sealing::SealingKey};
use zeroize::Zeroizing;

impl SecretKey {
    /// The key, sealed for a context: 12 bytes of nonce, 32 of the scalar, 16 of the tag.
    #[must_use]
    pub fn sealed(&self, by: &SealingKey, context: &[u8], entropy: &mut Entropy) -> Option<Vec<u8>> {
        let scalar = Zeroizing::new(<[u8; 32]>::from(self.0.to_bytes()));
        by.seal(scalar.as_slice(), context, entropy)
    }

    /// Opens what [`SecretKey::sealed`] made; none when sealing key or context is another, or anything was changed.
    #[must_use]
    pub fn unseal(sealed: &[u8], by: &SealingKey, context: &[u8]) -> Option<Self> {
        p256::ecdsa::SigningKey::from_slice(&by.open(sealed, context)?).ok().map(Self)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_sealed_key_is_the_same_key_and_opens_for_its_slot_only() {
        let mut entropy = Entropy::new([3; 32]);
        let (by, other) = (SealingKey::generate(&mut entropy), SealingKey::generate(&mut entropy));
        let key = SecretKey::generate(&mut entropy);
        let sealed = key.sealed(&by, b"device", &mut entropy).unwrap();
        let again = SecretKey::unseal(&sealed, &by, b"device").unwrap();
        assert_eq!((again.public(), again.sign(b"message")), (key.public(), key.sign(b"message")));
        assert_eq!(sealed.len(), 60);
        assert!(SecretKey::unseal(&sealed, &by, b"other").is_none() && SecretKey::unseal(&sealed, &other, b"device").is_none());
        let by_zero = by.seal(&[0; 32], b"device", &mut entropy).unwrap();
        assert!(SecretKey::unseal(&by_zero, &by, b"device").is_none(), "zero is no key");
    }
}
