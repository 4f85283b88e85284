//! What a person's phone asks of the authority, signed by a key of its own.
//!
//! ```cddl
//! request<typ, body> = COSE_Sign1, protected {1: -9, 16: typ}, unprotected {}, payload:
//!   {3 (aud): tstr, 6 (iat): int, 7 (cti): bstr .size 16, 8 (cnf): {1: COSE_Key}, -65546: body}
//! ```
//! The key names the person: each credential has its own, and the authority knows whose it is. Neither name nor number nor phone
//! can be written here. The identifier (`cti`) stays the same however often a request is signed and sent again; it is answered once.

use crate::{
    cbor::{self, Limits, Map, Value, map},
    cose::{Sign1, Unsigned, header},
    keys::PublicKey,
    labels::claim,
    reason::{Layer, Reason},
    signature::Unverified,
    time::UnixTime,
};

/// For whom, when, which and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The authority that it is for.
    pub audience: String,
    /// When it was signed.
    pub issued_at: UnixTime,
    /// Identifier of the request.
    pub id: [u8; 16],
    /// The key that signs it.
    pub key: PublicKey,
}

/// A kind of request.
pub trait Body: Sized {
    /// Its `typ`.
    const TYP: &'static str;

    /// The body as an item.
    fn to_value(&self) -> Value;

    /// Reads the body strictly: nothing missing, nothing unknown.
    fn from_value(value: &Value) -> Option<Self>;
}

/// A request: who asks, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<B> {
    /// Who asks.
    pub head: Head,
    /// What is asked.
    pub body: B,
}

impl<B: Body> Request<B> {
    /// The request before its signature by the key that it names.
    #[must_use]
    pub fn to_unsigned(&self) -> Unsigned {
        self.head.with(B::TYP, claim::REQUEST, self.body.to_value())
    }

    /// Reads a request; the check is of its signature by the key that it names itself.
    ///
    /// # Errors
    /// `wrong-type`, `token-malformed`, `algorithm-not-allowed`, a `cbor-…` reason.
    pub fn parse(bytes: &[u8]) -> Result<Unverified<Self>, Reason> {
        Self::read(&cbor::decode(bytes, Limits::TOKEN)?)
    }

    /// As [`Request::parse`], for a request within another one.
    ///
    /// # Errors
    /// As [`Request::parse`].
    pub fn read(token: &Value) -> Result<Unverified<Self>, Reason> {
        let layer = Layer::Request;
        let (head, body, envelope) = Head::read(token, B::TYP, claim::REQUEST, layer)?;
        let body = B::from_value(&body).ok_or(Reason::TokenMalformed { layer })?;
        let check = envelope.check(vec![head.key.clone()]);
        Ok(Unverified::new(Self { head, body }, vec![check]))
    }
}

impl Head {
    /// A token of this type with these claims and this body.
    pub(super) fn with(&self, typ: &str, label: i64, body: Value) -> Unsigned {
        let payload = map([
            (claim::AUD, Some(Value::text(&self.audience))),
            (claim::IAT, Some(Value::Int(self.issued_at.0))),
            (claim::CTI, Some(Value::Bytes(self.id.to_vec()))),
            (claim::CNF, Some(map([(claim::CNF_COSE_KEY, Some(self.key.to_cose()))]))),
            (label, Some(body)),
        ]);
        Unsigned::new(vec![(header::TYP, Value::text(typ))], Map::default(), &payload)
    }

    /// Takes a token of this type apart.
    pub(super) fn read(token: &Value, typ: &str, label: i64, layer: Layer) -> Result<(Self, Value, Sign1), Reason> {
        let envelope = Sign1::parse(token, layer)?;
        envelope.demand_type(&Value::text(typ))?;
        envelope.demand_p256()?;
        let malformed = Reason::TokenMalformed { layer };
        let claims = envelope.claims()?;
        if !envelope.protected.only(&[header::ALG, header::TYP])
            || !envelope.unprotected.0.is_empty()
            || !claims.only(&[claim::AUD, claim::IAT, claim::CTI, claim::CNF, label])
        {
            return Err(malformed);
        }
        let (head, body) = Self::from_map(&claims).zip(claims.get(label)).ok_or(malformed)?;
        Ok((head, body.clone(), envelope))
    }

    fn from_map(claims: &Map) -> Option<Self> {
        let cnf = claims.get(claim::CNF)?.as_map().filter(|cnf| cnf.only(&[claim::CNF_COSE_KEY]))?;
        Some(Self {
            audience: claims.get(claim::AUD)?.as_text()?.to_owned(),
            issued_at: UnixTime(claims.get(claim::IAT)?.as_int()?),
            id: claims.get(claim::CTI)?.as_bytes()?.try_into().ok()?,
            key: PublicKey::from_cose(cnf.get(claim::CNF_COSE_KEY)?.as_map()?)?,
        })
    }
}
