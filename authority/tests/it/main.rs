//! Tests of the authority and its server, and of wallet and gate against a real authority.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod gate;
mod issuing;
mod server;
mod support;
mod wallet;
