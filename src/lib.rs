//! Tongma (通码): a pass wallet and an offline verifier.

#[cfg(any(feature = "wallet", feature = "verifier"))]
pub mod app;
#[cfg(feature = "cli")]
pub mod authority;
#[cfg(feature = "everyday")]
pub mod backup;
pub mod base45;
pub mod cbor;
#[cfg(feature = "cli")]
pub mod cli;
pub mod cose;
pub mod der;
pub mod entropy;
#[cfg(feature = "verifier")]
pub mod formats;
pub mod json;
pub mod keys;
pub mod labels;
// The light wallet decides nothing about places.
#[cfg(any(feature = "everyday", feature = "verifier"))]
pub mod policy;
pub mod qr;
pub mod reason;
pub mod roles;
#[cfg(feature = "sealing")]
pub mod sealing;
#[cfg(feature = "cli")]
pub mod server;
pub mod signature;
pub mod table;
pub mod text;
pub mod time;
pub mod token;
// The pages have a boundary of their own in `web`.
#[cfg(all(feature = "wasm", not(feature = "web")))]
pub mod wasm;
#[cfg(feature = "web")]
pub mod web;
