//! Checking ECDSA on P-256 with SHA-256.
//!
//! A program that runs natively has it done by ring (feature `ring`), whose arithmetic is made for the processor at hand; everything else by `p256`, which is plain
//! Rust and small enough for WASM. Both take the same signatures: r ‖ s, each from 1 to n − 1, and s from the upper half as well.

/// Whether `signature` is one of the key with this SEC 1 point.
pub(super) fn verify(point: &[u8], message: &[u8], signature: &[u8]) -> bool {
    #[cfg(feature = "ring")]
    return native(point, message, signature);
    #[cfg(not(feature = "ring"))]
    portable(point, message, signature)
}

/// With `p256`; the tests hold the other way against it.
#[cfg(any(test, not(feature = "ring")))]
pub(super) fn portable(point: &[u8], message: &[u8], signature: &[u8]) -> bool {
    use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};
    let Ok(signature) = Signature::from_slice(signature) else { return false };
    super::multiples::verify(point, message, &signature)
        .unwrap_or_else(|| VerifyingKey::from_sec1_bytes(point).is_ok_and(|key| key.verify(message, &signature).is_ok()))
}

/// With ring, which takes points with both coordinates only.
#[cfg(feature = "ring")]
fn native(point: &[u8], message: &[u8], signature: &[u8]) -> bool {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
    let check = |whole: &[u8]| UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, whole).verify(message, signature).is_ok();
    match point.first() {
        Some(4) => check(point),
        _ => super::whole(point).is_some_and(|point| check(&point)),
    }
}
