//! F1: COSE_Sign1 (RFC 9052 §4.2).
//!
//! ```cddl
//! COSE_Sign1 = #6.18([protected: bstr .cbor header-map, unprotected: header-map, payload: bstr, signature: bstr])
//! ```
//! The received bytes of the protected header and of the payload are what is signed; nothing is encoded again for a check.

use crate::{
    cbor::{self, Limits, Map, Value},
    keys::{HashName, PublicKey},
    reason::{Layer, Reason},
    signature::SignatureCheck,
};

/// The tag of COSE_Sign1.
const TAG: u64 = 18;

/// ECDSA with SHA-256, curve not said (RFC 9053 §2.1).
pub const ES256: i64 = -7;
/// ECDSA on P-256 with SHA-256 (RFC 9864): what this program writes.
pub const ESP256: i64 = -9;
/// ECDSA with SHA-384, curve not said.
pub const ES384: i64 = -35;
/// RSASSA-PSS with SHA-256 (RFC 8230 §2): foreign issuers only.
pub const PS256: i64 = -37;

/// The tag of a CWT (RFC 8392 §6), which may stand around that of its envelope.
const CWT_TAG: u64 = 61;

/// Header parameters (RFC 9052 §3.1, RFC 9596 for `typ`).
pub mod header {
    /// Algorithm.
    pub const ALG: i64 = 1;
    /// Key identifier.
    pub const KID: i64 = 4;
    /// Type of the token.
    pub const TYP: i64 = 16;
}

/// A parsed envelope whose signature has not been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign1 {
    protected_bytes: Vec<u8>,
    /// The protected header.
    pub protected: Map,
    /// The unprotected header.
    pub unprotected: Map,
    /// The payload.
    pub payload: Vec<u8>,
    /// r ‖ s.
    pub signature: Vec<u8>,
    layer: Layer,
}

impl Sign1 {
    /// Takes an envelope apart. The tag 18 is required.
    ///
    /// # Errors
    /// `token-malformed`, or a `cbor-…` reason of the protected header.
    pub fn parse(value: &Value, layer: Layer) -> Result<Self, Reason> {
        let Value::Tag(TAG, inner) = value else { return Err(Reason::TokenMalformed { layer }) };
        // The limits of the whole hold for the parts, too.
        Self::take_apart((**inner).clone(), layer, |bytes| cbor::decode(bytes, Limits::FILE))
    }

    /// Takes an envelope apart as foreign issuers make it: with the tags 18, 61 and 18, or none; its header read leniently, and
    /// no header at all where it is empty.
    ///
    /// # Errors
    /// As [`Sign1::parse`].
    pub fn parse_leniently(value: Value, layer: Layer) -> Result<Self, Reason> {
        let untagged = if let Value::Tag(CWT_TAG, inner) = value { *inner } else { value };
        let untagged = if let Value::Tag(TAG, inner) = untagged { *inner } else { untagged };
        Self::take_apart(untagged, layer, |bytes| {
            if bytes.is_empty() { Ok(Value::Map(Map::default())) } else { cbor::decode_leniently(bytes, Limits::FILE) }
        })
    }

    fn take_apart(array: Value, layer: Layer, decode: impl Fn(&[u8]) -> Result<Value, Reason>) -> Result<Self, Reason> {
        let malformed = || Reason::TokenMalformed { layer };
        let Value::Array(parts) = array else { return Err(malformed()) };
        let Ok([Value::Bytes(protected_bytes), Value::Map(unprotected), Value::Bytes(payload), Value::Bytes(signature)]) =
            <[Value; 4]>::try_from(parts)
        else {
            return Err(malformed());
        };
        let Value::Map(protected) = decode(&protected_bytes)? else { return Err(malformed()) };
        Ok(Self { protected_bytes, protected, unprotected, payload, signature, layer })
    }

    /// The protected header's bytes as received.
    #[must_use]
    pub fn protected_bytes(&self) -> &[u8] {
        &self.protected_bytes
    }

