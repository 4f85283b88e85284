//! QR codes: [`encode`] draws a pass (feature `draw`), [`scan`] reads one from a camera frame (feature `scan`).
//!
//! Nothing here knows a clock, a camera or a screen; frames come in as bytes, drawings go out as values.

#[cfg(feature = "scan")]
mod detect;
#[cfg(feature = "draw")]
pub mod encode;
#[cfg(feature = "scan")]
mod finder;
#[cfg(feature = "scan")]
pub mod hint;
#[cfg(feature = "scan")]
pub mod ladder;
#[cfg(feature = "scan")]
mod lanes;
#[cfg(feature = "scan")]
mod luma;
#[cfg(feature = "scan")]
pub mod scan;
#[cfg(feature = "scan")]
mod threshold;
