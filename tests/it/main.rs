//! Tests of the core from outside: tokens, verdicts, QR codes, and the structure of the crate.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod qr;
mod structure;
mod support;
mod tokens;
mod verdicts;
