//! Trust bundle: whose signatures count, for what and where; signed by the root key that a deployment pins.
//!
//! ```cddl
//! bundle    = #6.18([protected: bstr .cbor {1: alg, ? 4: bstr, 16: "application/tongma-bundle+cwt"}, {}, payload: bstr .cbor list, signature: bstr])
//! list      = {1 (seq): uint .size 4, 2 (iat): int, 3 (exp): int, 4: [* issuer], 5: [* status], 6: lifetimes,
//!              ? 7: [+ foreign], ? 8 (rules): [1*64 tstr],                       ; rules: JSON, see `policy::set`; at most 256 KiB each
//!              ? 9 (people): 1..200, * int => any}                             ; the most people that a wallet has passes of
//! issuer    = {1 (id): tstr, 2 (name): {+ lang: tstr}, 3: [+ key], * int => any}
//! key       = {1: COSE_Key, 2 (uses): 1..15, ? 3 (regions): [+ uint], * int => any}  ; uses: 1 credential, 2 status, 4 venue, 8 paper
//! status    = {1 (uri): tstr, 2 (path): tstr, 3 (issuer): tstr, * int => any}        ; path: [a-z0-9/._-]+, relative
//! lifetimes = {1 (status): uint, 2 (bundle): uint, * int => any}                     ; greatest ages, in seconds
//! ```
//! A region is a GB/T 2260 number: 360000 stands for all of Jiangxi, 360100 for all of Nanchang, 0 for everywhere; a key without
//! regions may sign for everywhere. A COSE_Key states both coordinates, so that reading a bundle needs no arithmetic on the curve.
//! Integer keys that this version does not know are passed over: a bundle may grow.

mod codec;
mod foreign;

pub use foreign::{ALL_USES, Attests, ForeignKey, ForeignKeys, KeyHint, RevokedId};

use crate::{
    cose::Unsigned,
    keys::PublicKey,
    reason::{Layer, Reason},
    signature::{Unverified, Verified},
    table::Table,
    time::{UnixTime, defaults},
};

/// What a key may be used for. The number is the bit in a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum KeyUse {
    /// Credentials.
    Credential = 1,
    /// Status lists.
    Status = 2,
    /// Venue codes.
    Venue = 4,
    /// Paper codes.
    Paper = 8,
}

/// A set of uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyUses(u8);

impl KeyUses {
    /// These uses.
    #[must_use]
    pub fn of(uses: &[KeyUse]) -> Self {
        Self(uses.iter().fold(0, |bits, usage| bits | *usage as u8))
    }

    /// From the bits of a bundle; none when no bit or an unknown one is set.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Option<Self> {
        if bits >= 1 && bits <= 15 { Some(Self(bits)) } else { None }
    }

    /// The bits.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether this use is among them.
    #[must_use]
    pub const fn allow(self, usage: KeyUse) -> bool {
        self.0 & usage as u8 != 0
    }
}

/// A key of an issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerKey {
    /// The key.
    pub key: PublicKey,
    /// What it may sign.
    pub uses: KeyUses,
    /// Regions (GB/T 2260) that it may sign for; empty is everywhere.
    pub regions: Vec<u32>,
}

impl IssuerKey {
    /// Whether the key may sign for this region.
    #[must_use]
    pub fn covers(&self, region: u32) -> bool {
        self.regions.is_empty() || self.regions.iter().any(|whole| covers(*whole, region))
    }
}

/// Whether the region `whole` is `part` or has it within: zeros at the end of a GB/T 2260 number stand for all of a place.
pub(crate) const fn covers(whole: u32, part: u32) -> bool {
    if whole == 0 {
        true
    } else if whole.is_multiple_of(10_000) {
        whole / 10_000 == part / 10_000
    } else if whole.is_multiple_of(100) {
        whole / 100 == part / 100
    } else {
        whole == part
    }
}

/// An issuer and its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// Its name by language tag, such as `zh-CN`.
    pub name: Table<String, String>,
    /// Its keys.
    pub keys: Vec<IssuerKey>,
}

/// A status list that verifiers should hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListEntry {
    /// Where it is, relative to the deployment's `/public/`: `[a-z0-9/._-]+`, no `..`.
    pub path: String,
    /// The issuer whose keys sign it.
    pub issuer: String,
}

/// Greatest ages of data that verdicts may rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    /// Of a status list, in seconds.
    pub status_max_age_s: u32,
    /// Of the bundle, in seconds.
    pub bundle_max_age_s: u32,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { status_max_age_s: defaults::STATUS_MAX_AGE_S as u32, bundle_max_age_s: defaults::BUNDLE_MAX_AGE_S as u32 }
    }
}

/// A trust bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustBundle {
    /// Sequence number; only rises.
    pub seq: u32,
    /// When it was made.
    pub issued_at: UnixTime,
    /// End of validity.
    pub expires_at: UnixTime,
    /// Issuers by identifier.
    pub issuers: Table<String, Issuer>,
    /// Status lists by URI.
    pub lists: Table<String, ListEntry>,
    /// Greatest ages.
    pub lifetimes: Lifetimes,
    /// Keys of foreign issuers.
    pub foreign: ForeignKeys,
    /// The most people that a wallet has passes of, 1 to 200; none where it is the wallet's to say.
    #[cfg(feature = "everyday")]
    pub people: Option<u8>,
    /// Sets of rules for places, as JSON: see `policy::set`. What they are worth, `policy::book` says.
    pub rules: Vec<String>,
}

