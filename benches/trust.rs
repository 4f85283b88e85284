//! Growth with the trust data: the work of a gate must not rise with the number of issuers and lists that it knows.
//!
//! `keys-for`: one issuer's keys out of 10 to 10 000 issuers. `status`: one entry out of 1 to 100 lists of 2²⁰ entries each.
//! `verify-issuers`, `verify-lists`: a whole presentation, text to verdict with both signatures, beside the same growth.
//! `bundle-open`: what a gate pays once a day, which does rise with the number of issuers.
#![allow(missing_docs, clippy::unwrap_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use tongma::{
    entropy::Entropy,
    keys::SecretKey,
    labels::{ANY_AUDIENCE, claim},
    reason::Layer,
    roles::{
        Outcome,
        verifier::{Expectation, TrustStore, verify},
    },
    time::UnixTime,
    token::{
        Binding, Colour, CredentialClaims, Presentation, StatusReference, issue,
        status::{StatusArray, StatusList},
        to_text,
        trust::{Issuer, IssuerKey, KeyUse, KeyUses, Lifetimes, ListEntry, TrustBundle},
    },
};

const NOW: UnixTime = UnixTime(1_800_000_000);
/// Entries of a list.
const ENTRIES: u32 = 1 << 20;

struct World {
    root: SecretKey,
    holder: SecretKey,
    /// The last one's issuer is the one that is looked for.
    issuers: Vec<SecretKey>,
}

fn name(number: usize) -> String {
    format!("tm:{number:06}")
}

fn list_uri(number: usize) -> String {
    format!("tm:{number:06}/0")
}

impl World {
    fn new(issuers: usize) -> Self {
        let mut entropy = Entropy::new([1; 32]);
        let mut key = || SecretKey::generate(&mut entropy);
        Self { root: key(), holder: key(), issuers: (0..issuers).map(|_| key()).collect() }
    }

    /// A bundle of the first issuers, with a status list of each of the first `lists`.
    fn bundle(&self, issuers: usize, lists: usize) -> TrustBundle {
        let uses = KeyUses::of(&[KeyUse::Credential, KeyUse::Status]);
        let issuer = |key: &SecretKey| Issuer {
            name: [("en".into(), "Issuer".into())].into(),
            keys: vec![IssuerKey { key: key.public(), uses, regions: vec![360_000] }],
        };
        let entry = |number| ListEntry { path: format!("status/{number}.cbor"), issuer: name(number) };
        TrustBundle {
            seq: 1,
            issued_at: NOW,
            expires_at: NOW.plus(86_400),
            issuers: self.issuers.iter().take(issuers).enumerate().map(|(number, key)| (name(number), issuer(key))).collect(),
            lists: (0..lists).map(|number| (list_uri(number), entry(number))).collect(),
            lifetimes: Lifetimes::default(),
            foreign: tongma::token::trust::ForeignKeys::default(),
            people: None,
            rules: Vec::new(),
        }
    }

    fn store(&self, issuers: usize, lists: usize) -> TrustStore {
        let bundle = self.bundle(issuers, lists);
        let mut store = TrustStore::default();
        store.accept_bundle(TrustBundle::open(&bundle.sign(&self.root), &self.root.public()).unwrap()).unwrap();
        for (number, key) in self.issuers.iter().take(lists).enumerate() {
            let mut array = StatusArray::new(2, vec![0; ENTRIES as usize / 4]).unwrap();
            for idx in (0..ENTRIES).step_by(1000) {
                array.set(idx, 1).unwrap();
            }
            let unsigned = StatusList::new(list_uri(number), NOW, None, None, array).to_unsigned(key.public().id());
            let signature = key.sign(&unsigned.message());
            let bytes = unsigned.finish(&signature).encode();
            store.accept_list(StatusList::parse(&bytes, &bundle).unwrap().check_here().unwrap());
        }
        store
    }

    /// A code of this issuer's credential.
    fn code(&self, number: usize) -> String {
        let claims = CredentialClaims {
            issuer: name(number),
            issued_at: NOW,
            expires_at: NOW.plus(86_400),
            holder: self.holder.public(),
            colour: Colour::Green,
            region: 360_000,
            reason: None,
            kind: 0,
            relation: None,
            status: Some(StatusReference { idx: ENTRIES - 1, uri: list_uri(0) }),
            claims: tongma::table::Table::default(),
        };
        let key = &self.issuers[number];
        let unsigned = issue(claims.to_map(), claim::HEALTH, |_| false, key.public().id(), &mut Entropy::new([2; 32]));
        let signature = key.sign(&unsigned.message());
        let binding = Binding { audience: ANY_AUDIENCE.into(), issued_at: NOW, expires_at: NOW.plus(900), nonce: None, group: None };
        let unsigned = Presentation::unsigned(unsigned.finish(&signature), &binding);
        let signature = self.holder.sign(&unsigned.message());
        to_text(&unsigned.finish(&signature))
    }
}

fn issuers(criterion: &mut Criterion) {
    let world = World::new(10_000);
    for count in [10, 100, 1_000, 10_000] {
        let (bundle, wanted) = (world.bundle(count, 1), name(count / 2));
        let kid = world.issuers[count / 2].public().id();
        let find = || bundle.keys_for(&wanted, Some(&kid), KeyUse::Credential, Some(360_100), Layer::Credential);
        assert_eq!(find().map(|keys| keys.len()), Ok(1));
        criterion.bench_function(&format!("keys-for/{count}"), |bencher| bencher.iter(|| black_box(find())));

        let (store, code) = (world.store(count, 1), world.code(0));
        let judge = || verify(&store, &Expectation::default(), black_box(&code), NOW);
        assert_eq!(judge().outcome, Outcome::Pass);
        criterion.bench_function(&format!("verify-issuers/{count}"), |bencher| bencher.iter(judge));

        let bytes = bundle.sign(&world.root);
        let open = || TrustBundle::open(black_box(&bytes), &world.root.public());
        criterion.bench_function(&format!("bundle-open/{count}"), |bencher| bencher.iter(open));
    }
}

fn lists(criterion: &mut Criterion) {
    let world = World::new(100);
    for count in [1, 10, 100] {
        let (store, wanted, issuer) = (world.store(100, count), list_uri(count / 2), name(count / 2));
        let mut idx = 0_u32;
        criterion.bench_function(&format!("status/{count}"), |bencher| {
            bencher.iter(|| {
                // Anywhere in the list: not always the same cache line.
                idx = idx.wrapping_mul(2_654_435_761).wrapping_add(1);
                store.list(black_box(&wanted), &issuer).unwrap().get(idx % ENTRIES).unwrap()
            });
        });
        let code = world.code(0);
        let judge = || verify(&store, &Expectation::default(), black_box(&code), NOW);
        assert_eq!(judge().outcome, Outcome::Pass);
        criterion.bench_function(&format!("verify-lists/{count}"), |bencher| bencher.iter(judge));
    }
}

criterion_group!(benches, issuers, lists);
criterion_main!(benches);