    /// The algorithm of the protected header.
    #[must_use]
    pub fn algorithm(&self) -> Option<i64> {
        self.protected.get(header::ALG)?.as_int()
    }

    /// The key identifier: the protected one, else the unprotected one.
    #[must_use]
    pub fn kid(&self) -> Option<&[u8]> {
        self.protected.get(header::KID).or_else(|| self.unprotected.get(header::KID))?.as_bytes()
    }

    /// Demands a type.
    ///
    /// # Errors
    /// `wrong-type`.
    pub fn demand_type(&self, expected: &Value) -> Result<(), Reason> {
        if self.protected.get(header::TYP) == Some(expected) { Ok(()) } else { Err(Reason::WrongType { layer: self.layer }) }
    }

    /// Demands ECDSA on P-256.
    ///
    /// # Errors
    /// `algorithm-not-allowed`.
    pub fn demand_p256(&self) -> Result<(), Reason> {
        match self.algorithm() {
            Some(ESP256 | ES256) => Ok(()),
            _ => Err(Reason::AlgorithmNotAllowed { layer: self.layer }),
        }
    }

    /// The payload as a map, read strictly.
    ///
    /// # Errors
    /// A `cbor-…` reason, or `token-malformed` when it is no map.
    pub fn claims(&self) -> Result<Map, Reason> {
        match cbor::decode(&self.payload, Limits::FILE)? {
            Value::Map(claims) => Ok(claims),
            _ => Err(Reason::TokenMalformed { layer: self.layer }),
        }
    }

    /// The same token with another unprotected header; its signature still holds.
    #[must_use]
    pub fn with_unprotected(&self, unprotected: Map) -> Value {
        envelope(self.protected_bytes.clone(), unprotected, self.payload.clone(), self.signature.clone())
    }

    /// The check of this signature by any of these keys.
    #[must_use]
    pub fn check(&self, keys: Vec<PublicKey>) -> SignatureCheck {
        let hash = if self.algorithm() == Some(ES384) { HashName::Sha384 } else { HashName::Sha256 };
        SignatureCheck { keys, hash, message: to_be_signed(&self.protected_bytes, &self.payload), signature: self.signature.clone() }
    }
}

/// `Sig_structure` (RFC 9052 §4.4): what an issuer or holder signs, without external data.
#[must_use]
pub fn to_be_signed(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    Value::Array(vec![
        Value::text("Signature1"),
        Value::Bytes(protected.to_vec()),
        Value::Bytes(Vec::new()),
        Value::Bytes(payload.to_vec()),
    ])
    .encode()
}

/// An envelope before its signature: the shell or a key signs [`Unsigned::message`], [`Unsigned::finish`] closes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned {
    protected: Vec<u8>,
    unprotected: Map,
    payload: Vec<u8>,
}

impl Unsigned {
    /// An envelope of this header and payload. Algorithm ESP256 is added to the protected header.
    #[must_use]
    pub fn new(protected: Vec<(i64, Value)>, unprotected: Map, payload: &Value) -> Self {
        let mut pairs = vec![(Value::Int(header::ALG), Value::Int(ESP256))];
        pairs.extend(protected.into_iter().map(|(key, value)| (Value::Int(key), value)));
        Self { protected: Value::Map(Map(pairs)).encode(), unprotected, payload: payload.encode() }
    }

    /// The bytes to sign.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        to_be_signed(&self.protected, &self.payload)
    }

    /// The finished token.
    #[must_use]
    pub fn finish(self, signature: &[u8]) -> Value {
        envelope(self.protected, self.unprotected, self.payload, signature.to_vec())
    }
}

fn envelope(protected: Vec<u8>, unprotected: Map, payload: Vec<u8>, signature: Vec<u8>) -> Value {
    let parts = vec![Value::Bytes(protected), Value::Map(unprotected), Value::Bytes(payload), Value::Bytes(signature)];
    Value::Tag(TAG, Box::new(Value::Array(parts)))
}
