//! Passes of other systems: several codes of one card, what is shown, keys in a bundle. One fault each is in `tests/verdicts.rs`.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support;
use support::{NOW, World, foreign::*};
use tongma::{
    cbor::Value,
    formats::{ForeignPass, health_card::Collector, read},
    roles::{
        Outcome, Verdict,
        verifier::{Expectation, TrustStore, verify, verify_gathering},
    },
    token::{
        Format,
        trust::{ForeignKeys, TrustBundle},
    },
};

fn judge(store: &TrustStore, text: &str) -> Verdict {
    verify(store, &Expectation::default(), text, NOW)
}

/// The reason after each of the texts, read one behind the other, with the number of codes read.
fn told(store: &TrustStore, texts: &[&String]) -> Vec<String> {
    let mut parts = Collector::default();
    let verdicts = texts.iter().map(|text| verify_gathering(store, &Expectation::default(), &mut parts, text, NOW));
    let told = verdicts.map(|verdict| match verdict.facts.get("have") {
        Some(have) => format!("{} of {}", have, verdict.facts["of"]),
        None => verdict.reason.unwrap_or_default(),
    });
    told.collect()
}

#[test]
fn the_codes_of_a_card_come_in_any_order() {
    let store = World::new().store();
    let one = cut(&smart(&smart_claims(fhir())), 3);
    let mut claims = smart_claims(fhir());
    claims["vc"]["credentialSubject"]["fhirBundle"]["entry"][0]["resource"]["birthDate"] = "1951-01-21".into();
    let other = cut(&smart(&claims), 3);
    let four = cut(&smart(&claims), 4);
    let genuine = "foreign-not-bound";
    assert_eq!(told(&store, &[&one[2], &one[0], &one[1]]), ["1 of 3", "2 of 3", genuine]);
    assert_eq!(told(&store, &[&one[0], &one[0], &one[2], &one[0], &one[1]]), ["1 of 3", "1 of 3", "2 of 3", "2 of 3", genuine]);
    assert_eq!(told(&store, &[&one[0], &one[1], &one[2], &one[0]]), ["1 of 3", "2 of 3", genuine, "1 of 3"], "a card is forgotten");
    // The next person's first code ends the last one's card, and begins the next one.
    assert_eq!(told(&store, &[&one[0], &one[1], &other[1], &other[0], &other[2]]), ["1 of 3", "2 of 3", "parts-mixed", "2 of 3", genuine]);
    assert_eq!(told(&store, &[&one[0], &four[1]]), ["1 of 3", "parts-mixed"]);
    // Parts that only the signature tells apart.
    assert_ne!(one[1], other[1]);
    let mixed = told(&store, &[&one[0], &one[2], &other[1]]);
    assert!(matches!(mixed[2].as_str(), "bad-signature" | "token-malformed"), "{mixed:?}");
    assert_eq!(told(&store, &[&one[0], &smart(&claims), &one[1]]), ["1 of 3", genuine, "1 of 3"], "a whole card clears the rest");
}

#[test]
fn what_is_shown_of_each_format() {
    let store = World::new().store();
    let shown = |text: &str| {
        let verdict = judge(&store, text);
        assert_eq!(verdict.outcome, Outcome::Restricted, "{verdict:?}");
        let all: Vec<_> = verdict.disclosed.iter().map(|(name, text)| format!("{name} {text}")).collect();
        (verdict.format, verdict.issuer.unwrap(), all.join(", "))
    };
    let eu_pass = |kind| eu("austria", EU_KID, &claims("AT", dcc(&[kind])));
    let all = "birth-date 1998-02, country AT, ";
    let is = |format, issuer: &str, all: String| (format, issuer.to_owned(), all);
    assert_eq!(
        shown(&eu_pass("v")),
        is(Format::EuDcc, "AT", format!("{all}date 2026-05-01, kind vaccination, name Gabriele Musterfrau, result 2/2"))
    );
    assert_eq!(
        shown(&eu_pass("t")),
        is(Format::EuDcc, "AT", format!("{all}date 2027-01-14, kind test, name Gabriele Musterfrau, result not-detected"))
    );
    assert_eq!(shown(&eu_pass("r")), is(Format::EuDcc, "AT", format!("{all}date 2026-11-01, kind recovery, name Gabriele Musterfrau")));
    assert_eq!(
        shown(&smart(&smart_claims(fhir()))),
        is(
            Format::Smart,
            SMART_ISSUER,
            "birth-date 1951-01-20, date 2026-01-29, kind vaccination, name John B. Anyperson, result 1".into()
        )
    );
    assert_eq!(
        shown(&nz(b"key-1", &nz_claims())),
        is(Format::Nzcp, NZ_ISSUER, "birth-date 1960-04-16, country NZ, kind pass, name Jack Sparrow".into())
    );
}

