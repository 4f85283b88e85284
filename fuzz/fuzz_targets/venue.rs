//! Venue codes, posters and live ones: the reader is total. The bundle knows the issuer of the corpus and its key.
#![no_main]
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tongma::{
    base45,
    entropy::Entropy,
    keys::SecretKey,
    roles::visit::Scanned,
    time::UnixTime,
    token::trust::{ForeignKeys, Issuer, IssuerKey, KeyUse, KeyUses, Lifetimes, TrustBundle},
};

const NOW: UnixTime = UnixTime(1_800_000_000);

static BUNDLE: LazyLock<TrustBundle> = LazyLock::new(|| {
    let key = SecretKey::generate(&mut Entropy::new([88; 32])).public();
    let key = IssuerKey { key, uses: KeyUses::of(&[KeyUse::Venue]), regions: Vec::new() };
    TrustBundle {
        seq: 1,
        issued_at: NOW,
        expires_at: NOW.plus(86_400),
        issuers: [("tm:36".to_owned(), Issuer { name: [("en".to_owned(), "Test".to_owned())].into(), keys: vec![key] })].into(),
        lists: Default::default(),
        lifetimes: Lifetimes::default(),
        foreign: ForeignKeys::default(),
        people: None,
        rules: Vec::new(),
    }
});

fuzz_target!(|data: &[u8]| {
    let text = format!("TM1:{}", base45::encode(data));
    if let Ok(scanned) = Scanned::read(&text, &BUNDLE, NOW) {
        let _ = scanned.checks();
    }
});
