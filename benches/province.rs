//! A province of 45 million people at an offline gate: 45 status lists of 2²⁰ entries, and what changes in them.
//!
//! Assumed: 1 % or 0.1 % of the entries are not valid (a third each revoked, suspended and yellow), at random places; in a day a tenth as
//! many change. A delta tells one day, or the three days that the embedded authority publishes. Printed: bytes to carry, bytes held,
//! time to load (inflate, check the signature, keep) and to look up.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{hint::black_box, time::Instant};
use tongma::{
    entropy::Entropy,
    keys::SecretKey,
    roles::verifier::TrustStore,
    time::UnixTime,
    token::{
        parcel,
        status::{StatusArray, StatusDelta, StatusList},
        trust::{ForeignKeys, Issuer, IssuerKey, KeyUse, KeyUses, Lifetimes, ListEntry, TrustBundle},
    },
};

const LISTS: u32 = 45;
const ENTRIES: u32 = 1 << 20;
const NOW: UnixTime = UnixTime(1_800_000_000);
const DAY: i64 = 86_400;

fn main() {
    println!("| | 1 % not valid | 0.1 % not valid |\n|---|---:|---:|");
    let columns = [100, 1000].map(province);
    for (row, name) in NAMES.iter().enumerate() {
        println!("| {name} | {} | {} |", columns[0][row], columns[1][row]);
    }
}

const NAMES: [&str; 10] = [
    "45 whole lists, bytes",
    "45 deltas of a day, bytes",
    "45 deltas of three days, bytes",
    "bundle and deltas of a day as a parcel: QR codes of 800 bytes",
    "entries held, bytes",
    "the same unpacked, bytes",
    "loading 45 lists, ms",
    "taking 45 deltas of three days, ms",
    "looking up an entry, ns",
    "of it unpacked, ns",
];

fn uri(list: u32) -> String {
    format!("tm:36/{list}")
}

/// One in so many entries is not valid.
fn province(one_in: u32) -> Vec<String> {
    let mut entropy = Entropy::new([9; 32]);
    let mut random = move |below: u32| u32::from_be_bytes(entropy.bytes()) % below;
    let mut keys = Entropy::new([1; 32]);
    let (root, key) = (SecretKey::generate(&mut keys), SecretKey::generate(&mut keys));
    let bundle = bundle(&key);
    let sign = |unsigned: tongma::cose::Unsigned| {
        let signature = key.sign(&unsigned.message());
        unsigned.finish(&signature).encode()
    };
    let (mut whole, mut of_day, mut of_three, mut arrays) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for number in 0..LISTS {
        let mut array = StatusArray::new(2, vec![0; ENTRIES as usize / 4]).unwrap();
        for _ in 0..ENTRIES / one_in {
            array.set(random(ENTRIES), 1 + random(3) as u8).unwrap();
        }
        let list = |array: &StatusArray, at| StatusList::new(uri(number), at, Some(at.plus(7 * DAY)), Some(3600), array.clone());
        let base = list(&array, NOW);
        whole.push(sign(base.to_unsigned(key.public().id())));
        let mut changed = Vec::new();
        for day in 1..=3 {
            for _ in 0..ENTRIES / one_in / 10 {
                let idx = random(ENTRIES);
                array.set(idx, if array.get(idx) == Ok(0) { 1 + random(3) as u8 } else { 0 }).unwrap();
                changed.push(idx);
            }
            let delta = StatusDelta::new(&list(&array, NOW.plus(day * DAY)), NOW, changed.clone()).unwrap();
            match day {
                1 => of_day.push(sign(delta.to_unsigned(key.public().id()))),
                3 => of_three.push(sign(delta.to_unsigned(key.public().id()))),
                _ => {}
            }
        }
        arrays.push(array);
    }
    let mut store = TrustStore::default();
    let signed = bundle.sign(&root);
    store.accept_bundle(TrustBundle::open(&signed, &root.public()).unwrap()).unwrap();
    let loading = Instant::now();
    for bytes in &whole {
        assert!(store.accept_list(StatusList::parse(bytes, &bundle).unwrap().check_here().unwrap()));
    }
    let loading = loading.elapsed();
    let taking = Instant::now();
    for bytes in &of_three {
        store.accept_delta(&StatusDelta::parse(bytes, &bundle).unwrap().check_here().unwrap()).unwrap();
    }
    let taking = taking.elapsed();
    // Every entry is what it is in the authority's own array.
    for (number, array) in (0..).zip(&arrays) {
        let list = store.list(&uri(number), "tm:36").unwrap();
        assert!((0..ENTRIES).all(|idx| list.get(idx) == array.get(idx)));
    }
    let places: Vec<_> = (0..100_000).map(|_| (random(LISTS), random(ENTRIES))).collect();
    let names: Vec<_> = (0..LISTS).map(uri).collect();
    let time = |look: &dyn Fn(u32, u32) -> u8| {
        let begun = Instant::now();
        for (list, idx) in &places {
            black_box(look(*list, *idx));
        }
        begun.elapsed().as_nanos() / places.len() as u128
    };
    let held = time(&|list, idx| store.list(&names[list as usize], "tm:36").unwrap().get(idx).unwrap());
    let unpacked = time(&|list, idx| arrays[list as usize].get(idx).unwrap());
    let sum = |all: &[Vec<u8>]| all.iter().map(Vec::len).sum::<usize>();
    let day = parcel::encode(&std::iter::once(signed).chain(of_day.iter().cloned()).collect::<Vec<_>>());
    let numbers = [
        sum(&whole),
        sum(&of_day),
        sum(&of_three),
        parcel::split(&day, 800).unwrap().len(),
        store.lists().map(StatusList::held_bytes).sum(),
        LISTS as usize * ENTRIES as usize / 4,
        loading.as_millis() as usize,
        taking.as_millis() as usize,
        held as usize,
        unpacked as usize,
    ];
    numbers.map(grouped).to_vec()
}

fn bundle(key: &SecretKey) -> TrustBundle {
    let key = IssuerKey { key: key.public(), uses: KeyUses::of(&[KeyUse::Credential, KeyUse::Status]), regions: vec![360_000] };
    TrustBundle {
        seq: 1,
        issued_at: NOW,
        expires_at: NOW.plus(30 * DAY),
        issuers: [("tm:36".into(), Issuer { name: [("en".into(), "Jiangxi".into())].into(), keys: vec![key] })].into(),
        lists: (0..LISTS).map(|list| (uri(list), ListEntry { path: format!("status/{list}.cbor"), issuer: "tm:36".into() })).collect(),
        lifetimes: Lifetimes::default(),
        foreign: ForeignKeys::default(),
        people: None,
        rules: Vec::new(),
    }
}

/// A number in groups of three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let groups: Vec<_> = [&digits[..first]].into_iter().chain((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3])).collect();
    groups.into_iter().filter(|group| !group.is_empty()).collect::<Vec<_>>().join(" ")
}
