//! Strict CBOR (RFC 8949): a pre-scan that refuses what has two spellings, and a small value tree.
//!
//! Everything that is signed is read through [`decode`]: definite lengths, shortest forms, no duplicate keys, nothing
//! behind the item, bounded size and depth. What is written is deterministic (RFC 8949 §4.2.1). Passes of other systems are
//! read through [`decode_leniently`], which takes what their issuers write and still refuses what can be read in two ways.

mod lenient;
mod scan;
mod value;

pub use scan::{Limits, scan};
pub use value::{Map, Value, map};

use crate::reason::Reason;

/// Scans and reads one item.
///
/// # Errors
/// One of the `cbor-…` reasons.
pub fn decode(bytes: &[u8], limits: Limits) -> Result<Value, Reason> {
    scan(bytes, limits)?;
    value::read(bytes)
}

/// Reads one item with indefinite lengths, longer forms and floats in it. Duplicate keys, trailing bytes, and what is too large
/// or too deep are refused all the same.
///
/// # Errors
/// One of the `cbor-…` reasons.
pub fn decode_leniently(bytes: &[u8], limits: Limits) -> Result<Value, Reason> {
    lenient::read(bytes, limits)
}
