//! Verdicts at places: the same presentation, another place, another rule.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support;
use std::sync::Arc;
use support::*;
use tongma::{
    cbor::Value,
    policy::{DeciCelsius, Place, PlaceKind, PlaceRules},
    roles::{
        Outcome, Verdict,
        verifier::{Expectation, verify},
    },
    token::{ClaimName, Colour, ColourReason, CredentialClaims, StatusReference},
};

fn at(place: Place) -> Expectation {
    Expectation { place: Some(place), ..Expectation::default() }
}

fn mall(region: u32) -> Place {
    Place { kind: PlaceKind::Mall, region, ..Place::default() }
}

fn shown(change: impl FnOnce(&mut CredentialClaims), expectation: &Expectation) -> Verdict {
    let world = World::new();
    let mut claims = world.claims();
    change(&mut claims);
    let text = world.present(world.credential(&claims), &world.binding());
    verify(&world.store(), expectation, &text, NOW)
}

fn told(verdict: &Verdict) -> (Outcome, Option<&str>, Option<&str>) {
    (verdict.outcome, verdict.reason.as_deref(), verdict.rule.as_ref().map(|rule| rule.identifier.as_str()))
}

fn indexed(idx: u32) -> impl FnOnce(&mut CredentialClaims) {
    move |claims| claims.status = Some(StatusReference { idx, uri: LIST.into() })
}

#[test]
fn the_rule_of_the_place_decides() {
    let yellow = |claims: &mut CredentialClaims| claims.colour = Colour::Yellow;
    assert_eq!(told(&shown(yellow, &at(mall(330_106)))), (Outcome::Stop, Some("place-forbidden"), Some("ZJ-YELLOW-PLACE")));
    assert_eq!(told(&shown(yellow, &at(mall(360_700)))), (Outcome::Restricted, Some("colour-yellow"), Some("JX-YELLOW")));
    assert_eq!(told(&shown(yellow, &Expectation::default())), (Outcome::Restricted, Some("colour-yellow"), None));
    assert_eq!(told(&shown(|_| {}, &at(mall(330_106)))), (Outcome::Pass, None, Some("ZJ-RECOGNISED")));
    assert_eq!(told(&shown(|_| {}, &at(mall(360_700)))), (Outcome::Pass, None, Some("JX-GREEN")));
    let monitored = |claims: &mut CredentialClaims| {
        claims.reason = Some(ColourReason { code: "health-monitoring".into(), rule: None, since: None });
    };
    assert_eq!(told(&shown(monitored, &at(mall(330_106)))), (Outcome::Restricted, Some("mask-required"), Some("ZJ-MONITORING")));
    let hot = Place { temperature: Some(DeciCelsius(373)), ..mall(330_106) };
    assert_eq!(told(&shown(|_| {}, &at(hot.clone()))), (Outcome::Stop, Some("temperature-high"), Some("CN-TEMPERATURE")));
    let red = shown(|claims| claims.colour = Colour::Red, &at(hot.clone()));
    assert_eq!((told(&red).2, red.also.clone()), (Some("ZJ-RED"), vec!["temperature-high".to_owned()]));
    // What a person could do to enter is not worth telling where nobody enters.
    assert!(shown(monitored, &at(hot)).also.is_empty());
    let rule = shown(yellow, &at(mall(330_106))).rule.unwrap();
    assert_eq!((rule.set.as_str(), rule.description["en"].as_str()), ("zhejiang", "Yellow codes do not enter places of this kind."));
}

#[test]
fn a_colour_of_the_status_list_is_the_colour_that_counts() {
    let turned = shown(indexed(3), &at(mall(330_106)));
    assert_eq!(told(&turned), (Outcome::Stop, Some("place-forbidden"), Some("ZJ-YELLOW-PLACE")));
    assert_eq!(turned.also, ["turned-yellow"]);
    let suspended = shown(indexed(2), &at(mall(360_700)));
    assert_eq!(told(&suspended), (Outcome::Stop, Some("colour-red"), Some("JX-RED")));
    assert_eq!(suspended.also, ["suspended"]);
}

#[test]
fn a_rule_never_speaks_for_what_is_no_pass() {
    let revoked = shown(indexed(1), &at(mall(330_106)));
    assert_eq!(told(&revoked), (Outcome::Invalid, Some("revoked"), None));
    let elsewhere = Expectation { rules: Some(PlaceRules::named("zhejiang").unwrap()), ..at(mall(360_700)) };
    assert_eq!(told(&shown(|_| {}, &elsewhere)), (Outcome::CannotTell, Some("rules-unknown"), None));
    let text = r#"{"Name": "x", "Title": [{"lang": "en", "desc": "x"}], "Rules": [{"Identifier": "X-1", "Type": "Acceptance", "Country": "CN",
        "Version": "1.0.0", "SchemaVersion": "1.0.0", "Engine": "CERTLOGIC", "EngineVersion": "1.0.0", "CertificateType": "General",
        "Description": [{"lang": "en", "desc": "x"}], "ValidFrom": "2021-01-01", "ValidTo": "2030-01-01", "AffectedFields": [],
        "Outcome": "stop", "Reason": "mask-required", "Logic": <logic>}]}"#;
    let rules = |logic: &str| Some(Arc::new(PlaceRules::parse(&text.replace("<logic>", logic), &[]).unwrap()));
    let judged = |logic: &str| shown(|_| {}, &Expectation { rules: rules(logic), ..at(mall(330_106)) });
    assert_eq!(told(&judged(r#"{"<": [{"var": "gone"}, 1]}"#)), (Outcome::CannotTell, Some("rule-failed"), None));
    // The rule's outcome counts, whatever its reason leads to elsewhere.
    assert_eq!(told(&judged("false")), (Outcome::Stop, Some("mask-required"), Some("X-1")));
    assert_eq!(told(&judged("true")), (Outcome::Pass, None, None));
}

#[test]
fn a_test_counts_when_it_is_disclosed() {
    let asked = at(Place { test_within_h: Some(48), ..mall(360_700) });
    let tested = |text: &'static str| {
        move |claims: &mut CredentialClaims| {
            claims.claims.insert(ClaimName::Test, Value::text(text));
        }
    };
    assert_eq!(told(&shown(|_| {}, &asked)), (Outcome::Restricted, Some("test-missing"), Some("CN-TEST")));
    assert_eq!(told(&shown(tested("negative 2027-01-13T08:00:00Z"), &asked)), (Outcome::Pass, None, Some("JX-GREEN")));
    assert_eq!(told(&shown(tested("negative 2027-01-13T07:59:59Z"), &asked)).1, Some("test-missing"));
    assert_eq!(told(&shown(tested("positive 2027-01-15T07:00:00Z"), &asked)).1, Some("test-missing"));
    assert_eq!(told(&shown(tested("negative, trust me"), &asked)).1, Some("test-missing"));
}
