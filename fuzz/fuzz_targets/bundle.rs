//! Trust bundles: the reader is total.
#![no_main]
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tongma::{entropy::Entropy, keys::{PublicKey, SecretKey}, token::trust::TrustBundle};

static ROOT: LazyLock<PublicKey> = LazyLock::new(|| SecretKey::generate(&mut Entropy::new([1; 32])).public());

fuzz_target!(|data: &[u8]| {
    let _ = TrustBundle::parse(data, &ROOT);
});
