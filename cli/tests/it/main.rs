//! Tests of the program `tongma`, as it is called.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod commands;
mod frames;
mod paper_batch;
mod paper_print;
mod parcel;
mod requests;
#[path = "../../../authority/tests/it/support/mod.rs"]
mod support;
#[path = "../../../tests/it/support/mod.rs"]
mod world;
