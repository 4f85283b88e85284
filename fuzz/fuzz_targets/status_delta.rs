//! Deltas of status lists: the reader is total, and what it reads is written so and in no other way; every list answers it.
#![no_main]
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tongma::{
    cbor::{Limits, Value, decode},
    entropy::Entropy,
    keys::SecretKey,
    time::UnixTime,
    token::{
        status::{StatusArray, StatusDelta, StatusList},
        trust::{ForeignKeys, Issuer, IssuerKey, KeyUse, KeyUses, Lifetimes, ListEntry, TrustBundle},
    },
};

static KEY: LazyLock<SecretKey> = LazyLock::new(|| SecretKey::generate(&mut Entropy::new([1; 32])));
static BUNDLE: LazyLock<TrustBundle> = LazyLock::new(|| {
    let key = IssuerKey { key: KEY.public(), uses: KeyUses::of(&[KeyUse::Status]), regions: vec![] };
    TrustBundle {
        seq: 1,
        issued_at: UnixTime(0),
        expires_at: UnixTime(9),
        issuers: [("tm:36".into(), Issuer { name: [("en".into(), "x".into())].into(), keys: vec![key] })].into(),
        lists: [("tm:36/0".into(), ListEntry { path: "status/0.cbor".into(), issuer: "tm:36".into() })].into(),
        lifetimes: Lifetimes::default(),
        foreign: ForeignKeys::default(),
        people: None,
        rules: Vec::new(),
    }
});

/// A protected header with which every payload is read.
static HEADER: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let unsigned = StatusDelta::new(&list(), UnixTime(1), vec![3]).unwrap().to_unsigned(KEY.public().id());
    let Value::Tag(_, whole) = unsigned.finish(&[0; 64]) else { unreachable!() };
    whole.as_array().unwrap()[0].as_bytes().unwrap().to_vec()
});

/// In the envelope of a delta. Signatures are data here as well: what checks them is a backend's business, and has targets and
/// test vectors of its own.
fn sealed(payload: &[u8]) -> Vec<u8> {
    let empty = Value::Map(tongma::cbor::Map::default());
    let parts = vec![Value::Bytes(HEADER.clone()), empty, Value::Bytes(payload.to_vec()), Value::Bytes(vec![0; 64])];
    Value::Tag(18, Box::new(Value::Array(parts))).encode()
}

/// What a backend says that finds the one signature good.
const GOOD: [Option<u32>; 1] = [Some(0)];

fuzz_target!(|data: &[u8]| {
    let _ = StatusDelta::parse(data, &BUNDLE);
    let Ok(delta) = StatusDelta::parse(&sealed(data), &BUNDLE) else { return };
    let delta = delta.accept(&GOOD).unwrap().into_inner();
    assert!(delta.changes().windows(2).all(|pair| pair[0].0 < pair[1].0));
    let written = delta.to_unsigned(KEY.public().id()).finish(&[0; 64]).encode();
    let again = StatusDelta::parse(&written, &BUNDLE).unwrap().accept(&GOOD).unwrap().into_inner();
    assert_eq!(again, delta);
    assert_eq!(decode(data, Limits::FILE).map(|value| value.encode()).is_ok(), true);
    let _ = list().with(&delta);
});

fn list() -> StatusList {
    StatusList::new("tm:36/0".into(), UnixTime(5), None, None, StatusArray::new(2, vec![0; 64]).unwrap())
}
