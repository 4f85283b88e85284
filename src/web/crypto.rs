//! Device keys and encryption by WebCrypto. No secret key can be extracted.

use super::scope::{crypto, object, subtle};
use crate::{
    keys::{HashName, KeyType, PublicKey},
    reason::Reason,
    text::to_base64url,
};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, CryptoKeyPair, SubtleCrypto};

const KEY: Reason = Reason::KeyUnusable;

/// 32 bytes of the browser's secure source, for one event.
///
/// # Errors
/// `browser-too-old` where there is none.
pub fn seed() -> Result<[u8; 32], Reason> {
    let mut seed = [0; 32];
    crypto()?.get_random_values_with_u8_array(&mut seed).map_err(|_| Reason::BrowserTooOld)?;
    Ok(seed)
}

fn ecdsa() -> js_sys::Object {
    object(&[("name", &"ECDSA".into()), ("namedCurve", &"P-256".into()), ("hash", &"SHA-256".into())])
}

fn usages(names: &[&str]) -> Array {
    names.iter().map(|name| JsValue::from_str(name)).collect()
}

/// Makes a P-256 signing key that can't be extracted.
///
/// # Errors
/// `key-unusable`, or `browser-too-old` where WebCrypto is absent.
pub async fn generate_key() -> Result<CryptoKeyPair, Reason> {
    let promise = subtle()?.generate_key_with_object(&ecdsa(), false, &usages(&["sign", "verify"])).map_err(|_| KEY)?;
    Ok(JsFuture::from(promise).await.map_err(|_| KEY)?.unchecked_into())
}

/// The public half of a key pair.
///
/// # Errors
/// `key-unusable`.
pub async fn public_key(pair: &CryptoKeyPair) -> Result<PublicKey, Reason> {
    let promise = subtle()?.export_key("raw", &pair.get_public_key()).map_err(|_| KEY)?;
    let point = Uint8Array::new(&JsFuture::from(promise).await.map_err(|_| KEY)?).to_vec();
    PublicKey::from_sec1(&point).ok_or(KEY)
}

/// Signs (ECDSA P-256 SHA-256): r ‖ s, 64 bytes.
///
/// # Errors
/// `key-unusable`.
pub async fn sign(pair: &CryptoKeyPair, message: &[u8]) -> Result<Vec<u8>, Reason> {
    let promise = subtle()?.sign_with_object_and_u8_array(&ecdsa(), &pair.get_private_key(), message).map_err(|_| KEY)?;
    Ok(Uint8Array::new(&JsFuture::from(promise).await.map_err(|_| KEY)?).to_vec())
}

/// Imports a public key for verifying.
pub(super) async fn import(key: &PublicKey) -> Result<CryptoKey, JsValue> {
    let subtle = subtle().map_err(|_| JsValue::NULL)?;
    let Some((modulus, exponent)) = key.rsa_parts() else {
        // Browsers may read a point without its y, and most do, faster than the core can calculate it.
        let imported = import_point(&subtle, key.key_type(), key.to_sec1()).await;
        return match (imported, key.expanded()) {
            (Err(_), Some(point)) if point != key.to_sec1() => import_point(&subtle, key.key_type(), &point).await,
            (imported, _) => imported,
        };
    };
    let (modulus, exponent) = (to_base64url(modulus).into(), to_base64url(exponent).into());
    let jwk = object(&[("kty", &"RSA".into()), ("n", &modulus), ("e", &exponent)]);
    let algorithm = object(&[("name", &"RSA-PSS".into()), ("hash", &"SHA-256".into())]);
    let promise = subtle.import_key_with_object("jwk", &jwk, &algorithm, false, &usages(&["verify"]))?;
    Ok(JsFuture::from(promise).await?.unchecked_into())
}

async fn import_point(subtle: &SubtleCrypto, key_type: KeyType, point: &[u8]) -> Result<CryptoKey, JsValue> {
    let curve = if key_type == KeyType::P384 { "P-384" } else { "P-256" };
    let algorithm = object(&[("name", &"ECDSA".into()), ("namedCurve", &curve.into())]);
    let promise = subtle.import_key_with_object("raw", &Uint8Array::from(point), &algorithm, false, &usages(&["verify"]))?;
    Ok(JsFuture::from(promise).await?.unchecked_into())
}

/// Verifies r ‖ s, or RSASSA-PSS with a salt of 32 bytes.
pub(super) async fn verify(key_type: KeyType, key: &CryptoKey, hash: HashName, message: &[u8], signature: &[u8]) -> Result<bool, JsValue> {
    let subtle = subtle().map_err(|_| JsValue::NULL)?;
    let hash = if hash == HashName::Sha384 { "SHA-384" } else { "SHA-256" };
    let algorithm = match key_type {
        KeyType::Rsa => object(&[("name", &"RSA-PSS".into()), ("saltLength", &32.into())]),
        KeyType::P256 | KeyType::P384 => object(&[("name", &"ECDSA".into()), ("hash", &hash.into())]),
    };
    let promise = subtle.verify_with_object_and_u8_array_and_u8_array(&algorithm, key, signature, message)?;
    Ok(JsFuture::from(promise).await?.is_truthy())
}

/// Makes an AES-256-GCM key that can't be extracted.
pub(super) async fn generate_state_key() -> Result<CryptoKey, Reason> {
    let algorithm = object(&[("name", &"AES-GCM".into()), ("length", &256.into())]);
    let promise = subtle()?.generate_key_with_object(&algorithm, false, &usages(&["encrypt", "decrypt"])).map_err(|_| KEY)?;
    Ok(JsFuture::from(promise).await.map_err(|_| KEY)?.unchecked_into())
}

fn gcm(iv: &[u8], context: &str) -> js_sys::Object {
    let iv = Uint8Array::from(iv);
    let context = Uint8Array::from(context.as_bytes());
    object(&[("name", &"AES-GCM".into()), ("iv", &iv), ("additionalData", &context)])
}

/// Encrypts: the 12 bytes of the nonce, then the ciphertext with its tag.
pub(super) async fn seal(key: &CryptoKey, plain: &[u8], context: &str) -> Result<Vec<u8>, Reason> {
    let iv = &seed()?[..12];
    let promise = subtle()?.encrypt_with_object_and_u8_array(&gcm(iv, context), key, plain).map_err(|_| KEY)?;
    let sealed = Uint8Array::new(&JsFuture::from(promise).await.map_err(|_| KEY)?).to_vec();
    Ok([iv, &sealed].concat())
}

/// Decrypts what [`seal`] made.
pub(super) async fn open(key: &CryptoKey, sealed: &[u8], context: &str) -> Result<Vec<u8>, Reason> {
    let (iv, sealed) = sealed.split_at_checked(12).ok_or(Reason::StorageDamaged)?;
    let promise = subtle()?.decrypt_with_object_and_u8_array(&gcm(iv, context), key, sealed).map_err(|_| KEY)?;
    let plain = JsFuture::from(promise).await.map_err(|_| Reason::StorageDamaged)?;
    Ok(Uint8Array::new(&plain).to_vec())
}
