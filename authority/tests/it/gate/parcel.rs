//! Trust data without a network, by file and by QR codes; and rules that travel in the bundle.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use crate::support::person;
use crate::support::rules::{jiangxi, masks};
use crate::support::shell;
use person::{NOW, Person};
use shell::{Device, Network, World};
use tongma::{
    app::verifier::{GateSettings, Source, Verifier, VerifierEvent, VerifierScreen},
    policy::{Place, PlaceKind},
    reason::Reason,
    text::to_base64url,
    time::UnixTime,
    token::{parcel, status},
};

const DAY: i64 = 86_400;

type Gate<'w> = Device<'w, Verifier>;

fn gate_at(world: &World, now: UnixTime) -> Gate<'_> {
    let mut gate = Gate::new(world, now);
    gate.open();
    gate
}

fn read(gate: &mut Gate<'_>, person: &Person) -> String {
    let text = person.shows(gate.now);
    gate.send(VerifierEvent::TextRead { text, source: Source::Paste });
    let VerifierScreen::Verdict { verdict, .. } = &gate.view().screen else { panic!("{:?}", gate.view().screen) };
    let outcome = serde_json::to_value(verdict.outcome).unwrap();
    let rule = verdict.rule.as_ref().map(|rule| rule.identifier.clone());
    let told = [outcome.as_str().map(str::to_owned), verdict.reason.clone(), rule];
    told.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn notices(gate: &Gate<'_>) -> Vec<&'static str> {
    gate.view().notices.iter().map(Reason::code).collect()
}

fn refresh(gate: &mut Gate<'_>) -> Vec<String> {
    gate.fetched.clear();
    gate.send(VerifierEvent::RefreshAsked);
    gate.fetched.clone()
}

fn restart_offline(gate: &mut Gate<'_>) {
    gate.network = Network::Down;
    gate.open_with(None, None);
    gate.network = Network::Up;
}

/// A gate that has never had a network but to open the page.
fn islander(world: &World) -> Gate<'_> {
    let mut gate = Gate::new(world, NOW);
    gate.network = Network::Down;
    gate.open();
    gate
}

fn load(gate: &mut Gate<'_>, items: &[Vec<u8>]) -> Vec<&'static str> {
    while !gate.view().notices.is_empty() {
        gate.send(VerifierEvent::NoticeDismissed);
    }
    gate.send(VerifierEvent::ParcelRead { data: to_base64url(&parcel::encode(items)) });
    notices(gate)
}

#[test]
fn a_gate_without_a_network_lives_on_files() {
    let (world, stranger) = (World::new(NOW), World::new(NOW));
    let person = Person::new(&world, 1);
    let files = |world: &World| ["bundle.cbor", "status/0.cbor", "status/0.delta.cbor"].map(|name| world.public(name).unwrap());
    let [bundle, list, delta] = files(&world);
    let mut gate = islander(&world);
    assert_eq!(read(&mut gate, &person), "cannot-tell bundle-missing");
    assert_eq!(load(&mut gate, &[list.clone(), bundle.clone()]), ["parcel-taken"], "in any order");
    assert_eq!(gate.view().notices, [Reason::ParcelTaken { taken: 2, of: 2 }]);
    assert_eq!(read(&mut gate, &person), "pass");
    gate.send(VerifierEvent::Dismissed);
    // A day later, the changes alone.
    gate.now = NOW.plus(DAY);
    world.authority.set_status(person.idx, status::REVOKED, gate.now).unwrap();
    world.authority.publish(gate.now).unwrap();
    let [new_bundle, new_list, new_delta] = files(&world);
    assert!(new_delta.len() * 2 < new_list.len() || new_delta.len() < 300, "{} of {}", new_delta.len(), new_list.len());
    assert_eq!(load(&mut gate, &[new_bundle.clone(), new_delta.clone()]), ["parcel-taken"]);
    restart_offline(&mut gate);
    assert_eq!(read(&mut gate, &person), "invalid revoked", "also after a restart");

    let altered = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        bytes
    };
    for (items, expected) in [
        (vec![bundle.clone()], "bundle-rolled-back"),
        (vec![list.clone()], "list-older"),
        (vec![delta], "list-older"),
        (vec![stranger.public("bundle.cbor").unwrap()], "bundle-wrong-root"),
        (vec![altered(&new_bundle)], "bundle-wrong-root"),
        (vec![altered(&new_list)], "parcel-damaged"),
        (vec![altered(&new_delta)], "parcel-damaged"),
        (vec![new_list[..50].to_vec()], ""),
        (vec![b"hello".to_vec()], ""),
    ] {
        let told = load(&mut gate, &items);
        assert!(told.contains(&expected) || expected.is_empty(), "{expected}: {told:?}");
        assert!(gate.view().notices.contains(&Reason::ParcelTaken { taken: 0, of: 1 }), "{expected}");
        assert_eq!(read(&mut gate, &person), "invalid revoked", "{expected}: what is held stays");
        gate.send(VerifierEvent::Dismissed);
    }
    // What needs something that is not there.
    let mut bare = islander(&world);
    assert!(load(&mut bare, std::slice::from_ref(&new_delta)).contains(&"bundle-missing"));
    assert!(load(&mut bare, &[new_bundle.clone(), new_delta]).contains(&"status-missing"));
    gate.now = NOW.plus(9 * DAY);
    world.authority.publish(gate.now).unwrap();
    let [_, _, late_delta] = files(&world);
    assert!(load(&mut gate, &[late_delta]).contains(&"delta-other-base"));
    for data in [Vec::new(), parcel::encode(&[new_bundle])[..90].to_vec(), b"%PDF-1.4".to_vec()] {
        let mut gate = islander(&world);
        gate.send(VerifierEvent::ParcelRead { data: to_base64url(&data) });
        assert_eq!(notices(&gate), ["parcel-damaged"]);
    }
}

#[test]
fn a_sequence_of_codes_is_read_in_any_order() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let whole = parcel::encode(&["bundle.cbor", "status/0.cbor"].map(|name| world.public(name).unwrap()));
    let texts = parcel::split(&whole, 150).unwrap();
    let other = parcel::split(&parcel::encode(&[vec![1; 400]]), 150).unwrap();
    let mut gate = islander(&world);
    let see = |gate: &mut Gate<'_>, text: &str| {
        gate.send(VerifierEvent::TextRead { text: text.into(), source: Source::Camera });
        let VerifierScreen::Scanning { gathered, .. } = gate.view().screen.clone() else { panic!("{:?}", gate.view().screen) };
        gathered
    };
    let of = u16::try_from(texts.len()).unwrap();
    assert!(of > 4);
    assert_eq!(see(&mut gate, &other[0]), Some(Reason::ParcelParts { have: 1, of: 3 }));
    assert_eq!(see(&mut gate, &texts[2]), Some(Reason::ParcelOther { of }), "another sequence begins");
    let mut have = 1;
    for number in (0..texts.len()).rev().filter(|number| *number != 2) {
        have += 1;
        let told = see(&mut gate, &texts[number]);
        assert_eq!(told, (have < of).then_some(Reason::ParcelParts { have, of }));
        if have < of {
            assert_eq!(see(&mut gate, &texts[2]), Some(Reason::ParcelParts { have, of }), "a double");
        }
    }
    assert_eq!(gate.view().notices, [Reason::ParcelTaken { taken: 2, of: 2 }]);
    assert!(gate.scanning);
    assert_eq!(read(&mut gate, &person), "pass");
}

