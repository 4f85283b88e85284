//! Status list: the IETF Token Status List in its CWT form (draft-ietf-oauth-status-list-21 §5.2).
//!
//! ```cddl
//! status-list = #6.18([protected: bstr .cbor {1: alg, ? 4: bstr, 16: "application/statuslist+cwt"}, {? 4: bstr}, payload: bstr .cbor claims, signature: bstr])
//! claims      = {2 (sub): tstr, 6 (iat): int, ? 4 (exp): int, ? 65534 (ttl): uint, 65533 (status_list): list, * any => any}
//! list        = {"bits": 1 / 2 / 4 / 8, "lst": bstr, ? "aggregation_uri": tstr}   ; lst: zlib (RFC 1950)
//! ```
//! This program's lists have two bits an entry. A list has no issuer of its own: the trust bundle's entry for its URI names the
//! issuer whose keys must have signed it. Beside each list its issuer publishes what changed lately: see [`StatusDelta`].

mod array;
mod delta;
mod entries;

pub use array::StatusArray;
pub use delta::StatusDelta;

use entries::Entries;

use crate::{
    cbor::{self, Limits, Map, Value, map},
    cose::{Sign1, Unsigned, header},
    keys::{KeyId, PublicKey},
    labels::{self, claim},
    reason::{Layer, Reason},
    signature::Unverified,
    time::{UnixTime, defaults},
    token::trust::{KeyUse, TrustBundle},
};

/// The credential's own colour stands (§7.1 of the draft: VALID).
pub const VALID: u8 = 0;
/// Revoked for good (INVALID).
pub const REVOKED: u8 = 1;
/// Suspended: treat as red (SUSPENDED).
pub const SUSPENDED: u8 = 2;
/// Turned yellow since the issue (application specific).
pub const YELLOW: u8 = 3;

const LAYER: Layer = Layer::StatusList;
const MALFORMED: Reason = Reason::TokenMalformed { layer: LAYER };

/// A status list token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusList {
    uri: String,
    issued_at: UnixTime,
    expires_at: Option<UnixTime>,
    ttl_s: Option<u32>,
    entries: Entries,
}

impl StatusList {
    /// A new list. `ttl_s` is after how many seconds a holder of the list should fetch it anew.
    #[must_use]
    pub fn new(uri: String, issued_at: UnixTime, expires_at: Option<UnixTime>, ttl_s: Option<u32>, array: StatusArray) -> Self {
        Self { uri, issued_at, expires_at, ttl_s, entries: Entries::of(array) }
    }

    /// Reads a list; its signature is still to be checked. The trust bundle says whose keys may have made it.
    ///
    /// # Errors
    /// `wrong-type`, `token-malformed`, `algorithm-not-allowed`, a `cbor-…` reason (`cbor-too-large` also for a list that would
    /// inflate beyond 4 MiB), `unknown-issuer` for a list that the bundle does not name, `unknown-key`, `key-use`.
    pub fn parse(bytes: &[u8], bundle: &TrustBundle) -> Result<Unverified<Self>, Reason> {
        let (envelope, list) = read(bytes)?;
        let entry = bundle.list(&list.uri).ok_or_else(|| Reason::UnknownIssuer { issuer: list.uri.clone() })?;
        let keys = bundle.keys_for(&entry.issuer, envelope.kid(), KeyUse::Status, None, LAYER)?;
        Ok(Unverified::new(list, vec![envelope.check(keys)]))
    }

    /// Reads a list of a foreign party by keys that are known to be its own, whatever key identifier it states.
    ///
    /// # Errors
    /// As [`StatusList::parse`], but for those of the bundle.
    pub fn parse_with_keys(bytes: &[u8], keys: Vec<PublicKey>) -> Result<Unverified<Self>, Reason> {
        let (envelope, list) = read(bytes)?;
        Ok(Unverified::new(list, vec![envelope.check(keys)]))
    }

    /// The list before its issuer's signature. The encoding is deterministic.
    #[must_use]
    pub fn to_unsigned(&self, kid: KeyId) -> Unsigned {
        let payload = map([
            (claim::SUB, Some(Value::text(&self.uri))),
            (claim::IAT, Some(Value::Int(self.issued_at.0))),
            (claim::EXP, self.expires_at.map(|time| Value::Int(time.0))),
            (claim::TTL, self.ttl_s.map(|ttl| Value::Int(ttl.into()))),
            (claim::STATUS_LIST, Some(Value::Map(self.entries.to_array().to_map()))),
        ]);
        let protected = vec![(header::KID, Value::Bytes(kid.to_vec())), (header::TYP, Value::text(labels::STATUS_LIST_TYP))];
        Unsigned::new(protected, Map::default(), &payload)
    }

