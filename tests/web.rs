//! The browser's effects in a real browser: both backends agree, keys stay inside, the state survives.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use serde::Deserialize;
use tongma::{
    app::verifier::{Source, Verifier, VerifierEvent},
    entropy::Entropy,
    keys::{HashName, PublicKey, SecretKey},
    reason::Reason,
    roles::verifier::{Begun, Expectation, TrustStore, begin},
    signature::{SignatureCheck, check_all},
    text::from_base64url,
    time::UnixTime,
    token::{status::StatusList, trust::TrustBundle},
    web::{Checker, Elsewhere, Store, generate_key, sign},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[derive(Deserialize)]
struct File {
    root: PublicKey,
    bundle: String,
    status: Vec<String>,
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    text: String,
    now: i64,
    audience: Option<String>,
    nonce: Option<String>,
    expect: String,
}

fn file() -> File {
    serde_json::from_str(include_str!("vectors/verdicts.json")).unwrap()
}

fn store(file: &File) -> TrustStore {
    let mut store = TrustStore::default();
    let bundle = TrustBundle::open(&from_base64url(&file.bundle).unwrap(), &file.root).unwrap();
    store.accept_bundle(bundle).unwrap();
    for list in &file.status {
        let list = StatusList::parse(&from_base64url(list).unwrap(), store.bundle().unwrap()).unwrap();
        store.accept_list(list.check_here().unwrap());
    }
    store
}

#[wasm_bindgen_test]
async fn both_backends_give_the_same_verdict_on_every_vector() {
    let file = file();
    let (store, checker) = (store(&file), Checker::default());
    for vector in &file.vectors {
        let nonce = vector.nonce.as_deref().and_then(from_base64url);
        let expectation = Expectation { audience: vector.audience.clone(), nonce, ..Expectation::default() };
        let verdicts = match begin(&store, &expectation, &vector.text, UnixTime(vector.now)) {
            Begun::Done(verdict) => vec![*verdict],
            Begun::Pending(pending) => {
                let browser = checker.check(pending.checks()).await;
                vec![pending.finish(&store, &browser), pending.finish(&store, &check_all(pending.checks()))]
            }
        };
        for verdict in verdicts {
            let outcome = serde_json::to_value(verdict.outcome).unwrap();
            let got = [outcome.as_str(), verdict.reason.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
            assert_eq!(got, vector.expect, "{}", vector.name);
        }
    }
}

#[wasm_bindgen_test]
async fn bad_signatures_are_refused_by_both() {
    let key = SecretKey::generate(&mut Entropy::new([1; 32]));
    let other = SecretKey::generate(&mut Entropy::new([2; 32]));
    let good = key.sign(b"message").to_vec();
    let altered = |index: usize| {
        let mut signature = good.clone();
        signature[index] ^= 1;
        signature
    };
    let mut off_curve = key.public().to_sec1().to_vec();
    off_curve[40] ^= 1;
    let off_curve = PublicKey::from_sec1(&off_curve).unwrap();
    let check = |key: &PublicKey, message: &[u8], signature: Vec<u8>| SignatureCheck {
        keys: vec![key.clone()],
        hash: HashName::Sha256,
        message: message.to_vec(),
        signature,
    };
    let public = key.public();
    let checks = [
        check(&public, b"message", good.clone()),
        check(&public, b"massage", good.clone()),
        check(&other.public(), b"message", good.clone()),
        check(&off_curve, b"message", good.clone()),
        check(&public, b"message", altered(3)),
        check(&public, b"message", altered(60)),
        check(&public, b"message", good[..63].to_vec()),
        check(&public, b"message", [good.clone(), vec![0]].concat()),
        check(&public, b"message", vec![0; 64]),
        check(&public, b"message", vec![0xff; 64]),
        SignatureCheck {
            keys: vec![other.public(), public.clone()],
            hash: HashName::Sha256,
            message: b"message".to_vec(),
            signature: good.clone(),
        },
    ];
    let mut expected = vec![None; 11];
    expected[0] = Some(0);
    expected[10] = Some(1);
    assert_eq!(check_all(&checks), expected);
    assert_eq!(Checker::default().check(&checks).await, expected);
}

#[derive(Deserialize)]
struct Row {
    name: String,
    good: bool,
    check: SignatureCheck,
}

#[wasm_bindgen_test]
async fn signatures_of_foreign_issuers_are_judged_alike_by_both() {
    let rows: Vec<Row> = serde_json::from_str(include_str!("vectors/signatures.json")).unwrap();
    let checker = Checker::default();
    for Row { name, good, check } in rows {
        let expected = [good.then_some(0)];
        assert_eq!(check_all(std::slice::from_ref(&check)), expected, "{name}: the core");
        assert_eq!(checker.check(&[check]).await, expected, "{name}: WebCrypto");
    }
}

#[wasm_bindgen_test]
async fn a_device_key_signs_and_stays_inside() {
    let pair = generate_key().await.unwrap();
    assert!(!pair.get_private_key().extractable());
    let subtle = web_sys::window().unwrap().crypto().unwrap().subtle();
    let export = subtle.export_key("pkcs8", &pair.get_private_key());
    let refused = match export {
        Ok(promise) => JsFuture::from(promise).await.is_err(),
        Err(_) => true,
    };
    assert!(refused);
    let Ok(loaded) = Store::open("test-keys").await else { panic!("storage") };
    let public = loaded.store.make_key("one").await.unwrap();
    let signature = sign(&loaded.store.key("one").await.unwrap(), b"message").await.unwrap();
    assert!(public.verify(b"message", &signature));
    assert_eq!(loaded.store.make_key("one").await.unwrap(), public, "a slot keeps its key");
    loaded.store.drop_key("one").await.unwrap();
    assert_eq!(loaded.store.key("one").await.err(), Some(Reason::KeyUnusable));
}

#[wasm_bindgen_test]
async fn the_state_survives_and_two_tabs_do_not_undo_each_other() {
    let Ok(first) = Store::open("test-state").await else { panic!("storage") };
    assert!(first.state.is_none() && !first.damaged);
    first.store.save(b"one").await.unwrap();
    let Ok(second) = Store::open("test-state").await else { panic!("storage") };
    assert_eq!(second.state.as_deref(), Some(&b"one"[..]));
    second.store.save(b"two").await.unwrap();
    assert_eq!(first.store.save(b"three").await, Err(Reason::OtherTab));
    assert_eq!(first.store.reload().await, Ok(Elsewhere::State(b"two".to_vec())));
    assert_eq!(first.store.reload().await, Ok(Elsewhere::Nothing));
    first.store.save(b"three").await.unwrap();
    let Ok(third) = Store::open("test-state").await else { panic!("storage") };
    assert_eq!(third.state.as_deref(), Some(&b"three"[..]));
}

#[wasm_bindgen_test]
async fn a_newer_database_is_left_alone() {
    let factory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    let request = factory.open_with_u32("test-newer", 2).unwrap();
    let opened = js_sys::Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(opened).await.unwrap();
    request.result().unwrap().unchecked_into::<web_sys::IdbDatabase>().close();
    assert_eq!(Store::open("test-newer").await.err(), Some(Reason::StorageNewer { version: 2 }));
}

#[wasm_bindgen_test]
fn memory_stays_flat_over_ten_thousand_scans() {
    let file = file();
    let mut verifier = Verifier::default();
    let mut scan = |count: usize| {
        for index in 0..count {
            let text = file.vectors[index % file.vectors.len()].text.clone();
            let event = VerifierEvent::TextRead { text, source: Source::Wedge };
            verifier.update(event, UnixTime(1_800_000_000), &mut Entropy::new([3; 32]));
            verifier.update(VerifierEvent::Dismissed, UnixTime(1_800_000_000), &mut Entropy::new([3; 32]));
        }
    };
    let size = || {
        wasm_bindgen::memory()
            .unchecked_into::<js_sys::WebAssembly::Memory>()
            .buffer()
            .unchecked_into::<js_sys::ArrayBuffer>()
            .byte_length()
    };
    scan(500);
    let before = size();
    scan(10_000);
    assert!(size() - before < 1 << 20, "{} bytes more", size() - before);
}
