//! What the facts of a reason can be.

use crate::time::UnixTime;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, MapAccess, Visitor},
};
use std::fmt;

/// A fact at the boundary: a number or a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Fact {
    /// A number; a time in Unix seconds.
    Number(i64),
    /// A text, or one of a list of words.
    Text(String),
}

impl From<Fact> for serde_json::Value {
    fn from(fact: Fact) -> Self {
        match fact {
            Fact::Number(number) => number.into(),
            Fact::Text(text) => text.into(),
        }
    }
}

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberOrText;

        impl Visitor<'_> for NumberOrText {
            type Value = Fact;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a whole number or a text")
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Fact, E> {
                Ok(Fact::Number(number))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Fact, E> {
                i64::try_from(number).map(Fact::Number).map_err(E::custom)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Fact, E> {
                Ok(Fact::Text(text.to_owned()))
            }
        }

        deserializer.deserialize_any(NumberOrText)
    }
}

/// The members of a reason at the boundary, its code among them.
pub(super) struct Facts(Vec<(String, Fact)>);

impl Facts {
    pub(super) fn get(&self, name: &str) -> Option<&Fact> {
        self.0.iter().find_map(|(held, fact)| (held == name).then_some(fact))
    }
}

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Facts;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a code and its facts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Facts, A::Error> {
                let mut facts = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    facts.push(pair);
                }
                Ok(Facts(facts))
            }
        }

        deserializer.deserialize_map(Members)
    }
}

/// A fact of another type than the reason has.
#[derive(Debug)]
pub struct WrongFact;

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl From<$type> for Fact {
            fn from(number: $type) -> Self {
                Self::Number(number.into())
            }
        }

        impl TryFrom<Fact> for $type {
            type Error = WrongFact;
            fn try_from(fact: Fact) -> Result<Self, WrongFact> {
                match fact {
                    Fact::Number(number) => number.try_into().map_err(|_| WrongFact),
                    Fact::Text(_) => Err(WrongFact),
                }
            }
        }
    )*};
}

numbers!(i64, u8, u16, u32);

impl From<UnixTime> for Fact {
    fn from(time: UnixTime) -> Self {
        Self::Number(time.0)
    }
}

impl TryFrom<Fact> for UnixTime {
    type Error = WrongFact;
    fn try_from(fact: Fact) -> Result<Self, WrongFact> {
        fact.try_into().map(Self)
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl TryFrom<Fact> for String {
    type Error = WrongFact;
    fn try_from(fact: Fact) -> Result<Self, WrongFact> {
        match fact {
            Fact::Text(text) => Ok(text),
            Fact::Number(_) => Err(WrongFact),
        }
    }
}

/// Declares a list of words.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub enum $name {
            $($(#[$word_doc])* #[cfg_attr(feature = "ts", ts(rename = $word))] $variant,)*
        }

        impl From<$name> for Fact {
            fn from(word: $name) -> Self {
                Self::Text(match word { $($name::$variant => $word,)* }.to_owned())
            }
        }

        impl TryFrom<Fact> for $name {
            type Error = WrongFact;
            fn try_from(fact: Fact) -> Result<Self, WrongFact> {
                match fact {
                    $(Fact::Text(text) if text == $word => Ok(Self::$variant),)*
                    _ => Err(WrongFact),
                }
            }
        }
    };
}

words! {
    /// What a scanned text that is not a pass of any known kind looks like.
    LooksLike {
        /// Nothing that is recognised.
        Other = "other",
        /// A payment code.
        Payment = "payment",
        /// A web address.
        Url = "url",
        /// Access data of a wireless network.
        WiFi = "wi-fi",
    }
}

words! {
    /// The layer of a presentation that a reason speaks of.
    Layer {
        /// An application to the authority.
        Application = "application",
        /// The trust bundle.
        Bundle = "bundle",
        /// A gate's challenge.
        Challenge = "challenge",
        /// The issuer's credential.
        Credential = "credential",
        /// A holder's delegation to another phone's key.
        Delegation = "delegation",
        /// A request for a delegation.
        DelegationRequest = "delegation-request",
        /// A pass of another system.
        ForeignPass = "foreign-pass",
        /// A paper code.
        Paper = "paper",
        /// The holder's key binding token.
        Presentation = "presentation",
        /// A request of a wallet to the authority.
        Request = "request",
        /// The issuer's status list.
        StatusList = "status-list",
        /// A venue code.
        Venue = "venue",
    }
}
