//! The log of a gate (网上固证): what was answered and when, without any data of a person, chained so that no later change, gap or
//! cut goes unseen.
//!
//! Each entry's hash covers the hash before it: `SHA-256("tongma-log-1" ‖ previous ‖ CBOR [seq, at, outcome, reason, rule, place])`.
//! Whoever exports the log signs its end with a key that the gate made for this and can't give away. So an entry altered or
//! taken out breaks the chain, entries cut off at the end miss the signed head, and a chain calculated anew lacks the signature.

#[cfg(feature = "p256")]
mod check;
mod export;

#[cfg(feature = "p256")]
pub use check::{LogFault, check};
pub use export::{Export, FileFormat};

use super::{Outcome, Verdict};
use crate::{cbor::Value, time::UnixTime};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What chains begin with, and what keeps their hashes from being taken for others.
const DOMAIN: &[u8] = b"tongma-log-1";

/// A hash of the chain, in base64url at the boundary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

impl Serialize for Hash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::text::bytes::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = crate::text::bytes::deserialize(deserializer)?;
        bytes.try_into().map(Self).map_err(|_| serde::de::Error::custom("not a hash"))
    }
}

/// One answer of the gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Number of the entry since the gate was set up; rises by one.
    pub seq: u32,
    /// When the answer was given.
    pub at: UnixTime,
    /// The answer.
    pub outcome: Outcome,
    /// Code of the reason; none for a plain pass.
    pub reason: Option<String>,
    /// Identifier of the rule that decided.
    pub rule: Option<String>,
    /// Kind of the place.
    pub place: Option<String>,
}

impl Entry {
    /// The entry of a verdict. Nothing of the person goes into it: no colour, no claim, no hash of the code.
    #[must_use]
    pub fn of(verdict: &Verdict, rule: Option<String>, place: Option<String>, seq: u32, at: UnixTime) -> Self {
        Self { seq, at, outcome: verdict.outcome, reason: verdict.reason.clone(), rule, place }
    }

    /// The hash of this entry behind the one before it.
    #[must_use]
    pub fn hash(&self, previous: &Hash) -> Hash {
        let text = |text: &Option<String>| text.as_ref().map_or(Value::Simple(22), Value::text);
        let fields = Value::Array(vec![
            Value::Int(self.seq.into()),
            Value::Int(self.at.0),
            Value::text(self.outcome.code()),
            text(&self.reason),
            text(&self.rule),
            text(&self.place),
        ]);
        Hash(Sha256::new().chain_update(DOMAIN).chain_update(previous.0).chain_update(fields.encode()).finalize().into())
    }
}

/// Consecutive entries, and what they are chained to: a part of the log as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Chain {
    /// Hash before the first entry; zeros at the very beginning.
    pub previous: Hash,
    /// Number of the first entry, also while there is none.
    pub first: u32,
    /// The entries.
    pub entries: Vec<Entry>,
}

impl Chain {
    /// A chain that goes on behind this one.
    #[must_use]
    pub fn next(&self) -> Self {
        Self { previous: self.head(), first: self.end(), entries: Vec::new() }
    }

    /// The hash of the last entry.
    #[must_use]
    pub fn head(&self) -> Hash {
        self.entries.iter().fold(self.previous, |previous, entry| entry.hash(&previous))
    }

    /// The number that the next entry gets.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.first.saturating_add(u32::try_from(self.entries.len()).unwrap_or(u32::MAX))
    }

    /// Adds the entry of a verdict.
    pub fn note(&mut self, verdict: &Verdict, rule: Option<String>, place: Option<String>, at: UnixTime) {
        self.entries.push(Entry::of(verdict, rule, place, self.end(), at));
    }
}
