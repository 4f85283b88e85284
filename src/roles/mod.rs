//! F4: what each party does with the tokens.

#[cfg(feature = "wallet")]
pub mod holder;
#[cfg(feature = "p256")]
pub mod issuer;
#[cfg(feature = "verifier")]
pub mod log;
#[cfg(feature = "wallet")]
mod requests;
#[cfg(any(feature = "everyday", feature = "verifier"))]
mod verdict;
#[cfg(feature = "verifier")]
pub mod verifier;
#[cfg(feature = "everyday")]
pub mod visit;

#[cfg(any(feature = "everyday", feature = "verifier"))]
pub use verdict::{Outcome, Verdict};
