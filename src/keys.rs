//! F1: public and secret keys.
//!
//! COSE_Key (RFC 9052 §7) for ECDSA on P-256 (RFC 9053 §7.1):
//! `{1 (kty): 2 (EC2), -1 (crv): 1, -2 (x): bstr .size 32, -3 (y): bool / bstr .size 32}`.
//!
//! The keys of foreign issuers are on P-384 or are RSA keys as well (RFC 8230 §4):
//! `{1 (kty): 3 (RSA), -1 (n): bstr, -2 (e): bstr}`.

#[cfg(feature = "p256")]
mod ecdsa;
#[cfg(all(feature = "p256", any(test, not(feature = "ring"))))]
mod multiples;
mod rsa;
#[cfg(all(feature = "p256", feature = "sealing"))]
mod sealed;

use crate::cbor::{Map, Value, map};
#[cfg(feature = "p256")]
use crate::entropy::Entropy;
#[cfg(feature = "p256")]
use p256::ecdsa::{Signature, signature::Signer};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use sha2::{Digest, Sha256};

/// The kind of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyType {
    /// ECDSA on NIST P-256.
    P256,
    /// ECDSA on NIST P-384.
    P384,
    /// RSA of 2048 to 4096 bits: RSASSA-PSS with a salt as long as the hash.
    Rsa,
}

/// The hash that a signature is over. Algorithm names of COSE and JOSE say it; the curve does not (RFC 9053 §2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum HashName {
    /// SHA-256.
    #[default]
    Sha256,
    /// SHA-384.
    Sha384,
}

/// A public key: a point in SEC 1 form, or an RSA key in PKCS #1 form. That a point is on its curve is seen when it is used.
///
/// At the boundary it is these bytes in base64url. Two keys are equal when they name the same point, compressed or not.
#[derive(Clone, Debug)]
pub struct PublicKey {
    key_type: KeyType,
    point: Vec<u8>,
}

/// Names one of an issuer's keys: the first bytes of [`PublicKey::thumbprint`]. A hint, never a proof.
pub type KeyId = [u8; 4];

impl PublicKey {
    /// From a SEC 1 point: 65 bytes for P-256, 97 for P-384; compressed 33 and 49.
    #[must_use]
    pub fn from_sec1(point: &[u8]) -> Option<Self> {
        let key_type = match (point.first()?, point.len()) {
            (4, 65) | (2 | 3, 33) => KeyType::P256,
            (4, 97) | (2 | 3, 49) => KeyType::P384,
            _ => return None,
        };
        Some(Self { key_type, point: point.to_vec() })
    }

    /// An RSA key from modulus and exponent, most significant byte first; none unless it has 2048 to 4096 bits.
    #[must_use]
    pub fn from_rsa(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        rsa::encode(modulus, exponent).map(|point| Self { key_type: KeyType::Rsa, point })
    }

