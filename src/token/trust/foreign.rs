//! Keys of foreign issuers, each good for its own format and issuer only.
//!
//! ```cddl
//! foreign = {1 (format): 1 / 2 / 3, 2 (issuer): tstr, 3 (kid): bstr, 4: COSE_Key, ? 5 (uses): 1..7, ? 6 (from): int, ? 7 (until): int,
//!            ? 8 (revoked): [+ [rid: tstr, ? before: int]], * int => any}
//! ```
//! Formats: 1 EU DCC, whose issuer is a country (ISO 3166-1, two letters) and whose kid is the first 8 bytes of SHA-256 over the
//! certificate; 2 SMART Health Cards, an `https` address and the JWK thumbprint as text; 3 NZ COVID Pass, a `did:web` and the
//! fragment of the verification method; entries of other formats are passed over. Uses (EU only): 1 vaccination, 2 test, 4 recovery; none means all. The entries stand in
//! strictly rising order of format, issuer, kid and key, so one set of keys has one encoding.

use crate::{
    cbor::{self, Limits, Map, Value, map},
    keys::{KeyType, PublicKey},
    reason::{Layer, Reason},
    time::UnixTime,
    token::Format,
};

/// What a foreign pass attests. The number is the bit of a key's uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Attests {
    /// Vaccination.
    Vaccination = 1,
    /// Test.
    Test = 2,
    /// Recovery.
    Recovery = 4,
}

/// Every use of a key.
pub const ALL_USES: u8 = 7;

/// A revoked pass of a SMART issuer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RevokedId {
    /// The pass's `vc.rid`.
    pub rid: String,
    /// Only passes made before this time are revoked.
    pub before: Option<UnixTime>,
}

/// A key of a foreign issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    /// The one format that the key counts for.
    pub format: Format,
    /// The one issuer that it counts for: country, address or DID.
    pub issuer: String,
    /// Its identifier, as passes state it.
    pub kid: Vec<u8>,
    /// The key.
    pub key: PublicKey,
    /// What it may attest: bits of [`Attests`].
    pub uses: u8,
    /// When its validity begins.
    pub valid_from: Option<UnixTime>,
    /// The last second of its validity.
    pub valid_until: Option<UnixTime>,
    /// Passes that were revoked, by rising identifiers.
    pub revoked: Vec<RevokedId>,
}

impl ForeignKey {
    /// What the order of a bundle goes by.
    fn place(&self) -> (Format, &str, &[u8], &[u8]) {
        (self.format, &self.issuer, &self.kid, self.key.to_sec1())
    }

    fn valid_at(&self, now: UnixTime) -> bool {
        self.valid_from.is_none_or(|from| from <= now) && self.valid_until.is_none_or(|until| now <= until)
    }
}

/// What a pass says of the key that signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHint {
    /// Its format.
    pub format: Format,
    /// Its issuer as it states it; unverified.
    pub issuer: String,
    /// The key's identifier.
    pub kid: Vec<u8>,
    /// Whether the algorithm stated is RSASSA-PSS; else it is ECDSA.
    pub rsa: bool,
    /// What the pass attests, where keys are bound to that.
    pub attests: Option<Attests>,
}

/// The keys of foreign issuers, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignKeys(Vec<ForeignKey>);

impl FromIterator<ForeignKey> for ForeignKeys {
    /// Puts them in order; of two entries for the same key of the same issuer the first one stays.
    fn from_iter<I: IntoIterator<Item = ForeignKey>>(keys: I) -> Self {
        let mut keys: Vec<_> = keys.into_iter().collect();
        keys.sort_by(|one, two| one.place().cmp(&two.place()));
        keys.dedup_by(|two, one| one.place() == two.place());
        Self(keys)
    }
}

impl ForeignKeys {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[ForeignKey] {
        &self.0
    }

