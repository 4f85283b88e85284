//! Tongma (通码): a pass wallet and an offline verifier.

pub mod app;
pub mod base45;
pub mod cbor;
pub mod cose;
pub mod entropy;
pub mod keys;
pub mod labels;
pub mod qr;
pub mod reason;
pub mod roles;
pub mod signature;
pub mod text;
pub mod time;
pub mod token;
#[cfg(feature = "wasm")]
pub mod wasm;
#[cfg(feature = "web")]
pub mod web;
