//! Renewal: credentials of new keys in exchange for one that is held.
//!
//! ```cddl
//! renewal    = request<"application/tongma-renewal+cwt", {1: sd-cwt / delegation, 2: [1*8 possession], ? 3: true}>
//!                                                                                            3: the old ones are to end
//! possession = request<"application/tongma-possession+cwt", {1: COSE_Key}>                     1: the key that signs the renewal
//! ```
//! The renewal is signed by the key of the credential within, or, after a move to a new phone, by the key that the delegation without a
//! relation around it names. Each possession is signed by the new key that it names, for this
//! renewal only: it has the same audience and identifier, and names the renewing key.

use super::request::{Body, Head, Request};
use crate::{
    cbor::{Value, map},
    keys::PublicKey,
    labels::{POSSESSION_TYP, RENEWAL_TYP},
    reason::Reason,
    signature::Unverified,
};

/// The most credentials of one renewal.
pub const MAX_KEYS: usize = 8;

/// What a new key says: that it is there, and for whose renewal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Possession {
    /// The key that signs the renewal.
    pub renewing: PublicKey,
}

impl Body for Possession {
    const TYP: &'static str = POSSESSION_TYP;

    fn to_value(&self) -> Value {
        map([(1, Some(self.renewing.to_cose()))])
    }

    fn from_value(value: &Value) -> Option<Self> {
        let map = value.as_map().filter(|map| map.only(&[1]))?;
        Some(Self { renewing: PublicKey::from_cose(map.get(1)?.as_map()?)? })
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// The credential held, with all its disclosures; in its delegation after a move.
    pub credential: Value,
    /// A signed [`Possession`] of each new key.
    pub possessions: Vec<Value>,
    /// Whether the credentials held before are to end at once.
    pub replace: bool,
}

impl Body for Renewal {
    const TYP: &'static str = RENEWAL_TYP;

    fn to_value(&self) -> Value {
        map([
            (1, Some(self.credential.clone())),
            (2, Some(Value::Array(self.possessions.clone()))),
            (3, self.replace.then(|| Value::bool(true))),
        ])
    }

    fn from_value(value: &Value) -> Option<Self> {
        let map = value.as_map().filter(|map| map.only(&[1, 2, 3]))?;
        let replace = match map.get(3) {
            None => false,
            Some(stated) => stated.as_bool().filter(|replace| *replace)?,
        };
        let possessions = map.get(2)?.as_array().filter(|all| !all.is_empty())?;
        Some(Self { credential: map.get(1)?.clone(), possessions: possessions.to_vec(), replace })
    }
}

impl Renewal {
    /// The new keys; the checks are of each one's own signature.
    ///
    /// # Errors
    /// `too-many-keys`, `key-doubled`, `key-not-proven` where one speaks of another renewal, or why one can't be read.
    pub fn keys(&self, head: &Head) -> Result<Unverified<Vec<PublicKey>>, Reason> {
        if self.possessions.len() > MAX_KEYS {
            return Err(Reason::TooManyKeys { most: MAX_KEYS as u32 });
        }
        let (mut keys, mut checks) = (Vec::new(), Vec::new());
        for token in &self.possessions {
            let (Request { head: own, body }, own_checks) = Request::<Possession>::read(token)?.into_parts();
            checks.extend(own_checks);
            if own.audience != head.audience || own.id != head.id || body.renewing != head.key {
                return Err(Reason::KeyNotProven);
            }
            if own.key == head.key || keys.contains(&own.key) {
                return Err(Reason::KeyDoubled);
            }
            keys.push(own.key);
        }
        Ok(Unverified::new(keys, checks))
    }
}