    /// The keys that may have signed a pass. A kid may name several: all of them are given.
    ///
    /// # Errors
    /// The first that applies: `unknown-issuer`, `unknown-key`, `algorithm-not-allowed`, `key-use`, `key-not-valid`.
    pub fn find(&self, hint: &KeyHint, now: UnixTime) -> Result<Vec<&ForeignKey>, Reason> {
        let layer = Layer::ForeignPass;
        let mut keys: Vec<_> = self.0.iter().filter(|key| key.format == hint.format && key.issuer == hint.issuer).collect();
        let mut demand = |good: &dyn Fn(&ForeignKey) -> bool, reason: Reason| {
            keys.retain(|key| good(key));
            if keys.is_empty() { Err(reason) } else { Ok(()) }
        };
        demand(&|_| true, Reason::UnknownIssuer { issuer: hint.issuer.clone() })?;
        demand(&|key| key.kid == hint.kid, Reason::UnknownKey)?;
        demand(&|key| (key.key.key_type() == KeyType::Rsa) == hint.rsa, Reason::AlgorithmNotAllowed { layer })?;
        demand(&|key| hint.attests.is_none_or(|attests| key.uses & attests as u8 != 0), Reason::KeyUse { layer })?;
        demand(&|key| key.valid_at(now), Reason::KeyNotValid)?;
        Ok(keys)
    }

    /// The keys as they stand in a bundle, for a file of their own.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        self.write().unwrap_or_else(|| Value::Array(Vec::new())).encode()
    }

    /// Reads what [`ForeignKeys::encode`] wrote.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        Self::read(&cbor::decode(bytes, Limits::FILE).ok()?)
    }

    pub(super) fn read(items: &Value) -> Option<Self> {
        // A later version may know more formats.
        let known = |item: &&Value| item.as_map().and_then(|item| item.get(1)?.as_int()).is_none_or(|format| format <= 3);
        let keys: Vec<_> = items.as_array()?.iter().filter(known).map(|item| read(item.as_map()?)).collect::<Option<_>>()?;
        keys.windows(2).all(|pair| pair[0].place() < pair[1].place()).then_some(Self(keys))
    }

    /// None when there is no key: a bundle without foreign keys is what it was before there were any.
    pub(super) fn write(&self) -> Option<Value> {
        (!self.0.is_empty()).then(|| Value::Array(self.0.iter().map(write).collect()))
    }
}

fn read(item: &Map) -> Option<ForeignKey> {
    if item.0.iter().any(|(key, _)| key.as_int().is_none()) {
        return None;
    }
    let time = |key| match item.get(key) {
        None => Some(None),
        Some(time) => time.as_int().map(|time| Some(UnixTime(time))),
    };
    let uses = match item.get(5) {
        None => ALL_USES,
        Some(uses) => u8::try_from(uses.as_int()?).ok().filter(|uses| (1..=ALL_USES).contains(uses))?,
    };
    let revoked = match item.get(8) {
        None => Vec::new(),
        Some(ids) => ids.as_array().filter(|ids| !ids.is_empty())?.iter().map(revoked_id).collect::<Option<_>>()?,
    };
    Some(ForeignKey {
        format: Format::foreign(u8::try_from(item.get(1)?.as_int()?).ok()?)?,
        issuer: item.get(2)?.as_text().filter(|issuer| !issuer.is_empty())?.to_owned(),
        kid: item.get(3)?.as_bytes().filter(|kid| !kid.is_empty())?.to_vec(),
        key: PublicKey::from_whole_cose(item.get(4)?.as_map()?)?,
        uses,
        valid_from: time(6)?,
        valid_until: time(7)?,
        revoked,
    })
}

fn revoked_id(item: &Value) -> Option<RevokedId> {
    let (rid, before) = match item.as_array()? {
        [rid] => (rid, None),
        [rid, before] => (rid, Some(UnixTime(before.as_int()?))),
        _ => return None,
    };
    Some(RevokedId { rid: rid.as_text()?.to_owned(), before })
}

fn write(key: &ForeignKey) -> Value {
    let time = |time: Option<UnixTime>| time.map(|time| Value::Int(time.0));
    let revoked = key.revoked.iter().map(|id| {
        let before = id.before.map(|before| Value::Int(before.0));
        Value::Array([Some(Value::text(&id.rid)), before].into_iter().flatten().collect())
    });
    map([
        (1, Some(Value::Int(key.format as i64))),
        (2, Some(Value::text(&key.issuer))),
        (3, Some(Value::Bytes(key.kid.clone()))),
        (4, Some(key.key.to_whole_cose())),
        (5, (key.uses != ALL_USES).then(|| Value::Int(key.uses.into()))),
        (6, time(key.valid_from)),
        (7, time(key.valid_until)),
        (8, (!key.revoked.is_empty()).then(|| Value::Array(revoked.collect()))),
    ])
}