impl TrustBundle {
    /// The most people that a bundle can let a wallet have passes of.
    #[cfg(feature = "everyday")]
    pub const MOST_PEOPLE: u8 = 200;

    /// Reads a bundle; its signature is still to be checked.
    ///
    /// # Errors
    /// `wrong-type`, `token-malformed`, `algorithm-not-allowed` or a `cbor-…` reason.
    pub fn parse(bytes: &[u8], root: &PublicKey) -> Result<Unverified<Self>, Reason> {
        codec::parse(bytes, root)
    }

    /// Reads a bundle and checks its signature with the core's own p256.
    ///
    /// # Errors
    /// As [`TrustBundle::parse`], and `bundle-wrong-root`.
    pub fn open(bytes: &[u8], root: &PublicKey) -> Result<Verified<Self>, Reason> {
        Self::parse(bytes, root)?.check_here().map_err(|_| Reason::BundleWrongRoot)
    }

    /// The bundle before the root key's signature. The encoding is deterministic.
    #[must_use]
    pub fn to_unsigned(&self, root: &PublicKey) -> Unsigned {
        codec::unsigned(self, root)
    }

    /// The root key that a bundle states itself. Whoever trusts it trusts whoever made the file.
    #[must_use]
    pub fn stated_root(bytes: &[u8]) -> Option<PublicKey> {
        codec::stated_root(bytes)
    }

    /// The signed bundle's bytes.
    #[must_use]
    #[cfg(feature = "p256")]
    pub fn sign(&self, root: &crate::keys::SecretKey) -> Vec<u8> {
        let unsigned = self.to_unsigned(&root.public());
        let signature = root.sign(&unsigned.message());
        unsigned.finish(&signature).encode()
    }

    /// Whether a bundle may take the place of the one held: its sequence number is higher, or the same with no earlier time.
    ///
    /// # Errors
    /// `bundle-rolled-back`.
    pub fn check_succession(held: Option<&Self>, offered: &Self) -> Result<(), Reason> {
        match held {
            Some(held) if (offered.seq, offered.issued_at) < (held.seq, held.issued_at) => {
                Err(Reason::BundleRolledBack { held: held.seq, offered: offered.seq })
            }
            _ => Ok(()),
        }
    }

    /// Whether verdicts may rest on this bundle at this time.
    ///
    /// # Errors
    /// `bundle-expired`, `bundle-too-old`.
    pub fn fitness(&self, now: UnixTime) -> Result<(), Reason> {
        if now.since(self.expires_at) >= defaults::CLOCK_SLACK_S {
            return Err(Reason::BundleExpired { expired_at: self.expires_at });
        }
        if now.since(self.issued_at) > i64::from(self.lifetimes.bundle_max_age_s) {
            return Err(Reason::BundleTooOld { issued_at: self.issued_at });
        }
        Ok(())
    }

    /// The keys of an issuer that may have signed a token. The key identifier is a hint: all keys whose hash begins with it are given.
    ///
    /// `region` is that of the credential, where there is one; `layer` is what was signed, for the reason.
    ///
    /// # Errors
    /// The first that applies: `unknown-issuer`, `unknown-key`, `key-use`, `key-region`.
    pub fn keys_for(
        &self,
        issuer: &str,
        kid: Option<&[u8]>,
        usage: KeyUse,
        region: Option<u32>,
        layer: Layer,
    ) -> Result<Vec<PublicKey>, Reason> {
        let known = self.issuers.get(issuer).ok_or_else(|| Reason::UnknownIssuer { issuer: issuer.to_owned() })?;
        let named: Vec<_> = known.keys.iter().filter(|key| kid.is_none_or(|kid| names(kid, &key.key))).collect();
        if named.is_empty() {
            return Err(Reason::UnknownKey);
        }
        let usable: Vec<_> = named.into_iter().filter(|key| key.uses.allow(usage)).collect();
        if usable.is_empty() {
            return Err(Reason::KeyUse { layer });
        }
        let Some(region) = region else { return Ok(usable.into_iter().map(|key| key.key.clone()).collect()) };
        let keys: Vec<_> = usable.into_iter().filter(|key| key.covers(region)).map(|key| key.key.clone()).collect();
        if keys.is_empty() { Err(Reason::KeyRegion { region }) } else { Ok(keys) }
    }

    /// An issuer's name by language tag; empty when the issuer is unknown.
    #[must_use]
    pub fn names(&self, issuer: &str) -> std::collections::BTreeMap<String, String> {
        self.issuers.get(issuer).into_iter().flat_map(|issuer| issuer.name.iter()).map(|(tag, name)| (tag.clone(), name.clone())).collect()
    }

    /// The entry of a status list.
    #[must_use]
    pub fn list(&self, uri: &str) -> Option<&ListEntry> {
        self.lists.get(uri)
    }
}

/// Whether a key identifier of 4 to 8 bytes names this key: the first bytes of SHA-256 over the SEC 1 point.
fn names(kid: &[u8], key: &PublicKey) -> bool {
    (4..=8).contains(&kid.len()) && key.thumbprint().starts_with(kid)
}

#[cfg(test)]
mod tests;
