//! JSON (RFC 8259) between the core and its page, in what is stored, and in rules and passes of other systems.
//!
//! It reads and writes serde's types as `serde_json` does, and takes no more room than that needs: a fault is [`Malformed`] and
//! nothing else, for nobody reads the sentences that `serde_json` makes of it, and they, with the numbers that they quote, were a sixth
//! of the wallet's module. Fractions are read, for passes have them, and never written. Numbers of more than 19 digits, or far from 1,
//! may be off by some units of their last place.

mod read;
mod write;

use serde::{Serialize, de::DeserializeOwned};
use std::fmt;

/// How deep arrays and objects may be nested.
const MAX_DEPTH: u32 = 128;

/// Room for a usual text from the start, in bytes: a view, or what is to be checked.
const USUAL: usize = 1024;

/// The text is no JSON, or not of the type asked for; or a value can't be written as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("malformed")
    }
}

impl std::error::Error for Malformed {}

impl serde::de::Error for Malformed {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl serde::ser::Error for Malformed {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Reads a value from a text that holds nothing else.
///
/// # Errors
/// [`Malformed`].
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Malformed> {
    let mut reader = read::Reader::new(text);
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// As [`from_str`], from UTF-8.
///
/// # Errors
/// [`Malformed`].
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Malformed> {
    from_str(std::str::from_utf8(bytes).map_err(|_| Malformed)?)
}

/// Writes a value without spaces.
///
/// # Errors
/// [`Malformed`] for fractions, for keys of maps that are no texts, and for what the type itself refuses.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> Result<String, Malformed> {
    let mut writer = write::Writer { out: String::with_capacity(USUAL) };
    value.serialize(&mut writer)?;
    Ok(writer.out)
}

#[cfg(test)]
mod tests;
