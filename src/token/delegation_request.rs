//! A request for a delegation, and the grant that answers it: what two phones show one another.
//!
//! ```cddl
//! request = #6.18([protected: bstr .cbor {1: alg, 16: 65103}, {}, payload: bstr .cbor asked, signature: bstr])
//! asked   = {6 (iat): int, 8 (cnf): {1: COSE_Key}, 39 (cnonce): bstr .size 16, -65541: [name: tstr, relation, scope, seconds: uint]}
//! grant   = #6.5524804([cnonce: bstr .size 16, delegation])
//! ```
//! A request is signed by the key that it asks for, which proves that the asking phone has it; who asks is that phone's word only. It can be
//! granted for ten minutes. A grant is signed by nobody: the delegation within is, and the nonce only says which request is answered.

use super::{
    ClaimName,
    challenge::is_tidy,
    delegation::{Relation, scope_of, scope_to_value},
    text::{from_text, to_text},
};
use crate::{
    cbor::{Map, Value, map},
    cose::{Sign1, Unsigned, header},
    keys::PublicKey,
    labels::{DELEGATION_REQUEST_TYP, GRANT_TAG, claim},
    reason::{Layer, Reason},
    signature::Unverified,
    time::{
        UnixTime,
        defaults::{CLOCK_SLACK_S, DELEGATION_MAX_LIFETIME_S, DELEGATION_REQUEST_LIFETIME_S},
    },
};

const LAYER: Layer = Layer::DelegationRequest;
const MALFORMED: Reason = Reason::TokenMalformed { layer: LAYER };

/// What a phone asks a holder for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DelegationRequest {
    /// Who asks, in that phone's words; plain text, see [`super::challenge::tidy_name`].
    pub name: String,
    /// What the guardian would be to the holder; none for the holder's own new phone.
    pub guardian: Option<Relation>,
    /// The claims that the guardian wants to be able to disclose; empty for the own phone.
    pub scope: Vec<ClaimName>,
    /// For how long, in seconds; at most 180 days.
    pub lifetime_s: i64,
    /// The key that would sign presentations.
    pub key: PublicKey,
    /// Names the request.
    pub nonce: [u8; 16],
    /// When it was made, by the clock of the asking phone.
    pub issued_at: UnixTime,
}

impl DelegationRequest {
    /// The request before the signature by its own key.
    #[must_use]
    pub fn to_unsigned(&self) -> Unsigned {
        let asked =
            vec![Value::text(&self.name), Relation::to_value(self.guardian), scope_to_value(&self.scope), Value::Int(self.lifetime_s)];
        let payload = map([
            (claim::IAT, Some(Value::Int(self.issued_at.0))),
            (claim::CNF, Some(map([(claim::CNF_COSE_KEY, Some(self.key.to_cose()))]))),
            (claim::CNONCE, Some(Value::Bytes(self.nonce.to_vec()))),
            (claim::DELEGATION, Some(Value::Array(asked))),
        ]);
        Unsigned::new(vec![(header::TYP, Value::Int(DELEGATION_REQUEST_TYP))], Map::default(), &payload)
    }

    /// Reads a request; the check is of its signature by the key that it names itself.
    ///
    /// # Errors
    /// `wrong-type`, `token-malformed`, `algorithm-not-allowed`, `delegation-too-long`, and what stands in the way of reading any token.
    pub fn from_text(text: &str) -> Result<Unverified<Self>, Reason> {
        let token = from_text(text)?;
        // A tag of its own is another kind of code, not a damaged one.
        if matches!(token, Value::Tag(tag, _) if tag != 18) {
            return Err(Reason::WrongType { layer: LAYER });
        }
        let envelope = Sign1::parse(&token, LAYER)?;
        envelope.demand_type(&Value::Int(DELEGATION_REQUEST_TYP))?;
        envelope.demand_p256()?;
        if !envelope.protected.only(&[header::ALG, header::TYP]) || !envelope.unprotected.0.is_empty() {
            return Err(MALFORMED);
        }
        let request = Self::from_map(&envelope.claims()?).ok_or(MALFORMED)?;
        if request.lifetime_s > DELEGATION_MAX_LIFETIME_S {
            return Err(Reason::DelegationTooLong);
        }
        let check = envelope.check(vec![request.key.clone()]);
        Ok(Unverified::new(request, vec![check]))
    }