    /// From the bytes at the boundary: a SEC 1 point, or an RSA key in PKCS #1 form.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match rsa::parts(bytes) {
            Some((modulus, exponent)) => Self::from_rsa(modulus, exponent),
            None => Self::from_sec1(bytes),
        }
    }

    /// Modulus and exponent of an RSA key, without zeros in front.
    #[must_use]
    pub fn rsa_parts(&self) -> Option<(&[u8], &[u8])> {
        if self.key_type == KeyType::Rsa { rsa::parts(&self.point) } else { None }
    }

    /// From a COSE_Key on P-256, with `y` in full or as its sign.
    #[must_use]
    pub fn from_cose(key: &Map) -> Option<Self> {
        if key.get(1)?.as_int()? != 2 || key.get(-1)?.as_int()? != 1 {
            return None;
        }
        let x = key.get(-2)?.as_bytes().filter(|x| x.len() == 32)?;
        match key.get(-3)? {
            Value::Bytes(y) if y.len() == 32 => Self::from_sec1(&[&[4], x, y].concat()),
            sign => Self::from_sec1(&[&[2 + u8::from(sign.as_bool()?)], x].concat()),
        }
    }

    /// The point in its compressed form: sign and x. An RSA key has one form only.
    fn compressed(&self) -> Vec<u8> {
        if self.point[0] != 4 {
            return self.point.clone();
        }
        let (x, y) = self.point[1..].split_at((self.point.len() - 1) / 2);
        let odd = y.last().is_some_and(|byte| byte & 1 == 1);
        [&[2 + u8::from(odd)], x].concat()
    }

    /// The public half of a P-384 key in PKCS #8 PEM, as test data have it.
    #[cfg(feature = "pem")]
    #[must_use]
    pub fn from_p384_pem(text: &str) -> Option<Self> {
        use p384::pkcs8::DecodePrivateKey;
        let key = p384::SecretKey::from_pkcs8_pem(text.trim()).ok()?;
        Self::from_sec1(p384::ecdsa::VerifyingKey::from(key.public_key()).to_sec1_point(false).as_bytes())
    }

    /// As a COSE_Key with compressed point. P-256 only.
    #[must_use]
    pub fn to_cose(&self) -> Value {
        let point = self.compressed();
        let x = Value::Bytes(point[1..].to_vec());
        map([(1, Some(Value::Int(2))), (-1, Some(Value::Int(1))), (-2, Some(x)), (-3, Some(Value::bool(point[0] == 3)))])
    }

    /// From a COSE_Key of any kind, a point with both coordinates.
    #[must_use]
    pub fn from_whole_cose(key: &Map) -> Option<Self> {
        let bytes = |label| key.get(label)?.as_bytes();
        match key.get(1)?.as_int()? {
            2 => {
                let (x, y) = (bytes(-2)?, bytes(-3)?);
                let length = match key.get(-1)?.as_int()? {
                    1 => 32,
                    2 => 48,
                    _ => return None,
                };
                if x.len() == length && y.len() == length { Self::from_sec1(&[&[4], x, y].concat()) } else { None }
            }
            3 => Self::from_rsa(bytes(-1)?, bytes(-2)?),
            _ => None,
        }
    }

    /// As a COSE_Key of any kind, a point with both coordinates.
    #[must_use]
    pub fn to_whole_cose(&self) -> Value {
        let bytes = |bytes: &[u8]| Some(Value::Bytes(bytes.to_vec()));
        if let Some((modulus, exponent)) = self.rsa_parts() {
            return map([(1, Some(Value::Int(3))), (-1, bytes(modulus)), (-2, bytes(exponent))]);
        }
        let curve = if self.key_type == KeyType::P384 { 2 } else { 1 };
        let point = self.expanded().unwrap_or_default();
        let (x, y) = point.get(1..).unwrap_or_default().split_at(point.len() / 2);
        map([(1, Some(Value::Int(2))), (-1, Some(Value::Int(curve))), (-2, bytes(x)), (-3, bytes(y))])
    }

    /// The kind.
    #[must_use]
    pub const fn key_type(&self) -> KeyType {
        self.key_type
    }

    /// Whether this build can check this kind's signatures: by its own arithmetic, or with `web` by the browser's.
    #[must_use]
    pub const fn is_checkable(&self) -> bool {
        match self.key_type {
            KeyType::P256 => cfg!(any(feature = "p256", feature = "web")),
            KeyType::P384 => cfg!(any(feature = "p384", feature = "web")),
            KeyType::Rsa => cfg!(any(feature = "rsa", feature = "web")),
        }
    }

    /// The SEC 1 point, as it came; of an RSA key its PKCS #1 form.
    #[must_use]
    pub fn to_sec1(&self) -> &[u8] {
        &self.point
    }

    /// SHA-256 over the compressed point.
    #[must_use]
    pub fn thumbprint(&self) -> [u8; 32] {
        Sha256::digest(self.compressed()).into()
    }

    /// The key's identifier.
    #[must_use]
    pub fn id(&self) -> KeyId {
        let [a, b, c, d, ..] = self.thumbprint();
        [a, b, c, d]
    }

    /// The SEC 1 point without compression, as WebCrypto wants it; none off the curve, or where this build can't calculate it.
    #[must_use]
    pub fn expanded(&self) -> Option<Vec<u8>> {
        if self.point[0] == 4 {
            return Some(self.point.clone());
        }
        #[cfg(feature = "points")]
        if self.key_type == KeyType::P256 {
            return whole(&self.point);
        }
        None
    }

    /// Whether `signature` (r ‖ s, or that of RSASSA-PSS) is one of this key over the `hash` of `message`. False where this build
    /// has no arithmetic for the key.
    #[must_use]
    pub fn verify_hashed(&self, hash: HashName, message: &[u8], signature: &[u8]) -> bool {
        match (self.key_type, hash) {
            #[cfg(feature = "p256")]
            (KeyType::P256, HashName::Sha256) => ecdsa::verify(&self.point, message, signature),
            #[cfg(feature = "p384")]
            (KeyType::P384, _) => {
                use p384::ecdsa::signature::hazmat::PrehashVerifier;
                let digest = match hash {
                    HashName::Sha256 => Sha256::digest(message).to_vec(),
                    HashName::Sha384 => sha2::Sha384::digest(message).to_vec(),
                };
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(&self.point);
                let signature = p384::ecdsa::Signature::from_slice(signature);
                matches!((key, signature), (Ok(key), Ok(signature)) if key.verify_prehash(&digest, &signature).is_ok())
            }
            #[cfg(feature = "rsa")]
            (KeyType::Rsa, HashName::Sha256) => rsa::verify(&self.point, message, signature),
            _ => {
                let _ = (message, signature);
                false
            }
        }
    }

    /// As [`PublicKey::verify_hashed`] with the hash that goes with the key: SHA-384 for P-384, else SHA-256.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        let hash = if self.key_type == KeyType::P384 { HashName::Sha384 } else { HashName::Sha256 };
        self.verify_hashed(hash, message, signature)
    }
}

