//! Delegation: a holder lets another phone's key show the credential, for a time.
//!
//! ```cddl
//! delegation = #6.18([protected: bstr .cbor {1: alg, 16: 65101}, {13 (kcwt): sd-cwt}, payload: bstr .cbor terms, signature: bstr])
//! terms      = {4 (exp): int, 6 (iat): int, 8 (cnf): {1: COSE_Key}, -65541: [relation, scope, credential: bstr .size 16]}
//! relation   = 0 (the same person's other phone) / 1..6 (a guardian)
//! scope      = [* 10..13]          ; claims that a guardian may disclose, rising; empty for relation 0, which may disclose all
//! ```
//! A presentation carries it where a holder's carries the credential, and is signed by the key in `cnf`; the holder's key, which the
//! credential names, signs the delegation. The SD-CWT stands in the unprotected header, so that the guardian can keep disclosures back, and
//! `credential` – the first half of SHA-256 over its `Sig_structure` – says which one it is. One hop: only an SD-CWT can stand there.

use super::{ClaimName, CredentialClaims, SdCwt, claims::time};
use crate::{
    cbor::{Map, Value, map},
    cose::{Sign1, Unsigned, header, to_be_signed},
    keys::PublicKey,
    labels::{DELEGATION_TYP, claim, sd_cwt as label},
    reason::{Layer, Reason},
    time::{UnixTime, defaults::DELEGATION_MAX_LIFETIME_S},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const LAYER: Layer = Layer::Delegation;
const MALFORMED: Reason = Reason::TokenMalformed { layer: LAYER };

/// What a guardian is to the person of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Relation {
    /// Parent; 1 in a token.
    Parent,
    /// Child; 2.
    Child,
    /// Wife or husband; 3.
    Spouse,
    /// Another relative; 4.
    Relative,
    /// Carer, also of an institution; 5.
    Carer,
    /// Any other; 6.
    Other,
}

impl Relation {
    /// All relations, in the order of their numbers.
    pub const ALL: [Self; 6] = [Self::Parent, Self::Child, Self::Spouse, Self::Relative, Self::Carer, Self::Other];

    /// The name in texts for machines and in Fluent identifiers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Child => "child",
            Self::Spouse => "spouse",
            Self::Relative => "relative",
            Self::Carer => "carer",
            Self::Other => "other",
        }
    }

    /// The relation of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.name() == name)
    }

    /// In a token 0 is the same person's other phone.
    pub(super) fn to_value(guardian: Option<Self>) -> Value {
        let at = Self::ALL.iter().position(|relation| Some(*relation) == guardian);
        Value::Int(at.map_or(0, |at| at as i64 + 1))
    }

    #[allow(clippy::option_option)]
    pub(super) fn from_value(value: &Value) -> Option<Option<Self>> {
        match usize::try_from(value.as_int()?).ok()? {
            0 => Some(None),
            number => Self::ALL.get(number - 1).copied().map(Some),
        }
    }
}

/// Writes a list of claims, each once, by rising keys.
pub(super) fn scope_to_value(scope: &[ClaimName]) -> Value {
    let mut keys: Vec<_> = scope.iter().map(|name| name.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    Value::Array(keys.into_iter().map(Value::Int).collect())
}

/// Reads a list of claims: known ones only, by rising keys.
pub(super) fn scope_of(value: &Value) -> Option<Vec<ClaimName>> {
    let named = |key: &Value| ClaimName::ALL.into_iter().find(|name| key == &Value::Int(name.key()));
    let scope: Vec<_> = value.as_array()?.iter().map(named).collect::<Option<_>>()?;
    scope.is_sorted_by(|one, next| one.key() < next.key()).then_some(scope)
}

/// What a holder says in a delegation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The key that presentations are then signed with.
    pub delegate: PublicKey,
    /// When it was given.
    pub issued_at: UnixTime,
    /// End of validity: at most 180 days later, and never after the credential's.
    pub expires_at: UnixTime,
    /// What the guardian is to the holder; none where the holder moves to another phone.
    pub guardian: Option<Relation>,
    /// The claims that a guardian may disclose; empty where the holder moves, who may disclose all.
    pub scope: Vec<ClaimName>,
}

/// A parsed delegation; nothing of it is verified yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// The holder's envelope.
    pub envelope: Sign1,
    /// What the holder says.
    pub terms: Terms,
}

impl Delegation {
    /// Whether a token says of itself that it is a delegation.
    #[must_use]
    pub fn is_one(token: &Value) -> bool {
        Sign1::parse(token, LAYER).is_ok_and(|envelope| envelope.protected.get(header::TYP) == Some(&Value::Int(DELEGATION_TYP)))
    }