#[test]
fn a_name_can_not_disguise_itself() {
    let pass = ForeignPass { name: format!("A\u{202e}B\n{}", "x".repeat(500)), ..ForeignPass::default() };
    let shown = pass.shown();
    assert!(shown[0].1.starts_with("ABx") && shown[0].1.chars().count() == 120, "{shown:?}");
}

#[test]
fn a_byte_altered_anywhere_is_never_genuine() {
    let store = World::new().store();
    let good = claims("AT", dcc(&["v"]));
    let token = tagged(18, signed(&key("austria"), &header(-7, EU_KID).encode(), empty(), &good.encode())).encode();
    for index in 0..token.len() {
        for flip in [0x01, 0x80] {
            let mut altered = token.clone();
            altered[index] ^= flip;
            let verdict = judge(&store, &hc1(&altered));
            assert!(verdict.outcome != Outcome::Restricted && verdict.disclosed.is_empty(), "byte {index} ^ {flip}: {verdict:?}");
        }
    }
}

#[test]
fn without_a_bundle_nobody_can_tell_and_nothing_is_shown() {
    let text = eu("austria", EU_KID, &claims("AT", dcc(&["v"])));
    let verdict = judge(&TrustStore::default(), &text);
    assert_eq!((verdict.outcome, verdict.reason.as_deref(), verdict.format), (Outcome::CannotTell, Some("bundle-missing"), Format::EuDcc));
    assert!(read(&text).is_ok() && verdict.disclosed.is_empty() && verdict.issuer.is_none());
}

#[test]
fn foreign_keys_of_a_bundle_have_one_encoding() {
    let world = World::new();
    let mut bundle = world.bundle();
    let opened =
        |bundle: &TrustBundle| TrustBundle::open(&bundle.sign(&world.root), &world.root.public()).map(|bundle| bundle.into_inner());
    assert_eq!(opened(&bundle), Ok(bundle.clone()));
    let turned: ForeignKeys = bundle.foreign.all().iter().rev().chain(bundle.foreign.all()).cloned().collect();
    assert_eq!(turned, bundle.foreign, "order and repetition make no difference");
    assert_eq!(ForeignKeys::decode(&bundle.foreign.encode()), Some(bundle.foreign.clone()));
    let items = tongma::cbor::decode(&bundle.foreign.encode(), tongma::cbor::Limits::FILE).unwrap().as_array().unwrap().to_vec();
    let read = |items: Vec<Value>| ForeignKeys::decode(&Value::Array(items).encode());
    assert_eq!(read(items.iter().rev().cloned().collect()), None, "out of order");
    assert_eq!(read([items.clone(), vec![items[7].clone()]].concat()), None, "twice");
    let later = with(&items[0], Value::Int(1), Value::Int(4));
    assert_eq!(read([vec![later], items.clone()].concat()), Some(bundle.foreign.clone()), "a format of a later version");
    for (key, value) in [(1, Value::Int(0)), (2, Value::text("")), (3, Value::Bytes(vec![])), (4, Value::Int(1)), (5, Value::Int(8))] {
        assert_eq!(read(vec![with(&items[0], Value::Int(key), value)]), None, "{key}");
    }
    bundle.foreign = ForeignKeys::default();
    assert_eq!(opened(&bundle), Ok(bundle.clone()), "a bundle without any");
}
