//! What a guardian's phone showed of somebody else's code: a plain list that it shows to that person's phone when the two meet.
//!
//! ```cddl
//! told    = #6.5524819([nonce: bstr .size 16, [* 60 showing]])           ; the nonce of the request that was granted
//! showing = [at: int, until: int, claims: [* claim-key], ? place]       ; place as in a challenge
//! ```
//! Nobody signs it: it is one phone's word to the other, proves nothing, and changes nothing but what is listed beside the grant.

use super::{
    ClaimName,
    challenge::StatedPlace,
    text::{from_text, to_text},
};
use crate::{
    cbor::Value,
    labels::TOLD_TAG,
    reason::{Layer, Reason},
    time::UnixTime,
};
use serde::{Deserialize, Serialize};

/// A code that was shown on somebody's behalf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OnBehalf {
    /// From when.
    pub at: UnixTime,
    /// Until when the page showed it, about.
    pub until: UnixTime,
    /// What it said of the person, beside what is always seen.
    pub disclosed: Vec<ClaimName>,
    /// The place whose challenge it answered, as that place says.
    pub place: Option<StatedPlace>,
}

/// What was shown by one permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Names the request that was granted.
    pub nonce: [u8; 16],
    /// What was shown, the newest first.
    pub showings: Vec<OnBehalf>,
}

impl OnBehalf {
    fn to_value(&self) -> Value {
        let claims = self.disclosed.iter().map(|name| Value::Int(name.key())).collect();
        let mut items = vec![Value::Int(self.at.0), Value::Int(self.until.0), Value::Array(claims)];
        items.extend(self.place.as_ref().map(StatedPlace::to_value));
        Value::Array(items)
    }

    fn from_value(value: &Value) -> Option<Self> {
        let (at, until, claims, place) = match value.as_array()? {
            [at, until, claims] => (at, until, claims, None),
            [at, until, claims, place] => (at, until, claims, Some(StatedPlace::from_map(place.as_map()?)?)),
            _ => return None,
        };
        let keys: Option<Vec<i64>> = claims.as_array()?.iter().map(Value::as_int).collect();
        let keys = keys?;
        // Each once, in their order, and none that is unknown.
        let disclosed: Vec<_> = ClaimName::ALL.into_iter().filter(|name| keys.contains(&name.key())).collect();
        let plain = disclosed.iter().map(|name| name.key()).eq(keys);
        let (at, until) = (UnixTime(at.as_int()?), UnixTime(until.as_int()?));
        (plain && at <= until).then_some(Self { at, until, disclosed, place })
    }
}

impl Told {
    /// The most showings of a list.
    pub const MOST: usize = 60;

    /// Its text for a QR code.
    #[must_use]
    pub fn to_text(&self) -> String {
        let showings = self.showings.iter().map(OnBehalf::to_value).collect();
        to_text(&Value::Tag(TOLD_TAG, Box::new(Value::Array(vec![Value::Bytes(self.nonce.to_vec()), Value::Array(showings)]))))
    }

    /// Reads a list.
    ///
    /// # Errors
    /// `wrong-type` for any other token, `token-malformed`, and what stands in the way of reading any token.
    pub fn from_text(text: &str) -> Result<Self, Reason> {
        let Value::Tag(TOLD_TAG, parts) = from_text(text)? else { return Err(Reason::WrongType { layer: Layer::Delegation }) };
        Self::from_value(&parts).ok_or(Reason::TokenMalformed { layer: Layer::Delegation })
    }

    fn from_value(parts: &Value) -> Option<Self> {
        let [nonce, showings] = parts.as_array()? else { return None };
        let showings = showings.as_array().filter(|showings| showings.len() <= Self::MOST)?;
        let showings: Option<Vec<_>> = showings.iter().map(OnBehalf::from_value).collect();
        Some(Self { nonce: nonce.as_bytes()?.try_into().ok()?, showings: showings? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::challenge::tidy_name;
    use proptest::prelude::*;

    fn showing() -> impl Strategy<Value = OnBehalf> {
        let place = proptest::option::of(("[a-z][a-z-]{0,31}", 0_u32..=999_999, proptest::option::of(".{0,40}")));
        (0_i64..1 << 40, 0_i64..1 << 20, 0_u8..16, place).prop_map(|(at, lasts, bits, place)| OnBehalf {
            at: UnixTime(at),
            until: UnixTime(at + lasts),
            disclosed: ClaimName::ALL.into_iter().filter(|name| bits & 1 << *name as u8 != 0).collect(),
            place: place.map(|(kind, region, name)| StatedPlace { kind, region, name: name.as_deref().and_then(tidy_name) }),
        })
    }

    proptest! {
        #[test]
        fn what_is_told_is_read(nonce: [u8; 16], showings in proptest::collection::vec(showing(), 0..8)) {
            let told = Told { nonce, showings };
            prop_assert_eq!(Told::from_text(&told.to_text()), Ok(told));
        }
    }

    #[test]
    fn one_fault_each_is_refused() {
        let (at, until) = (Value::Int(5), Value::Int(6));
        let [document, name] = [ClaimName::Document, ClaimName::Name].map(|name| Value::Int(name.key()));
        let good = vec![at.clone(), until.clone(), Value::Array(vec![document.clone(), name.clone()])];
        let told = |nonce: usize, showings: Vec<Value>| {
            let parts = Value::Array(vec![Value::Bytes(vec![1; nonce]), Value::Array(showings)]);
            Told::from_text(&to_text(&Value::Tag(TOLD_TAG, Box::new(parts)))).err().map(|reason| reason.code())
        };
        assert_eq!(told(16, vec![Value::Array(good.clone()); 60]), None);
        let with = |at: usize, value: Value| {
            let mut items = good.clone();
            items[at] = value;
            vec![Value::Array(items)]
        };
        for (nonce, showings) in [
            (15, Vec::new()),
            (16, vec![Value::Array(good.clone()); 61]),
            (16, vec![Value::Array(good[..2].to_vec())]),
            (16, vec![Value::Array([good.clone(), vec![Value::Int(1)]].concat())]),
            (16, vec![Value::Int(1)]),
            (16, with(1, Value::Int(4))),
            (16, with(0, Value::text("5"))),
            (16, with(2, Value::Array(vec![name.clone(), document.clone()]))),
            (16, with(2, Value::Array(vec![name.clone(), name]))),
            (16, with(2, Value::Array(vec![Value::Int(-1)]))),
        ] {
            assert_eq!(told(nonce, showings), Some("token-malformed"));
        }
        assert_eq!(Told::from_text(&to_text(&Value::Int(1))).err().map(|reason| reason.code()), Some("wrong-type"));
    }
}
