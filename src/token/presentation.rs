//! Presentation: a key binding token (KBT, draft-ietf-spice-sd-cwt-08 §8) around a credential, or around a delegation of one.
//!
//! ```cddl
//! kbt = #6.18([protected: bstr .cbor {1: alg, 13: sd-cwt / delegation, 16: 294}, {}, payload: bstr .cbor binding, signature: bstr])
//! binding = {3 (aud): tstr, 4 (exp): int, 6 (iat): int, ? 39 (cnonce): bstr, ? -65550: group}
//! ```
//! For `group` see [`GroupMark`].

use super::{claims::time, delegation::Delegation, group::GroupMark, sd_cwt::SdCwt};
use crate::{
    cbor::{Map, Value, map},
    cose::{Sign1, Unsigned, header},
    labels::{CHALLENGE_TAG, GRANT_TAG, claim, sd_cwt as label},
    reason::{Layer, Reason},
    time::UnixTime,
};

const LAYER: Layer = Layer::Presentation;

/// What the holder says in a presentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// For whom: the group audience or one venue.
    pub audience: String,
    /// End of validity.
    pub expires_at: UnixTime,
    /// When it was made.
    pub issued_at: UnixTime,
    /// Answer to a venue's challenge.
    pub nonce: Option<Vec<u8>>,
    /// The people who walk together with this one.
    pub group: Option<GroupMark>,
}

/// A parsed presentation; nothing of it is verified yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presentation {
    /// The envelope of the holder, or of whom the holder delegated to.
    pub envelope: Sign1,
    /// What the holder says.
    pub binding: Binding,
    /// The holder's delegation to the key that signed; none where that is the holder's own.
    pub delegation: Option<Delegation>,
    /// The credential within.
    pub credential: SdCwt,
}

impl Presentation {
    /// Takes a presentation apart.
    ///
    /// # Errors
    /// `credential-not-presentation`, `wrong-type`, `token-malformed`, `algorithm-not-allowed`, `disclosure-…`, `cbor-…`; those of
    /// [`Delegation::parse`].
    pub fn parse(token: &Value) -> Result<Self, Reason> {
        // One gate before the camera of another; a grant before that of a gate.
        if let Value::Tag(CHALLENGE_TAG | GRANT_TAG, _) = token {
            return Err(Reason::WrongType { layer: LAYER });
        }
        let envelope = Sign1::parse(token, LAYER)?;
        if envelope.protected.get(header::TYP) == Some(&Value::Int(label::TYP)) {
            return Err(Reason::CredentialNotPresentation);
        }
        envelope.demand_type(&Value::Int(label::KBT_TYP))?;
        envelope.demand_p256()?;
        let malformed = Reason::TokenMalformed { layer: LAYER };
        if !envelope.protected.only(&[header::ALG, label::KCWT, header::TYP]) || !envelope.unprotected.0.is_empty() {
            return Err(malformed);
        }
        let kcwt = envelope.protected.get(label::KCWT).ok_or_else(|| malformed.clone())?;
        let (delegation, credential) = if Delegation::is_one(kcwt) {
            let (delegation, credential) = Delegation::parse(kcwt)?;
            (Some(delegation), credential)
        } else {
            (None, SdCwt::parse(kcwt)?)
        };
        credential.envelope.demand_p256()?;
        let binding = Binding::from_map(&envelope.claims()?).ok_or(malformed)?;
        Ok(Self { envelope, binding, delegation, credential })
    }

    /// A new presentation, of a credential or a delegation, before the signature of who shows it.
    #[must_use]
    pub fn unsigned(credential: Value, binding: &Binding) -> Unsigned {
        let protected = vec![(label::KCWT, credential), (header::TYP, Value::Int(label::KBT_TYP))];
        let payload = map([
            (claim::AUD, Some(Value::text(&binding.audience))),
            (claim::EXP, Some(Value::Int(binding.expires_at.0))),
            (claim::IAT, Some(Value::Int(binding.issued_at.0))),
            (claim::CNONCE, binding.nonce.clone().map(Value::Bytes)),
            (claim::GROUP, binding.group.as_ref().map(GroupMark::to_value)),
        ]);
        Unsigned::new(protected, Map::default(), &payload)
    }
}

impl Binding {
    fn from_map(claims: &Map) -> Option<Self> {
        let nonce = match claims.get(claim::CNONCE) {
            None => None,
            Some(nonce) => Some(nonce.as_bytes()?.to_vec()),
        };
        let group = match claims.get(claim::GROUP) {
            None => None,
            Some(group) => Some(GroupMark::from_value(group)?),
        };
        Some(Self {
            audience: claims.get(claim::AUD)?.as_text()?.to_owned(),
            expires_at: time(claims, claim::EXP)?,
            issued_at: time(claims, claim::IAT)?,
            nonce,
            group,
        })
    }
}
