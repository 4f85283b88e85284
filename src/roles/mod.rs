//! F4: what each party does with the tokens.

#[cfg(feature = "cli")]
pub mod issuer;
#[cfg(feature = "wallet")]
pub mod holder;
mod verdict;
#[cfg(feature = "verifier")]
pub mod verifier;

pub use verdict::{Outcome, Verdict};
