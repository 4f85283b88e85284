//! What changed in a status list lately, so that a gate need not fetch the whole list every day.
//!
//! ```cddl
//! delta   = #6.18([protected: bstr .cbor {1: alg, 4: bstr, 16: "application/tongma-status-delta+cwt"}, {}, payload: bstr .cbor claims, signature: bstr])
//! claims  = {2 (sub): tstr, 6 (iat): int, ? 4 (exp): int, ? 65534 (ttl): uint, -65545 (delta): changes}
//! changes = {1 (since): int, 2 (bits): 1 / 2 / 4 / 8, 3 (entries): bstr, 4 (result): bstr .size 16}
//! ```
//! It states the value *now* of every entry that changed since a time, also of one that changed back. So it fits every list of this URI
//! made between that time and its own, and turns each of them into the same list; `result` names that one's content (see
//! [`Fingerprint`]), and a gate takes nothing else. `entries` are numbers in LEB128, each in its shortest form and below 2³²:
//! `gap << bits | value`, where the gap is the first entry's index, then the number of entries passed over. A delta lies beside its list:
//! that of `status/0.cbor` is `status/0.delta.cbor`. Its issuer and its keys are those of the list.

use super::{LAYER, MALFORMED, StatusList, entries::Fingerprint, optional};
use crate::{
    cbor::{self, Limits, Map, Value, map},
    cose::{Sign1, Unsigned, header},
    keys::KeyId,
    labels::{self, claim},
    reason::Reason,
    signature::Unverified,
    time::UnixTime,
    token::trust::{KeyUse, TrustBundle},
};

/// Most bytes of the changed entries: with so many a whole list is smaller.
const MAX_ENTRIES: usize = 1 << 20;

/// The changes of a status list since some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusDelta {
    uri: String,
    issued_at: UnixTime,
    expires_at: Option<UnixTime>,
    ttl_s: Option<u32>,
    since: UnixTime,
    bits: u8,
    /// Index and value, by rising index.
    changes: Vec<(u32, u8)>,
    result: Fingerprint,
}

impl StatusDelta {
    /// What leads to this list from any list made since that time, given the entries that changed since, in any order.
    ///
    /// # Errors
    /// `status-index-out-of-range`.
    pub fn new(list: &StatusList, since: UnixTime, mut changed: Vec<u32>) -> Result<Self, Reason> {
        changed.sort_unstable();
        changed.dedup();
        let changes = changed.into_iter().map(|idx| Ok((idx, list.get(idx)?))).collect::<Result<_, Reason>>()?;
        let &StatusList { issued_at, expires_at, ttl_s, ref uri, ref entries } = list;
        let (bits, result) = (entries.bits(), entries.fingerprint());
        Ok(Self { uri: uri.clone(), issued_at, expires_at, ttl_s, since, bits, changes, result })
    }

    /// What leads from one list to a newer one of the same URI; it fits the first one only, for what changed and changed back between
    /// them is not known here.
    ///
    /// # Errors
    /// `delta-other-base` for lists that don't go together, `list-older` for lists in the wrong order.
    pub fn between(old: &StatusList, new: &StatusList) -> Result<Self, Reason> {
        if old.uri != new.uri || old.entries.bits() != new.entries.bits() {
            return Err(Reason::DeltaOtherBase { held_at: old.issued_at, since_at: new.issued_at });
        }
        if new.issued_at < old.issued_at {
            return Err(Reason::ListOlder { held_at: old.issued_at, offered_at: new.issued_at });
        }
        let (one, two) = (old.array(), new.array());
        let last = u32::try_from(two.len()).unwrap_or(u32::MAX);
        Self::new(new, old.issued_at, (0..last).filter(|idx| one.get(*idx) != two.get(*idx)).collect())
    }

    /// Reads a delta; its signature is still to be checked. The trust bundle says whose keys may have made it.
    ///
    /// # Errors
    /// As [`StatusList::parse`].
    pub fn parse(bytes: &[u8], bundle: &TrustBundle) -> Result<Unverified<Self>, Reason> {
        let envelope = Sign1::parse(&cbor::decode(bytes, Limits::FILE)?, LAYER)?;
        envelope.demand_type(&Value::text(labels::STATUS_DELTA_TYP))?;
        envelope.demand_p256()?;
        if !envelope.protected.only(&[header::ALG, header::KID, header::TYP]) || !envelope.unprotected.0.is_empty() {
            return Err(MALFORMED);
        }
        let delta = read(&envelope.claims()?)?;
        let entry = bundle.list(&delta.uri).ok_or_else(|| Reason::UnknownIssuer { issuer: delta.uri.clone() })?;
        let keys = bundle.keys_for(&entry.issuer, envelope.kid(), KeyUse::Status, None, LAYER)?;
        Ok(Unverified::new(delta, vec![envelope.check(keys)]))
    }

    /// The delta before its issuer's signature. The encoding is deterministic.
    #[must_use]
    pub fn to_unsigned(&self, kid: KeyId) -> Unsigned {
        let changes = map([
            (1, Some(Value::Int(self.since.0))),
            (2, Some(Value::Int(self.bits.into()))),
            (3, Some(Value::Bytes(pack(&self.changes, self.bits)))),
            (4, Some(Value::Bytes(self.result.to_vec()))),
        ]);
        let payload = map([
            (claim::SUB, Some(Value::text(&self.uri))),
            (claim::IAT, Some(Value::Int(self.issued_at.0))),
            (claim::EXP, self.expires_at.map(|time| Value::Int(time.0))),
            (claim::TTL, self.ttl_s.map(|ttl| Value::Int(ttl.into()))),
            (claim::STATUS_DELTA, Some(changes)),
        ]);
        let protected = vec![(header::KID, Value::Bytes(kid.to_vec())), (header::TYP, Value::text(labels::STATUS_DELTA_TYP))];
        Unsigned::new(protected, Map::default(), &payload)
    }