    /// The status of an entry, one of [`VALID`], [`REVOKED`], [`SUSPENDED`], [`YELLOW`] or a foreign one.
    ///
    /// # Errors
    /// `status-index-out-of-range`.
    pub fn get(&self, idx: u32) -> Result<u8, Reason> {
        self.entries.get(idx)
    }

    /// The list's URI, which equals the one in a credential's reference.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// When it was made.
    #[must_use]
    pub const fn issued_at(&self) -> UnixTime {
        self.issued_at
    }

    /// End of validity, where it states one.
    #[must_use]
    pub const fn expires_at(&self) -> Option<UnixTime> {
        self.expires_at
    }

    /// After how many seconds it should be fetched anew, where it says so.
    #[must_use]
    pub const fn ttl_s(&self) -> Option<u32> {
        self.ttl_s
    }

    /// The entries, unpacked.
    #[must_use]
    pub fn array(&self) -> StatusArray {
        self.entries.to_array()
    }

    /// Bytes of memory that the entries take.
    #[must_use]
    pub const fn held_bytes(&self) -> usize {
        self.entries.held_bytes()
    }

    /// This list as its issuer says that it is now. The list must be no older than the beginning of what the delta tells, and no newer
    /// than its end.
    ///
    /// # Errors
    /// `list-older` where the list is newer, `delta-other-base` where it is too old or another one, `status-index-out-of-range`,
    /// `delta-mismatch` where the result is not what the issuer states.
    pub fn with(&self, delta: &StatusDelta) -> Result<Self, Reason> {
        delta.apply(self)
    }

    /// Whether a verdict may rest on this list at this time; `max_age_s` is the bundle's rule. A time of issue in the future is
    /// not judged here: the verifier's clock is floored by it.
    ///
    /// # Errors
    /// `expired`, `status-too-old`.
    pub fn fitness(&self, now: UnixTime, max_age_s: u32) -> Result<(), Reason> {
        if let Some(expired_at) = self.expires_at
            && now.since(expired_at) >= defaults::CLOCK_SLACK_S
        {
            return Err(Reason::Expired { layer: LAYER, expired_at });
        }
        if now.since(self.issued_at) > i64::from(max_age_s) {
            return Err(Reason::StatusTooOld { issued_at: self.issued_at });
        }
        Ok(())
    }
}

/// Where what changed in a list lies, by the path of the list: that of `status/0.cbor` is `status/0.delta.cbor`.
#[must_use]
pub fn delta_path(path: &str) -> String {
    match path.rsplit_once('.') {
        Some((stem, extension)) => [stem, "delta", extension].join("."),
        None => [path, "delta"].join("."),
    }
}

fn read(bytes: &[u8]) -> Result<(Sign1, StatusList), Reason> {
    let envelope = Sign1::parse(&cbor::decode(bytes, Limits::FILE)?, LAYER)?;
    envelope.demand_type(&Value::text(labels::STATUS_LIST_TYP))?;
    envelope.demand_p256()?;
    let claims = envelope.claims()?;
    let entries = claims.get(claim::STATUS_LIST).and_then(Value::as_map).ok_or(MALFORMED)?;
    let list = StatusList {
        uri: claims.get(claim::SUB).and_then(Value::as_text).filter(|uri| !uri.is_empty()).ok_or(MALFORMED)?.to_owned(),
        issued_at: claims.get(claim::IAT).and_then(Value::as_int).map(UnixTime).ok_or(MALFORMED)?,
        expires_at: optional(&claims, claim::EXP, |value| value.as_int().map(UnixTime))?,
        ttl_s: optional(&claims, claim::TTL, |value| u32::try_from(value.as_int()?).ok())?,
        entries: Entries::of(StatusArray::from_map(entries)?),
    };
    Ok((envelope, list))
}

fn optional<T>(claims: &Map, key: i64, read: impl Fn(&Value) -> Option<T>) -> Result<Option<T>, Reason> {
    claims.get(key).map(|value| read(value).ok_or(MALFORMED)).transpose()
}

#[cfg(test)]
mod tests;
