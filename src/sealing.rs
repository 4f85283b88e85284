//! Sealing under a secret that a person knows: AES-256-GCM under a random key, and keys from passcodes by Argon2id.
//!
//! ```
//! use tongma::{entropy::Entropy, sealing::SealingKey};
//!
//! let mut entropy = Entropy::new([7; 32]);
//! let key = SealingKey::generate(&mut entropy);
//! let sealed = key.seal(b"14 days of visits", b"visits", &mut entropy).unwrap();
//! assert_eq!(key.open(&sealed, b"visits").unwrap().as_slice(), b"14 days of visits");
//! assert!(key.open(&sealed, b"diary").is_none(), "sealed for another name");
//! ```

use crate::entropy::Entropy;
use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Payload},
};
#[cfg(feature = "everyday")]
use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

/// Bytes of a salt.
#[cfg(feature = "everyday")]
pub const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 12;

/// How much work it is to get from a secret to its key (RFC 9106). One lane: a page has one thread for it.
#[cfg(feature = "everyday")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hardness {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
}

#[cfg(feature = "everyday")]
impl Hardness {
    /// What new keys are made with: what OWASP names for Argon2id, with the least memory that a cheap phone has to spare.
    pub const USUAL: Self = Self { memory_kib: 19 * 1024, passes: 2 };

    /// What was read, when it is neither too little to protect anything nor more than a phone does in reasonable time.
    #[must_use]
    pub fn bounded(memory_kib: u32, passes: u32) -> Option<Self> {
        ((8 * 1024..=64 * 1024).contains(&memory_kib) && (1..=6).contains(&passes)).then_some(Self { memory_kib, passes })
    }
}

/// A key of 32 bytes, wiped when it is dropped.
pub struct SealingKey(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SealingKey")
    }
}

impl SealingKey {
    /// A random key.
    #[must_use]
    pub fn generate(entropy: &mut Entropy) -> Self {
        Self(Zeroizing::new(entropy.bytes()))
    }

    /// The key that 32 bytes are which nobody can guess: an authenticator's secret.
    #[must_use]
    pub fn of_random(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The key of a secret that a person knows; none where there is no memory for it.
    #[cfg(feature = "everyday")]
    #[must_use]
    pub fn of_secret(secret: &str, salt: &[u8; SALT_BYTES], hardness: Hardness) -> Option<Self> {
        let params = Params::new(hardness.memory_kib, hardness.passes, 1, Some(32)).ok()?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(secret.as_bytes(), salt, key.as_mut_slice()).ok()?;
        Some(Self(key))
    }

    /// Seals: a random nonce of 12 bytes, then the ciphertext with its tag. What is sealed for one context opens in no other.
    #[must_use]
    pub fn seal(&self, plain: &[u8], context: &[u8], entropy: &mut Entropy) -> Option<Vec<u8>> {
        let nonce = entropy.bytes::<NONCE_BYTES>();
        let sealed = self.cipher()?.encrypt(&nonce.into(), Payload { msg: plain, aad: context }).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`SealingKey::seal`] made; none when key or context is another, or anything was changed. The tag is compared in constant
    /// time.
    #[must_use]
    pub fn open(&self, sealed: &[u8], context: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        self.cipher()?.decrypt(&(*nonce).into(), Payload { msg: sealed, aad: context }).ok().map(Zeroizing::new)
    }

    /// Seals this key under another one.
    #[must_use]
    pub fn wrapped(&self, by: &Self, context: &[u8], entropy: &mut Entropy) -> Option<Vec<u8>> {
        by.seal(self.0.as_slice(), context, entropy)
    }

    /// The key that was sealed under this one.
    #[must_use]
    pub fn unwrap_key(&self, wrapped: &[u8], context: &[u8]) -> Option<Self> {
        let plain = self.open(wrapped, context)?;
        <[u8; 32]>::try_from(plain.as_slice()).ok().map(|key| Self(Zeroizing::new(key)))
    }

    fn cipher(&self) -> Option<Aes256Gcm> {
        Aes256Gcm::new_from_slice(self.0.as_slice()).ok()
    }
}

#[cfg(all(test, feature = "everyday"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::text::to_base64url;

    #[test]
    fn only_the_same_key_and_context_open_it() {
        let mut entropy = Entropy::new([1; 32]);
        let (key, other) = (SealingKey::generate(&mut entropy), SealingKey::generate(&mut entropy));
        let sealed = key.seal(b"secret", b"here", &mut entropy).unwrap();
        assert_eq!(key.open(&sealed, b"here").unwrap().as_slice(), b"secret");
        assert!(key.open(&sealed, b"there").is_none() && other.open(&sealed, b"here").is_none());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key.open(&changed, b"here").is_none(), "{at}");
            assert!(key.open(&sealed[..at], b"here").is_none(), "{at}");
        }
        assert_ne!(key.seal(b"secret", b"here", &mut entropy).unwrap(), sealed, "a nonce is never used twice");
    }

    #[test]
    fn a_wrapped_key_is_the_same_key() {
        let mut entropy = Entropy::new([2; 32]);
        let (key, by) = (SealingKey::generate(&mut entropy), SealingKey::generate(&mut entropy));
        let again = by.unwrap_key(&key.wrapped(&by, b"k", &mut entropy).unwrap(), b"k").unwrap();
        assert_eq!(again.0, key.0);
    }

    /// The known answer is that of another implementation (OpenSSL's, by way of Python's cryptography).
    #[test]
    fn each_input_matters() {
        let of = |secret, salt, passes| {
            to_base64url(SealingKey::of_secret(secret, salt, Hardness { memory_kib: 8192, passes }).unwrap().0.as_slice())
        };
        let one = of("123456", &[1; 16], 1);
        assert_eq!(one, "yl3BUKBJr6kp-M5eazsX_RPzVKIbbBRVtk1BSdcb24U");
        assert!(![of("123457", &[1; 16], 1), of("123456", &[2; 16], 1), of("123456", &[1; 16], 2)].contains(&one));
        assert_eq!((Hardness::bounded(1024, 2), Hardness::bounded(1 << 20, 2), Hardness::bounded(19 * 1024, 99)), (None, None, None));
        assert_eq!(Hardness::bounded(19 * 1024, 2), Some(Hardness::USUAL));
    }
}