/// A point on P-256 with both coordinates.
#[cfg(feature = "points")]
fn whole(point: &[u8]) -> Option<Vec<u8>> {
    use p256::elliptic_curve::sec1::ToSec1Point;
    p256::PublicKey::from_sec1_bytes(point).ok().map(|key| key.to_sec1_point(false).as_bytes().to_vec())
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.key_type == other.key_type && self.compressed() == other.compressed()
    }
}

impl Eq for PublicKey {}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::text::bytes::serialize(&self.point, serializer)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let point = crate::text::bytes::deserialize(deserializer)?;
        Self::from_bytes(&point).ok_or_else(|| D::Error::custom("no public key"))
    }
}

#[cfg(feature = "ts")]
impl ts_rs::TS for PublicKey {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "string".into()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "string".into()
    }
}

/// A secret P-256 key held in memory; wiped on drop and never cloned.
#[cfg(feature = "p256")]
pub struct SecretKey(p256::ecdsa::SigningKey);

#[cfg(feature = "p256")]
impl SecretKey {
    /// A new key.
    #[must_use]
    pub fn generate(entropy: &mut Entropy) -> Self {
        loop {
            let scalar = zeroize::Zeroizing::new(entropy.bytes::<32>());
            // Fails for zero and for numbers above the order: once in 2³² times.
            if let Ok(key) = p256::ecdsa::SigningKey::from_slice(scalar.as_slice()) {
                return Self(key);
            }
        }
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey { key_type: KeyType::P256, point: self.0.verifying_key().to_sec1_point(false).as_bytes().to_vec() }
    }

    /// Signs (ECDSA P-256 SHA-256, deterministic by RFC 6979): r ‖ s.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let signature: Signature = self.0.sign(message);
        signature.to_bytes().into()
    }

    /// Reads a PKCS #8 key in PEM.
    #[cfg(feature = "pem")]
    #[must_use]
    pub fn from_pem(text: &str) -> Option<Self> {
        use p256::pkcs8::DecodePrivateKey;
        p256::SecretKey::from_pkcs8_pem(text.trim()).ok().map(|key| Self(key.into()))
    }

    /// Writes the key as PKCS #8 in PEM.
    #[cfg(feature = "pem")]
    #[must_use]
    pub fn to_pem(&self) -> Option<zeroize::Zeroizing<String>> {
        use p256::pkcs8::EncodePrivateKey;
        self.0.to_pkcs8_pem(p256::pkcs8::LineEnding::LF).ok()
    }
}

#[cfg(feature = "p256")]
impl std::fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SecretKey(…)")
    }
}

#[cfg(all(test, feature = "p256"))]
mod tests;
