//! F6: the browser's effects on web-sys: keys, storage, network, timers, wake lock, camera frames.
//!
//! Works in a page and in a worker alike. JavaScript starts a machine with a callback for views, sends events, and renders.

mod check;
mod crypto;
mod database;
#[cfg(feature = "verifier")]
mod lock;
mod network;
mod scope;
mod shell;
mod store;
#[cfg(feature = "verifier")]
mod verifier;
mod wake;
#[cfg(feature = "wallet")]
mod wallet;

pub use check::Checker;
pub use crypto::{generate_key, seed, sign};
pub use store::{Elsewhere, Loaded, Store};
