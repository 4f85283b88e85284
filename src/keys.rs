//! F1: public and secret keys.
//!
//! COSE_Key (RFC 9052 §7) for ECDSA on P-256 (RFC 9053 §7.1):
//! `{1 (kty): 2 (EC2), -1 (crv): 1, -2 (x): bstr .size 32, -3 (y): bool / bstr .size 32}`.

use crate::cbor::{Map, Value, map};
#[cfg(feature = "p256")]
use crate::entropy::Entropy;
#[cfg(feature = "p256")]
use p256::ecdsa::{
    Signature, VerifyingKey,
    signature::{Signer, Verifier},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use sha2::{Digest, Sha256};

/// A curve for ECDSA.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Curve {
    /// NIST P-256, with SHA-256.
    P256,
    /// NIST P-384, with SHA-384.
    P384,
}

/// A public key: a point in SEC 1 form. That it is on its curve is seen when it is used.
///
/// At the boundary it is the point in base64url. Two keys are equal when they name the same point, compressed or not.
#[derive(Clone, Debug)]
pub struct PublicKey {
    curve: Curve,
    point: Vec<u8>,
}

/// Names one of an issuer's keys: the first bytes of [`PublicKey::thumbprint`]. A hint, never a proof.
pub type KeyId = [u8; 4];

impl PublicKey {
    /// From a SEC 1 point: 65 bytes for P-256, 97 for P-384; compressed 33 and 49.
    #[must_use]
    pub fn from_sec1(point: &[u8]) -> Option<Self> {
        let curve = match (point.first()?, point.len()) {
            (4, 65) | (2 | 3, 33) => Curve::P256,
            (4, 97) | (2 | 3, 49) => Curve::P384,
            _ => return None,
        };
        Some(Self { curve, point: point.to_vec() })
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

    /// The point in its compressed form: sign and x.
    fn compressed(&self) -> Vec<u8> {
        if self.point[0] != 4 {
            return self.point.clone();
        }
        let (x, y) = self.point[1..].split_at((self.point.len() - 1) / 2);
        let odd = y.last().is_some_and(|byte| byte & 1 == 1);
        [&[2 + u8::from(odd)], x].concat()
    }

    /// The public half of a P-384 key in PKCS #8 PEM, as test data have it.
    #[cfg(feature = "cli")]
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

    /// The curve.
    #[must_use]
    pub const fn curve(&self) -> Curve {
        self.curve
    }

    /// The SEC 1 point, as it came.
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
        #[cfg(feature = "p256")]
        if self.curve == Curve::P256 {
            return VerifyingKey::from_sec1_bytes(&self.point).ok().map(|key| key.to_sec1_point(false).as_bytes().to_vec());
        }
        None
    }

    /// Whether `signature` (r ‖ s) is one of this key over `message`. False where this build has no arithmetic for the curve.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        match self.curve {
            #[cfg(feature = "p256")]
            Curve::P256 => {
                let key = VerifyingKey::from_sec1_bytes(&self.point);
                let signature = Signature::from_slice(signature);
                matches!((key, signature), (Ok(key), Ok(signature)) if key.verify(message, &signature).is_ok())
            }
            #[cfg(feature = "p384")]
            Curve::P384 => {
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(&self.point);
                let signature = p384::ecdsa::Signature::from_slice(signature);
                matches!((key, signature), (Ok(key), Ok(signature)) if key.verify(message, &signature).is_ok())
            }
            #[allow(unreachable_patterns)]
            _ => {
                let _ = (message, signature);
                false
            }
        }
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.curve == other.curve && self.compressed() == other.compressed()
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
        Self::from_sec1(&point).ok_or_else(|| D::Error::custom("not a SEC 1 point"))
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
        PublicKey { curve: Curve::P256, point: self.0.verifying_key().to_sec1_point(false).as_bytes().to_vec() }
    }

    /// Signs (ECDSA P-256 SHA-256, deterministic by RFC 6979): r ‖ s.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let signature: Signature = self.0.sign(message);
        signature.to_bytes().into()
    }

    /// Reads a PKCS #8 key in PEM.
    #[cfg(feature = "cli")]
    #[must_use]
    pub fn from_pem(text: &str) -> Option<Self> {
        use p256::pkcs8::DecodePrivateKey;
        p256::SecretKey::from_pkcs8_pem(text.trim()).ok().map(|key| Self(key.into()))
    }

    /// Writes the key as PKCS #8 in PEM.
    #[cfg(feature = "cli")]
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
mod tests {
    use super::*;

    #[test]
    fn signs_and_verifies_and_survives_cose_and_json() {
        let secret = SecretKey::generate(&mut Entropy::new([1; 32]));
        let public = secret.public();
        let signature = secret.sign(b"message");
        assert!(public.verify(b"message", &signature));
        assert!(!public.verify(b"massage", &signature));
        assert!(!public.verify(b"message", &signature[..63]));
        assert!(!public.verify(b"message", &[0; 64]));
        let cose = public.to_cose();
        assert_eq!(cose.as_map().and_then(PublicKey::from_cose), Some(public.clone()));
        let json = serde_json::to_string(&public).unwrap();
        assert_eq!(serde_json::from_str::<PublicKey>(&json).unwrap(), public);
    }

    #[test]
    fn points_off_the_curve_verify_nothing() {
        let mut point = vec![1; 65];
        point[0] = 4;
        assert!(!PublicKey::from_sec1(&point).unwrap().verify(b"", &[1; 64]));
        assert!(PublicKey::from_sec1(&[]).is_none());
    }
}
