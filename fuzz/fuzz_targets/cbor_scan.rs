//! Strict CBOR: every input is answered; what is accepted is encoded deterministically from then on.
#![no_main]
use libfuzzer_sys::fuzz_target;
use tongma::cbor::{Limits, decode};

fuzz_target!(|data: &[u8]| {
    if let Ok(value) = decode(data, Limits::TOKEN) {
        let written = value.encode();
        let again = decode(&written, Limits { max_bytes: usize::MAX, max_depth: 16 }).expect("what is written is strict");
        assert_eq!(again.encode(), written);
    }
});