    pub(super) fn apply(&self, held: &StatusList) -> Result<StatusList, Reason> {
        if self.issued_at < held.issued_at {
            return Err(Reason::ListOlder { held_at: held.issued_at, offered_at: self.issued_at });
        }
        if self.uri != held.uri || held.issued_at < self.since || held.entries.bits() != self.bits {
            return Err(Reason::DeltaOtherBase { held_at: held.issued_at, since_at: self.since });
        }
        let entries = held.entries.with(&self.changes)?;
        if entries.fingerprint() != self.result {
            return Err(Reason::DeltaMismatch);
        }
        Ok(StatusList { uri: self.uri.clone(), issued_at: self.issued_at, expires_at: self.expires_at, ttl_s: self.ttl_s, entries })
    }

    /// The URI of its list.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// The oldest list that it fits.
    #[must_use]
    pub const fn since(&self) -> UnixTime {
        self.since
    }

    /// When it was made: the time of the list that it leads to.
    #[must_use]
    pub const fn issued_at(&self) -> UnixTime {
        self.issued_at
    }

    /// The changed entries, by rising index, with their values.
    #[must_use]
    pub fn changes(&self) -> &[(u32, u8)] {
        &self.changes
    }
}

fn read(claims: &Map) -> Result<StatusDelta, Reason> {
    let changes = claims.get(claim::STATUS_DELTA).and_then(Value::as_map).ok_or(MALFORMED)?;
    if !claims.only(&[claim::SUB, claim::IAT, claim::EXP, claim::TTL, claim::STATUS_DELTA]) || !changes.only(&[1, 2, 3, 4]) {
        return Err(MALFORMED);
    }
    let bits = changes.get(2).and_then(Value::as_int).and_then(|bits| u8::try_from(bits).ok());
    let bits = bits.filter(|bits| matches!(bits, 1 | 2 | 4 | 8)).ok_or(MALFORMED)?;
    Ok(StatusDelta {
        uri: claims.get(claim::SUB).and_then(Value::as_text).filter(|uri| !uri.is_empty()).ok_or(MALFORMED)?.to_owned(),
        issued_at: claims.get(claim::IAT).and_then(Value::as_int).map(UnixTime).ok_or(MALFORMED)?,
        expires_at: optional(claims, claim::EXP, |value| value.as_int().map(UnixTime))?,
        ttl_s: optional(claims, claim::TTL, |value| u32::try_from(value.as_int()?).ok())?,
        since: changes.get(1).and_then(Value::as_int).map(UnixTime).ok_or(MALFORMED)?,
        bits,
        changes: changes.get(3).and_then(Value::as_bytes).and_then(|bytes| unpack(bytes, bits)).ok_or(MALFORMED)?,
        result: changes.get(4).and_then(Value::as_bytes).and_then(|bytes| bytes.try_into().ok()).ok_or(MALFORMED)?,
    })
}

/// The entries as numbers in LEB128.
fn pack(changes: &[(u32, u8)], bits: u8) -> Vec<u8> {
    let (mut out, mut next) = (Vec::new(), 0_u64);
    for (idx, value) in changes {
        let mut number = (u64::from(*idx) - next) << bits | u64::from(*value);
        next = u64::from(*idx) + 1;
        while number > 0x7f {
            out.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        out.push(number as u8);
    }
    out
}

/// None for a number that is cut, too large or longer than it need be, and for an index beyond 2³².
fn unpack(bytes: &[u8], bits: u8) -> Option<Vec<(u32, u8)>> {
    if bytes.len() > MAX_ENTRIES {
        return None;
    }
    let (mut changes, mut next, mut number, mut shift) = (Vec::new(), 0_u32, 0_u64, 0_u32);
    for byte in bytes {
        number |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 != 0 {
            if shift > 28 {
                return None;
            }
            continue;
        }
        let number_32 = u32::try_from(number).ok()?;
        if *byte == 0 && shift > 7 {
            return None;
        }
        let idx = next.checked_add(number_32 >> bits)?;
        changes.push((idx, (number_32 & ((1 << bits) - 1)) as u8));
        next = idx.checked_add(1)?;
        (number, shift) = (0, 0);
    }
    (shift == 0).then_some(changes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn entries_round_trip(bits in proptest::sample::select(vec![1_u8, 2, 4, 8]), entries in proptest::collection::btree_map(0_u32..1 << 22, any::<u8>(), 0..60)) {
            let changes: Vec<_> = entries.into_iter().map(|(idx, value)| (idx, value & (0xff >> (8 - bits)))).collect();
            prop_assert_eq!(unpack(&pack(&changes, bits), bits), Some(changes));
        }

        #[test]
        fn what_unpacks_packs_so_and_in_no_other_way(bits in proptest::sample::select(vec![1_u8, 2, 4, 8]), bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            if let Some(changes) = unpack(&bytes, bits) {
                prop_assert_eq!(pack(&changes, bits), bytes);
            }
        }
    }

    #[test]
    fn numbers_have_one_spelling_and_a_bound() {
        for bytes in [
            &[0x80, 0][..],
            &[0x81],
            &[0xff, 0xff, 0xff, 0xff, 0x10],
            &[0xff; 6],
            &[0xff, 0xff, 0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0xff, 0x0f],
        ] {
            assert_eq!(unpack(bytes, 1), None, "{bytes:02x?}");
        }
        assert_eq!(unpack(&[0x07, 0x02], 2), Some(vec![(1, 3), (2, 2)]));
        assert_eq!(unpack(&vec![0; MAX_ENTRIES + 1], 2), None);
    }
}