#[test]
fn a_published_rule_changes_the_answer_with_the_next_refresh() {
    let world = World::new(NOW);
    let person = Person::new(&world, 1);
    let mut gate = gate_at(&world, NOW);
    let place = Place { kind: PlaceKind::Mall, region: 360_700, name: None, low_risk: false, test_within_h: None, temperature: None };
    gate.send(VerifierEvent::GateChanged { gate: GateSettings { place: Some(place), ..GateSettings::default() } });
    let before = read(&mut gate, &person);
    assert!(before.starts_with("pass "), "{before}");
    let refuse = |text: &str| world.authority.add_rules(text, NOW).unwrap_err().to_string();
    assert_eq!(refuse(&jiangxi("1.0.0", masks)), "refused: rule-malformed", "no higher version than the built-in one");
    assert_eq!(refuse(&jiangxi("1.0.1", |json| json["Rules"][0]["Logic"] = serde_json::json!({ "xor": [] }))), "refused: rule-malformed");
    assert_eq!(refuse(&jiangxi("1.0.1", |json| json["Name"] = "../x".into())), "refused: rule-malformed");

    let publish = |gate: &mut Gate<'_>, text: &str| {
        gate.now = gate.now.plus(60);
        assert_eq!(world.authority.add_rules(text, gate.now).unwrap(), "jiangxi");
        refresh(gate);
        restart_offline(gate);
    };
    publish(&mut gate, &jiangxi("1.0.1", masks));
    assert_eq!(read(&mut gate, &person), "restricted mask-required JX-MASK-2027");
    assert_eq!(gate.view().notices, []);
    publish(&mut gate, &jiangxi("1.0.2", |json| json["Common"]["ValidTo"] = "2026-01-01T00:00:00Z".into()));
    assert_eq!(read(&mut gate, &person), "cannot-tell rule-expired", "and not the milder rules that come with the program");
    publish(&mut gate, &jiangxi("1.0.3", |json| json["Common"]["ValidFrom"] = "2035-01-01T00:00:00Z".into()));
    assert_eq!(read(&mut gate, &person), "cannot-tell rule-not-yet-valid");
    gate.now = gate.now.plus(60);
    world.authority.remove_rules("jiangxi", gate.now).unwrap();
    refresh(&mut gate);
    assert_eq!(read(&mut gate, &person), before);
}
