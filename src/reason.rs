//! Reason codes: why an answer is not a plain yes.
//!
//! A reason carries the facts that its sentence needs; the sentences (what happened, what to do) are in the
//! Fluent files under the same code: `reason-<code>` and `remedy-<code>`.

mod boundary;
#[macro_use]
mod codes;
#[macro_use]
mod declare;
mod fact;
#[macro_use]
mod gates;
mod rank;
#[cfg(test)]
mod tests;
#[macro_use]
mod wallet;

pub use fact::{Fact, Layer, LooksLike};

use crate::time::UnixTime;
use fact::Facts;

// One table in parts of a head's size: each macro adds its own and calls the next.
codes! { gates wallet reasons; }
