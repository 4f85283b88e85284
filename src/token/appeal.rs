//! Appeals against a colour or against what is held of a person, and the question what became of one.
//!
//! ```cddl
//! appeal         = request<"application/tongma-appeal+cwt", {1: wish, 2: tstr}>             2: 1 to 1000 characters
//! wish           = 0 / 1 / 2                                                           colour, data, something else
//! appeal-inquiry = request<"application/tongma-appeal-inquiry+cwt", {1: number uint}>
//! ```
//! The text is text: nothing in it is ever markup.

use super::request::Body;
use crate::{
    cbor::{Value, map},
    labels::{APPEAL_INQUIRY_TYP, APPEAL_TYP},
    reason::Reason,
};
use serde::{Deserialize, Serialize};

/// Longest text, in characters.
pub const MAX_TEXT: usize = 1000;

/// What a person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Wish {
    /// Another colour; 0.
    Colour,
    /// What is held of the person is to be put right; 1.
    Data,
    /// Anything else; 2.
    Other,
}

impl Wish {
    /// All of them, by their number.
    pub const ALL: [Self; 3] = [Self::Colour, Self::Data, Self::Other];

    /// The wish of a number.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }
}

/// An appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// What is wanted.
    pub wish: Wish,
    /// Why.
    pub text: String,
}

impl Appeal {
    /// Whether the text can be taken.
    ///
    /// # Errors
    /// `field-empty`, `field-too-long`.
    pub fn check(&self) -> Result<(), Reason> {
        match self.text.chars().count() {
            _ if self.text.trim().is_empty() => Err(Reason::FieldEmpty),
            count if count > MAX_TEXT => Err(Reason::FieldTooLong),
            _ => Ok(()),
        }
    }
}

impl Body for Appeal {
    const TYP: &'static str = APPEAL_TYP;

    fn to_value(&self) -> Value {
        map([(1, Some(Value::Int(self.wish as i64))), (2, Some(Value::text(&self.text)))])
    }

    fn from_value(value: &Value) -> Option<Self> {
        let map = value.as_map().filter(|map| map.only(&[1, 2]))?;
        Some(Self { wish: Wish::from_number(map.get(1)?.as_int()?)?, text: map.get(2)?.as_text()?.to_owned() })
    }
}

/// What became of an appeal?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppealInquiry {
    /// Its number.
    pub number: u32,
}

impl Body for AppealInquiry {
    const TYP: &'static str = APPEAL_INQUIRY_TYP;

    fn to_value(&self) -> Value {
        map([(1, Some(Value::Int(self.number.into())))])
    }

    fn from_value(value: &Value) -> Option<Self> {
        let map = value.as_map().filter(|map| map.only(&[1]))?;
        Some(Self { number: u32::try_from(map.get(1)?.as_int()?).ok()? })
    }
}
