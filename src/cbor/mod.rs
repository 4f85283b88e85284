//! Strict CBOR (RFC 8949): a pre-scan that refuses what has two spellings, and a small value tree.
//!
//! Everything that is signed is read through [`decode`]: definite lengths, shortest forms, no duplicate keys, nothing
//! behind the item, bounded size and depth. What is written is deterministic (RFC 8949 §4.2.1).

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
