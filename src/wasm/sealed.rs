//! Keys and data at rest, for shells whose platform has no store of keys: sealed under 32 bytes that the shell keeps where its platform
//! encrypts (AES-256-GCM). Each is sealed for its own name, so that one can't be put in another's place. Bytes are base64url.

use super::entropy;
use crate::{
    keys::SecretKey,
    sealing::SealingKey,
    text::{from_base64url, to_base64url},
};
use wasm_bindgen::prelude::wasm_bindgen;

fn sealing(key: &[u8]) -> Option<SealingKey> {
    key.try_into().ok().map(SealingKey::of_random)
}

fn open(sealed: &str, name: &str, key: &[u8]) -> Option<SecretKey> {
    SecretKey::unseal(&from_base64url(sealed)?, &sealing(key)?, name.as_bytes())
}

/// Makes a P-256 key from 32 random bytes; gives it sealed. None when the bytes are not as many.
#[wasm_bindgen(js_name = makeKey)]
#[must_use]
pub fn make_key(name: &str, key: &[u8], seed: &[u8]) -> Option<String> {
    let mut entropy = entropy(seed)?;
    let secret = SecretKey::generate(&mut entropy);
    secret.sealed(&sealing(key)?, name.as_bytes(), &mut entropy).map(|sealed| to_base64url(&sealed))
}

/// The public half of a sealed key: its SEC 1 point. None when it does not open.
#[wasm_bindgen(js_name = publicKey)]
#[must_use]
pub fn public_key(name: &str, sealed: &str, key: &[u8]) -> Option<String> {
    open(sealed, name, key).map(|secret| to_base64url(secret.public().to_sec1()))
}

/// Signs with a sealed key (ECDSA P-256 SHA-256, deterministic by RFC 6979): r ‖ s. None when the key does not open.
#[wasm_bindgen(js_name = signWith)]
#[must_use]
pub fn sign_with(name: &str, sealed: &str, key: &[u8], message: &str) -> Option<String> {
    let message = from_base64url(message)?;
    open(sealed, name, key).map(|secret| to_base64url(&secret.sign(&message)))
}

/// Seals data; a fresh seed of 32 random bytes each time.
#[wasm_bindgen]
#[must_use]
pub fn seal(name: &str, data: &str, key: &[u8], seed: &[u8]) -> Option<String> {
    let sealed = sealing(key)?.seal(&from_base64url(data)?, name.as_bytes(), &mut entropy(seed)?)?;
    Some(to_base64url(&sealed))
}

/// Opens what [`seal`] made. None when name or key is another, or anything was changed.
#[wasm_bindgen]
#[must_use]
pub fn unseal(name: &str, sealed: &str, key: &[u8]) -> Option<String> {
    let data = sealing(key)?.open(&from_base64url(sealed)?, name.as_bytes())?;
    Some(to_base64url(&data))
}
