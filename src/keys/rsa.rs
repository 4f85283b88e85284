//! RSA public keys: PKCS #1 form (RFC 8017 §A.1.1), and checking of RSASSA-PSS.

use crate::der::{Reader, SEQUENCE, element, unsigned};

/// Bits of a modulus that is taken: fewer are too weak, more would only keep a gate busy.
const BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// `RSAPublicKey` of a modulus and exponent; none when the modulus has not 2048 to 4096 bits, one of the two is even, or the
/// exponent has more than four bytes.
pub(super) fn encode(modulus: &[u8], exponent: &[u8]) -> Option<Vec<u8>> {
    let (modulus, exponent) = (trim(modulus), trim(exponent));
    let bits = modulus.len() * 8 - modulus.first()?.leading_zeros() as usize;
    let odd = |digits: &[u8]| digits.last().is_some_and(|last| last & 1 == 1);
    let good = BITS.contains(&bits) && odd(modulus) && odd(exponent) && exponent.len() <= 4 && exponent != [1];
    good.then(|| element(SEQUENCE, &[unsigned(modulus), unsigned(exponent)].concat()))
}

fn trim(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    &digits[zeros..]
}

/// Modulus and exponent of an `RSAPublicKey`.
pub(super) fn parts(pkcs1: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut outer = Reader::new(pkcs1);
    let mut inner = outer.inside(SEQUENCE)?;
    let parts = (inner.unsigned()?, inner.unsigned()?);
    (outer.is_empty() && inner.is_empty()).then_some(parts)
}

/// RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes (PS256, RFC 8230 §2).
#[cfg(feature = "rsa")]
pub(super) fn verify(pkcs1: &[u8], message: &[u8], signature: &[u8]) -> bool {
    use ::rsa::{BoxedUint, Pss, RsaPublicKey, traits::PublicKeyParts};
    use sha2::{Digest, Sha256};
    let Some((modulus, exponent)) = parts(pkcs1) else { return false };
    let number = |digits: &[u8]| BoxedUint::from_be_slice_vartime(digits);
    let Ok(key) = RsaPublicKey::new_with_size_limits(number(modulus), number(exponent), BITS) else { return false };
    signature.len() == key.size() && key.verify(Pss::<Sha256>::new_with_salt(32), &Sha256::digest(message), signature).is_ok()
}
