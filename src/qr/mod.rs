//! QR codes: [`encode`] draws a pass (feature `wallet`), [`scan`] reads one from a camera frame (feature `verifier`).
//!
//! Nothing here knows a clock, a camera or a screen; frames come in as bytes, drawings go out as values.

#[cfg(feature = "verifier")]
mod detect;
#[cfg(feature = "wallet")]
pub mod encode;
#[cfg(feature = "verifier")]
mod finder;
#[cfg(feature = "verifier")]
pub mod hint;
#[cfg(feature = "verifier")]
pub mod ladder;
#[cfg(feature = "verifier")]
mod lanes;
#[cfg(feature = "verifier")]
mod luma;
#[cfg(feature = "verifier")]
pub mod scan;
#[cfg(feature = "verifier")]
mod threshold;