    fn from_map(claims: &Map) -> Option<Self> {
        let cnf = claims.get(claim::CNF)?.as_map()?;
        let Some([name, relation, scope, lifetime]) = claims.get(claim::DELEGATION)?.as_array() else { return None };
        let request = Self {
            name: name.as_text()?.to_owned(),
            guardian: Relation::from_value(relation)?,
            scope: scope_of(scope)?,
            lifetime_s: lifetime.as_int().filter(|seconds| *seconds > 0)?,
            key: PublicKey::from_cose(cnf.get(claim::CNF_COSE_KEY)?.as_map()?)?,
            nonce: claims.get(claim::CNONCE)?.as_bytes()?.try_into().ok()?,
            issued_at: UnixTime(claims.get(claim::IAT)?.as_int()?),
        };
        let known = claims.only(&[claim::IAT, claim::CNF, claim::CNONCE, claim::DELEGATION]) && cnf.only(&[claim::CNF_COSE_KEY]);
        let plain = request.guardian.is_some() || request.scope.is_empty();
        (known && plain && is_tidy(&request.name)).then_some(request)
    }

    /// Whether a holder may grant it at this time of the own clock, which may differ from the asking phone's by two minutes.
    ///
    /// # Errors
    /// `expired`, `not-yet-valid`.
    pub fn fitness(&self, now: UnixTime) -> Result<(), Reason> {
        let expired_at = self.issued_at.plus(DELEGATION_REQUEST_LIFETIME_S);
        if now.since(expired_at) >= CLOCK_SLACK_S {
            return Err(Reason::Expired { layer: LAYER, expired_at });
        }
        if self.issued_at.since(now) > CLOCK_SLACK_S {
            return Err(Reason::NotYetValid { layer: LAYER, valid_from: self.issued_at });
        }
        Ok(())
    }
}

/// A holder's answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The request that it answers.
    pub nonce: [u8; 16],
    /// The delegation; unread.
    pub delegation: Value,
}

impl Grant {
    /// Its text for a QR code.
    #[must_use]
    pub fn to_text(&self) -> String {
        let parts = vec![Value::Bytes(self.nonce.to_vec()), self.delegation.clone()];
        to_text(&Value::Tag(GRANT_TAG, Box::new(Value::Array(parts))))
    }

    /// Reads a grant; the delegation within is still to be read.
    ///
    /// # Errors
    /// `wrong-type` for any other token, `token-malformed` also where it is not written as [`Grant::to_text`] does, and what stands in the way of
    /// reading any token.
    pub fn from_text(text: &str) -> Result<Self, Reason> {
        let Value::Tag(GRANT_TAG, parts) = from_text(text)? else { return Err(Reason::WrongType { layer: Layer::Delegation }) };
        let malformed = Reason::TokenMalformed { layer: Layer::Delegation };
        let Some([nonce, delegation @ Value::Tag(..)]) = parts.as_array() else { return Err(malformed) };
        let nonce = nonce.as_bytes().and_then(|nonce| nonce.try_into().ok()).ok_or(malformed.clone())?;
        let grant = Self { nonce, delegation: delegation.clone() };
        // With the keys of a map in another order it would be a second text of the same grant.
        if grant.to_text() == text { Ok(grant) } else { Err(malformed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_has_one_text() {
        let text = |map: &[u8]| {
            let head = [&[0xda, 0x00, 0x54, 0x4d, 0x44, 0x82, 0x50][..], &[1; 16], &[0xd2, 0x81, 0xa2]].concat();
            format!("TM1:{}", crate::base45::encode(&[&head[..], map].concat()))
        };
        let one = text(&[1, 0, 2, 0]);
        assert_eq!(Grant::from_text(&one).map(|grant| grant.to_text()), Ok(one));
        assert_eq!(Grant::from_text(&text(&[2, 0, 1, 0])), Err(Reason::TokenMalformed { layer: Layer::Delegation }));
    }
}
