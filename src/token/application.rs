//! Application for a credential: signed by the key that the credential shall be bound to.
//!
//! ```cddl
//! application = COSE_Sign1, protected {1: -9, 16: "application/tongma-application+cwt"}, payload:
//!   {3 (aud): tstr, 6 (iat): int, 7 (cti): bstr .size 16, 8 (cnf): {1: COSE_Key},
//!    -65538: {1: name tstr, 2: kind uint, 3: number tstr, 4: phone tstr}}
//! ```
//! The identifier (`cti`) and the key stay the same however often the application is sent; the authority answers the pair once.

use crate::{
    cbor::{self, Limits, Map, Value, map},
    cose::{Sign1, Unsigned, header},
    keys::PublicKey,
    labels::{APPLICATION_TYP, claim},
    reason::{Layer, Reason},
    signature::Unverified,
    time::UnixTime,
    token::DocumentKind,
};

const LAYER: Layer = Layer::Application;
const MALFORMED: Reason = Reason::TokenMalformed { layer: LAYER };

/// What a person applies with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// The authority that it is for.
    pub audience: String,
    /// When it was signed.
    pub issued_at: UnixTime,
    /// Identifier of the application.
    pub id: [u8; 16],
    /// The applying key.
    pub key: PublicKey,
    /// Full name.
    pub name: String,
    /// Kind of the identity document.
    pub document_kind: DocumentKind,
    /// Its number.
    pub document_number: String,
    /// Mobile phone.
    pub phone: String,
}

impl Application {
    /// The application before its signature by the applying key.
    #[must_use]
    pub fn to_unsigned(&self) -> Unsigned {
        let form = map([
            (1, Some(Value::text(&self.name))),
            (2, Some(Value::Int(self.document_kind.number()))),
            (3, Some(Value::text(&self.document_number))),
            (4, Some(Value::text(&self.phone))),
        ]);
        let payload = map([
            (claim::AUD, Some(Value::text(&self.audience))),
            (claim::IAT, Some(Value::Int(self.issued_at.0))),
            (claim::CTI, Some(Value::Bytes(self.id.to_vec()))),
            (claim::CNF, Some(map([(claim::CNF_COSE_KEY, Some(self.key.to_cose()))]))),
            (claim::APPLICATION, Some(form)),
        ]);
        Unsigned::new(vec![(header::TYP, Value::text(APPLICATION_TYP))], Map::default(), &payload)
    }

    /// Reads an application; the check is of its signature by the key that it names itself.
    ///
    /// # Errors
    /// `wrong-type`, `token-malformed`, `algorithm-not-allowed`, a `cbor-…` reason.
    pub fn parse(bytes: &[u8]) -> Result<Unverified<Self>, Reason> {
        let envelope = Sign1::parse(&cbor::decode(bytes, Limits::TOKEN)?, LAYER)?;
        envelope.demand_type(&Value::text(APPLICATION_TYP))?;
        envelope.demand_p256()?;
        let application = Self::from_map(&envelope.claims()?).ok_or(MALFORMED)?;
        let check = envelope.check(vec![application.key.clone()]);
        Ok(Unverified::new(application, vec![check]))
    }

    fn from_map(claims: &Map) -> Option<Self> {
        let form = claims.get(claim::APPLICATION)?.as_map()?;
        let text = |key: i64| form.get(key)?.as_text().map(str::to_owned);
        Some(Self {
            audience: claims.get(claim::AUD)?.as_text()?.to_owned(),
            issued_at: UnixTime(claims.get(claim::IAT)?.as_int()?),
            id: claims.get(claim::CTI)?.as_bytes()?.try_into().ok()?,
            key: PublicKey::from_cose(claims.get(claim::CNF)?.as_map()?.get(claim::CNF_COSE_KEY)?.as_map()?)?,
            name: text(1)?,
            document_kind: DocumentKind::from_number(form.get(2)?.as_int()?)?,
            document_number: text(3)?,
            phone: text(4)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{entropy::Entropy, keys::SecretKey};

    #[test]
    fn round_trip_and_its_own_key_only() {
        let mut entropy = Entropy::new([5; 32]);
        let (key, other) = (SecretKey::generate(&mut entropy), SecretKey::generate(&mut entropy));
        let application = Application {
            audience: "tm:36".into(),
            issued_at: UnixTime(1_800_000_000),
            id: [7; 16],
            key: key.public(),
            name: "甲乙丙".into(),
            document_kind: DocumentKind::Passport,
            document_number: "E12345678".into(),
            phone: "13800138000".into(),
        };
        let sign = |by: &SecretKey| {
            let unsigned = application.to_unsigned();
            let signature = by.sign(&unsigned.message());
            unsigned.finish(&signature).encode()
        };
        let read = Application::parse(&sign(&key)).unwrap().check_here();
        assert_eq!(read.map(crate::signature::Verified::into_inner), Ok(application.clone()));
        assert!(Application::parse(&sign(&other)).unwrap().check_here().is_err());
        assert_eq!(Application::parse(&[0xa0]).unwrap_err(), MALFORMED);
    }
}
