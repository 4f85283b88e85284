//! Venue code: a poster at an entrance, signed by an issuer for one of its regions.
//!
//! ```cddl
//! venue  = #6.18([protected: bstr .cbor {1: alg, 4: bstr, 16: 65102}, {}, payload: bstr .cbor claims, signature: bstr])
//! claims = {1 (iss): tstr, 4 (exp): int, 6 (iat): int, 7 (cti): bstr .size 8, ? 65535 (status): {"status_list": {"idx", "uri"}},
//!           -65540: {1: kind tstr, 2: region uint, 3: name tstr}}
//! ```
//! `exp` is at most 180 days after `iat`. The key that signs has the use *venue* for the region. With a name of eleven Chinese characters it
//! is a QR code of version 9 at level M (169 bytes), with the longest of 60 one of version 14; the status reference, for a poster that can be
//! withdrawn, costs 38 bytes. Within a gate's challenge it makes that one of version 11.
//!
//! A poster proves that nobody was anywhere: it can be photographed and sent on. Nothing is sent and no colour changes because of one.

use super::{
    challenge::StatedPlace,
    claims::{StatusReference, status_of, status_to_value, time},
    status::{self, StatusList},
    trust::{KeyUse, TrustBundle},
};
use crate::{
    cbor::{Map, Value, map},
    cose::{Sign1, Unsigned, header},
    keys::KeyId,
    labels::{VENUE_TYP, claim},
    reason::{Layer, Reason},
    signature::Unverified,
    time::{
        UnixTime,
        defaults::{CLOCK_SLACK_S, VENUE_LIFETIME_S},
    },
};

const LAYER: Layer = Layer::Venue;
const MALFORMED: Reason = Reason::TokenMalformed { layer: LAYER };

/// What an issuer says of a venue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Venue {
    /// The issuer, as the trust bundle names it.
    pub issuer: String,
    /// The venue's identifier, given by its issuer.
    pub id: [u8; 8],
    /// Its kind, region and name; here the name is always there.
    pub place: StatedPlace,
    /// Time of issue.
    pub issued_at: UnixTime,
    /// End of validity: at most 180 days later.
    pub expires_at: UnixTime,
    /// Where the status of the poster stands; none for one that can't be withdrawn.
    pub status: Option<StatusReference>,
}

impl Venue {
    /// Reads a venue code; the check is of the issuer's signature by a key that the bundle trusts with venues of this region.
    ///
    /// # Errors
    /// `wrong-type`, `token-malformed`, `algorithm-not-allowed`, a `cbor-…` reason, and those of [`TrustBundle::keys_for`].
    pub fn parse(token: &Value, bundle: &TrustBundle) -> Result<Unverified<Self>, Reason> {
        let envelope = Sign1::parse(token, LAYER)?;
        envelope.demand_type(&Value::Int(VENUE_TYP))?;
        envelope.demand_p256()?;
        if !envelope.protected.only(&[header::ALG, header::KID, header::TYP]) || !envelope.unprotected.0.is_empty() {
            return Err(MALFORMED);
        }
        let venue = Self::from_map(&envelope.claims()?).ok_or(MALFORMED)?;
        let keys = bundle.keys_for(&venue.issuer, envelope.kid(), KeyUse::Venue, Some(venue.place.region), LAYER)?;
        let check = envelope.check(keys);
        Ok(Unverified::new(venue, vec![check]))
    }

    fn from_map(claims: &Map) -> Option<Self> {
        let known = claims.only(&[claim::ISS, claim::EXP, claim::IAT, claim::CTI, claim::STATUS, claim::PLACE]);
        let venue = Self {
            issuer: claims.get(claim::ISS)?.as_text()?.to_owned(),
            id: claims.get(claim::CTI)?.as_bytes()?.try_into().ok()?,
            place: StatedPlace::from_map(claims.get(claim::PLACE)?.as_map()?).filter(|place| place.name.is_some())?,
            issued_at: time(claims, claim::IAT)?,
            expires_at: time(claims, claim::EXP)?,
            status: claims.get(claim::STATUS).map(status_of).transpose().ok()?,
        };
        let lives = (1..=VENUE_LIFETIME_S).contains(&venue.expires_at.since(venue.issued_at));
        (known && lives).then_some(venue)
    }

    /// The venue code before its issuer's signature, by the key with this identifier.
    #[must_use]
    pub fn to_unsigned(&self, kid: KeyId) -> Unsigned {
        let payload = map([
            (claim::ISS, Some(Value::text(&self.issuer))),
            (claim::EXP, Some(Value::Int(self.expires_at.0))),
            (claim::IAT, Some(Value::Int(self.issued_at.0))),
            (claim::CTI, Some(Value::Bytes(self.id.to_vec()))),
            (claim::STATUS, self.status.as_ref().map(status_to_value)),
            (claim::PLACE, Some(self.place.to_value())),
        ]);
        let protected = vec![(header::KID, Value::Bytes(kid.to_vec())), (header::TYP, Value::Int(VENUE_TYP))];
        Unsigned::new(protected, Map::default(), &payload)
    }

    /// Whether it is of this time. The end has no slack, the beginning that of two clocks.
    ///
    /// # Errors
    /// `expired`, `not-yet-valid`.
    pub fn fitness(&self, now: UnixTime) -> Result<(), Reason> {
        if now >= self.expires_at {
            return Err(Reason::Expired { layer: LAYER, expired_at: self.expires_at });
        }
        if self.issued_at > now.plus(CLOCK_SLACK_S) {
            return Err(Reason::NotYetValid { layer: LAYER, valid_from: self.issued_at });
        }
        Ok(())
    }

    /// Whether it is not withdrawn, as far as the status list at hand says. Nothing but a hint rests on a poster, so without that list it
    /// counts.
    ///
    /// # Errors
    /// `revoked`, `status-index-out-of-range`.
    pub fn check_status(&self, list: Option<&StatusList>) -> Result<(), Reason> {
        let Some(reference) = &self.status else { return Ok(()) };
        match list.filter(|list| list.uri() == reference.uri).map(|list| list.get(reference.idx)) {
            None | Some(Ok(status::VALID)) => Ok(()),
            Some(Ok(_)) => Err(Reason::Revoked),
            Some(Err(reason)) => Err(reason),
        }
    }
}