    /// Takes a delegation apart, and the credential within.
    ///
    /// # Errors
    /// `wrong-type`, `token-malformed`, `algorithm-not-allowed`, `delegation-chain`, `delegation-mismatch`, `disclosure-…`, `cbor-…`.
    pub fn parse(token: &Value) -> Result<(Self, SdCwt), Reason> {
        let envelope = Sign1::parse(token, LAYER)?;
        envelope.demand_type(&Value::Int(DELEGATION_TYP))?;
        envelope.demand_p256()?;
        let kcwt = envelope.unprotected.get(label::KCWT).ok_or(MALFORMED)?;
        if !envelope.protected.only(&[header::ALG, header::TYP]) || !envelope.unprotected.only(&[label::KCWT]) {
            return Err(MALFORMED);
        }
        if Self::is_one(kcwt) {
            return Err(Reason::DelegationChain);
        }
        let credential = SdCwt::parse(kcwt)?;
        credential.envelope.demand_p256()?;
        let (terms, named) = Terms::from_map(&envelope.claims()?).ok_or(MALFORMED)?;
        if named != fingerprint(&credential) {
            return Err(Reason::DelegationMismatch);
        }
        Ok((Self { envelope, terms }, credential))
    }

    /// The same delegation around the credential with only those disclosures whose key is wanted.
    #[must_use]
    pub fn with_only(&self, credential: &SdCwt, wanted: impl Fn(&Value) -> bool) -> Value {
        self.envelope.with_unprotected(around(credential.with_only(wanted)))
    }
}

impl Terms {
    /// A delegation of this credential before the holder's signature. What is not granted is not handed over.
    #[must_use]
    pub fn to_unsigned(&self, credential: &SdCwt) -> Unsigned {
        let details = vec![Relation::to_value(self.guardian), scope_to_value(&self.scope), Value::Bytes(fingerprint(credential).to_vec())];
        let payload = map([
            (claim::EXP, Some(Value::Int(self.expires_at.0))),
            (claim::IAT, Some(Value::Int(self.issued_at.0))),
            (claim::CNF, Some(map([(claim::CNF_COSE_KEY, Some(self.delegate.to_cose()))]))),
            (claim::DELEGATION, Some(Value::Array(details))),
        ]);
        let unprotected = around(credential.with_only(|key| self.grants(key)));
        Unsigned::new(vec![(header::TYP, Value::Int(DELEGATION_TYP))], unprotected, &payload)
    }

    /// The terms, and the credential that they name.
    fn from_map(claims: &Map) -> Option<(Self, [u8; 16])> {
        let cnf = claims.get(claim::CNF)?.as_map()?;
        let Some([relation, scope, named]) = claims.get(claim::DELEGATION)?.as_array() else { return None };
        let terms = Self {
            delegate: PublicKey::from_cose(cnf.get(claim::CNF_COSE_KEY)?.as_map()?)?,
            issued_at: time(claims, claim::IAT)?,
            expires_at: time(claims, claim::EXP)?,
            guardian: Relation::from_value(relation)?,
            scope: scope_of(scope)?,
        };
        let known = claims.only(&[claim::EXP, claim::IAT, claim::CNF, claim::DELEGATION]) && cnf.only(&[claim::CNF_COSE_KEY]);
        // All is more than any list, and it is the holder's own.
        let plain = terms.guardian.is_some() || terms.scope.is_empty();
        Some((terms, named.as_bytes()?.try_into().ok()?)).filter(|_| known && plain)
    }

    /// Whether the claim with this key may be disclosed.
    #[must_use]
    pub fn grants(&self, key: &Value) -> bool {
        self.guardian.is_none() || self.scope.iter().any(|name| key == &Value::Int(name.key()))
    }

    /// What is wrong with these terms beside their times and the clock, for this credential: `delegation-to-self`, `delegation-too-long`,
    /// `times-inconsistent`, `delegation-scope`.
    pub fn faults(&self, credential: &SdCwt, claims: &CredentialClaims) -> impl Iterator<Item = Reason> + use<> {
        let lifetime_s = self.expires_at.since(self.issued_at);
        // The clocks of these inequalities are those of issuer and holder: no slack.
        let consistent = self.issued_at >= claims.issued_at && self.expires_at <= claims.expires_at && lifetime_s > 0;
        let within = self.guardian.is_none() || credential.discloses_only(|key| self.grants(key));
        let faults = [
            (self.delegate == claims.holder, Reason::DelegationToSelf),
            (lifetime_s > DELEGATION_MAX_LIFETIME_S, Reason::DelegationTooLong),
            (!consistent, Reason::TimesInconsistent),
            (!within, Reason::DelegationScope),
        ];
        faults.into_iter().filter_map(|(wrong, reason)| wrong.then_some(reason))
    }
}

fn around(credential: Value) -> Map {
    Map(vec![(Value::Int(label::KCWT), credential)])
}

/// Names a credential by what its issuer signed: neither its signature, which has two forms, nor what is disclosed.
fn fingerprint(credential: &SdCwt) -> [u8; 16] {
    let signed = to_be_signed(credential.envelope.protected_bytes(), &credential.envelope.payload);
    let hash: [u8; 32] = Sha256::digest(signed).into();
    hash.first_chunk().copied().unwrap_or_default()
}
