//! Paper codes: the reader is total, and what it reads is written the same. The bundle knows the issuer of the corpus and its key.
#![no_main]
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tongma::{
    base45,
    entropy::Entropy,
    keys::SecretKey,
    roles::verifier::{Expectation, TrustStore, verify},
    time::UnixTime,
    token::{
        Paper, from_text,
        trust::{ForeignKeys, Issuer, IssuerKey, KeyUse, KeyUses, Lifetimes, TrustBundle},
    },
};

const NOW: UnixTime = UnixTime(1_800_000_000);

static STORE: LazyLock<TrustStore> = LazyLock::new(|| {
    let root = SecretKey::generate(&mut Entropy::new([1; 32]));
    let key = SecretKey::generate(&mut Entropy::new([89; 32])).public();
    let key = IssuerKey { key, uses: KeyUses::of(&[KeyUse::Paper]), regions: Vec::new() };
    let bundle = TrustBundle {
        seq: 1,
        issued_at: NOW,
        expires_at: NOW.plus(86_400),
        issuers: [("tm:36".to_owned(), Issuer { name: [("en".to_owned(), "Test".to_owned())].into(), keys: vec![key] })].into(),
        lists: Default::default(),
        lifetimes: Lifetimes::default(),
        foreign: ForeignKeys::default(),
        people: None,
        rules: Vec::new(),
    };
    let mut store = TrustStore::default();
    if let Ok(bundle) = TrustBundle::open(&bundle.sign(&root), &root.public()) {
        let _ = store.accept_bundle(bundle);
    }
    store
});

fuzz_target!(|data: &[u8]| {
    let text = format!("TM1:{}", base45::encode(data));
    let _ = verify(&STORE, &Expectation::default(), &text, NOW);
    if let Ok(token) = from_text(&text)
        && let Ok((_, paper)) = Paper::read(&token)
    {
        let again = paper.to_unsigned([0; 4]).finish(&[0; 64]);
        assert_eq!(Paper::read(&again).map(|(_, paper)| paper), Ok(paper));
    }
});
